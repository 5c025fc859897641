"""Checking writes against a scene before any of them is applied."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import SceneGraph, Write
from .protocol import EngineError

_VECTORS = {"location": 3, "rotation_quaternion": 4, "scale": 3, "velocity": 3, "angular_velocity": 3, "gravity": 3}
_BODY_NUMBERS = ("mass", "friction", "restitution", "linear_damping", "angular_damping")
_BODY_FLAGS = ("enabled", "kinematic")
_MOTOR_TARGETS = ("motor_lin_target_velocity", "motor_ang_target_velocity")


def check_write(write: Write, graph: SceneGraph, present: NDArray[np.bool_]) -> None:
    """Raise EngineError naming object and field if a write does not fit the scene or is not finite."""
    place = f"{write.target} '{write.name}'" if write.name else "the scene"
    problem = _problem(write, graph, present)
    if problem:
        raise EngineError(f"{place}: {write.field}: {problem}")


def _problem(write: Write, graph: SceneGraph, present: NDArray[np.bool_]) -> str | None:
    if write.target == "object":
        if write.name not in graph.names or not present[graph.names.index(write.name)]:
            return "there is no such object"
        return _object_problem(write, graph)
    if write.target == "constraint":
        if all(c.name != write.name for c in graph.constraints):
            return "there is no such constraint"
        if write.field == "enabled":
            return None if isinstance(write.value, bool) else "needs True or False"
        return _number_problem(write.value) if write.field in _MOTOR_TARGETS else "cannot be written"
    return _vector_problem(write.value, 3) if write.field == "gravity" else "cannot be written"


def _object_problem(write: Write, graph: SceneGraph) -> str | None:
    group, _, name = write.field.partition(".")
    if group in _VECTORS and not name:
        return _vector_problem(write.value, _VECTORS[group])
    if group == "hide_viewport":
        return None if isinstance(write.value, bool) else "needs True or False"
    if group in ("property", "delete") and name:
        return None
    if group != "rigid_body":
        return "cannot be written"
    if graph.object(write.name).body is None:
        return "the object has no rigid body"
    if name in _BODY_NUMBERS:
        return _number_problem(write.value)
    if name in _BODY_FLAGS:
        return None if isinstance(write.value, bool) else "needs True or False"
    if name == "type":
        return None if write.value in ("ACTIVE", "PASSIVE") else "needs 'ACTIVE' or 'PASSIVE'"
    return "cannot be written"


def _number_problem(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"needs a number, got {value!r}"
    return None if math.isfinite(value) else f"needs a finite number, got {value}"


def _vector_problem(value: object, size: int) -> str | None:
    if not isinstance(value, tuple) or len(value) != size:
        return f"needs {size} numbers, got {value!r}"
    return next((p for p in map(_number_problem, value) if p), None)
