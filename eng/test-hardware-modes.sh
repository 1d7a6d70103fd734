#!/usr/bin/env bash
# Runs the tests of the statistics with each vector width that a user's processor may have; the plain run covers the widest one of this machine.
# Needs a build of the tests (Debug); fails if any mode fails.
set -euo pipefail
cd "$(dirname "$0")/.."
export MSBUILDDISABLENODEREUSE=1
dotnet build tests/MlOps.Statistics.Tests --nologo -v quiet
for switch in DOTNET_EnableAVX512F DOTNET_EnableAVX2 DOTNET_EnableHWIntrinsic; do
  printf '\n-- %s=0\n' "$switch"
  env "$switch=0" dotnet artifacts/bin/MlOps.Statistics.Tests/debug/MlOps.Statistics.Tests.dll "$@"
done
