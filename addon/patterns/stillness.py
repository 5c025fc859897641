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
    frame, window, bodies = np.arange(o.frames), o.steps(WINDOW), np.flatnonzero(o.movable)
    before, after = np.maximum(frame - window, 0), np.minimum(frame + window, o.frames - 1)
    found = o.resting.copy()
    found[:, bodies] &= _calm(o, bodies, before, frame) | _calm(o, bodies, frame, after)
    return found


def _calm(o: Observation, bodies: Ints, first: Ints, last: Ints) -> Mask:
    """``[F, N]``: bodies get on slowly from frames ``[F]`` to frames ``[F]``; false where these are the same."""
    position, turn = o.position[:, bodies], o.quaternion[:, bodies]
    way = np.sqrt(np.square(position[last] - position[first]).sum(axis=2))
    way += angle(turn[first], turn[last]) * o.radius[bodies]
    most = CREEP * o.scales.speed * o.dt * (last - first)
    return np.asarray(np.nan_to_num(way) < most[:, None])


def angle(a: FloatArray, b: FloatArray) -> FloatArray:
    """Angles in rad between orientations ``[..., 4]`` as long as they are small: twice the chord."""
    chords = (np.square(a - b).sum(axis=-1), np.square(a + b).sum(axis=-1))
    return np.asarray(2.0 * np.sqrt(np.minimum(*chords)))
