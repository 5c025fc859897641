"""How bodies moved to the frames of a run, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from ..evaluated import EvaluatedState
from ..matrices import scales, unit_axes

STRAIGHT = 0.999
"""Cosine of the angle up to which a way goes straight on."""


@dataclass(frozen=True)
class Motion:
    """Of N bodies at F frames, in m: the ``lengths`` ``[2, F, N]`` of the way to each from the frame before, and of how
    much further they went than by the way before that and by gravity; the ``way`` ``[F, N, 3]`` itself, the ``old``
    one, which is that before; and the ``last`` two places ``[2, N, 3]``."""

    lengths: FloatArray
    way: FloatArray
    old: FloatArray
    last: FloatArray

    @property
    def moved(self) -> FloatArray:
        """How long the way was ``[F, N]``."""
        return np.asarray(self.lengths[0])

    @property
    def push(self) -> FloatArray:
        """How much further they went ``[F, N]``."""
        return np.asarray(self.lengths[1])

    @property
    def turned(self) -> NDArray[np.bool_]:
        """Which went on another way ``[F, N]`` than before: not straight on, be it slower."""
        along = np.einsum("fni,fni->fn", self.way, self.old)
        return np.asarray(along < STRAIGHT * self.moved * lengths(self.old))

    @classmethod
    def of(cls, before: FloatArray, known: int, position: FloatArray, gravity: FloatArray) -> Motion:
        """To ``position`` ``[F, N, 3]`` from the two frames ``before`` ``[2, N, 3]``, of which the later ones are
        ``known``; ``gravity`` ``[3]`` is how much further a body falls in a frame than in the one before. Without two
        frames before, the way before is the same and the push 0, and without one both ways are 0."""
        path = np.concatenate([before, position])
        now, last, earlier = path[2:], path[1:-1], path[:-2]
        both = np.empty((2, *now.shape))
        way, push = both[0], both[1]
        np.subtract(now, last, out=way)
        old = last - earlier
        np.subtract(now, last + last, out=push)
        push += earlier
        push -= gravity
        if known < 2:
            way[: 1 - known] = push[: 2 - known] = 0.0
            old[: 2 - known] = way[: 2 - known]
        return cls(lengths(both), way, old, path[-2:].copy())


def frames_of(states: Sequence[EvaluatedState]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Positions ``[F, B, 3]``, rotations ``[F, B, 3, 3]`` with the unit axes as rows and scales ``[F, B, 3]``."""
    if len(states) == 1:
        return states[0].position[None], states[0].axes[None], states[0].scale[None]
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
