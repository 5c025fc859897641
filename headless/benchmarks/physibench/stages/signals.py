"""Stages of signals: a relay, a timer and a flag."""

from __future__ import annotations

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from .bay import Bay, Stage, moved


def relay(bay: Bay) -> Stage:
    """A switch turns on a first lamp, which turns on a second."""
    switch = bay.lamp(0.6, "Switch", "Relay", "Fuse")
    lamp = bay.lamp(1.6)
    on = claims.turned_on(lamp.name)
    return Stage(
        objects=(switch, lamp, _desk(bay)),
        start=(rules.turn_on(switch.name),),
        done=rules.is_on(lamp.name),
        event=on,
        length=2.2,
        rules=(bay.rule(rules.is_on(switch.name), rules.turn_on(lamp.name)),),
        claims=(claims.times(on, 1), claims.follows(on, claims.turned_on(switch.name), 0.0)),
    )


def timer(bay: Bay) -> Stage:
    """A fuse burns for a time until a signal goes on."""
    fuse = bay.lamp(0.6, "Fuse", "Timer", "Candle")
    lamp = bay.lamp(1.6)
    delay = bay.rng.choice((0.5, 1.0, 1.5))
    on = claims.turned_on(lamp.name)
    return Stage(
        objects=(fuse, lamp, _desk(bay)),
        start=(rules.turn_on(fuse.name),),
        done=rules.is_on(lamp.name),
        event=on,
        length=2.2,
        rules=(bay.rule(rules.is_on(fuse.name, delay), rules.turn_on(lamp.name)),),
        claims=(claims.times(on, 1), claims.follows(on, claims.turned_on(fuse.name), delay)),
    )


def flag(bay: Bay) -> Stage:
    """A flag goes up; when it is low again or high enough, a lamp tells."""
    name, color = bay.name("Flag", "Banner", "Signboard")
    lamp = bay.lamp(1.6)
    climb, seconds = bay.rng.choice((1.0, 1.2, 1.5)), bay.rng.choice((0.6, 0.8, 1.0))
    mast = parts.box(bay.name.number("Mast"), (0.1, 0.1, 2.4), (0.9, 0.3, 1.2), "white", kind="support")
    height = round(0.6 + 0.6 * climb, 1)
    on = claims.turned_on(lamp.name)
    return Stage(
        objects=(parts.mover(name, (0.6, 0.1, 0.4), (0.9, 0.1, 0.6), color, "flag"), mast, lamp),
        start=(rules.move(name, "up", climb, seconds),),
        done=rules.is_on(lamp.name),
        event=on,
        length=2.2,
        rules=(bay.rule(rules.above(name, height), rules.turn_on(lamp.name)),),
        claims=(claims.times(on, 1), moved(name, (0.0, 0.0, climb), tolerance=0.15)),
    )


def _desk(bay: Bay) -> SceneObject:
    """What the lamps of a stage without bodies stand on."""
    return parts.box(bay.name.number("Desk"), (2.0, 0.8, 0.6), (1.1, 1.0, 0.3), "white", kind="support")
