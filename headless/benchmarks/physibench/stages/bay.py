"""Where a stage is built: a bay of its own with its origin at the floor's level, x to the right, y to the back.

A bay is `WIDTH` metres wide, half of it to either side of its origin; a stage says how long it is. SI units.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from addon.scene_graph import Constraint, SceneGraph, SceneObject
from addon.scene_graph.text import COLORS

from .. import claims, parts
from ..machine import STEPS
from ..rules import Effect, Rule, Trigger, launch

WIDTH = 3.2
RADIUS = 0.25
"""Of balls that roll from one stage into the next."""

Claim = Callable[[SceneGraph], str]
"""An assertion that can be worded only when the whole scene is known."""


Say = Callable[..., Rule]
"""Puts a trigger and effects into a rule, in the wording of the machine's split."""


@dataclass(frozen=True)
class Stage:
    """A piece of a machine: what it is made of, what sets it going, and how others know that it has run.

    ``start`` is empty where an incoming ball sets it going. ``done`` is the trigger for what comes next, ``event``
    what the trace then shows. ``ball`` is what rolls out at the far end, ``mover`` the body that ``start`` moves.
    """

    objects: tuple[SceneObject, ...]
    start: tuple[Effect, ...]
    done: Trigger
    event: claims.Event
    length: float
    constraints: tuple[Constraint, ...] = ()
    rules: tuple[Rule, ...] = ()
    claims: tuple[str | Claim, ...] = ()
    ball: str | None = None
    mover: str | None = None


class Names:
    """Hands out names, no two alike, and the colours that go with them."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self.color = rng, parts.Palette(rng)
        self._taken: set[str] = set()

    def __call__(self, *bases: str) -> tuple[str, str]:
        """One of the names with a colour; a name that is taken gets the colour in front: ``Red Ball``."""
        base, color = self._rng.choice(bases), self.color()
        name = base
        while name in self._taken:
            color = self.color()
            name = f"{color.capitalize()} {base}"
            if all(f"{c.capitalize()} {base}" in self._taken for c in COLORS):
                name = self.number(base)
        self._taken.add(name)
        return name, color

    def number(self, base: str) -> str:
        """A name for a support or another part that no rule speaks of: ``Post``, ``Post 2``."""
        name, count = base, 1
        while name in self._taken:
            count += 1
            name = f"{base} {count}"
        self._taken.add(name)
        return name


class Bay:
    """What the maker of a stage works with: random numbers, names, and ``rule`` to word rules.

    ``incoming`` is a ball that rolls in at x = 0 along y = 0, if one does.
    """

    def __init__(self, rng: random.Random, names: Names, say: Say, incoming: str | None = None) -> None:
        self.rng, self.name, self.rule, self.incoming = rng, names, say, incoming

    def color(self) -> str:
        """The next colour, for parts that no rule speaks of."""
        return self.name.color()

    def lamp(self, x: float, *bases: str) -> SceneObject:
        """A lamp above the back of the bay."""
        name, color = self.name(*(bases or ("Lamp", "Light", "Beacon", "Signal")))
        return parts.lamp(name, (x, 1.2, 1.6), color)

    def plate(self, x: float, y: float = 0.0, width: float = 1.2, *bases: str) -> SceneObject:
        """A thin plate in the floor that a ball rolls over."""
        name, color = self.name(*(bases or ("Plate", "Sensor", "Trigger")))
        return parts.box(name, (0.5, width, 0.06), (x, y, -0.025), color, kind="trigger", friction=0.6)

    def pad(self, x: float, size: tuple[float, float], y: float = 0.0, *bases: str) -> SceneObject:
        """A flat pad on which things land."""
        name, color = self.name(*(bases or ("Pad", "Mat", "Tray", "Scale")))
        return parts.box(name, (*size, 0.08), (x, y, 0.04), color, kind="trigger", friction=0.9)

    def target(self, x: float, y: float = 0.0, width: float = 1.4, height: float = 0.8) -> SceneObject:
        """A block that balls run into."""
        name, color = self.name("Bell", "Target", "Gong", "Button")
        return parts.box(name, (0.25, width, height), (x, y, height / 2), color, kind="target")

    def roller(self, speed: float, y: float = 0.0, x: float = 0.3) -> tuple[str, list[SceneObject], list[Effect]]:
        """The ball that sets a stage going: the incoming one, or one that lies at its beginning and is launched."""
        if self.incoming:
            return self.incoming, [], []
        name, color = self.name("Ball", "Marble", "Sphere")
        return name, [parts.ball(name, RADIUS, (x, y, RADIUS), color)], [launch(name, (speed, 0, 0))]


def stays(name: str, until: float) -> Claim:
    """An object is where it was at the start, ``until`` a time (s)."""
    return moved(name, (0.0, 0.0, 0.0), until, tolerance=0.06)


def moved(name: str, offset: parts.Vector, at: float | None = None, tolerance: float = 0.1) -> Claim:
    """An object is at an offset from its start at a time (s), or at the end of the run."""

    def claim(graph: SceneGraph) -> str:
        x, y, z = (a + b for a, b in zip(graph.object(name).location, offset, strict=True))
        share = 1.0 if at is None else at * graph.world.fps / STEPS
        return claims.near(graph, name, (x, y, z), share, tolerance)

    return claim
