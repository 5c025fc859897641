"""What is left out is told in the sentence's own words."""

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import read


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A car crashes", ("crashes",)),
        ("Two zorbs and a ball fall", ("two zorbs",)),
        ("A crate drops onto one end of a seesaw", ("onto one end of a seesaw",)),
        ("A flag flutters at the top of a tall pole", ("at the top of a tall pole",)),
        ("A ball rolls down a ramp and stops in a box", ("stops in a box",)),
        ("A ball flies over a grey sofa", ("flies over a grey sofa",)),
        ("A cat sleeps quietly and slowly", ("sleeps quietly", "slowly")),
        ("A dog slowly sleeps", ("slowly sleeps",)),
        ("A ball bounces twice", ("twice",)),
        ("Three candles slowly go out", ("slowly",)),
        ("A cat sleeps on a sofa while rain runs down a window", ("sleeps", "runs down a window")),
        ("A boy picks the ball up and walks", ("picks the ball up",)),
        ("One of the two swings goes back and forth", ("one of the two swings goes back and forth",)),
        ("On the moon a ball bounces", ("on the moon",)),
    ],
)
def test_what_is_left_out_is_told_as_it_is_said(sentence, told):
    assert read(sentence, entries()).left_out == told
