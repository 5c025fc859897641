"""Stages of forces: a magnet, a bungee, a breeze, a thruster and a moon."""

from __future__ import annotations

import math

from .. import claims, parts, rules
from .bay import RADIUS, Bay, Stage

GRAVITY = 9.81


def magnet(bay: Bay) -> Stage:
    """A magnet draws a ball to itself."""
    name, color = bay.name("Magnet", "Coil", "Pole")
    ball, ball_color = bay.name("Ball", "Marble", "Sphere")
    x = bay.rng.uniform(2.8, 3.4)
    return Stage(
        objects=(
            parts.box(name, (0.4, 0.8, 0.8), (x, 0.0, 0.4), color, kind="magnet"),
            parts.ball(ball, RADIUS, (0.6, 0.0, RADIUS), ball_color),
        ),
        start=(rules.attract(name, ball, bay.rng.choice((6, 8, 10))),),
        done=rules.touches(ball, name),
        event=claims.touching(ball, name),
        length=4.2,
        mover=ball,
    )


def bungee(bay: Bay) -> Stage:
    """A bob that is tied to a beam is let go: the spring catches it above the mat, and a lamp tells how low it was."""
    bob, color = bay.name("Bob", "Weight", "Jumper")
    beam, beam_color = bay.name("Beam", "Hanger", "Gallows")
    lamp, mat = bay.lamp(2.0), bay.pad(1.0, (1.2, 1.2))
    stiffness, start = bay.rng.choice((30, 40, 50)), bay.rng.uniform(1.5, 1.7)
    lowest = start - 2 * GRAVITY / stiffness
    height = round((start + lowest) / 2, 2)
    on, mark = claims.turned_on(lamp.name), bay.rng.choice((0.0,))
    return Stage(
        objects=(
            parts.box(beam, (0.8, 0.2, 0.2), (1.0 + mark, 0.0, start + 0.9), beam_color, kind="support"),
            parts.ball(bob, 0.15, (1.0, 0.0, start), color, kinematic=True),
            mat,
            lamp,
        ),
        start=(rules.tie(beam, bob, stiffness), rules.release(bob)),
        done=rules.is_on(lamp.name),
        event=on,
        length=2.6,
        rules=(bay.rule(rules.below(bob, height), rules.turn_on(lamp.name)),),
        claims=(claims.times(on, 1), claims.never(claims.touching(bob, mat.name))),
        mover=bob,
    )


def breeze(bay: Bay) -> Stage:
    """Wind blows a light ball at a target."""
    ball, color = bay.name("Balloon", "Ball", "Bubble")
    target = bay.target(bay.rng.uniform(3.0, 3.6))
    return Stage(
        objects=(parts.ball(ball, RADIUS, (0.6, 0.0, RADIUS), color, mass=0.3), target),
        start=(rules.blow(ball, bay.rng.choice((3, 4, 5))),),
        done=rules.touches(ball, target.name),
        event=claims.touching(ball, target.name),
        length=4.2,
        mover=ball,
    )


def thruster(bay: Bay) -> Stage:
    """A sled is pushed for a while and slides on into a target."""
    sled, color = bay.name("Sled", "Puck", "Curler")
    mass, force, seconds = 2.0, bay.rng.choice((6, 7, 8)), bay.rng.choice((0.5, 0.6))
    speed = force / mass * seconds
    target = bay.target(0.6 + 0.3 + speed * seconds / 2 + speed * 0.6)
    hit = claims.touching(sled, target.name)
    return Stage(
        objects=(
            parts.box(
                sled, (0.5, 0.5, 0.3), (0.6, 0.0, 0.15), color, kind="sled", type="ACTIVE", friction=0.0, mass=mass,
                linear_damping=0.0,
            ),
            target,
        ),
        start=(rules.push_for(sled, force, seconds),),
        done=rules.touches(sled, target.name),
        event=hit,
        length=4.2,
        mover=sled,
    )  # fmt: skip


def moon(bay: Bay) -> Stage:
    """A moon goes round a planet until it comes to a bell on the other side."""
    name, color = bay.name("Moon", "Satellite", "Comet")
    planet, planet_color = bay.name("Planet", "Sun", "Globe")
    bell, bell_color = bay.name("Bell", "Gong", "Chime")
    height, seconds = 0.6, bay.rng.choice((2, 3))
    angle = math.radians(bay.rng.uniform(150.0, 200.0))
    x, far = 1.6, 1.0
    return Stage(
        objects=(
            parts.box(planet, (0.5, 0.5, 0.5), (x, 0.0, height), planet_color, kind="planet"),
            parts.mover(name, (0.3, 0.3, 0.3), (x + far, 0.0, height), color, "moon"),
            parts.box(
                bell,
                (0.2, 0.2, 0.8),
                (x + (far + 0.15) * math.cos(angle), (far + 0.15) * math.sin(angle), height),
                bell_color,
                kind="target",
            ),
        ),
        start=(rules.orbit(name, planet, seconds),),
        done=rules.touches(name, bell),
        event=claims.touching(name, bell),
        length=3.4,
        claims=(claims.never(claims.touching(name, planet)),),
        mover=name,
    )
