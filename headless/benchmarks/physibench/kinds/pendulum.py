"""A pendulum is let go and strikes a ball off its stand against a gong."""

from __future__ import annotations

import math
import random
from typing import Any

from addon.scene_graph import Constraint, SceneObject

from .. import claims, parts, rules
from ..assemble import machine, scene, share
from ..machine import Machine

PIVOT = 3.0


def make(rng: random.Random) -> Machine:
    """The bob is held until released after a time; what it strikes lights a lamp or raises a flag."""
    color = parts.Palette(rng)
    bob, ball = rng.choice(("Bob", "Hammer", "Wrecker")), rng.choice(("Ball", "Marble"))
    gong, lamp = rng.choice(("Gong", "Bell", "Panel")), rng.choice(("Lamp", "Light"))
    arm, swing = rng.uniform(1.7, 2.1), rng.uniform(40.0, 65.0)
    radius, ball_radius = 0.3, rng.choice((0.2, 0.25))
    gong_x = rng.uniform(4.0, 5.5)
    low = PIVOT - arm
    bodies = [
        *parts.floor(-4.0, gong_x + 1.5),
        *_frame(),
        *_pendulum(bob, arm, swing, radius, color),
        parts.box("Stand", (0.5, 0.5, low - ball_radius), (0.55, 0.0, (low - ball_radius) / 2), color(), kind="stand"),
        parts.ball(ball, ball_radius, (radius + ball_radius + 0.03, 0.0, low), color(), mass=1.0),
        parts.box(gong, (0.2, 2.0, 1.8), (gong_x, 0.0, 0.9), color(), kind="target"),
        parts.lamp(lamp, (gong_x, 1.8, 2.2)),
    ]
    when = rng.choice((1.0, 1.5, 2.0))
    strike, ring = (bob, ball), (ball, gong)
    told = [rules.rule(rng, rules.at_time(when), rules.release(bob))]
    cause = rng.choice((strike, ring))
    told.append(rules.rule(rng, rules.touches(*cause), rules.turn_on(lamp)))
    assertions = [claims.in_order(strike, ring), claims.lit(lamp), claims.lit_after(lamp, cause)]
    flagged = rng.random() < 0.5
    if flagged:
        bodies.append(parts.mover("Flag", (0.1, 0.6, 0.4), (gong_x, -2.2, 0.3), color(), "flag"))
        told.append(rules.rule(rng, rules.touches(*ring, delay=1.0), rules.move("Flag", "up", 1.5, 1.0)))
    graph = scene(rng, bodies, told, _joints(bob, arm, swing))
    held = graph.object(bob).location
    assertions.append(claims.near(graph, bob, held, share(graph, when - 0.1), tolerance=0.05))
    if flagged:
        assertions.append(claims.near(graph, "Flag", (gong_x, -2.2, 1.8), 1.0))
    return machine("pendulum", graph, told, assertions, tags=["timed", "hinge"])


def _frame() -> list[SceneObject]:
    post: dict[str, Any] = {"size": (0.2, 0.2, PIVOT + 0.1), "color": "white", "kind": "support"}
    return [
        parts.box("Beam", (0.2, 2.2, 0.2), (0.0, 0.0, PIVOT), "white", kind="support"),
        parts.box("Post Front", location=(0.0, -1.2, (PIVOT + 0.1) / 2), **post),
        parts.box("Post Back", location=(0.0, 1.2, (PIVOT + 0.1) / 2), **post),
    ]


def _place(along: float, swing: float) -> parts.Vector:
    angle = math.radians(swing)
    return (-along * math.sin(angle), 0.0, PIVOT - along * math.cos(angle))


def _pendulum(name: str, arm: float, swing: float, radius: float, color: parts.Palette) -> list[SceneObject]:
    """The bob, held, and the light rod from below the beam to the bob."""
    near, far = 0.2, arm - radius
    rod: dict[str, Any] = {"kind": "rod", "type": "ACTIVE", "mass": 0.1, "rotation": parts.turn("y", swing)}
    return [
        parts.ball(name, radius, _place(arm, swing), color(), mass=4.0, kinematic=True),
        parts.box("Rod", (0.08, 0.08, far - near), _place((near + far) / 2, swing), color(), **rod),
    ]


def _joints(bob: str, arm: float, swing: float) -> list[Constraint]:
    axis = parts.turn("x", -90.0)
    place = parts.rounded(_place(arm, swing))
    return [
        Constraint(name="Pivot", type="HINGE", object1=bob, object2="Beam", location=(0.0, 0.0, PIVOT), rotation=axis),
        Constraint(name="Rod Joint", type="FIXED", object1="Rod", object2=bob, location=place),
    ]
