"""A made world packed for another scene: one collection in a .blend file, with all that it needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import bpy

from ..scene_graph import SceneGraph
from ..scene_graph.rename import LONGEST, free_names, rename
from ..trace import Trace
from .build import write_blend
from .film import put_on_timeline
from .playback import follow_motions


@dataclass(frozen=True)
class Packed:
    """What a packed world is called in its file: its collection, its sky ("" without one); its rules by the names that
    its objects have there."""

    collection: str
    sky: str
    rules: tuple[str, ...]


def pack(graph: SceneGraph, trace: Trace, path: Path, title: str, first: int, taken: Collection[str]) -> Packed:
    """Write a world with its run on the timeline, from its frame ``first`` on, for a scene whose physics goes on.

    None of its objects has a name that is ``taken``. Raises EngineError if the file cannot be written.
    """
    scene = put_on_timeline(graph, trace, first)
    follow_motions(scene)
    if scene.camera is not None:
        scene.camera.name = "Camera"
    names = free_names(scene.objects.keys(), taken)
    for name, other in names.items():
        scene.objects[name].name = other
    collection = _gather(scene, title.encode()[:LONGEST].decode(errors="ignore"))
    write_blend(path)
    sky = scene.world.name if scene.world is not None and (graph.sky or graph.fog) else ""
    return Packed(collection.name, sky, tuple(rename(rule, names) for rule in graph.rules))


def _gather(scene: bpy.types.Scene, title: str) -> bpy.types.Collection:
    """Put all objects of a scene into one collection."""
    collection, others = bpy.data.collections.new(title), [scene.collection, *scene.collection.children_recursive]
    for obj in scene.objects[:]:
        collection.objects.link(obj)
    for other in others:
        for obj in other.objects[:]:
            other.objects.unlink(obj)
    scene.collection.children.link(collection)
    return collection
