"""The report of an evaluation of puzzles."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from addon.jobs.plots import figure, svg

from ...evaluation.figures import shares_plot
from ...evaluation.report import Exhibit, Page, spread, write_page
from ...evaluation.results import read_results
from ...evaluation.statistics import Share, percent
from .actions import Action
from .pictures import picture, png, strip
from .play import Game
from .results import Results, Row, folder_name
from .task import Task

FRAMES = 5
"""Pictures of a run that is shown."""


def write_evaluation_report(folder: Path, games: Sequence[tuple[Task, Game]] = ()) -> Path:
    """Write ``report.html`` of a finished evaluation; returns its path. Raises FolderError if there are no results.

    Of the games some are shown, solved and not, by their last attempts.
    """
    results = read_results(folder, Results)
    page = Page(
        title="One-ball puzzles",
        solver=results.agent,
        note=f"agent {results.agent}, {results.tasks} tasks of {results.source}, fold {results.fold}, "
        f"{results.for_training} for training, seed {results.seed}",
        head=("measure", "value, 95 % interval"),
        table=[
            (f"solved within {results.attempts_allowed} attempts", percent(results.solved)),
            (f"AUCCESS of {results.attempts_allowed} attempts", percent(results.auccess)),
            ("attempts of those solved", number(results.attempts)),
        ],
        figures={
            "attempts, actions without room": f"{results.attempts_made}, {results.invalid}",
            "tasks without a result": str(results.without_result),
            **{f"agent's {name}": str(value) for name, value in results.settings.items()},
        },
        plots=[_curve(results), shares_plot(results.by_template, "template")],
    )
    shown = spread([_row(task, game) for task, game in games])
    return write_page(page, [_exhibit(*one) for one in games if folder_name(one[0].id) in shown], folder)


def _row(task: Task, game: Game) -> Row:
    return Row(task=task.id, template=task.template, solved_at=game.solved_at)


def _exhibit(task: Task, game: Game) -> Exhibit:
    """A task by what came of its last attempt, or by its start if there was none."""
    action = Action(*game.actions[-1]) if game.actions else None
    image = picture(task) if action is None else strip(task, action, FRAMES)
    tried = f"{len(game.actions)} attempts"
    note = f"{tried}, none of them solved it" if game.solved_at is None else f"solved at attempt {game.solved_at}"
    last = "" if action is None else f"; the last ball is at ({action.x:.3g}, {action.y:.3g}), radius {action.r:.3g}"
    return Exhibit(
        name=folder_name(task.id),
        success=game.solved_at is not None,
        note=f"template {task.template}, {note}{last}",
        rules=(),
        script="",
        assertions=(),
        problem="",
        timeline="",
        pictures=[base64.b64encode(png(image)).decode()],
    )


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
