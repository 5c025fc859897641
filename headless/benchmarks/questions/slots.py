"""What slots of templates are filled with, and what answers have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from random import Random

import numpy as np

from addon.patterns.annotation import Annotation
from addon.patterns.model import Activation

from .facts import Facts, Mask

SHORTEST, LONGEST = 0.5, 4.0
"""Seconds between the two times that a question names."""

WINDOWS = 3
"""Pairs of times that are drawn for a run."""


@dataclass(frozen=True)
class Window:
    """From one frame to another, and the text that says so."""

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PatternName:
    """A pattern as questions name it."""

    uid: str
    label: str
    description: str

    def __str__(self) -> str:
        return f"'{self.label}' ({self.description.rstrip('.')})"


def colored(facts: Facts, rng: Random) -> Sequence[str]:
    """The red, the green and the blue object."""
    return facts.colored


def moving_colored(facts: Facts, rng: Random) -> Sequence[str]:
    """Those of them that can move."""
    return facts.moving_colored


def pairs(facts: Facts, rng: Random) -> Sequence[tuple[str, str]]:
    """Two of the coloured objects, in any order."""
    return list(permutations(facts.colored, 2))


def movable(facts: Facts, rng: Random) -> Sequence[str]:
    """All bodies that can move."""
    return facts.movable


def patterns(facts: Facts, rng: Random) -> Sequence[PatternName]:
    """All patterns of the library."""
    return [PatternName(c.uid, c.label, c.description) for c in facts.annotation.patterns]


def windows(facts: Facts, rng: Random) -> Sequence[Window]:
    """Times between which something is asked about, while there is motion."""
    found = []
    last = last_motion(facts)
    for _ in range(WINDOWS):
        length = round(rng.uniform(SHORTEST, LONGEST) * facts.fps)
        start = rng.randint(0, max(last - length, 0))
        end = min(start + length, facts.frames - 1)
        found.append(Window(start, end, f"{facts.seconds(start):.2f} s and {facts.seconds(end):.2f} s"))
    return found


def last_motion(facts: Facts) -> int:
    """The last frame in which anything moves."""
    frames = np.flatnonzero(facts.moves())
    return int(frames[-1]) if len(frames) else 0


def share(mask: Mask) -> float:
    """The share of frames in percent, with one digit after the point."""
    return round(100.0 * float(mask.mean()), 1)


def bodies_of(annotation: Annotation, activation: Activation) -> set[str]:
    """The bodies that an activation names."""
    values = [v for p in activation.parameters.values() for v in (p if isinstance(p, list | tuple) else [p])]
    return {v for v in values if isinstance(v, str) and v in annotation.bodies}
