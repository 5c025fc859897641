"""What an expression means, read back in English for a person."""

from __future__ import annotations

import re
from typing import Any

from ..patterns.model import EventKind
from ..scene_graph import SceneGraph, scene_size
from .bind import bound
from .nodes import (
    After,
    Count,
    EventNode,
    Logic,
    Nearby,
    NearbyAt,
    Node,
    OnlyAfter,
    Parameters,
    SameCount,
    Span,
    Touching,
    walk,
)
from .places import point_text
from .vocabulary import Vocabulary, standard_vocabulary

OFTEN = {"COUNT": "exactly", "GT": "more than", "LT": "fewer than"}
_PLACE = re.compile(r"\{(\w+)(?::([^}]*))?\}")


def read_back(expression: Node, scene: SceneGraph, vocabulary: Vocabulary | None = None) -> str:
    """The expression as a sentence, with names of objects and no uids. Raises DslError as `validate`."""
    told = _reader(scene, vocabulary).clause(bound(expression, scene, vocabulary))
    return f"{told[0].upper()}{told[1:]}."


def remarks(expression: Node, scene: SceneGraph, vocabulary: Vocabulary | None = None) -> list[str]:
    """What is easily misread in an expression, each with its place: which of two events comes first, and coordinates
    that are not compared. Raises DslError as `validate`."""
    reader = _reader(scene, vocabulary)
    found = [(node, reader.remark(node)) for node in walk(bound(expression, scene, vocabulary))]
    return [f"{node.place}: {text}" for node, text in found if text]


def _reader(scene: SceneGraph, vocabulary: Vocabulary | None) -> _Reader:
    return _Reader(scene, standard_vocabulary() if vocabulary is None else vocabulary)


class _Reader:
    """Puts expressions of one scene into words."""

    def __init__(self, scene: SceneGraph, vocabulary: Vocabulary) -> None:
        self.scene, self.vocabulary = scene, vocabulary

    def clause(self, node: Node) -> str:
        """What must be so for an expression to hold."""
        match node:
            case Logic():
                return self._logic(node)
            case EventNode():
                return f"at least once{_span(node.span)}, {self.happens(node.uid, node.params)}"
            case Count():
                times = f"{OFTEN[node.comparison]} {node.count} {'time' if node.count == 1 else 'times'}"
                return f"it happens {times}{_span(node.span)} that {self.happens(node.uid, node.params)}"
            case After():
                first, second = self._pair(node)
                return f"first {second}, then, {_later(node)}, {first}"
            case OnlyAfter():
                first, second = self._pair(node)
                return f"it never happens that {first} before it has happened that {second}"
            case SameCount():
                first, second = self._pair(node)
                return f"it happens as often that {first} as that {second}"
            case NearbyAt():
                seen = "seen from above, " if node.z is None and self.scene.world.plane is None else ""
                return f"{_time(node.t)}, {seen}{node.target} is within {self._near(node)} of {point_text(node.point)}"
            case Nearby():
                return f"{_time(node.t)}, the surface of {node.first} is within {self._near(node)} of {node.second}"
            case Touching():
                return f"{_time(node.t)}, {node.first} and {node.second} touch"
        raise TypeError(f"{type(node).__name__} is not an expression")

    def remark(self, node: Node) -> str:
        """What is easily misread in one call, nothing if nothing is."""
        match node:
            case After():
                first, second = self._pair(node)
                return f"this means that '{first}' must happen after '{second}' ({_later(node)}), not before it"
            case OnlyAfter():
                first, second = self._pair(node)
                return f"this holds too if it never happens that {first}; it may not before {second}"
            case NearbyAt(z=None) if self.scene.world.plane is None:
                return "only x and y are compared, at any height; write x, y, z, t for a point in space"
        return ""

    def _logic(self, node: Logic) -> str:
        parts = [self._bracketed(part, len(node.operands) > 1) for part in node.operands]
        if node.operator == "NOT":
            (part,) = node.operands
            if isinstance(part, EventNode):
                return f"it never happens{_span(part.span)} that {self.happens(part.uid, part.params)}"
            return f"it is not so that {self._bracketed(part, True)}"
        if node.operator == "OR" and len(parts) > 1:
            return f"at least one of these is so: {', or '.join(parts)}"
        return "; and ".join(parts)

    def _bracketed(self, node: Node, several: bool) -> str:
        """A clause, in brackets where the words of another could be taken for its own."""
        compound = isinstance(node, Logic) and node.operator != "NOT" and len(node.operands) > 1
        return f"({self.clause(node)})" if compound and several else self.clause(node)

    def _pair(self, node: After | OnlyAfter | SameCount) -> tuple[str, str]:
        return self.happens(node.first, node.first_params), self.happens(node.second, node.second_params)

    def happens(self, uid: str, params: Parameters) -> str:
        """That an event happens, as a sentence."""
        kind = self.vocabulary.kind(uid)
        given = _ordered(kind, dict(params))
        phrase = kind.phrase or f"there is '{kind.label}'"
        unnamed = iter(("something", "something else"))
        text = _PLACE.sub(
            lambda place: _value(given[place[1]]) if place[1] in given else place[2] or next(unnamed, "a third thing"),
            phrase,
        )
        told = {place[1] for place in _PLACE.finditer(phrase)}
        rest = [f"{name.replace('_', ' ')} {_value(value)}" for name, value in given.items() if name not in told]
        return text + (f" (with {', '.join(rest)})" if rest else "")

    def _near(self, node: NearbyAt | Nearby) -> str:
        metres, plane = node.threshold_strength * scene_size(self.scene), self.scene.world.plane
        return f"{metres:.3g} m" if plane is None else f"{metres / plane.meters_per_unit:.3g} units"


def _ordered(kind: EventKind, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters given, of a pair without order the first where only the second is."""
    if kind.symmetric and kind.symmetric[0] not in given and kind.symmetric[1] in given:
        return {kind.symmetric[0] if name == kind.symmetric[1] else name: value for name, value in given.items()}
    return given


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_value, value)) + ")"
    words = {None: "any", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else f"{value}"


def _later(node: After) -> str:
    """How much later the first event is than the second, in words."""
    low, high = node.min_delta, node.max_delta
    least = "" if not low else f"at least {low:g} s"
    most = "" if high is None else f"at most {high:g} s"
    span = " and ".join(filter(None, (least, most)))
    if low == 0:
        return f"at the same time or {span or 'any time'} later" if high != 0 else "at the same time"
    return f"{span or 'at any time'} later"


def _span(span: Span) -> str:
    """From when to when, in words."""
    since, until = span
    if until is None:
        return "" if since is None else f" after the first {_share(since)} of the run"
    if since is None:
        return f" in the first {_share(until)} of the run"
    return f" between {_share(since)} and {_share(until)} of the run"


def _share(share: float) -> str:
    return f"{100 * share:g} %"


def _time(share: float) -> str:
    words = {0.0: "at the start", 0.5: "halfway through the run", 1.0: "at the end"}
    return words.get(share, f"at {_share(share)} of the run")
