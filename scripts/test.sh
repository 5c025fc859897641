#!/usr/bin/env bash
# Run the whole test suite: format, lint, types (on Python 3.13) and tests. Needs no model: recorded answers are replayed.
#   scripts/test.sh [--python 3.13|3.11] [--all] [pytest arguments]
#   scripts/test.sh --learn [--all] [pytest arguments]
# --learn runs those of learning alone, with PyTorch, without which their networks are left out. --all runs those too that
# take minutes, and every case of tests that have many.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

chosen=()
venv=.venv
tests=()
if [ "${1:-}" = --python ]; then
    chosen=("${@:1:2}")
    if [ "${2:-}" = 3.11 ]; then venv=.venv-3.11; fi
    shift ${#chosen[@]}
elif [ "${1:-}" = --learn ]; then
    chosen=(--learn) venv=.venv-learn tests=(tests/headless/learning)
    export OMP_NUM_THREADS=1 # two processes with all cores each take turns badly
    shift
fi
every=()
if [ "${1:-}" = --all ]; then
    every=(-m "")
    shift
fi
scripts/setup.sh --no-model "${chosen[@]}"
"$venv/bin/ruff" format --check .
"$venv/bin/ruff" check --quiet .
if [ $venv = .venv ]; then .venv/bin/mypy; fi
exec "$venv/bin/python" -m pytest -n 2 --dist worksteal "${every[@]}" "${tests[@]}" "$@"
