"""Stages that take several steps by themselves: a blinker, a parade and a crane."""

from __future__ import annotations

from .. import claims, parts, rules
from .bay import Bay, Stage, moved


def blinker(bay: Bay) -> Stage:
    """A lamp blinks for a time, and a counter counts how often it goes on."""
    lamp = bay.lamp(0.6, "Blinker", "Strobe", "Flasher")
    name, color = bay.name("Counter", "Tally", "Meter")
    period, count = bay.rng.choice((0.4, 0.5)), bay.rng.choice((3, 4))
    third = claims.changed(name, "count", count)
    return Stage(
        objects=(
            lamp,
            parts.counter(name, (1.6, 1.0, 0.9), color),
            parts.box(bay.name.number("Desk"), (2.0, 0.8, 0.6), (1.1, 1.0, 0.3), "white", kind="support"),
        ),
        start=(rules.blink_for(lamp.name, period, period * count),),
        done=rules.reaches(name, "count", count),
        event=third,
        length=2.2,
        rules=(bay.rule(rules.each_on(lamp.name), rules.add(name, "count", 1)),),
        claims=(
            claims.times(claims.turned_on(lamp.name), count),
            claims.times(third, 1),
            claims.never(claims.changed(name, "count", count + 1)),
            claims.follows(third, claims.turned_on(lamp.name), None),
        ),
    )


def parade(bay: Bay) -> Stage:
    """Three crates are let go one after the other, each onto a pad of its own."""
    base = bay.rng.choice(("Crate", "Parcel", "Brick"))
    pause = bay.rng.choice((0.3, 0.4, 0.5))
    objects, events, names = [], [], []
    for number in range(3):
        name, color = bay.name(base)
        pad = bay.pad(0.7 + 1.1 * number, (0.8, 1.0))
        objects += [
            parts.box(
                name, (0.4,) * 3, (0.7 + 1.1 * number, 0.0, 1.2), color, kind="crate", type="ACTIVE", kinematic=True
            ),
            pad,
        ]
        names.append(name)
        events.append(claims.touching(name, pad.name))
    first, second, last = events
    return Stage(
        objects=tuple(objects),
        start=(rules.release_in_turn(names, pause),),
        done=rules.touches(names[2], objects[5].name),
        event=last,
        length=3.6,
        claims=(claims.follows(second, first, pause), claims.follows(last, second, pause)),
        mover=names[0],
    )


def crane(bay: Bay) -> Stage:
    """A crane goes up and then sideways, where it meets a bell."""
    name, color = bay.name("Crane", "Grab", "Trolley")
    bell, bell_color = bay.name("Bell", "Gong", "Chime")
    climb, way = bay.rng.choice((0.8, 1.0, 1.2)), bay.rng.choice((1.0, 1.2, 1.5))
    rise, go = bay.rng.choice((0.5, 0.8)), bay.rng.choice((0.5, 0.8))
    rings = claims.touching(name, bell)
    return Stage(
        objects=(
            parts.mover(name, (0.4, 0.4, 0.3), (0.6, 0.0, 0.25), color, "crane"),
            parts.box(bell, (0.2, 0.4, 0.4), (0.6 + way + 0.3 - 0.06, 0.0, 0.25 + climb), bell_color, kind="target"),
        ),
        start=(rules.move_then(name, "up", climb, rise, "right", way, go),),
        done=rules.touches(name, bell),
        event=rings,
        length=3.0,
        claims=(moved(name, (way, 0.0, climb)),),
        mover=name,
    )
