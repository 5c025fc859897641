#!/usr/bin/env bash
# Set up everything and run the main job on a bundled machine.
#   scripts/demo.sh [--no-model] [options of 'python -m headless run']
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

coder=auto
if [ "${1:-}" = --no-model ]; then
    shift
    coder=template
    scripts/setup.sh --no-model
else
    scripts/setup.sh
fi
exec .venv/bin/python -m headless run trigger_door --coder $coder --out runs/demo-$coder --render "$@"
