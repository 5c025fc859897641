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

Span = tuple[float | None, float | None]
"""From when to when, as shares of the run in [0, 1]; None where it is open."""

DEFAULT_STRENGTH = 0.1
"""The ``threshold_strength`` of NEARBY_AT where none is given, as in Listing 2."""


@dataclass(frozen=True)
class ObjectId:
    """``OBJECT_ID(color, shape)``: the one object of this colour and shape; "any" matches all."""

    color: str
    shape: str

    def __str__(self) -> str:
        return f"OBJECT_ID({value_text(self.color)}, {value_text(self.shape)})"


Target = str | int | ObjectId
"""An object: its name, the number with which its name ends, or how it looks."""


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
    """``EVENT(uid, params, since, until)``: the event begins, from and up to these shares of the run."""

    uid: str
    params: Parameters = ()
    since: float | None = None
    until: float | None = None

    @property
    def span(self) -> Span:
        """From when to when."""
        return self.since, self.until

    def __str__(self) -> str:
        return f"EVENT({event_text(self.uid, self.params)}{_named(since=self.since, until=self.until)})"


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
        deltas = _named(min_delta=self.min_delta, max_delta=self.max_delta)
        return f"AFTER({_pair(self.first, self.second)}{deltas}{_both(self.first_params, self.second_params)})"


@dataclass(frozen=True)
class OnlyAfter(Node):
    """``ONLY_AFTER(uid_a, uid_b, first_params, second_params)``: no a begins before the first b has."""

    first: str
    second: str
    first_params: Parameters = ()
    second_params: Parameters = ()

    def __str__(self) -> str:
        return f"ONLY_AFTER({_pair(self.first, self.second)}{_both(self.first_params, self.second_params)})"


@dataclass(frozen=True)
class SameCount(Node):
    """``SAME_COUNT(uid_a, uid_b, first_params, second_params)``: both occur equally often."""

    first: str
    second: str
    first_params: Parameters = ()
    second_params: Parameters = ()

    def __str__(self) -> str:
        return f"SAME_COUNT({_pair(self.first, self.second)}{_both(self.first_params, self.second_params)})"


@dataclass(frozen=True)
class Count(Node):
    """``COUNT``, ``GT``, ``LT`` of ``(uid, count, params, since, until)``: exactly, more, fewer occurrences.

    ``since`` and ``until`` are those of `EventNode`.
    """

    comparison: str
    uid: str
    count: int
    params: Parameters = ()
    since: float | None = None
    until: float | None = None

    @property
    def span(self) -> Span:
        """From when to when."""
        return self.since, self.until

    def __str__(self) -> str:
        rest = f", {params_text(self.params)}" if self.params else ""
        rest += _named(since=self.since, until=self.until)
        return f"{self.comparison}({value_text(self.uid)}, {self.count}{rest})"


@dataclass(frozen=True)
class NearbyAt(Node):
    """``NEARBY_AT(object, x, y, z, t, threshold_strength)``: the object's origin is near a point at ``t`` of the run,
    in [0, 1]; near is within ``threshold_strength`` times the scene's size.

    Coordinates are in m; in a planar scene x and y are the plane's, in its units. Without ``z`` a 3D scene compares
    the horizontal ones alone.
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
        numbers = _named(x=self.x, y=self.y, z=self.z, t=self.t, threshold_strength=self.threshold_strength)
        return f"NEARBY_AT({value_text(self.target)}{numbers})"


@dataclass(frozen=True)
class Nearby(Node):
    """``NEARBY(obj_a, obj_b, t, threshold_strength)``: the surfaces of two objects are near each other at ``t``; time
    and strength are those of `NearbyAt`."""

    first: Target
    second: Target
    t: float
    threshold_strength: float = DEFAULT_STRENGTH

    def __str__(self) -> str:
        numbers = _named(t=self.t, threshold_strength=self.threshold_strength)
        return f"NEARBY({value_text(self.first)}, {value_text(self.second)}{numbers})"


@dataclass(frozen=True)
class Touching(Node):
    """``TOUCHING(obj_a, obj_b, t)``: two objects touch at ``t`` of the run."""

    first: Target
    second: Target
    t: float

    def __str__(self) -> str:
        return f"TOUCHING({value_text(self.first)}, {value_text(self.second)}, t={value_text(self.t)})"


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


def _named(**given: float | None) -> str:
    """Numbers as keyword arguments after others."""
    return "".join(f", {name}={value_text(value)}" for name, value in given.items() if value is not None)


def _pair(first: str, second: str) -> str:
    return f"{value_text(first)}, {value_text(second)}"


def _both(first: Parameters, second: Parameters) -> str:
    """The parameters of both events as keyword arguments after others."""
    named = {"first_params": first, "second_params": second}
    return "".join(f", {name}={params_text(params)}" for name, params in named.items() if params)
