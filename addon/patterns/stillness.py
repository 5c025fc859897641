"""Which bodies really stay where they are: what leans and creeps is slow, but does not rest."""

from __future__ import annotations

import numpy as np

from ..scene_graph import FloatArray
from .observation import Mask, Observation
from .spells import Ints

WINDOW = 0.5
"""Time over which a body's way is looked at, in time scales."""

CREEP = 0.01
"""A body creeps while its points get on at more than this share of the speed scale over a window."""


def still(o: Observation) -> Mask:
    """``[F, B]``: the body rests (`Observation.resting`) and does not creep in the window before, or in that after."""
    frame, window = np.arange(o.frames), o.steps(WINDOW)
    before, after = np.maximum(frame - window, 0), np.minimum(frame + window, o.frames - 1)
    calm = _calm(o, before, frame) | _calm(o, frame, after)
    return np.asarray(o.resting & calm)


def _calm(o: Observation, first: Ints, last: Ints) -> Mask:
    """``[F, B]``: bodies get on slowly from frames ``[F]`` to frames ``[F]``; false where these are the same."""
    way = np.linalg.norm(o.position[last] - o.position[first], axis=2)
    turn = angle(o.quaternion[first], o.quaternion[last])
    most = CREEP * o.scales.speed * o.dt * (last - first)
    return np.asarray(np.nan_to_num(way + turn * o.radius) < most[:, None])


def angle(a: FloatArray, b: FloatArray) -> FloatArray:
    """Angles in rad between orientations ``[..., 4]`` as long as they are small: twice the chord."""
    return np.asarray(2.0 * np.minimum(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1)))
