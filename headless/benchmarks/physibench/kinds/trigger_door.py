"""A ball rolls over a trigger, which opens the door on its way to a goal."""

from __future__ import annotations

import random
from typing import Any

from .. import claims, parts, rules
from ..assemble import machine, scene
from ..machine import Machine

LANE = 1.4


def make(rng: random.Random) -> Machine:
    """One lane with ramp, trigger, door and goal; some doors close again, some goals light a lamp."""
    color = parts.Palette(rng)
    ball, trigger = rng.choice(("Ball", "Marble")), rng.choice(("Trigger", "Sensor", "Plate"))
    door, goal = rng.choice(("Door", "Gate", "Barrier")), rng.choice(("Goal", "Target", "Finish"))
    radius, tall = rng.choice((0.22, 0.25, 0.3)), rng.choice((1.2, 1.4, 1.6))
    slope = parts.ramp("Ramp", (-2.6, rng.uniform(0.8, 1.1)), (0.0, 0.02), color(), width=LANE)
    trigger_x = rng.uniform(0.8, 1.5)
    door_x = trigger_x + rng.uniform(3.2, 4.2)
    goal_x = door_x + rng.uniform(2.0, 3.0)
    middle, length = (goal_x - 0.2) / 2, goal_x + 0.2
    plate: dict[str, Any] = {"kind": "trigger", "friction": 0.6}
    objects = [
        *parts.floor(-4.0, goal_x + 1.5, width=4.0),
        slope,
        parts.box("Rail Front", (length, 0.1, 0.25), (middle, -LANE / 2 - 0.06, 0.125), "white", kind="rail"),
        parts.box("Rail Back", (length, 0.1, 0.25), (middle, LANE / 2 + 0.06, 0.125), "white", kind="rail"),
        parts.ball(ball, radius, parts.on_ramp(slope, 0.15, radius), color()),
        parts.box(trigger, (0.6, LANE - 0.1, 0.06), (trigger_x, 0.0, -0.025), color(), **plate),
        parts.mover(door, (0.15, LANE - 0.04, tall), (door_x, 0.0, tall / 2 + 0.02), color(), "door"),
        parts.box(goal, (0.3, LANE, 0.7), (goal_x, 0.0, 0.35), color(), kind="target"),
    ]
    told = [rules.rule(rng, rules.touches(ball, trigger), rules.open_door(door))]
    assertions = [claims.in_order((ball, trigger), (ball, goal))]
    final_height = objects[-2].location[2] + tall
    extra = rng.choice(("none", "close", "lamp", "both"))
    if extra in ("lamp", "both"):
        lamp = rng.choice(("Lamp", "Light"))
        objects.append(parts.lamp(lamp, (goal_x, 1.4, 1.2)))
        told.append(rules.rule(rng, rules.touches(ball, goal), rules.turn_on(lamp)))
        assertions += [claims.lit(lamp), claims.lit_after(lamp, (ball, goal))]
    if extra in ("close", "both"):
        reached = rules.touches(ball, goal, delay=rng.choice((0.0, 0.5, 1.0)))
        told.append(rules.rule(rng, reached, rules.close_door(door)))
        final_height -= tall
    else:
        assertions.append(claims.no_touch(ball, door))
    graph = scene(rng, objects, told)
    assertions.append(claims.near(graph, door, (door_x, 0.0, final_height), 1.0))
    return machine("trigger_door", graph, told, assertions, tags=["door"])
