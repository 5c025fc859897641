"""Measures that did not meet the number of a rule."""

import pytest

from addon.scene_graph import Primitive, SceneObject
from tests.jobs.why.runs import ball, causes_of, fixed, floor, lamp, plan, proved


def scene(when, *objects, **more):
    return plan(floor(), lamp(), *objects, rules=[f"{when}, turn Lamp on"], **more)


PLATE = fixed("Plate", (0, 0, 0.03), (1, 1, 0.06))
PASSING = ball(at=(-3, 1.2, 0.25), velocity=(3, 0, 0))


@pytest.mark.parametrize(
    ("short", "text", "said"),
    [
        (
            scene("When Ball is faster than 9 m/s", ball()),
            "Ball's speed was at most 3.66 m/s, at frame 23 (0.38 s); the rule waits for more than 9 m/s.",
            "once Ball is faster than 3.5 m/s instead of once Ball is faster than 9 m/s",
        ),
        (
            scene("When Ball rises above 2 m", ball(velocity=(0, 0, 3))),
            "Ball's height was at most 1.45 m, at frame 18 (0.30 s); the rule waits for more than 2 m.",
            "once Ball rises above 1.44 m instead of once Ball rises above 2 m",
        ),
        (
            scene("When Ball gets within 0.5 m of Plate", PASSING, PLATE, steps=150),
            "The distance of Ball and Plate was at least 1.22 m, at frame 83 (1.38 s); the rule waits for at most "
            "0.5 m.",
            "once Ball gets within 1.3 m of Plate (centre to centre) instead of once Ball gets within 0.5 m of Plate "
            "(centre to centre)",
        ),
        (
            scene("When Ball hits Plate at more than 8 m/s", ball(), PLATE),
            "The speed at which Ball hit Plate was at most 3.5 m/s, at frame 23 (0.38 s); the rule waits for more than "
            "8 m/s.",
            "once Ball hits Plate at more than 3.4 m/s instead of once Ball hits Plate at more than 8 m/s",
        ),
    ],
    ids=["speed", "height", "distance", "impact"],
)
def test_a_limit_becomes_what_was_reached(short, text, said):
    (cause,) = causes_of(short, rule=1)
    assert (cause.kind, cause.text) == ("limit", text)
    (mend,) = cause.mends
    assert mend.difference == said
    assert proved(short, mend, rule=1)


def test_a_count_becomes_what_was_counted():
    counter = SceneObject(
        name="Counter",
        geometry=Primitive(kind="cube", dimensions=(1, 1, 1)),
        properties={"count": 0},
        location=(4, 4, 4),
    )
    rules = ["Whenever Ball touches Floor, add 1 to Counter.count", "When Counter.count reaches 7, turn Lamp on"]
    bounces = plan(floor(restitution=1), lamp(), ball(restitution=1), counter, rules=rules, steps=120)
    (cause,) = causes_of(bounces, rule=2)
    assert cause.text == "Counter.count was at most 2, at frame 37 (0.62 s); the rule waits for 7."
    assert proved(bounces, cause.mends[0], rule=2)


def test_a_measure_that_still_rises_takes_a_longer_run():
    falls = plan(lamp(), ball(at=(0, 0, 9)), rules=["When Ball is faster than 6 m/s, turn Lamp on"], steps=30)
    (cause,) = causes_of(falls, rule=1)
    assert cause.kind == "short"
    assert proved(falls, cause.mends[0], rule=1)


def test_a_way_that_is_blocked_does_not_take_a_longer_run():
    (cause,) = causes_of(scene("When Ball is lower than -4 m", ball(at=(0, 0, 2)), steps=20), rule=1)
    assert (cause.kind, cause.mends) == ("limit", cause.mends)
    assert all(mend.kind == "reword" for mend in cause.mends)


def test_what_was_so_from_the_start_did_not_become_so():
    high = scene("When Ball rises above 1 m", ball(at=(0, 0, 3)), steps=20)
    (cause,) = causes_of(high, rule=1)
    assert cause.kind == "already"
    assert "Ball's height was 3 m then" in cause.text
    assert proved(high, cause.mends[0], rule=1)


def test_what_never_moved_has_that_as_its_cause():
    held = scene("When Ball is faster than 2 m/s", ball(kinematic=True))
    (cause,) = causes_of(held, rule=1)
    assert cause.kind == "still"
    assert proved(held, cause.mends[0], rule=1)


def test_a_limit_that_was_met_has_no_cause():
    assert causes_of(scene("When Ball is faster than 2 m/s", ball()), rule=1) == []
