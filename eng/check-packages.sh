#!/usr/bin/env bash
# Packs every package into artifacts/package/release and builds a small program against them, as a user's project would.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$PWD/artifacts/package/release
rm -rf "$packages"
dotnet pack MlOps.Sdk.sln --configuration Release --nologo -v quiet
version=$(basename "$(ls "$packages"/MlOps.Abstractions.*.nupkg | head -n 1)" .nupkg)
version=${version#MlOps.Abstractions.}

consumer=$(mktemp -d)
trap 'rm -rf "$consumer"' EXIT
cp eng/consumer/Program.cs "$consumer/"
sed "s/@VERSION@/$version/" eng/consumer/Consumer.csproj.template > "$consumer/Consumer.csproj"
cd "$consumer"
# The user's own sources stay in force for third-party packages; ours come from the folder, into a cache of their own.
cat > nuget.config <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$consumer/cache" /></config>
  <packageSources><add key="packed" value="$packages" /></packageSources>
  <fallbackPackageFolders><add key="user" value="${NUGET_PACKAGES:-$HOME/.nuget/packages}" /></fallbackPackageFolders>
</configuration>
CONFIG
# A fallback folder would serve an older build of ours with the same version: refuse that.
if ls -d "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/mlops.* >/dev/null 2>&1; then
  rm -rf "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/mlops.*
fi
dotnet run --nologo -v quiet
