"""A ball is shot from a pedestal into a bucket."""

from __future__ import annotations

import math
import random

from .. import claims, parts, rules
from ..assemble import machine, scene, share
from ..machine import Machine

GRAVITY = 9.81


def make(rng: random.Random) -> Machine:
    """The launch comes after a time; the bucket stands where the throw comes down, a decoy further on."""
    color = parts.Palette(rng)
    ball, pail = rng.choice(("Ball", "Marble", "Cannonball")), rng.choice(("Bucket", "Basket", "Bin"))
    radius, inner, height = rng.choice((0.15, 0.2)), rng.uniform(1.2, 1.5), rng.uniform(0.55, 0.75)
    stand = rng.uniform(0.5, 1.2)
    velocity = (round(rng.uniform(2.0, 3.4), 1), 0, round(rng.uniform(4.5, 6.0), 1))
    start = (0.0, 0.0, stand + radius)
    landing = start[0] + velocity[0] * _time_down(velocity[2], start[2] - height / 2)
    objects = [
        *parts.floor(-2.0, landing + 5.0),
        parts.box("Pedestal", (0.6, 0.6, stand), (0.0, 0.0, stand / 2), color(), kind="stand"),
        parts.ball(ball, radius, start, color(), linear_damping=0.0, friction=0.8, angular_damping=0.3),
        *parts.bucket(pail, (landing, 0.0), inner, height, color()),
    ]
    decoy = rng.random() < 0.5
    if decoy:
        objects += parts.bucket("Tub", (landing + 2.4, 0.0), 1.0, 0.5, color())
    lamp = rng.choice(("Lamp", "Light", "Beacon"))
    objects.append(parts.lamp(lamp, (landing, 1.6, 1.4)))
    when = rng.choice((1.0, 1.5, 2.0, 2.5))
    hit = (ball, pail)
    delay = rng.choice((0.0, 0.5, 1.0))
    told = [
        rules.rule(rng, rules.at_time(when), rules.launch(ball, velocity)),
        rules.rule(rng, rules.touches(*hit, delay=delay), rules.turn_on(lamp)),
    ]
    assertions = [claims.lit(lamp), claims.lit_after(lamp, hit, delay)]
    if rng.random() < 0.4:
        objects.append(parts.counter("Score", (landing, 2.4, 0.6)))
        points = rng.choice((1, 3, 10))
        told.append(rules.rule(rng, rules.touches(*hit), rules.add("Score", "points", points)))
        objects[-1] = objects[-1].model_copy(update={"properties": {"points": 0}})
        assertions += [claims.reached("Score", "points", points), claims.counted("Score", "points", 1)]
    graph = scene(rng, objects, told)
    assertions += [
        claims.near(graph, ball, start, share(graph, when - 0.1), tolerance=0.05),
        claims.near(graph, ball, (landing, 0.0, 0.1 + radius), 1.0, tolerance=inner / 2),
    ]
    if decoy:
        assertions.append(claims.no_touch(ball, "Tub"))
    return machine("projectile", graph, told, assertions, tags=["timed", *(["delay"] if delay else [])])


def _time_down(speed: float, drop: float) -> float:
    """Seconds until a body thrown up at ``speed`` (m/s) is ``drop`` metres below its start."""
    return (speed + math.sqrt(speed * speed + 2 * GRAVITY * drop)) / GRAVITY
