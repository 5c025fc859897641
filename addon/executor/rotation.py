"""Euler angles (XYZ, radians) and quaternions (w, x, y, z), as Blender turns one into the other."""

from __future__ import annotations

import math
from collections.abc import Sequence

Quaternion = tuple[float, float, float, float]


def quaternion_of(euler: Sequence[float]) -> Quaternion:
    """The unit quaternion of a turn about x, then y, then z of the parent's frame."""
    (cx, sx), (cy, sy), (cz, sz) = ((math.cos(angle / 2), math.sin(angle / 2)) for angle in euler)
    return (
        cx * cy * cz + sx * sy * sz,
        sx * cy * cz - cx * sy * sz,
        cx * sy * cz + sx * cy * sz,
        cx * cy * sz - sx * sy * cz,
    )


def euler_of(quaternion: Sequence[float]) -> tuple[float, float, float]:
    """Angles of a quaternion of any length but zero, each of at most half a turn."""
    length = math.hypot(*quaternion)
    w, x, y, z = (c / length for c in quaternion)
    sine = max(-1.0, min(1.0, 2 * (w * y - z * x)))
    if abs(sine) > 1 - 1e-12:  # x and z turn about one axis there: all of the turn goes to x
        return (2 * math.atan2(x, w), math.copysign(math.pi / 2, sine), 0.0)
    return (
        math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
        math.asin(sine),
        math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
    )
