"""Actions of a one-ball puzzle: where the red ball is put and how large it is, in pixels.

An LM chooses among 4 × 4 × 3 of them, the centres of equal bins (Discovering High Level Patterns, Section 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .scene import SIZE

PLACES = (0.0, SIZE)
"""Between which x and y lie, in pixels."""

RADII = (4.0, 32.0)
"""Between which the radius lies, in pixels."""

BINS = (4, 4, 3)
"""How many bins x, y and the radius are quantised into."""


@dataclass(frozen=True)
class Action:
    """A red ball: its centre and its radius in pixels."""

    x: float
    y: float
    r: float


def _centres(limits: tuple[float, float], bins: int) -> tuple[float, ...]:
    low, high = limits
    return tuple(round(low + (high - low) * (k + 0.5) / bins, 3) for k in range(bins))


QUANTISED: tuple[Action, ...] = tuple(
    Action(x, y, r)
    for x in _centres(PLACES, BINS[0])
    for y in _centres(PLACES, BINS[1])
    for r in _centres(RADII, BINS[2])
)
"""The 48 quantised actions, by x, then y, then radius."""


def draw(rng: Random) -> Action:
    """A random action, alike over all places and radii."""
    return Action(*(round(rng.uniform(*limits), 2) for limits in (PLACES, PLACES, RADII)))


def perturbed(action: Action, by: float, rng: Random) -> Action:
    """An action with each number changed by up to ``by`` pixels, kept within its limits."""

    def moved(value: float, limits: tuple[float, float]) -> float:
        return round(min(max(value + rng.uniform(-by, by), limits[0]), limits[1]), 2)

    return Action(moved(action.x, PLACES), moved(action.y, PLACES), moved(action.r, RADII))
