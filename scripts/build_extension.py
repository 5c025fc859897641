"""Build the extension: one zip a platform, with the wheels that Blender has left out.

    scripts/build_extension.py [--blender BLENDER] [--platform linux-x64] [--python 3.13] [--out dist] [--website URL]

Without --platform and --python for all that Blender 4.3 to 5.2 run on. Wheels are fetched into the user's cache. With
--blender the manifest and the zips are checked by `blender --command extension validate`. --website puts the address
of a published build into its manifest. Documents become pages, which the panel opens.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from documentation import write_pages  # noqa: E402

MANIFEST = "blender_manifest.toml"
WHOLE = ("addon", "prompts")
SINGLE = ("__init__.py", "LICENSE")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.blend1")

PLATFORMS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "windows-x64": ("win_amd64",),
    "macos-arm64": tuple(f"macosx_{v}_0_arm64" for v in range(14, 10, -1)),
}
"""Blender's names of platforms, and the wheels' tags for each."""

NUMPY = {"3.11": "1.26.4", "3.13": "2.2.6", "3.14": "2.3.5"}
"""Pythons of Blender, and the numpy that Blender has in each: other wheels must fit to it, it is not brought along."""

BLENDERS_OWN = {"numpy", "bpy"}
HEADLESS = {"typer", "rich", "pyarrow", "scipy"}
"""Packages that nothing needs which the panel or the extension's commands do."""


def requirements() -> list[str]:
    """What the shipped code needs, by the project's own lists."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)
    needed = [*project["project"]["dependencies"], *project["dependency-groups"]["model"]]
    return [line for line in needed if not name_of(line) & (BLENDERS_OWN | HEADLESS)]


def name_of(requirement: str) -> set[str]:
    """The name of the package in a requirement."""
    return {requirement.replace("=", " ").replace(">", " ").replace("<", " ").split()[0]}


def fetch_wheels(python: str, platform: str, cache: Path) -> list[Path]:
    """The wheels of one Python on one platform, fetched unless they are there."""
    folder = cache / f"{platform}-{python}"
    wanted = json.dumps([requirements(), NUMPY[python], PLATFORMS[platform]])
    stamp = folder / "requirements.json"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        tags = [part for tag in PLATFORMS[platform] for part in ("--platform", tag)]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(folder), "--only-binary=:all:"]
        command += ["--python-version", python, "--implementation", "cp", *tags, f"numpy=={NUMPY[python]}"]
        subprocess.run([*command, *requirements()], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return sorted(p for p in folder.glob("*.whl") if p.name.split("-")[0].lower() not in BLENDERS_OWN)


def stage(folder: Path, wheels: list[Path], platforms: list[str], website: str | None = None) -> None:
    """Put everything that goes into the zip into a folder."""
    for name in WHOLE:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for name in SINGLE:
        shutil.copy(ROOT / name, folder / name)
    write_examples(folder / "examples")
    write_pages(folder / "documentation")
    (folder / "wheels").mkdir()
    names = sorted({wheel.name: wheel for wheel in wheels})
    for wheel in wheels:
        if not (folder / "wheels" / wheel.name).exists():
            os.link(wheel, folder / "wheels" / wheel.name)
    manifest = (ROOT / MANIFEST).read_text(encoding="utf-8")
    listed = "".join(f'  "./wheels/{name}",\n' for name in names)
    head, tail = manifest.split("\n[permissions]", 1)
    kept = [line for line in head.splitlines() if not line.startswith("platforms")]
    if website:
        kept.append(f"website = {json.dumps(website)}")
    kept += [f"platforms = {json.dumps(platforms)}", f"wheels = [\n{listed}]", ""]
    (folder / MANIFEST).write_text("\n".join(kept) + "\n[permissions]" + tail, encoding="utf-8")


def write_examples(folder: Path) -> None:
    """Write the bundled examples as machines, and their names in the order of the menu."""
    from headless.benchmarks.physibench.examples import gallery

    folder.mkdir()
    shown = gallery()
    for name, machine in shown.items():
        machine.save(folder / f"{name}.json")
    (folder / "index.json").write_text(json.dumps(list(shown)), encoding="utf-8")


def pack(folder: Path, path: Path) -> None:
    """Zip a folder; the same files give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix())
            kind = zipfile.ZIP_STORED if file.suffix == ".whl" else zipfile.ZIP_DEFLATED
            entry.compress_type, entry.external_attr = kind, 0o644 << 16
            archive.writestr(entry, file.read_bytes())


def build(platform: str, pythons: list[str], out: Path, cache: Path, website: str | None = None) -> Path:
    """Build the zip of one platform; returns its path."""
    with (ROOT / MANIFEST).open("rb") as stream:
        manifest = tomllib.load(stream)
    wheels = [wheel for python in pythons for wheel in fetch_wheels(python, platform, cache)]
    path = out / f"{manifest['id']}-{manifest['version']}-{platform.replace('-', '_')}.zip"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as name:
        stage(Path(name), wheels, [platform], website)
        part = path.with_name(f".{path.name}.part")
        pack(Path(name), part)
        part.replace(path)
    return path


def cache_folder() -> Path:
    """Where wheels are kept."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "code_as_dynamics" / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def address(text: str) -> str:
    """A website's address; raises ArgumentTypeError for anything else."""
    if not text.startswith(("https://", "http://")) or any(c.isspace() or not c.isprintable() for c in text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a website's address, which begins with https://")
    return text


def asked_for(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Build the extension.")
    parser.add_argument("--blender", help="Blender that checks the zips")
    parser.add_argument("--platform", choices=PLATFORMS, action="append")
    parser.add_argument("--python", choices=NUMPY, action="append")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--website", type=address, help="the address that a published build names")
    return parser.parse_args(arguments)


def main() -> None:
    """Build what was asked for."""
    asked = asked_for()
    for platform in asked.platform or PLATFORMS:
        path = build(platform, asked.python or list(NUMPY), asked.out, cache_folder(), asked.website)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
        if asked.blender:
            subprocess.run([asked.blender, "--command", "extension", "validate", str(path)], check=True)


if __name__ == "__main__":
    main()
