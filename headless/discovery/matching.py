"""Whether two lists of events are about the same: one to one, within some frames and about the same bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from addon.patterns import Activation, Pattern

TOLERANCE = 3
"""Frames by which the begin of two events that are the same may differ."""


@dataclass(frozen=True)
class Mark:
    """When something begins, and the names of the bodies that it is about; None where that is not told.

    ``main`` are those of them that what is the same has to name at least, all unless given.
    """

    frame: int
    bodies: frozenset[str] | None
    main: frozenset[str] | None = None

    @property
    def needed(self) -> frozenset[str]:
        """The bodies that what is the same has to name."""
        return (self.bodies or frozenset()) if self.main is None else self.main


@dataclass(frozen=True)
class Agreement:
    """How many events were found, how many there are, and how many of both are the same."""

    found: int
    expected: int
    same: int

    @property
    def precision(self) -> float:
        """Share of the found ones that there are; 0 where nothing was found."""
        return self.same / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of those that there are that were found; 0 where there are none."""
        return self.same / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 where there is nothing to find and nothing was found."""
        return 2 * self.same / (self.found + self.expected) if self.found + self.expected else 1.0


def marks(activations: Iterable[Activation], bodies: Collection[str], pattern: Pattern | None = None) -> list[Mark]:
    """Activations as marks; their bodies are the values of parameters, or parts of lists, that name one.

    The main ones are those whose parameter the ``pattern`` tells to be a body.
    """
    known = set(bodies)
    keys = [] if pattern is None else [key for key, told in pattern.parameters.items() if told.kind == "body"]
    found = []
    for activation in activations:
        told = activation.parameters
        main = frozenset(_names([told[key] for key in keys if key in told]) & known)
        found.append(Mark(activation.frame, frozenset(_names(list(told.values())) & known), main or None))
    return found


def _names(values: Sequence[object]) -> set[str]:
    texts = {value for value in values if isinstance(value, str)}
    inner = [item for value in values if isinstance(value, list) for item in value]
    return texts | {item for item in inner if isinstance(item, str)}


def agreement(found: Sequence[Sequence[Mark]], expected: Sequence[Sequence[Mark]]) -> Agreement:
    """How far the found marks of each trace are the expected ones; each is the same as one other at most."""
    same = sum(_pairs(ours, theirs) for ours, theirs in zip(found, expected, strict=True))
    return Agreement(sum(map(len, found)), sum(map(len, expected)), same)


def _pairs(ours: Sequence[Mark], theirs: Sequence[Mark]) -> int:
    """The nearest in time are paired first."""
    near = sorted(
        (abs(a.frame - b.frame), i, k)
        for i, a in enumerate(ours)
        for k, b in enumerate(theirs)
        if abs(a.frame - b.frame) <= TOLERANCE and _same_bodies(a, b)
    )
    left, right = set(range(len(ours))), set(range(len(theirs)))
    count = 0
    for _, i, k in near:
        if i in left and k in right:
            left.remove(i)
            right.remove(k)
            count += 1
    return count


def _same_bodies(a: Mark, b: Mark) -> bool:
    """Whether events may be about the same: each names the main bodies of the other, and none that the other does not.

    So that neither one body of a pair nor all bodies there are agree with every pair.
    """
    if a.bodies is None or b.bodies is None:
        return True
    return b.needed <= a.bodies and a.needed <= b.bodies
