#!/usr/bin/env bash
# Make .venv with everything the project needs. Does nothing when nothing changed.
#   scripts/setup.sh [--no-model] [--python 3.13|3.11]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted="" model=1
while [ $# -gt 0 ]; do
    case "$1" in
        --no-model) model=0 ;;
        --python) wanted=${2:?--python needs a version, 3.13 or 3.11}; shift ;;
        *) echo "setup.sh: unknown option $1; usage: setup.sh [--no-model] [--python 3.13|3.11]" >&2; exit 2 ;;
    esac
    shift
done

say() { printf '%s\n' "$*" >&2; }

has_version() { [ -x "$1" ] && [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$2" ]; }

find_python() { # find_python VERSION: prints a working interpreter of that version
    local candidate root
    root=${PYENV_ROOT:-$HOME/.pyenv}
    for candidate in "${PYTHON:-}" "$(command -v "python$1" || true)" "$(command -v python3 || true)" \
        "$root"/versions/"$1".*/bin/python "$(uv python find "$1" 2>/dev/null || true)"; do
        if [ -n "$candidate" ] && has_version "$candidate" "$1"; then printf '%s\n' "$candidate"; return 0; fi
    done
    return 1
}

python="" version=""
for version in ${wanted:-3.13 3.11}; do
    python=$(find_python "$version") && break
done
if [ -z "$python" ]; then
    say "setup.sh: no Python ${wanted:-3.13 or 3.11} found on PATH, in pyenv or in uv; install one, or set PYTHON=/path/to/python"
    exit 1
fi

venv=.venv
[ "$wanted" = 3.11 ] && venv=.venv-3.11
stamp=$venv/.setup-stamp
now=$(cat pyproject.toml scripts/setup.sh <(echo "$version") | sha256sum | cut -d' ' -f1)

# bpy is linked against these; a missing one makes it fail to import or to render.
missing=""
for pair in libX11.so.6:libx11-6 libXrender.so.1:libxrender1 libXfixes.so.3:libxfixes3 libXi.so.6:libxi6 \
    libxkbcommon.so.0:libxkbcommon0 libSM.so.6:libsm6 libGL.so.1:libgl1 libEGL.so.1:libegl1; do
    "$python" -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "${pair%%:*}" 2>/dev/null || missing="$missing ${pair##*:}"
done
if [ -n "$missing" ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    say "installing system libraries that Blender needs:$missing"
    # shellcheck disable=SC2086 # a list of words
    if ! { command -v apt-get >/dev/null && $as_root apt-get update -qq && $as_root apt-get install -y -qq $missing >&2; }; then
        say "setup.sh: cannot install them; run this once: sudo apt-get install$missing"
        exit 1
    fi
fi

if [ "$(cat "$stamp" 2>/dev/null || true)" != "$now" ]; then
    say "making $venv with $("$python" -V), this takes about a minute"
    [ -x "$venv/bin/python" ] && has_version "$venv/bin/python" "$version" || "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --upgrade "pip>=25.1"
    "$venv/bin/python" - >"$venv/requirements.txt" <<'PY'
import tomllib
with open("pyproject.toml", "rb") as stream:
    print("\n".join(tomllib.load(stream)["project"]["dependencies"]))
PY
    "$venv/bin/python" -m pip install --progress-bar on -r "$venv/requirements.txt" --group dev --group model >&2
    printf '%s\n' "$now" >"$stamp"
fi

if [ $model = 1 ]; then
    [ -n "$("$venv/bin/python" -c 'from addon.coder.local import is_fetched; print("yes" if is_fetched() else "")')" ] ||
        "$venv/bin/python" -m headless model fetch
fi
