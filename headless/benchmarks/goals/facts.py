"""Plain facts of a run, from which goals are labelled: who touched whom and when, where things were, how they moved.

They are worked out from poses and contacts alone and know nothing of the reward language or its detectors. Words like
"near" or "hard" have no sharp edge, so facts are read in several ways (`Reading`): a run counts only where all agree.

Times are in seconds from the start, instants ``at`` in shares of the run in [0, 1]; lengths are in pixels in a plane
and in m in space, speeds in the same a second. A time that never comes is infinite.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from addon.geometry.poses import rotation_matrix
from addon.scene_graph import FloatArray
from addon.trace import Trace

from .gaps import plane_gap, space_gap

NEVER = math.inf

SETTLED = 0.1
"""What touches before this many seconds may be said to touch from the start."""

STILL = 0.004
"""What moves slower than this share of the scene's size in a second is still."""

CLOSE = 0.04
"""What is not farther than this share of the scene's size is close."""

REST = 0.6
"""About how long a rest is at least, in seconds."""

MOVING = 0.02
"""What moved at all was faster than this share."""

AFTERWARDS = 0.12
"""How long after a touch its outcome is looked at, in seconds."""


@dataclass(frozen=True)
class Reading:
    """One way to understand vague words.

    Touches with less than ``parted`` seconds between are one. ``near`` multiplies distances and times that a goal
    tells, ``close`` the distance of what is close without a number, and ``rough`` how fast, long or far something must
    be. ``fresh`` readers do not call it touching what touched from the start.
    """

    name: str
    parted: float = 0.0
    near: float = 1.0
    rough: float = 1.0
    close: float = 1.0
    fresh: bool = False


PLAIN = Reading("plain")
READINGS = (
    PLAIN,
    Reading("strict", near=0.95, rough=1.6, close=0.25),
    Reading("loose", parted=0.1, near=1.05, rough=0.6, close=4.0),
    Reading("fresh", fresh=True),
)


@dataclass(frozen=True)
class Touch:
    """A touch with another body: when it began and ended, and how fast the two met along its normal, at least 0."""

    other: str
    start: float
    end: float
    speed: float


@dataclass(frozen=True)
class Flight:
    """A stretch without any contact, and how much higher than at its start the body got in it."""

    start: float
    end: float
    rise: float


class Facts:
    """The facts of a run as one reading has them. Names of bodies are theirs in the scene."""

    def __init__(self, trace: Trace, reading: Reading = PLAIN) -> None:
        self.trace, self.reading = trace, reading
        self.dt = 1.0 / trace.meta.fps
        self.end = (len(trace.position) - 1) * self.dt
        plane = trace.scene.world.plane
        self.unit = 1.0 if plane is None else plane.meters_per_unit
        self.size = 6.0 if plane is None or plane.size is None else plane.size[0]
        self._objects = {o.name: o for o in trace.scene.objects}

    # Touches --------------------------------------------------------------------------------------------------------

    def touches(self, name: str, other: str | None = None) -> list[Touch]:
        """A body's touches, of another or of any, in order of their beginnings."""
        return [t for t in self.touches_ever(name, other) if not (self.reading.fresh and t.start <= SETTLED)]

    def touches_ever(self, name: str, other: str | None = None) -> list[Touch]:
        """As `touches`, those from the start included whatever the reading."""
        return [t for t in self._touches.get(name, []) if other in (None, t.other)]

    def touched(self, name: str, other: str | None = None, since: float = 0.0, until: float = 1.0) -> bool:
        """Whether a touch begins in a part of the run."""
        return any(since * self.end <= t.start <= until * self.end for t in self.touches(name, other))

    def count(self, name: str, other: str | None = None) -> int:
        """How often a body touches another, or anything."""
        return len(self.touches(name, other))

    def first(self, name: str, other: str | None = None) -> float:
        """When a body first touches another, or anything."""
        return min((t.start for t in self.touches(name, other)), default=NEVER)

    def last(self, name: str, other: str | None = None) -> float:
        """When the last touch begins; before all times if there is none."""
        return max((t.start for t in self.touches(name, other)), default=-NEVER)

    def partners(self, name: str) -> set[str]:
        """All that a body touches."""
        return {t.other for t in self.touches(name)}

    def touching(self, name: str, other: str, at: float = 1.0) -> bool:
        """Whether two touch at an instant, since whenever."""
        time = round(at * self.end / self.dt) * self.dt
        return any(t.start - self.dt / 2 <= time <= t.end + self.dt / 2 for t in self.touches_ever(name, other))

    def hit(self, name: str, other: str, speed: float) -> bool:
        """Whether two ever meet faster than roughly a speed."""
        return any(t.speed > speed * self.reading.rough for t in self.touches(name, other))

    @cached_property
    def _touches(self) -> dict[str, list[Touch]]:
        found: dict[str, list[Touch]] = {}
        c = self.trace.contacts
        frames: dict[tuple[int, int], dict[int, int]] = {}
        for row, (frame, a, b) in enumerate(zip(c.frame.tolist(), c.a.tolist(), c.b.tolist(), strict=True)):
            frames.setdefault((a, b), {}).setdefault(frame, row)
        for (a, b), rows in frames.items():
            for start, end in self._merged(sorted(rows)):
                speed = self._closing(a, b, start, c.normal[rows[start]])
                for one, other in ((a, b), (b, a)):
                    touch = Touch(self.trace.bodies[other], start * self.dt, end * self.dt, speed)
                    found.setdefault(self.trace.bodies[one], []).append(touch)
        return {name: sorted(own, key=lambda t: (t.start, t.other)) for name, own in found.items()}

    def _merged(self, frames: list[int]) -> Iterator[tuple[int, int]]:
        """First and last of successive frames, short gaps left out of account."""
        most = max(round(self.reading.parted / self.dt), 1)
        start = before = frames[0]
        for frame in frames[1:]:
            if frame - before > most:
                yield start, before
                start = frame
            before = frame
        yield start, before

    def _closing(self, a: int, b: int, frame: int, normal: FloatArray) -> float:
        if frame == 0:
            return 0.0
        before = max(frame - 1, 1)
        relative = self.trace.velocity[before, a] - self.trace.velocity[before, b]
        return max(float(relative @ normal), 0.0) / self.unit

    def soon(self, then: float, first: float, seconds: float) -> bool:
        """Whether a time comes after another, at most about so many seconds later."""
        return first < then <= first + seconds * self.reading.near

    # Places ---------------------------------------------------------------------------------------------------------

    def position(self, name: str, at: float = 1.0) -> FloatArray:
        """Where the middle of a body is ``[3]``; in a plane y is 0 and z goes up."""
        return np.asarray(self._positions(name)[self._frame(at)])

    def _positions(self, name: str) -> FloatArray:
        return np.asarray(self.trace.position[:, self.trace.index(name)] / self.unit)

    def x(self, name: str, at: float = 1.0) -> float:
        """How far to the right a body is."""
        return float(self.position(name, at)[0])

    def z(self, name: str, at: float = 1.0) -> float:
        """How high the middle of a body is."""
        return float(self.position(name, at)[2])

    def farthest(self, name: str) -> float:
        """The greatest x of a body's middle in the run."""
        return float(self._positions(name)[:, 0].max())

    def highest(self, name: str, since: float = 0.0) -> float:
        """How high the middle of a body gets after an instant."""
        return float(self._positions(name)[self._frame(since) :, 2].max())

    def moved(self, name: str, at: float = 1.0) -> float:
        """How far a body is from where it began."""
        return float(np.linalg.norm(self.position(name, at) - self.position(name, 0.0)))

    def gap(self, name: str, other: str, at: float = 1.0) -> float:
        """The distance between two bodies' surfaces, see `gaps`."""
        frame = self._frame(at)
        one, two = (self.trace.index(n) for n in (name, other))
        poses = [(self.trace.position[frame, i], self.trace.quaternion[frame, i]) for i in (one, two)]
        measure = space_gap if self.trace.scene.world.plane is None else plane_gap
        return measure(self._objects[name], poses[0], self._objects[other], poses[1]) / self.unit

    def near(self, name: str, other: str, distance: float, at: float = 1.0) -> bool:
        """Whether the surfaces of two bodies are within about a distance."""
        return self.gap(name, other, at) <= distance * self.reading.near

    def close(self, name: str, other: str, at: float = 1.0) -> bool:
        """Whether two bodies are close to each other, as people say it without a number."""
        return self.gap(name, other, at) <= CLOSE * self.size * self.reading.close

    def at(self, name: str, place: tuple[float, ...], distance: float, at: float = 1.0) -> bool:
        """Whether the middle of a body is within about a distance of a place ``(x, z)`` or ``(x, y, z)``."""
        here = self.position(name, at)[[0, 2] if len(place) == 2 else [0, 1, 2]]
        return bool(np.linalg.norm(here - np.array(place)) <= distance * self.reading.near)

    def _frame(self, at: float) -> int:
        return round(at * (len(self.trace.position) - 1))

    # Motion ---------------------------------------------------------------------------------------------------------

    def speeds(self, name: str) -> FloatArray:
        """About the speed of a body's fastest point in every frame ``[F]``."""
        i = self.trace.index(name)
        reach = max(self._objects[name].dimensions[k] for k in (0, 2)) / 2
        straight = np.linalg.norm(self.trace.velocity[:, i], axis=1)
        return np.asarray((straight + reach * np.linalg.norm(self.trace.angular_velocity[:, i], axis=1)) / self.unit)

    def still(self, name: str, since: float = 0.0, until: float = 1.0) -> bool:
        """Whether a body does not move at all in a part of the run."""
        most = MOVING * self.size / self.reading.rough
        return bool((self.speeds(name)[self._frame(since) : self._frame(until) + 1] < most).all())

    def stops(self, name: str) -> float:
        """When a body that moved first comes to rest for a while; never if it does not.

        Strict readers ask that it never moves again.
        """
        speeds = self.speeds(name)
        moves = speeds > MOVING * self.size * self.reading.rough
        still = np.append(speeds <= STILL * self.size / self.reading.rough**2, False)
        begin = int(np.argmax(moves))
        while moves.any() and begin < len(speeds):
            begin += int(np.argmax(still[begin:]))
            if not still[begin]:
                return NEVER
            length = int(np.argmin(still[begin:]))
            for_good = begin + length == len(speeds) or self.reading.rough <= 1.0
            if for_good and length * self.dt >= REST * self.reading.rough:
                return begin * self.dt
            begin += length
        return NEVER

    def starts(self, name: str) -> float:
        """When a body first moves."""
        moving = np.flatnonzero(self.speeds(name) > MOVING * self.size * self.reading.rough)
        return float(moving[0]) * self.dt if len(moving) else NEVER

    def flights(self, name: str, least: float) -> list[Flight]:
        """When a body is in the air for at least about so many seconds; the wait before a first touch counts."""
        busy = np.zeros(len(self.trace.position) + 1, dtype=np.bool_)
        busy[-1] = True
        for touch in self.touches_ever(name):
            busy[round(touch.start / self.dt) : round(touch.end / self.dt) + 1] = True
        heights = self._positions(name)[:, 2]
        found, start = [], 0
        for frame in np.flatnonzero(busy).tolist():
            if (frame - start) * self.dt >= least * self.reading.rough:
                rise = float(heights[start:frame].max() - heights[max(start - 1, 0)])
                found.append(Flight(start * self.dt, frame * self.dt, rise))
            start = frame + 1
        return [f for f in found if not (self.reading.fresh and f.start <= SETTLED)]

    def bounces(self, name: str, other: str | None = None) -> list[float]:
        """When a body is thrown back from another, or from anything: it comes and goes along the touch's normal."""
        return [t.start for t in self.touches(name, other) if self._thrown_back(name, t)]

    def _thrown_back(self, name: str, touch: Touch) -> bool:
        frame = round(touch.start / self.dt)
        if frame == 0:
            return False
        i, other = self.trace.index(name), self.trace.index(touch.other)
        normal = self._normal(frame, i, other)
        speeds = self.trace.velocity[:, i] @ normal / self.unit
        after = speeds[frame : frame + max(round(AFTERWARDS / self.dt), 2) + 1]
        came, went = -speeds[max(frame - 1, 1)], float(after.max())
        rough = self.reading.rough**2
        return bool(came > 2 * MOVING * self.size * rough and went > max(0.2 * came, MOVING * self.size) * rough)

    def _normal(self, frame: int, body: int, other: int) -> FloatArray:
        """The unit normal of a touch, towards the body."""
        c = self.trace.contacts
        low, high = min(body, other), max(body, other)
        row = int(np.flatnonzero((c.frame == frame) & (c.a == low) & (c.b == high))[0])
        return np.asarray(c.normal[row] * (1.0 if body == high else -1.0))

    def tilt(self, name: str, at: float = 1.0) -> float:
        """By how many degrees a body leans from how it stood at the start, in [0, 180]."""
        return float(self._tilts(name)[self._frame(at)])

    def _tilts(self, name: str) -> FloatArray:
        turns = rotation_matrix(self.trace.quaternion[:, self.trace.index(name)])
        was_up = turns[0].T @ np.array([0.0, 0.0, 1.0])
        return np.asarray(np.degrees(np.arccos(np.clip((turns @ was_up)[:, 2], -1.0, 1.0))))

    def falls_over(self, name: str) -> float:
        """When a body leans by more than about 45 degrees, past which few things that stood get up again."""
        over = np.flatnonzero(self._tilts(name) > 45.0 * math.sqrt(self.reading.rough))
        return float(over[0]) * self.dt if len(over) else NEVER

    def leans_from(self, name: str) -> float:
        """When a body first leans by about 10 degrees, whether it falls over or not."""
        leaning = np.flatnonzero(self._tilts(name) > 10.0 * self.reading.rough)
        return float(leaning[0]) * self.dt if len(leaning) else NEVER

    def tips_from(self, name: str) -> float:
        """When a body that falls over begins to lean, by about 10 degrees, not to come back; never if it does not."""
        over = self.falls_over(name)
        if over == NEVER:
            return NEVER
        upright = self._tilts(name)[: round(over / self.dt) + 1] < 10.0 * self.reading.rough
        return float(np.flatnonzero(upright)[-1] + 1) * self.dt

    def turned(self, name: str, since: float, until: float) -> float:
        """By how many degrees a body turns between two times, both ways added."""
        spins = np.linalg.norm(self.trace.angular_velocity[:, self.trace.index(name)], axis=1)
        return float(np.degrees(spins[round(since / self.dt) : round(until / self.dt) + 1].sum() * self.dt))

    def slid(self, name: str, other: str) -> float:
        """The longest way that a body goes along another in one touch without turning by more than 10 degrees."""
        place = self._positions(name)
        ways = [0.0]
        for touch in self.touches_ever(name, other):
            start, end = round(touch.start / self.dt), round(touch.end / self.dt)
            if self.turned(name, touch.start, touch.end) < 10.0:
                ways.append(float(np.linalg.norm(place[end] - place[start])))
        return max(ways)

    def carried(self, name: str, other: str, at: float = 1.0) -> bool:
        """Whether a body lies on another at an instant: they touch, and it is above the touch."""
        if not self.touching(name, other, at):
            return False
        frame, c = self._frame(at), self.trace.contacts
        i, k = self.trace.index(name), self.trace.index(other)
        rows = (c.frame == frame) & (c.a == min(i, k)) & (c.b == max(i, k))
        up = c.normal[rows, 2] * (1.0 if i > k else -1.0)
        return bool((up > 0.6 * self.reading.rough**0.5).any())

    # Properties -----------------------------------------------------------------------------------------------------

    def changes(self, name: str, prop: str, value: Any = None) -> list[float]:
        """When a script gives an object's property another value, or this one."""
        events = [e for e in self.trace.events if e.uid == "PropertyChanged"]
        own = [e for e in events if (e.parameters["object_id"], e.parameters["property"]) == (name, prop)]
        return [e.time for e in own if value is None or e.parameters["new"] == value]
