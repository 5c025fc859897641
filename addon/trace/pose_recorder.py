"""World matrices of some of a run's objects, taken apart into poses as they come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..geometry.matrices import continuous_signs, decompose
from ..scene_graph import FloatArray
from .storage import Array, allocated, let_go, spans


class PoseRecorder:
    """Poses ``[F, B, …]`` of B objects, which are ``columns`` ``[B]`` of a scene's; ``start`` ``[B, 4]`` are the
    quaternions from which on signs do not jump."""

    def __init__(self, frames: int, columns: NDArray[np.intp], start: FloatArray) -> None:
        shape = frames, len(columns)
        self.columns = columns
        self.position, self.scale = allocated((*shape, 3)), allocated((*shape, 3))
        self.quaternion = allocated((*shape, 4))
        self._before, self._signs = start, np.ones(len(columns))

    def grow(self, column: int) -> None:
        """Add an object, which has no pose so far."""
        self.columns = np.append(self.columns, column)
        self.position, self.quaternion, self.scale = (
            widened(array, np.nan) for array in (self.position, self.quaternion, self.scale)
        )
        self._before = np.concatenate([self._before, np.full((1, 4), np.nan)])
        self._signs = np.append(self._signs, 1.0)

    def put(self, span: slice, matrix: FloatArray, signs: FloatArray) -> None:
        """Take apart the matrices ``[F, B, 4, 4]`` of the next frames, and ``signs`` ``[F, B, 3]`` of their scales."""
        shape = matrix.shape[:2]
        parts = decompose(matrix.reshape(-1, 4, 4), signs.reshape(-1, 3))
        position, quaternion, scale = (part.reshape(*shape, part.shape[1]) for part in parts)
        turned = self._signs * continuous_signs(quaternion, self._before)
        self.position[span], self.scale[span] = position, scale
        self.quaternion[span] = quaternion * turned[:, :, None]
        self._before, self._signs = quaternion[-1], turned[-1]
        let_go(self.position, self.quaternion, self.scale)


def widened(array: Array, value: float) -> Array:
    """An array ``[F, B, …]`` with one column more, which holds a value."""
    frames, columns, *tail = array.shape
    found = allocated((frames, columns + 1, *tail), array.dtype)
    for span in spans(frames, array, found):
        found[span, :-1], found[span, -1] = array[span], value
    return found
