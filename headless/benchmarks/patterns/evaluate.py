"""The library of patterns run over the corpus, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from addon.patterns.library import library, run
from addon.patterns.model import Activation

from ...evaluation.statistics import Share
from .corpus import Corpus, Rollout
from .judging import Tally, summed, tallied

LEAST = 0.95
"""Precision and recall that a detector must have."""

OFTEN = 10
"""Detections and labelled occurrences from which on precision and recall mean something."""

MOST_NEW = 0.1
"""Greatest share of detections that nobody has judged, where all had been: figures of the others would mislead."""

Part = Literal["planar", "space", "all"]


class Row(BaseModel):
    """One detector: see `Tally`."""

    model_config = ConfigDict(frozen=True)

    uid: str
    occurrences: int
    true: int
    false: int
    missed: int
    unsure: int
    new: int
    unjudged: int
    precision: Share
    recall: Share

    @property
    def good(self) -> bool:
        """Whether precision and recall are high enough, each where it means something, and enough has been judged."""
        enough = self.new <= MOST_NEW * (self.true + self.false + self.new)
        return enough and all(one.count < OFTEN or one.mean >= LEAST for one in (self.precision, self.recall))


class Results(BaseModel):
    """Figures by detector in the order of the library, of all (``total``), and so with labels as first written."""

    model_config = ConfigDict(frozen=True)

    part: Part
    rollouts: int
    rows: tuple[Row, ...]
    total: Row
    unrevised: Row

    @property
    def below(self) -> list[str]:
        """The detectors that are not good."""
        return [row.uid for row in self.rows if not row.good]


def chosen(corpus: Corpus, part: Part) -> list[Rollout]:
    """The rollouts in a plane, those in space, or all."""
    return [r for r in corpus.rollouts if part == "all" or r.recipe.planar == (part == "planar")]


def evaluate(rollouts: Iterable[Rollout], part: Part = "all") -> Results:
    """Make each rollout again and hold what the library finds in it against the labels. Raises as `Recipe.trace`."""
    found = list(detected(rollouts))
    tallies = tallied(found)
    first = tallied((rollout.unrevised(), activations) for rollout, activations in found)
    return Results(
        part=part,
        rollouts=len(found),
        rows=tuple(row_of(uid, tally) for uid, tally in tallies.items()),
        total=row_of("all", summed(tallies.values())),
        unrevised=row_of("all", summed(first.values())),
    )


def detected(rollouts: Iterable[Rollout]) -> Iterator[tuple[Rollout, Sequence[Activation]]]:
    """Each rollout with what the library finds in it."""
    patterns = library()
    for rollout in rollouts:
        yield rollout, run(rollout.recipe.trace(), patterns=patterns)


def row_of(uid: str, tally: Tally) -> Row:
    """The figures of one detector."""
    counts = {name: tally.counts[name] for name in ("true", "false", "missed", "unsure", "new", "unjudged")}
    return Row(uid=uid, occurrences=tally.occurrences, precision=tally.precision, recall=tally.recall, **counts)
