"""The report of an evaluation: one self-contained page."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from addon.jobs import JobFolder
from addon.jobs.plots import timeline
from addon.metrics import AssertionResult
from addon.scene_graph import FloatArray, write_text
from addon.trace import Trace, load_trace

from .figures import iou_plot, shares_plot, smallest_iou
from .machine import Machine
from .results import Row, read_results, read_rows
from .table import table_one

PAGE = "report.html"
SHOWN = {True: 4, False: 12}
"""Machines of the gallery: that many successes and failures, spread over all."""

STRIP = 5
"""Pictures of a strip, from the first to the last frame."""

SIZE = (320, 180)


@dataclass(frozen=True)
class Exhibit:
    """One machine on the page, with all that explains its outcome."""

    row: Row
    rules: tuple[str, ...]
    script: str
    assertions: Sequence[AssertionResult]
    problem: str
    timeline: str
    pictures: list[str]


def write_evaluation_report(machines: Sequence[Machine], folder: Path) -> Path:
    """Write ``report.html`` of a finished evaluation; returns its path. Raises JobError if there are no results."""
    results, rows = read_results(folder), {row.machine: row for row in read_rows(folder)}
    shown = _spread([m for m in machines if m.name in rows], rows)
    curves: list[FloatArray] = []
    exhibits: list[Exhibit] = []
    for machine in machines:
        trace = _trace(folder / machine.name)
        if trace is not None:
            curves.append(smallest_iou(trace))
        row = rows.get(machine.name)
        if row is not None and (machine.name in shown or not row.logic_success):
            exhibits.append(_exhibit(machine, row, trace, folder / machine.name, machine.name in shown))
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            results=results,
            table=table_one(results),
            plots=[
                shares_plot({"all": results.logic_success} if results.logic_success else {}, "machine"),
                shares_plot({str(k): s for k, s in results.by_difficulty.items()}, "difficulty"),
                shares_plot({str(k): s for k, s in results.by_stages.items()}, "number of stages"),
                shares_plot(results.by_kind, "kind of stage"),
                iou_plot(curves),
            ],
            exhibits=sorted(exhibits, key=lambda e: (e.row.logic_success, e.row.machine)),
        )
    )
    write_text(folder / PAGE, page)
    return folder / PAGE


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _spread(machines: Sequence[Machine], rows: dict[str, Row]) -> set[str]:
    """Names of the machines that get pictures."""
    found: set[str] = set()
    for success, count in SHOWN.items():
        names = [m.name for m in machines if rows[m.name].logic_success == success]
        count = min(count, len(names))
        found |= {names[i * len(names) // count] for i in range(count)}
    return found


def _trace(folder: Path) -> Trace | None:
    return load_trace(folder) if (folder / "trace.npz").exists() else None


def _exhibit(machine: Machine, row: Row, trace: Trace | None, folder: Path, pictures: bool) -> Exhibit:
    result = JobFolder(folder).result()
    scripts = sorted(folder.glob("script_*.py"))
    problem = row.problem
    if result is not None and result.problem is not None:
        problem = f"the script failed at step {result.problem_frame}: {result.problem['reason']}"
    return Exhibit(
        row=row,
        rules=machine.graph.rules,
        script=scripts[-1].read_text(encoding="utf-8") if scripts else "",
        assertions=result.metrics.assertions if result else (),
        problem=problem,
        timeline=timeline(trace) if trace is not None else "",
        pictures=_strip(trace, folder) if trace is not None and pictures else [],
    )


def _strip(trace: Trace, folder: Path) -> list[str]:
    """Pictures over the run, as base64."""
    from addon.engine.render import render_trace

    last = len(trace.position) - 1
    frames = sorted({round(i * last / (STRIP - 1)) for i in range(STRIP)})
    paths = render_trace(trace, folder / "frames", frames, SIZE)
    return [base64.b64encode(p.read_bytes()).decode() for p in paths]
