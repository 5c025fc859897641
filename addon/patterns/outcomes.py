"""What came of a run: what its rules waited for and did, what was moved, switched or recoloured, and the task's end.

These are the trace's own events and the ways of bodies that scripts move; they stand beside what patterns find, in
every timeline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..scene_graph import FloatArray, color_name, is_free
from ..trace import Event
from .findings import plain
from .model import Activation
from .naming import capital, named_in, plain_name
from .observation import MOVING, Mask, Observation
from .spells import runs

MOVED, MET = "Moved", "CollisionStart"

CAUSES = {MET: 0, "RuleFired": 1}
"""In what order outcomes of one moment are told: what was met, the rules that act on it, then all that they do."""

LABELS = {
    MET: "collision that a rule names",
    MOVED: "moved by a script",
    "RuleFired": "rule fired",
    "PropertyChanged": "property changed",
    "LookChanged": "look changed",
    "TaskComplete": "task complete",
}
"""What kinds of outcomes are called."""

PAUSE = 0.5
"""Longest pause within one way of a body that a script moves, in time scales."""

SHORTEST = 0.05
"""Least way of such a body, in length scales; its least turn is as much in radians."""

_SWITCHED = {
    ("rigid_body.kinematic", False): "is let go",
    ("rigid_body.kinematic", True): "is held",
    ("constraint.enabled", False): "comes loose",
    ("constraint.enabled", True): "is fastened",
    ("hide_viewport", True): "vanishes",
    ("hide_viewport", False): "appears",
    ("on", True): "goes on",
    ("on", False): "goes off",
}
"""What is said of a property that becomes true or false."""


def outcomes(observation: Observation, names: Mapping[str, str]) -> tuple[Activation, ...]:
    """All of them in order of time; ``names`` are what objects are called in sentences."""
    found = [*_met(observation, names), *_moved(observation, names)]
    shone = {
        _of(e) for e in observation.trace.events if e.uid == "PropertyChanged" and e.parameters["property"] == "on"
    }
    for event in observation.trace.events:
        if event.uid == "LookChanged" and _of(event) in shone:
            continue  # A lamp that goes on shines; that is one thing.
        told = _told(event, observation, names)
        if told:
            found.append(
                Activation(event.uid, event.frame, event.frame * observation.dt, told, plain_values(event.parameters))
            )
    return tuple(sorted(found, key=_place))


def _place(a: Activation) -> tuple[int, bool, int]:
    return a.frame, a.uid == "TaskComplete", CAUSES.get(a.uid, len(CAUSES))


def _of(event: Event) -> tuple[int, str]:
    return event.frame, str(event.parameters["object_id"])


def plain_values(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with numbers of four digits."""
    return {name: plain(value) for name, value in parameters.items()}


def _told(event: Event, o: Observation, names: Mapping[str, str]) -> str:
    """The sentence on an event of the trace; "" for contacts, which are too many."""
    p = event.parameters
    if event.uid == "RuleFired":
        return f"Rule {p.get('rule', '?')} acts."
    if event.uid == "TaskComplete":
        return _ended(o, p.get("success") is not False)
    if event.uid == "PropertyChanged":
        return capital(f"{_property(str(p['property']), p['new'], called(str(p['object_id']), names))}.")
    if event.uid == "LookChanged":
        return capital(f"{_look(str(p['look']), p['new'], called(str(p['object_id']), names))}.")
    return ""


def called(name: str, names: Mapping[str, str]) -> str:
    """What an object is called, the world itself included."""
    return names.get(name, plain_name(name)) or "the world"


def _ended(o: Observation, success: bool) -> str:
    if o.trace.meta.planar and o.goal_object is not None and o.goal_target is not None:
        return "The task is solved." if success else "The task is not solved."
    return "The run ends." if success else "The run ends before its time, for its script failed."


def _property(name: str, new: Any, thing: str) -> str:
    if isinstance(new, bool) and (name, new) in _SWITCHED:
        return f"{thing} {_SWITCHED[name, new]}"
    if new is None:
        return f"{thing} loses its {_words(name)}"
    return f"the {_words(name)} of {thing} becomes {_value(new)}"


def _look(name: str, new: Any, thing: str) -> str:
    if name.endswith("color"):
        return f"{thing} turns {color_name(new)}"
    if name in ("material.emission_strength", "light.energy"):
        return f"{thing} {'shines' if new else 'goes dark'}"
    if name == "text.body":
        return f'{thing} reads "{new}"'
    return f"the {_words(name)} of {thing} becomes {_value(new)}"


def _words(name: str) -> str:
    return name.split(".")[-1].replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.3g}"
    if isinstance(value, list | tuple):
        return "(" + ", ".join(_value(item) for item in value) + ")"
    return str(value)


def _met(o: Observation, names: Mapping[str, str]) -> Iterator[Activation]:
    """Collisions of two bodies that one rule names."""
    pairs = named_pairs(o)
    touches = o.all_touches
    for a, b, start in zip(touches.a.tolist(), touches.b.tolist(), touches.start.tolist(), strict=True):
        first, second = o.bodies[a], o.bodies[b]
        if start > 0 and frozenset((first, second)) in pairs:
            if o.speed[max(start - 1, 1), a] < o.speed[max(start - 1, 1), b]:
                first, second = second, first
            told = capital(f"{called(first, names)} meets {called(second, names)}.")
            yield Activation(MET, start, start * o.dt, told, {"a_id": first, "b_id": second})


def named_pairs(o: Observation) -> set[frozenset[str]]:
    """Pairs of bodies that one rule of the scene names."""
    known = [named_in(rule, o.bodies) for rule in o.trace.scene.rules]
    return {frozenset((a, b)) for names in known for a in names for b in names if a != b}


def _moved(o: Observation, names: Mapping[str, str]) -> Iterator[Activation]:
    """Ways of bodies that nothing but a script moves, and that do not move all the time."""
    driven = np.flatnonzero(_driven(o))
    moving = (o.point_speed[:, driven] > MOVING / 10 * o.scales.speed) & o.present[:, driven]
    moving[0] = False
    column, start, end = runs(moving, gap=o.steps(PAUSE))
    for body, first, last in zip(driven[column].tolist(), start.tolist(), end.tolist(), strict=True):
        if first <= 1 and last >= o.frames - 2:
            continue
        way = (o.position[last, body] - o.position[first - 1, body]) @ o.axes.T
        turn = float(o.spin[first : last + 1, body].sum() * o.dt)
        name = o.bodies[body]
        if max(float(np.abs(way).max()) / o.scales.length, turn) < SHORTEST:
            continue
        told = capital(f"{called(name, names)} {_way(o, way, turn)}.")
        yield Activation(
            MOVED, first, first * o.dt, told, {"object": name, "way": plain(way), "turn": plain(turn)}, last
        )


def _driven(o: Observation) -> Mask:
    """Bodies ``[B]`` that physics never moves, and that are no part of another thing, but that move."""
    things = {thing.name: thing for thing in o.trace.scene.objects}
    released = {
        e.parameters["object_id"]
        for e in o.trace.events
        if e.uid == "PropertyChanged" and str(e.parameters["property"]).startswith("rigid_body.")
    }
    own = [not is_free(things[name]) and things[name].parent is None and name not in released for name in o.bodies]
    return np.asarray(o.movable & np.array(own, dtype=np.bool_))


def _way(o: Observation, way: FloatArray, turn: float) -> str:
    """How a body moved: up, down or to a side, and how far; or how far it turned."""
    axis = int(np.argmax(np.abs(way)))
    if abs(float(way[axis])) < SHORTEST * o.scales.length:
        return f"turns by {np.degrees(turn):.0f} degrees"
    plane = o.trace.scene.world.plane
    length = (
        f"{abs(float(way[axis])):.2g} m" if plane is None else f"{abs(way[axis]) / plane.meters_per_unit:.3g} units"
    )
    if axis == 2:
        return f"{'rises' if way[axis] > 0 else 'sinks'} by {length}"
    sides = (("left", "right") if plane is not None else ("west", "east"), ("south", "north"))[axis]
    return f"moves {length} to the {sides[int(way[axis] > 0)]}"
