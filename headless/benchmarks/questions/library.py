"""What parts of the pattern library are worth: curves over its size, and leave-one-out (Sections 4.2, 4.4).

A subset of the library is known by the patterns that it hides: what they found is not told. Detectors that others build
on still run; only where the worth of one pattern is measured, those that build on it go with it, as in the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from pydantic import BaseModel

from addon.patterns.library import library

from ...evaluation.statistics import Share, bootstrap

Hidden = frozenset[str]
Task = Literal["questions", "puzzles"]

DRAWS = 25
"""Subsets of a size, as in the paper."""

Score = Callable[[Hidden], Mapping[str, float]]
"""How well each task is done, 0 to 1 by its name, where some patterns are hidden."""


class Point(BaseModel):
    """The mean score with a library of so many patterns, over ``draws`` of it, with its interval over draws."""

    task: Task
    size: int
    draws: int
    score: Share


class Importance(BaseModel):
    """What is lost without a pattern and all that build on it, ``hidden``: of the score of the whole library so many
    percent, with an interval over runs or puzzles; None where that score is 0."""

    task: Task
    uid: str
    label: str
    hidden: tuple[str, ...]
    score: float
    drop: Share | None


@dataclass(frozen=True)
class Subset:
    """One draw of a library of a size."""

    size: int
    draw: int
    hidden: Hidden


def uids() -> tuple[str, ...]:
    """The patterns of the library."""
    return tuple(pattern.uid for pattern in library())


def default_sizes(count: int) -> tuple[int, ...]:
    """Sizes of a curve: none, every fourth, and the whole library of ``count`` patterns."""
    return tuple(sorted({*range(0, count, 4), count}))


def subsets(sizes: Iterable[int], draws: int, seed: int, known: Sequence[str] | None = None) -> list[Subset]:
    """So many libraries of each different size; one where there is but one.

    Raises ValueError for a size too large.
    """
    every = uids() if known is None else tuple(known)
    found = []
    for size in dict.fromkeys(sizes):
        if not 0 <= size <= len(every):
            raise ValueError(f"the library has {len(every)} patterns, not {size}")
        for draw in range(1 if size in (0, len(every)) else draws):
            kept = Random(f"library/{seed}/{size}/{draw}").sample(every, size)
            found.append(Subset(size, draw, frozenset(every) - frozenset(kept)))
    return found


def with_dependents(uid: str, requires: Mapping[str, Iterable[str]] | None = None) -> Hidden:
    """A pattern with all that build on it, directly or not."""
    edges = {p.uid: p.requires for p in library()} if requires is None else requires
    found = {uid}
    while more := {u for u, needed in edges.items() if u not in found and found & set(needed)}:
        found |= more
    return frozenset(found)


def curve(task: Task, score: Score, chosen: Sequence[Subset], seed: int) -> list[Point]:
    """The mean score by the library's size."""
    by_size: dict[int, list[float]] = {}
    for subset in chosen:
        by_size.setdefault(subset.size, []).append(_mean(score(subset.hidden).values()))
    points = []
    for size, scores in by_size.items():
        share = bootstrap(scores, seed)
        assert share is not None
        points.append(Point(task=task, size=size, draws=len(scores), score=share))
    return points


def importance(task: Task, score: Score, seed: int, only: Sequence[str] | None = None) -> list[Importance]:
    """What each pattern is worth, the most first; ``only`` some of them."""
    labels = {pattern.uid: pattern.label for pattern in library()}
    whole = score(frozenset())
    base = _mean(whole.values())
    found = []
    for uid in uids() if only is None else dict.fromkeys(only):
        hidden = with_dependents(uid)
        left = score(hidden)
        drops = [100.0 * (whole[name] - left[name]) / base for name in whole] if base > 0 else []
        found.append(
            Importance(
                task=task,
                uid=uid,
                label=labels[uid],
                hidden=tuple(sorted(hidden)),
                score=round(_mean(left.values()), 4),
                drop=bootstrap(drops, seed),
            )
        )
    return sorted(found, key=lambda one: (-(one.drop.mean if one.drop else 0.0), one.uid))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
