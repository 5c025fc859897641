"""The report of a job: one self-contained page, and the same figures as JSON."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..metrics import Metrics
from ..scene_graph import Mesh, SceneGraph, write_text
from ..trace import Trace
from .outcomes import RuleOutcome

SHOWN_VERTICES = 1000
"""Meshes of more vertices are left out of the scene graph that the page shows."""


@dataclass(frozen=True)
class ReportData:
    """What a report shows. ``result`` are the job's plain figures, ``scripts`` their fates with ``source``."""

    result: dict[str, Any]
    trace: Trace
    metrics: Metrics
    rules: tuple[str, ...] = ()
    goal: str = ""
    scripts: list[dict[str, Any]] = field(default_factory=list)
    printed: str = ""
    frames: list[Path] = field(default_factory=list)


def write_record(folder: Path, data: ReportData) -> None:
    """Write the figures as ``report.json``."""
    record = {**data.result, "metrics": data.metrics.model_dump(mode="json")}
    write_text(folder / "report.json", json.dumps(record, indent=1, sort_keys=True) + "\n")


def write_report(folder: Path, data: ReportData) -> Path:
    """Write ``report.html`` and ``report.json``; the same data gives the same bytes. Returns the page's path."""
    from .plots import all_plots  # Many jobs in a row have no page; what draws plots takes half a second to load.

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = environment.get_template("report.html.j2").render(
        result=data.result,
        metrics=data.metrics,
        rules=data.rules,
        acted=[RuleOutcome(**rule).line(data.trace.meta.fps) for rule in data.result.get("rules", ())],
        goal=data.goal,
        scripts=data.scripts,
        printed=data.printed,
        frames=[(p.stem, base64.b64encode(p.read_bytes()).decode()) for p in data.frames],
        plots=all_plots(data.trace),
        events=data.trace.events,
        scene=data.trace.scene,
        scene_json=data.trace.scene.model_dump_json(
            indent=1, exclude_defaults=True, exclude={"objects": _large_meshes(data.trace.scene)}
        ),
    )
    write_record(folder, data)
    write_text(folder / "report.html", page)
    return folder / "report.html"


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
