import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.training.pairs import NUMBER, WEIGHTS, Pair, load_pairs, renamed, renumbered, shown_pairs

PAIRS = load_pairs()
THINGS = {"Ball 2": {"hits": 0}, "Plate": {}, "Lamp": {"on": False}}
PAIR = Pair(
    "Ball 2 on plate, up 0.5 m twice", "once Ball 2 touches Plate → Ball 2 rises 0.5 m", ("Ball 2",), "free", THINGS
)


def test_what_is_shown_has_the_things_that_the_rule_could_mean():
    shown = shown_pairs([replace(PAIR, source="none")], 1)
    assert [one.things for one in shown if "Ball 2" in one.rule] in ([], ["Ball 2 (hits 0); Plate; Lamp (on false)"])
    assert all("Lamp (on false)" in one.things for one in shown)
    assert shown


def test_every_pair_is_whole_and_stands_once():
    assert len({(pair.rule, pair.sentence) for pair in PAIRS}) == len(PAIRS) > 4000
    for pair in PAIRS:
        assert pair.rule.strip() == pair.rule != ""
        assert " → " in pair.sentence or pair.sentence == "none of these"
        assert pair.source in WEIGHTS


def test_what_cannot_be_said_is_among_them():
    assert sum(pair.sentence == "none of these" for pair in PAIRS) > 200


def test_other_names_stand_wherever_the_names_stood_and_in_the_scene():
    other = renamed(PAIR, ["Crane", "Lamp"], random.Random(0))
    assert other.rule == "Crane on plate, up 0.5 m twice"
    assert other.sentence == "once Crane touches Plate → Crane rises 0.5 m"
    assert other.things == {"Crane": {"hits": 0}, "Plate": {}, "Lamp": {"on": False}}


def test_nearly_all_have_a_scene_that_has_what_their_sentences_name():
    assert sum(not pair.things for pair in PAIRS) < len(PAIRS) / 8
    assert all(pair.things.keys() >= set(pair.names) for pair in PAIRS if pair.things)


def test_other_numbers_stand_in_both_and_those_that_words_can_stand_for_stay():
    rule, sentence = renumbered(
        "2 hits, up 3.5 m in 7 s", "up 3.5 m within 7 s for the 2nd time after 2 s", random.Random(0)
    )
    assert NUMBER.findall(rule)[0] == "2"
    assert NUMBER.findall(rule)[1:] == NUMBER.findall(sentence)[:2] != ["3.5", "7"]
    assert sentence.endswith("after 2 s")


@pytest.mark.slow
def test_they_are_shown_as_often_as_they_weigh_in_the_same_order_for_the_same_seed():
    shown = shown_pairs(PAIRS, 3)
    assert shown == shown_pairs(PAIRS, 3) != shown_pairs(PAIRS, 4)
    expected = sum(WEIGHTS[pair.source] for pair in PAIRS)
    assert len(shown) == pytest.approx(expected, rel=0.03)


@given(st.integers(0, 10**6))
def test_no_number_is_made_up(seed):
    rule, sentence = renumbered(PAIR.rule, PAIR.sentence, random.Random(seed))
    assert {*NUMBER.findall(sentence)} - {"2"} <= {*NUMBER.findall(rule)}
