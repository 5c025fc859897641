"""World matrices to poses and velocities, vectorised."""

from __future__ import annotations

import numpy as np

from ..geometry.poses import conjugate, multiply, to_rotation_vector
from ..scene_graph import FloatArray


def decompose(matrix: FloatArray, signs: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Position ``[B, 3]``, unit quaternion ``[B, 4]`` and scale ``[B, 3]`` of world matrices.

    ``matrix`` ``[B, 4, 4]`` holds axes and translation as rows, as Blender stores them. ``signs`` ``[B, 3]``
    are the signs that the scale factors are to have, for a matrix does not tell them.
    """
    axes = matrix[:, :3, :3]
    scale = np.sqrt(np.einsum("bij,bij->bi", axes, axes)) * signs
    return matrix[:, 3, :3].copy(), _quaternion(axes / scale[:, :, None]), scale


def _quaternion(axes: FloatArray) -> FloatArray:
    """Unit quaternions of rotations whose axes are the rows of ``axes`` ``[B, 3, 3]``; exact near every rotation."""
    xx, yy, zz = axes[:, 0, 0], axes[:, 1, 1], axes[:, 2, 2]
    squares = np.stack([1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz], axis=1)
    wx, wy, wz = axes[:, 1, 2] - axes[:, 2, 1], axes[:, 2, 0] - axes[:, 0, 2], axes[:, 0, 1] - axes[:, 1, 0]
    xy, xz, yz = axes[:, 0, 1] + axes[:, 1, 0], axes[:, 0, 2] + axes[:, 2, 0], axes[:, 1, 2] + axes[:, 2, 1]
    rows = np.stack(
        [
            np.stack([squares[:, 0], wx, wy, wz], axis=1),
            np.stack([wx, squares[:, 1], xy, xz], axis=1),
            np.stack([wy, xy, squares[:, 2], yz], axis=1),
            np.stack([wz, xz, yz, squares[:, 3]], axis=1),
        ],
        axis=1,
    )
    largest = np.argmax(squares, axis=1)
    chosen = rows[np.arange(len(rows)), largest]
    return np.asarray(chosen / np.sqrt(np.einsum("bi,bi->b", chosen, chosen))[:, None])


def same_hemisphere(quaternion: FloatArray, reference: FloatArray) -> FloatArray:
    """The same rotations ``[B, 4]`` with the signs that lie nearer to ``reference``."""
    dot = np.einsum("bi,bi->b", quaternion, reference)
    return quaternion * np.where(dot < 0, -1.0, 1.0)[:, None]


def angular_velocity(before: FloatArray, after: FloatArray, dt: float) -> FloatArray:
    """Mean angular velocity ``[B, 3]`` in rad/s, world frame, between quaternions ``[B, 4]`` that are ``dt`` s apart."""
    return np.asarray(to_rotation_vector(multiply(after, conjugate(before))) / dt)
