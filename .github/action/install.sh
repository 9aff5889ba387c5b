#!/usr/bin/env bash
# Puts xmlint into the path of the steps that follow: built from the action's own
# source, or taken from the release XMLINT_VERSION after its checksum was seen.
set -euo pipefail
releases=${XMLINT_RELEASES:-https://github.com/xmlint/xmlint/releases}
temp=${RUNNER_TEMP:?}
if command -v cygpath >/dev/null; then temp=$(cygpath -u "$temp"); fi
bin=$temp/xmlint-bin
rm -rf "$bin"
mkdir -p "$bin"

case ${RUNNER_OS:-Linux} in
Windows) os=windows ending=zip exe=.exe ;;
macOS) os=darwin ending=tar.gz exe= ;;
*) os=linux ending=tar.gz exe= ;;
esac
case ${RUNNER_ARCH:-X64} in
X64) arch=amd64 ;;
ARM64) arch=arm64 ;;
*) arch=none ;;
esac

version=${XMLINT_VERSION:-} version=${version#v}
if [ -z "$version" ]; then
  (cd "${GITHUB_ACTION_PATH:?}" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w" -o "$bin/xmlint$exe" ./cmd/xmlint)
else
  if [ "$version" = latest ]; then
    latest=$(curl -fsSLI --retry 3 -o /dev/null -w '%{url_effective}' "$releases/latest")
    version=${latest##*/v}
  fi
  if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
    echo "::error::$version is no version of xmlint: write it as 0.1.0"
    exit 2
  fi
  if [ "$arch" = none ]; then
    echo "::error::no release has xmlint for ${RUNNER_ARCH}: leave version empty to build it"
    exit 2
  fi
  archive=xmlint_${version}_${os}_$arch.$ending
  for file in "$archive" checksums.txt; do
    curl -fsSL --retry 3 -o "$bin/$file" "$releases/download/v$version/$file" || {
      echo "::error::$file of xmlint $version cannot be downloaded"
      exit 2
    }
  done
  want=$(sed -n "s/^\([0-9a-f]\{64\}\)  ${archive//./\\.}\$/\1/p" "$bin/checksums.txt")
  got=$( (sha256sum "$bin/$archive" 2>/dev/null || shasum -a 256 "$bin/$archive") | cut -d ' ' -f 1)
  if [ -z "$want" ] || [ "${got#\\}" != "$want" ]; then
    echo "::error::$archive is not what checksums.txt says"
    exit 2
  fi
  case $ending in
  zip) unzip -q "$bin/$archive" "xmlint$exe" -d "$bin" ;;
  *) tar -xzf "$bin/$archive" -C "$bin" xmlint ;;
  esac
  rm "$bin/$archive" "$bin/checksums.txt"
fi
"$bin/xmlint$exe" version
if command -v cygpath >/dev/null; then bin=$(cygpath -w "$bin"); fi
echo "$bin" >>"${GITHUB_PATH:?}"
