"""From text to expressions."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import lark

from .errors import DslError, nearest
from .nodes import DEFAULT_STRENGTH, After, Count, EventNode, Logic, NearbyAt, Node, ObjectId, Parameters

SIGNATURES: dict[str, tuple[tuple[str, ...], int]] = {
    "EVENT": (("uid", "params"), 1),
    "AFTER": (("uid_a", "uid_b", "min_delta", "max_delta", "first_params", "second_params"), 2),
    "WITHIN": (("uid_a", "uid_b", "window", "event_params", "reference_params"), 3),
    "COUNT": (("uid", "count", "params"), 2),
    "GT": (("uid", "count", "params"), 2),
    "LT": (("uid", "count", "params"), 2),
    "NEARBY_AT": (("obj_id", "x", "y", "z", "t", "threshold_strength"), 3),
    "OBJECT_ID": (("color", "shape"), 2),
}
"""The arguments of each function in order, and how many of them must be given."""

LOGIC = ("AND", "OR", "NOT")
FUNCTIONS = (*LOGIC, *SIGNATURES)

Arguments = dict[str, Any]


@cache
def _parser() -> lark.Lark:
    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(text, parser="lalr", propagate_positions=True)


def parse(text: str) -> Node:
    """Parse one expression. Raises DslError with line and column."""
    try:
        return _node(_parser().parse(text).children[0])
    except lark.UnexpectedEOF:
        raise _ends_early(text) from None
    except lark.UnexpectedInput as error:
        if getattr(error, "token", None) is not None and error.token.type == "$END":  # type: ignore[attr-defined]
            raise _ends_early(text) from None
        context = error.get_context(text, 30).rstrip()
        raise DslError(f"line {error.line}, column {error.column}: not an expression here\n{context}") from None
    except RecursionError:
        raise DslError("line 1, column 1: the expression is nested too deeply") from None


def _ends_early(text: str) -> DslError:
    lines = text.split("\n")
    return DslError(
        f"line {len(lines)}, column {len(lines[-1]) + 1}: the expression ends too early; a bracket is not closed"
    )


def _node(tree: Any) -> Node:
    made = _value(tree)
    if not isinstance(made, Node):
        raise DslError(f"{_place(tree)}: an expression is needed here, such as EVENT(...) or AND(...)")
    return made


def _value(tree: Any) -> Any:
    match tree.data:
        case "text":
            return _string(tree.children[0])
        case "number":
            return _literal_number(tree)
        case "true" | "false":
            return tree.data == "true"
        case "none":
            return None
        case "list":
            return tuple(_plain(c) for c in tree.children if c is not None)
        case "dict":
            return _dict(tree)
    return _call(tree)


def _plain(tree: Any) -> Any:
    """A value within a list or a parameter."""
    made = _value(tree)
    if isinstance(made, dict | Node):
        raise DslError(f"{_place(tree)}: a text, a number, a list or OBJECT_ID(...) is needed here")
    return made


def _dict(tree: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for pair in tree.children:
        if pair is not None:
            name = _string(pair.children[0])
            if name in made:
                raise DslError(f"{_place(pair)}: '{name}' is given twice")
            made[name] = _plain(pair.children[1])
    return made


def _string(token: Any) -> str:
    """The text between quotes; escapes are those of JSON, and \\'."""
    inside = str(token)[1:-1]
    if token[0] == "'":
        inside = re.sub(r'(\\.)|"', lambda m: m.group(1) or '\\"', inside)
    inside = re.sub(r"(\\[^'])|\\'", lambda m: m.group(1) or "'", inside)
    try:
        return str(json.loads(f'"{inside}"', strict=False))
    except ValueError:
        raise DslError(
            f"line {token.line}, column {token.column}: the text {token} has a \\ that escapes nothing; write \\\\"
        ) from None


def _literal_number(tree: Any) -> int | float:
    text = str(tree.children[0])
    number = float(text)
    if not math.isfinite(number):
        raise DslError(f"{_place(tree)}: {text} is too large a number")
    return int(text) if re.fullmatch(r"[+-]?\d{1,15}", text) else number


def _call(tree: Any) -> Any:
    name = str(tree.children[0]).upper()
    if name not in FUNCTIONS:
        raise DslError(f"{_place(tree)}: unknown function '{tree.children[0]}'; {nearest(name, FUNCTIONS)}")
    given = [a for a in (tree.children[1].children if tree.children[1] is not None else ()) if a is not None]
    where = {"line": tree.meta.line, "column": tree.meta.column}
    if name in LOGIC:
        if not given or (name == "NOT" and len(given) != 1) or any(a.data == "keyword" for a in given):
            raise DslError(f"{_place(tree)}: {name} takes {'one expression' if name == 'NOT' else 'expressions'}")
        return Logic(name, tuple(_node(a) for a in given), **where)
    bound = _bind(tree, name, given)
    make = {"OBJECT_ID": _object_id, "NEARBY_AT": _nearby, "EVENT": _event, "AFTER": _after, "WITHIN": _after}
    return make.get(name, _count)(_Call(name, bound, _place(tree)), where)


def _bind(tree: Any, name: str, given: list[Any]) -> Arguments:
    """The arguments by name."""
    names, least = SIGNATURES[name]
    positional = [a for a in given if a.data != "keyword"]
    if name == "NEARBY_AT" and len(positional) == 4 and not _has_keyword(given, "z") and not _has_keyword(given, "t"):
        names = ("obj_id", "x", "y", "t", "threshold_strength")
    if len(positional) > len(names):
        raise DslError(f"{_place(tree)}: {name} takes at most {len(names)} values: {', '.join(names)}")
    bound = {n: _value(a) for n, a in zip(names, positional, strict=False)}
    for argument in given:
        if argument.data == "keyword":
            key = str(argument.children[0])
            if key not in SIGNATURES[name][0]:
                raise DslError(f"{_place(argument)}: '{key}' does not fit {name}; {nearest(key, names)}")
            if key in bound:
                raise DslError(f"{_place(argument)}: {name} gets '{key}' twice")
            bound[key] = _value(argument.children[1])
    missing = [n for n in names[:least] if n not in bound]
    if name == "NEARBY_AT" and "t" not in bound:
        missing.append("t")
    if missing:
        raise DslError(f"{_place(tree)}: {name} needs {', '.join(missing)}")
    return bound


class _Call:
    """The arguments of a call, taken out with a check of their kind."""

    def __init__(self, name: str, bound: Arguments, place: str) -> None:
        self.name, self.bound, self.place = name, bound, place

    def text(self, key: str) -> str:
        value = self.bound[key]
        if not isinstance(value, str):
            raise self.error(f"needs a text in quotes for {key}", value)
        return value

    def number(self, key: str, least: float = -math.inf, most: float = math.inf) -> float:
        value = self.bound[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"needs a number for {key}", value)
        if not least <= value <= most:
            limits = f"at least {least:g}" if math.isinf(most) else f"from {least:g} to {most:g}"
            raise self.error(f"needs a {key} {limits}", value)
        return value

    def optional(self, key: str, least: float = 0.0) -> float | None:
        return None if self.bound.get(key) is None else self.number(key, least)

    def params(self, key: str) -> Parameters:
        value = self.bound.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.error(f'needs {{"name": value}} for {key}', value)
        return tuple((value or {}).items())

    def error(self, what: str, value: Any) -> DslError:
        return DslError(f"{self.place}: {self.name} {what}, got {value!r}")


def _object_id(call: _Call, where: dict[str, int]) -> ObjectId:
    return ObjectId(call.text("color"), call.text("shape"))


def _event(call: _Call, where: dict[str, int]) -> EventNode:
    return EventNode(call.text("uid"), call.params("params"), **where)


def _count(call: _Call, where: dict[str, int]) -> Count:
    count = call.number("count", 0)
    if count != int(count):
        raise call.error("needs a whole number for count", count)
    return Count(call.name, call.text("uid"), int(count), call.params("params"), **where)


def _nearby(call: _Call, where: dict[str, int]) -> NearbyAt:
    target = call.bound["obj_id"]
    if not isinstance(target, str | ObjectId):
        raise call.error("needs an object's name or OBJECT_ID(...)", target)
    strength = call.number("threshold_strength") if "threshold_strength" in call.bound else DEFAULT_STRENGTH
    if strength <= 0:
        raise call.error("needs a threshold_strength above 0", strength)
    z = call.optional("z", -math.inf)
    return NearbyAt(target, call.number("x"), call.number("y"), z, call.number("t", 0, 1), strength, **where)


def _after(call: _Call, where: dict[str, int]) -> After:
    within = call.name == "WITHIN"
    low, high = (None, call.number("window", 0)) if within else (call.optional("min_delta"), call.optional("max_delta"))
    if low is not None and high is not None and low > high:
        raise call.error("needs a max_delta of at least min_delta", high)
    keys = ("event_params", "reference_params") if within else ("first_params", "second_params")
    first, second = (call.params(key) for key in keys)
    return After(call.text("uid_a"), call.text("uid_b"), low, high, first, second, **where)


def _place(tree: Any) -> str:
    return f"line {tree.meta.line}, column {tree.meta.column}"


def _has_keyword(given: list[Any], name: str) -> bool:
    return any(a.data == "keyword" and str(a.children[0]) == name for a in given)
