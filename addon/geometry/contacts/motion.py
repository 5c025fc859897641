"""How bodies moved to the frames of a run, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...scene_graph import FloatArray
from ..evaluated import EvaluatedState
from ..matrices import scales, unit_axes


@dataclass(frozen=True)
class Motion:
    """Of N bodies at F frames: the way to each from the frame before, the way before that, and how much further the
    body went than by that way and by gravity; all ``[F, N, 3]`` in m. Without two frames before, the way before is the
    same and the push 0, and without one both ways are 0."""

    moved: FloatArray
    old: FloatArray
    push: FloatArray

    @cached_property
    def push_length(self) -> FloatArray:
        """``[F, N]``."""
        return lengths(self.push)

    @classmethod
    def of(cls, before: Sequence[FloatArray], position: FloatArray, gravity: FloatArray) -> Motion:
        """To ``position`` ``[F, N, 3]`` from those of up to two frames ``before``; ``gravity`` ``[3]`` is how much
        further a body falls in a frame than in the one before."""
        known = len(before)
        path = np.concatenate([*(p[None] for p in before), position])
        moved, push = np.zeros((2, *position.shape))
        first, second = max(1, known), max(2, known)
        moved[first - known :] = path[first:] - path[first - 1 : -1]
        old = moved.copy()
        now, last, earlier = path[second:], path[second - 1 : -1], path[second - 2 : -2]
        old[second - known :] = last - earlier
        push[second - known :] = now - 2 * last + earlier - gravity
        return cls(moved, old, push)


def frames_of(states: Sequence[EvaluatedState]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Positions ``[F, B, 3]``, rotations ``[F, B, 3, 3]`` with the unit axes as rows and scales ``[F, B, 3]``."""
    matrix = np.concatenate([state.matrix for state in states])
    signs = np.concatenate([state.signs for state in states])
    reference = np.concatenate([state.reference for state in states])
    scale = scales(matrix[:, :3, :3], signs)
    axes = unit_axes(matrix[:, :3, :3], scale, reference)
    shape = len(states), -1, 3
    return matrix[:, 3, :3].reshape(shape), axes.reshape(*shape, 3), scale.reshape(shape)


def lengths(vectors: FloatArray) -> FloatArray:
    """Of vectors ``[..., 3]``."""
    flat = vectors.reshape(-1, 3)
    return np.asarray(np.sqrt(np.einsum("ni,ni->n", flat, flat)).reshape(vectors.shape[:-1]))
