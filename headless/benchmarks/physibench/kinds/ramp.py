"""A ball rolls down a zigzag of ramps and over the floor into a target."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from ..assemble import machine, scene
from ..machine import Machine

FALL = 0.68
"""Height from the foot of a ramp to the top of the next, enough for the largest ball to pass below."""

CATCH = 0.9
"""How far the next ramp reaches beyond the foot of the last."""


def make(rng: random.Random) -> Machine:
    """Two to four ramps; in three of four machines a lamp tells that the target was hit."""
    color = parts.Palette(rng)
    ball_name = rng.choice(("Ball", "Marble", "Sphere"))
    target_name = rng.choice(("Bell", "Goal", "Target"))
    radius = rng.choice((0.18, 0.22, 0.26))
    planks = _zigzag(rng, rng.randint(2, 4), color)
    start = parts.on_ramp(planks[0], 0.12, radius, gap=0.06)
    roller = parts.ball(ball_name, radius, start, color(), mass=rng.choice((0.5, 1.0, 2.0)))
    way = math.copysign(1.0, planks[-2].location[0] - planks[-1].location[0])
    foot = planks[-2].location[0] + way * planks[-2].dimensions[0] / 2
    goal_x = foot + way * rng.uniform(1.5, 2.8)
    goal = parts.box(target_name, (0.3, 1.4, 0.9), (goal_x, 0.0, 0.45), color(), kind="target")
    xs = [o.location[0] for o in (*planks, goal)]
    objects = [*parts.floor(min(xs) - 2.5, max(xs) + 2.5), *planks, roller, goal]
    return _finish(rng, objects, ball_name, target_name, [p.name for p in planks if p.semantic_class == "ramp"])


def _zigzag(rng: random.Random, count: int, color: parts.Palette) -> list[SceneObject]:
    """Ramps from the top down, each but the first followed by the bumper at its upper end."""
    runs = [rng.uniform(2.2, 3.2) for _ in range(count)]
    drops = [run * math.tan(math.radians(rng.uniform(12, 19))) for run in runs]
    z = 0.12 + sum(drops) + FALL * (count - 1)
    x, way = 0.0, rng.choice((1, -1))
    found: list[SceneObject] = []
    for number, (run, drop) in enumerate(zip(runs, drops, strict=True), 1):
        top, foot = (x, z), (x + way * run, z - drop)
        found.append(parts.ramp(f"Ramp {number}", top, foot, color()))
        size, place = (0.12, 1.4, FALL + 0.7), (x - way * 0.08, 0.0, z + (FALL + 0.7) / 2 - 0.1)
        found.append(parts.box(f"Bumper {number}", size, place, "white", kind="wall"))
        x, z, way = foot[0] + way * CATCH, foot[1] - FALL, -way
    return found


def _finish(rng: random.Random, objects: list[SceneObject], ball: str, target: str, ramps: list[str]) -> Machine:
    touch = (ball, target)
    order = [claims.in_order((ball, a), (ball, b)) for a, b in pairwise(ramps)]
    assertions = [*order, claims.touch(*touch)]
    if rng.random() < 0.25:
        return machine("ramp", scene(rng, objects), [], assertions)
    lamp = rng.choice(("Lamp", "Light", "Beacon"))
    delay = rng.choice((0.0, 0.0, 1.0, 1.5))
    place = next(o.location for o in objects if o.name == target)
    objects = [*objects, parts.lamp(lamp, (place[0], 1.0, 1.4))]
    told = [rules.rule(rng, rules.touches(*touch, delay=delay), rules.turn_on(lamp))]
    assertions += [claims.lit(lamp), claims.lit_after(lamp, touch, delay)]
    if rng.random() < 0.5:
        objects.append(parts.counter("Counter", (0.0, 2.0, 0.6)))
        last = ramps[-1]
        told.append(rules.rule(rng, rules.touches(ball, last), rules.add("Counter", "count", 5)))
        assertions += [claims.reached("Counter", "count", 5), claims.counted("Counter", "count", 1)]
    return machine("ramp", scene(rng, objects, told), told, assertions, tags=["delay"] if delay else [])
