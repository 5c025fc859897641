"""What a time, ``if``, ``then`` and ``either`` belong to, and verbs of what is so and not of what happens."""

import pytest

from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room

OPENS = "Door opens within 0.5 s"
AFTER = "2 s after Ball touches Plate"


def told(text):
    found = read(text, room())
    return found.told if isinstance(found, Reading) else None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ball on Plate → Door up 30 cm; +2s → Door down 30 cm", "Door sinks 0.3 m within 1 s"),
        ("When Ball touches Plate, turn on Lamp; two seconds, then gravity off", "gravity turns off"),
        ("When Ball touches Plate, turn on Lamp. 2 s: turn off Lamp", "Lamp turns off"),
        ("Gravity off once Ball touches Plate. +2 s: turn on Lamp", "Lamp turns on"),
    ],
)
def test_a_sentence_that_begins_with_a_time_goes_on(text, said):
    assert (told(text) or "").endswith(f", then 2 s later {said}")


@pytest.mark.parametrize(
    "text",
    [
        "1 s: turn on Lamp; +2 s: turn off Lamp",
        "1 s: turn on Lamp; then 2 s: turn off Lamp",
        "When Ball touches Plate, turn on Lamp; 2 s, gravity off; 3 s, open Door",
    ],
)
def test_a_time_that_can_be_counted_from_the_sentence_before_is_refused(text):
    found = read(text, room())
    assert isinstance(found, Refusal)
    assert "counted from" in found.reason


@pytest.mark.parametrize(
    "text", ["1 s: turn on Lamp; 3 s: open Door", "When Ball touches Plate, open Door. At 3 s, turn on Lamp."]
)
def test_moments_of_the_run_are_counted_from_its_start(text):
    assert "; 3 s after the start → " in (told(text) or "")


def test_neither_is_what_is_not_so_of_either():
    lacks = "If Lamp isn't on and Ball hasn't touched Plate either, open Door"
    assert told(lacks) == f"once Lamp is off and Ball has not touched Plate → {OPENS}"
    either = "Either Lamp is not on or Ball is not on Plate: open Door"
    assert told(either) == f"once Lamp is off or Ball is not touching Plate → {OPENS}"


def test_both_of_one_thing_is_no_pair_of_conditions():
    text = "Both Ball and Box on Plate, or Lamp on: open Door"
    assert told(text) == f"once Ball and Box touches Plate or Lamp is on → {OPENS}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 s after Ball touches Plate, if and only if Lamp is on, open Door", f"{AFTER}, if Lamp is on → {OPENS}"),
        ("2 s after Ball touches Plate, and given Lamp is on by then, open Door", f"{AFTER}, if Lamp is on → {OPENS}"),
        ("Open Door 2 s after Ball touches Plate, and if Lamp is on", f"{AFTER}, if Lamp is on → {OPENS}"),
        ("Open Door 2 s after Ball touches Plate provided that Lamp is on", f"{AFTER}, if Lamp is on → {OPENS}"),
        (
            "Open Door. When? 2 s after Ball touches Plate, and only if Lamp is lit by then.",
            f"{AFTER}, if Lamp is on → {OPENS}",
        ),
        (
            "Turn on Lamp 2 s after Ball sets off, if it hasn't touched Plate by then",
            "2 s after Ball sets off, if Ball has not touched Plate → Lamp turns on",
        ),
        ("Open Door 2 s after Ball touches Plate, if it hasn't touched Box by then", None),
        ("2 s after Ball touches Plate and Box touches Floor, open Door", f"{AFTER} and Box touches Floor → {OPENS}"),
        ("If Ball touches Plate and if Lamp is on, open Door", f"once Ball touches Plate and Lamp is on → {OPENS}"),
    ],
)
def test_if_some_time_after_something_is_looked_at_when_the_rule_acts(text, said):
    assert told(text) == said


def test_what_stands_behind_after_or_if_is_waited_for():
    text = "When Ball hits Plate, turn on Lamp. 2 s after Door opens, turn off Lamp."
    assert told(text) == "once Ball touches Plate → Lamp turns on; 2 s after Door has opened → Lamp turns off"
    assert told("Third knock of Ball at Door, and it opens (if that Lamp is burning)") in (
        None,
        f"once Ball touches Door for the 3rd time and Lamp is on → {OPENS}",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ball sits on Plate two full seconds → open Door", f"once Ball is touching Plate for 2 s → {OPENS}"),
        ("Ball right of Box and left of Plate for 1 s - raise Door 20 cm", None),
        ("When Ball touches Plate 2 seconds, open Door", None),
        ("Open Door once Ball has been on Plate 3 s", None),
        ("Open Door shortly after Ball touches Plate", None),
        ("Open Door soon after Ball touches Plate", None),
    ],
)
def test_a_time_behind_a_condition_is_how_long_it_lasts(text, said):
    assert told(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("As long as Lamp shines, hold Box", "as long as Lamp is on → Box is held"),
        ("Hold Box so long as Lamp burns", "as long as Lamp is on → Box is held"),
        ("Every 2 s open Door unless Lamp shines just then", f"every 2 s, if Lamp is not on → {OPENS}"),
        ("When Ball touches Plate and Lamp doesn't glow, open Door", f"once Ball touches Plate and Lamp is not on → {OPENS}"),
        ("Once Lamp has shone, open Door", f"once Lamp goes on → {OPENS}"),
    ],
)  # fmt: skip
def test_what_shines_is_on(text, said):
    assert told(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Ball having touched Plate and Box having then touched Floor, open Door",
        "If Ball touches Plate and Box then touches Floor, open Door",
    ],
)
def test_what_happens_then_happens_after_that(text):
    assert told(text) == f"once first Ball touches Plate and then Box touches Floor → {OPENS}"


def test_a_pronoun_can_be_what_something_is_moved_towards():
    found = read("Raise Door 1 m towards Crate 1 when he touches Plate", room())
    assert isinstance(found, Refusal)
