"""The names that an expression may use: events with their parameters, and objects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import get_args

from ..patterns.annotation import Column
from ..patterns.library import library
from ..patterns.model import BODY_PARAMETERS, Pattern
from ..scene_graph import COLORS, Primitive, SceneGraph, SceneObject, color_name
from .errors import DslError, nearest
from .nodes import After, Count, EventNode, NearbyAt, Node, ObjectId, Parameters, Target, walk

ANY = "any"
MESH = "mesh"
OBJECT_PARAMETERS = BODY_PARAMETERS | {"a_id", "b_id", "object_id"}
"""Parameters whose texts are names of objects."""


Kind = Pattern | Column
"""A kind of event. Where it names no parameters, they are not known."""


def _built_in(uid: str, label: str, symmetric: tuple[str, ...] = (), **parameters: str) -> Kind:
    return Column(uid=uid, label=label, parameters=parameters, symmetric=symmetric)


PAIR = {"a_id": "one object", "b_id": "the other"}
BUILT_IN: tuple[Kind, ...] = (
    _built_in(
        "CollisionStart",
        "collision start",
        ("a_id", "b_id"),
        **PAIR,
        point="where, m",
        normal="unit vector from a to b",
        normal_speed="how fast they met along the normal, m/s",
    ),
    _built_in("CollisionEnd", "collision end", ("a_id", "b_id"), **PAIR),
    _built_in(
        "PropertyChanged",
        "property changed",
        object_id="the object",
        property="name of its custom property",
        old="value before",
        new="value after",
    ),
    _built_in(
        "LookChanged",
        "look changed",
        object_id="the object",
        look="what is seen of it, as light.energy or material.color",
        old="value before",
        new="value after",
    ),
    _built_in("RuleFired", "rule fired", rule="number of the rule of the script that acted"),
    _built_in("TaskComplete", "task complete", success="whether the run came to its end and no script failed"),
)
"""The events that every trace has, whatever patterns are looked for."""


class Vocabulary:
    """Kinds of events by uid or label, whatever the case; a blank and an underscore in a label are the same."""

    def __init__(self, patterns: Iterable[Kind]) -> None:
        self.kinds = (*BUILT_IN, *patterns)
        self._by_name = {_folded(k.label): k for k in self.kinds} | {_folded(k.uid): k for k in self.kinds}

    def kind(self, name: str, place: str = "") -> Kind:
        """Raises DslError, with the nearest uid, if there is no such event."""
        found = self._by_name.get(_folded(name))
        if found is None:
            where = f"{place}: " if place else ""
            raise DslError(f"{where}there is no event '{name}'; {nearest(name, (k.uid for k in self.kinds))}")
        return found


@cache
def standard_vocabulary() -> Vocabulary:
    """Built-in events and the pattern library."""
    return Vocabulary(library())


def is_built_in(name: str) -> bool:
    """Whether an event is found in every trace, without looking for patterns."""
    return _folded(name) in {_folded(text) for k in BUILT_IN for text in (k.uid, k.label)}


def _folded(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip().casefold())


def named_events(node: Node) -> list[tuple[str, Parameters]]:
    """The events that this one call names, with the wanted parameters."""
    match node:
        case EventNode() | Count():
            return [(node.uid, node.params)]
        case After():
            return [(node.first, node.first_params), (node.second, node.second_params)]
    return []


def validate(expression: Node, scene: SceneGraph, vocabulary: Vocabulary | None = None) -> None:
    """Raise DslError if the expression names an event, a parameter or an object that there is not.

    The events are the built-in ones and those of the pattern library unless given.
    """
    known = standard_vocabulary() if vocabulary is None else vocabulary
    for node in walk(expression):
        for name, params in named_events(node):
            _check_params(known.kind(name, node.place), params, scene, node.place)
        if isinstance(node, NearbyAt):
            body = resolve(node.target, scene, node.place)
            _check_name(
                body, [o.name for o in scene.objects if o.geometry is not None], "object with a mesh", node.place
            )


def _check_params(kind: Kind, params: Parameters, scene: SceneGraph, place: str) -> None:
    for name, value in params:
        if kind.parameters and name not in kind.parameters:
            raise DslError(f"{place}: {kind.uid} has no parameter '{name}'; {nearest(name, kind.parameters)}")
        if isinstance(value, ObjectId) or (name in OBJECT_PARAMETERS and isinstance(value, str)):
            _check_name(resolve(value, scene, place), scene.names, "object", place, any_case=True)


def _check_name(name: str, names: Iterable[str], what: str, place: str, any_case: bool = False) -> None:
    valid = list(names)
    if name not in valid and not (any_case and name.casefold() in {v.casefold() for v in valid}):
        raise DslError(f"{place}: there is no {what} '{name}'; {nearest(name, valid)}")


def resolve(target: Target, scene: SceneGraph, place: str = "") -> str:
    """The object's name behind a name or OBJECT_ID. Raises DslError if not exactly one object fits."""
    if not isinstance(target, ObjectId):
        return target
    where = f"{place}: " if place else ""
    for word, valid, what in ((target.color, COLORS, "colour"), (target.shape, _shapes(), "shape")):
        if word.lower() not in (ANY, *valid):
            raise DslError(f"{where}there is no {what} '{word}'; {nearest(word, (*valid, ANY))}")
    fitting = [o.name for o in scene.objects if o.geometry is not None and _fits(o, target)]
    if len(fitting) != 1:
        found = ", ".join(fitting) or "none"
        raise DslError(f"{where}{target} must fit one object, it fits {found}")
    return fitting[0]


def _fits(obj: SceneObject, target: ObjectId) -> bool:
    color = color_name(obj.material.color) if obj.material else ""
    return target.color.lower() in (ANY, color) and target.shape.lower() in (ANY, _shape(obj))


def _shape(obj: SceneObject) -> str:
    return obj.geometry.kind if isinstance(obj.geometry, Primitive) else MESH


@cache
def _shapes() -> tuple[str, ...]:
    return (*get_args(Primitive.model_fields["kind"].annotation), MESH)
