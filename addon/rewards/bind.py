"""An expression in the words of one scene and its events; what does not fit is an error."""

from __future__ import annotations

from dataclasses import replace

from ..patterns.model import EventKind, Parameter
from ..scene_graph import SceneGraph
from .errors import DslError, nearest
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
    Target,
    Touching,
)
from .objects import resolve
from .parser import parse
from .values import fitting
from .vocabulary import Vocabulary, object_parameters, standard_vocabulary

ANYTHING = Parameter("", "any")
"""A parameter of an event that does not tell what its parameters are."""


def validate(expression: Node, scene: SceneGraph, vocabulary: Vocabulary | None = None) -> None:
    """Raise DslError if the expression names an event, a parameter or an object that there is not, gives a value that
    a parameter cannot have, or asks for what can never or must always be.

    The events are the built-in ones and those of the pattern library unless given.
    """
    bound(expression, scene, vocabulary)


def read(text: str, scene: SceneGraph, vocabulary: Vocabulary | None = None) -> Node:
    """The expression that a text is for a scene. Raises DslError as `parse` and `validate`."""
    expression = parse(text, planar=scene.world.plane is not None)
    validate(expression, scene, vocabulary)
    return expression


def bound(expression: Node, scene: SceneGraph, vocabulary: Vocabulary | None = None) -> Node:
    """The expression with uids, names of parameters and of objects as they are in traces of the scene.

    Raises DslError as `validate`.
    """
    return _Binder(scene, standard_vocabulary() if vocabulary is None else vocabulary).node(expression)


class _Binder:
    def __init__(self, scene: SceneGraph, vocabulary: Vocabulary) -> None:
        self.scene, self.vocabulary = scene, vocabulary

    def node(self, node: Node) -> Node:
        """The node with names as they are."""
        match node:
            case Logic():
                return replace(node, operands=tuple(self.node(operand) for operand in node.operands))
            case EventNode() | Count():
                uid, params = self._event(node.uid, node.params, node.place)
                return replace(node, uid=uid, params=params)
            case After() | OnlyAfter() | SameCount():
                return self._both(node)
            case NearbyAt():
                return self._at(node)
            case Nearby() | Touching():
                first, second = self._solid(node.first, node), self._solid(node.second, node)
                if first == second:
                    raise DslError(f"{node.place}: two different objects are needed, both are '{first}'")
                return replace(node, first=first, second=second)
        raise TypeError(f"{type(node).__name__} is not an expression")

    def _both(self, node: After | OnlyAfter | SameCount) -> Node:
        first = self._event(node.first, node.first_params, node.place)
        second = self._event(node.second, node.second_params, node.place)
        if first == second and not isinstance(node, After):
            always = "never begins before itself" if isinstance(node, OnlyAfter) else "occurs as often as itself"
            raise DslError(f"{node.place}: this always holds, for '{first[0]}' {always}; name two different events")
        return replace(node, first=first[0], first_params=first[1], second=second[0], second_params=second[1])

    def _at(self, node: NearbyAt) -> Node:
        if node.z is not None and self.scene.world.plane is not None:
            raise DslError(
                f"{node.place}: the scene is planar, so NEARBY_AT has no z: "
                "write NEARBY_AT(object, x, y, t, threshold_strength)"
            )
        return replace(node, target=self._solid(node.target, node))

    def _solid(self, target: Target, node: Node) -> str:
        return resolve(target, self.scene, node.place, solid=True)

    def _event(self, name: str, params: Parameters, place: str) -> tuple[str, Parameters]:
        kind = self.vocabulary.kind(name, place)
        made: dict[str, object] = {}
        for given, value in params:
            key = _parameter(kind, given, place)
            if key in made:
                raise DslError(f"{place}: '{given}' is '{key}' of {kind.uid}, which is given twice")
            parameter = kind.parameters.get(key) or (object_parameters().get(key) if isinstance(value, str) else None)
            made[key] = fitting(value, parameter or ANYTHING, key, self.scene, place)
        _check_bodies(kind, made, place)
        return kind.uid, tuple(made.items())


def _parameter(kind: EventKind, name: str, place: str) -> str:
    """The name that a kind's parameter has; a kind without parameters does not say what it has."""
    if not kind.parameters or name in kind.parameters:
        return name
    by_alias = {alias: key for key, p in kind.parameters.items() for alias in p.aliases}
    if name not in by_alias:
        raise DslError(f"{place}: {kind.uid} has no parameter '{name}'; {nearest(name, kind.parameters)}")
    return by_alias[name]


def _check_bodies(kind: EventKind, made: dict[str, object], place: str) -> None:
    """Raise DslError if two of an event's bodies are the same: all kinds that have several tell of different ones."""
    seen: dict[object, str] = {}
    for name, parameter in kind.parameters.items():
        if parameter.kind != "body" or name not in made:
            continue
        if (before := seen.setdefault(made[name], name)) != name:
            raise DslError(
                f"{place}: this can never be: '{before}' and '{name}' of {kind.uid} are both '{made[name]}'; "
                "name two different objects"
            )
