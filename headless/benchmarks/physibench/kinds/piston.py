"""A timed piston pushes a crate off a table."""

from __future__ import annotations

import random

from .. import claims, parts, rules
from ..assemble import STEPS, machine, scene, share
from ..machine import Machine

GAP = 0.2


def make(rng: random.Random) -> Machine:
    """The piston moves after a time; it may draw back when the crate has landed, and a clock may count."""
    color = parts.Palette(rng)
    piston, crate = rng.choice(("Piston", "Ram", "Pusher")), rng.choice(("Crate", "Box", "Parcel"))
    pad, lamp = rng.choice(("Pad", "Plate", "Scale")), rng.choice(("Lamp", "Light"))
    top, size, length = rng.uniform(0.6, 1.0), rng.choice((0.4, 0.5)), rng.uniform(1.6, 2.2)
    edge = length / 2
    home = (-edge + 0.4, 0.0, top + 0.2)
    crate_x = home[0] + 0.2 + GAP + size / 2
    stroke = round(edge - (home[0] + 0.2) + 0.05, 2)
    seconds = rng.choice((0.8, 1.0, 1.5))
    objects = [
        *parts.floor(-3.5, edge + 3.5),
        parts.box("Table", (length, 1.0, top), (0.0, 0.0, top / 2), color(), kind="table", friction=0.5),
        parts.mover(piston, (0.4, 0.5, 0.38), home, color(), "piston"),
        parts.box(
            crate, (size,) * 3, (crate_x, 0.0, top + size / 2), color(), kind="crate", type="ACTIVE", friction=0.5
        ),
        parts.box(pad, (2.0, 1.6, 0.08), (edge + 1.1, 0.0, 0.04), color(), kind="trigger", friction=0.9),
        parts.lamp(lamp, (edge + 1.1, 1.4, 1.2)),
    ]
    when = rng.choice((1.0, 2.0, 2.5, 3.0))
    landed = (crate, pad)
    told = [
        rules.rule(rng, rules.at_time(when), rules.move(piston, "right", stroke, seconds)),
        rules.rule(rng, rules.touches(*landed), rules.turn_on(lamp)),
    ]
    assertions = [claims.in_order((piston, crate), landed), claims.lit(lamp), claims.lit_after(lamp, landed)]
    away = (home[0] + stroke, home[1], home[2])
    extra = rng.choice(("none", "back", "clock"))
    if extra == "back":
        told.append(rules.rule(rng, rules.touches(*landed, delay=1.0), rules.move(piston, "left", stroke, seconds)))
    if extra == "clock":
        objects.append(parts.counter("Clock", (-edge, 1.6, 0.6)))
        period = rng.choice((2.4, 2.8, 3.0))
        told.append(rules.rule(rng, rules.every(period), rules.add("Clock", "count", 1)))
    graph = scene(rng, objects, told)
    if extra == "clock":
        ticks = int((STEPS - 1) * graph.world.dt / period)
        assertions += [claims.counted("Clock", "count", ticks), claims.reached("Clock", "count", ticks)]
    assertions += [
        claims.near(graph, piston, home, share(graph, when - 0.1), tolerance=0.05),
        claims.near(graph, piston, away, share(graph, when + seconds + 0.15), tolerance=0.08),
        claims.near(graph, piston, home if extra == "back" else away, 1.0, tolerance=0.05),
    ]
    return machine("piston", graph, told, assertions, tags=["timed", *(["every"] if extra == "clock" else [])])
