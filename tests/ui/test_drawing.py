import pytest

from addon.ui.drawing import MOST_SHARE, folded, share


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Ball hits\nthe plate", ["Ball hits", "the plate"]),
        ("Ball hits Plate", ["Ball hits", "Plate"]),
        ("场景中还没有任何物体", ["场景中还没", "有任何物体"]),
        ("无法理解，因为：Ball", ["无法理解，因", "为：Ball"]),
        ("在第 12 帧", ["在第 12 帧"]),
    ],
)
def test_lines_end_at_spaces_and_after_letters_that_are_two_wide(text, lines):
    assert folded(text, 10) == lines


def test_a_part_of_a_line_leaves_some_of_it_to_the_rest():
    assert [share(*of) for of in ((5, 20), (15, 20), (5, 0))] == [0.25, MOST_SHARE, MOST_SHARE]
