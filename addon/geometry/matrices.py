"""World matrices to poses and angular velocities, for all objects (and frames) at once."""

from __future__ import annotations

import numpy as np

from ..scene_graph import FloatArray
from .poses import rotation_matrix

NOTHING = 1e-9
"""A scale factor below this is nothing."""

_DIAGONAL = np.arange(4)
_YZX, _ZXY = np.array([2, 3, 1]), np.array([3, 1, 2])


def _outer_product_map() -> FloatArray:
    """``[9, 16]``: the nine entries of a rotation's axes (as rows) to 4 q qᵀ, but for the ones on the diagonal."""
    m = np.zeros((3, 3, 4, 4))
    for row, signs in enumerate([(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]):
        m[range(3), range(3), row, row] = signs
    for k, (i, j) in enumerate([(1, 2), (2, 0), (0, 1)], start=1):
        m[i, j, 0, k] = m[i, j, k, 0] = 1
        m[j, i, 0, k] = m[j, i, k, 0] = -1
    for i, j in [(0, 1), (0, 2), (1, 2)]:
        m[i, j, i + 1, j + 1] = m[i, j, j + 1, i + 1] = 1
        m[j, i, i + 1, j + 1] = m[j, i, j + 1, i + 1] = 1
    return m.reshape(9, 16)


_OUTER = _outer_product_map()
_ONES = np.eye(4).reshape(16)


def decompose(matrix: FloatArray, signs: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Position ``[B, 3]``, unit quaternion ``[B, 4]`` and scale ``[B, 3]`` of world matrices.

    ``matrix`` ``[B, 4, 4]`` holds axes and translation as rows, as Blender stores them. ``signs`` ``[B, 3]``
    are the signs that the scale factors are to have, for a matrix does not tell them.
    """
    scale = scales(matrix[:, :3, :3], signs)
    return matrix[:, 3, :3].copy(), quaternions(unit_axes(matrix[:, :3, :3], scale)), scale


def scales(axes: FloatArray, signs: FloatArray) -> FloatArray:
    """Scale factors ``[B, 3]`` of scaled axes as rows ``[B, 3, 3]``, with the given signs."""
    return np.asarray(np.sqrt(np.einsum("bij,bij->bi", axes, axes)) * signs)


def unit_axes(axes: FloatArray, scale: FloatArray, reference: FloatArray | None = None) -> FloatArray:
    """Rotations ``[B, 3, 3]`` with the unit axes as rows, of scaled ones and their scale factors ``[B, 3]``.

    An axis that is shrunk to nothing is at right angles to the two others; where two are, the matrix does not tell
    the rotation, and that of ``reference`` ``[B, 4]`` stands (the identity without one).
    """
    gone = np.abs(scale) < NOTHING
    if not gone.any():
        return np.asarray(axes / scale[:, :, None])
    found = np.array(axes / np.where(gone, 1.0, scale)[:, :, None])
    for row in np.flatnonzero(gone.sum(axis=1) > 1):
        found[row] = np.eye(3) if reference is None else rotation_matrix(reference[row]).T
    for row in np.flatnonzero(gone.sum(axis=1) == 1):
        k = int(np.argmax(gone[row]))
        found[row, k] = np.cross(found[row, (k + 1) % 3], found[row, (k + 2) % 3])
    return found


def quaternions(axes: FloatArray) -> FloatArray:
    """Unit quaternions ``[B, 4]`` of rotations whose axes are the rows of ``axes`` ``[B, 3, 3]``.

    Every row of 4 q qᵀ is a multiple of q; the one with the largest diagonal entry is exact near every rotation.
    """
    outer = (axes.reshape(-1, 9) @ _OUTER + _ONES).reshape(-1, 4, 4)
    largest = outer[:, _DIAGONAL, _DIAGONAL].argmax(axis=1)
    chosen = outer[np.arange(len(outer)), largest]
    return np.asarray(chosen / np.sqrt(np.einsum("bi,bi->b", chosen, chosen))[:, None])


def same_hemisphere(quaternion: FloatArray, reference: FloatArray) -> FloatArray:
    """The same rotations ``[B, 4]`` with the signs that lie nearer to ``reference``."""
    dot = np.einsum("bi,bi->b", quaternion, reference)
    return quaternion * np.where(dot < 0, -1.0, 1.0)[:, None]


def continuous(quaternion: FloatArray, reference: FloatArray) -> FloatArray:
    """The same rotations ``[F, B, 4]``, their signs without a jump from ``reference`` ``[B, 4]`` or frame to frame.

    Frames that are not numbers (an object that is not there) leave the sign as it was.
    """
    return np.asarray(quaternion * continuous_signs(quaternion, reference)[:, :, None])


def continuous_signs(quaternion: FloatArray, reference: FloatArray) -> FloatArray:
    """The signs ``[F, B]`` that `continuous` gives to quaternions."""
    before = np.concatenate([reference[None], quaternion[:-1]])
    flips = np.where(np.einsum("fbi,fbi->fb", quaternion, before) < 0, -1.0, 1.0)
    return np.asarray(np.cumprod(flips, axis=0))


def mean_velocities(position: FloatArray, quaternion: FloatArray, dt: float) -> tuple[FloatArray, FloatArray]:
    """Mean velocities (m/s) and angular velocities (rad/s), both ``[F, B, 3]`` in the world frame, over the step of
    ``dt`` s to each frame of poses ``[F, B, 3]`` and ``[F, B, 4]``; zero where there is no pose before."""
    velocity, spin = np.zeros_like(position), np.zeros_like(position)
    velocity[1:] = np.diff(position, axis=0) / dt
    before, after = quaternion[:-1].reshape(-1, 4), quaternion[1:].reshape(-1, 4)
    spin[1:] = angular_velocity(before, after, dt).reshape(spin[1:].shape)
    return np.nan_to_num(velocity), np.nan_to_num(spin)


def angular_velocity(before: FloatArray, after: FloatArray, dt: float) -> FloatArray:
    """Mean angular velocity ``[B, 3]`` in rad/s, world frame, between quaternions ``[B, 4]`` that are ``dt`` s apart.

    The turn from ``before`` to ``after`` is taken the short way, so at most π / dt is seen.
    """
    cosine = np.einsum("bi,bi->b", after, before)
    axis = before[:, :1] * after[:, 1:] - after[:, :1] * before[:, 1:]
    axis -= after[:, _YZX] * before[:, _ZXY] - after[:, _ZXY] * before[:, _YZX]
    sine = np.sqrt(np.einsum("bi,bi->b", axis, axis))
    angle = 2.0 * np.arctan2(sine, np.abs(cosine)) * np.where(cosine < 0, -1.0, 1.0)
    return np.asarray(axis * (np.divide(angle, sine, out=np.full_like(sine, 2.0), where=sine > 1e-12) / dt)[:, None])
