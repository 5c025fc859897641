"""A weight falls on the raised end of a see-saw, which presses a button and throws its load."""

from __future__ import annotations

import math
import random
from typing import Any

from addon.scene_graph import Constraint, SceneObject

from .. import claims, parts, rules
from ..assemble import machine, scene, share
from ..machine import Machine
from ..rules import Rule


def make(rng: random.Random) -> Machine:
    """The weight is held and released, or hangs on a hook that is taken away."""
    color = parts.Palette(rng)
    length, pivot = rng.uniform(3.0, 3.8), rng.uniform(0.55, 0.7)
    tilt = math.asin((pivot - 0.08) / (length / 2))
    plank, button = rng.choice(("Plank", "Lever", "Beam")), rng.choice(("Button", "Pad", "Switch"))
    weight, load = rng.choice(("Weight", "Block", "Anvil")), rng.choice(("Load", "Crate", "Parcel"))
    lamp = rng.choice(("Lamp", "Light", "Beacon"))
    along = (math.cos(tilt), math.sin(tilt))
    high = (along[0] * (length / 2 - 0.35), pivot + along[1] * (length / 2 - 0.35))
    weight_place = (high[0], 0.0, high[1] + rng.uniform(0.8, 1.2))
    reach = length / 2 - 0.35
    load_place = (-along[0] * reach - along[1] * 0.22, 0.0, pivot - along[1] * reach + along[0] * 0.22)
    swing: dict[str, Any] = {
        "kind": "lever",
        "rotation": parts.turn("y", -math.degrees(tilt)),
        "type": "ACTIVE",
        "mass": 2.0,
    }
    heavy: dict[str, Any] = {"kind": "weight", "type": "ACTIVE", "mass": rng.choice((5.0, 7.0)), "friction": 0.8}
    light: dict[str, Any] = {
        "kind": "load",
        "type": "ACTIVE",
        "mass": 0.8,
        "friction": 1.0,
        "rotation": swing["rotation"],
    }
    objects = [
        *parts.floor(-length - 1.5, length + 1.5),
        parts.box("Fulcrum", (0.25, 0.7, pivot - 0.08), (0.0, 0.0, (pivot - 0.08) / 2), color(), kind="support"),
        parts.box(plank, (length, 0.8, 0.1), (0.0, 0.0, pivot), color(), friction=0.9, **swing),
        parts.box(load, (0.32, 0.32, 0.32), load_place, color(), **light),
        parts.box(button, (0.3, 0.9, 0.12), (along[0] * length / 2 - 0.2, 0.0, 0.06), color(), kind="trigger"),
        parts.lamp(lamp, (along[0] * length / 2, 1.6, 1.2)),
    ]
    hinge = Constraint(
        name="Hinge",
        type="HINGE",
        object1=plank,
        object2="Fulcrum",
        location=parts.rounded((0.0, 0.0, pivot)),
        rotation=parts.turn("x", -90.0),
    )
    when = rng.choice((1.0, 1.5, 2.0, 3.0))
    hold = rng.choice((_held, _hooked))
    more, constraints, first = hold(rng, weight, weight_place, color(), when, heavy)
    press = (plank, button)
    told = [first, rules.rule(rng, rules.touches(*press), rules.turn_on(lamp))]
    graph = scene(rng, [*objects, *more], told, [hinge, *constraints])
    assertions = [
        claims.near(graph, weight, weight_place, share(graph, when - 0.1), tolerance=0.1),
        claims.in_order((weight, plank), press),
        claims.lit(lamp),
        claims.lit_after(lamp, press),
    ]
    return machine("lever", graph, told, assertions, tags=["timed", "hinge"])


Holding = tuple[list[SceneObject], list[Constraint], Rule]


def _held(rng: random.Random, name: str, place: parts.Vector, color: str, when: float, body: dict[str, Any]) -> Holding:
    weight = parts.box(name, (0.5, 0.5, 0.5), place, color, kinematic=True, **body)
    return [weight], [], rules.rule(rng, rules.at_time(when), rules.release(name))


def _hooked(
    rng: random.Random, name: str, place: parts.Vector, color: str, when: float, body: dict[str, Any]
) -> Holding:
    x, y, z = place
    crane = parts.box("Crane", (0.5, 0.5, 0.2), (x, y, z + 0.75), "white", kind="support")
    mast = parts.box("Mast", (0.2, 0.2, z + 0.85), (x, y + 0.9, (z + 0.85) / 2), "white", kind="support")
    arm = parts.box("Crane Arm", (0.2, 0.6, 0.15), (x, y + 0.55, z + 0.75), "white", kind="support")
    weight = parts.box(name, (0.5, 0.5, 0.5), place, color, **body)
    hook = Constraint(
        name="Hook", type="FIXED", object1=name, object2="Crane", location=parts.rounded((x, y, z + 0.45))
    )
    return [crane, mast, arm, weight], [hook], rules.rule(rng, rules.at_time(when), rules.unhook("Hook"))
