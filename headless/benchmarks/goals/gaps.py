"""Distances between the surfaces of two bodies at given poses."""

from __future__ import annotations

import math

import numpy as np

from addon.geometry.plane import Path, nearest, pieces_of
from addon.geometry.poses import rotation_matrix
from addon.scene_graph import FloatArray, Primitive, SceneObject

Pose = tuple[FloatArray, FloatArray]
"""Position ``[3]`` in m and quaternion ``[4]``."""


def plane_gap(one: SceneObject, pose: Pose, other: SceneObject, other_pose: Pose) -> float:
    """In m, at most 0 where they touch: of the shapes in the plane of x and z, hollow ones as they are."""
    found = nearest(pieces_of(one), _path(pose), pieces_of(other), _path(other_pose))
    return float(found.distance[0])


def space_gap(one: SceneObject, pose: Pose, other: SceneObject, other_pose: Pose) -> float:
    """In m, below 0 for balls that overlap: of a ball and a ball or box. Raises ValueError for two others."""
    if not _is_ball(one):
        if not _is_ball(other):
            raise ValueError(f"'{one.name}' and '{other.name}': one of two must be a ball")
        one, pose, other, other_pose = other, other_pose, one, pose
    radius = one.dimensions[0] / 2
    if _is_ball(other):
        return float(np.linalg.norm(pose[0] - other_pose[0])) - radius - other.dimensions[0] / 2
    return _from_box(pose[0], other, other_pose) - radius


def _path(pose: Pose) -> Path:
    return Path(pose[0][None, [0, 2]], np.array([-2.0 * math.atan2(pose[1][2], pose[1][0])]))


def _is_ball(obj: SceneObject) -> bool:
    return isinstance(obj.geometry, Primitive) and obj.geometry.kind == "sphere"


def _from_box(point: FloatArray, box: SceneObject, pose: Pose) -> float:
    """The distance of a point from a box, 0 within."""
    local = rotation_matrix(pose[1]).T @ (point - pose[0])
    outside = np.maximum(np.abs(local) - np.array(box.dimensions) / 2, 0.0)
    return float(np.linalg.norm(outside))
