"""The one table of what a write may change: fields with their types and ranges, in SI units and the world frame.

The script worker, the commit validator and the engine check against it, and the documents are made from it. It needs
the built-in types alone, for the worker starts with little more.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from math import inf, isfinite

TYPE_CHECKING = False  # `typing` itself would be one more module for the worker.
if TYPE_CHECKING:
    from typing import Protocol

    class BodySettings(Protocol):
        """What says who moves a rigid body: settings of the scene graph, of Blender or of the script worker."""

        @property
        def type(self) -> str:
            """ACTIVE or PASSIVE."""

        @property
        def enabled(self) -> bool:
            """Whether it takes part in the simulation."""

        @property
        def kinematic(self) -> bool:
            """Whether it follows its object."""


REACH = 1e6
"""Greatest size of a number in a write; single precision is too coarse for dynamics beyond it."""

BRIGHTEST = 1e12
"""Greatest power of a light in W."""

KEY_BYTES = 63
"""Longest name of a custom property, and of a shape key, in Blender."""

MOST_NUMBERS = 16
"""How many numbers one custom property may hold."""

OWN_PREFIX = "cdyn_"
"""Custom properties of this extension begin with it; scripts keep off them."""


class Field:
    """One field: a flag (True or False), a choice of texts, a text, a number, or ``size`` numbers from low to high."""

    __slots__ = ("choices", "high", "kind", "low", "meaning", "size")

    def __init__(
        self,
        kind: str,
        meaning: str,
        *,
        size: int = 1,
        low: float = -REACH,
        high: float = REACH,
        choices: tuple[str, ...] = (),
    ) -> None:
        self.kind, self.meaning, self.size = kind, meaning, size
        self.low, self.high, self.choices = low, high, choices

    def problem(self, value: object) -> str | None:
        """Why the field cannot hold a value, or None."""
        if self.kind == "flag":
            return None if isinstance(value, bool) else f"needs True or False, got {_shown(value)}"
        if self.kind == "choice":
            names = " or ".join(repr(choice) for choice in self.choices)
            return None if value in self.choices else f"needs {names}, got {_shown(value)}"
        if self.kind == "text":
            return _text_problem(value, None) if isinstance(value, str) else f"needs a text, got {_shown(value)}"
        if self.kind == "number":
            return self._number(value)
        if not isinstance(value, tuple | list) or len(value) != self.size:
            return f"needs {self.size} numbers, got {_shown(value)}"
        return next((p for p in map(self._number, value) if p), None)

    def _number(self, value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"needs a number, got {_shown(value)}"
        if self.low <= value <= self.high:
            return None
        if isinstance(value, float) and not isfinite(value):
            return f"needs a finite number, got {value}"
        return f"needs a number from {self.low:g} to {self.high:g}, got {_shown(value)}"


def _vector(meaning: str, size: int = 3) -> Field:
    return Field("vector", meaning, size=size)


def _number(meaning: str, low: float = 0.0, high: float = REACH) -> Field:
    return Field("number", meaning, low=low, high=high)


def _color(meaning: str, size: int = 4) -> Field:
    return Field("vector", f"{'RGBA' if size == 4 else 'RGB'}, each 0 to 1: {meaning}", size=size, low=0.0, high=1.0)


_FLAG = Field("flag", "True or False")

OBJECT: Mapping[str, Field] = {
    "location": _vector("Vector, metres"),
    "rotation_euler": _vector("Euler, radians"),
    "rotation_quaternion": _vector("Quaternion (w, x, y, z)", 4),
    "scale": _vector("Vector; positive for an object with a rigid body"),
    "velocity": _vector("Vector, m/s; for an ACTIVE body write it once, at an event"),
    "angular_velocity": _vector("Vector, rad/s"),
    "hide_viewport": _FLAG,
    "hide_render": Field("flag", "True or False: not in pictures"),
}
PUSHES: Mapping[str, Field] = {
    "force": _vector("Vector, newtons, in this step"),
    "impulse": _vector("Vector, newton seconds, in this step"),
}
"""What an object that physics moves gets in one step; nothing of it stays."""

LOOKS: Mapping[str, Field] = {
    "color": _color("of the object itself, which the viewport shows where it is set to"),
    "material.color": _color("its surface"),
    "material.emission_color": _color("what its surface emits"),
    "material.emission_strength": _number("how strongly its surface shines; 0 is not at all"),
    "light.energy": _number("W; of a sun, W/m²", -BRIGHTEST, BRIGHTEST),
    "light.color": _color("its light", 3),
    "text.body": Field("text", "what it reads"),
}
"""What is seen of an object besides its pose, as far as it has a surface, is a light or a text."""

SHAPE_KEY = _number("0 as it is, 1 wholly deformed", -10.0, 10.0)
"""The value of a shape key; among what is seen of an object it is ``shape_key.<name>``."""

_NO_LOOK = {
    "light": "the object is no light; to let a mesh shine, write the emission of its material",
    "text": "the object is no text object",
    "shape_key": "the object has no such shape key",
    "material": "the object has no surface of which this could be written, or nodes of its shader set it",
    "color": "the object has no surface",
}


def look(name: str) -> Field | None:
    """The field of what is seen that has a name; None for any other name."""
    return SHAPE_KEY if name.startswith("shape_key.") else LOOKS.get(name)


BODY: Mapping[str, Field] = {
    "type": Field("choice", "'ACTIVE' or 'PASSIVE'", choices=("ACTIVE", "PASSIVE")),
    "mass": _number("kg", 1e-6, 1e9),
    "friction": _number("number"),
    "restitution": _number("number"),
    "linear_damping": _number("0 to 1", 0.0, 1.0),
    "angular_damping": _number("0 to 1", 0.0, 1.0),
    "enabled": _FLAG,
    "kinematic": Field("flag", "True: moved by the script; False: by physics"),
}
CONSTRAINT: Mapping[str, Field] = {
    "enabled": _FLAG,
    "motor_lin_target_velocity": _number("m/s", -REACH),
    "motor_ang_target_velocity": _number("rad/s", -REACH),
}
SCENE: Mapping[str, Field] = {"gravity": _vector("Vector, m/s²")}
PHYSICS: Mapping[str, str] = {
    "substeps_per_frame": "substeps of physics in each step, read only",
    "time_scale": "seconds of physics in a second, read only",
}
"""What scripts may know of the rigid-body world."""


def moved_by_physics(body: BodySettings | None) -> bool:
    """Whether forces move a rigid body of these settings; None is no body."""
    return body is not None and body.type == "ACTIVE" and body.enabled and not body.kinematic


_SWING = 1.5
"""The greatest angle, in radians, by which a spring may swing a body in a step."""

_SUBSTEP_SWING = 0.3
"""The same for each of a step's substeps: beyond it the swing grows by more than a hundredth."""


def stiffest_spring(mass: float, length: float, substeps: int) -> float:
    """Greatest stiffness in N/m of a spring that swings ``mass`` kg in steps of ``length`` s of physics."""
    return mass * (min(_SWING, _SUBSTEP_SWING * substeps) / length) ** 2 if length else inf


_TABLES = {"object": {**OBJECT, **PUSHES}, "constraint": CONSTRAINT, "scene": SCENE}


def problem_of(
    target: str,
    field: str,
    value: object,
    *,
    has_body: bool = False,
    longest_text: int | None = None,
    settable: Container[str] | None = None,
    looks: Container[str] = (),
) -> str | None:
    """Why a write does not do, or None; the caller knows whether there is a ``target`` of its name.

    ``field`` is a field of the target's table, ``rigid_body.<field>``, ``property.<key>`` or ``delete.<key>``. Vectors
    are tuples or lists. ``has_body`` tells whether the object has a rigid body, ``longest_text`` how many characters a
    property may have, ``settable`` which fields a constraint has; None is all. ``looks`` are the names of what is seen
    of the object.
    """
    group, dot, rest = field.partition(".")
    if target == "object" and (seen := look(field)) is not None:
        if field not in looks:
            return _NO_LOOK[group]
        return seen.problem(value) or (_text_problem(value, longest_text) if isinstance(value, str) else None)
    if target == "object" and dot:
        return _part_problem(group, rest, value, has_body, longest_text)
    known = _TABLES.get(target, {}).get(field)
    if known is None:
        return "it cannot be written"
    if settable is not None and field not in settable:
        return "the constraint has no such motor"
    if target == "object" and field in PUSHES and not has_body:
        return "the object has no rigid body that a force could move; write its location"
    return known.problem(value) or (_pose_problem(field, value, has_body) if target == "object" else None)


def _part_problem(group: str, name: str, value: object, has_body: bool, longest_text: int | None) -> str | None:
    if group == "rigid_body":
        if not has_body:
            return "the object has no rigid body"
        return BODY[name].problem(value) if name in BODY else "it cannot be written"
    if group not in ("property", "delete"):
        return "it cannot be written"
    return _key_problem(name) or (None if group == "delete" else property_problem(value, longest_text))


def _pose_problem(field: str, value: object, has_body: bool) -> str | None:
    if not isinstance(value, tuple | list):
        return None
    if field == "rotation_quaternion" and sum(v * v for v in value) < 1e-12:
        return "a quaternion of length zero is no rotation"
    if field == "scale" and any(abs(v) < 1e-6 for v in value):
        return f"a scale factor cannot be zero, got {_shown(tuple(value))}"
    if field == "scale" and has_body and min(value) < 0:
        return f"the scale factors of an object with a rigid body must be positive, got {_shown(tuple(value))}"
    return None


def _key_problem(key: str) -> str | None:
    if not key or not key.isprintable() or len(key.encode()) > KEY_BYTES:
        return f"a property's name has 1 to {KEY_BYTES} printable bytes"
    return f"names with {OWN_PREFIX} in front are taken" if key.startswith(OWN_PREFIX) else None


def property_problem(value: object, longest_text: int | None = None) -> str | None:
    """Why a custom property cannot hold a value, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return None if -(2**31) <= value < 2**31 else "a property holds whole numbers of up to 32 bits; make it a float"
    if isinstance(value, float):
        return None if isfinite(value) else f"needs a finite number, got {value}"
    if isinstance(value, str):
        return _text_problem(value, longest_text)
    if isinstance(value, tuple | list):
        return _row_problem(value)
    kind = type(value).__name__
    return f"a property holds a number, True, False, a text or a few numbers, got {kind}; keep other values in `state`"


def _row_problem(values: tuple[object, ...] | list[object]) -> str | None:
    """Why several numbers cannot be a property, or None."""
    if not 1 <= len(values) <= MOST_NUMBERS:
        return f"a property holds 1 to {MOST_NUMBERS} numbers, got {len(values)}; keep longer lists in `state`"
    if any(isinstance(v, bool) or not isinstance(v, int | float) for v in values):
        return "a property holds numbers, got a list of other things; keep such lists in `state`"
    return next((problem for v in values if (problem := property_problem(v))), None)


def _text_problem(text: str, longest: int | None) -> str | None:
    if longest is not None and len(text) > longest:
        return f"a text of more than {longest} characters (property_chars)"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "a text with characters that no file can hold"
    return "a text with characters that no file can hold" if "\0" in text else None


def _shown(value: object) -> str:
    text = hex(value) if type(value) is int and abs(value) > 1e15 else repr(value)
    return text if len(text) <= 60 else text[:60] + "…"


VARIED: Mapping[str, str] = {
    "location.x": "Where the object starts along x, m",
    "location.y": "Where the object starts along y, m",
    "location.z": "Where the object starts along z, m",
    "velocity.x": "How fast the object starts along x, m/s",
    "velocity.y": "How fast the object starts along y, m/s",
    "velocity.z": "How fast the object starts along z, m/s",
    "turn.x": "Degrees that the object is turned from how it stands, about x",
    "turn.y": "Degrees that the object is turned from how it stands, about y",
    "turn.z": "Degrees that the object is turned from how it stands, about z",
    "radius": "Half the greater of the object's widths along x and y, m; it keeps its proportions",
    "dimensions.x": "Width along the object's own x, m",
    "dimensions.y": "Width along the object's own y, m",
    "dimensions.z": "Width along the object's own z, m",
    "scale": "How many times as large as it is the object becomes",
    "body.mass": "Mass, kg",
    "body.friction": "Friction, as Blender has it",
    "body.restitution": "Bounciness, as Blender has it",
    "body.linear_damping": "Damping of motion, 0 to 1",
    "body.angular_damping": "Damping of spin, 0 to 1",
}
"""What a search may vary of an object in space, and what each is; `jobs.search.quantities` has how."""
