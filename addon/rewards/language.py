"""The assertion language's expressions and its parser (Discovering High Level Patterns, Section 3.3 and Listing 2)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import lark

from ..scene_graph import SceneGraph, color_name

BUILT_IN_UIDS = ("CollisionStart", "CollisionEnd", "PropertyChanged", "TaskComplete")


class DslError(ValueError):
    """An expression that cannot be used; the message gives line, column and the nearest valid name."""


@dataclass(frozen=True)
class ObjectId:
    """``OBJECT_ID(color, shape)``: the one object of this colour and primitive shape; "any" matches all."""

    color: str
    shape: str


Target = str | ObjectId
Parameters = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Node:
    """One call in an expression; ``line`` and ``column`` (from 1) tell where it stands."""

    line: int = field(default=0, compare=False, kw_only=True)
    column: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True)
class EventNode(Node):
    """``EVENT(uid, params)``: the event occurs."""

    uid: str
    params: Parameters = ()


@dataclass(frozen=True)
class Logic(Node):
    """``AND``, ``OR`` of one or more and ``NOT`` of one expression."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class After(Node):
    """``AFTER(uid_a, uid_b, min_delta, max_delta, first_params, second_params)``: a occurs after b (seconds)."""

    first: str
    second: str
    min_delta: float | None = None
    max_delta: float | None = None
    first_params: Parameters = ()
    second_params: Parameters = ()


@dataclass(frozen=True)
class Count(Node):
    """``COUNT``, ``GT``, ``LT`` of ``(uid, count, params)``: exactly, more, fewer occurrences."""

    comparison: str
    uid: str
    count: int
    params: Parameters = ()


@dataclass(frozen=True)
class NearbyAt(Node):
    """``NEARBY_AT(object, x, y, z, t, threshold_strength)``: the object's origin is near a point at ``t`` of the run.

    Five positional arguments or fewer than six numbers without ``z`` are not told apart by guessing: three numbers
    after the object are the 2D form ``(x, y, t)``, which leaves z out of the distance; four or five are 3D.
    """

    target: Target
    x: float
    y: float
    z: float | None
    t: float
    threshold_strength: float = 0.1


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
FUNCTIONS = ("AND", "OR", "NOT", *SIGNATURES)


@cache
def _parser() -> lark.Lark:
    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(text, parser="lalr", propagate_positions=True)


def parse(text: str) -> Node:
    """Parse one expression. Raises DslError with line and column."""
    try:
        tree = _parser().parse(text)
        return _Builder().node(tree.children[0])
    except lark.UnexpectedEOF:
        raise DslError(
            f"line {text.count(chr(10)) + 1}: the expression ends too early; a bracket is not closed"
        ) from None
    except lark.UnexpectedInput as error:
        context = error.get_context(text, 30).rstrip()
        raise DslError(f"line {error.line}, column {error.column}: not an expression here\n{context}") from None
    except RecursionError:
        raise DslError("the expression is nested too deeply") from None


class _Builder:
    """Turns the syntax tree into expressions."""

    def node(self, tree: Any) -> Node:
        made = self.value(tree)
        if not isinstance(made, Node):
            raise DslError(f"{_place(tree)}: an expression is needed here, such as EVENT(...) or AND(...)")
        return made

    def value(self, tree: Any) -> Any:
        match tree.data:
            case "text":
                return str(tree.children[0])[1:-1]
            case "number":
                number = float(tree.children[0])
                return int(number) if number.is_integer() and "." not in tree.children[0] else number
            case "true" | "false":
                return tree.data == "true"
            case "none":
                return None
            case "list":
                return tuple(self.value(c) for c in tree.children if c is not None)
            case "dict":
                pairs = (p for p in tree.children if p is not None)
                return tuple((str(p.children[0])[1:-1], self.value(p.children[1])) for p in pairs)
            case _:
                return self.call(tree)

    def call(self, tree: Any) -> Any:
        name = str(tree.children[0]).upper()
        if name not in FUNCTIONS:
            near = difflib.get_close_matches(name, FUNCTIONS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FUNCTIONS)}"
            raise DslError(f"{_place(tree)}: unknown function '{tree.children[0]}'; {hint}")
        given = tree.children[1].children if tree.children[1] is not None else []
        given = [a for a in given if a is not None]
        where = {"line": tree.meta.line, "column": tree.meta.column}
        if name in ("AND", "OR", "NOT"):
            operands = tuple(self.node(a) for a in given if a.data != "keyword")
            if len(operands) != len(given) or not operands or (name == "NOT" and len(operands) != 1):
                raise DslError(f"{_place(tree)}: {name} takes {'one expression' if name == 'NOT' else 'expressions'}")
            return Logic(name, operands, **where)
        return self.function(name, self.bind(tree, name, given), tree, where)

    def bind(self, tree: Any, name: str, given: list[Any]) -> dict[str, Any]:
        names, least = SIGNATURES[name]
        positional = [a for a in given if a.data != "keyword"]
        if name == "NEARBY_AT" and len(positional) == 4 and not any(_has_keyword(given, k) for k in "zt"):
            names = ("obj_id", "x", "y", "t", "threshold_strength")
        if len(positional) > len(names):
            raise DslError(f"{_place(tree)}: {name} takes at most {len(names)} values: {', '.join(names)}")
        bound = {n: self.value(a) for n, a in zip(names, positional, strict=False)}
        for argument in given:
            if argument.data == "keyword":
                key = str(argument.children[0])
                if key not in SIGNATURES[name][0] or key in bound:
                    raise DslError(f"{_place(argument)}: {name} takes {', '.join(names)}; '{key}' does not fit")
                bound[key] = self.value(argument.children[1])
        missing = [n for n in names[:least] if n not in bound]
        if missing or (name == "NEARBY_AT" and "t" not in bound):
            raise DslError(f"{_place(tree)}: {name} needs {', '.join(missing or ['t'])}")
        return bound

    def function(self, name: str, a: dict[str, Any], tree: Any, where: dict[str, int]) -> Any:
        place = _place(tree)
        if name == "OBJECT_ID":
            return ObjectId(_text(a["color"], place, name), _text(a["shape"], place, name))
        if name == "NEARBY_AT":
            numbers = {k: _number(a[k], place, f"{name} {k}") for k in ("x", "y", "t")}
            z = _number(a["z"], place, f"{name} z") if a.get("z") is not None else None
            if not isinstance(a["obj_id"], str | ObjectId):
                raise DslError(f"{place}: NEARBY_AT needs an object's name or OBJECT_ID(...)")
            strength = _number(a.get("threshold_strength", 0.1), place, "threshold_strength")
            return NearbyAt(a["obj_id"], numbers["x"], numbers["y"], z, numbers["t"], strength, **where)
        if name == "EVENT":
            return EventNode(_text(a["uid"], place, name), _params(a.get("params"), place), **where)
        if name in ("COUNT", "GT", "LT"):
            count = _number(a["count"], place, f"{name} count")
            return Count(name, _text(a["uid"], place, name), int(count), _params(a.get("params"), place), **where)
        window = _number(a["window"], place, "window") if name == "WITHIN" else a.get("max_delta")
        low = a.get("min_delta")
        return After(
            _text(a["uid_a"], place, name),
            _text(a["uid_b"], place, name),
            None if low is None else _number(low, place, "min_delta"),
            None if window is None else _number(window, place, "max_delta"),
            _params(a.get("event_params") or a.get("first_params"), place),
            _params(a.get("reference_params") or a.get("second_params"), place),
            **where,
        )


def _place(tree: Any) -> str:
    return f"line {tree.meta.line}, column {tree.meta.column}"


def _has_keyword(given: list[Any], name: str) -> bool:
    return any(a.data == "keyword" and str(a.children[0]) == name for a in given)


def _text(value: Any, place: str, name: str) -> str:
    if not isinstance(value, str):
        raise DslError(f"{place}: {name} needs a text in quotes, got {value!r}")
    return value


def _number(value: Any, place: str, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DslError(f"{place}: {name} needs a number, got {value!r}")
    return value


def _params(value: Any, place: str) -> Parameters:
    if value is None or value == ():
        return ()
    if not isinstance(value, tuple) or any(not isinstance(p, tuple) or len(p) != 2 for p in value):
        raise DslError(f'{place}: parameters are written {{"name": value}}, got {value!r}')
    return value


def validate(expression: Node, scene: SceneGraph, uids: Sequence[str] = BUILT_IN_UIDS) -> None:
    """Raise DslError if the expression names an event or an object that there is not."""
    for node in walk(expression):
        place = f"line {node.line}, column {node.column}"
        if isinstance(node, After):
            checked = [(node.first, node.first_params), (node.second, node.second_params)]
        elif isinstance(node, EventNode | Count):
            checked = [(node.uid, node.params)]
        elif isinstance(node, NearbyAt):
            _known(resolve(node.target, scene, place), scene.names, "object", place)
            continue
        else:
            continue
        for uid, params in checked:
            _known(uid.lower(), [u.lower() for u in uids], "event", place)
            for key, value in params:
                if key.endswith("_id"):
                    _known(resolve(value, scene, place).lower(), [n.lower() for n in scene.names], "object", place)


def _known(name: str, names: Sequence[str], what: str, place: str) -> None:
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(names)}"
        raise DslError(f"{place}: there is no {what} '{name}'; {hint}")


def walk(expression: Node) -> list[Node]:
    """The expression and all within it, outermost first."""
    inner = expression.operands if isinstance(expression, Logic) else ()
    return [expression, *(n for o in inner for n in walk(o))]


def resolve(target: Any, scene: SceneGraph, place: str = "") -> str:
    """The object's name behind a name or OBJECT_ID. Raises DslError if not exactly one object fits."""
    if not isinstance(target, ObjectId):
        return str(target)
    fitting = [
        o.name
        for o in scene.objects
        if o.geometry is not None
        and target.color.lower() in ("any", color_name(o.material.color) if o.material else "")
        and target.shape.lower() in ("any", getattr(o.geometry, "kind", "mesh"))
    ]
    if len(fitting) != 1:
        found = ", ".join(fitting) or "none"
        raise DslError(f"{place}: OBJECT_ID({target.color!r}, {target.shape!r}) must fit one object, it fits {found}")
    return fitting[0]
