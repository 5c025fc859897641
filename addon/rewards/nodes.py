"""The expressions of the reward language (Discovering High Level Patterns, Section 3.3 and Listing 2).

``str(node)`` is an expression that parses to an equal node.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Parameters = tuple[tuple[str, Any], ...]
"""Names and wanted values of parameters; a value is a text, a number, True, False, None, an `ObjectId` or a tuple."""

DEFAULT_STRENGTH = 0.1
"""The ``threshold_strength`` of NEARBY_AT where none is given, as in Listing 2."""


@dataclass(frozen=True)
class ObjectId:
    """``OBJECT_ID(color, shape)``: the one object of this colour and primitive shape; "any" matches all."""

    color: str
    shape: str

    def __str__(self) -> str:
        return f"OBJECT_ID({value_text(self.color)}, {value_text(self.shape)})"


Target = str | ObjectId


@dataclass(frozen=True)
class Node:
    """One call in an expression; ``line`` and ``column`` (from 1) tell where it stands."""

    line: int = field(default=0, compare=False, kw_only=True)
    column: int = field(default=0, compare=False, kw_only=True)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"line {self.line}, column {self.column}"


@dataclass(frozen=True)
class EventNode(Node):
    """``EVENT(uid, params)``: the event occurs."""

    uid: str
    params: Parameters = ()

    def __str__(self) -> str:
        return f"EVENT({event_text(self.uid, self.params)})"


@dataclass(frozen=True)
class Logic(Node):
    """``AND``, ``OR`` of one or more and ``NOT`` of one expression."""

    operator: str
    operands: tuple[Node, ...]

    def __str__(self) -> str:
        return f"{self.operator}({', '.join(map(str, self.operands))})"


@dataclass(frozen=True)
class After(Node):
    """``AFTER(uid_a, uid_b, min_delta, max_delta, first_params, second_params)``: a begins after b (seconds).

    ``WITHIN(uid_a, uid_b, window, event_params, reference_params)`` is one with ``max_delta=window``. Without
    ``min_delta`` the two must not be at the same time; with 0 they may.
    """

    first: str
    second: str
    min_delta: float | None = None
    max_delta: float | None = None
    first_params: Parameters = ()
    second_params: Parameters = ()

    def __str__(self) -> str:
        given = {"min_delta": self.min_delta, "max_delta": self.max_delta}
        parts = [value_text(self.first), value_text(self.second)]
        parts += [f"{name}={value_text(value)}" for name, value in given.items() if value is not None]
        named = {"first_params": self.first_params, "second_params": self.second_params}
        parts += [f"{name}={params_text(params)}" for name, params in named.items() if params]
        return f"AFTER({', '.join(parts)})"


@dataclass(frozen=True)
class Count(Node):
    """``COUNT``, ``GT``, ``LT`` of ``(uid, count, params)``: exactly, more, fewer occurrences."""

    comparison: str
    uid: str
    count: int
    params: Parameters = ()

    def __str__(self) -> str:
        rest = f", {params_text(self.params)}" if self.params else ""
        return f"{self.comparison}({value_text(self.uid)}, {self.count}{rest})"


@dataclass(frozen=True)
class NearbyAt(Node):
    """``NEARBY_AT(object, x, y, z, t, threshold_strength)``: the object's origin is near a point (m) at ``t`` of the
    run, in [0, 1]; near is within ``threshold_strength`` times the scene's size.

    Three numbers after the object are the 2D form ``(x, y, t)``; four or five are 3D. ``z`` is None in 2D.
    """

    target: Target
    x: float
    y: float
    z: float | None
    t: float
    threshold_strength: float = DEFAULT_STRENGTH

    @property
    def point(self) -> tuple[float, ...]:
        """The two or three coordinates."""
        return (self.x, self.y) if self.z is None else (self.x, self.y, self.z)

    def __str__(self) -> str:
        names = ("x", "y", "z", "t", "threshold_strength")
        given = [(name, getattr(self, name)) for name in names]
        numbers = ", ".join(f"{name}={value_text(value)}" for name, value in given if value is not None)
        return f"NEARBY_AT({value_text(self.target)}, {numbers})"


def walk(expression: Node) -> Iterator[Node]:
    """The expression and all within it, outermost first."""
    yield expression
    if isinstance(expression, Logic):
        for operand in expression.operands:
            yield from walk(operand)


def value_text(value: Any) -> str:
    """A value as the language writes it."""
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(map(value_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def params_text(params: Parameters) -> str:
    """Parameters as the language writes them."""
    return "{" + ", ".join(f"{value_text(name)}: {value_text(value)}" for name, value in params) + "}"


def event_text(uid: str, params: Parameters) -> str:
    """An event's uid and parameters as arguments."""
    return value_text(uid) + (f", {params_text(params)}" if params else "")
