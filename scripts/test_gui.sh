#!/usr/bin/env bash
# Click through the extension's panel in a real Blender window, with the real mouse and keyboard, under Xvfb.
#   scripts/test_gui.sh [--short] [trixie|sid] [pytest arguments]
# trixie is Blender 4.3 (the default), sid a 5.x; both are fetched once. Pictures are kept in runs/gui. --short leaves
# the local model out, and the tests that are marked slow. Exit code 69 says that this machine cannot do it, and why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CANNOT=69
whole=1
if [ "${1:-}" = --short ]; then whole=0; shift; fi
suite=trixie
case "${1:-}" in trixie | sid) suite=$1; shift ;; esac

scripts/setup.sh --no-model
cannot() { printf 'test_gui.sh: %s\n' "$*" >&2; exit $CANNOT; }
install() {
    as_root=(env)
    [ "$(id -u)" = 0 ] || as_root=(sudo -n env)
    { command -v apt-get && "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2
}
{ command -v Xvfb && command -v xdotool; } >/dev/null || install xvfb xdotool ||
    cannot "Xvfb or xdotool cannot be installed; run this once and start again: sudo apt-get install xvfb xdotool"
command -v chromium >/dev/null || install chromium ||
    echo "test_gui.sh: Chromium cannot be installed, so pages are not opened in a browser: sudo apt-get install chromium" >&2
blender=$(scripts/fetch_blender.sh $suite) || cannot "no Blender with a window can be had here; the reason is above"

python=$("$(dirname "$blender")"/usr/bin/python3.* -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
    cannot "the Python of $blender does not start"
.venv/bin/python scripts/build_extension.py --platform linux-x64 --python "$python" --out dist/gui --blender "$blender"

export CDYN_GUI_BLENDER=$blender CDYN_GUI_EXTENSION=$(ls "$PWD"/dist/gui/*linux_x64.zip)
export CDYN_GUI_PICTURES=$PWD/runs/gui/$suite CDYN_GUI_WHOLE=$whole
if [ $whole = 1 ] && .venv/bin/python -m headless model status --json | grep -q '"fetched": true'; then
    CDYN_MODEL_DIR=$(.venv/bin/python -c 'from addon.models.local import model_folder; print(model_folder())')
    export CDYN_MODEL_DIR
fi
every=()
if [ $whole = 1 ]; then every=(-m ""); fi
exec .venv/bin/python -m pytest tests/gui -s "${every[@]}" "$@"
