"""The rigid-body world of a scene, made where it is missing. Used in the window, so it imports little."""

from __future__ import annotations

from typing import Any

import bpy


def ensure_physics(scene: bpy.types.Scene) -> Any:
    """The scene's rigid-body world, with its collections."""
    if scene.rigidbody_world is None:
        with bpy.context.temp_override(scene=scene):
            bpy.ops.rigidbody.world_add()
    world: Any = scene.rigidbody_world
    if world.collection is None:
        world.collection = bpy.data.collections.new("RigidBodyWorld")
    if world.constraints is None:
        world.constraints = bpy.data.collections.new("RigidBodyConstraints")
    return world


def remove_physics(scene: bpy.types.Scene) -> None:
    """Take the rigid-body world from a scene, with those of its collections that nothing else has."""
    world: Any = scene.rigidbody_world
    collections = [collection for collection in (world.collection, world.constraints) if collection is not None]
    world.collection = world.constraints = None  # Blender leaves them one user too many.
    with bpy.context.temp_override(scene=scene):
        bpy.ops.rigidbody.world_remove()
    for collection in collections:
        if collection.users == 0:
            bpy.data.collections.remove(collection)
