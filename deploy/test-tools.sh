#!/usr/bin/env bash
# Bring what the tests need besides Python: Chromium and PostgreSQL, through apt where it may.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
if [[ -z "${TEST_DATABASE_URL:-}" ]] && ! command -v initdb >/dev/null \
  && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
  missing+=(postgresql)
fi
[[ ${#missing[@]} -eq 0 ]] && exit 0

as_root=()
if [[ $EUID -ne 0 ]]; then
  if sudo --non-interactive true 2>/dev/null; then as_root=(sudo); else as_root=(false); fi
fi
if command -v apt-get >/dev/null && [[ "${as_root[*]:-}" != false ]]; then
  echo "Installing ${missing[*]} ..."
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq || true
  "${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "Missing for the tests: ${missing[*]}. Install them (apt-get install ${missing[*]}); without them their tests are skipped."
[[ -z "${CI:-}" ]]
