"""Changing a scene before it is run: bodies, joints, places, a floor. Used in the window, so it imports little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import bpy
from mathutils import Matrix

from .animation import holders
from .names import BODY_FIELDS
from .physics_world import ensure_physics

COLLECTIONS = 20

CORNERS = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]
SIDES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
"""A cube of 1 m."""


class MendError(RuntimeError):
    """What is to be changed is gone, linked from another file, or otherwise than it was."""


def mend(scene: bpy.types.Scene, told: Mapping[str, Any]) -> list[bpy.types.Object]:
    """Do what a mend of a scene tells as plain data; returns the objects that it changed. Raises MendError."""
    match told["kind"]:
        case "body":
            return [_set_body(scene, _object(scene, told["name"]), told["settings"])]
        case "joint":
            return [_set_joint(_object(scene, told["name"]), told["settings"])]
        case "move":
            return [_move(_object(scene, told["name"]), told["by"])]
        case "floor":
            return [_add_floor(scene, told["middle"], told["size"])]
        case "substeps":
            world = ensure_physics(scene)
            world.substeps_per_frame = max(world.substeps_per_frame, told["count"])
    return []


def _object(scene: bpy.types.Scene, name: str) -> bpy.types.Object:
    obj = scene.objects.get(name)
    if obj is None:
        raise MendError(f"there is no object '{name}' any more")
    if obj.library is not None:
        raise MendError(f"'{name}' is linked from another file; make it local first")
    return obj


def _set_body(scene: bpy.types.Scene, obj: bpy.types.Object, settings: Mapping[str, Any]) -> bpy.types.Object:
    _ensure_body(scene, obj)
    for name, value in settings.items():
        if name == "collections":
            obj.rigid_body.collision_collections = [i in value for i in range(COLLECTIONS)]
        else:
            setattr(obj.rigid_body, BODY_FIELDS[name], value)
    return obj


def _ensure_body(scene: bpy.types.Scene, obj: bpy.types.Object) -> None:
    if obj.rigid_body is None and obj.type != "MESH":
        raise MendError(f"'{obj.name}' is no mesh, so it cannot have a rigid body; give that name to the mesh again")
    ensure_physics(scene)
    if obj.rigid_body is not None:
        return
    with bpy.context.temp_override(scene=scene, object=obj, active_object=obj):
        try:
            bpy.ops.rigidbody.object_add(type="ACTIVE")
        except RuntimeError as error:
            raise MendError(
                f"'{obj.name}' is hidden, so it gets no rigid body; show it in the viewport first"
            ) from error


def _set_joint(obj: bpy.types.Object, settings: Mapping[str, Any]) -> bpy.types.Object:
    if obj.rigid_body_constraint is None:
        raise MendError(f"'{obj.name}' is no joint any more")
    for name, value in settings.items():
        setattr(obj.rigid_body_constraint, name, value)
    return obj


def _move(obj: bpy.types.Object, by: tuple[float, float, float]) -> bpy.types.Object:
    held = next((holder for holder in holders(obj) if holder.path == "location"), None)
    if held is not None:
        raise MendError(f"{held.words} sets where '{obj.name}' is at every frame; change it there, or remove it first")
    obj.matrix_world = Matrix.Translation(by) @ obj.matrix_world
    bpy.context.view_layer.update()
    return obj


def _add_floor(
    scene: bpy.types.Scene, middle: tuple[float, float, float], size: tuple[float, float, float]
) -> bpy.types.Object:
    """A passive box whose upper side has its middle there."""
    mesh = bpy.data.meshes.new("Floor")
    mesh.from_pydata([tuple(c * s for c, s in zip(corner, size, strict=True)) for corner in CORNERS], [], SIDES)
    floor = bpy.data.objects.new("Floor", mesh)
    floor.location = (middle[0], middle[1], middle[2] - size[2] / 2)
    scene.collection.objects.link(floor)
    bpy.context.view_layer.update()
    _set_body(scene, floor, {"type": "PASSIVE", "shape": "BOX"})
    return floor
