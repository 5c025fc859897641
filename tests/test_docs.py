"""The commands that the documents show exist, with the options shown."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from addon.fields import MOST_NUMBERS
from headless.cli import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown():
    """Each shell line of the documents' code blocks, indented or fenced."""
    for document in DOCUMENTS:
        fenced = None
        for line in document.read_text().splitlines():
            if line.startswith("```"):
                fenced = None if fenced is not None else line.removeprefix("```").strip()
            elif fenced in ("", "sh", "bash", "console") or (fenced is None and line.startswith("    ")):
                yield document.name, re.split(r"\s#\s", line.strip().removeprefix("$ "))[0].strip()


LINES = list(shown())
HEADLESS = [(name, line.split("-m headless ")[1]) for name, line in LINES if "-m headless " in line]
INSIDE_BLENDER = [(name, line.split("run.py -- run ")[1]) for name, line in LINES if "run.py -- run " in line]
SCRIPTS = [(name, line) for name, line in LINES if line.startswith(("./scripts/", "scripts/"))]


def test_the_documents_show_commands():
    assert len(HEADLESS) >= 6
    assert INSIDE_BLENDER
    assert len(SCRIPTS) >= 2


@pytest.mark.parametrize(("name", "line"), [*HEADLESS, *((name, f"run SCENE {line}") for name, line in INSIDE_BLENDER)])
def test_a_command_parses(name, line):
    args = shlex.split(re.sub(r"\[|\]", "", line.replace("SCENE", "ramp")))
    command, context = typer.main.get_command(app), None
    while hasattr(command, "commands"):
        context = command.make_context("headless", args[:1], parent=context, resilient_parsing=True)
        assert args[0] in command.commands, f"{name}: {line}"
        command, args = command.commands[args[0]], args[1:]
    command.make_context("headless", list(args), parent=context)


@pytest.mark.parametrize(("name", "line"), SCRIPTS)
def test_a_script_exists_and_is_executable(name, line):
    script = ROOT / shlex.split(line)[0]
    assert script.stat().st_mode & 0o100, f"{name}: {line}"
    for option in re.findall(r"--[a-z-]+", line):
        assert option in script.read_text(), f"{name}: {line}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
        assert (document.parent / target).exists(), target


def test_the_limit_of_numbers_in_a_property_is_the_programs():
    text = (ROOT / "docs" / "fidelity.md").read_text(encoding="utf-8")
    assert f"up to {MOST_NUMBERS} numbers in one custom property" in text
