"""What cannot be held to is taken out of a sentence, and told."""

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def deeds(manifest):
    return [(h.who, h.does, h.to) for h in manifest.happenings]


@pytest.mark.parametrize(
    ("sentence", "expected", "left_out"),
    [
        ("A dog, running after a ball, knocks over a chair", [("Dog", "topple", "Chair")], "running after a ball"),
        (
            "A lantern hangs from a branch, glowing softly, and a moth circles it",
            [("Moth", "circle", "Lantern")],
            "glowing softly",
        ),
        ("A cup falls off a table, spilling its coffee on a rug", [("Cup", "fall", None)], "spilling"),
        ("A car hits a tree, shaking it, and spins", [("Car", "hit", "Tree"), ("Car", "turn", None)], "shaking it"),
        ("A robot, turning slowly, waves a flag", [], "turning slowly"),
        ("A barrel, rolling down a hill, hits a fence", [("Barrel", "roll", "Hill"), ("Barrel", "hit", "Fence")], ""),
    ],
)
def test_who_acts_around_a_participle(sentence, expected, left_out):
    found = plan(sentence)
    assert deeds(found) == expected
    assert left_out in " ".join(found.left_out)


def test_what_a_participle_does_to_something_is_done_by_who_acts():
    found = deeds(plan("A ball rolls down a ramp, hitting a barrel, and spins"))
    assert [(who, does) for who, does, _ in found] == [("Ball", "roll"), ("Ball", "hit"), ("Ball", "turn")]
    assert deeds(plan("A ball rolls down a ramp, hitting a drum."))[1:] == [("Ball", "hit", "Drum")]


@pytest.mark.parametrize(
    ("sentence", "count", "told"),
    [
        ("More than ten balls fall into a box", 10, "more than"),
        ("At least three balls bounce on a drum", 3, "at least"),
        ("At most three eggs roll down a ramp", 3, "at most"),
        ("Over a hundred balls fall into a box", 100, "over"),
    ],
)
def test_compared_counts_are_the_number_said(sentence, count, told):
    found = plan(sentence)
    assert found.subjects[0].count == count
    assert found.happenings[0].who == found.subjects[0].name
    assert told in " ".join(found.left_out)


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Both the vase and the lamp fall off the shelf", [1, 1, 1]),
        ("Both a cup and a plate fall", [1, 1]),
        ("Both horses run", [2]),
    ],
)
def test_both(sentence, counts):
    assert [s.count for s in plan(sentence).subjects] == counts


@pytest.mark.parametrize(
    "sentence",
    ["Each of the four tables has a candle on it", "Put a candle on each plate", "Each child holds a balloon"],
)
def test_each_is_told(sentence):
    assert "each" in " ".join(plan(sentence).left_out).lower()


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("A tent collapses in a storm, but the flag next to it keeps waving", ["tent", "flag"]),
        ("The campfire dies down and smoke rises", ["campfire"]),
        ("Twelve lanterns hang above a street at night and swing slowly", ["lantern"]),
        ("A curtain is set on fire by a candle", ["curtain"]),
        ("A skateboard rolls down a ramp and lands on its wheels", ["skateboard", "ramp"]),
        ("A truck stops, its horn blowing", ["truck"]),
        ("A seesaw with a heavy rock on one end", ["seesaw", "boulder"]),
    ],
)
def test_no_deed_and_no_part_is_a_thing(sentence, things):
    assert [s.thing for s in plan(sentence).subjects] == things
