#!/usr/bin/env bash
# Runs the quick start twice in a fresh clone, as a newcomer would, and holds what it printed against what the workspace recorded.
set -euo pipefail
cd "$(dirname "$0")/.."
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone --quiet . "$clone"
cd "$clone"
fail() { printf 'quick start: %s\n' "$*" >&2; tail -n 40 "$clone/first.txt" >&2; exit 1; }
mlops() { dotnet run --no-build --project src/MlOps.Cli -- "$@"; }

dotnet run --project samples/QuickStart -- --timings > first.txt || fail 'the first run failed'
tail -n 12 first.txt
grep -q 'flights@1 .* added' first.txt || fail 'the data version was not added'
grep -Eq 'rows set aside as flights-quarantine@1' first.txt || fail 'no dirty row was quarantined'
windows=$(grep -Eo '[0-9]+ windows' first.txt | tail -n 1 | grep -o '[0-9]*')
[ "$windows" -ge 17 ] || fail "only $windows windows were judged"
retrainings=$(grep -Eo '[0-9]+ retrainings' first.txt | grep -o '[0-9]*')
[ "$retrainings" -ge 1 ] || fail 'no retraining was decided'
champion=$(grep -Eo 'champion is v[0-9]+' first.txt | grep -Eo '[0-9]+$')
[ -s report.html ] || fail 'there is no report.html'
grep -q '<svg' report.html || fail 'report.html has no chart'

dotnet build src/MlOps.Cli --nologo -v quiet
mlops models show flight-delays@champion --output json > champion.json
grep -q "\"version\": $champion," champion.json || fail "the registry's champion is not v$champion"
[ "$(grep -Ec '"action": "promotion-(approved|refused)"' champion.json)" -eq $((retrainings + 1)) ] \
  || fail 'the audit log does not hold one decision for each training'
[ "$(mlops runs list --experiment flight-delays --output json | grep -c '"status": "finished"')" -eq $((retrainings + 1)) ] \
  || fail 'not every training is a finished run'

dotnet run --no-build --project samples/QuickStart > second.txt || fail 'the second run failed'
grep -q 'flights@1 .* recognised' second.txt || fail 'the second run did not recognise the data version'
[ "$(grep -Ec '(validate|features|train|gate) +cached' second.txt)" -eq 4 ] || fail 'the second run did not take the first steps from the cache'
events() { grep -E '^ {4,6}([0-9]+ [A-Z][a-z]+ to|drift:|performance:)' "$1" | sed -E 's/flights@[0-9]+//'; }
diff <(events first.txt) <(events second.txt) || fail 'the second run, on the same data, went another way'
[ "$(mlops runs list --experiment quick-start --output json | grep -c '"status": "finished"')" -eq 2 ] || fail 'the history does not hold both runs'
echo "quick start: $windows windows, $retrainings retrainings, champion v$champion, recognised the second time"
