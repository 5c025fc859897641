"""A stage that sets itself going: a ball rolls through a door that it opens. Only the bundled examples have it."""

from __future__ import annotations

from .. import claims, parts, rules
from .bay import Bay, Stage, moved

LANE = 1.4
"""Width (m) of the lane between the rails."""


def trigger_door(bay: Bay) -> Stage:
    """A ball rolls down a ramp and over a trigger, which opens the door on its way to a goal; some close behind it."""
    ball, color = bay.name("Marble", "Ball")
    trigger, trigger_color = bay.name("Sensor", "Trigger", "Plate")
    door, door_color = bay.name("Barrier", "Door", "Gate")
    goal, goal_color = bay.name("Goal", "Target", "Finish")
    plank, plank_color = bay.name("Ramp", "Slide")
    radius, tall = bay.rng.choice((0.22, 0.25, 0.3)), bay.rng.choice((1.2, 1.4, 1.6))
    slope = parts.ramp(plank, (0.0, bay.rng.uniform(0.8, 1.1)), (2.6, 0.02), plank_color, width=LANE)
    trigger_x = 2.6 + bay.rng.uniform(0.8, 1.5)
    door_x = trigger_x + bay.rng.uniform(3.2, 4.2)
    goal_x = door_x + bay.rng.uniform(2.0, 3.0)
    rails = [bay.name.number("Rail") for _ in "ab"]
    length, middle = goal_x - 2.4, (goal_x + 2.6) / 2
    through, passed = (ball, trigger), (ball, goal)
    told = [bay.rule(rules.touches(*through), rules.open_door(door))]
    closes = bay.rng.random() < 0.5
    if closes:
        told.append(bay.rule(rules.touches(*passed, delay=bay.rng.choice((0.5, 1.0))), rules.close_door(door)))
    return Stage(
        objects=(
            slope,
            *(
                parts.box(rail, (length, 0.1, 0.25), (middle, side * (LANE / 2 + 0.06), 0.125), "white", kind="rail")
                for rail, side in zip(rails, (-1, 1), strict=True)
            ),
            parts.ball(ball, radius, parts.on_ramp(slope, 0.15, radius), color),
            parts.box(
                trigger,
                (0.6, LANE - 0.1, 0.06),
                (trigger_x, 0.0, -0.025),
                trigger_color,
                kind="trigger",
                friction=0.6,
            ),
            parts.mover(door, (0.15, LANE - 0.04, tall), (door_x, 0.0, tall / 2 + 0.02), door_color, "door"),
            parts.box(goal, (0.3, LANE, 0.7), (goal_x, 0.0, 0.35), goal_color, kind="target"),
        ),
        start=(),
        done=rules.touches(*passed),
        event=claims.touching(*passed),
        length=goal_x + 0.8,
        rules=tuple(told),
        claims=(
            claims.follows(claims.touching(*passed), claims.touching(*through)),
            moved(door, (0.0, 0.0, 0.0 if closes else tall)),
            claims.never(claims.touching(ball, door)),
        ),
    )
