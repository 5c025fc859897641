import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.respelled import respelled
from addon.rules.room import room
from addon.rules.templates import examples

ROOM = Vocabulary(room())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("when the ball hits plate", "when the Ball hits Plate"),
        ("up by 50 cm in half a second", "up by 0.5 m in 0.5 s"),
        ("500ms later the DOOR", "0.5 s later the Door"),
        ("Ball is launched at (3, 0, 0) m/s", "Ball is launched at 3 m/s to the right"),
        ("the door moves by (0, -1.1, 0)", "the Door moves by 1.1 backwards"),
        ("Ball gets (1, 0, 2) m/s", "Ball gets (1, 0, 2) m/s"),
        ("turn the door a quarter turn", "turn the Door 90 degrees"),
        ("the 2nd time that it happens", "the 2nd time that it happens"),
        ("sing a song", "sing a song"),
        ("", ""),
    ],
)
def test_what_a_text_spells_otherwise(text, told):
    assert respelled(text, ROOM) == told


@pytest.mark.slow
def test_respelled_rules_mean_the_same():
    for text, _ in examples():
        first = read(text, ROOM)
        again = read(respelled(text, ROOM), ROOM)
        if isinstance(again, Reading):
            assert isinstance(first, Reading)
            assert again.told == first.told, text


def test_respelling_twice_changes_nothing():
    for text, _ in examples():
        once = respelled(text, ROOM)
        assert respelled(once, ROOM) == once
