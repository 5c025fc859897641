"""Whom "it" and "they" mean, and what a clause without a verb says."""

import pytest

from addon.worlds.errors import SentenceError
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
        ("A man swings a hammer.", "swings a hammer"),
        ("Three candles go out one after another.", "one after another"),
        ("A dog runs under a table.", "under a table"),
        ("A ball rolls between two trees.", "between two trees"),
        ("A vase stands on a table between two candles.", "between two candles"),
        ("Ten marbles roll down a wooden ramp into a metal bucket.", "into a metal bucket"),
        ("A robot pushes a ball off the table. The ball lands in a cup.", "lands in a cup"),
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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A girl opens a window and turns around.", [("Window", "open"), ("Girl", "turn")]),
        ("A boy drops a cup and jumps.", [("Cup", "fall"), ("Boy", "jump")]),
        ("A girl throws a ball. Then she jumps.", [("Ball", "fly"), ("Girl", "jump")]),
        ("A boy kicks a ball and hits a box.", [("Ball", "fly"), ("Ball", "hit")]),
        ("A child rolls a ball and it hits a box.", [("Ball", "roll"), ("Ball", "hit")]),
        ("A girl pushes a cart and walks behind it.", [("Girl", "push"), ("Girl", "drive")]),
        ("A robot opens a door, walks through it and closes it.", [("Door", "open"), ("Door", "close")]),
        ("A ball hits a domino; they all fall.", [("Ball", "hit"), ("Ball", "fall"), ("Domino", "tip")]),
        ("A plane flies over a city and lands.", [("Plane", "fly"), ("Plane", "descend")]),
        ("A ball on a rope swings.", [("Ball", "swing")]),
    ],
)
def test_who_goes_on_acting(sentence, expected):
    assert [(who, does) for who, does, _ in happens(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A ball rolls off a table and into a bucket.", "into a bucket"),
        ("A car drives along a road, over a bridge and past a house.", "over a bridge"),
        ("Three balls fall, each into its own bucket.", "each into"),
        ("A ball falls on the lid of a box.", "on the lid of a box"),
        ("A house whose door opens stands on a hill.", "whose door opens stands on a hill"),
        ("A cat runs out of a box.", "runs out"),
        ("The cat goes out.", "goes out"),
        ("A box that is open falls.", "open"),
        ("A bridge is crossed by a train.", "crossed by a train"),
        ("A red car drives faster than a blue car.", "faster than a blue car"),
    ],
)
def test_nothing_is_made_of_what_is_told(sentence, told):
    manifest = plan(sentence)
    assert told in manifest.left_out
    first = manifest.subjects[0]
    assert {h.who for h in manifest.happenings} <= {first.name}
    assert all(h.to is None and h.does in ("fall", "drive") for h in manifest.happenings)
    assert all(p.relation != "in" for s in manifest.subjects for p in s.places)


@pytest.mark.parametrize(
    ("sentence", "to"),
    [
        ("A table stands in a kitchen. There is a bowl on it. An apple falls into it.", "Bowl"),
        ("A bucket stands on a bench; beside it stands a chair. A ball falls into it.", "Bucket"),
        ("A table stands next to a sofa. There is a lamp on it. A cat jumps onto it.", "Table"),
        ("A ball falls on the roof of a house.", "House"),
    ],
)
def test_it_is_what_can_hold_or_bear(sentence, to):
    assert happens(sentence)[-1][2] == to


@pytest.mark.parametrize("and_then", ["the box falls and the door closes", "the box falls, and the lamp goes out"])
def test_all_that_follows_waits(and_then):
    found = plan(f"When the ball hits the box, {and_then}.").happenings
    assert [h.after for h in found] == [None, 0, 0]


def test_who_follows_follows_as_a_rule():
    assert plan("A car is followed by a truck.").rules == ("Truck follows Car",)


@pytest.mark.parametrize("sentence", ["What falls off the table?", "A fire hydrant sprays water."])
def test_what_asks_or_names_nothing_is_refused(sentence):
    with pytest.raises(SentenceError, match=r"asks something|there is no 'hydrant'"):
        plan(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The vase on the table is hit by a ball.", [("Ball", "hit", "Vase")]),
        ("The table on which a vase stands is hit by a ball.", [("Ball", "hit", "Table")]),
        ("A ball gets pushed into a pond by a dog.", []),
        (
            "A boy drops a ball. It bounces and hits a vase.",
            [("Ball", "fall", None), ("Ball", "bounce", None), ("Ball", "hit", "Vase")],
        ),
        ("A girl kicks a ball. It rolls into a goal.", [("Ball", "fly", None), ("Ball", "roll", "Goal")]),
        ("A boy lets go of a balloon and it rises.", [("Balloon", "rise", None)]),
        ("A dog sits in a garden and a boy throws a ball to it.", [("Ball", "fly", "Dog")]),
        ("A tree stands in a garden and an apple falls from it.", [("Apple", "fall", None)]),
        ("A snowman stands in a garden and its hat falls off.", [("Hat", "fall", None)]),
        ("A boy climbs up a tree and an apple falls on his head.", [("Apple", "fall", None)]),
        ("A boy lets a ball roll down a ramp.", [("Ball", "roll", "Ramp")]),
        ("A ball makes the lamp fall over.", [("Lamp", "tip", None)]),
        ("A boy watches a ball roll down a hill.", [("Ball", "roll", "Hill")]),
        ("A ball hits a lamp so hard that it falls over.", [("Ball", "hit", "Lamp"), ("Lamp", "tip", None)]),
        ("Instead of the ball, the box falls.", [("Box", "fall", None)]),
        ("A stone bridge crosses a river.", []),
        ("A ball hits a box, then a wall.", [("Ball", "hit", "Box"), ("Ball", "hit", "Wall")]),
        ("A bear walks past a tent.", [("Bear", "drive", None)]),
    ],
)
def test_who_is_told_to_do_it_does_it(sentence, expected):
    assert happens(sentence) == expected


@pytest.mark.parametrize(
    "sentence", ["Two of the five balls are blue.", "Half of the ten balls fall.", "None of the boxes fall."]
)
def test_a_part_of_several_is_not_all_of_them(sentence):
    manifest = plan(sentence)
    assert manifest.happenings == ()
    assert not any(s.parameters for s in manifest.subjects)
    assert manifest.left_out == (sentence.lower().rstrip("."),)


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("A cup stands on a table next to a plate.", "Plate", [("next to", "Cup")]),
        ("A cup stands on a table next to a plate.", "Table", []),
        ("A lamp stands on a desk behind a book.", "Book", [("in front of", "Lamp")]),
        ("A table stands in a room next to a sofa.", "Table", [("next to", "Sofa")]),
        ("The red ball is on the table and the blue ball is under it.", "Ball B", [("under", "Table")]),
        ("A lantern glows on a garden wall.", "Lantern", [("on", "Wall")]),
        ("Snow falls on a bench and a car.", "Car", []),
        ("The chair on which a cat sits falls over.", "Cat", [("on", "Chair")]),
    ],
)
def test_where_things_are_that_stand_together(sentence, name, expected):
    assert places(sentence, name) == expected


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("A green apple lies on a plate and a red one rolls off it.", "Plate"),
        ("A shelf hangs on a wall and a book falls off it.", "Shelf"),
        ("A tree stands in a garden and an apple falls from it.", "Tree"),
    ],
)
def test_what_it_falls_from(sentence, source):
    assert plan(sentence).happenings[-1].source == source


def test_one_more_of_those_who_were_spoken_of():
    manifest = plan("A red car stands in front of a house and a blue one drives past it.")
    assert [(s.name, s.thing) for s in manifest.subjects] == [("Car", "car"), ("House", "house"), ("Car B", "car")]


def test_who_does_something_may_be_told_by_it():
    manifest = plan("The ball that hits the box is red.")
    assert [bool(s.parameters) for s in manifest.subjects] == [True, False]
    assert [bool(s.parameters) for s in plan("A ball which is red hits a box that is blue.").subjects] == [True, True]


def test_what_stands_somewhere_is_the_one_that_is_hit():
    manifest = plan("A lamp standing on a shelf goes out when a ball hits the lamp.")
    assert [(h.who, h.does, h.to) for h in manifest.happenings] == [("Ball", "hit", "Lamp"), ("Lamp", "go out", None)]
    assert len(manifest.subjects) == 3


def test_weather_in_front_of_a_thing_leaves_it_where_it_is():
    manifest = plan("Ten snowballs roll down a big snowy hill and hit a snowman.")
    assert next((h.who, h.does, h.to) for h in manifest.happenings) == ("Snowball", "roll", "Hill")
    assert manifest.setting.weather == "snow"
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "A ball hits a lamp and it goes out.",
        "A cat pushes a vase and it falls off the table.",
        "A ball hits a box. It falls.",
    ],
)
def test_what_it_does_waits_for_what_was_done_to_it(sentence):
    assert [h.after for h in plan(sentence).happenings] == [None, 0]
