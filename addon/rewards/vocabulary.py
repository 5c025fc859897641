"""The kinds of events that an expression may name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..patterns.annotation import Column
from ..patterns.library import patterns_by_uid, with_discovered
from ..patterns.model import EventKind, Parameter, a_body, a_number
from ..scene_graph import TASK_STEPS
from .errors import DslError, nearest

Kind = EventKind | Column

PAIR = {"a_id": a_body("one object", "object_a"), "b_id": a_body("the other", "object_b")}
OLD_AND_NEW = {"old": Parameter("value before", "any"), "new": Parameter("value after", "any")}
RECORDED: tuple[EventKind, ...] = (
    EventKind(
        uid="CollisionStart",
        label="collision start",
        phrase="{a_id} begins to touch {b_id}",
        aliases=("collision",),
        symmetric=("a_id", "b_id"),
        parameters={
            **PAIR,
            "point": Parameter("where, m", "vector"),
            "normal": Parameter("unit vector from a to b", "vector"),
            "normal_speed": a_number("how fast they met along the normal, m/s"),
        },
    ),
    EventKind(
        uid="CollisionEnd",
        label="collision end",
        phrase="{a_id} stops touching {b_id}",
        symmetric=("a_id", "b_id"),
        parameters=PAIR,
    ),
    EventKind(
        uid="PropertyChanged",
        label="property changed",
        phrase="the property {property:of any name} of {object_id} changes",
        parameters={
            "object_id": Parameter("the object", "object"),
            "property": Parameter("name of its custom property", "text"),
            **OLD_AND_NEW,
        },
    ),
    EventKind(
        uid="LookChanged",
        label="look changed",
        phrase="the look {look:of any kind} of {object_id} changes",
        parameters={
            "object_id": Parameter("the object", "object"),
            "look": Parameter("what is seen of it, as light.energy or material.color", "text"),
            **OLD_AND_NEW,
        },
    ),
    EventKind(
        uid="RuleFired",
        label="rule fired",
        phrase="the rule {rule:of any number} acts",
        parameters={"rule": Parameter("number of the rule of the script that acted", "integer")},
    ),
    EventKind(
        uid="TaskComplete",
        label="task complete",
        phrase="the task is complete",
        parameters={
            "success": Parameter(
                f"whether the scene's own task is done: in a plane goal_object and goal_target touch for {TASK_STEPS} "
                "steps; "
                "without a task, whether the run came to its end and no script failed",
                "boolean",
            )
        },
    ),
)
"""The events that a trace holds."""

CAME_TO_REST = EventKind(
    uid="CameToRest",
    label="came to rest",
    phrase="{object} comes to rest after it moved",
    parameters={"object": a_body("the object")},
)
"""What is seen in the motion of every trace; `rest` finds it."""

BUILT_IN = (*RECORDED, CAME_TO_REST)
"""The events that every trace has, whatever patterns are looked for."""


class Vocabulary:
    """Kinds of events by uid, label or alias, whatever the case; a blank and an underscore are the same.

    Columns of an annotation that are patterns of the library are known as the library has them.
    """

    def __init__(self, patterns: Iterable[Kind]) -> None:
        self.kinds: tuple[EventKind, ...] = (*BUILT_IN, *map(_known, patterns))
        self._by_name = {folded(name): k for names in (_aliases, _label, _uid) for k in self.kinds for name in names(k)}

    def kind(self, name: str, place: str = "") -> EventKind:
        """Raises DslError, with the nearest name or all uids, if there is no such event."""
        found = self._by_name.get(folded(name))
        if found is None:
            where = f"{place}: " if place else ""
            uids = [k.uid for k in self.kinds]
            names = [*uids, *(n for k in self.kinds for n in (k.label, *k.aliases))]
            raise DslError(f"{where}there is no event '{name}'; {nearest(name, names, uids)}")
        return found


def _uid(kind: EventKind) -> tuple[str, ...]:
    return (kind.uid,)


def _label(kind: EventKind) -> tuple[str, ...]:
    return (kind.label,)


def _aliases(kind: EventKind) -> tuple[str, ...]:
    return kind.aliases


def _known(kind: Kind) -> EventKind:
    if isinstance(kind, EventKind):
        return kind
    return patterns_by_uid().get(kind.uid) or EventKind(
        uid=kind.uid,
        label=kind.label,
        description=kind.description,
        parameters={name: Parameter(text, "any") for name, text in kind.parameters.items()},
        symmetric=kind.symmetric,
    )


@cache
def standard_vocabulary() -> Vocabulary:
    """Built-in events, the pattern library and discovered patterns."""
    return Vocabulary(with_discovered())


@cache
def object_parameters() -> dict[str, Parameter]:
    """The parameters, by name, whose texts are names of objects in the events that tell what their parameters are."""
    kinds = standard_vocabulary().kinds
    return {name: p for kind in kinds for name, p in kind.parameters.items() if p.kind in ("body", "object")}


def folded(name: str) -> str:
    """A name as it is compared."""
    return re.sub(r"[\s_]+", "_", name.strip().casefold())
