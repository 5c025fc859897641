import pytest

from addon.ui.timeline import placed, shortened

NAME = "The marble meets the sensor, and the barrier rises"


@pytest.mark.parametrize(
    ("room", "text"),
    [
        (50, NAME),
        (49, "The marble meets the sensor, and the barrier…"),
        (30, "The marble meets the sensor…"),
        (11, "The marble…"),
        (10, ""),
        (-5, ""),
    ],
)
def test_a_name_is_cut_after_a_whole_word(room, text):
    assert shortened(NAME, room, len) == text


def test_a_name_that_was_cut_before_is_not_cut_twice():
    assert shortened("The marble meets the…", 17, len) == "The marble meets…"


def test_each_marker_has_the_room_up_to_the_next():
    markers = [(0.0, "one two three"), (12.0, "at once"), (12.0, "too"), (30.0, "the end of it")]
    assert list(placed(markers, 40.0, len, 1.0)) == [
        (0.0, "one two…"),
        (12.0, ""),
        (12.0, "too"),
        (30.0, "the end…"),
    ]
