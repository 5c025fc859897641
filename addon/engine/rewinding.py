"""A scene that was built from a graph, brought back to its start with other numbers instead of being built anew.

Meshes, joints and what is seen stay as they are; places, settings of bodies, switches of joints, custom properties and
gravity are written. What numbers alone cannot bring back is not tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import bpy

from ..scene_graph import Note, RigidBody, SceneGraph, SceneObject
from ..scene_graph.base import Model
from .names import BODY_FIELDS, PREFIX

VELOCITIES = frozenset({"velocity", "angular_velocity"})
OBJECT = VELOCITIES | {"location", "rotation"}
BODY = frozenset({"mass", "friction", "restitution", "linear_damping", "angular_damping"})
"""Numbers of an object and of its body with which a built scene can start again."""

WRITTEN = ("type", *sorted(BODY), "kinematic", "enabled")
"""Settings of a body that a run changes."""


@dataclass(frozen=True)
class Built:
    """What a scene was built of: the graph with its present numbers, what Blender does otherwise, and its bodies in
    Bullet's order. With ``override`` scripts win over what animates it."""

    graph: SceneGraph
    notes: tuple[Note, ...]
    bodies: tuple[bpy.types.Object, ...]
    override: bool

    @classmethod
    def of(cls, scene: bpy.types.Scene, graph: SceneGraph, notes: tuple[Note, ...], override: bool) -> Built:
        """What a scene is that was just built from a graph."""
        return cls(graph, notes, tuple(_bodies(scene).objects), override)

    @property
    def noted(self) -> SceneGraph:
        """The graph with all notes on it."""
        return self.graph.model_copy(update={"notes": tuple(dict.fromkeys((*self.graph.notes, *self.notes)))})

    def with_numbers_of(self, graph: SceneGraph) -> Built | None:
        """The same scene with the numbers of another graph; None if that differs in more, or if its scene does not
        start by numbers alone."""
        before = self.graph
        if not (
            _is_same(before, graph, {"world", "objects", "notes"}) and _is_same(before.world, graph.world, {"gravity"})
        ):
            return None
        if len(before.objects) != len(graph.objects) or not _is_simple(graph):
            return None
        parents = {obj.parent for obj in graph.objects}
        for one, other in zip(before.objects, graph.objects, strict=True):
            free = OBJECT if one.parent is None and one.name not in parents else VELOCITIES
            if not (_is_same(one, other, {*free, "rigid_body"}) and _is_same(one.rigid_body, other.rigid_body, BODY)):
                return None
        return replace(self, graph=graph)


def _is_simple(graph: SceneGraph) -> bool:
    """Whether nothing but rigid bodies moves anything of itself, from the first frame on."""
    world = graph.world
    if not world.enabled or world.starts or world.ends is not None or world.frame_map[0] != world.frame_map[1]:
        return False
    return not any(o.animation or o.elements or o.instances or (o.hidden and o.field) for o in graph.objects)


def _is_same(one: Model | None, other: Model | None, apart: set[str] | frozenset[str]) -> bool:
    """Whether two models are the same, apart from some fields."""
    if one is other or one is None or other is None:
        return one is other
    first, second = one.__dict__, other.__dict__
    return all(name in apart or value is second[name] or value == second[name] for name, value in first.items())


def restore(
    scene: bpy.types.Scene,
    built: Built,
    objects: Sequence[bpy.types.Object],
    joints: Mapping[str, bpy.types.Object],
) -> None:
    """Write all numbers of a scene anew, at its first frame and without Bullet."""
    world: Any = scene.rigidbody_world
    collection, world.collection = _bodies(scene), None
    scene.frame_set(scene.frame_start)
    scene.gravity = built.graph.world.gravity
    for obj, start in zip(objects, built.graph.objects, strict=True):
        obj.location, obj.rotation_quaternion, obj.scale = start.location, start.rotation, start.scale
        _restore_properties(obj, start)
        if start.rigid_body is not None:
            _restore_body(obj, start.rigid_body)
    for constraint in built.graph.constraints:
        for name, value in constraint.settable.items():
            setattr(joints[constraint.name].rigid_body_constraint, name, value)
    if tuple(collection.objects) != built.bodies:
        for obj in built.bodies:
            collection.objects.unlink(obj)
            collection.objects.link(obj)
    world.collection = collection


def _bodies(scene: bpy.types.Scene) -> Any:
    world: Any = scene.rigidbody_world
    return world.collection


def _restore_properties(obj: bpy.types.Object, start: SceneObject) -> None:
    for key in [key for key in dict(obj.items()) if not key.startswith(PREFIX) and key not in start.properties]:
        del obj[key]
    for key, value in start.properties.items():
        obj[key] = value


def _restore_body(obj: bpy.types.Object, body: RigidBody) -> None:
    settings: Any = obj.rigid_body
    for name in WRITTEN:
        setattr(settings, BODY_FIELDS[name], getattr(body, name))
    settings.collision_collections = [i in body.collections for i in range(20)]
