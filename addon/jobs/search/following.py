"""What hangs on an object goes with it when its pose or its size is varied."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...geometry.poses import conjugate, multiply, rotation_matrix
from ...scene_graph import FloatArray, SceneObject


def children_of(name: str, objects: Mapping[str, SceneObject]) -> list[str]:
    """All objects below one, by their names."""
    direct = [obj.name for obj in objects.values() if obj.parent == name]
    return direct + [below for child in direct for below in children_of(child, objects)]


def carried(before: SceneObject, after: SceneObject, child: SceneObject) -> SceneObject:
    """An object below another one as it is when that one's pose has changed; sizes change along all axes alike."""
    growth = after.scale[0] / before.scale[0]
    turn = multiply(np.array(after.rotation), conjugate(np.array(before.rotation)))
    away: FloatArray = np.array(child.location) - np.array(before.location)
    location = np.array(after.location) + growth * rotation_matrix(turn) @ away
    pose = {
        "location": tuple(location.tolist()),
        "rotation": tuple(multiply(turn, np.array(child.rotation)).tolist()),
        "scale": tuple(growth * part for part in child.scale),
    }
    return child.model_copy(update=pose)
