#!/usr/bin/env bash
# Adds up the counters of all .trx files below a folder, prints 'N passed, N failed, N skipped' and fails on a failed or missing test.
set -euo pipefail
shopt -s nullglob globstar
passed=0 failed=0 skipped=0
for file in "$1"/**/*.trx; do
  counters=$(grep -o '<Counters [^>]*>' "$file" | head -n 1)
  value() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | grep -o '[0-9]*' || echo 0; }
  total=$(value total) ok=$(value passed) executed=$(value executed) bad=$(value failed)
  bad=$((bad + $(value error) + $(value timeout) + $(value aborted)))
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
