"""The report of an evaluation of puzzles."""

from __future__ import annotations

from pathlib import Path

from addon.jobs.plots import figure, svg

from ...evaluation.figures import shares_plot
from ...evaluation.report import Page, write_page
from ...evaluation.results import read_results
from ...evaluation.statistics import Share, percent
from .results import Results


def write_evaluation_report(folder: Path) -> Path:
    """Write ``report.html`` of a finished evaluation; returns its path. Raises FolderError if there are no results."""
    results = read_results(folder, Results)
    page = Page(
        title="One-ball puzzles",
        solver=results.agent,
        note=f"agent {results.agent}, {results.tasks} tasks of {results.source}, fold {results.fold}, "
        f"{results.for_training} for training, seed {results.seed}",
        head=("measure", "value, 95 % interval"),
        table=[
            (f"solved within {results.attempts_allowed} attempts", percent(results.solved)),
            ("AUCCESS", percent(results.auccess)),
            ("attempts of those solved", number(results.attempts)),
        ],
        figures={
            "attempts, actions without room": f"{results.attempts_made}, {results.invalid}",
            "tasks without a result": str(results.without_result),
            **{f"agent's {name}": str(value) for name, value in results.settings.items()},
        },
        plots=[_curve(results), shares_plot(results.by_template, "template")],
    )
    return write_page(page, (), folder)


def number(share: Share | None) -> str:
    """A mean with its interval."""
    return "–" if share is None else f"{share.mean:.1f} ({share.low:.1f} to {share.high:.1f})"


def _curve(results: Results) -> str:
    """The share of tasks solved within so many attempts, which AUCCESS weighs along a logarithm."""
    drawing, axes = figure(2.4)
    attempts = range(1, len(results.curve) + 1)
    axes.step(attempts, [100 * share for share in results.curve], where="post", linewidth=1.4)
    axes.set_xscale("log")
    axes.set_ylim(0, 103)
    axes.set_xlabel("attempts")
    axes.set_ylabel("solved (%)")
    return svg(drawing)
