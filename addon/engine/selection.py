"""Which objects of a Blender scene its graph holds, and by which names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

import bpy

from ..fields import moved_by_physics
from ..scene_graph import Note
from .force_fields import acts
from .names import PREFIX

SHOWN = ("MESH", "LIGHT", "FONT")
"""Types of objects that graphs hold because they are seen."""


@dataclass(frozen=True)
class Selection:
    """Objects and joint holders by their names in the graph, in its order.

    ``bodies`` are the names of what Blender gives to Bullet, ``hidden`` of what is not shown, ``fields`` of what has a
    force field that acts. ``left_out`` tells
    which rigid bodies and joints Blender itself does not simulate.
    """

    objects: dict[str, bpy.types.Object]
    joints: dict[str, bpy.types.Object]
    bodies: frozenset[str]
    hidden: frozenset[str]
    fields: frozenset[str]
    left_out: tuple[Note, ...]

    @cached_property
    def names(self) -> dict[bpy.types.Object, str]:
        """The objects' names in the graph."""
        return {obj: name for name, obj in self.objects.items()}

    def name(self, obj: bpy.types.Object | None) -> str | None:
        """The name of an object in the graph; None if it is not there."""
        return self.names.get(obj) if obj is not None else None

    def is_dynamic(self, obj: bpy.types.Object) -> bool:
        """Whether physics moves the object from the start."""
        return self.name(obj) in self.bodies and moved_by_physics(obj.rigid_body)

    def is_moved_by_physics(self, obj: bpy.types.Object) -> bool:
        """Whether physics moves an object from the start, or one that it is a child of."""
        found: bpy.types.Object | None = obj
        while found is not None:
            if self.is_dynamic(found):
                return True
            found = found.parent
        return False

    def followed_body(self, obj: bpy.types.Object) -> bpy.types.Object | None:
        """A body that physics moves and whose motion the object's own channels depend on, by parents or constraints;
        parts of a compound do not count."""
        targets = [getattr(c, "target", None) for c in obj.constraints if not c.mute and c.influence > 0]
        parent = obj.parent
        if parent is not None and not (self.name(parent) in self.bodies and _is_compound(parent)):
            targets.append(parent)
        return next((t for t in targets if t is not None and self.is_moved_by_physics(t)), None)


def _is_compound(obj: bpy.types.Object) -> bool:
    body: Any = obj.rigid_body
    return bool(body.collision_shape == "COMPOUND")


def select(scene: bpy.types.Scene) -> Selection:
    """Choose the objects of a scene: meshes, lights, texts, empties, and what has a force field that acts on bodies.

    Bodies come first, in Bullet's order, and also from collections that the view layer excludes, for Blender simulates
    those too. The others are sorted by name.
    """
    world: Any = scene.rigidbody_world
    shown = shown_objects(bpy.context.view_layer)
    simulated = _members(world and world.collection, "rigid_body")
    simulated = [o for o in simulated if has_vertices(o)]
    holders = _members(world and world.constraints, "rigid_body_constraint")
    bodies, joints = set(simulated), set(holders)
    weighed = world and world.effector_weights.collection
    fields = {o for o in shown if acts(o) and (not weighed or o in set(weighed.all_objects))}
    others = [
        o
        for o in bpy.context.view_layer.objects
        if o not in bodies
        and (o.type in SHOWN or o in fields or (o.type == "EMPTY" and (o not in joints or bool(o.children))))
        and not o.name.startswith(PREFIX)
    ]
    names = _names([*simulated, *others, *holders])
    others.sort(key=lambda o: names[o])
    objects = {names[o]: o for o in (*simulated, *others)}
    return Selection(
        objects,
        {names[o]: o for o in holders},
        frozenset(names[o] for o in simulated),
        frozenset(name for name, o in objects.items() if o not in shown),
        frozenset(name for name, o in objects.items() if o in fields),
        tuple(_not_simulated(bodies, joints)),
    )


def _members(collection: Any, attribute: str) -> list[bpy.types.Object]:
    """What of a collection Blender simulates, in its order."""
    found = collection.all_objects if collection else ()
    return [o for o in found if getattr(o, attribute) is not None]


def has_vertices(obj: bpy.types.Object) -> bool:
    """Whether an object is a mesh that has vertices, as far as that is known before modifiers are applied."""
    data: Any = obj.data
    return obj.type == "MESH" and (len(data.vertices) > 0 or bool(obj.modifiers))


def _names(objects: list[bpy.types.Object]) -> dict[bpy.types.Object, str]:
    """Names that differ: two objects of one name come from two files."""
    objects = list(dict.fromkeys(objects))
    count = Counter(o.name for o in objects)
    return {o: o.name if count[o.name] == 1 or o.library is None else _library_name(o) for o in objects}


def _library_name(obj: bpy.types.Object) -> str:
    assert obj.library is not None
    return f"{obj.name} [{PurePath(obj.library.filepath.replace(chr(92), '/')).name}]"


def _not_simulated(bodies: set[bpy.types.Object], joints: set[bpy.types.Object]) -> Iterator[Note]:
    for obj in bpy.context.view_layer.objects:
        if obj.rigid_body is not None and obj not in bodies:
            yield _no_body(obj)
        if obj.rigid_body_constraint is not None and obj not in joints:
            text = (
                f"the joint '{obj.name}' is not in the rigid-body world's constraints, so Blender does not simulate it"
            )
            yield Note(subject=obj.name, feature="joint", text=text, missing_in=("json",))


def _no_body(obj: bpy.types.Object) -> Note:
    if not has_vertices(obj):
        text = f"'{obj.name}' is a rigid body without a mesh, which Blender may simulate as a box that nobody sees"
        return Note(subject=obj.name, feature="rigid body", text=text, missing_in=("json", "contacts"))
    text = (
        f"'{obj.name}' has rigid-body settings, but Blender does not simulate it: it is not in the rigid-body world's "
        "collection; add it with Object > Rigid Body > Add Active"
    )
    return Note(subject=obj.name, feature="rigid body", text=text)


def shown_objects(view_layer: bpy.types.ViewLayer) -> set[bpy.types.Object]:
    """The objects that are enabled in the viewport, themselves and by one of their collections."""
    return {o for layer in _enabled_layers(view_layer) for o in layer.collection.objects if not o.hide_viewport}


def all_layers(view_layer: bpy.types.ViewLayer) -> list[Any]:
    """The collections that the view layer does not exclude."""
    return [layer for layer in _walk(view_layer.layer_collection) if not layer.exclude]


def _walk(layer: Any) -> Iterator[Any]:
    yield layer
    for child in layer.children:
        yield from _walk(child)


def _enabled_layers(view_layer: bpy.types.ViewLayer) -> Iterator[Any]:
    waiting = [view_layer.layer_collection]
    while waiting:
        layer = waiting.pop()
        if not layer.collection.hide_viewport:
            waiting += layer.children
            if not layer.exclude:
                yield layer


@contextmanager
def all_evaluated() -> Iterator[None]:
    """While this lasts, hidden objects and collections are shown, for Blender does not evaluate what is hidden."""
    view_layer = bpy.context.view_layer
    hidden: list[Any] = [x.collection for x in all_layers(view_layer) if x.collection.hide_viewport]
    hidden += [o for o in view_layer.objects if o.hide_viewport]
    for thing in hidden:
        thing.hide_viewport = False
    try:
        view_layer.update()
        yield
    finally:
        for thing in hidden:
            thing.hide_viewport = True
