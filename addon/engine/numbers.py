"""Blender's single-precision numbers and matrices as plain ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np

from ..scene_graph import FloatArray
from .protocol import SceneFileError

Plain = tuple[list[float], list[float], list[float]]


def single(value: float) -> float:
    """A single-precision number by its shortest decimal: 0.4 and not 0.4000000059604645."""
    return float(str(np.float32(value)))


def singles(values: Any) -> list[float]:
    """Several of them."""
    return [single(v) for v in values]


def color_of(values: Any) -> list[float]:
    """A colour as scene graphs have it: each number 0 to 1."""
    return [min(max(c, 0.0), 1.0) for c in singles(values)]


def pose_of(obj: bpy.types.Object) -> Plain:
    """World location, rotation ``wxyz`` and scale; from the object's own channels where these are the world's, for
    they are exact. Raises SceneFileError for a pose that is not finite."""
    matrix = np.array(obj.matrix_world)
    if not np.all(np.isfinite(matrix)):
        raise SceneFileError(f"object '{obj.name}': its pose is not finite; clear its transform")
    if obj.rotation_mode == "QUATERNION" and np.allclose(matrix, np.array(obj.matrix_basis), atol=1e-5):
        own = list(obj.rotation_quaternion)
        if abs(sum(c * c for c in own) - 1.0) < 1e-5:
            return singles(obj.location), singles(own), singles(obj.scale)
    if not np.linalg.det(matrix[:3, :3]):
        return _flat_pose(obj, matrix)
    location, rotation, scale = obj.matrix_world.decompose()
    return singles(location), singles(rotation), singles(scale)


def _flat_pose(obj: bpy.types.Object, matrix: np.ndarray) -> Plain:
    """The pose of an object that is shrunk to nothing along an axis: its matrix does not tell its rotation."""
    rotation = obj.matrix_basis.to_quaternion()
    if obj.rotation_mode == "QUATERNION":
        rotation = obj.rotation_quaternion.normalized()
    elif obj.rotation_mode != "AXIS_ANGLE":
        rotation = obj.rotation_euler.to_quaternion()
    if obj.parent is not None:
        rotation = (obj.parent.matrix_world @ obj.matrix_parent_inverse).to_quaternion() @ rotation
    size = np.linalg.norm(matrix[:3, :3], axis=0)
    return singles(matrix[:3, 3]), singles(rotation), singles(np.where(size < 1e-9, 0.0, size))


def is_mirrored(scale: Any) -> bool:
    """Whether an odd number of scale factors is negative."""
    return bool(np.prod(np.sign(scale)) < 0)


def is_sheared(obj: bpy.types.Object) -> bool:
    """Whether the axes of the object's matrix are not at right angles."""
    axes = np.array(obj.matrix_world)[:3, :3]
    axes = axes / np.maximum(np.linalg.norm(axes, axis=0), 1e-12)
    angles = axes.T @ axes - np.eye(3)
    return bool(np.abs(angles).max() > 1e-3) and bool(np.all(np.linalg.norm(axes, axis=0) > 0.5))


def signs_of(scales: Sequence[Sequence[float]]) -> FloatArray:
    """Signs ``[B, 3]`` of scale factors; that of nothing is positive, for it may grow."""
    return np.where(np.array(scales, dtype=np.float64).reshape(-1, 3) < 0, -1.0, 1.0)
