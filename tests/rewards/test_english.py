import re

import pytest

from addon.rewards import parse, read_back, remarks
from addon.rewards.nodes import After, Count, EventNode, Logic
from addon.rewards.vocabulary import standard_vocabulary
from tests.rewards.cases import SCENE
from tests.rewards.test_goals import GOALS, play

PLANE = play().scene
KINDS = standard_vocabulary().kinds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'EVENT("CollisionStart", {"a_id": "ball", "b_id": "Trigger"})',
            "At least once, Ball begins to touch Trigger.",
        ),
        ('EVENT("CollisionStart", {"b_id": "Ball"})', "At least once, Ball begins to touch something."),
        ('NOT(EVENT("CollisionStart"))', "It never happens that something begins to touch something else."),
        (
            'NOT(EVENT("Bounce", {"object": "Ball"}, until=0.2))',
            "It never happens in the first 20 % of the run that Ball bounces off something.",
        ),
        (
            'COUNT("Bounce", 1, {"other": "Trigger"}, 0.2, 0.5)',
            "It happens exactly 1 time between 20 % and 50 % of the run that something bounces off Trigger.",
        ),
        ('GT("TipOver", 2)', "It happens more than 2 times that something is hit by something else and tips over."),
        (
            'AFTER("CameToRest", "CollisionStart", 0.5, 2, {"object": "Ball"}, {"a_id": "Ball"})',
            "First Ball begins to touch something, then, at least 0.5 s and at most 2 s later, Ball comes to rest "
            "after it moved.",
        ),
        (
            'WITHIN("GlobalRest", "CameToRest", 2)',
            "First something comes to rest after it moved, then, at most 2 s later, everything comes to rest.",
        ),
        (
            'ONLY_AFTER("Airborne", "collision")',
            "It never happens that something begins to fly free of any contact before it has happened that something "
            "begins to touch something else.",
        ),
        (
            'SAME_COUNT("Airborne", "GlobalRest")',
            "It happens as often that something begins to fly free of any contact as that everything comes to rest.",
        ),
        ('NEARBY_AT("Ball", 1, 2, 3, 1)', "At the end, Ball is within 1.01 m of (1, 2, 3)."),
        ('NEARBY_AT("Ball", 1, 2, 0.25)', "At 25 % of the run, seen from above, Ball is within 1.01 m of (1, 2)."),
        ('NEARBY("Ball", "Trigger", 0)', "At the start, the surface of Ball is within 1.01 m of Trigger."),
        ('TOUCHING("Ball", "Trigger", 0.5)', "Halfway through the run, Ball and Trigger touch."),
        (
            'AND(EVENT("GlobalRest"), OR(EVENT("Airborne"), AND(EVENT("TipOver"), EVENT("Bounce"))))',
            "At least once, everything comes to rest; and (at least one of these is so: at least once, something "
            "begins to fly free of any contact, or (at least once, something is hit by something else and tips over; "
            "and at least once, something bounces off something else)).",
        ),
        (
            'NOT(AND(EVENT("GlobalRest"), EVENT("Airborne")))',
            "It is not so that (at least once, everything comes to rest; and at least once, something begins to fly "
            "free of any contact).",
        ),
        (
            'EVENT("TaskComplete", {"success": true})',
            "At least once, the task is complete (with success true).",
        ),
    ],
)
def test_reading_back(text, told):
    assert read_back(parse(text), SCENE) == told


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.uid)
def test_every_event_reads_back_without_its_uid(kind):
    bodies = [name for name, p in kind.parameters.items() if p.kind in ("body", "object")]
    params = tuple(zip(bodies, ("red circle 1", "green circle 2", "blue bar 3"), strict=False))
    event = EventNode(kind.uid, params)
    nodes = (
        event,
        Logic("NOT", (event,)),
        Count("GT", kind.uid, 2, params),
        After(kind.uid, "GlobalRest", None, 2, params),
    )
    for node in nodes:
        told = read_back(node, PLANE)
        assert not set(re.findall(r"\w+", told)) & ({k.uid for k in KINDS if re.search("[a-z][A-Z]", k.uid)})
        assert "{" not in told
        for _, name in params:
            assert name in told
    for name in bodies:
        assert f"{{{name}}}" in kind.phrase
    assert set(re.findall(r"\{(\w+)", kind.phrase)) <= set(kind.parameters)


@pytest.mark.parametrize("goal", GOALS)
def test_the_papers_goals_read_back(goal):
    told = read_back(parse(GOALS[goal], planar=True), PLANE)
    assert "circle" in told
    assert "CollisionStart" not in told


def test_units_of_a_plane():
    assert read_back(parse("NEARBY_AT(2, 140, 10, 1)", planar=True), PLANE) == (
        "At the end, green circle 2 is within 25.6 units of (140, 10)."
    )


def test_remarks_tell_the_order_and_what_is_not_compared():
    text = 'AND(EVENT("Bounce"),\n  WITHIN("CollisionStart", "Bounce", 2), NEARBY_AT("Ball", 1, 2, 0.5))'
    assert remarks(parse(text), SCENE) == [
        "line 2, column 3: this means that 'something begins to touch something else' must happen after "
        "'something bounces off something else' (at most 2 s later), not before it",
        "line 2, column 42: only x and y are compared, at any height; write x, y, z, t for a point in space",
    ]
