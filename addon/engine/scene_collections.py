"""The collections of a scene that hold its objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import bpy

from .names import PREFIX


def read_collections(scene: bpy.types.Scene) -> dict[bpy.types.Object, set[str]]:
    """The names of the scene's collections that hold each object, itself or in a collection within.

    The scene's own collection is none of them, nor is one that only the rigid-body world has.
    """
    found: dict[bpy.types.Object, set[str]] = {}
    for collection in scene.collection.children_recursive:
        for obj in collection.all_objects:
            found.setdefault(obj, set()).add(_name(collection))
    return found


def put_into(scene: bpy.types.Scene, obj: bpy.types.Object, names: Iterable[str]) -> None:
    """Link a new object to collections of the scene, which are made where they are missing; without names, to the
    scene itself. They lie side by side, and `read_collections` gives the names back."""
    for collection in [_collection(scene, name) for name in names] or [scene.collection]:
        collection.objects.link(obj)


def read_instances(scene: bpy.types.Scene, obj: bpy.types.Object) -> str | None:
    """The name of the scene's collection that an empty instances; None for what the scene graph has not: another type
    of instances, a collection of no scene or without objects, or one with an offset."""
    collection = obj.instance_collection if obj.instance_type == "COLLECTION" and obj.type == "EMPTY" else None
    known = collection is not None and collection in scene.collection.children_recursive
    if not known or any(collection.instance_offset) or not len(collection.all_objects):
        return None
    return _name(collection)


def add_instances(scene: bpy.types.Scene, instances: Mapping[str, str]) -> None:
    """Let empties of the scene, by name, instance collections that it has."""
    for name, collection in instances.items():
        obj = scene.objects[name]
        obj.instance_type, obj.instance_collection = "COLLECTION", _collection(scene, collection)


def remove_scene(scene: bpy.types.Scene) -> None:
    """Remove a scene with its objects, and the collections that no other scene has."""
    collections = list(scene.collection.children_recursive)
    for obj in list(scene.objects):
        bpy.data.objects.remove(obj)
    bpy.data.scenes.remove(scene)
    for collection in collections:
        if collection.users == 0:
            bpy.data.collections.remove(collection)


def _collection(scene: bpy.types.Scene, name: str) -> bpy.types.Collection:
    for collection in scene.collection.children:
        if _name(collection) == name:
            return collection
    made = bpy.data.collections.new(name)
    if made.name != name:  # It is taken in the file, or too long for Blender.
        made[PREFIX + "name"] = name
    scene.collection.children.link(made)
    return made


def _name(collection: bpy.types.Collection) -> str:
    return str(collection.get(PREFIX + "name", collection.name))
