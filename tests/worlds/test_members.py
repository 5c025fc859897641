"""Members that are listed behind their group are not made a second time."""

import pytest

from addon.scene_graph import COLORS
from addon.worlds.editing import EditError, edited
from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def members(manifest):
    names = {tuple(rgb[:3]): name for name, rgb in COLORS.items()}
    return [(s.count, names.get(s.parameters.get("colour"))) for s in manifest.subjects]


RED_BLUE = [(1, "red"), (1, "blue")]


@pytest.mark.parametrize(
    ("sentence", "expected", "does"),
    [
        ("Two boxes, a red one and a blue one", RED_BLUE, None),
        ("Two boxes (a red one and a blue one)", RED_BLUE, None),
        ("Two boxes, a red and a blue one", RED_BLUE, None),
        ("Two boxes, one red, the other blue", RED_BLUE, None),
        ("A pair of balls, a red one and a blue one, fall", RED_BLUE, "fall"),
        ("Two balls fall, a red ball and a blue ball", RED_BLUE, "fall"),
        ("Two balls fall, one is red and one is blue", RED_BLUE, "fall"),
        ("Two balls, one red and one blue, fall", RED_BLUE, "fall"),
        ("Three cars: a red car, a blue car and a green car", [*RED_BLUE, (1, "green")], None),
        ("Four balls roll, two red ones and two blue ones", [(2, "red"), (2, "blue")], "roll"),
        ("Five balls: three red and two blue", [(3, "red"), (2, "blue")], None),
    ],
)
def test_members_are_the_group(sentence, expected, does):
    manifest = plan(sentence)
    assert members(manifest) == expected
    assert [h.who for h in manifest.happenings if h.does == does] == [s.name for s in manifest.subjects if does]
    assert not manifest.left_out


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("Two trees, an oak and a birch", ["broadleaf tree", "birch"]),
        ("Two cars: a car and a truck", ["car", "truck"]),
        ("Two tables, a chair and a lamp", ["table", "chair", "table lamp"]),
        ("Two balls roll, a red ball falls", ["ball", "ball"]),
        ("Two red balls and a blue ball fall", ["ball", "ball"]),
    ],
)
def test_of_which_kind_members_are(sentence, things):
    assert [s.thing for s in plan(sentence).subjects] == things


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Three balls fall, a red ball and a blue ball", ("a red ball", "a blue ball")),
        ("Three balls, a red one and a blue one, fall", ("a red one", "a blue one")),
        ("The two balls, a red one and a blue one, fall", ("a red one", "a blue one")),
    ],
)
def test_members_that_are_not_as_many_are_told(sentence, told):
    manifest = plan(sentence)
    assert [s.thing for s in manifest.subjects] == ["ball"]
    assert [h.does for h in manifest.happenings] == ["fall"]
    assert manifest.left_out == told


def test_what_is_done_to_a_group_is_done_to_each():
    manifest = plan("A dog pushes two boxes, a red one and a blue one")
    assert [(h.does, h.to) for h in manifest.happenings] == [("push", "Box"), ("push", "Box B")]


def test_where_a_group_is_all_of_it_is():
    manifest = plan("On a table stand two cups, a red one and a blue one.")
    assert [p.of for s in manifest.subjects[1:] for p in s.places] == [("Table",), ("Table",)]


def test_edits_add_members_once():
    before = plan("A ball falls")
    after = edited(before, "add two boxes, a red one and a blue one", entries()).manifest
    assert members(after)[1:] == RED_BLUE
    with pytest.raises(EditError, match="a red one"):
        edited(before, "add three boxes, a red one and a blue one", entries())
