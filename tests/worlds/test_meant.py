"""Whom "it" and "they" mean, and what a clause without a verb says."""

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def happens(sentence):
    return [(h.who, h.does, h.to) for h in plan(sentence).happenings]


def places(sentence, name):
    return [(p.relation, p.of[0]) for p in plan(sentence).subject(name).places]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The cup falls first, then the plate, then the spoon.", ["Cup", "Plate", "Spoon"]),
        ("First a red ball rolls, then a blue ball, finally a green ball.", ["Ball", "Ball B", "Ball C"]),
        ("A red car drives, then a blue car.", ["Car", "Car B"]),
        ("A red cube falls, followed by a blue cube.", ["Cube", "Cube B"]),
        ("A ball falls. Then a cup, a plate and a spoon.", ["Ball", "Cup", "Plate", "Spoon"]),
        ("A red ball and then a blue ball roll down a ramp.", ["Ball", "Ball B"]),
        ("A cup and then a plate fall.", ["Cup", "Plate"]),
    ],
)
def test_those_behind_then_do_the_same_one_after_another(sentence, expected):
    found = plan(sentence).happenings
    assert [h.who for h in found] == expected
    assert len({h.does for h in found}) == 1
    assert [h.after for h in found] == [None, *range(len(found) - 1)]


def test_what_is_only_placed_behind_then_does_nothing():
    assert happens("A ball falls, then a cup stands on a table.") == [("Ball", "fall", None)]


def test_those_who_do_it_together_wait_for_the_same():
    found = plan("A ball and a box collide, then both fall.").happenings
    assert [(h.who, h.after) for h in found[1:]] == [("Ball", 0), ("Box", 0)]


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("A cat pushes a vase and it falls off the table.", ("Vase", "fall", None)),
        ("A ball hits a domino and it tips over.", ("Domino", "tip", None)),
        ("The car hits the lamp post and it goes out.", ("Lamp post", "go out", None)),
        ("A hammer hits a ball and it rolls into a bucket.", ("Ball", "roll", "Bucket")),
        ("A ball hits a box. It falls onto a drum.", ("Box", "fall", "Drum")),
        ("A ball hits a wall and it bounces.", ("Ball", "bounce", None)),
        ("A car hits a box and it drives to a house.", ("Car", "drive", "House")),
        ("A ball hits a wall and it falls.", ("Ball", "fall", None)),
        ("A red ball lies on a shelf above a table. A hammer swings and hits it.", ("Hammer", "hit", "Ball")),
        ("A ball rolls down a ramp to a vase and hits it.", ("Ball", "hit", "Vase")),
        ("A cube stands on a table. A ball hits it.", ("Ball", "hit", "Cube")),
    ],
)
def test_it_is_whom_something_was_done_to_or_who_was_spoken_of(sentence, last):
    assert happens(sentence)[-1] == last


def test_them_are_those_who_were_spoken_of_together():
    found = happens("A ball and a box stand on a table. A dog pushes them.")
    assert found == [("Dog", "push", "Ball"), ("Dog", "push", "Box")]


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("A chair stands left of the table; another chair stands right of it.", "Chair B", ("right of", "Table")),
        ("A lamp stands behind the sofa and a rug lies in front of it.", "Rug", ("in front of", "Sofa")),
        ("A ball lies on a table. Next to it stands a cup.", "Cup", ("next to", "Ball")),
        ("A horse trots along a fence, and a dog runs behind it.", "Dog", ("behind", "Horse")),
    ],
)
def test_it_is_beside_what_was_spoken_of(sentence, name, expected):
    assert places(sentence, name) == [expected]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A man swings a hammer.", "swings hammer"),
        ("Three candles go out one after another.", "one after another"),
        ("Ten marbles roll down a wooden ramp into a metal bucket.", "into"),
        ("A robot pushes a ball off the table. The ball lands in a cup.", "lands in"),
    ],
)
def test_what_nothing_here_does_is_told(sentence, told):
    assert told in plan(sentence).left_out


def test_what_comes_to_be_somewhere_is_not_there_at_the_start():
    assert places("Ten marbles roll down a wooden ramp into a metal bucket.", "Ramp") == []
    assert places("A robot pushes a ball off the table. The ball lands in a cup.", "Ball") == []


def test_what_somebody_opens_opens():
    assert happens("A man opens a door.") == [("Door", "open", None)]


@pytest.mark.parametrize("sentence", ["A row of dominoes falls.", "A row of dominoes falls from left to right."])
def test_dominoes_in_a_row_fall_over_each_other(sentence):
    assert happens(sentence) == [("Domino", "cascade", None)]
