import argparse
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import build_extension as build  # noqa: E402


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The zip, with two files in the place of wheels."""
    folder = tmp_path_factory.mktemp("build")
    wheels = [folder / "a-1-py3-none-any.whl", folder / "b-2-cp313-cp313-win_amd64.whl"]
    for wheel in wheels:
        wheel.write_bytes(b"wheel")
    build.stage(folder / "staged", [*wheels, wheels[0]], ["windows-x64"])
    build.pack(folder / "staged", folder / "one.zip")
    build.pack(folder / "staged", folder / "two.zip")
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
    with zipfile.ZipFile(folder / "one.zip") as opened:
        yield opened


def test_the_zip_holds_what_runs_and_nothing_else(archive):
    names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    shipped = {"addon", "documentation", "examples", "prompts", "wheels"}
    assert tops == {"__init__.py", "LICENSE", "blender_manifest.toml", *shipped}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc") or "test" in name.lower()]
    tracked = {p.relative_to(ROOT).as_posix() for p in (ROOT / "addon").rglob("*.py")}
    assert tracked <= set(names)
    assert "addon/jobs/report.html.j2" in names
    assert "addon/rewards/grammar.lark" in names
    assert "prompts/rule_reading/system.j2" in names


def test_the_manifest_lists_the_wheels_and_the_platform(archive):
    manifest = tomllib.loads(archive.read("blender_manifest.toml").decode())
    assert manifest["platforms"] == ["windows-x64"]
    assert manifest["wheels"] == ["./wheels/a-1-py3-none-any.whl", "./wheels/b-2-cp313-cp313-win_amd64.whl"]
    assert set(manifest["permissions"]) == {"network", "files"}
    assert all(len(reason) <= 64 for reason in manifest["permissions"].values())
    assert len(manifest["tagline"]) <= 64


def test_only_a_published_build_names_a_website(archive, tmp_path):
    assert "website" not in tomllib.loads(archive.read("blender_manifest.toml").decode())
    build.stage(tmp_path / "staged", [], ["linux-x64"], build.address("https://example.org/dynamics"))
    manifest = tomllib.loads((tmp_path / "staged" / "blender_manifest.toml").read_text())
    assert manifest["website"] == "https://example.org/dynamics"
    assert manifest["platforms"] == ["linux-x64"]


def test_a_website_need_not_be_named():
    assert build.asked_for([]).website is None
    assert build.asked_for(["--website", "https://example.org"]).website == "https://example.org"


@pytest.mark.parametrize("text", ["", "example.org", "javascript:x", "https://a b", "https://a\n"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError, match="not a website's address"):
        build.address(text)


def test_links_and_pictures_of_the_documentation_are_in_the_zip(archive):
    names = {name.removeprefix("documentation/") for name in archive.namelist() if name.startswith("documentation/")}
    pages = {name: archive.read(f"documentation/{name}").decode() for name in names if name.endswith(".html")}
    assert len(pages) == 7
    for name, text in pages.items():
        for target, part in re.findall(r'(?:href|src)="([^"#]*)#?([^"]*)"', text):
            assert target in names, f"{name}: {target}"
            assert not part or f'id="{part}"' in pages[target], f"{name}: #{part}"
        assert ".md</a>" not in text
        assert "<script" not in text
    assert "once Box falls over → Door opens within 0.5 s" in pages["rules.html"]
    assert pages["limits.html"].count("<li>") > 5


def test_a_build_by_blender_alone_leaves_out_what_does_not_run_there():
    manifest = tomllib.loads((ROOT / "blender_manifest.toml").read_text())
    left_out = {pattern.strip("/") for pattern in manifest["build"]["paths_exclude_pattern"] if pattern[0] == "/"}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tops = {line.split("/")[0] for line in listed.splitlines()}
    kept = {top for top in tops if top not in left_out and not top.startswith(".")}
    assert kept == {"__init__.py", "LICENSE", "addon", "blender_manifest.toml", "prompts"}


def test_each_example_is_a_machine(archive):
    names = json.loads(archive.read("examples/index.json"))
    assert len(names) == 9
    for name in names:
        machine = json.loads(archive.read(f"examples/{name}.json"))
        assert machine["graph"]["rules"] or "mechanics" in machine["tags"]


def test_nothing_that_blender_or_only_headless_programs_have_is_brought_along():
    needed = {next(iter(build.name_of(line))) for line in build.requirements()}
    assert {"pydantic", "openai", "mujoco-core", "xllamacpp", "lark", "jinja2"} <= needed
    assert not needed & {"bpy", "numpy", "typer", "rich", "pyarrow", "pytest", "ray", "scipy"}
