"""Forces and velocities for bodies that Bullet moves, as balls in space in which a body is pushed for one step.

Force fields of Blender act in every substep, where each body is then, see `balls`:

- *Force.* A ball that covers the body's path of one step pushes it in all substeps.
- *Velocity.* A ball may also brake by ``flow·v``. Of the right strength it makes any velocity the wanted one in a
  single substep, whatever it was, so nobody needs to know it. Such a ball is a mere point, which the body has then
  left.

A body whose neighbour comes into the ball of its force gets the step's whole push as a change of velocity instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray, StepState
from .flight import Substeps

Kind = Literal["force", "velocity"]

MARGIN = 0.002
"""Metres by which the ball of a force is larger than the path that it covers."""

ROOM = 0.05
"""Metres by which it may be larger still where no other body is near: the body may be pushed off its path."""

POINT = 1e-6
"""Radius in metres of a ball that sets a velocity: it is where the body is, and the body leaves it at once."""


@dataclass
class Push:
    """What a body gets in the coming step: a force in N, an impulse in N s, and before these a velocity in m/s."""

    force: FloatArray = field(default_factory=lambda: np.zeros(3))
    impulse: FloatArray = field(default_factory=lambda: np.zeros(3))
    velocity: FloatArray | None = None

    def total(self, seconds: float) -> FloatArray:
        """The mean force of a step of so many seconds."""
        return self.force + self.impulse / seconds if seconds else self.force


@dataclass(frozen=True)
class Moment:
    """All B objects before a step: their state, masses in kg, what damping leaves of their velocity after a substep,
    which of them Bullet moves ``[B]``, and by which acceleration ``[3]``, in m/s²."""

    state: StepState
    mass: FloatArray
    kept: FloatArray
    moved: NDArray[np.bool_]
    gravity: FloatArray


@dataclass(frozen=True)
class Ball:
    """A place ``[3]`` (m) around which, within a radius in m, body ``body`` is pushed by a force ``[3]`` in N, and
    braked by ``flow`` in N s/m."""

    body: int
    kind: Kind
    centre: FloatArray
    radius: float
    force: FloatArray
    flow: float = 0.0


class Forces:
    """What the bodies of one scene get in the coming step."""

    def __init__(self, substeps: Substeps) -> None:
        self.substeps = substeps
        self.pushes: dict[int, Push] = {}
        self._last: dict[int, Ball] = {}
        self.done: dict[int, tuple[FloatArray | None, FloatArray]] = {}
        """What bodies got in the last step: the velocity at its start, if one was set, and an acceleration in m/s²."""

    def of(self, i: int) -> Push:
        """What body ``i`` gets in the coming step, to be added to."""
        if i not in self.pushes:
            self.pushes[i] = Push()
        return self.pushes[i]

    def taken_velocity(self, i: int) -> FloatArray | None:
        """The velocity that body ``i`` was to get, if any, for somebody else to give."""
        push = self.pushes.get(i)
        velocity = push.velocity if push is not None else None
        if push is not None:
            push.velocity = None
        return velocity

    def gained(self, i: int, mass: float) -> FloatArray:
        """The velocity that force and impulse of the coming step give a body which no ball pushes in it."""
        push = self.pushes.pop(i, None)
        if push is None or not self.substeps.length:
            return np.zeros(3)
        gain = push.total(self.substeps.length) / mass * self.substeps.length
        return np.asarray(gain * self.substeps.length / self.substeps.dt)

    def balls(self, moment: Moment, rivals: Iterable[int] | None) -> list[Ball]:
        """The balls of the coming step, whose pushes are done with. ``rivals`` are the bodies that other bodies' balls
        push as well; None is all that Bullet moves."""
        pushes, self.pushes, self.done = self.pushes, {}, {}
        if not pushes or not self.substeps.length:
            return []
        steps = self.substeps
        paths = _Paths(pushes, moment, steps, rivals)
        around, gains = self._around(paths), paths.force / paths.mass[:, None]
        found: list[Ball] = []
        for k, (i, push) in enumerate(pushes.items()):
            velocity, sets, acceleration = paths.velocity[k], push.velocity is not None, np.zeros(3)
            if (place := around[k]) is not None:
                found.append(self._ball(i, *place, paths.force[k]))
                acceleration = gains[k]
            elif gains[k].any():
                velocity, sets = velocity + gains[k] * steps.length, True
            if sets:
                flow = float(moment.kept[i] * paths.mass[k]) / steps.tau
                found.append(Ball(i, "velocity", moment.state.position[i], POINT, flow * velocity, flow))
            self.done[i] = velocity * steps.length / steps.dt if sets else None, acceleration
        self._last = {ball.body: ball for ball in found if ball.kind == "force"}
        return found

    def _ball(self, i: int, centre: FloatArray, radius: float, force: FloatArray) -> Ball:
        """A ball of force: that of the step before if it is the same."""
        last = self._last.get(i)
        if last is not None and last.centre is centre and last.force.tolist() == force.tolist():
            return last
        return Ball(i, "force", centre, radius, force)

    def _around(self, paths: _Paths) -> list[tuple[FloatArray, float] | None]:
        """Where the ball of each body's force is, and its radius: as it was if that does, else a wide one that may do
        for some steps, else one that just does; None without a force, or without room."""
        found: list[tuple[FloatArray, float] | None] = [None] * len(paths.chosen)
        forced = np.flatnonzero(paths.force.any(axis=1))
        last = [(k, self._last[paths.chosen[k]]) for k in forced.tolist() if paths.chosen[k] in self._last]
        if last:
            rows = np.array([k for k, _ in last])
            kept, radius = np.array([ball.centre for _, ball in last]), np.array([ball.radius for _, ball in last])
            reaches = _lengths(paths.centre[rows] - kept) + paths.needed[rows] <= radius
            for (k, ball), covers in zip(last, reaches & (radius <= paths.free(kept, rows)), strict=True):
                found[k] = (ball.centre, ball.radius) if covers else None
        rows = np.array([k for k in forced.tolist() if found[k] is None], dtype=np.intp)
        if len(rows):
            centre, way, needed = paths.centre[rows], paths.way[rows], paths.needed[rows]
            wide, wider = centre + way, needed + _lengths(way)
            room, least = paths.free(wide, rows), paths.free(centre, rows)
            for n, k in enumerate(rows.tolist()):
                if wider[n] <= room[n]:
                    found[k] = wide[n], min(wider[n] + ROOM, room[n])
                elif needed[n] <= least[n]:
                    found[k] = centre[n], min(needed[n] + ROOM, least[n])
        return found


class _Paths:
    """The K pushed bodies of a step: the force on each in N ``[K, 3]``, mass, velocity by Bullet's time, the way that
    it will go in m ``[K, 3]``, and the ball that covers it: ``centre`` ``[K, 3]``, ``needed`` ``[K]``."""

    def __init__(
        self, pushes: Mapping[int, Push], moment: Moment, steps: Substeps, rivals: Iterable[int] | None
    ) -> None:
        self.chosen = list(pushes)
        chosen, self._position = np.array(self.chosen), moment.state.position
        self.mass = moment.mass[chosen]
        self.force = np.array([push.total(steps.length) for push in pushes.values()])
        speeds = moment.state.velocity * (steps.dt / steps.length)
        for i, push in pushes.items():
            if push.velocity is not None:
                speeds[i] = push.velocity * (steps.dt / steps.length)
        bends = np.broadcast_to(moment.gravity * steps.length**2, speeds.shape).copy()
        bends[chosen] += self.force / self.mass[:, None] * steps.length**2
        self.velocity, bent = speeds[chosen], bends[chosen]
        self.way = self.velocity * steps.length + bent * (1 + 1 / steps.count) / 2
        self.centre = self._position[chosen] + self.way / 2
        self.needed = 1.05 * (_lengths(self.way) / 2 + _lengths(bent) / 8) + MARGIN
        self._others = np.flatnonzero(moment.moved) if rivals is None else np.array(sorted(rivals), dtype=np.intp)
        self._reach = (1.2 * _lengths(speeds) * steps.length + _lengths(bends) + MARGIN)[self._others]
        self._own = chosen[:, None] == self._others

    def free(self, places: FloatArray, rows: NDArray[np.intp]) -> FloatArray:
        """Radius of a ball around each place ``[R, 3]``, one a pushed body of these ``rows``, that no other body's
        centre enters in the step ``[R]``."""
        gaps = _lengths(self._position[self._others] - places[:, None]) - self._reach
        return np.asarray(np.where(self._own[rows], np.inf, gaps).min(axis=1, initial=np.inf))


def _lengths(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt((vectors * vectors).sum(axis=-1)))
