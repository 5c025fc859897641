"""Checking writes against a scene before any of them is applied."""

from __future__ import annotations

import math

from ..scene_graph import SceneGraph, SceneObject, Write
from .protocol import EngineError

_VECTORS = {"location": 3, "rotation_quaternion": 4, "scale": 3, "velocity": 3, "angular_velocity": 3, "gravity": 3}
_BODY_NUMBERS = {
    "mass": (1e-6, 1e9),
    "friction": (0.0, 1e6),
    "restitution": (0.0, 1e6),
    "linear_damping": (0.0, 1.0),
    "angular_damping": (0.0, 1.0),
}
_MOTOR_TARGETS = ("motor_lin_target_velocity", "motor_ang_target_velocity")

LARGEST = 1e6
"""Greatest size of a number in a write, in SI units; single precision is too coarse for dynamics beyond it."""


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
        """Raise EngineError naming object and field if a write does not fit the scene or cannot be stored."""
        problem = self._problem(write)
        if problem:
            place = f"{write.target} '{write.name}'" if write.name else "the scene"
            raise EngineError(f"{place}: {write.field}: {problem}")

    def _problem(self, write: Write) -> str | None:
        if write.target == "object":
            obj = self._objects.get(write.name)
            return "there is no such object" if obj is None else _object_problem(write, obj)
        if write.target == "constraint":
            return _constraint_problem(write) if write.name in self._constraints else "there is no such constraint"
        return _vector_problem("gravity", write.value) if write.field == "gravity" else "cannot be written"


def _constraint_problem(write: Write) -> str | None:
    if write.field == "enabled":
        return _flag_problem(write.value)
    return _number_problem(write.value) if write.field in _MOTOR_TARGETS else "cannot be written"


def _object_problem(write: Write, obj: SceneObject) -> str | None:
    group, _, name = write.field.partition(".")
    if group in _VECTORS and not name:
        return _vector_problem(group, write.value) or _scale_problem(group, write.value, obj)
    if group == "hide_viewport":
        return _flag_problem(write.value)
    if group == "rigid_body":
        return _body_problem(name, write.value) if obj.body is not None else "the object has no rigid body"
    if group == "property" and 0 < len(name) <= 63:
        return _property_problem(write.value)
    return None if group == "delete" else "cannot be written"


def _body_problem(name: str, value: object) -> str | None:
    if name in _BODY_NUMBERS:
        return _number_problem(value, *_BODY_NUMBERS[name])
    if name in ("enabled", "kinematic"):
        return _flag_problem(value)
    if name == "type":
        return None if value in ("ACTIVE", "PASSIVE") else "needs 'ACTIVE' or 'PASSIVE'"
    return "cannot be written"


def _property_problem(value: object) -> str | None:
    if isinstance(value, bool | str):
        return None
    if isinstance(value, int):
        return None if -(2**31) <= value < 2**31 else f"{value} is beyond 32 bits"
    if isinstance(value, float):
        return None if math.isfinite(value) else f"needs a finite number, got {value}"
    return f"needs a number, True, False or text, got {value!r}"


def _flag_problem(value: object) -> str | None:
    return None if isinstance(value, bool) else f"needs True or False, got {value!r}"


def _number_problem(value: object, low: float = -LARGEST, high: float = LARGEST) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"needs a number, got {value!r}"
    if not math.isfinite(value):
        return f"needs a finite number, got {value}"
    return None if low <= value <= high else f"needs a number from {low:g} to {high:g}, got {value:g}"


def _vector_problem(group: str, value: object) -> str | None:
    if not isinstance(value, tuple) or len(value) != _VECTORS[group]:
        return f"needs {_VECTORS[group]} numbers, got {value!r}"
    problem = next((p for p in map(_number_problem, value) if p), None)
    if problem is None and group == "rotation_quaternion" and sum(v * v for v in value) < 1e-12:
        return "a quaternion of length zero is no rotation"
    return problem


def _scale_problem(group: str, value: object, obj: SceneObject) -> str | None:
    if group != "scale" or not isinstance(value, tuple):
        return None
    if any(abs(v) < 1e-6 for v in value):
        return "a scale factor cannot be zero"
    return "a rigid body's scale factors must be positive" if obj.body is not None and min(value) < 0 else None
