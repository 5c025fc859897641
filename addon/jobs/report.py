"""The report of a job: one self-contained page, and the same figures as JSON."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..frames import on_timeline
from ..metrics import Metrics
from ..scene_graph import Mesh, SceneGraph, write_text
from ..trace import Trace
from .outcomes import RuleOutcome

if TYPE_CHECKING:
    from ..patterns.moments import Moment

PAGE = "report.html"

SHOWN_VERTICES = 1000
"""Meshes of more vertices are left out of the scene graph that the page shows."""

PICTURES = "<!-- pictures -->"
"""Where in the page the pictures are, or will be."""


@dataclass(frozen=True)
class ReportData:
    """What a report shows. ``result`` are the job's plain figures, ``scripts`` their fates with ``source``.

    ``start`` is what the page calls the first frame, ``writer`` who wrote the script if the coder only read it.
    """

    result: dict[str, Any]
    trace: Trace
    metrics: Metrics
    rules: tuple[str, ...] = ()
    goal: str = ""
    scripts: list[dict[str, Any]] = field(default_factory=list)
    printed: str = ""
    frames: list[Path] = field(default_factory=list)
    start: int = 0
    writer: str = ""


def write_record(folder: Path, data: ReportData) -> None:
    """Write the figures as ``report.json``."""
    record = {**data.result, "metrics": data.metrics.model_dump(mode="json")}
    write_text(folder / "report.json", json.dumps(record, indent=1, sort_keys=True) + "\n")


def write_report(folder: Path, data: ReportData) -> Path:
    """Write ``report.html`` and ``report.json``; the same data gives the same bytes. Returns the page's path."""
    from ..patterns.annotation import annotate
    from ..patterns.moments import salient
    from ..patterns.summary import summary_by_grammar
    from .plots import all_plots  # Many jobs in a row have no page; what draws plots takes half a second to load.

    trace, found = data.trace, annotate(data.trace)
    told = salient(found)
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            result=data.result,
            metrics=data.metrics,
            summary=summary_by_grammar(found),
            told=told,
            start=data.start,
            fps=trace.meta.fps,
            rules=data.rules,
            acted=[
                RuleOutcome(**rule).line(trace.meta.fps, data.start, trace.scene.names)
                for rule in data.result.get("rules", ())
            ],
            verdicts=_verdicts(data),
            goal=data.goal,
            writer=data.writer,
            scripts=data.scripts,
            printed=data.printed,
            plots=all_plots(trace),
            events=trace.events,
            scene=trace.scene,
            scene_json=trace.scene.model_dump_json(
                indent=1, exclude_defaults=True, exclude={"objects": _large_meshes(trace.scene)}
            ),
        )
    )
    write_record(folder, data)
    write_text(folder / PAGE, page)
    if data.frames:
        add_pictures(folder, data.frames, told, trace.meta.fps, data.start)
    return folder / PAGE


def add_pictures(folder: Path, frames: Iterable[Path], told: Sequence[Moment], fps: float, start: int = 0) -> None:
    """Put pictures of frames into the page of a job, each with what is ``told`` of its frame."""
    figures = [(_caption(path, told, fps, start), base64.b64encode(path.read_bytes()).decode()) for path in frames]
    shown = _environment().get_template("pictures.html.j2").render(figures=figures)
    page = (folder / PAGE).read_text(encoding="utf-8")
    write_text(folder / PAGE, page.replace(PICTURES, shown, 1))


def _caption(path: Path, told: Sequence[Moment], fps: float, start: int) -> str:
    """When a picture was taken, and what happens then."""
    number = re.fullmatch(r"frame_(\d+)", path.stem)
    if number is None:
        return path.stem
    frame = int(number[1])
    said = " ".join(moment.text for moment in told if moment.frame == frame)
    return f"Frame {frame + start}, {frame / fps:.2f} s. {said}".strip()


def _verdicts(data: ReportData) -> list[dict[str, Any]]:
    """What the assertions say in words, whether they hold, and why."""
    from ..rewards import read, read_back
    from ..rewards.evaluate import why_of

    scene = data.trace.scene
    return [
        {
            "words": read_back(read(one.text, scene), scene),
            "text": one.text,
            "held": one.held,
            "reason": on_timeline(why_of(one.reason), data.start, scene.names),
        }
        for one in data.metrics.assertions
    ]


def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _large_meshes(scene: SceneGraph) -> dict[int, Any]:
    """What the page leaves out of the objects: the numbers of meshes that nobody reads there."""
    parts = {"vertices": True, "faces": True}
    left_out: dict[int, Any] = {}
    for i, obj in enumerate(scene.objects):
        if isinstance(obj.geometry, Mesh) and len(obj.geometry.vertices) > SHOWN_VERTICES:
            left_out[i] = {"geometry": parts}
        if obj.body is not None and isinstance(obj.body.collision, Mesh):
            left_out.setdefault(i, {})["rigid_body"] = {"collision": parts}
    return left_out
