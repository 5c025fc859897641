from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.patterns.annotation import Column
from addon.patterns.library import library
from addon.patterns.moments import EVENTS, how_many, moments, outcome_moments, salient
from tests.patterns.examples import annotation

COLUMNS = tuple(Column(uid=p.uid, label=p.label) for p in library())
SPOKEN = {"Ball": "the ball", "Floor": "the floor", "Lever": "the lever", "Door": "the door", "Lamp": "the lamp"}
PAIR = {"object": "Ball", "other": "Lever", "speed": 2.1}


def told(*activations, most=EVENTS, **more):
    made = annotation(*activations, patterns=COLUMNS, bodies=tuple(SPOKEN), spoken=SPOKEN, steps=600, **more)
    return [m.text for m in salient(made, most)]


def test_one_impact_is_told_once():
    speed = {"object": "Lever", "direction": "faster"}
    assert told(
        ("HitsStationary", 60, 60, PAIR),
        ("HighEnergyImpact", 60, 60, PAIR),
        ("Bounce", 61, 61, PAIR),
        ("BriefTap", 60, 62, {"object": "Lever", "other": "Ball"}),
        ("SpeedChange", 61, 70, speed),
        ("Bounce", 90, 90, {"object": "Ball", "other": "Floor"}),
    ) == ["HitsStationary of Ball".replace("Ball", "the ball"), "Bounce of the ball"]


def test_one_fall_is_told_once_however_long_it_lasts():
    fall = {"object": "Ball", "support": "Lever", "drop": 1.0}
    assert told(
        ("LoseSupport", 60, 60, fall),
        ("Airborne", 60, 120, {"object": "Ball"}),
        ("SpeedChange", 63, 120, {"object": "Ball"}),
    ) == ["The ball falls off the lever."]


def test_what_another_body_does_at_the_same_time_stays():
    assert len(told(("HitsStationary", 60, 60, PAIR), ("Airborne", 60, 90, {"object": "Door"}))) == 2


def test_bounces_are_counted_and_told_to_get_lower():
    bounces = [
        ("Bounce", 60 * k, 60 * k, {"object": "Ball", "other": "Floor", "speed_after": 9.0 - k}) for k in range(5)
    ]
    assert told(*bounces) == ["The ball bounces off the floor 5 times, lower each time."]
    assert told(*bounces[:2]) == ["The ball bounces off the floor twice, lower each time."]
    level = [(uid, a, b, {**p, "speed_after": 3.0}) for uid, a, b, p in bounces]
    assert told(*level) == ["The ball bounces off the floor 5 times."]


def test_a_row_that_falls_is_told_as_one():
    names = ["Ball", "Lever", "Door", "Lamp"]
    tips = [("TipOver", 60 * k, 60 * k + 20, {"object": b, "by": a}) for k, (a, b) in enumerate(pairwise(names))]
    assert told(*tips) == ["The ball tips over the lever, and 2 more fall one after another, the lamp last."]


def test_cells_of_the_grid_are_no_words_for_people():
    assert told(("CellTransition", 60, 60, {"object": "Ball"})) == []


def test_the_outcomes_of_a_moment_are_one_line():
    assert told(
        outcomes=(
            ("CollisionStart", 60, "The ball meets the lever.", {"a_id": "Ball", "b_id": "Lever"}),
            ("RuleFired", 61, "Rule 1 acts.", {"rule": 1}),
            ("PropertyChanged", 61, "The lamp goes on.", {"object_id": "Lamp", "property": "on", "new": True}),
        )
    ) == ["The ball meets the lever, rule 1 acts, and the lamp goes on."]


def test_a_rule_acts_before_what_it_does_also_with_what_moved_earlier():
    door = {"object": "Door"}
    outcomes = (
        ("RuleFired", 60, "Rule 1 acts.", {"rule": 1}),
        ("Moved", 60, "The door rises by 1 m.", door),
        ("RuleFired", 240, "Rule 2 acts.", {"rule": 2}),
        ("Moved", 240, "The door sinks by 1 m.", door),
    )
    made = annotation(outcomes=outcomes, bodies=tuple(SPOKEN), spoken=SPOKEN, steps=600)
    assert [m.text for m in outcome_moments(made)] == [sentence for _, _, sentence, _ in outcomes]


def test_a_contact_that_an_outcome_tells_is_not_told_twice():
    met = (("CollisionStart", 60, "The ball meets the lever.", {"a_id": "Ball", "b_id": "Lever"}),)
    assert told(("BriefTap", 61, 62, PAIR), outcomes=met) == ["The ball meets the lever."]


def test_what_blinks_is_told_once_with_its_end():
    blinks = tuple(
        (
            "PropertyChanged",
            60 * k,
            f"The lamp goes {'off' if k % 2 else 'on'}.",
            {"object_id": "Lamp", "property": "on"},
        )
        for k in range(1, 8)
    )
    assert told(outcomes=blinks) == [
        "The lamp goes off, the first of 7 changes, and at 7.00 s, in the end, the lamp goes off."
    ]


def test_how_a_body_moves_that_is_told_to_be_moved_is_not_told_besides():
    way = ("Moved", 60, "The door rises by 1.4 m.", {"object": "Door"})
    speeds = [("SpeedChange", k, k, {"object": name}) for k, name in ((61, "Door"), (61, "Ball"), (400, "Door"))]
    assert told(*speeds, outcomes=[way]) == [
        "The door rises by 1.4 m.",
        "SpeedChange of the ball",
        "SpeedChange of the door",
    ]


def test_a_contact_is_told_before_what_it_does_at_the_same_frame():
    lever = ("OpposingMotion", 47, 60, {"object": "Ball", "other": "Door", "lever": "Lever"})
    hit = ("HitsStationary", 47, 47, PAIR)
    for order in ((lever, hit), (hit, lever)):
        assert [text.split(" of ")[0] for text in told(*order)][-1] == "OpposingMotion"


def test_what_is_met_again_is_told_once():
    met = [("CollisionStart", k, "The ball meets the lever.", {"a_id": "Ball", "b_id": "Lever"}) for k in (60, 120)]
    assert told(outcomes=met) == ["The ball meets the lever, and again at 2.00 s."]
    three = [*met, ("CollisionStart", 180, *met[0][2:])]
    assert told(outcomes=three) == ["The ball meets the lever, and 2 more times until 3.00 s."]


EVENT = st.tuples(
    st.sampled_from(["Bounce", "HitsStationary", "TipOver", "SpeedChange", "Support", "Airborne"]),
    st.integers(0, 500),
    st.sampled_from(list(SPOKEN)),
    st.sampled_from(list(SPOKEN)),
    st.floats(0, 30),
)
OUTCOME = st.tuples(st.integers(0, 600), st.integers(1, 40))


@given(st.lists(EVENT, max_size=40), st.lists(OUTCOME, max_size=40), st.integers(1, 20))
def test_no_event_counts_twice_no_outcome_is_lost_and_the_budget_holds(events, rules, most):
    acts = [(uid, f, f, {"object": a, "other": b, "by": b}) for uid, f, a, b, _ in events]
    made = annotation(
        *acts,
        patterns=COLUMNS,
        bodies=tuple(SPOKEN),
        spoken=SPOKEN,
        steps=600,
        weights=tuple(e[4] for e in events),
        outcomes=tuple(("RuleFired", f, f"Rule {n} acts.", {"rule": n}) for f, n in sorted(rules)),
    )
    members = [id(a) for m in moments(made) for a in m.members]
    assert len(members) == len(set(members)) <= len(acts)
    found = salient(made, most)
    assert len(found) <= max(most, 1)
    assert [m.frame for m in found] == sorted(m.frame for m in found)
    text = " ".join(m.text for m in found).lower()
    assert all(f"rule {n} acts" in text for _, n in rules)
    assert sum(len(m.members) for m in outcome_moments(made)) == len(rules)


def test_how_many_are_asked_for():
    assert (how_many("7"), how_many("all")) == (7, None)
    for wrong in ("0", "-1", "some", "1.5", ""):
        with pytest.raises(ValueError, match="neither a whole number"):
            how_many(wrong)


def test_the_lightest_are_left_out_within_the_budget():
    acts = [
        ("Support", 60 * k, 60 * k, {"object": name, "support": "Floor"}) for k, name in enumerate(SPOKEN) if k != 1
    ]
    assert len(told(*acts, weights=(1.0, 2.0, 3.0, 4.0))) == 3
    assert len(told(*acts, weights=(7.0, 8.0, 9.0, 10.0))) == 4


def test_that_nothing_ever_moves_is_told_before_what_lies_on_what():
    lie = [("Support", 0, 600, {"object": name, "support": "Floor"}) for name in SPOKEN if name != "Floor"]
    rest = ("GlobalRest", 0, 600, {"duration": 10.0})
    assert "GlobalRest" in " ".join(told(*lie, rest, weights=(0.0,) * 4 + (0.0,)))


def test_who_is_above_whom_goes_without_saying():
    flip = ("VerticalOrderFlip", 62, 62, {"object": "Lever", "other": "Ball"})
    tip = ("TipOver", 60, 90, {"object": "Ball", "by": "Door"})
    assert len(told(tip, flip, weights=(9.0, 9.0))) == 1
    assert told(flip, weights=(3.0,)) == []
    assert len(told(flip, weights=(9.0,))) == 1


def test_what_a_rule_does_is_told_after_the_rule_and_what_it_waited_for():
    assert told(
        outcomes=(
            ("Moved", 59, "The door rises by 1 m.", {"object": "Door"}),
            ("RuleFired", 60, "Rule 1 acts.", {"rule": 1}),
            ("CollisionStart", 61, "The ball meets the lever.", {"a_id": "Ball", "b_id": "Lever"}),
        )
    ) == ["The ball meets the lever, rule 1 acts, and the door rises by 1 m."]


def test_how_a_row_leans_is_told_by_its_fall_which_ends_with_the_last():
    names = ["Ball", "Lever", "Door", "Lamp"]
    tips = [
        ("TipOver", 60 * k, 500 if k == 0 else 60 * k + 20, {"object": b, "by": a})
        for k, (a, b) in enumerate(pairwise(names))
    ]
    lean = ("Support", 200, 600, {"object": "Lever", "support": "Door"})
    made = annotation(*tips, lean, patterns=COLUMNS, bodies=tuple(SPOKEN), spoken=SPOKEN, steps=600)
    (found,) = salient(made)
    assert "fall one after another" in found.text
    assert found.end == 140
