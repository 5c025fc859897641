"""Ways to say a condition of which each was refused, or read as another one, while its like was read."""

import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.room import room

ROOM = Vocabulary(room())


def told(text):
    found = read(text, ROOM)
    assert isinstance(found, Reading), str(found)
    return found.sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "As soon as Plate is struck by Ball, with Floor having previously been struck by Box, turn on Lamp",
            "once first Box touches Floor and then Ball touches Plate → Lamp turns on",
        ),
        (
            "As soon as Lamp is switched on, start counting, and after 1 second open Door",
            "1 s after Lamp is on → Door opens within 0.5 s",
        ),
        (
            "Following a pause of 1.5 seconds from the moment Lamp is turned on, open Door",
            "1.5 s after Lamp is on → Door opens within 0.5 s",
        ),
        (
            "Step one is Ball reaching Plate, step two is Box reaching Floor; when the steps are completed in that "
            "sequence, turn on Lamp",
            "once first Ball touches Plate and then Box touches Floor → Lamp turns on",
        ),
        (
            "Having met Plate 2 times, Ball sets this off: turn on Lamp",
            "once Ball touches Plate for the 2nd time → Lamp turns on",
        ),
        (
            "A collision of Ball with Plate is enough, and so is one of Box with Floor; in either case, turn on Lamp",
            "once Ball touches Plate or Box touches Floor → Lamp turns on",
        ),
        (
            "Take two events, Ball touching Plate and Box touching Floor; if one has happened without the other, turn "
            "on Lamp",
            "once either Ball touches Plate or Box touches Floor, but not both → Lamp turns on",
        ),
        (
            "When Ball passes the 1.5 metre level on its way down, turn on Lamp",
            "once Ball drops below 1.5 m → Lamp turns on",
        ),
        (
            "As long as Plate has not yet been struck by Ball, turn on Lamp when Floor is struck by Box",
            "once Box touches Floor and Ball has not touched Plate → Lamp turns on",
        ),
    ],
)
def test_what_is_said_like_others_is_read_like_them(text, sentence):
    assert told(text) == sentence


def test_of_two_states_it_stays_open_whether_both_have_to_last():
    assert not isinstance(read("As long as Ball is on Plate, turn on Lamp when Box is on Floor", ROOM), Reading)
