"""A script run against plain objects, without scene graph, physics and packages.

What a script writes is what its next step reads. Starts in a tenth of a second.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..fields import BODY, PUSHES, look, problem_of
from .budgets import Budgets
from .errors import ScriptError
from .gate import check_objects
from .job import EMPTY_SCENE, columns, start_message, step_message
from .process import WorkerProcess
from .rotation import euler_of, quaternion_of
from .validator import Proposal, Validator

GRAVITY = (0.0, 0.0, -9.81)
DT = 1 / 24

_ZERO = (0.0, 0.0, 0.0)
_DEFAULTS: dict[str, Any] = {
    "location": _ZERO,
    "rotation_euler": _ZERO,
    "scale": (1.0, 1.0, 1.0),
    "dimensions": (2.0, 2.0, 2.0),
    "velocity": _ZERO,
    "angular_velocity": _ZERO,
    "hide_viewport": False,
    "hide_render": False,
    "props": {},
    "rigid_body": None,
    "looks": {
        "color": (1.0, 1.0, 1.0, 1.0),
        "material.color": (0.8, 0.8, 0.8, 1.0),
        "material.emission_color": (1.0, 1.0, 1.0, 1.0),
        "material.emission_strength": 0.0,
    },
}
_BODY_DEFAULTS = {
    "type": "ACTIVE",
    "mass": 1.0,
    "friction": 0.5,
    "restitution": 0.0,
    "linear_damping": 0.04,
    "angular_damping": 0.1,
    "enabled": True,
    "kinematic": False,
}


class ObjectsError(ValueError):
    """Plain objects that cannot be used; the message names the object and the field."""


class PlainObject:
    """One object: vectors of 3 in metres, m/s, radians and rad/s; ``quaternion`` follows ``rotation_euler``."""

    def __init__(self, data: Any) -> None:
        name = data.get("name") if isinstance(data, dict) else None
        if not isinstance(name, str) or not 1 <= len(name) <= 255:
            raise ObjectsError(f"every object needs a 'name' of 1 to 255 characters, got {str(data)[:80]}")
        unknown = sorted(set(data) - set(_DEFAULTS) - {"name"})
        if unknown:
            raise ObjectsError(f"object '{name}': unknown field '{unknown[0]}'; there are {', '.join(_DEFAULTS)}")
        self.name = name
        self.values = {key: data.get(key, default) for key, default in _DEFAULTS.items()}
        for key, default in _DEFAULTS.items():
            if isinstance(default, tuple):
                self.values[key] = _vector(name, key, self.values[key])
        has_body = self.values["rigid_body"] is not None
        for key in ("location", "scale", "velocity", "angular_velocity"):
            if problem := problem_of("object", key, self.values[key], has_body=has_body):
                raise ObjectsError(f"object '{name}': {key}: {problem}")
        for key in ("hide_viewport", "hide_render"):
            if not isinstance(self.values[key], bool):
                raise ObjectsError(f"object '{name}': {key}: needs true or false")
        self.values["props"] = _properties(name, self.values["props"])
        self.values["looks"] = _looks(name, self.values["looks"])
        self.values["rigid_body"] = _body(name, self.values["rigid_body"])
        self.quaternion: Sequence[float] = quaternion_of(self.values["rotation_euler"])
        self._extents = [d / abs(s) for d, s in zip(self.values["dimensions"], self.values["scale"], strict=True)]

    def describe(self) -> dict[str, Any]:
        """What the worker is told at the start."""
        return {
            "name": self.name,
            "type": "MESH",
            "extents": self._extents,
            "parent": None,
            "hidden": self.values["hide_viewport"],
            "hide_render": self.values["hide_render"],
            "properties": self.values["props"],
            "body": self.values["rigid_body"],
            "looks": self.values["looks"],
            "light": None,
            "slot": 0,
        }

    def numbers(self, names: Sequence[str]) -> list[float]:
        """The fields of a step message."""
        return [n for name in names for n in (self.quaternion if "quat" in name else self.values[name])]

    def write(self, field_name: str, value: Any) -> None:
        """Apply one checked write."""
        group, _, rest = field_name.partition(".")
        if group == "rotation_quaternion":
            self.quaternion, self.values["rotation_euler"] = value, list(euler_of(value))
        elif group == "rotation_euler":
            self.quaternion, self.values["rotation_euler"] = quaternion_of(value), list(value)
        elif group == "property":
            self.values["props"][rest] = value
        elif group == "delete":
            self.values["props"].pop(rest, None)
        elif look(field_name) is not None:
            self.values["looks"][field_name] = value
        elif group == "rigid_body":
            self.values["rigid_body"][rest] = value
        elif group in PUSHES:
            gain = (DT if group == "force" else 1.0) / self.values["rigid_body"]["mass"]
            self.values["velocity"] = [v + gain * p for v, p in zip(self.values["velocity"], value, strict=True)]
        else:
            self.values[group] = list(value) if isinstance(value, tuple) else value
        if group == "scale":
            self.values["dimensions"] = [e * abs(s) for e, s in zip(self._extents, value, strict=True)]

    def as_dict(self) -> dict[str, Any]:
        """Plain data in the form that objects are given in."""
        return {"name": self.name, **self.values}


@dataclass
class PlainRun:
    """The state after the last whole step. ``error`` is what ended the run early, if anything did.

    ``fired`` are the steps in which rules acted, with the numbers of the rules.
    """

    objects: list[PlainObject]
    steps: int = 0
    printed: list[str] = field(default_factory=list)
    fired: list[tuple[int, int]] = field(default_factory=list)
    layers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    error: ScriptError | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for ``--json``."""
        return {
            "ok": self.error is None,
            "steps": self.steps,
            "objects": [o.as_dict() for o in self.objects],
            "printed": "".join(self.printed),
            "fired": [{"frame": frame, "rule": rule} for frame, rule in self.fired],
            "layers": list(self.layers),
            "warnings": list(self.warnings),
            "error": self.error.as_dict() if self.error else None,
        }


def run_plain(source: str, objects: Any, steps: int, *, seed: int = 0, budgets: Budgets | None = None) -> PlainRun:
    """Run a script once for each of ``steps`` steps; a failing step applies nothing and ends the run.

    Nothing moves by itself: a force adds to the velocity, and no more.
    ``objects`` is a list of dicts with a ``name`` and any of location, rotation_euler, scale, dimensions, velocity,
    angular_velocity, hide_viewport, hide_render, ``props`` (custom properties), ``rigid_body`` and ``looks`` (what is
    seen of it by the names of `fields.LOOKS`: by default those of a mesh). Raises ObjectsError.
    """
    budgets = budgets or Budgets()
    run = PlainRun(_objects(objects))
    try:
        check_objects(len(run.objects), budgets)
        _run(source, run, steps, seed, budgets)
    except ScriptError as error:
        run.error = error
    return run


def _run(source: str, run: PlainRun, steps: int, seed: int, budgets: Budgets) -> None:
    names = columns(source)
    by_name = {o.name: o for o in run.objects}
    bodies = {o.name: o.values["rigid_body"] is not None for o in run.objects}
    validator = Validator(bodies, {}, budgets, {o.name: o.values["looks"] for o in run.objects})
    scene = {
        **EMPTY_SCENE,
        "gravity": GRAVITY,
        "fps": 1 / DT,
        "steps": steps,
        "objects": [o.describe() for o in run.objects],
        "columns": names,
    }
    worker = WorkerProcess(budgets)
    try:
        run.layers = worker.start(start_message(scene, dt=DT, seed=seed, budgets=budgets))
        run.warnings = worker.load(source)
        for frame in range(1, steps + 1):
            numbers = array("d", [n for o in run.objects for n in o.numbers(names)])
            answer = worker.ask(step_message(frame, b"", numbers.tobytes()))
            proposed = validator.writes(answer.get("writes"))
            fired = validator.fired(answer.get("fired"))
            run.printed.append(answer["printed"])
            run.fired += [(frame, rule) for rule in fired]
            _apply(proposed, by_name)
            run.steps = frame
    finally:
        worker.close()


def _apply(proposed: Sequence[Proposal], objects: dict[str, PlainObject]) -> None:
    for target, name, field_name, value in proposed:
        if target == "object":
            objects[name].write(field_name, value)


def _objects(data: Any) -> list[PlainObject]:
    if not isinstance(data, list):
        raise ObjectsError("objects must be a list of objects, each with a 'name'")
    made = [PlainObject(item) for item in data]
    names = [o.name for o in made]
    for name in names:
        if names.count(name) > 1:
            raise ObjectsError(f"object '{name}': there are {names.count(name)} objects of this name")
    return made


def _vector(name: str, key: str, value: Any) -> list[float]:
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise ObjectsError(f"object '{name}': {key}: needs 3 numbers, got {value}")
    for number in value:
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise ObjectsError(f"object '{name}': {key}: not a finite number: {number}")
    return [float(number) for number in value]


def _properties(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ObjectsError(f"object '{name}': props: needs keys and values, got {given}")
    for key, value in given.items():
        if problem := problem_of("object", f"property.{key}", value):
            raise ObjectsError(f"object '{name}': props: {key}: {problem}")
    return dict(given)


def _looks(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ObjectsError(f"object '{name}': looks: needs names and values, got {given}")
    for key, value in given.items():
        if problem := problem_of("object", key, value, looks=given) if look(key) else "there is no such field":
            raise ObjectsError(f"object '{name}': looks: {key}: {problem}")
    return dict(given)


def _body(name: str, given: Any) -> dict[str, Any] | None:
    if given is None:
        return None
    if not isinstance(given, dict) or not set(given) <= set(BODY):
        raise ObjectsError(f"object '{name}': rigid_body: knows {', '.join(BODY)}, got {given}")
    for key, value in given.items():
        if problem := BODY[key].problem(value):
            raise ObjectsError(f"object '{name}': rigid_body: {key}: {problem}")
    return {**_BODY_DEFAULTS, **given}
