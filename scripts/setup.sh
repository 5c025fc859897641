#!/usr/bin/env bash
# Make .venv with everything the project needs, and fetch the local model. Does nothing when nothing changed.
#   scripts/setup.sh [--no-model] [--python 3.13|3.11]
#   scripts/setup.sh --learn
# --python 3.11 makes .venv-3.11 instead, and --learn .venv-learn, which has PyTorch and no local model.
# PYTHON=/path/to/python chooses the interpreter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

NO_PYTHON=69 # the exit code that tells "no such Python here" from other failures

say() { printf '%s\n' "$*" >&2; }

fail() { # fail MESSAGE [CODE]
    say "setup.sh: $1"
    exit "${2:-1}"
}

wanted="" model=1 venv=.venv groups=(dev model puzzles)
while [ $# -gt 0 ]; do
    case "$1 ${2:-}" in
        --no-model\ *) model=0 ;;
        "--python 3.13" | "--python 3.11") wanted=$2; shift ;;
        --learn\ *) wanted=3.11 model=0 venv=.venv-learn groups=(dev puzzles learn) ;;
        *) fail "cannot use '$*'; usage: setup.sh [--no-model] [--python 3.13|3.11] or setup.sh --learn" 2 ;;
    esac
    shift
done

if [ "$wanted $venv" = "3.11 .venv" ]; then venv=.venv-3.11; fi

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }

# What the environment was made from; changes whenever it must be made again.
fingerprint() { cat pyproject.toml scripts/setup.sh <("$venv/bin/python" -V 2>&1) | cksum; }

is_current() {
    local have
    [ "$(cat "$venv/.setup-stamp" 2>/dev/null)" = "$(fingerprint)" ] || return 1
    if [ -z "$wanted" ] && [ -z "${PYTHON:-}" ]; then return 0; fi
    have=$(version_of "$venv/bin/python")
    [ "$have" = "${wanted:-$(version_of "$PYTHON")}" ]
}

find_python() { # find_python VERSION: prints a working interpreter of that version
    local candidate
    export PYENV_VERSION=$1 # lets pyenv's shims run a version that is installed but not selected
    for candidate in "${PYTHON:-}" "$(command -v "python$1")" "$(command -v python3)" \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}/versions/$1".*/bin/python "$(uv python find "$1" 2>/dev/null)"; do
        if [ -n "$candidate" ] && [ "$(version_of "$candidate")" = "$1" ]; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

choose_python() { # prints an interpreter that there is a Blender wheel for, the newest first
    local version
    if [ -n "${PYTHON:-}" ] && [ -z "$wanted" ]; then
        version=$(version_of "$PYTHON")
        case "$version" in
            3.13 | 3.11) ;;
            *) fail "PYTHON=$PYTHON is ${version:-no working Python}; Blender's wheels need 3.13 or 3.11" "$NO_PYTHON" ;;
        esac
        wanted=$version
    fi
    for version in ${wanted:-3.13 3.11}; do
        if find_python "$version"; then return 0; fi
    done
    fail "no Python ${wanted:-3.13 or 3.11} found on PATH, in pyenv or in uv; install one, or set PYTHON=/path/to/python" \
        "$NO_PYTHON"
}

missing_packages() { # prints the Debian packages to install: what bpy is linked against, and what makes environments
    "$1" - <<'PY'
import ctypes, importlib.util, sys

LIBRARIES = {
    "libX11.so.6": "libx11-6", "libXrender.so.1": "libxrender1", "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6", "libxkbcommon.so.0": "libxkbcommon0", "libSM.so.6": "libsm6",
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1",
}
missing = []
for library, package in LIBRARIES.items() if sys.platform == "linux" else ():
    try:
        ctypes.CDLL(library)
    except OSError:
        missing.append(package)
if importlib.util.find_spec("ensurepip") is None:
    missing.append("python%d.%d-venv" % sys.version_info[:2])
print(*missing)
PY
}

install_packages() { # install_packages PACKAGE…
    local as_root=(env)
    [ "$(id -u)" = 0 ] || as_root=(sudo -n env)
    say "installing system libraries that Blender needs: $*"
    if ! { command -v apt-get && "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2; then
        fail "system libraries are missing; run this once and start again: sudo apt-get install $*"
    fi
}

make_environment() {
    local python missing pip
    python=$(choose_python)
    missing=$(missing_packages "$python")
    # shellcheck disable=SC2086 # a list of words
    if [ -n "$missing" ]; then install_packages $missing; fi
    pip=("$venv/bin/python" -m pip)
    say "making $venv with $("$python" -V); this takes about a minute"
    if [ "$(version_of "$venv/bin/python")" != "$(version_of "$python")" ] || ! "${pip[@]}" --version >/dev/null 2>&1; then
        "$python" -m venv --clear "$venv" >&2 || fail "$venv could not be made; the reason is above"
    fi
    "$venv/bin/python" - >"$venv/requirements.txt" <<'PY'
import tomllib

with open("pyproject.toml", "rb") as stream:
    print(*tomllib.load(stream)["project"]["dependencies"], sep="\n")
PY
    if ! { "${pip[@]}" install --quiet --upgrade "pip>=25.1" &&
        "${pip[@]}" install --progress-bar on -r "$venv/requirements.txt" "${groups[@]/#/--group=}"; } >&2; then
        fail "packages could not be installed; the reason is above: check the network and that 3 GB of disk are free, \
and start again"
    fi
    fingerprint >"$venv/.setup-stamp"
}

is_current || make_environment

if [ $model = 1 ]; then
    # Looked up without the package around it, which takes longer to import than everything else here.
    "$venv/bin/python" -c 'import runpy; exit(not runpy.run_path("addon/models/local/model.py")["is_fetched"]())' ||
        "$venv/bin/python" -m headless model fetch ||
        fail "the local model is missing; start again to go on fetching, or do without it: --no-model"
fi
