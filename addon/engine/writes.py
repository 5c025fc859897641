"""Checking writes against a scene before any of them is applied."""

from __future__ import annotations

from ..fields import look, problem_of
from ..scene_graph import SceneGraph, SceneObject, Write
from .protocol import WriteRefused


class WriteCheck:
    """Knows the objects and constraints of one scene."""

    def __init__(self, graph: SceneGraph) -> None:
        self._objects = {o.name: o for o in graph.objects}
        self._constraints = {c.name: c for c in graph.constraints}

    def add(self, obj: SceneObject) -> None:
        """Take note of an object that has joined the scene."""
        self._objects[obj.name] = obj

    def remove(self, name: str) -> None:
        """Take note that an object is gone, and with it its constraints."""
        del self._objects[name]
        self._constraints = {k: c for k, c in self._constraints.items() if name not in (c.object1, c.object2)}

    def check(self, write: Write) -> None:
        """Raise WriteRefused naming object and field if a write does not fit the scene or cannot be stored."""
        problem = self._problem(write)
        if problem:
            raise WriteRefused(write, problem)

    def _problem(self, write: Write) -> str | None:
        obj = self._objects.get(write.name)
        if write.target == "object" and obj is None:
            return "there is no such object"
        if write.target == "constraint" and write.name not in self._constraints:
            return "there is no such constraint"
        has_body = write.target == "object" and obj is not None and obj.body is not None
        settable = self._constraints[write.name].settable if write.target == "constraint" else None
        looks = obj.looks if obj is not None and look(write.field) is not None else ()
        problem = problem_of(write.target, write.field, write.value, has_body=has_body, settable=settable, looks=looks)
        return problem or (_beyond_key(obj, write) if obj is not None else None)


def _beyond_key(obj: SceneObject, write: Write) -> str | None:
    """Why a shape key cannot have a value, which Blender would take for the nearest one that it can."""
    for key in obj.shape_keys if isinstance(write.value, float) else ():
        if write.field == f"shape_key.{key.name}" and not key.low <= write.value <= key.high:
            return f"the key goes from {key.low:g} to {key.high:g}, got {write.value:g}"
    return None
