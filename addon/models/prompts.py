"""Prompts as files: Jinja2 templates in ``prompts/<task>/`` at the top of the project, each task with a version."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


@cache
def _environment() -> Environment:
    # No HTML here: prompts are plain text.
    return Environment(
        loader=FileSystemLoader(PROMPTS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )


def render(task: str, part: str, **values: Any) -> str:
    """One prompt text, for example ``render("transition_script", "system", …)``; every variable must be given."""
    return _environment().get_template(f"{task}/{part}.j2").render(**values).strip() + "\n"


@cache
def version(task: str) -> str:
    """Name and version of a prompt, for example ``transition_script 1``."""
    data = json.loads((PROMPTS / task / "prompt.json").read_text(encoding="utf-8"))
    return f"{task} {data['version']}"
