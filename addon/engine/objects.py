"""Single Blender objects: pose, scale, visibility and volume in the world frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bpy
from mathutils import Quaternion, Vector

from ..geometry.volume import packed_volume
from ..scene_graph import FloatArray
from .read import packed_mesh


def place(obj: bpy.types.Object, location: FloatArray, quaternion: FloatArray) -> None:
    """Set an object's world pose (m, unit quaternion), keeping its scale."""
    if obj.parent is not None:
        resize(obj, location, quaternion, obj.matrix_world.to_scale())
        return
    obj.location = location
    if obj.rotation_mode == "QUATERNION":
        obj.rotation_quaternion = quaternion
    elif obj.rotation_mode == "AXIS_ANGLE":
        axis, angle = Quaternion(quaternion).to_axis_angle()
        obj.rotation_axis_angle = (angle, *axis)
    else:
        obj.rotation_euler = Quaternion(quaternion).to_euler(obj.rotation_mode)


def resize(
    obj: bpy.types.Object, location: FloatArray, quaternion: FloatArray, scale: Sequence[float] | Vector
) -> None:
    """Set an object's scale in the world, at the world pose given."""
    if obj.parent is None:
        obj.scale = scale
    else:
        obj.matrix_world = obj.matrix_world.LocRotScale(Vector(location), Quaternion(quaternion), Vector(scale))


def show(objects: Iterable[bpy.types.Object]) -> None:
    """Make objects visible: Blender does not evaluate the poses of hidden ones."""
    for obj in objects:
        obj.hide_viewport = False
        obj.hide_set(False)
    bpy.context.view_layer.update()


def local_volume(obj: bpy.types.Object) -> float:
    """Volume in m³ of the evaluated mesh before the object's scale; 0 without a mesh."""
    if obj.type != "MESH":
        return 0.0
    vertices, lengths, corners = packed_mesh(obj)
    return abs(packed_volume(vertices, lengths, corners)) if len(vertices) else 0.0
