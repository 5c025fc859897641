"""What comes of questions: a row for each, and accuracy over all of them beside what guessing earns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from ...evaluation.contract import Row as AnyRow
from ...evaluation.statistics import Share, bootstrap
from .answers import chance, majority
from .asking import Answered
from .runs import Run


class Row(AnyRow):
    """One question of a run with the answer that it was given. ``chance`` is how often guessing is right, ``majority``
    whether the most frequent answer of the template is."""

    id: str
    run: str
    world: str
    ending: str
    template: str
    kind: str
    part: str
    text: str
    truth: str
    given: str
    right: bool
    chance: float
    majority: bool
    problem: str
    stale: bool

    @property
    def name(self) -> str:
        """Run and template."""
        return self.id

    @property
    def success(self) -> bool:
        """Whether the answer is right."""
        return self.right


class Figure(BaseModel):
    """Accuracy with its interval over runs, of so many questions, and what the baselines earn on the same."""

    model_config = ConfigDict(frozen=True)

    accuracy: Share
    questions: int
    chance: float
    majority: float


class Results(BaseModel):
    """Figures over all questions of some runs, and by groups.

    ``unusable`` counts answers that were missing or not of their form, which are wrong; ``stale`` those that were
    recorded for an earlier form of the input; ``lost`` tells of runs that could not be made.
    """

    coder: str
    model: str
    prompt: str
    input: str
    budget: int
    one_by_one: bool
    seed: int
    runs: int
    overall: Figure
    by_world: dict[str, Figure]
    by_part: dict[str, Figure]
    by_kind: dict[str, Figure]
    by_template: dict[str, Figure]
    unusable: int
    stale: int
    lost: tuple[str, ...]


def rows_of(answered: Sequence[tuple[Run, Answered]]) -> list[Row]:
    """The rows of all questions."""
    likely = majority([one.question for _, one in answered])
    return [
        Row(
            id=f"{run.name}-{one.question.template}",
            run=run.name,
            world=run.world,
            ending=run.ending,
            template=one.question.template,
            kind=one.question.kind,
            part=one.question.part,
            text=one.question.text,
            truth=words(one.question.truth),
            given=one.given,
            right=one.right,
            chance=round(chance(one.question), 6),
            majority=is_likely,
            problem=one.problem,
            stale=one.stale,
        )
        for (run, one), is_likely in zip(answered, likely, strict=True)
    ]


def words(truth: object) -> str:
    """An answer for people."""
    if isinstance(truth, bool):
        return "yes" if truth else "no"
    return ", ".join(map(str, truth)) if isinstance(truth, tuple) else str(truth)


def figure(rows: Sequence[Row], seed: int) -> Figure:
    """Accuracy of some rows, of which there must be one; each run counts by the share of its questions."""
    runs: dict[str, list[float]] = {}
    for row in rows:
        runs.setdefault(row.run, []).append(float(row.right))
    accuracy = bootstrap([sum(own) / len(own) for own in runs.values()], seed)
    assert accuracy is not None
    return Figure(
        accuracy=accuracy,
        questions=len(rows),
        chance=round(sum(row.chance for row in rows) / len(rows), 4),
        majority=round(sum(row.majority for row in rows) / len(rows), 4),
    )


def by(rows: Sequence[Row], key: Callable[[Row], str], order: Sequence[str], seed: int) -> dict[str, Figure]:
    """Figures of groups, in an order."""
    found = {}
    for name in order:
        own = [row for row in rows if key(row) == name]
        if own:
            found[name] = figure(own, seed)
    return found
