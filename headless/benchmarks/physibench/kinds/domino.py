"""A row of dominoes, started by a ball or a pusher, whose last one falls on a button."""

from __future__ import annotations

import random

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from ..assemble import machine, scene, share
from ..machine import Machine
from ..rules import Rule

THICKNESS = 0.14


def make(rng: random.Random) -> Machine:
    """Five to eleven dominoes; the start is a push at a time, a launched ball or a ball on a ramp."""
    color = parts.Palette(rng)
    count, height = rng.randint(5, 11), rng.choice((0.9, 1.0, 1.1))
    gap = height * rng.uniform(0.42, 0.52)
    row = [
        parts.box(
            f"Domino {i + 1}",
            (THICKNESS, 0.5, height),
            (i * gap, 0.0, height / 2),
            color(),
            kind="domino",
            type="ACTIVE",
            mass=0.5,
            friction=0.5,
        )
        for i in range(count)
    ]
    end = (count - 1) * gap
    button = rng.choice(("Button", "Pad", "Switch"))
    plate = parts.box(button, (0.5, 0.8, 0.2), (end + 0.6 * height, 0.0, 0.1), color(), kind="trigger")
    start = rng.choice((_push, _launch, _roll))
    movers, told, mover, when = start(rng, color, height)
    objects = [*parts.floor(-5.0, end + 3.0), *row, plate, *movers]
    last = (row[-1].name, button)
    assertions = [claims.in_order(("Domino 1", "Domino 2"), (row[-1].name, row[-2].name)), claims.touch(*last)]
    if told or rng.random() < 0.6:
        lamp = rng.choice(("Lamp", "Light", "Signal"))
        objects.append(parts.lamp(lamp, (end + 0.6 * height, 1.0, 1.2)))
        told.append(rules.rule(rng, rules.touches(*last), rules.turn_on(lamp)))
        assertions += [claims.lit(lamp), claims.lit_after(lamp, last)]
    graph = scene(rng, objects, told)
    if when is not None:
        place = graph.object(mover).location
        assertions.append(claims.near(graph, mover, place, share(graph, when - 0.1), tolerance=0.05))
    assertions.append(claims.touch(mover, "Domino 1"))
    return machine("domino", graph, told, assertions, tags=["timed"] if when else [])


Start = tuple[list[SceneObject], list[Rule], str, float | None]
"""Objects and rules of a start, the name of the body that strikes, and when it is set going (s)."""


def _table(height: float, color: str) -> SceneObject:
    return parts.box("Table", (2.0, 0.8, height), (-1.3, 0.0, height / 2), color, kind="table")


def _launch(rng: random.Random, color: parts.Palette, height: float) -> Start:
    radius, top, when = 0.2, height * 0.45, rng.choice((1.0, 1.5, 2.0))
    name = rng.choice(("Ball", "Marble"))
    roller = parts.ball(name, radius, (-1.6, 0.0, top + radius), color())
    speed = rng.choice((2.0, 2.5, 3.0))
    told = rules.rule(rng, rules.at_time(when), rules.launch(name, (speed, 0, 0)))
    return [_table(top, color()), roller], [told], name, when


def _push(rng: random.Random, color: parts.Palette, height: float) -> Start:
    when = rng.choice((1.0, 2.0, 2.5))
    name = rng.choice(("Pusher", "Piston"))
    size, place = (0.3, 0.4, 0.3), (-0.5, 0.0, height - 0.2)
    told = rules.rule(rng, rules.at_time(when), rules.move(name, "right", 0.5, rng.choice((0.5, 0.8))))
    return [parts.mover(name, size, place, color(), "piston")], [told], name, when


def _roll(rng: random.Random, color: parts.Palette, height: float) -> Start:
    radius, top = 0.2, height * 0.45
    slope = parts.ramp("Ramp", (-3.9, top + 0.75), (-2.2, top + 0.02), color(), width=0.8)
    roller = parts.ball("Ball", radius, parts.on_ramp(slope, 0.2, radius), color())
    return [_table(top, color()), slope, roller], [], "Ball", None
