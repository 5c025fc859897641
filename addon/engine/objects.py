"""Single Blender objects: putting them where they are to be in the world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bpy
import numpy as np
from mathutils import Matrix, Quaternion, Vector

from ..scene_graph import FloatArray, SceneGraph
from .animation import constraint_holders, holders, pose_holders
from .force_fields import acts
from .prescribed import KINEMATIC
from .protocol import EngineError
from .selection import Selection, all_layers, shown_objects

TOLERANCE = 1e-4
"""How far (m, and part of an axis) a pose may be from what was asked for: single precision a few parents deep."""


def place(obj: bpy.types.Object, location: FloatArray, quaternion: FloatArray, scale: Sequence[float]) -> None:
    """Set an object's pose in the world (m, unit quaternion ``wxyz``, scale factors), whatever its rotation mode,
    parent, deltas and constraints. Raises EngineError if a constraint does not let it go there."""
    if _is_plain(obj):
        obj.location = location
        _turn(obj, quaternion)
        return
    wanted = Matrix.LocRotScale(Vector(location), Quaternion(quaternion), Vector(scale))
    obj.matrix_world = wanted
    if constraint_holders(obj) or (obj.parent is not None and not _is_even(obj)):
        _settle(obj, wanted)


def move(obj: bpy.types.Object, location: FloatArray) -> bool:
    """Set the location alone of a simple object, whose rotation is not touched; of another one nothing is set, and this
    is False: see `place`."""
    if not _is_plain(obj):
        return False
    obj.location = location
    return True


def resize(obj: bpy.types.Object, location: FloatArray, quaternion: FloatArray, scale: Sequence[float]) -> None:
    """`place` where the scale is another."""
    if _is_plain(obj):
        obj.scale = scale
    else:
        place(obj, location, quaternion, scale)


def _is_plain(obj: bpy.types.Object) -> bool:
    """Whether the object's own channels are its pose in the world."""
    return (
        obj.parent is None
        and not obj.constraints
        and min(obj.scale) > 0.0
        and not any(obj.delta_location)
        and not any(obj.delta_rotation_euler)
        and tuple(obj.delta_rotation_quaternion) == (1.0, 0.0, 0.0, 0.0)
        and tuple(obj.delta_scale) == (1.0, 1.0, 1.0)
    )


def _is_even(obj: bpy.types.Object) -> bool:
    """Whether the object's parent is an object as a whole whose scale is the same along all axes."""
    size = obj.parent.matrix_world.to_scale()
    return obj.parent_type == "OBJECT" and max(size) - min(size) <= 1e-4 * max(size)


def _turn(obj: bpy.types.Object, quaternion: FloatArray) -> None:
    """Set the rotation, in the object's own mode."""
    if obj.rotation_mode == "QUATERNION":
        obj.rotation_quaternion = quaternion
    elif obj.rotation_mode == "AXIS_ANGLE":
        axis, angle = Quaternion(quaternion).to_axis_angle()
        obj.rotation_axis_angle = (angle, *axis)
    else:
        obj.rotation_euler = Quaternion(quaternion).to_euler(obj.rotation_mode)


def _settle(obj: bpy.types.Object, wanted: Matrix) -> None:
    """Correct the object's channels by what its constraints make of them, and see that it is where it is to be."""
    asked = wanted.copy()
    for _ in range(3):
        bpy.context.view_layer.update()
        shown = obj.matrix_world.copy()
        if _is_same(shown, wanted):
            return
        if not abs(shown.determinant()) > 1e-12:
            break
        asked = asked @ shown.inverted() @ wanted
        obj.matrix_world = asked
    found = constraint_holders(obj)
    why = " and ".join(h.words for h in found) + " would change it" if found else "its parent's scale would shear it"
    raise EngineError(f"the pose of '{obj.name}' cannot be this: {why}; remove that, or write another object")


def _is_same(a: Matrix, b: Matrix) -> bool:
    first, second = np.array(a), np.array(b)
    reach = 1.0 + np.abs(second[:3, 3]).max()
    sizes = np.maximum(np.linalg.norm(second[:3, :3], axis=0), 1e-9)
    turned = np.abs((first[:3, :3] - second[:3, :3]) / sizes).max()
    return bool(np.abs(first[:3, 3] - second[:3, 3]).max() <= TOLERANCE * reach and turned <= TOLERANCE)


def detach(obj: bpy.types.Object, keep_parent: bool) -> None:
    """Take the pose of a body out of the hands of keyframes, drivers, constraints and its parent.

    Blender ignores these while physics moves a body, but not in the step of prescribed motion that hands it a
    velocity."""
    shown = obj.matrix_world.copy()
    for holder in pose_holders(obj) + constraint_holders(obj) + [h for h in holders(obj) if h.path == KINEMATIC]:
        holder.mute()
    if not keep_parent:
        obj.parent = None
    obj.matrix_world = shown


def part_bodies(selection: Selection, graph: SceneGraph) -> None:
    """Let no body that physics moves hang on another one: Blender ignores that, but has no fixed order for the two."""
    for start in graph.objects:
        obj = selection.objects[start.name]
        keyed = any(h.path == KINEMATIC for h in holders(obj))
        if selection.is_dynamic(obj) and selection.followed_body(obj) is not None and not keyed:
            detach(obj, keep_parent=False)
            place(obj, np.array(start.location), np.array(start.rotation), start.scale)


def show(objects: Iterable[bpy.types.Object]) -> None:
    """Make objects visible: Blender does not evaluate the poses of hidden ones. Force fields of what was hidden stay
    without effect, and bodies that the view layer excludes join it."""
    view_layer, scene = bpy.context.view_layer, bpy.context.scene
    shown = shown_objects(view_layer)
    for obj in view_layer.objects:
        if obj not in shown and acts(obj):
            obj.field.type = "NONE"
    for layer in all_layers(view_layer):
        layer.collection.hide_viewport = False
    known = set(view_layer.objects)
    for obj in objects:
        if obj not in known:
            scene.collection.objects.link(obj)
        if obj.hide_viewport:
            obj.hide_viewport = False
        if obj.hide_get():
            obj.hide_set(False)
    view_layer.update()
