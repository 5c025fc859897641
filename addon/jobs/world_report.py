"""The page of a world: every round with its checks, the plan, and pictures."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..scene_graph import write_text


def write_page(
    folder: Path, result: dict[str, Any], rounds: Sequence[dict[str, Any]], plan: str, rules: Sequence[str]
) -> Path:
    """Write ``report.html``; the same data gives the same bytes. Returns its path."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    frames = [folder / name for name in result["frames"]]
    page = environment.get_template("world.html.j2").render(
        result=result,
        rounds=rounds,
        plan=plan,
        rules=rules,
        frames=[(p.stem, base64.b64encode(p.read_bytes()).decode()) for p in frames],
    )
    write_text(folder / "report.html", page)
    return folder / "report.html"
