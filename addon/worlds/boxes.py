"""Upright boxes: what layout measures things by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..scene_graph import FloatArray
from .solids import Solid
from .things import Pose


@dataclass(frozen=True, eq=False)
class Box:
    """A box that stands upright and is turned about z: its ``middle`` ``[3]``, half its sides ``half`` ``[3]``, in m,
    and the angle ``turn`` in radians."""

    middle: FloatArray
    half: FloatArray
    turn: float

    @classmethod
    def around(cls, solid: Solid, pose: Pose) -> Box:
        """The box around a solid of a thing at a pose."""
        return cls.around_points(solid.low, solid.high, pose)

    @classmethod
    def around_points(cls, low: FloatArray, high: FloatArray, pose: Pose) -> Box:
        """The box from low to high corners in a thing's own frame."""
        return cls(pose.place((low + high) / 2), (high - low) / 2, math.radians(pose.yaw))

    @cached_property
    def around_it(self) -> float:
        """The radius in m of the circle about its middle that holds it in x and y."""
        return math.hypot(float(self.half[0]), float(self.half[1]))

    @cached_property
    def axes(self) -> FloatArray:
        """The directions of its sides in x and y, ``[2, 2]``, a row each."""
        c, s = math.cos(self.turn), math.sin(self.turn)
        return np.array([[c, s], [-s, c]])

    @property
    def corners(self) -> FloatArray:
        """Its corners in x and y, ``[4, 2]``."""
        signs = np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])
        return self.middle[:2] + (signs * self.half[:2]) @ self.axes

    @property
    def low(self) -> FloatArray:
        """Its smallest coordinates along the world's axes, ``[3]``."""
        return np.array([*self.corners.min(axis=0), self.middle[2] - self.half[2]])

    @property
    def high(self) -> FloatArray:
        """Its greatest coordinates along the world's axes, ``[3]``."""
        return np.array([*self.corners.max(axis=0), self.middle[2] + self.half[2]])

    def reach(self, angle: float) -> float:
        """How far it reaches from its middle in a direction in x and y, in m."""
        way = np.array([math.cos(angle), math.sin(angle)])
        return float(np.abs(self.axes @ way) @ self.half[:2])

    def spans(self, point: FloatArray) -> bool:
        """Whether a point in x and y is within it."""
        return bool((np.abs(self.axes @ (point - self.middle[:2])) <= self.half[:2] + 1e-9).all())


def middle_of(boxes: Sequence[Box]) -> tuple[float, float]:
    """The middle of some boxes in x and y."""
    x, y = (np.min([b.low[:2] for b in boxes], axis=0) + np.max([b.high[:2] for b in boxes], axis=0)) / 2
    return float(x), float(y)


def overlap(a: Box, b: Box) -> float:
    """By how much two boxes overlap in m, along the direction in which it is least; below 0 how far they are apart at
    least."""
    return min(float(a.half[2] + b.half[2] - abs(a.middle[2] - b.middle[2])), -_apart(a, b))


def may_meet(a: Box, b: Box, apart: float = 0.0) -> bool:
    """Whether two boxes can be nearer than ``apart`` m."""
    return bool(near([a], [b], apart))


def near(some: Sequence[Box], others: Sequence[Box], apart: float = 0.0) -> list[tuple[Box, Box]]:
    """The pairs of boxes of two things that can be nearer than ``apart`` m, by their heights and by the circles that
    hold them in x and y."""
    a, b = (
        np.array([[*box.middle, box.around_it, box.half[2]] for box in boxes]).reshape(-1, 5)
        for boxes in (some, others)
    )
    away = np.abs(a[:, None, :3] - b[None, :, :3])
    close = np.hypot(away[..., 0], away[..., 1]) <= a[:, None, 3] + b[None, :, 3] + apart
    close &= away[..., 2] <= a[:, None, 4] + b[None, :, 4] + apart
    return [(some[i], others[j]) for i, j in np.argwhere(close)]


def gap(a: Box, b: Box) -> float:
    """How far two boxes are apart in x and y in m, at least; 0 where they overlap."""
    return max(_apart(a, b), 0.0)


def _apart(a: Box, b: Box) -> float:
    """How far two boxes are apart in x and y along that one of their sides along which it is most; below 0 where they
    overlap."""
    found = []
    for axis in (*a.axes, *b.axes):
        reach = float(np.abs(a.axes @ axis) @ a.half[:2] + np.abs(b.axes @ axis) @ b.half[:2])
        found.append(abs(float(axis @ (a.middle - b.middle)[:2])) - reach)
    return max(found)
