#!/usr/bin/env bash
# Runs xmlint lint with the action's inputs, and hands its results on. The log
# shows the text, then the annotations; the step's exit status is xmlint's.
set -euo pipefail
temp=${RUNNER_TEMP:?}
if command -v cygpath >/dev/null; then temp=$(cygpath -u "$temp"); fi
reports=$(mktemp -d "$temp/xmlint.XXXXXX")
native=$reports
if command -v cygpath >/dev/null; then native=$(cygpath -m "$reports"); fi

# Each input is one argument, or one per line: none is split at blanks.
call=(xmlint lint --output "github=$native/annotations" --output "json=$native/json")
if [ -n "${XMLINT_FAIL_ON:-}" ]; then call+=(--fail-on "$XMLINT_FAIL_ON"); fi
if [ -n "${XMLINT_SARIF:-}" ]; then call+=(--output "sarif=$XMLINT_SARIF"); fi
if [ -n "${XMLINT_ENVIRONMENT:-}" ]; then call+=(--environment "$XMLINT_ENVIRONMENT"); fi
while IFS= read -r line; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then call+=(--output "$line"); fi
done <<<"${XMLINT_OUTPUTS:-}"
while IFS= read -r line; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then call+=("$line"); fi
done <<<"${XMLINT_ARGS:-}"
call+=(--)
while IFS= read -r line; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then call+=("$line"); fi
done <<<"${XMLINT_PATH:-.}"

# Whatever a file is called, the text is no command to the runner.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
status=0
"${call[@]}" || status=$?
echo "::$token::"

# The runner makes no more than ten annotations of each severity per step.
if [ -f "$reports/annotations" ]; then
  awk -F '[: ]' 'n[$3]++ < 10' "$reports/annotations"
fi
{
  echo "status=$status"
  for count in errors warnings infos; do
    n=
    if [ -f "$reports/json" ]; then
      n=$(sed -n "s/^\"summary\":.*\"$count\":\([0-9]*\).*/\1/p" "$reports/json")
    fi
    echo "$count=${n:-0}"
  done
  if [ -n "${XMLINT_SARIF:-}" ] && [ -f "$XMLINT_SARIF" ]; then
    echo "sarif=$XMLINT_SARIF"
  fi
} >>"${GITHUB_OUTPUT:?}"
rm -rf "$reports"
if [ "$status" -eq 4 ]; then
  echo "::error title=xmlint::There is no XMPro configuration under the path: nothing was checked."
fi
exit "$status"
