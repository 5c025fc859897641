"""Playing puzzles with a language model, task by task in one process (Discovering High Level Patterns, Section 5.1).

What is reported besides success is the number of attempts of the tasks that were solved, both with standard errors, as
in Figures 9 and 10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from addon.models import ModelError
from addon.scene_graph import write_text

from ...evaluation.recorded import PENDING
from ...evaluation.results import write_results
from .actions import QUANTISED
from .agents.language import LanguageAgent, standard_error
from .errors import PuzzleError
from .play import Cost, play
from .results import Results, Row, Setting, folder_name, summarise
from .task import Task

ATTEMPTS = 12
"""Attempts that a task is given, as in the paper."""

BOOK = Path(__file__).parent / "answers.json"
"""Answers of a large model."""


def can_be_solved(task: Task) -> bool:
    """Whether one of the quantised actions, which are all that a language model chooses among, solves a task."""
    return any(task.is_valid(action) and task.outcome(action).solved for action in QUANTISED)


class Errors(BaseModel):
    """Means with their standard errors over tasks: success, and attempts of the tasks that were solved."""

    success: float
    success_error: float
    attempts: float | None
    attempts_error: float | None


@dataclass(frozen=True)
class Played:
    """What came of all tasks: results, None while some have no answer, and of these the names with the reason."""

    results: Results | None
    errors: Errors | None
    pending: tuple[tuple[str, str], ...]
    cost: Cost


def play_all(
    agent: LanguageAgent,
    tasks: Sequence[Task],
    folder: Path,
    *,
    source: str = "",
    attempts: int = ATTEMPTS,
    listen: Callable[[Row], None] = lambda row: None,
) -> Played:
    """Play tasks one after the other; a task whose next answer is still to be given is left for later.

    The rows that there are lie in the folder; results are written once all tasks are played. Raises ModelError of kinds
    other than `PENDING`.
    """
    agent.most = attempts
    rows, pending, cost = [], [], Cost()
    for task in tasks:
        try:
            row, own = _played(agent, task, attempts)
        except ModelError as error:
            if error.kind not in PENDING:
                raise
            pending.append((task.id, str(error)))
            continue
        rows.append(row)
        cost = _sum(cost, own)
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / f"{folder_name(task.id)}.json", row.model_dump_json(indent=1) + "\n")
        listen(row)
    if pending or not rows:
        return Played(None, None, tuple(pending), cost)
    setting = Setting(
        agent=agent.name,
        settings=agent.settings,
        seed=agent.seed,
        source=source,
        fold="",
        tasks=len(tasks),
        for_training=0,
        trained_on=0,
        attempts_allowed=attempts,
    )
    results = summarise(rows, setting)
    write_results(rows, results, folder)
    return Played(results, errors_of(rows), (), cost)


def _sum(one: Cost, other: Cost) -> Cost:
    return Cost(**{name: getattr(one, name) + getattr(other, name) for name in Cost.model_fields})


def _played(agent: LanguageAgent, task: Task, attempts: int) -> tuple[Row, Cost]:
    try:
        game, cost = play(agent, task, attempts)
    except PuzzleError as error:
        return Row(task=task.id, template=task.template, problem=str(error)), Cost()
    row = Row(
        task=task.id,
        template=task.template,
        solved_at=game.solved_at,
        attempts=len(game.actions),
        invalid=game.invalid,
    )
    return row, cost


def errors_of(rows: Sequence[Row]) -> Errors:
    """Success and attempts with their standard errors."""
    success = [float(row.success) for row in rows]
    attempts = [float(row.solved_at) for row in rows if row.solved_at is not None]
    return Errors(
        success=round(sum(success) / len(success), 4),
        success_error=round(standard_error(success), 4),
        attempts=round(sum(attempts) / len(attempts), 4) if attempts else None,
        attempts_error=round(standard_error(attempts), 4) if attempts else None,
    )
