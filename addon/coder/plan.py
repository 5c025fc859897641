"""A plan for a goal in short lines, and the script with open numbers that carries it out.

Geometry is what small models are bad at. So they say what is to touch, where things are to end and what is launched,
held to a grammar of the scene's names, and the places and directions are worked out here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..scene_graph import SceneGraph, SceneObject, scene_size, world_bounds
from ..scene_graph.base import Vec3

NEAR = 0.15
"""How near to its place a thing is to end, in metres."""

_FORM = r"""
root ::= (touch "\n"){0,3} (end "\n"){1,2} launch ("\n" launch)?
touch ::= mover (" hits " | " never touches ") thing
end ::= mover (" ends on " thing | " ends in " thing | " ends beside " thing | " ends between " thing " and " thing)
launch ::= "launch " mover " along the ground" | "throw " mover " through the air"
""".strip()

_SPEED, _RISE = "tune(4.0, 0.5, 16.0)", "tune(4.0, 0.5, 12.0)"


class PlanError(ValueError):
    """A line that is no line of a plan, or that cannot be carried out in this scene; told for a model."""


@dataclass(frozen=True)
class Plan:
    """What touches what and what never does, where things end (how, and by what), and what is launched or thrown."""

    hits: tuple[tuple[str, str], ...]
    misses: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, str, tuple[str, ...]], ...]
    launched: tuple[str, ...]
    thrown: tuple[str, ...]


def movers(graph: SceneGraph) -> list[str]:
    """The names of what can be launched, of those that stand on one line."""
    return [obj.name for obj in graph.objects if obj.dynamic_mass and obj.name.isprintable()]


def form(graph: SceneGraph) -> str:
    """The grammar (GBNF) of the plans for a scene."""
    names = {"mover": movers(graph), "thing": [name for name in graph.names if name.isprintable()]}
    rules = [
        f"{rule} ::= {' | '.join(json.dumps(n, ensure_ascii=False) for n in found)}" for rule, found in names.items()
    ]
    return "\n".join([_FORM, *rules, ""])


def read_plan(text: str, graph: SceneGraph) -> Plan:
    """The plan that a text says. Raises PlanError with the line that says none."""
    able, known = _one_of(movers(graph)), _one_of(graph.names)
    forms = {
        "hits": rf"({able}) hits ({known})",
        "misses": rf"({able}) never touches ({known})",
        "ends": rf"({able}) ends (on|in|beside|between) ({known})(?: and ({known}))?",
        "launched": rf"launch ({able}) along the ground",
        "thrown": rf"throw ({able}) through the air",
    }
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in forms}
    for line in filter(None, text.strip("\n").split("\n")):
        kind = next((kind for kind, pattern in forms.items() if re.fullmatch(pattern, line)), None)
        if kind is None:
            raise PlanError(f"'{line}' is no line of a plan")
        match = re.fullmatch(forms[kind], line)
        assert match is not None
        found[kind].append(tuple(part for part in match.groups() if part))
    ends = tuple((mover, how, tuple(where)) for mover, how, *where in found["ends"])
    if not ends or not (found["launched"] or found["thrown"]):
        raise PlanError("a plan says where something ends, and what is launched or thrown")
    pairs = [
        *found["hits"],
        *found["misses"],
        *(end[-2:] if len(end) == 4 else (end[0], end[2]) for end in found["ends"]),
    ]
    if any(a == b for a, b in pairs):
        raise PlanError("a thing cannot touch, or end at, itself, and is not between a thing and itself")
    if set(found["hits"]) & set(found["misses"]):
        raise PlanError("what is to touch cannot be never to touch")
    if len({end[0] for end in found["ends"]}) < len(found["ends"]):
        raise PlanError("a thing ends at one place")
    if set(found["launched"]) & set(found["thrown"]):
        raise PlanError("a thing is launched or thrown, not both")
    if any((how == "between") != (len(where) == 2) for _, how, where in ends):
        raise PlanError("'between' needs two things, and nothing else does")
    return Plan(
        hits=_pairs(found["hits"]),
        misses=_pairs(found["misses"]),
        ends=ends,
        launched=tuple(name for (name,) in found["launched"]),
        thrown=tuple(name for (name,) in found["thrown"]),
    )


def script(plan: Plan, graph: SceneGraph) -> str:
    """The script of a plan: what it wants, and a launch in the first step with open speeds.

    What is launched goes to what it hits first, else to where it ends.
    """
    objects = {obj.name: obj for obj in graph.objects}
    goals = {mover: _place(objects, plan, mover, how, where) for mover, how, where in plan.ends}
    wishes = [_touch(pair) for pair in plan.hits] + [f"NOT({_touch(pair)})" for pair in plan.misses]
    size = scene_size(graph)
    wishes += [_near(name, place, size) for name, place in goals.items()]
    starts: list[str] = []
    for name in dict.fromkeys((*plan.thrown, *plan.launched)):
        struck = [b for a, b in plan.hits if a == name and b not in movers(graph)]
        target = objects[struck[0]].location if struck else goals.get(name)
        if target is None:
            raise PlanError(f"it is not said where {name} is to go")
        starts += _launch(objects[name], target, thrown=name in plan.thrown)
    return "\n".join(["import bpy", *(f"want({wish!r})" for wish in wishes), "if frame == 1:", *starts, ""])


def _place(objects: dict[str, SceneObject], plan: Plan, mover: str, how: str, where: Sequence[str]) -> Vec3:
    """Where the origin of a thing is to be at the end, in metres."""
    own, first = objects[mover], objects[where[0]]
    x, y, z = own.location
    if how in ("on", "in"):
        low, high = world_bounds(first)
        floor = high[2] if how == "on" else low[2]
        return ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, floor + own.dimensions[2] / 2)
    other = objects[where[-1]]
    middle = [(a + b) / 2 for a, b in zip(first.location, other.location, strict=True)]
    along = _along(first.location, other.location if how == "between" else own.location)
    if how == "beside" and sum(w == tuple(where) and h == how for _, h, w in plan.ends) > 1:
        middle[along] += math.copysign(own.dimensions[along] / 2, own.location[along] - middle[along])
    return (middle[0], y, z) if along == 0 else (x, middle[1], z)


def _along(a: Vec3, b: Vec3) -> int:
    """The level axis along which two places are further apart."""
    return 0 if abs(a[0] - b[0]) >= abs(a[1] - b[1]) else 1


def _launch(obj: SceneObject, target: Vec3, thrown: bool) -> list[str]:
    way = [target[i] - obj.location[i] for i in (0, 1)]
    length = math.hypot(*way)
    if length < 1e-6:
        raise PlanError(f"{obj.name} is above or below where it is to go")
    x, y = (f"{part / length:.4g} * speed" for part in way)
    rise = _RISE if thrown else "0"
    name = json.dumps(obj.name, ensure_ascii=False)
    return [f"    speed = {_SPEED}", f"    bpy.data.objects[{name}].velocity = ({x}, {y}, {rise})"]


def _touch(pair: tuple[str, str]) -> str:
    a, b = (json.dumps(name, ensure_ascii=False) for name in pair)
    return f'EVENT("CollisionStart", {{"a_id": {a}, "b_id": {b}}})'


def _near(name: str, place: Vec3, size: float) -> str:
    x, y, z = (f"{round(c, 4):.12g}" for c in place)
    told = json.dumps(name, ensure_ascii=False)
    return f"NEARBY_AT({told}, {x}, {y}, {z}, 1.0, threshold_strength={NEAR / size:.4g})"


def _pairs(found: list[tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in found)


def _one_of(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or r"(?!)"
