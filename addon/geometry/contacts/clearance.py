"""Whether pairs of bodies that were apart at a frame can have come near each other since: a bound that is quick to have
and never too small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from ..evaluated import EvaluatedState
from .gaps import SCALE_NOISE

TURN = 8.0
"""Most that a rotation between two frames differs from the later one, in units of the Frobenius norm of the difference
between both; the worst of the interpolation is less than this."""

_SQUARES = np.repeat([[1.0, 0.0], [0.0, 1.0]], [9, 3], axis=0)
"""Of the 12 numbers of a pose, those of the turn and those of the place."""


_NO_TURN = np.eye(3)


class Clearance:
    """How far bodies are from where they were at a frame in which pairs of them had ``room`` ``[K]`` in m between them.

    ``rows`` ``[2K]`` are the objects of the pairs, one after the other, ``unscaled`` ``[2K, 3, 1]`` 1 / scale and
    ``turned`` ``[2K]`` how far turning them by a unit moves them, in m. The frame is that of ``state``, the one before
    it that of ``before``.
    """

    def __init__(
        self,
        rows: NDArray[np.intp],
        unscaled: FloatArray,
        turned: FloatArray,
        room: FloatArray,
        state: EvaluatedState,
        before: EvaluatedState,
    ) -> None:
        self._rows, self._room = rows, room
        self._unscaled = np.concatenate([unscaled, np.ones((len(rows), 1, 1))], axis=1)
        # What turn and place of a frame count at it, at the frame after it, and at the one after that: the body has
        # moved so far, and may have met something on its way from the frame before, or as far beyond that as it came.
        self._counts = np.zeros((len(rows), 2, 3))
        self._counts[:, 0] = turned[:, None] * [1 + TURN, TURN, 0]
        self._counts[:, 1] = 2, 2, 1
        self._start = self._poses(state)
        self._last, self._known = np.zeros((len(rows), 3)), (state, before)
        self._earlier = self._moved(self._poses(before))

    def lasts(self, state: EvaluatedState, before: Sequence[EvaluatedState]) -> bool:
        """Whether no pair can touch at ``state`` either, whose two frames ``before`` are those asked for last."""
        if len(before) < 2 or self._known[0] is not before[-1] or self._known[1] is not before[-2]:
            return False
        poses = self._poses(state)
        axes = poses[:, :3]
        off = axes @ axes.transpose(0, 2, 1) - _NO_TURN
        moved = self._moved(poses)
        needed = moved[:, 0] + self._last[:, 1] + self._earlier[:, 2]
        self._known, self._earlier, self._last = (state, before[-1]), self._last, moved
        return bool(np.vdot(off, off) <= SCALE_NOISE**2 and (needed[::2] + needed[1::2] <= self._room).all())

    def _poses(self, state: EvaluatedState) -> FloatArray:
        """Unit axes and places ``[2K, 4, 3]``."""
        return np.asarray(state.matrix.take(self._rows, axis=0)[:, :, :3] * self._unscaled)

    def _moved(self, poses: FloatArray) -> FloatArray:
        """What they count ``[2K, 3]`` in m, see above."""
        off = poses - self._start
        off *= off
        return np.asarray((np.sqrt(off.reshape(-1, 12) @ _SQUARES)[:, None] @ self._counts)[:, 0])
