"""Giving a body's scale to its mesh, as *Apply Scale* does.

Blender makes the collision shape of a kinematic body anew, without the object's scale, whenever the body becomes
kinematic or Python moves it, and brings it to its scale in the course of that step. What stands within the shape
without scale is thrown off at tens of m/s (seen in 4.5 and 5.2). A body whose scale is in its mesh is spared that.
"""

from __future__ import annotations

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


def bake_scale(obj: bpy.types.Object, source: SceneObject, scale: FloatArray, before: FloatArray | None) -> None:
    """Give a body the mesh that it has at ``scale`` ``[3]`` in the world, and scale factors of 1.

    ``before`` is the scale that its mesh had been given earlier, None at the first time. Children stay where they are,
    as children of an object of that scale.
    """
    assert source.collision_geometry is not None
    vertices, faces = mesh_of(source.collision_geometry)
    mesh = bpy.data.meshes.new(obj.name)
    mesh.from_pydata((vertices * np.abs(scale)).tolist(), [], [list(face) for face in faces])
    size = Vector(np.abs(scale) if before is None else (1.0, 1.0, 1.0))
    obj.modifiers.clear()
    obj.data = mesh
    obj.scale = Vector([own / world for own, world in zip(obj.scale, size, strict=True)])
    grown = Vector(np.abs(scale) if before is None else np.abs(scale) / np.abs(before))
    for child in obj.children:
        if child.parent_type == "OBJECT":
            child.matrix_parent_inverse = Matrix.Diagonal(grown).to_4x4() @ child.matrix_parent_inverse


def bake_and_renew(obj: bpy.types.Object, source: SceneObject, scale: FloatArray, before: FloatArray | None) -> None:
    """`bake_scale` in mid-run, for a body that is in no constraint: Blender hands the new mesh to a new body only."""
    bake_scale(obj, source, scale, before)
    recreate_body(obj, obj.rigid_body.type)
