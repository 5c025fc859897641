"""A machine as it was perceived, with some of the truth put back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from addon.perception.graph import body_of, graph_of
from addon.perception.reading import Found
from addon.scene_graph import Constraint, RigidBody, SceneGraph, SceneObject
from addon.scene_graph.rename import free_names

from ...benchmarks.physibench.machine import Machine
from ..perception.errors import Truth, matched
from .by_rules import as_rules_tell

Part = Literal["objects", "poses", "bodies"]
"""What can be put back: which objects there are, with their classes and looks; poses and sizes of those that were
found; what a picture does not show: bodies with their masses and frictions, and joints."""

PARTS: tuple[Part, ...] = ("objects", "poses", "bodies")


def perceived_graph(
    machine: Machine, names: Sequence[str], found: Sequence[Found], truth: Truth, exact: Collection[Part] = ()
) -> SceneGraph:
    """The graph that was read of a machine's first picture, for its rules; ``names`` are those of ``truth``'s objects.

    What was read of an object gets that object's name, which the rules call it by, and the properties that they speak
    of; what they tell of bodies (`as_rules_tell`) is taken from them. Lamps and counters that were not found are there
    without a place. ``exact`` parts are those of the true graph; with all of them it is that graph.
    """
    graph = machine.graph
    read = graph_of(found)
    pairs = {names[m]: read.objects[n] for n, m in matched(found, truth)}
    whole = [
        _object(one, pairs[one.name], exact) if one.name in pairs else _missing(one, exact)
        for one in graph.objects
        if one.name in pairs or "objects" in exact or _is_switch(one)
    ]
    taken = {one.name for one in pairs.values()}
    invented = [one for one in read.objects if one.name not in taken and "objects" not in exact]
    others = free_names((one.name for one in invented), (*graph.names, *(c.name for c in graph.constraints)))
    whole += [one.model_copy(update={"name": others.get(one.name, one.name)}) for one in invented]
    bodied = {one.name for one in whole if one.body is not None}
    told = (
        graph.constraints
        if "bodies" in exact
        else _joints(graph, read, {one.name: name for name, one in pairs.items()})
    )
    joints = [c for c in told if {c.object1, c.object2} <= bodied]
    seen = SceneGraph(name=graph.name, world=graph.world, objects=tuple(whole), constraints=tuple(joints))
    seen = seen.model_copy(update={"rules": graph.rules})
    return seen if "bodies" in exact else as_rules_tell(seen)


def _object(true: SceneObject, seen: SceneObject, exact: Collection[Part]) -> SceneObject:
    """An object that was found: its own name, and what it has of either."""
    base = true if "objects" in exact else seen
    pose = true if "poses" in exact else seen
    body = true.body if "bodies" in exact else _body(base, seen, _kind(pose))
    return base.model_copy(
        update={
            "name": true.name,
            "properties": {**true.properties, **({} if base is true else _read(seen))},
            "location": pose.location,
            "rotation": pose.rotation,
            "geometry": pose.geometry,
            "rigid_body": body,
        }
    )


def _body(base: SceneObject, seen: SceneObject, kind: Literal["sphere", "cube"]) -> RigidBody | None:
    """The body that goes with what was read, unless that is of another class."""
    return seen.body if base.semantic_class == seen.semantic_class else body_of(base.semantic_class, kind)


def _joints(true: SceneGraph, read: SceneGraph, names: Mapping[str, str]) -> list[Constraint]:
    """The joints that were told of what was read, between objects by their own ``names``; one that is between the same
    as one of the machine's has its name, which rules call it by."""
    between = {frozenset((c.object1, c.object2)): c.name for c in reversed(true.constraints)}
    found, taken = list[Constraint](), set[str](true.names) | set(between.values())
    for number, joint in enumerate(read.constraints):
        first, second = names.get(joint.object1), names.get(joint.object2 or "")
        if first is not None and second is not None:
            fresh = f"Joint {number}" if f"Joint {number}" not in taken else f"Read Joint {number}"
            name = between.pop(frozenset((first, second)), fresh)
            found.append(joint.model_copy(update={"name": name, "object1": first, "object2": second}))
    return found


def _missing(true: SceneObject, exact: Collection[Part]) -> SceneObject:
    """An object that was not found: as it is, or a mere name with its properties."""
    if "objects" not in exact:
        return SceneObject(name=true.name, properties=true.properties)
    if "bodies" in exact:
        return true
    return true.model_copy(update={"rigid_body": body_of(true.semantic_class, _kind(true))})


def _is_switch(one: SceneObject) -> bool:
    """Whether it is there for its properties alone, so that rules which name it need not know where it is."""
    return bool(one.properties) and one.body is None


def _read(seen: SceneObject) -> dict[str, bool | float]:
    return {key: value for key, value in seen.scalars.items() if isinstance(value, bool | float)}


def _kind(one: SceneObject) -> Literal["sphere", "cube"]:
    return "sphere" if getattr(one.geometry, "kind", "") == "sphere" else "cube"
