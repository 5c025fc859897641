"""Stages in which a lamp tells of a state: a speed gate, a standstill, a tumbler and a passer-by."""

from __future__ import annotations

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from .bay import RADIUS, Bay, Stage

GRAVITY = 9.81


def _told(lamp: SceneObject, event: claims.Event, *more: str) -> tuple[str, ...]:
    """The lamp goes on once, after an event."""
    on = claims.turned_on(lamp.name)
    return (claims.times(on, 1), claims.follows(on, event), *more)


def speed_gate(bay: Bay) -> Stage:
    """A ball that is dropped becomes fast, and a lamp tells when it is so."""
    ball, color = bay.name("Ball", "Stone", "Plumb")
    lamp, pad = bay.lamp(2.0), bay.pad(1.0, (1.2, 1.2))
    speed = bay.rng.choice((2.5, 3.0, 3.5))
    on, loose = claims.turned_on(lamp.name), claims.changed(ball, "rigid_body.kinematic", False)
    dropped = parts.ball(ball, RADIUS, (1.0, 0.0, 1.9), color, kinematic=True, linear_damping=0.0, friction=0.9)
    return Stage(
        objects=(dropped, pad, lamp),
        start=(rules.release(ball),),
        done=rules.is_on(lamp.name),
        event=on,
        length=2.6,
        rules=(bay.rule(rules.faster(ball, speed), rules.turn_on(lamp.name)),),
        claims=_told(lamp, loose, claims.follows(on, loose, round(speed / GRAVITY, 2))),
        mover=ball,
    )


def standstill(bay: Bay) -> Stage:
    """A ball rolls over a plate and out; when it has come to rest, a lamp goes on."""
    ball, color = bay.name("Ball", "Marble", "Sphere")
    plate, lamp = bay.plate(1.4), bay.lamp(3.0)
    rolling = parts.ball(ball, RADIUS, (0.5, 0.0, RADIUS), color, linear_damping=0.6, angular_damping=0.6)
    on, passed = claims.turned_on(lamp.name), claims.touching(ball, plate.name)
    return Stage(
        objects=(rolling, plate, lamp),
        start=(rules.launch(ball, (bay.rng.choice((1.8, 2.0, 2.2)), 0, 0)),),
        done=rules.is_on(lamp.name),
        event=on,
        length=4.2,
        rules=(bay.rule(rules.comes_to_rest(ball), rules.turn_on(lamp.name)),),
        claims=(claims.times(on, 1), claims.later_than(on, passed, 1.0)),
        mover=ball,
    )


def tumbler(bay: Bay) -> Stage:
    """A ball knocks a slab over; when that is tilted enough, a lamp goes on."""
    ball, more, start = bay.roller(bay.rng.choice((3.0, 3.5)))
    slab, color = bay.name("Slab", "Pillar", "Board")
    lamp = bay.lamp(3.0)
    degrees = bay.rng.choice((30, 45, 60))
    on, hit = claims.turned_on(lamp.name), claims.touching(ball, slab)
    tall = parts.box(
        slab, (0.15, 0.6, 1.1), (1.8, 0.0, 0.55), color, kind="slab", type="ACTIVE", mass=0.5, friction=0.8
    )
    return Stage(
        objects=(*more, tall, lamp),
        start=tuple(start),
        done=rules.is_on(lamp.name),
        event=on,
        length=4.2,
        rules=(bay.rule(rules.tilted(slab, degrees), rules.turn_on(lamp.name)),),
        claims=(claims.times(on, 1), claims.later_than(on, hit, 0.05)),
        mover=ball if start else None,
    )


def passer_by(bay: Bay) -> Stage:
    """A ball rolls past a post without touching it; when it is near enough, a lamp goes on."""
    ball, color = bay.name("Ball", "Marble", "Sphere")
    post, post_color = bay.name("Post", "Sensor", "Mast")
    lamp, end = bay.lamp(3.2), bay.target(3.9)
    near = bay.rng.choice((1.0, 1.1, 1.2))
    on = claims.turned_on(lamp.name)
    return Stage(
        objects=(
            parts.ball(ball, RADIUS, (0.4, -0.3, RADIUS), color),
            parts.box(post, (0.2, 0.2, 0.5), (2.4, 0.4, 0.25), post_color, kind="sensor"),
            end,
            lamp,
        ),
        start=(rules.launch(ball, (bay.rng.choice((2.0, 2.5)), 0, 0)),),
        done=rules.is_on(lamp.name),
        event=on,
        length=4.4,
        rules=(bay.rule(rules.near(ball, post, near), rules.turn_on(lamp.name)),),
        claims=(
            claims.times(on, 1),
            claims.never(claims.touching(ball, post)),
            claims.later_than(claims.touching(ball, end.name), on, 0.2),
        ),
        mover=ball,
    )
