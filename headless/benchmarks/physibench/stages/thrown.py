"""Stages in which something flies: cannon, catapult and spring."""

from __future__ import annotations

import math

from addon.scene_graph import Constraint, Limit, Spring

from .. import claims, parts, rules
from .bay import Bay, Stage

GRAVITY = 9.81


def cannon(bay: Bay) -> Stage:
    """A ball is shot from a pedestal into a bucket."""
    ball, color = bay.name("Cannonball", "Ball", "Shell")
    pail, pail_color = bay.name("Bucket", "Basket", "Bin")
    radius, inner, height = 0.18, bay.rng.uniform(1.2, 1.4), bay.rng.uniform(0.5, 0.65)
    stand, x = bay.rng.uniform(0.5, 1.0), 0.4
    velocity = (round(bay.rng.uniform(2.2, 3.0), 1), 0, round(bay.rng.uniform(3.6, 4.6), 1))
    drop = stand + radius - height / 2
    flight = (velocity[2] + math.sqrt(velocity[2] ** 2 + 2 * GRAVITY * drop)) / GRAVITY
    landing = x + velocity[0] * flight
    pedestal = parts.box(bay.name.number("Pedestal"), (0.6, 0.6, stand), (x, 0.0, stand / 2), bay.color(), kind="stand")
    shot = parts.ball(
        ball, radius, (x, 0.0, stand + radius), color, linear_damping=0.0, friction=0.8, angular_damping=0.3
    )
    return Stage(
        objects=(pedestal, shot, *parts.bucket(pail, (landing, 0.0), inner, height, pail_color)),
        start=(rules.launch(ball, velocity),),
        done=rules.touches(ball, pail),
        event=claims.touching(ball, pail),
        length=landing + inner / 2 + 0.4,
        claims=(claims.happens(claims.pattern("Airborne", ball)),),
        mover=ball,
    )


def catapult(bay: Bay) -> Stage:
    """An arm whips round and throws its load onto a mat."""
    arm, color = bay.name("Catapult", "Arm", "Thrower")
    load, load_color = bay.name("Stone", "Load", "Rock")
    length, pivot, x = 2.4, 1.25, 1.6
    steep, sweep = bay.rng.uniform(30.0, 35.0), bay.rng.choice((45, 50))
    tilt = math.radians(steep)
    reach, lift = length / 2 - 0.2, 0.05 + 0.15
    place = (
        x - reach * math.cos(tilt) + lift * math.sin(tilt),
        0.0,
        pivot + reach * math.sin(tilt) + lift * math.cos(tilt),
    )
    turn = parts.turn("y", steep)
    pad = bay.pad(x + 2.6, (4.4, 2.6))
    objects = (
        parts.box(
            bay.name.number("Frame"),
            (0.3, 0.9, pivot - 0.1),
            (x, 0.0, (pivot - 0.1) / 2),
            "white",
            kind="support",
            collections=(1,),
        ),
        parts.mover(arm, (length, 0.7, 0.1), (x, 0.0, pivot), color, "lever", rotation=turn, friction=1.0),
        parts.box(
            load, (0.3,) * 3, place, load_color, kind="load", rotation=turn, type="ACTIVE", mass=0.5, friction=1.0
        ),
        pad,
    )
    return Stage(
        objects=objects,
        start=(rules.rotate(arm, sweep, "y", bay.rng.choice((0.2, 0.25))),),
        done=rules.touches(load, pad.name),
        event=claims.touching(load, pad.name),
        length=x + 4.9,
        claims=(claims.happens(claims.pattern("Airborne", load)),),
        mover=load,
    )


def spring(bay: Bay) -> Stage:
    """A held weight on a spring is let go, dips onto a button and comes up again."""
    weight, color = bay.name("Weight", "Bob", "Bouncer")
    crane, x, high = bay.name.number("Crane"), 1.3, bay.rng.uniform(1.4, 1.8)
    mass, stiffness = 2.0, bay.rng.choice((50.0, 60.0))
    dip = 2 * mass * GRAVITY / stiffness
    size, tall = 0.4, 0.25
    button, button_color = bay.name("Button", "Pad", "Switch")
    place = (x, 0.0, tall + size / 2 + 0.6 * dip)
    objects = (
        parts.box(crane, (0.6, 0.6, 0.2), (x, 0.0, high + 0.75), "white", kind="support"),
        parts.box(
            bay.name.number("Mast"), (0.2, 0.2, high + 0.85), (x, 1.0, (high + 0.85) / 2), "white", kind="support"
        ),
        parts.box(weight, (size,) * 3, place, color, kind="weight", type="ACTIVE", kinematic=True, mass=mass),
        parts.box(button, (0.6, 0.6, tall), (x, 0.0, tall / 2), button_color, kind="trigger"),
    )
    joint = Constraint(
        name=bay.name.number("Spring"),
        type="GENERIC_SPRING",
        object1=crane,
        object2=weight,
        location=parts.rounded(place),
        limits={
            "lin_z": Limit(lower=-3.0, upper=3.0),
            **{axis: Limit(lower=0.0, upper=0.0) for axis in ("lin_x", "lin_y", "ang_x", "ang_y", "ang_z")},
        },
        springs={"lin_z": Spring(stiffness=stiffness, damping=0.2)},
    )
    return Stage(
        objects=objects,
        constraints=(joint,),
        start=(rules.release(weight),),
        done=rules.touches(weight, button),
        event=claims.touching(weight, button),
        length=2.6,
        claims=(claims.happens(claims.Event("CollisionEnd", claims.touching(weight, button).params)),),
        mover=weight,
    )
