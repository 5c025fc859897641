"""The report of a discovery: ``report.json``, and a page that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from addon.jobs.plots import figure, svg
from addon.scene_graph import write_text

from .discover import Discovery, Outcome
from .programs import LOWEST

REPORT, PAGE = "report.json", "report.html"


def write_report(discovery: Discovery, folder: Path) -> Path:
    """Write both; returns the path of the page. The same discovery gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / REPORT, discovery.model_dump_json(indent=1) + "\n")
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = environment.get_template("report.html.j2").render(
        discovery=discovery,
        curves=_curves(discovery.outcomes, discovery.settings.threshold),
        rows=[(outcome, [p for p in outcome.programs if p["fitness"] is not None]) for outcome in discovery.outcomes],
    )
    write_text(folder / PAGE, page)
    return folder / PAGE


def _curves(outcomes: tuple[Outcome, ...], threshold: float) -> str:
    """The greatest fitness after each request of each label."""
    drawing, axes = figure(3.0)
    for outcome in outcomes:
        points = [(k, worth) for k, worth in enumerate(outcome.best_by_request, 1) if worth > LOWEST]
        if points:
            axes.step(*zip(*points, strict=True), where="post", label=outcome.label, linewidth=1.4)
    axes.axhline(threshold, color="#888888", linewidth=0.8, linestyle="--", label="accepted above")
    axes.set_xlabel("requests")
    axes.set_ylabel("best fitness")
    axes.legend(fontsize=7, loc="best", frameon=False)
    return svg(drawing)
