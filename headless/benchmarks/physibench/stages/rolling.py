"""Stages in which a ball runs down: ramp, staircase, funnel and valley."""

from __future__ import annotations

from typing import Any

from .. import claims, parts, rules
from .bay import RADIUS, Bay, Stage


def ramp(bay: Bay) -> Stage:
    """A held ball is let go, rolls down a ramp and over a plate."""
    ball, color = bay.name("Ball", "Marble", "Sphere")
    plank, plank_color = bay.name("Ramp", "Slide")
    slope = parts.ramp(plank, (0.0, bay.rng.uniform(0.8, 1.1)), (2.2, 0.02), plank_color)
    plate = bay.plate(bay.rng.uniform(2.8, 3.3))
    roller = parts.ball(ball, RADIUS, parts.on_ramp(slope, 0.15, RADIUS), color, kinematic=True)
    return Stage(
        objects=(slope, roller, plate),
        start=(rules.release(ball),),
        done=rules.touches(ball, plate.name),
        event=claims.touching(ball, plate.name),
        length=4.0,
        ball=ball,
        mover=ball,
    )


def staircase(bay: Bay) -> Stage:
    """A ball is launched over the edge of the highest step and comes down over the others."""
    ball, color = bay.name("Ball", "Marble", "Sphere")
    count, rise, run = bay.rng.choice((3, 4)), 0.22, 0.55
    name, step_color = bay.name("Step", "Stair")
    steps = []
    for number in range(count):
        height = rise * (count - number)
        size, place = (
            (run if number else 1.0, 1.4, height),
            (0.5 if not number else 0.725 + run * number, 0.0, height / 2),
        )
        part = name if not number else bay.name.number(name)
        steps.append(parts.box(part, size, place, step_color, kind="step", friction=0.6))
    foot = 1.0 + run * (count - 1)
    plate = bay.plate(foot + 0.9)
    roller = parts.ball(ball, RADIUS, (0.4, 0.0, rise * count + RADIUS), color)
    return Stage(
        objects=(*steps, roller, plate),
        start=(rules.launch(ball, (bay.rng.choice((1.6, 1.8, 2.0)), 0, 0)),),
        done=rules.touches(ball, plate.name),
        event=claims.touching(ball, plate.name),
        length=foot + 1.6,
        claims=(claims.happens(claims.touching(ball, steps[1].name)),),
        ball=ball,
        mover=ball,
    )


def funnel(bay: Bay) -> Stage:
    """A held ball is dropped into a funnel and falls out of it onto a pad."""
    ball, color = bay.name("Ball", "Marble", "Bead")
    left, funnel_color = bay.name("Funnel", "Hopper")
    radius, mouth, gap = 0.2, 1.0, 0.35
    low, high = bay.rng.uniform(0.9, 1.1), 0.8
    panel: dict[str, Any] = {"color": funnel_color, "width": 1.2}
    right = bay.name.number(left)
    sides = [bay.name.number(left) for _ in "ab"]
    x = mouth + 0.3
    planks = [
        parts.ramp(left, (x - mouth, low + high), (x - gap, low), **panel),
        parts.ramp(right, (x + mouth, low + high), (x + gap, low), **panel),
        *(
            parts.box(s, (2 * mouth, 0.1, high + 0.2), (x, y, low + high / 2 + 0.1), "white", kind="funnel")
            for s, y in zip(sides, (-0.66, 0.66), strict=True)
        ),
    ]
    side = bay.rng.choice((-1, 1)) * bay.rng.uniform(0.5, 0.7)
    roller = parts.ball(ball, radius, (x + side, 0.0, low + high + 0.35), color, kinematic=True)
    pad = bay.pad(x, (1.6, 1.4))
    return Stage(
        objects=(*planks, roller, pad),
        start=(rules.release(ball),),
        done=rules.touches(ball, pad.name),
        event=claims.touching(ball, pad.name),
        length=2 * x,
        claims=(claims.happens(claims.touching(ball, left if side < 0 else right)),),
        mover=ball,
    )


def _valley(bay: Bay) -> tuple[list[Any], str, str, float]:
    """Two ramps towards each other with a plate between, and a held ball on the first."""
    ball, color = bay.name("Ball", "Marble", "Sphere")
    plank, plank_color = bay.name("Ramp", "Slope")
    high = bay.rng.uniform(0.75, 0.95)
    first = parts.ramp(plank, (0.0, high), (1.8, 0.02), plank_color)
    second = parts.ramp(bay.name.number(plank), (4.2, high), (2.4, 0.02), plank_color)
    plate = bay.plate(2.1).model_copy(update={"name": bay.name("Plate", "Sensor", "Strip")[0]})
    roller = parts.ball(ball, RADIUS, parts.on_ramp(first, 0.2, RADIUS), color, kinematic=True)
    return [first, second, plate, roller], ball, plate.name, 4.2


def valley(bay: Bay) -> Stage:
    """A ball goes to and fro in a valley until it has crossed the plate a number of times."""
    objects, ball, plate, length = _valley(bay)
    count = bay.rng.choice((2, 3))
    return Stage(
        objects=tuple(objects),
        start=(rules.release(ball),),
        done=rules.touched_times(ball, plate, count),
        event=claims.touching(ball, plate),
        length=length,
        mover=ball,
    )


def toggle(bay: Bay) -> Stage:
    """A ball in a valley toggles a lamp at each crossing; the second crossing sets off what comes next."""
    objects, ball, plate, length = _valley(bay)
    lamp = bay.lamp(length / 2)
    on, off = claims.turned_on(lamp.name), claims.changed(lamp.name, "on", False)
    return Stage(
        objects=(*objects, lamp),
        start=(rules.release(ball),),
        done=rules.touched_times(ball, plate, 2),
        event=claims.touching(ball, plate),
        length=length,
        rules=(bay.rule(rules.each_touch(ball, plate), rules.toggle(lamp.name)),),
        claims=(claims.follows(on, claims.touching(ball, plate), 0.0), claims.follows(off, on)),
        mover=ball,
    )
