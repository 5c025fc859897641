"""Rotations and poses as arrays; quaternions are ``(w, x, y, z)``, angles in radians."""

from __future__ import annotations

import numpy as np

from ..scene_graph import FloatArray


def rotation_matrix(quaternion: FloatArray) -> FloatArray:
    """Rotation matrices ``[..., 3, 3]`` of unit quaternions ``[..., 4]``."""
    w, x, y, z = np.moveaxis(np.asarray(quaternion, dtype=np.float64), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def multiply(a: FloatArray, b: FloatArray) -> FloatArray:
    """Hamilton product of quaternions ``[..., 4]``: rotation b, then a."""
    aw, ax, ay, az = np.moveaxis(np.asarray(a, dtype=np.float64), -1, 0)
    bw, bx, by, bz = np.moveaxis(np.asarray(b, dtype=np.float64), -1, 0)
    return np.stack(
        [
            aw * bw - ax * bx - ay * by - az * bz,
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
        ],
        axis=-1,
    )


def conjugate(quaternion: FloatArray) -> FloatArray:
    """The inverse of unit quaternions ``[..., 4]``."""
    inverse: FloatArray = np.asarray(quaternion, dtype=np.float64) * np.array([1.0, -1.0, -1.0, -1.0])
    return inverse


def from_rotation_vector(vector: FloatArray) -> FloatArray:
    """Unit quaternions ``[..., 4]`` of rotation vectors ``[..., 3]`` (axis times angle, rad)."""
    vector = np.asarray(vector, dtype=np.float64)
    angle = np.linalg.norm(vector, axis=-1, keepdims=True)
    return np.concatenate([np.cos(angle / 2), vector * np.sinc(angle / (2 * np.pi)) / 2], axis=-1)


def to_rotation_vector(quaternion: FloatArray) -> FloatArray:
    """Rotation vectors ``[..., 3]`` (rad, length at most pi) of unit quaternions ``[..., 4]``."""
    quaternion = np.asarray(quaternion, dtype=np.float64)
    quaternion = np.where(quaternion[..., :1] < 0, -quaternion, quaternion)
    sine = np.linalg.norm(quaternion[..., 1:], axis=-1, keepdims=True)
    angle = 2 * np.arctan2(sine, quaternion[..., :1])
    vector: FloatArray = quaternion[..., 1:] * np.where(sine > 1e-12, angle / np.maximum(sine, 1e-12), 2.0)
    return vector


def transform(points: FloatArray, position: FloatArray, quaternion: FloatArray, scale: FloatArray) -> FloatArray:
    """Local points ``[V, 3]`` to the world frame by one pose."""
    moved: FloatArray = (np.asarray(points) * scale) @ rotation_matrix(quaternion).T + position
    return moved
