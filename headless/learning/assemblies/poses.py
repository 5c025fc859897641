"""Poses as plain numbers: rotations as vectors, boxes that look the same, and frames of bays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from addon.perception.outputs import ROTATIONS


def vector_of(quaternion: NDArray[Any]) -> NDArray[np.float64]:
    """Rotation vectors ``[..., 3]``, radians, of unit quaternions ``wxyz`` ``[..., 4]``."""
    quaternion = np.asarray(quaternion, np.float64)
    quaternion = quaternion * np.where(quaternion[..., :1] < 0, -1.0, 1.0)
    sine = np.linalg.norm(quaternion[..., 1:], axis=-1, keepdims=True)
    angle = 2 * np.arctan2(sine, quaternion[..., :1])
    return np.asarray(quaternion[..., 1:] * np.where(sine > 1e-9, angle / np.maximum(sine, 1e-9), 2.0))


def quaternion_from(vector: NDArray[Any]) -> NDArray[np.float64]:
    """The inverse of `vector_of`."""
    angle = np.linalg.norm(vector, axis=-1, keepdims=True)
    scaled = vector * np.where(angle > 1e-9, np.sin(angle / 2) / np.maximum(angle, 1e-9), 0.5)
    return np.concatenate([np.cos(angle / 2), scaled], -1)


def turn_of(quaternion: NDArray[Any]) -> NDArray[np.float64]:
    """Rotations ``[..., 3, 3]`` of unit quaternions ``wxyz`` ``[..., 4]``."""
    w, x, y, z = np.moveaxis(np.asarray(quaternion, np.float64), -1, 0)
    rows = [
        1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
        2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
        2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
    ]  # fmt: skip
    return np.stack(rows, -1).reshape(*w.shape, 3, 3)


def vector_of_turn(turn: NDArray[Any]) -> NDArray[np.float64]:
    """Rotation vectors ``[..., 3]`` of rotations ``[..., 3, 3]`` of less than half a turn."""
    cosine = ((np.trace(turn, axis1=-2, axis2=-1) - 1) / 2).clip(-1, 1)
    angle = np.arccos(cosine)[..., None]
    axis = np.stack(
        [turn[..., 2, 1] - turn[..., 1, 2], turn[..., 0, 2] - turn[..., 2, 0], turn[..., 1, 0] - turn[..., 0, 1]], -1
    )
    return np.asarray(axis / 2 * np.where(angle > 1e-6, angle / np.maximum(np.sin(angle), 1e-6), 1.0))


def alike(half: NDArray[Any], turn: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 24 ways to say the same box: half extents ``[..., 24, 3]`` and rotation vectors ``[..., 24, 3]``."""
    halves = np.einsum("sji,...j->...si", np.abs(ROTATIONS), half)
    return halves, vector_of_turn(np.einsum("...ij,sjk->...sik", turn, ROTATIONS))
