"""25 templates of one-ball puzzles, all of our own: each draws a scene's things, walls left out, from a generator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ..scene import Thing
from . import balances, fills, pushes, slopes, topples
from .parts import mirrored

Draw = Callable[[Random], list[Thing]]


@dataclass(frozen=True)
class Template:
    """A family of puzzles with one ``idea``, said in a sentence."""

    name: str
    idea: str
    number: int
    _draw: Draw

    def draw(self, rng: Random) -> tuple[Thing, ...]:
        """The things of one scene; every other one is the mirror image of what the template says."""
        things = self._draw(rng)
        return tuple(mirrored(things) if rng.random() < 0.5 else things)


_DRAWS: tuple[Draw, ...] = (
    slopes.ramp,
    slopes.staircase,
    slopes.funnel,
    slopes.deflector,
    balances.balance,
    balances.catapult,
    balances.lever,
    balances.rocker,
    balances.counterweight,
    balances.pendulum,
    topples.dominoes,
    topples.tower,
    topples.sticks,
    topples.drawbridge,
    topples.gate,
    fills.pit,
    fills.well,
    fills.buffer,
    fills.cup,
    pushes.pegs,
    pushes.tipping,
    pushes.hat,
    pushes.tunnel,
    pushes.row,
    pushes.wedge,
)

TEMPLATES: tuple[Template, ...] = tuple(
    Template(draw.__name__, (draw.__doc__ or "").strip(), number, draw) for number, draw in enumerate(_DRAWS)
)
"""All templates, in the order of their numbers."""
