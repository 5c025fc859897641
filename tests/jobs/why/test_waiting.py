"""Rules that wait for a time, for each other, for several things, and for something to go on."""

import pytest

from tests.jobs.why.runs import asked, ball, causes_of, fixed, floor, lamp, plan, proved

PLATE = fixed("Plate", (0, 0, 0.03), (1, 1, 0.06))
DOOR = fixed("Door", (2, 0, 0.5), (0.1, 1, 1), kinematic=True)
TOUCH = "When Ball touches Plate, turn Lamp on"


def scene(*rules, dropped=True, **more):
    return plan(floor(), lamp(), PLATE, DOOR, ball(kinematic=not dropped), rules=rules, **more)


@pytest.mark.parametrize(
    ("rule", "text", "steps"),
    [
        ("After 3 s, turn Lamp on", "The rule waits for 3 s, and the run was over after 1.50 s.", 270),
        (
            "2 s after Ball touches Plate, turn Lamp on",
            "'Ball touches Plate' came about at frame 23 (0.38 s), the rule acts 2 s later, and the run was over after "
            "1.50 s.",
            220,
        ),
        (
            "When Ball has been on Plate for 2 s, turn Lamp on",
            "'Ball is touching Plate' was so from 0.38 s on, and the rule waits for 2 s of it, and the run was over "
            "after 1.50 s.",
            220,
        ),
    ],
)
def test_a_time_that_the_run_did_not_reach(rule, text, steps):
    short = scene(rule)
    (cause,) = causes_of(short, rule=1)
    assert (cause.kind, cause.text, cause.mends[0].steps) == ("short", text, steps)
    assert proved(short, cause.mends[0], rule=1)


def test_a_rule_that_waits_for_another_has_the_cause_of_that():
    rules = [
        "When Ball touches Plate, open Door",
        "When rule 1 has fired, turn Lamp on",
        "When Door is open, hide Lamp",
    ]
    held = scene(*rules, dropped=False)
    for number, lead in (
        (2, "It waits for rule 1"),
        (3, "It waits for 'Door is open', and Door is what rule 1 acts on"),
    ):
        (cause,) = causes_of(held, rule=number)
        assert cause.text.startswith(f"{lead}, which did not act. Ball never moved")
        assert proved(held, cause.mends[0], rule=number)


def test_what_lies_at_rest_may_wait_for_a_rule_whose_time_has_not_come():
    late = plan(
        floor(), lamp(), ball(at=(0, 0, 0.25)), ball("Other", (-3, 0, 0.25)), fixed("Plate", (2, 0, 0.5), (0.1, 2, 1)),
        rules=["When Ball touches Plate, turn Lamp on", "After 1 s, launch Other to the right at 6 m/s"], steps=50,
    )  # fmt: skip
    (cause,) = causes_of(late, rule=1)
    assert "It may wait for rule 2, which did not act. The rule waits for 1 s" in cause.text
    assert proved(late, cause.mends[0], rule=1)


def test_a_longer_run_is_not_proposed_where_something_else_does_not_hold():
    falls = scene("When Ball touches Plate and Ball is higher than 9 m, turn Lamp on", steps=10)
    assert all(mend.kind == "reword" for cause in causes_of(falls, rule=1) for mend in cause.mends)


def test_what_another_rule_moves_is_not_made_active():
    late = plan(
        floor(), lamp(), DOOR, fixed("Stop", (2, 0, 1.4), (1, 1, 0.4)),
        rules=["After 4 s, Door rises 1 m within 1 s", "When Door touches Stop, turn Lamp on"],
    )  # fmt: skip
    (cause,) = causes_of(late, rule=2)
    assert cause.text.startswith(
        "Door never moved: that is what rule 1 does, which did not act. The rule waits for 4 s"
    )
    assert proved(late, cause.mends[0], rule=2)


def test_what_was_not_so_when_it_counted():
    if_high = scene("When Ball touches Plate, turn Lamp on if Ball is higher than 0.8 m")
    (cause,) = causes_of(if_high, rule=1)
    assert cause.kind == "guard"
    assert cause.text == (
        "'Ball touches Plate' came about at frame 23 (0.38 s), but then this was not so: Ball is higher than 0.8 m."
    )
    assert cause.mends[0].difference.startswith("once Ball touches Plate instead of ")
    assert proved(if_high, cause.mends[0], rule=1)


def test_of_several_things_that_one_is_told_which_was_not_so():
    both = plan(
        floor(), lamp(), PLATE, ball(), ball("Other", at=(2, 0, 1), kinematic=True),
        rules=["When Ball touches Plate and Other touches Floor, turn Lamp on"],
    )  # fmt: skip
    first, _ = causes_of(both, rule=1)
    assert first.text.startswith("Other never moved")
    assert proved(both, first.mends[0], rule=1)


@pytest.mark.parametrize(
    "rule", ["When Ball has touched Plate three times, turn Lamp on", "Every 3rd time Ball touches Plate, turn Lamp on"]
)
def test_what_happened_too_few_times(rule):
    few = scene(rule)
    (cause,) = causes_of(few, rule=1)
    assert cause.text == "'Ball touches Plate' came about once in the run; the rule waits for the 3rd time."
    assert proved(few, cause.mends[0], rule=1)


def test_what_was_so_too_briefly():
    brief = scene("When Ball is higher than 0.8 m for 1 s, turn Lamp on")
    (cause,) = causes_of(brief, rule=1)
    assert cause.text.startswith("'Ball is higher than 0.8 m' was so for 0.22 s at most")
    assert proved(brief, cause.mends[0], rule=1)


def test_rules_that_acted_are_not_asked_about():
    _, found = asked(scene(TOUCH, "After 1 s, open Door"))
    assert found == ()


def test_a_failed_script_is_why_rules_did_nothing():
    _, (script, *rules) = asked(scene(TOUCH, script="x = bpy.data.objects['Bal'].location\n"))
    assert (script.rule, script.object, rules) == (None, None, [])
