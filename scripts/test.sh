#!/usr/bin/env bash
# Run the whole test suite: format, lint, types and tests.
#   scripts/test.sh [--python 3.13|3.11] [pytest arguments]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=()
venv=.venv
if [ "${1:-}" = --python ]; then
    version=(--python "${2:?--python needs a version}")
    [ "$2" = 3.11 ] && venv=.venv-3.11
    shift 2
fi
scripts/setup.sh --no-model "${version[@]}"
"$venv/bin/ruff" format --check --quiet .
"$venv/bin/ruff" check --quiet .
[ "$venv" = .venv ] && "$venv/bin/mypy"
exec "$venv/bin/python" -m pytest -n 2 "$@"
