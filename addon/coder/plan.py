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

LINES: dict[str, str] = {
    "hits": "A hits B",
    "misses": "A never touches B",
    "on": "A ends on B",
    "in": "A ends in B",
    "beside": "A ends beside B",
    "between": "A ends between B and C",
    "launched": "launch A along the ground",
    "thrown": "throw A through the air",
}
"""The lines of a plan by their kinds: A is a thing that can be launched, B and C are things of the scene."""

TOUCHES, ENDS, STARTS = ("hits", "misses"), ("on", "in", "beside", "between"), ("launched", "thrown")

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
    """The grammar (GBNF) of the plans for a scene: what touches, then where things end, then what is launched."""
    groups = {"touch": TOUCHES, "end": ENDS, "start": STARTS}
    names = {"mover": movers(graph), "thing": [name for name in graph.names if name.isprintable()]}
    return "\n".join([
        r'root ::= (touch "\n"){0,3} (end "\n"){1,2} start ("\n" start)?',
        *(f"{group} ::= {' | '.join(map(_gbnf, kinds))}" for group, kinds in groups.items()),
        *(f"{rule} ::= {' | '.join(map(_quoted, found))}" for rule, found in names.items()),
        "",
    ])  # fmt: skip


def _gbnf(kind: str) -> str:
    words = re.split(r"\b([ABC])\b", LINES[kind])
    return " ".join("mover" if w == "A" else "thing" if w in ("B", "C") else _quoted(w) for w in words if w)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_plan(text: str, graph: SceneGraph) -> Plan:
    """The plan that a text says. Raises PlanError for a line that says none, and for lines that do not go together."""
    forms = {kind: _pattern(kind, movers(graph), graph.names) for kind in LINES}
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in LINES}
    for line in filter(None, text.strip("\n").split("\n")):
        said = next(((kind, match.groups()) for kind, form in forms.items() if (match := form.fullmatch(line))), None)
        if said is None:
            raise PlanError(f"'{line}' is no line of a plan")
        found[said[0]].append(said[1])
    plan = Plan(
        hits=tuple((a, b) for a, b in found["hits"]),
        misses=tuple((a, b) for a, b in found["misses"]),
        ends=tuple((mover, how, tuple(where)) for how in ENDS for mover, *where in found[how]),
        launched=tuple(name for (name,) in found["launched"]),
        thrown=tuple(name for (name,) in found["thrown"]),
    )
    if problem := _problem(plan):
        raise PlanError(problem)
    return plan


def _pattern(kind: str, able: Sequence[str], known: Sequence[str]) -> re.Pattern[str]:
    return re.compile(re.sub(r"\b[ABC]\b", lambda m: f"({_one_of(able if m[0] == 'A' else known)})", LINES[kind]))


def _problem(plan: Plan) -> str | None:
    """Why lines of a plan do not go together."""
    ending = [mover for mover, _, _ in plan.ends]
    apart = [*plan.hits, *plan.misses, *((mover, *where) for mover, _, where in plan.ends)]
    if not plan.ends or not (plan.launched or plan.thrown):
        return "a plan says where something ends, and what is launched or thrown"
    if any(len(set(names)) < len(names) for names in apart):
        return "a thing cannot touch, or end at, itself, and is not between a thing and itself"
    if set(plan.hits) & set(plan.misses):
        return "what is to touch cannot be never to touch"
    if len(set(ending)) < len(ending):
        return "a thing ends at one place"
    if set(plan.launched) & set(plan.thrown):
        return "a thing is launched or thrown, not both"
    return None


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
    return [f"    speed = {_SPEED}", f"    bpy.data.objects[{_quoted(obj.name)}].velocity = ({x}, {y}, {rise})"]


def _touch(pair: tuple[str, str]) -> str:
    a, b = map(_quoted, pair)
    return f'EVENT("CollisionStart", {{"a_id": {a}, "b_id": {b}}})'


def _near(name: str, place: Vec3, size: float) -> str:
    x, y, z = (f"{round(c, 4):.12g}" for c in place)
    return f"NEARBY_AT({_quoted(name)}, {x}, {y}, {z}, 1.0, threshold_strength={NEAR / size:.4g})"


def _one_of(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or r"(?!)"
