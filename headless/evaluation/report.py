"""The page of an evaluation, self-contained: the benchmark's tables and plots, and a gallery of its tasks."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from addon.jobs import JobFolder
from addon.jobs.plots import timeline
from addon.metrics import AssertionResult
from addon.scene_graph import write_text
from addon.trace import Trace, load_trace

from .contract import R, Row
from .names import PAGE

SHOWN = {True: 4, False: 12}
"""Tasks that get pictures: that many successes and failures, spread over all."""

STRIP = 5
"""Pictures of a strip, from the first to the last frame."""

SIZE = (320, 180)


@dataclass(frozen=True)
class Exhibit:
    """One task on the page, with all that explains its outcome; ``note`` is the benchmark's own line on it."""

    name: str
    success: bool
    note: str
    rules: tuple[str, ...]
    script: str
    assertions: Sequence[AssertionResult]
    problem: str
    timeline: str
    pictures: list[str]


@dataclass(frozen=True)
class Page:
    """What a benchmark puts on its page: a line below the title, a table with its head, figures and plots (SVG)."""

    title: str
    solver: str
    note: str
    head: Sequence[str]
    table: Sequence[Sequence[str]]
    figures: Mapping[str, str]
    plots: Sequence[str]


def write_page(page: Page, exhibits: Sequence[Exhibit], folder: Path) -> Path:
    """Write ``report.html``, failures first; returns its path."""
    ordered = sorted(exhibits, key=lambda e: (e.success, e.name))
    text = _environment().get_template("report.html.j2").render(page=page, exhibits=ordered)
    write_text(folder / PAGE, text)
    return folder / PAGE


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def spread(rows: Sequence[R]) -> set[str]:
    """Names of the tasks that get pictures, spread evenly over the rows."""
    found: set[str] = set()
    for success, count in SHOWN.items():
        names = [row.name for row in rows if row.success == success]
        count = min(count, len(names))
        found |= {names[i * len(names) // count] for i in range(count)}
    return found


def trace_of(folder: Path) -> Trace | None:
    """The trace that a task's job left, if it did."""
    return load_trace(folder) if (folder / "trace.json").exists() else None


def exhibit(
    row: Row, folder: Path, trace: Trace | None, *, note: str, rules: tuple[str, ...], problem: str, pictures: bool
) -> Exhibit:
    """A task from its job's folder; ``problem`` is told where the script did not fail."""
    result = JobFolder(folder).result()
    scripts = sorted(folder.glob("script_*.py"))
    if result is not None and result.problem is not None:
        problem = f"the script failed at step {result.problem_frame}: {result.problem['reason']}"
    return Exhibit(
        name=row.name,
        success=row.success,
        note=note,
        rules=rules,
        script=scripts[-1].read_text(encoding="utf-8") if scripts else "",
        assertions=result.metrics.assertions if result else (),
        problem=problem,
        timeline=timeline(trace) if trace is not None else "",
        pictures=_strip(trace, folder) if trace is not None and pictures else [],
    )


def _strip(trace: Trace, folder: Path) -> list[str]:
    """Pictures over the run, as base64."""
    from addon.engine.render import render_trace

    paths = render_trace(trace, folder / "frames", trace.spread(STRIP), SIZE)
    return [base64.b64encode(p.read_bytes()).decode() for p in paths]
