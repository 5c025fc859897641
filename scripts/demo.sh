#!/usr/bin/env bash
# Set up everything and run the main job on a bundled machine.
#   scripts/demo.sh [--no-model] [options of 'python -m headless run']
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

model=1
if [ "${1:-}" = --no-model ]; then
    model=0
    shift
    scripts/setup.sh --no-model
else
    scripts/setup.sh
fi
coder=auto
[ $model = 1 ] || coder=template
exec .venv/bin/python -m headless run trigger_door --coder "$coder" --out "runs/demo-$coder" --render "$@"
