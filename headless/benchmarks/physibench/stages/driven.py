"""Stages that something drives: piston, conveyor, fan and lift."""

from __future__ import annotations

from .. import claims, parts, rules
from .bay import RADIUS, Bay, Stage, moved


def piston(bay: Bay) -> Stage:
    """A piston pushes a crate off a table onto a pad."""
    name, color = bay.name("Piston", "Ram", "Pusher")
    crate, crate_color = bay.name("Crate", "Box", "Parcel")
    top, size, edge = bay.rng.uniform(0.5, 0.8), bay.rng.choice((0.4, 0.45)), 1.9
    home, crate_x = (0.5, 0.0, top + 0.2), 0.5 + 0.2 + 0.15 + size / 2
    stroke = round(edge - (home[0] + 0.2) + 0.06, 2)
    pad = bay.pad(edge + 0.95, (1.8, 1.6))
    objects = (
        parts.box(bay.name.number("Table"), (edge, 1.0, top), (edge / 2, 0.0, top / 2), bay.color(), kind="table"),
        parts.mover(name, (0.4, 0.5, 0.38), home, color, "piston"),
        parts.box(
            crate, (size,) * 3, (crate_x, 0.0, top + size / 2), crate_color, kind="crate", type="ACTIVE", friction=0.5
        ),
        pad,
    )
    landed = claims.touching(crate, pad.name)
    return Stage(
        objects=objects,
        start=(rules.move(name, "right", stroke, bay.rng.choice((0.8, 1.0))),),
        done=rules.touches(crate, pad.name),
        event=landed,
        length=edge + 2.0,
        claims=(claims.follows(landed, claims.touching(name, crate)),),
        mover=crate,
    )


def conveyor(bay: Bay) -> Stage:
    """A held crate is dropped on a belt that carries whatever touches it to a stop."""
    crate, color = bay.name("Crate", "Box", "Parcel")
    belt, belt_color = bay.name("Belt", "Conveyor", "Track")
    length, size, top = bay.rng.uniform(2.2, 2.8), 0.4, 0.3
    speed = bay.rng.choice((1.2, 1.5, 2.0))
    stop, stop_color = bay.name("Stop", "Buffer", "Bumper")
    objects = (
        parts.box(
            belt, (length, 0.9, top), (length / 2 + 0.2, 0.0, top / 2), belt_color, kind="conveyor", friction=0.6
        ),
        parts.box(
            crate, (size,) * 3, (0.6, 0.0, top + size / 2 + 0.15), color, kind="crate", type="ACTIVE", kinematic=True
        ),
        parts.box(stop, (0.15, 0.9, 0.8), (length + 0.2, 0.0, 0.4 + top), stop_color, kind="target"),
    )
    return Stage(
        objects=objects,
        start=(rules.release(crate),),
        done=rules.touches(crate, stop),
        event=claims.touching(crate, stop),
        length=length + 0.8,
        rules=(bay.rule(rules.while_touching(crate, belt), rules.launch(crate, (speed, 0, 0))),),
        claims=(claims.follows(claims.touching(crate, stop), claims.touching(crate, belt)),),
        mover=crate,
    )


def fan(bay: Bay) -> Stage:
    """A fan that is turned on blows a ball at a target."""
    name, color = bay.name("Fan", "Blower", "Ventilator")
    ball, ball_color = bay.name("Ball", "Balloon", "Marble")
    target = bay.target(bay.rng.uniform(3.0, 3.6))
    tower = parts.box(name, (0.3, 1.0, 1.0), (0.4, 0.0, 0.5), color, kind="fan")
    objects = (
        tower.model_copy(update={"properties": {"on": False}}),
        parts.ball(ball, RADIUS, (1.0, 0.0, RADIUS), ball_color, mass=0.5),
        target,
    )
    speed = bay.rng.choice((2.5, 3.0, 3.5))
    return Stage(
        objects=objects,
        start=(rules.turn_on(name),),
        done=rules.touches(ball, target.name),
        event=claims.touching(ball, target.name),
        length=4.2,
        rules=(bay.rule(rules.is_on(name), rules.launch(ball, (speed, 0, 0))),),
        claims=(claims.follows(claims.touching(ball, target.name), claims.turned_on(name)),),
        mover=ball,
    )


def lift(bay: Bay) -> Stage:
    """A lift raises a crate; at a height a lamp goes on."""
    platform, color = bay.name("Lift", "Elevator", "Platform")
    crate, crate_color = bay.name("Crate", "Box", "Parcel")
    lamp = bay.lamp(2.0)
    climb, seconds = bay.rng.choice((1.0, 1.2, 1.4)), bay.rng.choice((0.8, 1.0))
    height = round(0.5 + climb * 0.7, 1)
    objects = (
        parts.mover(platform, (1.0, 1.0, 0.2), (1.0, 0.0, 0.12), color, "lift", friction=0.8),
        parts.box(crate, (0.4,) * 3, (1.0, 0.0, 0.42), crate_color, kind="crate", type="ACTIVE", mass=0.5),
        lamp,
    )
    rise = bay.rule(rules.above(crate, height), rules.turn_on(lamp.name))
    return Stage(
        objects=objects,
        start=(rules.move(platform, "up", climb, seconds),),
        done=rules.is_on(lamp.name),
        event=claims.turned_on(lamp.name),
        length=2.6,
        rules=(rise,),
        claims=(claims.times(claims.turned_on(lamp.name), 1), moved(platform, (0.0, 0.0, climb))),
        mover=crate,
    )
