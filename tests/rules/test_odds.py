"""Readings that cannot be meant, however their words were put together."""

import pytest

from addon.rules import Reading, read
from tests.rules.boxes import boxes

YARD = boxes(["Bar", "Jug", "Crow_1", "Crow_2"], {"Floor": {}, "Hatch": {}, "Cannon": {}, "Lamp": {"on": False}})


def told(text):
    found = read(text, YARD)
    return found.told if isinstance(found, Reading) else None


@pytest.mark.parametrize(
    "text",
    [
        "When Bar hits the Floor and not before Jug has fallen over, Lamp on",
        "When Bar hits the Floor, and only after Jug has fallen over, Lamp on",
    ],
)
def test_what_has_to_be_before_is_waited_for_in_that_order_or_refused(text):
    assert told(text) in (None, "once first Jug falls over and then Bar touches Floor → Lamp turns on")


def test_what_is_done_not_before_two_things_waits_for_both():
    both = "once Bar touches Floor and Jug falls over → Lamp turns on"
    assert told("Lamp on, but not until Bar hits the Floor and Jug has fallen over") == both


@pytest.mark.parametrize("joint", ["and", "and once"])
def test_a_time_and_something_else_is_no_time_after_it(joint):
    assert told(f"After 2 s {joint} Bar hits the Floor, Lamp on") is None
    assert told("After 2 s, when Bar hits the Floor, Lamp on") != told("After 2 s and Bar hits the Floor, Lamp on")
    assert told("2 s and 500 ms after Bar hits the Floor, Lamp on") == "2.5 s after Bar touches Floor → Lamp turns on"


def test_a_wait_that_is_said_so_is_one():
    text = "When Bar touches the floor, but not before 2 s have passed, Lamp on"
    assert told(text) == "2 s after Bar touches Floor → Lamp turns on"


def test_what_is_still_so_is_not_what_once_became_so():
    assert told("Lamp is on & hatch still open → shut hatch") in (
        None,
        "once Lamp is on and Hatch is open → Hatch closes within 0.5 s",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Bar spinning quicker than one turn a second: make it stop that",
        "When Bar spins faster than one turn a second, stop that",
    ],
)
def test_who_spins_and_stops_that_goes_on_moving(text):
    assert told(text) in (None, "once Bar is turning faster than 360 degrees per second → Bar stops spinning")


def test_where_something_lies_is_not_dropped():
    assert told("Hatch opens if the Bar goes upside down on it.") is None
    assert told("When Bar is upside down, open Hatch") == "once Bar is upside down → Hatch opens within 0.5 s"


def test_to_look_once_is_not_to_keep_looking():
    assert told("Cannon aims at the Bar, once, when the Jug goes above 2 m") is None


def test_sentences_of_several_things_have_verbs_of_several():
    said = told("both crows at rest → Lamp on")
    assert said == "once the crows are at rest → Lamp turns on"
    assert told(said) == said
    assert told("While both crows are higher than 2 m, Lamp is on") == (
        "as long as the crows are higher than 2 m → Lamp turns on"
    )


@pytest.mark.parametrize(
    "text",
    [
        "When !Bar touches Floor, open Hatch",
        "When Bar touches Floor, !open Hatch",
        "When Bar touches itself, open Hatch",
        "When the second Bar touches Floor, open Hatch",
        "When Bar touches Floor, launch Bar down at -2 m/s",
        "When Bar touches Floor, raise Hatch by 5 Mm",
        "Once Bar touches Floor within the first 5 s, open Hatch",
        "Once Bar touches Floor in the first 10 s, turn Lamp on",
        "Open Hatch if Bar touches Floor 5 s after the start",
        "When Bar touches Floor after 5 s, open Hatch",
        "Open Hatch when Bar touches Floor after 3 s",
        "When Bar touches Floor, raise Hatch by 1 m and back",
        "When Bar touches Floor, launch Bar to the left and right at 2 m/s",
        "When Bar touches Floor, set off Lamp",
        "When Bar touches Floor, disarm Lamp",
    ],
)
def test_what_would_be_lost_or_turned_round_is_refused(text):
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5 s after Bar touches Floor, open Hatch", "5 s after Bar touches Floor → Hatch opens within 0.5 s"),
        ("When Bar touches Floor for the 2nd time, open Hatch", "once Bar touches Floor for the 2nd time → Hatch opens within 0.5 s"),
        ("When Bar touches Floor, raise Hatch by 5 mm", "once Bar touches Floor → Hatch rises 0.005 m within 1 s"),
        ("When Bar touches Floor, raise Hatch by 1 m over 1 min 30 s", "once Bar touches Floor → Hatch rises 1 m within 90 s"),
        ("When Bar touches Floor, open Hatch within 2 min and 5 s", "once Bar touches Floor → Hatch opens within 125 s"),
        ("After 1,500 s, open Hatch", "1500 s after the start → Hatch opens within 0.5 s"),
        ("When Bar touches Floor, raise Hatch by 0,5 m", "once Bar touches Floor → Hatch rises 0.5 m within 1 s"),
    ],
)  # fmt: skip
def test_what_is_near_to_it_is_read(text, meant):
    assert told(text) == meant
