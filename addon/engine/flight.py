"""How Bullet moves a body in free flight, substep by substep, and what that tells of its velocity.

In each of a step's n substeps of τ seconds Bullet takes ``v = q·v + a·τ`` and then ``x = x + v·τ``, with q what
linear damping leaves and a the acceleration by all forces. Blender tells poses at the ends of steps alone, so a
difference of two is the mean velocity over a step; the velocity at its end follows where the body met nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray

SLACK = 1e-4
"""Difference of a velocity (m/s) from that of free flight that single precision may cause near the origin."""


@dataclass(frozen=True)
class Substeps:
    """The substeps of a step that lasts ``length`` s for Bullet and ``dt`` s for the scene, whose velocities are by its
    own time."""

    count: int
    length: float
    dt: float

    @property
    def tau(self) -> float:
        """Length of a substep for Bullet in seconds."""
        return self.length / self.count

    def kept(self, damping: FloatArray | float) -> FloatArray:
        """The part of a velocity that damping (0 to 1 a second) leaves after a substep."""
        return np.asarray(np.power(1.0 - np.asarray(damping, dtype=np.float64), self.tau))

    def mean(self, start: FloatArray, acceleration: FloatArray, kept: FloatArray) -> FloatArray:
        """Mean velocity over a step in free flight from ``start`` ``[B, 3]``; Bullet's time, ``kept`` ``[B]``."""
        ofstart, ofpush = self._sums(kept)
        return (ofstart * start + ofpush * acceleration * self.tau) / self.count

    def end(self, mean: FloatArray, acceleration: FloatArray, kept: FloatArray) -> FloatArray:
        """Velocity at the end of a step in free flight of this mean velocity ``[B, 3]``."""
        ofstart, ofpush = self._sums(kept)
        start = (self.count * mean - ofpush * acceleration * self.tau) / np.maximum(ofstart, 1e-12)
        whole = kept[:, None] ** self.count
        return whole * start + acceleration * self.tau * self._geometric(kept[:, None])

    def _sums(self, kept: FloatArray) -> tuple[FloatArray, FloatArray]:
        """By what the start's velocity and a substep's gain count in the sum of a step's velocities ``[B, 1]``."""
        q = kept[:, None]
        ofstart = q * self._geometric(q)
        some = np.where(q < 1.0, 1.0 - q, 1.0)
        return ofstart, np.where(q < 1.0, (self.count - ofstart) / some, self.count * (self.count + 1) / 2.0)

    def _geometric(self, q: FloatArray) -> FloatArray:
        """1 + q + … over all substeps."""
        some = np.where(q < 1.0, 1.0 - q, 1.0)
        return np.where(q < 1.0, (1.0 - q**self.count) / some, float(self.count))


@dataclass(frozen=True)
class Flight:
    """What is known of one step, over all B objects: accelerations ``[B, 3]`` by known forces in it and in the step
    before, the mean velocity in that ``[B, 3]`` (None: ``started`` tells all), which objects Bullet moved ``[B]``.

    ``started`` and ``ended`` are velocities by index that are known from elsewhere, at the step's start and at its end.
    """

    substeps: Substeps
    kept: FloatArray
    moved: NDArray[np.bool_]
    acceleration: FloatArray
    before: FloatArray | None
    acceleration_before: FloatArray
    started: dict[int, FloatArray] = field(default_factory=dict)
    ended: dict[int, FloatArray] = field(default_factory=dict)

    def end_velocity(self, mean: FloatArray, position: FloatArray) -> FloatArray:
        """Velocities ``[B, 3]`` in m/s at the step's end, of mean ones: along each axis that of free flight where this
        step and the one before were such, else the mean."""
        pace = self.substeps.dt / self.substeps.length if self.substeps.length else 0.0
        own = mean * pace
        if self.before is None:
            start = np.zeros_like(own)
        else:
            start = self.substeps.end(self.before * pace, self.acceleration_before, self.kept)
        for i, velocity in self.started.items():
            start[i] = velocity * pace
        flown = self.substeps.mean(start, self.acceleration, self.kept)
        rounded = 1e-6 * np.abs(position).max(axis=1, initial=1.0) / self.substeps.dt * pace
        allowed = SLACK + rounded + 1e-3 * self.substeps.length * np.linalg.norm(self.acceleration, axis=1)
        free = self.moved[:, None] & (np.abs(own - flown) <= allowed[:, None])
        found = mean.copy()
        if pace and free.any():
            found[free] = (self.substeps.end(own, self.acceleration, self.kept) / pace)[free]
        for i, velocity in self.ended.items():
            found[i] = velocity
        return found
