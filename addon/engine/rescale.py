"""Giving a body's scale to its mesh, as *Apply Scale* does.

Blender makes the collision shape of a kinematic body anew, without the object's scale, whenever the body becomes
kinematic or Python moves it, and brings it to its scale in the course of that step. What stands within the shape
without scale is thrown off at tens of m/s (seen in 4.5 and 5.2). A body whose scale is in its mesh is spared that.
"""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ..geometry.primitives import mesh_of
from ..scene_graph import FloatArray, SceneObject
from .build import recreate_body

UNSCALED = 1e-3
"""Blender sees a scale factor as another one from here on."""


def needs_bake(scale: FloatArray) -> bool:
    """Whether Blender would take a body of these scale factors ``[3]`` for another one without them."""
    return bool(np.abs(np.abs(scale) - 1.0).max() > UNSCALED)


class Scales:
    """Scales of bodies that are in their meshes and not in their objects; arrays are over the graph's objects."""

    def __init__(self, objects: Sequence[bpy.types.Object]) -> None:
        self._objects = objects
        self._baked: dict[int, FloatArray] = {}

    def __contains__(self, i: int) -> bool:
        return i in self._baked

    def __bool__(self) -> bool:
        """Whether any scale is in a mesh."""
        return bool(self._baked)

    def own(self, i: int, shown: FloatArray) -> FloatArray:
        """The object's own scale in the world ``[3]``, of the scale that it is shown at."""
        return shown / np.abs(self._baked[i]) if i in self._baked else shown

    def show(self, matrix: FloatArray) -> None:
        """Put the scales of meshes into world matrices ``[B, 4, 4]``, which hold axes as rows."""
        for i, scale in self._baked.items():
            matrix[i, :3, :3] *= np.abs(scale)[:, None]

    def is_needed(self, i: int, scale: FloatArray) -> bool:
        """Whether a kinematic body that is to be shown at ``scale`` must have it in its mesh, and has not."""
        return not np.array_equal(self._baked[i], scale) if i in self._baked else needs_bake(scale)

    def bake(self, i: int, source: SceneObject, scale: FloatArray, renew: bool) -> None:
        """Give a body its scale ``[3]`` in the world by its mesh. ``renew`` makes its body anew, as Blender needs in
        mid-run; it must then be in no constraint. Children stay where they are, as those of an object of that scale.
        """
        obj, before = self._objects[i], self._baked.get(i)
        assert source.collision_geometry is not None
        vertices, faces = mesh_of(source.collision_geometry)
        mesh = bpy.data.meshes.new(obj.name)
        mesh.from_pydata((vertices * np.abs(scale)).tolist(), [], [list(face) for face in faces])
        obj.modifiers.clear()
        obj.data = mesh
        if before is None:
            obj.scale = Vector([own / world for own, world in zip(obj.scale, np.abs(scale), strict=True)])
        grown = Vector(np.abs(scale) if before is None else np.abs(scale) / np.abs(before))
        for child in obj.children:
            if child.parent_type == "OBJECT":
                child.matrix_parent_inverse = Matrix.Diagonal(grown).to_4x4() @ child.matrix_parent_inverse
        if renew:
            recreate_body(obj, obj.rigid_body.type)
        self._baked[i] = np.array(scale)
