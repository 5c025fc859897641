"""Two that were to touch and did not: each cause in a run of which it is the cause, mended, and runs that have none."""

import pytest

from addon.scene_graph import Constraint
from tests.jobs.why.runs import ball, causes_of, fixed, floor, lamp, plan, proved

RULE = "When Ball touches Plate, turn Lamp on"


def plate(**more):
    return fixed("Plate", (0, 0, 0.03), (1, 1, 0.06), **more)


def wall(at=(0, 0, 0.5), **more):
    return fixed("Plate", at, (0.1, 1, 1), **more)


def scene(*objects, **more):
    return plan(floor(), lamp(), *objects, rules=[RULE], **more)


GLUE = Constraint(name="Glue", type="FIXED", object1="Ball", object2="Floor", location=(0, 0, 1))
LOOSE = Constraint(name="Rail", type="GENERIC", object1="Ball", object2="Plate", disable_collisions=True)


@pytest.mark.parametrize(
    ("settings", "joints", "told", "words"),
    [
        ({"type": "PASSIVE"}, (), "its body is passive", "make Ball active"),
        ({"kinematic": True}, (), "Animated is ticked", "make Ball active"),
        ({"enabled": False}, (), "Dynamic is not ticked", "make Ball active"),
        ({"use_deactivation": True, "start_deactivated": True}, (), "it sleeps", "wake Ball at the start"),
        ({}, (GLUE,), "the joint Glue holds it fast to Floor", "switch Glue off"),
    ],
)
def test_what_never_moved_tells_what_holds_it(settings, joints, told, words):
    still = scene(ball(**settings), plate(), joints=joints)
    (cause,) = causes_of(still, rule=1)
    assert cause.kind == "still"
    assert cause.text.startswith("Ball never moved, so it did not touch Plate: ")
    assert told in cause.text
    (mend,) = cause.mends
    assert mend.words == words
    assert proved(still, mend, rule=1)


def test_what_lay_at_rest_has_nothing_that_mends_it():
    (cause,) = causes_of(scene(ball(at=(2, 0, 0.25)), plate()), rule=1)
    assert "it lay at rest from the start" in cause.text
    assert cause.mends == ()


def test_what_rolls_down_may_get_there_in_a_longer_run():
    turn = (0.9659258, 0.0, 0.2588190, 0.0)
    ramp = fixed("Ramp", (-2, 0, 1), (4, 1, 0.1)).model_copy(update={"rotation": turn})
    down = scene(ramp, ball(at=(-3, 0, 1.95)), fixed("Plate", (3, 0, 0.5), (0.1, 2, 1)), steps=40)
    (cause,) = causes_of(down, rule=1)
    assert cause.kind == "open"
    assert cause.text.endswith("What becomes of it then the run does not tell.")
    assert proved(down, cause.mends[0], rule=1)


def test_what_nothing_has_pushed_yet_while_others_move():
    hit = scene(ball(at=(0, 0, 0.25)), ball("Other", (-3, 0, 0.25), velocity=(4, 0, 0)), wall((1, 0, 0.5)), steps=20)
    (cause,) = causes_of(hit, rule=1)
    assert "nothing had pushed it when the run ended, in which Other still moved" in cause.text
    assert proved(hit, cause.mends[0], rule=1)


def test_what_falls_on_it_has_no_cause():
    assert causes_of(scene(ball(), plate()), rule=1) == []


@pytest.mark.parametrize(
    "short",
    [
        scene(ball(at=(0, 0, 3)), plate(), steps=30),
        scene(ball(at=(-3, 0, 0.25), velocity=(2, 0, 0)), wall(), steps=40),
    ],
    ids=["falls", "rolls"],
)
def test_a_run_that_ended_too_soon_goes_on(short):
    (cause,) = causes_of(short, rule=1)
    assert (cause.kind, cause.frame) == ("short", short.steps)
    assert "coming nearer" in cause.text
    (mend,) = cause.mends
    assert mend.steps > short.steps
    assert proved(short, mend, rule=1)


@pytest.mark.parametrize(
    ("objects", "steps", "told"),
    [
        ((ball(at=(-3, 1.2, 0.25), velocity=(3, 0, 0)), wall()), 40, "comes within 0.45 m"),
        (
            (ball(at=(-3, 0, 0.25), velocity=(3, 0, 0)), wall(), fixed("Wall", (-1.5, 0, 0.5), (0.1, 2, 1))),
            15,
            "Wall was in the way",
        ),
        ((ball(at=(-3, 0, 3)), wall()), 20, "A longer run may not do"),
        ((ball(at=(-3, 0, 0.25), velocity=(2, 0, 0), linear_damping=0.9), wall()), 40, "A longer run may not do"),
    ],
    ids=["past", "blocked", "beside", "slows"],
)
def test_a_longer_run_is_not_proposed_where_it_does_not_do(objects, steps, told):
    (cause,) = causes_of(scene(*objects, steps=steps), rule=1)
    assert cause.kind == "missed"
    assert told in cause.text
    assert cause.mends == ()


def test_what_was_stopped_tells_by_what():
    stopped = scene(ball(at=(-3, 0, 0.25), velocity=(3, 0, 0)), wall(), fixed("Wall", (-1.5, 0, 0.5), (0.1, 2, 1)))
    (cause,) = causes_of(stopped, rule=1)
    assert cause.text.endswith("at frame 30 (0.50 s), where it hit Wall.")
    assert cause.objects == ("Ball", "Plate", "Wall")
    (near,) = cause.mends
    assert proved(stopped, near, rule=1)


def test_what_passed_tells_on_which_side_and_how_near():
    passed = scene(ball(at=(-3, 1.2, 0.25), velocity=(3, 0, 0)), wall(), steps=150)
    (cause,) = causes_of(passed, rule=1)
    assert cause.text == "Ball never touched Plate: it passed 0.45 m behind it at frame 80 (1.33 s)."
    assert cause.objects == ("Ball", "Plate")
    near, move = cause.mends
    assert (
        near.difference == "once Ball gets within 1.3 m of Plate (centre to centre) instead of once Ball touches Plate"
    )
    assert move.words == "move Plate 0.47 m to the back"
    assert proved(passed, near, rule=1)
    assert proved(passed, move, rule=1)


def test_what_passes_through_tells_why_they_do_not_collide():
    apart = scene(ball(collections=(0, 1)), plate(collections=(2,)))
    (cause,) = causes_of(apart, rule=1)
    assert cause.kind == "through"
    assert "no collision collection in common" in cause.text
    assert cause.mends[0].settings == {"collections": (0, 1, 2)}  # What it lies on holds it as before.
    assert proved(apart, cause.mends[0], rule=1)
    joined = scene(ball(), plate(), joints=(LOOSE,))
    (cause,) = causes_of(joined, rule=1)
    assert "the joint Rail lets the two that it joins pass through each other" in cause.text
    assert proved(joined, cause.mends[0], rule=1)
