"""Readings that leave out or make up something that their text says."""

import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.account import accounted, is_sayable
from addon.rules.room import room
from addon.rules.templates import examples
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject

ROOM = Vocabulary(room())
CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
WITH_DEFAULTS = ("back and forth", "oscillates", "slowly", "halfway", "gently", "full turn", "other state")
"""Words of examples that stand for numbers which only the reader knows."""


def missing(text, said):
    found = read(said, ROOM)
    assert isinstance(found, Reading), str(found)
    kept = accounted(Reading(text, found.rules), ROOM)
    return kept if isinstance(kept, str) else None


@pytest.mark.parametrize("text", [t for t, _ in examples() if not any(w in t for w in WITH_DEFAULTS)])
def test_what_words_alone_are_read_as_accounts_for_them(text):
    assert missing(text, text) is None
    assert is_sayable(text, ROOM)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the ball smacking the plate is what gets the door opened", "once Ball touches Plate → Door opens"),
        ("door goes up fifty cm, one sec, box on floor does it", "once Box touches Floor → Door rises 0.5 m within 1 s"),
        ("whenever it's ball on plate, flip lamp", "each time Ball touches Plate → Lamp toggles"),
        ("Ball first on Plate, Box later on Floor, door open", "once first Ball touches Plate and then Box touches Floor → Door opens"),
        ("no longer hold crate 1 when the ball's at the plate", "once Ball touches Plate → Crate 1 is released"),
        ("Ball off at 3 m/s in -x, 2 s in", "2 s after the start → Ball is launched to the left at 3 m/s"),
        ("don't open Door until Ball hits Plate", "once Ball touches Plate → Door opens"),
        ("stand by until Ball hits Plate, then Door opens", "once Ball touches Plate → Door opens"),
        ("keep hold of Crate 1. Let go of it when Ball hits Plate", "once Ball touches Plate → Crate 1 is released"),
        ("ball/plate xor box/floor hit (just 1 of them): door open", "once either Ball touches Plate or Box touches Floor, but not both → Door opens"),
        ("1 of 2 hits, ball/plate, box/floor: door open", "once either Ball touches Plate or Box touches Floor, but not both → Door opens"),
        ("Ball on Plate or maybe Box on Floor, open Door", "once Ball touches Plate or Box touches Floor → Door opens"),
        ("Door opens when Ball hits Plate, no delay", "once Ball touches Plate → Door opens"),
        ("a rotation of Door by 45 degrees about z when Ball touches Plate", "once Ball touches Plate → Door turns by 45 degrees about its z axis"),
        ("ball gets (3, 0, 0) m/s when box hits floor", "once Box touches Floor → Ball is launched to the right at 3 m/s"),
    ],
)  # fmt: skip
def test_free_words_are_accounted_for(text, said):
    assert missing(text, said) is None


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("the ball smacking the plate is what gets the door opened", "once Ball touches Plate → Lamp turns on", "Door"),
        ("the ball smacking the lava gets the door opened", "once Ball touches Door → Door opens", "named once"),
        ("ball on plate, door up half a metre", "once Ball touches Plate → Door rises 0.7 m", "0.5"),
        ("ball on plate, door up half a metre", "once Ball touches Plate → Door rises 0.5 m within 3 s", "3 is not said"),
        ("don't open Door until Ball hits Plate", "once Ball touches Plate → Door closes", "closes"),
        ("don't open Door when Ball hits Plate", "once Ball touches Plate → Door opens", "must not be"),
        ("if Ball has not hit Plate, open Door", "once Ball touches Plate → Door opens", "must not be"),
        ("keep Crate 1 as long as Ball is on Plate", "once Ball touches Plate → Crate 1 is released", "how long"),
        ("keep Crate 1 held when Ball is on Plate", "once Ball touches Plate → Crate 1 is released", "how long"),
        ("wait until Ball hits Plate, open Door until Box hits Floor", "once Ball touches Plate and Box touches Floor → Door opens", "until"),
        ("just 1 of ball/plate, box/floor: door open", "once Ball touches Plate or Box touches Floor → Door opens", "only one"),
        ("Ball on Plate or maybe Box on Floor, open Door", "once Ball touches Plate and Box touches Floor → Door opens", "or"),
        ("Ball on Plate, both of them, Lamp on", "once Ball touches Plate → Lamp turns on", "whole rule"),
        ("counter: plus 1 per bounce of ball on plate", "once Ball touches Plate → Counter's count goes up by 1", "how often"),
        ("one second, then door opens", "1 s after the start → Door opens within 1 s", "once only"),
        ("ball on plate, door open", "once Ball touches Plate → Door closes", "closes"),
        ("ball on plate, lamp on", "once Ball touches Plate → Lamp turns off", "off"),
        ("ball on plate, lamp on", "once Ball touches Plate → Lamp toggles", "toggles"),
        ("ball on plate, lamp on", "once Ball is above Plate → Lamp turns on", "above"),
        ("ball on plate, lamp on", "once Ball touches Plate for the 2nd time → Lamp turns on", "2"),
        ("ball on plate twice, lamp on", "once Ball touches Plate → Lamp turns on", "2"),
        ("ball on plate, lamp on", "each time Ball touches Plate → Lamp turns on", "each time"),
        ("ball on plate, lamp on", "as long as Ball touches Plate → Lamp turns on", "as long as"),
        ("whenever ball on plate, lamp on", "once Ball touches Plate → Lamp turns on", "how often"),
        ("while ball on plate, lamp on", "once Ball touches Plate → Lamp turns on", "how long"),
        ("ball not on plate, lamp on", "once Ball touches Plate → Lamp turns on", "must not be"),
        ("never lamp on with ball on plate", "once Ball touches Plate → Lamp turns on", "must not be"),
        ("ball on plate, lamp on", "once Ball is not touching Plate → Lamp turns on", "denied"),
        ("ball on plate or box on floor, lamp on", "once Ball touches Plate and Box touches Floor → Lamp turns on", "or"),
        ("ball on plate and box on floor, lamp on", "once Ball touches Plate or Box touches Floor → Lamp turns on", "or"),
        ("in this order ball on plate, box on floor, lamp on", "once Ball touches Plate and Box touches Floor → Lamp turns on", "order"),
        ("first ball on plate then box on floor, lamp on", "once first Box touches Floor and then Ball touches Plate → Lamp turns on", "order"),
        ("ball on plate and box on floor, lamp on", "once first Ball touches Plate and then Box touches Floor → Lamp turns on", "order"),
        ("exactly one, ball on plate or box on floor, lamp on", "once Ball touches Plate or Box touches Floor → Lamp turns on", "only one"),
        ("ball on plate, box off left at 2 m/s", "once Ball touches Plate → Box is launched to the right at 2 m/s", "to the right"),
        ("ball on plate, box gets (-2, 0, 0) m/s", "once Ball touches Plate → Box is launched to the right at 2 m/s", "right"),
        ("ball on plate, open the door gently otherwise", "once Ball touches Plate → Door opens", "gently"),
        ("ball on plate, open the door, and it must remain shut", "once Ball touches Plate → Door opens", "how long"),
        ("lamp off until ball on plate", "once Ball touches Plate → Lamp turns on", ""),
        ("ball on plate, no longer hold crate 1", "once Ball touches Plate → Crate 1 is held", "is held"),
    ],
)  # fmt: skip
def test_what_is_left_out_or_made_up_is_named(text, said, told):
    found = missing(text, said)
    assert found is not None
    assert told in found


def test_remarks_are_left_out_and_told():
    found = read("once Ball touches Plate → Door opens", ROOM)
    assert isinstance(found, Reading)
    kept = accounted(Reading("ball smacking the plate (what a mess!) gets the door opened", found.rules), ROOM)
    assert isinstance(kept, Reading)
    assert kept.asides == ("what a mess",)


def test_a_model_may_say_what_unknown_words_mean_unless_they_tell_how():
    found = read("once Ball touches Plate → Door opens", ROOM)
    assert isinstance(accounted(Reading("ball bonks the plate, open the door", found.rules), ROOM), Reading)
    assert "zanily" in accounted(Reading("ball touches the plate, open the door zanily", found.rules), ROOM)


def test_a_length_needs_a_unit():
    found = read("once Ball touches Plate → Crate 1 rises 3 m within 1 s", ROOM)
    assert "unit" in accounted(Reading("ball on plate, raise crate 1 by 3", found.rules), ROOM)
    assert isinstance(accounted(Reading("ball on plate, raise crate 1 by 3 m", found.rules), ROOM), Reading)


def test_a_number_within_another_is_not_said():
    found = read("once Ball touches Plate → Crate 1 rises 0.5 m within 1 s", ROOM)
    assert "nothing of 5" in accounted(Reading("ball on plate, raise crate 1 by 5 m", found.rules), ROOM)


def test_numbers_of_a_list_are_left_out_and_those_of_a_vector_kept():
    found = read("once Ball touches Plate and Box touches Floor → Ball is launched with velocity (1, 0, 3) m/s", ROOM)
    text = "1) ball on plate 2) box on floor. With both, launch ball with velocity (1, 0, {}) m/s"
    assert isinstance(accounted(Reading(text.format(3), found.rules), ROOM), Reading)
    assert isinstance(accounted(Reading(text.format(4), found.rules), ROOM), str)


def test_not_at_once_is_what_a_delay_says():
    found = read("2 s after Ball touches Plate → Lamp turns on", ROOM)
    text = "ball on plate: the lamp doesn't go on right away, it goes on 2 s after that"
    assert isinstance(accounted(Reading(text, found.rules), ROOM), Reading)


def test_what_is_claimed_of_the_whole_rule_has_to_hold():
    text = "ball on plate and box on floor, one of them is enough: lamp on"
    said = "once Ball touches Plate {} Box touches Floor → Lamp turns on"
    assert missing(text, said.format("and")) is not None
    assert missing(text, said.format("or")) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wenn Ball Plate berührt, öffne Door",
        "When Ball touches Plate, open Door zanily",
    ],
)
def test_what_no_sentence_can_have(text):
    assert not is_sayable(text, ROOM)


def test_a_bound_that_may_be_met_joins_nothing():
    text = "crate 1 at a height of 2 m or more, box on floor: lamp on"
    said = "once Crate 1 is at least 2 m high {} Box touches Floor → Lamp turns on"
    assert missing(text, said.format("and")) is None
    assert missing(text, said.format("or")) == "'or' is not said"


def test_false_is_said():
    said = "once Lamp.on becomes {} → Door opens within 0.5 s"
    assert missing("lamp.on is true: open door", said.format("true")) is None
    assert missing("lamp.on is on true: open door", said.format("false")) is not None


@pytest.mark.parametrize(
    ("text", "said", "problem"),
    [
        ("at -3 s send the ball up at 2 m/s", "3 s after the start → Ball is launched up at 2 m/s", "before the start"),
        ("ball on plate: gravity 20 km/h", "once Ball touches Plate → gravity becomes 5.55556 m/s² downwards", "km/h"),
        (
            "ball on plate: crates 1 to 2 up 2 m",
            "once Ball touches Plate → Crate 1 rises 2 m and Crate 3 rises 2 m",
            "Crate 3 is not named",
        ),
        (
            "ball on plate: crates 1 to 2 up 2 m",
            "once Ball touches Plate → each crate rises 2 m",
            "Crate 3 is none of them",
        ),
        (
            "At 1 s the ball is thrown up at 2 m/s, it stops when near the box, 1 m",
            "1 s after Ball gets within 1 m of Box (centre to centre) → Ball is launched up at 2 m/s, then 1 s later Ball stops moving",
            "a time of the run",
        ),
    ],
)
def test_what_is_said_otherwise_is_not_accounted_for(text, said, problem):
    assert problem in missing(text, said)


def test_the_only_thing_that_moves_or_counts_need_not_be_named():
    objects = [
        SceneObject(name="Ball", geometry=CUBE, body=RigidBody(type="ACTIVE", shape="BOX")),
        SceneObject(name="Pad", geometry=CUBE, body=RigidBody(type="PASSIVE", shape="BOX")),
        SceneObject(name="Score", geometry=CUBE, properties={"points": 0}),
    ]
    one = Vocabulary(SceneGraph(objects=tuple(objects)))
    found = read("each time Ball touches Pad → Score's points goes up by 1", one)
    assert isinstance(accounted(Reading("a point for every touch of the pad", found.rules), one), Reading)
    box = SceneObject(name="Box", geometry=CUBE, body=RigidBody(type="ACTIVE", shape="BOX"))
    two = Vocabulary(SceneGraph(objects=(*objects, box)))
    assert accounted(Reading("a point for every touch of the pad", found.rules), two) == "Ball is not named"


def test_how_often_a_motion_turns_round_is_no_each_time():
    said = "as long as Ball is touching Plate → Door moves back and forth along x by 0.2 m either way once in 2 s"
    assert missing("while ball is on plate, door goes back and forth along x, 0.2 m each way, every 2 s", said) is None


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("ball bonks plate: forbid the door to open", "once Ball touches Plate → Door opens", "must not be"),
        ("ball dodges plate: lamp on", "once Ball touches Plate → Lamp turns on", "must not be"),
        ("ball bonks plate: door ajar", "once Ball touches Plate → Door opens", "'ajar'"),
        ("ball bonks plate: door up 1 m in 2 s, slow start and soft stop", "once Ball touches Plate → Door rises 1 m within 2 s", "begins and ends"),
        ("at 2 s crate 1 goes; ball within a metre and a half of it stops it", "2 s after the start → Crate 1 is released, then 1.5 s later Ball stops moving", "is no time"),
        ("crate 1 is let go right away. When crate 1 bonks plate let crate 2 go.", "once Crate 1 touches Plate → Crate 2 is released", "crate 1 is let go right away"),
        ("crate 1 is put home upon touchdown of crate 2", "once Crate 2 touches Crate 1 → Crate 1 is put back to its start", "once only"),
    ],
)  # fmt: skip
def test_what_is_needed_however_sure_who_says_it_is(text, said, told):
    reading = read(said, ROOM)
    assert isinstance(reading, Reading)
    found = accounted(Reading(text, reading.rules, "model"), ROOM, 1.0)
    assert isinstance(found, str)
    assert told in found


def test_what_is_not_likely_is_not_taken():
    reading = read("once Ball touches Plate → Door opens", ROOM)
    assert "certain to 59% only" in accounted(Reading("ball bonks plate: open door", reading.rules), ROOM, 0.59)
    assert isinstance(accounted(Reading("ball bonks plate: open door", reading.rules), ROOM, 0.6), Reading)
