"""Holding rewards that a model makes of goals against labelled runs (Discovering High Level Patterns, Section 3.3).

A reward is right if it holds in exactly the runs that meet the goal; of a goal that cannot be said a refusal is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from addon.models import ModelError, version
from addon.rewards.synthesis import TASK, RewardRefusedError, Synthesis, refusal_of
from addon.scene_graph import write_text

from ...evaluation.recorded import PENDING, Model
from ...evaluation.statistics import Share, bootstrap
from .check import right
from .model import Goal
from .registry import graph

BOOK = Path(__file__).parent / "answers.json"
"""Answers of a large model."""

RESULTS = "results.json"


class GoalRow(BaseModel):
    """What a model made of one goal.

    ``reward`` is None where it refused or no answer could be used, and ``refused`` says which. ``first`` is whether
    its first answer was right as it came, ``right`` whether the last one is, ``attempts`` how many came before that.
    """

    id: str
    kind: str
    text: str
    sayable: bool
    reward: str | None = None
    english: str = ""
    refused: str = ""
    first: bool = False
    right: bool = False
    attempts: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether a reward was made that is not right: what nobody is told."""
        return self.reward is not None and not self.right


class GoalFigures(BaseModel):
    """The figures over all goals, with intervals over goals: ``first`` try and after repair (``right``), rewards that
    are ``wrong``, and sayable goals that were ``refused``."""

    model: str
    prompt: str
    goals: int
    first: Share | None
    right: Share | None
    wrong: Share | None
    refused: Share | None
    by_kind: dict[str, float]
    wrong_ids: tuple[str, ...]
    refused_ids: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """What came of all goals; ``figures`` is None while some have no answer."""

    rows: tuple[GoalRow, ...]
    figures: GoalFigures | None
    pending: tuple[tuple[str, str], ...]


def evaluate(
    goals: Sequence[Goal], model: Model, folder: Path, listen: Callable[[GoalRow], None] = lambda row: None
) -> Judged:
    """Have a reward made of each goal and hold it against the runs; goals whose answer is still to be given wait.

    Raises ModelError of kinds other than `PENDING`.
    """
    rows, pending = [], []
    for goal in goals:
        try:
            row = _row(goal, model)
        except ModelError as error:
            if error.kind not in PENDING:
                raise
            pending.append((goal.id, str(error)))
            continue
        rows.append(row)
        listen(row)
    if pending or not rows:
        return Judged(tuple(rows), None, tuple(pending))
    figures = figures_of(rows, model.name)
    folder.mkdir(parents=True, exist_ok=True)
    told = {**figures.model_dump(mode="json"), "rows": [row.model_dump(mode="json") for row in rows]}
    write_text(folder / RESULTS, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return Judged(tuple(rows), figures, ())


def _row(goal: Goal, model: Model) -> GoalRow:
    row = GoalRow(id=goal.id, kind=goal.kind, text=goal.text, sayable=goal.sayable)
    synthesis = Synthesis(model.chat_for(goal.id), model.name, small=model.small)
    try:
        made = synthesis.reward(goal.text, graph(goal))
    except RewardRefusedError as error:
        is_refusal = error.kind == "cannot"
        first = _right(error.attempts[0][0], goal) if error.attempts else is_refusal and not goal.sayable
        return row.model_copy(
            update={
                "refused": error.reason,
                "first": first,
                "right": is_refusal and not goal.sayable,
                "attempts": len(error.attempts),
            }
        )
    text = str(made.expression)
    is_right = right(text, goal)
    return row.model_copy(
        update={
            "reward": text,
            "english": made.english,
            "first": _right(made.attempts[0][0], goal) if made.attempts else is_right,
            "right": is_right,
            "attempts": len(made.attempts),
        }
    )


def _right(answer: str, goal: Goal) -> bool:
    return right(None if refusal_of(answer) is not None else answer, goal)


def figures_of(rows: Sequence[GoalRow], model: str) -> GoalFigures:
    """Figures over all rows."""

    def share(values: Sequence[bool]) -> Share | None:
        return bootstrap([float(value) for value in values], seed=0)

    sayable = [row for row in rows if row.sayable]
    kinds = sorted({row.kind for row in rows})
    return GoalFigures(
        model=model,
        prompt=version(TASK),
        goals=len(rows),
        first=share([row.first for row in rows]),
        right=share([row.right for row in rows]),
        wrong=share([row.is_wrong for row in rows]),
        refused=share([row.reward is None for row in sayable]),
        by_kind={kind: _mean([row.right for row in rows if row.kind == kind]) for kind in kinds},
        wrong_ids=tuple(row.id for row in rows if row.is_wrong),
        refused_ids=tuple(row.id for row in sayable if row.reward is None),
    )


def _mean(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4)
