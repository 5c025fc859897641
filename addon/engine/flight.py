"""How Bullet moves a body in free flight, substep by substep, and what that tells of its velocity.

In each of a step's n substeps of τ seconds Bullet takes ``v = q·v + a·τ`` and then ``x = x + v·τ``, with q what
linear damping leaves and a the acceleration by all forces. Blender tells poses at the ends of steps alone, so a
difference of two is the mean velocity over a step; the velocity at its end follows where the body met nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..geometry.evaluated import MeanVelocities
from ..scene_graph import FloatArray, World

SLACK = 1e-4
"""Difference of a velocity (m/s) from that of free flight that single precision may cause near the origin."""


@dataclass(frozen=True)
class Substeps:
    """The substeps of a step that lasts ``length`` s for Bullet and ``dt`` s for the scene, whose velocities are by its
    own time."""

    count: int
    length: float
    dt: float

    @classmethod
    def of(cls, world: World) -> Substeps:
        """Those of a scene."""
        old, new = world.frame_map
        return cls(world.substeps, world.dt * world.time_scale * old / new, world.dt)

    @property
    def tau(self) -> float:
        """Length of a substep for Bullet in seconds."""
        return self.length / self.count

    def kept(self, damping: FloatArray) -> FloatArray:
        """The part of a velocity that damping (0 to 1 a second) leaves after a substep."""
        return np.asarray(np.power(1.0 - damping, self.tau))


class FreeFall:
    """Steps of B bodies in free flight, of whose velocity ``kept`` ``[B]`` is left after each substep; velocities and
    accelerations are ``[B, 3]``, by Bullet's time."""

    def __init__(self, substeps: Substeps, kept: FloatArray) -> None:
        n, q = substeps.count, kept[:, None]
        rest = np.where(q < 1.0, 1.0 - q, 1.0)
        powers = np.where(q < 1.0, (1.0 - q**n) / rest, float(n))  # 1 + q + …, n terms
        self._count, self._left, self._gain = n, q**n, powers * substeps.tau
        # By what the start's velocity and a substep's gain count in the sum of a step's velocities.
        self._of_start = q * powers
        self._divisor = np.maximum(self._of_start, 1e-12)
        self._of_gain = np.where(q < 1.0, (n - self._of_start) / rest, n * (n + 1) / 2.0) * substeps.tau
        self._last: tuple[FloatArray, FloatArray, FloatArray] | None = None
        self._by: FloatArray | None = None
        self._gains: tuple[FloatArray, FloatArray]

    def mean(self, start: FloatArray, acceleration: FloatArray) -> FloatArray:
        """Mean velocity over a step that begins with a velocity."""
        return np.asarray((self._of_start * start + self._gained(acceleration)[0]) / self._count)

    def end(self, mean: FloatArray, acceleration: FloatArray) -> FloatArray:
        """Velocity at the end of a step of this mean velocity."""
        gained, gain = self._gained(acceleration)
        start = (self._count * mean - gained) / self._divisor
        return np.asarray(self._left * start + gain)

    def end_of(self, mean: FloatArray, pace: float, acceleration: FloatArray) -> FloatArray:
        """What `end` gives for a mean velocity by the scene's time, which is ``pace`` times as long; read-only.

        The last answer is kept, for each step asks for the end of the one before again, with the same arrays.
        """
        last = self._last
        if last is None or last[0] is not mean or last[1] is not acceleration:
            end = self.end(mean * pace, acceleration)
            end.flags.writeable = False
            last = self._last = mean, acceleration, end
        return last[2]

    def _gained(self, acceleration: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What an acceleration gives to the sum of a step's velocities, and to the last one; kept for the next time."""
        if self._by is not acceleration:
            self._by = acceleration
            self._gains = self._of_gain * acceleration, self._gain * acceleration
        return self._gains


class Accelerations:
    """Accelerations of B objects by known forces in a step, worked out when they are asked for: ``gravity`` ``[3]`` in
    m/s² of what Bullet ``moved`` ``[B]``, and what forces give besides, by index."""

    def __init__(
        self, moved: NDArray[np.bool_], gravity: FloatArray, forced: Mapping[int, FloatArray] | None = None
    ) -> None:
        self._moved, self._gravity, self._forced = moved, gravity, forced or {}

    @cached_property
    def values(self) -> FloatArray:
        """``[B, 3]`` in m/s²."""
        found = np.where(self._moved[:, None], self._gravity, 0.0)
        for i, acceleration in self._forced.items():
            found[i] += acceleration
        return found

    @cached_property
    def greatest(self) -> FloatArray:
        """Of each body along an axis ``[B]``."""
        return np.asarray(np.maximum.reduce(np.abs(self.values), axis=1, initial=0.0))

    def then(
        self, moved: NDArray[np.bool_], gravity: FloatArray, forced: Mapping[int, FloatArray] | None
    ) -> Accelerations:
        """Those in the next step: the same where nothing of them has changed."""
        is_same = (
            moved is self._moved and not forced and not self._forced and gravity.tolist() == self._gravity.tolist()
        )
        return self if is_same else Accelerations(moved, gravity, forced)

    def joined(self) -> Accelerations:
        """The same with one more object, which nothing moved."""
        return Accelerations(np.append(self._moved, False), self._gravity, self._forced)


@dataclass(slots=True)
class Flight:
    """What is known of one step, over all B objects: which of them Bullet moved ``[B]``, accelerations by known forces
    in it and in the step before, and the mean velocities in that (None: there was none).

    ``started`` and ``ended`` are velocities by index that are known from elsewhere, at the step's start and at its end.
    """

    substeps: Substeps
    fall: FreeFall
    moved: NDArray[np.bool_]
    acceleration: Accelerations
    before: MeanVelocities | None
    acceleration_before: Accelerations
    started: dict[int, FloatArray] = field(default_factory=dict)
    ended: dict[int, FloatArray] = field(default_factory=dict)

    def end_velocity(self, mean: FloatArray, position: FloatArray) -> FloatArray:
        """Velocities ``[B, 3]`` in m/s at the step's end, of mean ones: along each axis that of free flight where this
        step and the one before were such, else the mean."""
        found = mean
        if self.substeps.length:
            pace = self.substeps.dt / self.substeps.length
            free = np.abs(mean * pace - self._flown(mean, pace)) <= self._allowed(position)[:, None]
            free &= self.moved[:, None]
            end = self.fall.end_of(mean, pace, self.acceleration.values)
            found = np.where(free, end / pace, mean)
        elif self.ended:
            found = mean.copy()
        for i, velocity in self.ended.items():
            found[i] = velocity
        return found

    def _flown(self, mean: FloatArray, pace: float) -> FloatArray:
        """The mean velocities of free flight from what is known of the start, by Bullet's time."""
        if self.before is None:
            start = np.zeros_like(mean)
        else:
            start = self.fall.end_of(self.before.values, pace, self.acceleration_before.values)
        if self.started:
            start = start.copy()
        for i, velocity in self.started.items():
            start[i] = velocity * pace
        return self.fall.mean(start, self.acceleration.values)

    def _allowed(self, position: FloatArray) -> FloatArray:
        """By how much velocities may differ by rounding ``[B]``."""
        rounded = 1e-6 * np.maximum.reduce(np.abs(position), axis=1, initial=1.0) / self.substeps.length
        return np.asarray(SLACK + rounded + 1e-3 * self.substeps.length * self.acceleration.greatest)
