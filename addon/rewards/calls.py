"""From a function's arguments to an expression, with a check of each argument's kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..fields import REACH
from .errors import DslError
from .nodes import (
    DEFAULT_STRENGTH,
    After,
    Count,
    EventNode,
    Nearby,
    NearbyAt,
    Node,
    ObjectId,
    OnlyAfter,
    Parameters,
    SameCount,
    Span,
    Target,
    Touching,
)

Arguments = dict[str, Any]


NEAREST, FARTHEST = 1e-6, 1e3
"""Between which a ``threshold_strength`` lies."""

MOST = 1_000_000
"""The largest count."""


class Call:
    """The arguments of a call by name; ``where`` is its place as a node has it."""

    def __init__(self, name: str, bound: Arguments, line: int, column: int) -> None:
        self.name, self.bound = name, bound
        self.where = {"line": line, "column": column}

    def made(self) -> Node | ObjectId:
        """What the call stands for. Raises DslError for an argument of the wrong kind."""
        return MAKERS[self.name](self)

    def text(self, key: str) -> str:
        """A text."""
        value = self.bound[key]
        if not isinstance(value, str):
            raise self.error(f"needs a text in quotes for {key}", value)
        return value

    def number(self, key: str, least: float = -math.inf, most: float = math.inf) -> float:
        """A number within bounds."""
        value = self.bound[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"needs a number for {key}", value)
        if not least <= value <= most:
            limits = f"at least {least:g}" if math.isinf(most) else f"from {least:g} to {most:g}"
            raise self.error(f"needs a {key} {limits}", value)
        return value

    def optional(self, key: str, least: float = 0.0, most: float = math.inf) -> float | None:
        """A number, None if it is not given or is none."""
        return None if self.bound.get(key) is None else self.number(key, least, most)

    def params(self, key: str) -> Parameters:
        """The parameters of an event."""
        value = self.bound.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.error(f'needs {{"name": value}} for {key}', value)
        return tuple((value or {}).items())

    def target(self, key: str) -> Target:
        """An object."""
        value = self.bound[key]
        if isinstance(value, bool) or not isinstance(value, str | int | ObjectId):
            raise self.error(f"needs an object's name, its number or OBJECT_ID(...) for {key}", value)
        return value

    def strength(self) -> float:
        """How near is near."""
        strength = self.number("threshold_strength") if "threshold_strength" in self.bound else DEFAULT_STRENGTH
        if not NEAREST <= strength <= FARTHEST:
            raise self.error(f"needs a threshold_strength from {NEAREST:g} to {FARTHEST:g}", strength)
        return strength

    def span(self) -> Span:
        """From when to when."""
        since, until = self.optional("since", 0, 1), self.optional("until", 0, 1)
        if since is not None and until is not None and since > until:
            raise self.error("needs an until of at least since", until)
        return since, until

    def error(self, what: str, value: Any) -> DslError:
        """What is wrong with a value."""
        return DslError(f"{self.place}: {self.name} {what}, got {value!r}")

    @property
    def place(self) -> str:
        """Where the call stands, in words."""
        return f"line {self.where['line']}, column {self.where['column']}"


def _object_id(call: Call) -> ObjectId:
    return ObjectId(call.text("color"), call.text("shape"))


def _event(call: Call) -> Node:
    return EventNode(call.text("uid"), call.params("params"), *call.span(), **call.where)


def _count(call: Call) -> Node:
    count = call.number("count", 0, MOST)
    if count != int(count):
        raise call.error("needs a whole number for count", count)
    if call.name == "LT" and count == 0:
        raise call.error("can never hold: nothing occurs fewer than 0 times; write COUNT(…, 0) for never", 0)
    return Count(call.name, call.text("uid"), int(count), call.params("params"), *call.span(), **call.where)


def _after(call: Call) -> Node:
    within = call.name == "WITHIN"
    low, high = (None, call.number("window", 0)) if within else (call.optional("min_delta"), call.optional("max_delta"))
    if low is not None and high is not None and low > high:
        raise call.error("needs a max_delta of at least min_delta", high)
    if low is None and high == 0:
        raise call.error("can never hold: nothing is after what is at the same time; write AFTER(…, 0, 0)", high)
    keys = ("event_params", "reference_params") if within else ("first_params", "second_params")
    first, second = (call.params(key) for key in keys)
    return After(call.text("uid_a"), call.text("uid_b"), low, high, first, second, **call.where)


def _both(make: Callable[..., Node]) -> Callable[[Call], Node]:
    def made(call: Call) -> Node:
        params = call.params("first_params"), call.params("second_params")
        return make(call.text("uid_a"), call.text("uid_b"), *params, **call.where)

    return made


def _nearby_at(call: Call) -> Node:
    x, y, z = call.number("x", -REACH, REACH), call.number("y", -REACH, REACH), call.optional("z", -REACH, REACH)
    return NearbyAt(call.target("obj_id"), x, y, z, call.number("t", 0, 1), call.strength(), **call.where)


def _nearby(call: Call) -> Node:
    pair = call.target("obj_a"), call.target("obj_b")
    return Nearby(*pair, call.number("t", 0, 1), call.strength(), **call.where)


def _touching(call: Call) -> Node:
    return Touching(call.target("obj_a"), call.target("obj_b"), call.number("t", 0, 1), **call.where)


MAKERS: dict[str, Callable[[Call], Node | ObjectId]] = {
    "EVENT": _event,
    "AFTER": _after,
    "WITHIN": _after,
    "ONLY_AFTER": _both(OnlyAfter),
    "COUNT": _count,
    "GT": _count,
    "LT": _count,
    "SAME_COUNT": _both(SameCount),
    "NEARBY_AT": _nearby_at,
    "NEARBY": _nearby,
    "TOUCHING": _touching,
    "OBJECT_ID": _object_id,
}
