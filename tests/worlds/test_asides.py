"""Clauses that are left out whole, and what of them is there."""

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def happens(sentence):
    return [(h.who, h.does, h.to) for h in plan(sentence).happenings]


def counts(sentence):
    return {s.name: s.count for s in plan(sentence).subjects}


@pytest.mark.parametrize(
    ("sentence", "things", "told"),
    [
        ("Four logs lie on a truck, and one log rolls off and hits a car", {"Log": 4, "Truck": 1, "Car": 1},
         ("one log rolls off", "hits a car")),
        ("A stack of boxes stands on a table and the top box falls", {"Box": 5, "Table": 1}, ("top box falls",)),
        ("Three balls lie on a table, one rolls off and the others stay", {"Ball": 3, "Table": 1},
         ("one rolls off", "others stay")),
        ("Three boxes stand on a table and one of the boxes falls. It hits a lamp.", {"Box": 3, "Table": 1, "Lamp": 1},
         ("one of the boxes falls", "it hits a lamp")),
        ("Two of the three bottles on a wall fall over when a ball hits them", {"Bottle": 3, "Wall": 1, "Ball": 1},
         ("two of the three bottles on a wall fall over when a ball hits them",)),
        ("Smoke rises from two of the three chimneys", {"Chimney": 3},
         ("smoke rises from two of the three chimneys",)),
        ("The last of six dominoes falls over", {"Domino": 6}, ("last of six dominoes falls over",)),
        ("Three balls stand in a row, the second falls", {"Ball": 3}, ("second falls",)),
    ],
)  # fmt: skip
def test_one_of_several_does_nothing_and_is_no_new_thing(sentence, things, told):
    assert counts(sentence) == things
    assert happens(sentence) == []
    assert plan(sentence).left_out == told


@pytest.mark.parametrize("sentence", ["A cat sits on a sofa and one dog runs", "Two dogs sit there and a dog runs"])
def test_one_more_thing_acts(sentence):
    assert [does for _, does, _ in happens(sentence)] == ["drive"]


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("A car drives up a hill", {"Car", "Hill"}),
        ("A cat jumps from the table onto a chair", {"Cat", "Table", "Chair"}),
        ("A cat knocks a vase off a shelf", {"Cat", "Vase", "Shelf"}),
        ("A cat pulls the tablecloth off a table", {"Cat", "Tablecloth", "Table"}),
        ("A table without a lamp", {"Table"}),
        ("A ball rolls like a wheel", {"Ball"}),
    ],
)
def test_what_a_clause_that_is_left_out_names_is_there(sentence, things):
    found = {s.name for s in plan(sentence).subjects}
    assert found == things


def test_where_it_is_said_to_be():
    found = plan("A grey cat sleeps on a sofa while rain runs down the window behind it")
    assert [(p.relation, *p.of) for p in found.subject("Window").places] == [("behind", "Cat")]
    assert plan("A man takes off a hat in a garden").setting.where == "garden"


@pytest.mark.parametrize(
    ("sentence", "deeds", "told"),
    [
        ("A bucket tips over and water runs down the stairs", [("Bucket", "spill", None)], ("down the stairs",)),
        ("A cup tips over and the milk runs onto a table", [("Cup", "spill", "Table")], ()),
        ("A jug falls over and the water trickles into a bowl", [("Jug", "spill", "Bowl")], ()),
        ("A bucket tips over and milk flows out of it and hits a ball", [("Bucket", "spill", None)],
         ("out of it", "hits a ball")),
        ("A glass stands on a table and the water freezes", [], ("water freezes",)),
        ("A bucket stands on a table and the water is blue", [], ("water is blue",)),
        ("A kettle stands on a stove and the water boils", [("Kettle", "steam", None)], ()),
        ("Water runs down the stairs", [], ("water runs down the stairs",)),
        ("A campfire burns and smoke drifts over a house", [("Campfire", "burn", None)],
         ("smoke drifts over a house",)),
        ("Smoke rises and a dog runs", [("Dog", "drive", None)], ("smoke rises",)),
        ("Smoke rises above a chimney", [("Chimney", "smoke", None)], ()),
    ],
)  # fmt: skip
def test_what_is_in_something_runs_out_or_is_told(sentence, deeds, told):
    assert happens(sentence) == deeds
    assert plan(sentence).left_out == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A boy kicks a ball over a fence; the ball lands in a pond", "lands in a pond"),
        ("A girl throws a hat over a wall and the hat lands on a bench", "lands on a bench"),
    ],
)
def test_where_something_lands_is_not_where_it_begins(sentence, told):
    found = plan(sentence)
    assert told in found.left_out
    assert all(len(s.places) < 2 for s in found.subjects)
    assert happens("A ball lands in a bucket") == [("Ball", "fall", "Bucket")]


def test_a_thing_called_by_what_it_does_does_it_once():
    assert happens("A spinning top spins on a plate") == [("Spinning top", "turn", None)]
    assert happens("A rocking chair rocks") == [("Rocking chair", "rock", None)]


@pytest.mark.parametrize(
    "sentence", ["A door opens after a cat has walked past it", "A door opens when a cat leaves it"]
)
def test_what_never_comes_about_is_no_rule(sentence):
    found = plan(sentence)
    assert found.rules == ()
    assert found.left_out


def test_what_runs_over_a_small_thing_is_not_on_it():
    found = plan("A truck runs over a barrel")
    assert found.subject("Truck").places == ()
    assert found.left_out == ("over a barrel",)
    assert plan("A car drives over a bridge").subject("Car").places
