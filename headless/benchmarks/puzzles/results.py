"""What an evaluation of puzzles found: a row a task, and the figures over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from ... import evaluation
from ...evaluation.results import grouped, successes
from ...evaluation.statistics import Share, bootstrap
from .measures import solved_within, task_auccess


class Row(evaluation.Row):
    """One task: at which attempt it was solved, from 1, of how many that were made; ``invalid`` actions are none."""

    task: str
    template: str
    solved_at: int | None = None
    attempts: int = 0
    invalid: int = 0
    problem: str = ""

    @property
    def name(self) -> str:
        """See `evaluation.Row.name`."""
        return folder_name(self.task)

    @property
    def success(self) -> bool:
        """See `evaluation.Row.success`."""
        return self.solved_at is not None


def folder_name(task_id: str) -> str:
    """The name of a task's folder: Windows takes no colons."""
    return task_id.replace(":", "-")


class Setting(BaseModel):
    """What was evaluated: who played, on which part of which tasks, and what its attempts depend on.

    Of the tasks ``for_training`` an agent takes those that it wants.
    """

    agent: str
    settings: dict[str, float | int | str]
    seed: int
    source: str
    fold: str
    tasks: int
    for_training: int
    attempts_allowed: int


class Results(Setting):
    """The figures over all tasks, with intervals over tasks.

    ``attempts`` are those of the solved tasks, the last one too, on average. ``curve`` is the share of tasks solved
    within 1, 2, … attempts. Tasks that could not be played (``without_result``) count as unsolved.
    """

    solved: Share | None
    auccess: Share | None
    attempts: Share | None
    curve: tuple[float, ...]
    by_template: dict[str, Share]
    attempts_made: int
    invalid: int
    without_result: int
    unsolved: tuple[str, ...]


def summarise(rows: Sequence[Row], setting: Setting) -> Results:
    """Figures over all rows, in an order that does not depend on theirs; there must be a row."""
    rows = sorted(rows, key=lambda row: row.task)
    seed, allowed = setting.seed, setting.attempts_allowed
    solved_at = [row.solved_at for row in rows]
    return Results(
        **setting.model_dump(),
        solved=successes(rows, seed),
        auccess=bootstrap([task_auccess(k, allowed) for k in solved_at], seed),
        attempts=bootstrap([float(k) for k in solved_at if k is not None], seed),
        curve=tuple(round(solved_within(solved_at, k), 6) for k in range(1, allowed + 1)),
        by_template=grouped(rows, lambda row: [row.template], seed),
        attempts_made=sum(row.attempts for row in rows),
        invalid=sum(row.invalid for row in rows),
        without_result=sum(bool(row.problem) for row in rows),
        unsolved=tuple(row.task for row in rows if not row.success),
    )
