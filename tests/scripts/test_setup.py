"""The set-up script in a copy of the folder, with an interpreter whose pip only notes what it was asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from addon.models.local import model

ROOT = Path(__file__).parents[2]
INTERPRETER = """#!/usr/bin/env bash
case "$*" in
    "-m pip --version") ;;
    "-m pip"*) echo "$*" >>"$PIP_LOG"; exit "$PIP_CODE" ;;
    "-m venv"*) mkdir -p "${@: -1}/bin"; cp "$0" "${@: -1}/bin/python" ;;
    *sys.executable*) echo "$0" ;;
    *) exec REAL "$@" ;;
esac
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs bash")


class Place:
    """A copy of what set-up reads, and one way to run it."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "pip.log"
        python = folder / "python"
        python.write_text(INTERPRETER.replace("REAL", sys.executable))
        python.chmod(0o755)
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        shutil.copy(ROOT / "pyproject.toml", folder)
        local = folder / "addon/models/local"
        local.mkdir(parents=True)
        shutil.copy(ROOT / "addon/models/local/model.py", local)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHON": str(python),
            "PIP_LOG": str(self.log),
            "PIP_CODE": "0",
            "CDYN_MODEL_DIR": str(folder / "models"),
        }

    def run(self, *options, script="setup.sh", **environment):
        command = ["bash", str(self.folder / "scripts" / script), *options]
        return subprocess.run(
            command,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def installs(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_installs_the_dependencies_and_groups_once(place):
    done = place.run("--no-model")
    assert done.returncode == 0, done.stderr
    assert "--group=dev --group=model" in place.installs[-1]
    asked = (place.folder / ".venv/requirements.txt").read_text()
    assert "bpy==" in asked
    before = place.installs
    again = place.run("--no-model")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert place.installs == before


def test_changed_dependencies_are_installed(place):
    place.run("--no-model")
    before = place.installs
    with (place.folder / "pyproject.toml").open("a") as stream:
        stream.write("\n# changed\n")
    place.run("--no-model")
    assert len(place.installs) > len(before)


def test_a_failed_install_is_told_and_tried_again(place):
    done = place.run("--no-model", PIP_CODE="1")
    assert done.returncode == 1
    assert "packages could not be installed" in done.stderr
    before = place.installs
    assert place.run("--no-model").returncode == 0
    assert len(place.installs) > len(before)


def test_without_python_it_says_what_to_install(place, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "cat", "cksum", "dirname", "env", "id"):
        (tools / tool).symlink_to(shutil.which(tool))
    done = place.run("--no-model", PATH=str(tools), PYTHON="")
    assert done.returncode == 69
    assert done.stderr.startswith("setup.sh: no Python 3.13 or 3.11 found")


def test_an_unusable_interpreter_is_named(place):
    done = place.run("--no-model", PYTHON="/bin/false")
    assert done.returncode == 69
    assert "PYTHON=/bin/false is no working Python" in done.stderr


@pytest.mark.parametrize("options", [["--wrong"], ["--python"], ["--python", "3.12"]])
def test_wrong_options_are_refused(place, options):
    done = place.run(*options)
    assert done.returncode == 2
    assert "usage: setup.sh" in done.stderr
    assert place.installs == []


def test_a_model_that_cannot_be_fetched_is_told(place):
    done = place.run()
    assert done.returncode == 1
    assert "the local model is missing" in done.stderr


def test_a_fetched_model_is_not_fetched_again(place):
    path = place.folder / "models" / model.FILE
    path.parent.mkdir()
    with path.open("wb") as stream:
        stream.truncate(model.SIZE)
    assert place.run().returncode == 0


def test_the_other_scripts_stop_where_set_up_fails(place):
    for script in ("demo.sh", "test.sh"):
        done = place.run(script=script, PYTHON="/bin/false")
        assert done.returncode == 69
        assert "Traceback" not in done.stderr
