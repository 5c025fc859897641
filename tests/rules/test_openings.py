import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.openings import opening
from addon.rules.room import room

ROOM = Vocabulary(room())
RULE = "when Ball touches Plate, turn on Lamp"


@pytest.mark.parametrize(
    "said",
    [
        "You know the door?",
        "See the Lamp hanging up there?",
        "And finally, the happy end:",
        "Oh, and I want a little celebration at the end:",
        "The next one:",
    ],
)
def test_what_is_said_before_a_rule_is_left_out(said):
    assert opening(f"{said} {RULE}", ROOM) == said
    found = read(f"{said} {RULE}", ROOM)
    assert isinstance(found, Reading)
    assert found.told == "once Ball touches Plate → Lamp turns on"
    assert found.asides or said == "The next one:"


@pytest.mark.parametrize(
    "said",
    [
        "See the Ball hit the Plate?",
        "Play a fanfare!",
        "The lights go out!",
        "Now everything stops:",
        "This is not for Box:",
        "You know the Lamp is on?",
        "The Lamp:",
    ],
)
def test_what_could_be_done_or_waited_for_is_no_opening(said):
    assert opening(f"{said} {RULE}", ROOM) == ""
