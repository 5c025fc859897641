"""The commit validator: what a worker proposes is checked again before the engine sees it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from .budgets import Budgets
from .errors import ScriptError
from .job import WIDTHS
from .language import BODY_FIELDS, CONSTRAINT_FIELDS

REACH = 1e6
"""Greatest coordinate (m) and speed (m/s, rad/s) that a script may write."""

Proposal = tuple[Any, str, str, Any]
"""Target (object, constraint or scene), name, field and value, vectors as tuples."""

_VECTORS = {**WIDTHS, "rotation_euler": 3}
_RANGES = {"linear_damping": (0.0, 1.0), "angular_damping": (0.0, 1.0), "mass": (1e-6, 1e9)}


class Validator:
    """Knows the names of one scene; `writes` passes on proposals that fit it or raises ScriptError.

    ``bodies`` says for each object whether it has a rigid body.
    """

    def __init__(self, bodies: Mapping[str, bool], constraints: Collection[str], budgets: Budgets) -> None:
        self._bodies = dict(bodies)
        self._constraints = set(constraints)
        self._holders = self._constraints - set(bodies)
        self._budgets = budgets

    def writes(self, proposed: Any) -> list[Proposal]:
        """All proposals of a step, or ScriptError (kind ``failed``) for the first that does not fit."""
        if not isinstance(proposed, list):
            raise ScriptError("worker", "the script worker sent something that is not a list of writes")
        return [self._write(item) for item in proposed]

    def _write(self, item: Any) -> Proposal:
        try:
            target, name, field, value = item
            value = tuple(value) if isinstance(value, list) else value
            problem = self._problem(target, name, field, value)
        except (TypeError, ValueError, AttributeError):
            raise ScriptError("worker", "the script worker sent a write of an unknown form") from None
        if problem:
            raise ScriptError("failed", f"{name or 'scene'}: {field}: {problem}; nothing of this step was applied")
        return target, name, field, value

    def _problem(self, target: str, name: str, field: str, value: Any) -> str | None:
        if target == "scene":
            return self._vector(value, 3) if field == "gravity" else "a scene has no such field"
        if target == "constraint":
            if name not in self._constraints or field not in CONSTRAINT_FIELDS:
                return "there is no such constraint or field"
            return self._flag(value) if field == "enabled" else self._number(value, field)
        if target != "object" or name not in self._bodies:
            return "a constraint's holder cannot be moved" if name in self._holders else "there is no such object"
        group, _, rest = field.partition(".")
        if group in _VECTORS:
            return self._pose(group, value)
        if group == "rigid_body":
            return self._body(name, rest, value)
        if group in ("property", "delete"):
            return self._property(rest, value)
        return self._flag(value) if field == "hide_viewport" else "an object has no such field"

    def _pose(self, field: str, value: Any) -> str | None:
        problem = self._vector(value, _VECTORS[field])
        if problem is None and field == "rotation_quaternion" and sum(v * v for v in value) < 1e-12:
            return "a rotation cannot have length zero"
        if problem is None and field == "scale" and any(abs(v) < 1e-6 for v in value):
            return "a scale factor cannot be zero"
        return problem

    def _body(self, name: str, field: str, value: Any) -> str | None:
        if not self._bodies[name] or field not in BODY_FIELDS:
            return "the object has no rigid body or no such setting"
        if field in ("enabled", "kinematic"):
            return self._flag(value)
        if field == "type":
            return None if value in ("ACTIVE", "PASSIVE") else "the type is 'ACTIVE' or 'PASSIVE'"
        return self._number(value, field)

    def _property(self, key: str, value: Any) -> str | None:
        if not key.isprintable() or not 1 <= len(key.encode()) <= 63 or key.startswith("cdyn_"):
            return "a property's name has 1 to 63 printable bytes and does not begin with cdyn_"
        if isinstance(value, str) and len(value) > self._budgets.property_chars:
            return f"a text of more than {self._budgets.property_chars} characters (property_chars)"
        if isinstance(value, str) and ("\0" in value or not _encodable(value)):
            return "a text with characters that no file can hold"
        if isinstance(value, int) and not isinstance(value, bool) and not -(2**31) <= value < 2**31:
            return "a whole number beyond 32 bits"
        if isinstance(value, float) and not math.isfinite(value):
            return f"not a finite number: {value}"
        return None if isinstance(value, bool | int | float | str) else "a property holds a number, True, False or text"

    def _vector(self, value: Any, size: int) -> str | None:
        if not isinstance(value, tuple) or len(value) != size:
            return f"needs {size} numbers"
        for number in value:
            if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
                return f"not a finite number: {number}"
            if abs(number) > REACH:
                return f"{number:g} is beyond the reach of {REACH:g}"
        return None

    def _number(self, value: Any, field: str) -> str | None:
        low, high = _RANGES.get(field, (0.0 if field in BODY_FIELDS else -REACH, REACH))
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return f"not a finite number: {value}"
        return None if low <= value <= high else f"{value:g} is outside {low:g} to {high:g}"

    def _flag(self, value: Any) -> str | None:
        return None if isinstance(value, bool) else f"needs True or False, got {value!r}"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
