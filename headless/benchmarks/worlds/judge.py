"""The checks of a case held against a world that ran, one function a kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel

from addon.geometry.poses import rotation_matrix
from addon.scene_graph import FloatArray, SceneObject

from . import case as c
from .evidence import Evidence, says

SET_OFF, SET_OFF_TURN = 0.05, 10.0
"""From how far (m), or by how many degrees, something has set off."""

DAY, LOW = 20.0, 0.0
"""How high in degrees the sun stands by day; and below what it has set."""


class Verdict(BaseModel):
    """Whether a check is met, and what was found."""

    check: str
    met: bool
    found: str


def judge(case: c.Case, world: Evidence) -> list[Verdict]:
    """The verdicts on all checks of a case."""
    found = []
    for check in case.checks:
        met, text = _JUDGES[type(check)](check, world)
        found.append(Verdict(check=check.check, met=bool(met), found=text))
    return found


Judged = tuple[bool, str]


def _present(check: c.Present, world: Evidence) -> Judged:
    things = world.things(check.thing)
    good = [t for t in things if check.colour is None or _named(check.colour) in world.colours(t)]
    if check.longest is not None:
        low, high = check.longest
        good = [t for t in good if low <= max(t.dimensions) <= high]
    most = math.inf if check.most is None else check.most
    text = f"{len(things)} of {check.thing[0]}, {len(good)} as they should be"
    return check.least <= len(good) <= most, text


def _named(colour: str) -> str:
    return "gray" if colour == "grey" else colour


def _related(check: c.Related, world: Evidence) -> Judged:
    frame = 0 if check.when == "start" else len(world.trace.position) - 1
    ground = check.other == ("ground",)
    others = [o for o in ([world.ground] if ground and world.ground else world.things(check.other)) if o is not None]
    things = world.things(check.thing)
    holds = [any(o is not t and _RELATIONS[check.relation](world, t, o, frame) for o in others) for t in things]
    met = bool(holds) and (all(holds) if check.all else any(holds))
    return met, f"{sum(holds)} of {len(holds)} {check.relation} {check.other[0]}"


def _boxes(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> tuple[FloatArray, ...]:
    return (*world.bounds(a, frame), *world.bounds(b, frame))


def _within(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
    a0, a1, b0, b1 = _boxes(world, a, b, frame)
    middle = (a0 + a1)[:2] / 2
    return bool((b0[:2] - 0.02 <= middle).all() and (middle <= b1[:2] + 0.02).all())


def _on(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
    a0, _, b0, b1 = _boxes(world, a, b, frame)
    return _within(world, a, b, frame) and bool(a0[2] >= (b0[2] + b1[2]) / 2 - 0.02 or b is world.ground)


def _in(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
    a0, _, b0, b1 = _boxes(world, a, b, frame)
    return _within(world, a, b, frame) and bool(b0[2] - 0.02 <= a0[2] <= b1[2])


def _under(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
    a0, a1, _, b1 = _boxes(world, a, b, frame)
    return _within(world, a, b, frame) and bool(a1[2] <= b1[2] + 0.02 and a0[2] < b1[2])


def _above(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
    a0, a1, b0, b1 = _boxes(world, a, b, frame)
    return bool((a0 + a1)[2] > (b0 + b1)[2])


def _apart(most: float) -> Callable[[Evidence, SceneObject, SceneObject, int], bool]:
    def holds(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
        a0, a1, b0, b1 = _boxes(world, a, b, frame)
        gap = np.maximum(np.maximum(b0 - a1, a0 - b1), 0.0)
        return bool(np.linalg.norm(gap) <= most)

    return holds


def _side(axis: int, sign: float) -> Callable[[Evidence, SceneObject, SceneObject, int], bool]:
    def holds(world: Evidence, a: SceneObject, b: SceneObject, frame: int) -> bool:
        a0, a1, b0, b1 = _boxes(world, a, b, frame)
        return bool(sign * ((a0 + a1)[axis] - (b0 + b1)[axis]) > 0.0)

    return holds


_RELATIONS: dict[str, Callable[[Evidence, SceneObject, SceneObject, int], bool]] = {
    "on": _on,
    "in": _in,
    "under": _under,
    "above": _above,
    "beside": _apart(1.0),
    "near": _apart(3.0),
    "left of": _side(0, -1.0),
    "right of": _side(0, 1.0),
    "in front of": _side(1, -1.0),
    "behind": _side(1, 1.0),
}


def _in_a_row(check: c.InARow, world: Evidence) -> Judged:
    things = world.things(check.thing)
    if len(things) < check.least:
        return False, f"{len(things)} of {check.thing[0]}"
    places = np.array([t.location for t in things])
    middle = places.mean(axis=0)
    way = np.linalg.svd(places - middle)[2][0]
    off = np.linalg.norm((places - middle) - np.outer((places - middle) @ way, way), axis=1).max()
    size = max(max(t.dimensions) for t in things)
    return bool(off <= size), f"{len(things)}, up to {off:.2f} m off the line"


def _way(path: FloatArray, way: str) -> float:
    moved = path - path[0]
    match way:
        case "up":
            return float(np.nanmax(moved[:, 2]))
        case "down":
            return float(np.nanmax(-moved[:, 2]))
        case "level":
            return float(np.nanmax(np.linalg.norm(moved[:, :2], axis=1)))
    return float(np.nanmax(np.linalg.norm(moved, axis=1)))


def _moves(check: c.Moves, world: Evidence) -> Judged:
    far = [max(_way(world.path(p), check.way) for p in world.parts(t)) for t in world.things(check.thing)]
    met = bool(far) and (min(far) if check.all else max(far)) >= check.least
    return met, f"{check.thing[0]} {check.way}: {', '.join(f'{f:.2f}' for f in far[:8])} m"


def _angles(turns: FloatArray) -> FloatArray:
    """By how many degrees each of some rotations ``[F, 3, 3]`` differs from the first."""
    cosine = (np.einsum("fij,ij->f", turns, turns[0]) - 1.0) / 2.0
    found: FloatArray = np.degrees(np.arccos(cosine.clip(-1.0, 1.0)))
    return found


def _turned(check: c.Turns, world: Evidence, thing: SceneObject) -> float:
    turns = world.turn(thing)
    if check.over:
        up = turns[0].T @ np.array([0.0, 0.0, 1.0])
        return float(np.degrees(np.arccos((turns @ up)[:, 2].clip(-1.0, 1.0))).max())
    if check.in_all:
        step = (np.einsum("fij,fij->f", turns[1:], turns[:-1]) - 1.0) / 2.0
        return float(np.degrees(np.arccos(step.clip(-1.0, 1.0))).sum())
    return float(_angles(turns).max())


def _turns(check: c.Turns, world: Evidence) -> Judged:
    things = [t for t in world.things(check.thing) if t.name in world.trace.bodies]
    found = [max(_turned(check, world, p) for p in world.parts(t)) for t in things]
    enough = sum(1 for f in found if f >= check.degrees)
    return enough >= check.least, f"{check.thing[0]}: {', '.join(f'{f:.0f}' for f in found[:8])} degrees"


def _swings(check: c.Swings, world: Evidence) -> Judged:
    best = 0
    for thing in world.things(check.thing):
        signals = list(world.path(thing).T)
        if thing.name in world.trace.bodies:
            signals += list(world.turn(thing)[:, :, 2].T)
        best = max([best, *(_reversals(np.nan_to_num(s)) for s in signals)])
    return best >= check.times, f"{check.thing[0]} turns back {best} times"


def _reversals(signal: FloatArray) -> int:
    """How often a signal turns back by more than a tenth of its span, or 2 mm."""
    least = max(0.1 * float(np.ptp(signal)), 2e-3)
    turns, way, extreme = 0, 0, float(signal[0])
    for value in np.asarray(signal).tolist():
        if way >= 0 and value < extreme - least:
            turns, way, extreme = turns + (way > 0), -1, value
        elif way <= 0 and value > extreme + least:
            turns, way, extreme = turns + (way < 0), 1, value
        elif (way > 0 and value > extreme) or (way < 0 and value < extreme):
            extreme = value
    return turns


def _still(check: c.Still, world: Evidence) -> Judged:
    far = [_way(world.path(t), "any") for t in world.things(check.thing)]
    return bool(far) and max(far) <= check.most, f"{check.thing[0]}: {max(far, default=0.0):.3f} m"


def _names(world: Evidence, words: Sequence[str]) -> list[str]:
    return [o.name for o in world.things(tuple(words))]


def _touches(check: c.Touches, world: Evidence) -> Judged:
    frames = world.touch_frames(_names(world, check.thing), _names(world, check.other))
    return len(frames) >= check.times, f"{check.thing[0]} and {check.other[0]}: {len(frames)} times"


def _first(moment: c.Happening, world: Evidence) -> int | None:
    if moment.other is not None:
        return min(world.touch_frames(_names(world, moment.thing), _names(world, moment.other)), default=None)
    found = [f for t in world.things(moment.thing) for p in world.parts(t) if (f := _sets_off(world, p)) is not None]
    found += [f for name in world.particles(moment.thing) if (f := _appear(world, name)) is not None]
    changes = [
        e.frame
        for e in world.trace.events
        if e.uid == "LookChanged" and says(str(e.parameters["object_id"]), moment.thing)
    ]
    return min([*found, *changes], default=None)


def _sets_off(world: Evidence, thing: SceneObject) -> int | None:
    path = world.path(thing)
    moved = np.linalg.norm(np.nan_to_num(path - path[0]), axis=1) > SET_OFF
    if thing.name in world.trace.bodies:
        moved = moved | (_angles(world.turn(thing)) > SET_OFF_TURN)
        scale = world.trace.scale[:, world.trace.index(thing.name)]
        moved = moved | (np.abs(scale / scale[0] - 1.0) > 0.1).any(axis=1)
    return int(moved.argmax()) if moved.any() else None


def _appear(world: Evidence, name: str) -> int | None:
    assert world.trace.deformed is not None
    number = np.nan_to_num(world.trace.deformed.number[:, world.trace.deformed.index(name)])
    there = number > number[0] + 2
    return int(there.argmax()) if there.any() else None


def _in_order(check: c.InOrder, world: Evidence) -> Judged:
    frames = [_first(moment, world) for moment in check.moments]
    known = [f for f in frames if f is not None]
    met = len(known) == len(frames) and known == sorted(known)
    return met, ", ".join(
        f"{m.thing[0]} {f if f is not None else 'never'}" for m, f in zip(check.moments, frames, strict=True)
    )


def _deforms(check: c.Deforms, world: Evidence) -> Judged:
    deformed, best = world.trace.deformed, 0.0
    for thing in world.things(check.thing):
        if deformed is not None and thing.name in deformed.names:
            j = deformed.index(thing.name)
            box = np.concatenate([deformed.low[:, j], deformed.high[:, j]], axis=1)
            best = max(best, float(np.nanmax(np.abs(box - box[0]))) / max(*thing.dimensions, 1e-6))
        if thing.name in world.trace.bodies:
            scale = world.trace.scale[:, world.trace.index(thing.name)]
            shape = scale / scale.max(axis=1, keepdims=True)
            best = max(best, float(np.abs(shape - shape[0]).max()))
    return best >= check.least, f"{check.thing[0]} by {best:.0%}"


def _resized(check: c.Resized, world: Evidence) -> Judged:
    found = [1.0]
    for thing in world.things(check.thing):
        if thing.name in world.trace.bodies:
            scale = world.trace.scale[:, world.trace.index(thing.name)]
            found += list((scale[-1] / scale[0]).tolist())
    best = max(found) if check.factor >= 1.0 else min(found)
    return best >= check.factor if check.factor >= 1.0 else best <= check.factor, f"{check.thing[0]} times {best:.2f}"


def _particles(check: c.Particles, world: Evidence) -> Judged:
    deformed, told = world.trace.deformed, []
    for name in world.particles(check.thing):
        assert deformed is not None
        j = deformed.index(name)
        most = float(np.nanmax(deformed.number[:, j]))
        way = _stream(world, name, check.way)
        told.append(f"{name}: {most:.0f}{'' if way else f', not {check.way}'}")
        if most >= check.least and way:
            return True, told[-1]
    return False, "; ".join(told) or f"no particles of {check.thing[0]}"


def _stream(world: Evidence, name: str, way: str) -> bool:
    """Whether particles go somewhere: their bounds, at their largest, reach that far from what gives them off."""
    deformed = world.trace.deformed
    if way == "any" or deformed is None:
        return True
    j = deformed.index(name)
    source = np.asarray(world.graph.object(name.split(": ")[0]).location)
    low, high = np.nanmin(deformed.low[:, j], axis=0) - source, np.nanmax(deformed.high[:, j], axis=0) - source
    match way:
        case "up":
            return bool(high[2] >= 0.15)
        case "down":
            return bool(low[2] <= -0.15)
    return bool(max(np.abs(low[:2]).max(), np.abs(high[:2]).max()) >= 0.15)


def _liquid(check: c.Liquid, world: Evidence) -> Judged:
    deformed, best = world.trace.deformed, 0.0
    words = ("drops", "water", "coffee", "liquid", "tea", "milk", "fluid", "juice", "wine")
    for name in world.particles(words):
        assert deformed is not None
        low = deformed.low[:, deformed.index(name), 2]
        known = low[np.isfinite(low)]
        best = max(best, float(known.max() - known.min())) if len(known) else best
    return best >= check.least, f"{best:.2f} m lower"


def _light_changes(check: c.LightChanges, world: Evidence) -> Judged:
    changes, told = 0, []
    for obj in world.graph.objects:
        values: list[float] = []
        if obj.light is not None:
            values.append(obj.light.energy)
        elif obj.material is not None:
            values.append(obj.material.emission_strength)
        looks = ("light.energy", "material.emission_strength", "light.color")
        for event in world.trace.events:
            if (
                event.uid == "LookChanged"
                and event.parameters["object_id"] == obj.name
                and event.parameters["look"] in looks[:2]
            ):
                values.append(float(event.parameters["new"]))
        turns = _crossings(np.array(values), check.factor) if len(values) > 1 else 0
        changes = max(changes, turns)
        if obj.light is not None and world.trace.placed is not None and obj.name in world.trace.placed.names:
            angle = float(_angles(rotation_matrix(world.trace.placed.poses(obj.name)[1])).max())
            changes = max(changes, int(angle >= check.degrees))
            told.append(f"{obj.name} turns by {angle:.0f} degrees")
    course = world.graph.sky.course if world.graph.sky is not None else None
    if course is not None and max(course.strength) >= check.factor * max(min(course.strength), 1e-9):
        changes = max(changes, 1)
    return changes >= check.times, f"{changes} changes{'; ' if told else ''}{', '.join(told[:3])}"


def _crossings(values: FloatArray, factor: float) -> int:
    """How often a strength gets larger or smaller by a factor than it was at its last turn."""
    turns, mark, way = 0, float(values[0]), 0
    for value in values.tolist():
        high, low = max(value, mark), min(value, mark)
        if high > factor * max(low, 1e-9) and (now := 1 if value > mark else -1) != way:
            turns, way, mark = turns + 1, now, value
        elif way and (value - mark) * way > 0:
            mark = value
    return turns


def _lit(check: c.Lit, world: Evidence) -> Judged:
    for obj in world.graph.objects:
        glows = obj.light is not None and obj.light.energy > 0.0
        surfaces = [*([obj.material] if obj.material is not None else []), *obj.surfaces.values()]
        glows = glows or any(s.emission_strength > 0.0 for s in surfaces)
        if glows and (says(obj.name, check.thing) or says(obj.semantic_class, check.thing)):
            return True, f"'{obj.name}' shines"
    return False, f"nothing of {check.thing[0]} shines"


def _hour(check: c.Hour, world: Evidence) -> Judged:
    sky = world.graph.sky
    height = math.degrees(sky.sun.elevation) if sky is not None and sky.sun is not None else None
    if height is None:
        bright = sky is not None and max(sky.color) * sky.strength > 0.1
        return check.is_ == ("day" if bright else "night"), "a sky of one colour, " + ("bright" if bright else "dark")
    hour = "day" if height >= DAY else "low sun" if height > LOW else "night"
    return hour == check.is_, f"the sun stands at {height:.0f} degrees"


def _foggy(check: c.Foggy, world: Evidence) -> Judged:
    density = world.graph.fog.density if world.graph.fog is not None else 0.0
    return density >= 0.005, f"fog of density {density:.3g}"


def _ground(check: c.Ground, world: Evidence) -> Judged:
    ground = world.ground
    if ground is None:
        return False, "there is no ground"
    named = says(ground.semantic_class, check.words) or says(ground.name, check.words)
    coloured = check.colour is not None and _named(check.colour) in world.colours(ground)
    return named or coloured, f"{ground.semantic_class or ground.name}, {'/'.join(sorted(world.colours(ground)))}"


def _camera_moves(check: c.CameraMoves, world: Evidence) -> Judged:
    camera = world.graph.camera
    path = camera.path if camera is not None else None
    far = (
        0.0
        if path is None
        else float(np.linalg.norm(np.array(path.location) - np.array(path.location[0]), axis=1).max())
    )
    return far >= check.least, f"{far:.2f} m"


def _in_view(check: c.InView, world: Evidence) -> Judged:
    camera = world.graph.camera
    if camera is None:
        return False, "there is no camera"
    turn = rotation_matrix(np.array([camera.rotation]))[0]
    for thing in world.things(check.thing):
        low, high = world.bounds(thing, 0)
        x, y, z = turn.T @ ((low + high) / 2 - np.asarray(camera.location))
        half = 18.0 / camera.lens
        if z < 0.0 and abs(x) <= -z * half and abs(y) <= -z * half * 9.0 / 16.0:
            return True, f"'{thing.name}' is in view"
    return False, f"no {check.thing[0]} in view"


def _told(check: c.Told, world: Evidence) -> Judged:
    return any(says(text, check.words) for text in world.told), f"told: {', '.join(world.told) or 'nothing'}"


_JUDGES: dict[type, Callable[[Any, Evidence], Judged]] = {
    c.Present: _present,
    c.Related: _related,
    c.InARow: _in_a_row,
    c.Moves: _moves,
    c.Turns: _turns,
    c.Swings: _swings,
    c.Still: _still,
    c.Touches: _touches,
    c.InOrder: _in_order,
    c.Deforms: _deforms,
    c.Resized: _resized,
    c.Particles: _particles,
    c.Liquid: _liquid,
    c.LightChanges: _light_changes,
    c.Lit: _lit,
    c.Hour: _hour,
    c.Foggy: _foggy,
    c.Ground: _ground,
    c.CameraMoves: _camera_moves,
    c.InView: _in_view,
    c.Told: _told,
}
