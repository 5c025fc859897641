"""What is measured of a run to answer questions: who touches whom, who moves, and by how much answers may be off.

Lengths are in the units of a plane, or in m. A "touch" is a frame of the trace with a contact of two bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from addon.patterns.annotation import Annotation, annotate
from addon.scene_graph import FloatArray, SceneObject
from addon.trace import Trace
from addon.trace.events import contact_intervals

Mask = NDArray[np.bool_]

MARGIN = 0.1
"""Seconds by which what a question hangs on must be clear of the times that it names."""

GAP = 0.1
"""Seconds that two bodies are apart, at least, before their next touch is another hit."""

MOVING = {True: 1.0, False: 0.05}
"""Speed from which on a body of a plane (units/s) or of a machine (m/s) moves; questions name it."""

COLORS = {"red": "actor", "green": "goal_object", "blue": "goal_target"}
"""The tags of the objects that templates call by colour (Section 4.1)."""


class Facts:
    """A run as questions see it, ``cut`` being the last frame of its first part.

    ``without(name)`` runs the scene again without an object, None where that cannot be; ``meant`` is the run of a
    machine as it was meant, where this one is a near miss.
    """

    def __init__(
        self,
        trace: Trace,
        cut: int,
        without: Callable[[str], Trace | None] = lambda name: None,
        meant: Callable[[], Trace | None] = lambda: None,
    ) -> None:
        self.trace, self.cut, self.without, self.meant = trace, cut, without, meant
        self.names = trace.bodies
        self.frames = len(trace.position)
        self.fps = trace.meta.fps
        plane = trace.scene.world.plane
        self.is_planar = plane is not None
        self.unit = 1.0 if plane is None else plane.meters_per_unit
        self.threshold = MOVING[self.is_planar]
        self.margin = round(MARGIN * self.fps)

    # The scene ------------------------------------------------------------------------------------------------------

    @cached_property
    def objects(self) -> dict[str, SceneObject]:
        """The scene's objects by name."""
        return {o.name: o for o in self.trace.scene.objects}

    def column(self, name: str) -> int:
        """The column of a body."""
        return self.trace.index(name)

    def of_class(self, *kinds: str) -> tuple[str, ...]:
        """Names of the bodies of these classes."""
        return tuple(n for n in self.names if self.objects[n].semantic_class in kinds)

    @cached_property
    def movable(self) -> tuple[str, ...]:
        """Names of the bodies that physics can move."""
        return tuple(n for n in self.names if (b := self.objects[n].body) is not None and b.type == "ACTIVE")

    @cached_property
    def colored(self) -> tuple[str, ...]:
        """Names of the red, the green and the blue object, as far as there are."""
        tagged = {tag: o.name for o in self.trace.scene.objects for tag in o.tags}
        return tuple(tagged[tag] for tag in COLORS.values() if tag in tagged)

    def by_color(self, color: str) -> str | None:
        """The name of the object that templates call by this colour."""
        return next((n for n in self.colored if COLORS[color] in self.objects[n].tags), None)

    @property
    def moving_colored(self) -> tuple[str, ...]:
        """Those of `colored` that can move."""
        return tuple(n for n in self.colored if n in self.movable)

    @property
    def ground(self) -> str | None:
        """The name of what everything falls on."""
        return next(iter(self.of_class("floor")), "ground" if "ground" in self.names else None)

    @property
    def walls(self) -> tuple[str, ...]:
        """Names of the walls, the ground left out."""
        return tuple(n for n in self.of_class("wall") if n != self.ground)

    @property
    def inner(self) -> tuple[str, ...]:
        """Names of all bodies but walls and ground."""
        return tuple(n for n in self.names if n not in self.walls and n != self.ground)

    # Motion ---------------------------------------------------------------------------------------------------------

    @cached_property
    def place(self) -> FloatArray:
        """Positions ``[F, B, 3]`` in units."""
        return self.trace.position / self.unit

    @cached_property
    def speed(self) -> FloatArray:
        """Speeds ``[F, B]`` in units/s; 0 where a body is absent."""
        return np.nan_to_num(np.linalg.norm(self.trace.velocity, axis=2)) / self.unit

    @cached_property
    def travelled(self) -> FloatArray:
        """How far each body went in all ``[B]``, in units."""
        return np.asarray(np.nansum(np.linalg.norm(np.diff(self.place, axis=0), axis=2), axis=0))

    def moves(self, times: float = 1.0) -> Mask:
        """Frames ``[F]`` in which a movable body is faster than so many times the threshold."""
        columns = [self.column(n) for n in self.movable]
        return np.asarray((self.speed[:, columns] > times * self.threshold).any(axis=1))

    def seconds(self, frame: int) -> float:
        """The time of a frame."""
        return frame / self.fps

    # Contacts -------------------------------------------------------------------------------------------------------

    @cached_property
    def _touches(self) -> dict[tuple[int, int], Mask]:
        masks: dict[tuple[int, int], Mask] = {}
        for pair, intervals in contact_intervals(self.trace.contacts).items():
            mask = masks[pair] = np.zeros(self.frames, dtype=np.bool_)
            for start, end in intervals:
                mask[start : end + 1] = True
        return masks

    def touch(self, a: str, others: Iterable[str]) -> Mask:
        """Frames ``[F]`` in which a body touches one of others."""
        found = np.zeros(self.frames, dtype=np.bool_)
        i = self.column(a)
        for other in others:
            j = self.column(other)
            mask = self._touches.get((min(i, j), max(i, j)))
            if mask is not None and i != j:
                found |= mask
        return found

    def touched(self, a: str, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """Names of what a body touches between two frames, both included."""
        last = self.frames - 1 if end is None else end
        return tuple(n for n in self.names if n != a and self.touch(a, [n])[max(start, 0) : last + 1].any())

    def hits(self, a: str, others: Iterable[str], gap: float = GAP) -> list[int]:
        """The frames in which touches begin that follow at least ``gap`` seconds apart."""
        return onsets(self.touch(a, others), round(gap * self.fps))

    # Rules ----------------------------------------------------------------------------------------------------------

    @cached_property
    def fired(self) -> list[tuple[int, int]]:
        """Frames and numbers of the rules that acted, each the first time, in order."""
        return fired(self.trace)

    @property
    def rules(self) -> tuple[str, ...]:
        """The scene's rules in English; the first has the number 1."""
        return self.trace.scene.rules

    def turned_on(self, lamp: str) -> int | None:
        """The frame in which a lamp goes on."""
        return turned_on(self.trace, lamp)

    # Patterns -------------------------------------------------------------------------------------------------------

    @cached_property
    def annotation(self) -> Annotation:
        """The patterns of the whole run."""
        return annotate(self.trace)


def onsets(mask: Mask, gap: int) -> list[int]:
    """The first frames of the runs of true values that are at least ``gap`` frames apart."""
    frames = np.flatnonzero(mask)
    first = np.diff(frames, prepend=-gap - 2) > max(gap, 1)
    return [int(f) for f in frames[first]]


def fired(trace: Trace) -> list[tuple[int, int]]:
    """Frames and numbers of the rules that acted in a run, each the first time, in order."""
    first: dict[int, int] = {}
    for event in trace.events:
        if event.uid == "RuleFired":
            first.setdefault(int(event.parameters["rule"]), event.frame)
    return sorted((frame, rule) for rule, frame in first.items())


def turned_on(trace: Trace, lamp: str) -> int | None:
    """The frame in which a lamp goes on in a run; None where it stays dark."""
    for event in trace.events:
        told = event.parameters
        if event.uid == "PropertyChanged" and (told["object_id"], told["property"]) == (lamp, "on") and told["new"]:
            return event.frame
    return None


def the_most(values: Sequence[float], lead: float = 1.1, least: float = 0.0) -> int | None:
    """The number of the greatest value; None where it is not ``lead`` times the second or not more than ``least``."""
    if not len(values):
        return None
    order = np.argsort(values)[::-1]
    best, second = values[order[0]], values[order[1]] if len(values) > 1 else 0.0
    return int(order[0]) if best > least and best >= lead * second else None
