"""Sentences are read into plans; what nothing stands for is told."""

import re

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import SentenceError, read


def plan(sentence):
    return read(sentence, entries())


def places(manifest):
    return {s.name: [(p.relation, *p.of) for p in s.places] for s in manifest.subjects if s.places}


def deeds(manifest):
    return [(h.who, h.does, h.to) for h in manifest.happenings]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("a mug on a table", {"Mug": [("on", "Table")]}),
        ("A mug and a teapot stand on a table.", {"Mug": [("on", "Table")], "Teapot": [("on", "Table")]}),
        ("an apple in a bowl on a table", {"Apple": [("in", "Bowl")], "Bowl": [("on", "Table")]}),
        ("A chair is to the left of a table", {"Chair": [("left of", "Table")]}),
        ("a crate beneath a table", {"Crate": [("under", "Table")]}),
        ("A balloon floats above a house", {"Balloon": [("above", "House")]}),
        ("A lantern hangs over a table", {"Lantern": [("above", "Table")]}),
        ("A chair stands between a floor lamp and a shelf", {"Chair": [("between", "Floor lamp", "Shelf")]}),
        ("A campfire burns between two tents", {"Campfire": [("between", "Tent")]}),
        ("In a study there is a lamp on the desk", {"Lamp": [("on", "Desk")]}),
        ("On a xylophone there is a lamp", {}),
        ("At a market stall an awning ripples", {"Awning": [("near", "Market stall")]}),
        ("A horse trots along a fence", {"Horse": [("next to", "Fence")]}),
        ("A horse trots along a fence and a dog runs behind it", {"Dog": [("behind", "Horse")]}),
    ],
)
def test_where_things_are(sentence, expected):
    found = places(plan(sentence))
    assert found.items() >= expected.items()
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("sentence", "stuff", "left_out"),
    [
        ("a steel ball", "steel", ()),
        ("a wooden table", None, ()),
        ("a stone bench", "stone", ()),
        ("a silk flag", None, ()),
        ("a steel flag", None, ("steel",)),
        ("a ball in a wooden garden", None, ("wooden",)),
    ],
)
def test_what_things_are_made_of(sentence, stuff, left_out):
    manifest = plan(sentence)
    assert manifest.subjects[0].stuff == stuff
    assert manifest.left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A ball rolls off a table", [("Ball", "fall", None, "Table")]),
        ("An apple on a counter rolls off the edge", [("Apple", "fall", None, "Counter")]),
        ("A crate tips off a cart", [("Crate", "fall", None, "Cart")]),
        ("The ball lies on a table and slides off it", [("Ball", "fall", None, "Table")]),
        ("Throw a blanket over a sofa", [("Blanket", "fall", "Sofa", None)]),
        ("A tablecloth drapes over a table and comes to hang over the edge", [("Tablecloth", "fall", "Table", None)]),
        ("Ten dominoes stand in a row, and when the first one is pushed they all fall over",
         [("Domino", "cascade", None, None)]),
        ("A block pushes against six books until they topple one after another",
         [("Block", "push", "Book", None), ("Book", "cascade", None, None)]),
        ("Five blocks are stacked on a table and a cat knocks them over", [("Cat", "topple", "Block", None)]),
        ("A balloon lifts a teddy bear", [("Balloon", "lift", "Teddy bear", None)]),
        ("A swing goes back and forth", [("Swing", "swing", None, None)]),
    ],
)  # fmt: skip
def test_what_is_said_in_other_ways(sentence, expected):
    manifest = plan(sentence)
    assert [(h.who, h.does, h.to, h.source) for h in manifest.happenings] == expected


@pytest.mark.parametrize(
    ("sentence", "weather"),
    [("The wind carries sand over the dunes", "sand"), ("A gust blows dry leaves across the street", "leaves")],
)
def test_what_the_wind_carries_is_weather(sentence, weather):
    manifest = plan(sentence)
    assert manifest.setting.weather == weather
    assert manifest.setting.wind > 0.0


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A ball rolls down a ramp", [("Ball", "roll", "Ramp")]),
        (
            "A ball rolls down a ramp and topples a row of dominoes",
            [("Ball", "roll", "Ramp"), ("Ball", "topple", "Domino")],
        ),
        ("A ball and a barrel roll down a ramp", [("Ball", "roll", "Ramp"), ("Barrel", "roll", "Ramp")]),
        ("An apple fell onto a table", [("Apple", "fall", "Table")]),
        ("A ball rolls into three bottles", [("Ball", "roll", "Bottle")]),
        ("A ball is rolling, a bottle falls", [("Ball", "roll", None), ("Bottle", "fall", None)]),
        ("A flag waves in the wind", [("Flag", "wave", None)]),
    ],
)
def test_what_things_do(sentence, expected):
    manifest = plan(sentence)
    assert deeds(manifest) == expected
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "count", "arrangement"),
    [
        ("a row of dominoes", 8, "row"),
        ("five chairs", 5, "scattered"),
        ("a stack of 3 crates", 3, "stack"),
        ("a chair", 1, "scattered"),
    ],
)
def test_how_many(sentence, count, arrangement):
    (subject,) = plan(sentence).subjects
    assert (subject.count, subject.arrangement) == (count, arrangement)


def test_tall_is_higher_and_not_wider():
    (vase,) = plan("a tall vase").subjects
    knobs = entries()["vase"].knobs
    assert vase.parameters == {"height": pytest.approx(1.5 * knobs["height"].default)}


def test_colours_and_sizes_become_parameters():
    ball, mug = plan("a big ball and a red mug").subjects
    assert ball.parameters["radius"] > entries()["ball"].knobs["radius"].default
    assert mug.parameters["colour"] == (0.8, 0.05, 0.05)


@pytest.mark.parametrize(
    ("sentence", "setting"),
    [
        ("a chair in a garden", {"where": "garden"}),
        ("a chair in a room at night", {"where": "room", "hour": "night"}),
        ("Rain falls on a bench in the evening", {"weather": "rain", "hour": "evening"}),
        ("a flag in a strong wind", {"wind": 12.0}),
    ],
)
def test_where_and_when_it_is(sentence, setting):
    manifest = plan(sentence)
    assert manifest.setting.model_dump(exclude_defaults=True) == setting
    assert manifest.left_out == ()


def test_what_nothing_stands_for_is_told():
    assert plan("A giraffe looks at a table near a xylophone").left_out == ("giraffe looks at", "near a xylophone")


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("A flag waves slowly", ("slowly",)),
        ("a broom against it", ("against it",)),
        ("a giant ball", ()),
        ("a wide vase", ("wide",)),
        ("a circle of chairs", ("circle",)),
        ("a chair in a garden in a desert", ("desert",)),
        ("A floor lamp turns into a table", ("into a table",)),
        ("a chair and a red", ("red",)),
        ("a chair, big", ("big",)),
    ],
)
def test_words_that_do_nothing_are_told(sentence, left_out):
    assert plan(sentence).left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "happenings", "left_out"),
    [
        ("A ball does not roll", [], ("does not roll",)),
        ("A ball never falls", [], ("never falls",)),
        ("A ball flies over a sofa", [], ("flies over a sofa",)),
        ("A ladder leans against a wall", [], ("leans against a wall",)),
        ("A ball rolls through a gate", [], ("rolls through a gate",)),
        ("A car drives off", [("Car", "drive", None)], ("off",)),
        ("A car drives off the road", [("Car", "drive", None)], ("off the road",)),
        ("A bridge over a lake", [], ("over a lake",)),
        ("A bottle falls unless a ball rolls", [], ("falls unless a ball rolls",)),
        ("Smoke rises slowly from a campfire", [("Campfire", "smoke", None)], ("slowly",)),
        ("A bee flies from a flower", [], ("flies from a flower",)),
        ("A ball rolls and does not hit a box", [("Ball", "roll", None)], ("does not hit a box",)),
        ("A ball rolls into a box, a cat falls past it", [("Ball", "roll", "Box")], ("falls past it",)),
    ],
)
def test_what_would_be_turned_by_a_word_is_left_out_whole_and_told(sentence, happenings, left_out):
    manifest = plan(sentence)
    assert deeds(manifest) == happenings
    assert manifest.left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "subjects", "happenings"),
    [
        ("A tree sways in the wind", ["Tree"], [("Tree", "sway", None)]),
        ("A burning stump in a forest", ["Stump"], [("Stump", "burn", None)]),
        ("Steam rises from a cup of coffee on a table", ["Cup", "Table"], [("Cup", "steam", None)]),
        ("Drop a red ball onto a table", ["Ball", "Table"], [("Ball", "fall", "Table")]),
        ("A child throws a ball at a house", ["Child", "Ball", "House"], [("Ball", "fly", "House")]),
        ("A vase falls over", ["Vase"], [("Vase", "tip", None)]),
        ("A ball knocks the vase over", ["Ball", "Vase"], [("Ball", "topple", "Vase")]),
        ("A tablecloth sinks onto a table, drapes over it", ["Tablecloth", "Table"], [("Tablecloth", "fall", "Table")]),
        ("A ball falls and lands on a table", ["Ball", "Table"], [("Ball", "fall", "Table")]),
        ("A helicopter lands on a house", ["Helicopter", "House"], [("Helicopter", "descend", "House")]),
        ("A windmill turns its sails", ["Windmill"], [("Windmill", "turn", None)]),
        ("Two balls collide", ["Ball"], [("Ball", "collide", None)]),
        ("A dog and a cat collide", ["Dog", "Cat"], [("Dog", "collide", "Cat")]),
        ("A jug pours water into a glass", ["Jug", "Glass"], [("Jug", "pour", "Glass")]),
        ("A vase falls off a shelf", ["Vase", "Shelf"], [("Vase", "fall", None)]),
        ("A ball rolls down a ramp. It hits a box.", ["Ball", "Ramp", "Box"],
         [("Ball", "roll", "Ramp"), ("Ball", "hit", "Box")]),
        ("A large ball rolls into the box and the ball bounces", ["Ball", "Box"],
         [("Ball", "roll", "Box"), ("Ball", "bounce", None)]),
    ],
)  # fmt: skip
def test_what_is_said_in_many_ways(sentence, subjects, happenings):
    manifest = plan(sentence)
    assert [s.name for s in manifest.subjects] == subjects
    assert deeds(manifest) == happenings
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "at", "after"),
    [
        ("After 2 seconds, a ball falls into a bucket", [2.0], [None]),
        ("A ball falls into a bucket after 2 seconds", [2.0], [None]),
        ("A ball rolls into a block, then a bottle falls", [0.0, 0.0], [None, 0]),
        ("When a ball rolls into a box, a cube rises", [0.0, 0.0], [None, 0]),
        ("A balloon rises once a ball has hit a box", [0.0, 0.0], [None, 0]),
    ],
)
def test_when_things_happen(sentence, at, after):
    manifest = plan(sentence)
    assert [h.at for h in manifest.happenings] == at
    assert [h.after for h in manifest.happenings] == after


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("When the ball hits the box, the lamp turns on", "when Ball hits Box, Lamp turns on"),
        ("A ball rolls down a ramp and when it hits a box, a lamp turns on", "when Ball hits Box, Lamp turns on"),
        ("When a red ball hits a box, turn on the lamp", "when Ball hits Box, turn on Lamp"),
    ],
)
def test_conditions_are_rules_of_our_language(sentence, rule):
    manifest = plan(sentence)
    assert manifest.rules == (rule,)
    assert any(h.who == "Ball" for h in manifest.happenings)


@pytest.mark.parametrize(
    ("sentence", "setting"),
    [
        ("A day passes over a meadow with a tree", {"where": "meadow", "passing": "day"}),
        ("The sun sets behind a castle", {"passing": "sunset"}),
        ("Leaves fall from a tree", {"weather": "leaves"}),
        ("Sand blows over a dune in the desert", {"where": "desert", "weather": "sand"}),
    ],
)
def test_what_passes(sentence, setting):
    assert plan(sentence).setting.model_dump(exclude_defaults=True) == setting


@pytest.mark.parametrize(
    ("sentence", "thing"), [("A kayak", "rowing boat"), ("two saucepans", "pan"), ("an old taxi", "car")]
)
def test_a_kind_of_what_there_is_is_that_and_told(sentence, thing):
    manifest = plan(sentence)
    assert [s.thing for s in manifest.subjects] == [thing]
    assert any(f"a {thing} stands for it" in text for text in manifest.left_out)


@pytest.mark.parametrize("count", ["0", "201", "999999999"])
def test_counts_that_cannot_be_are_refused(count):
    with pytest.raises(SentenceError, match=f"1 to 200 of a kind, not {count}"):
        plan(f"{count} chairs")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("10 balls fall on a box, and {0} falls", "not 0, as '{0}' is read"),
        ("{201} balls fall.", "not 201, as '{201}' is read"),
        ("A box and 0, as it were, balls", "not 0"),
    ],
)
def test_the_word_that_is_a_count_that_cannot_be_is_told(sentence, told):
    with pytest.raises(SentenceError, match=rf"1 to 200 of a kind, {re.escape(told)}$"):
        plan(sentence)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("", "names no thing"), ("!!!", "names no thing"), ("a tabel", "table"), ("a jackal", "nearest is dog")],
)
def test_sentences_without_a_thing_are_refused_with_what_is_near(sentence, words):
    with pytest.raises(SentenceError, match=words):
        plan(sentence)


@pytest.mark.parametrize(
    "sentence", ["a " * 3000, "table " * 200, "\x00 table", "ball ball and and and , , rolls rolls"]
)
def test_strange_sentences_end_in_a_plan_or_a_refusal(sentence):
    try:
        manifest = plan(sentence)
    except SentenceError:
        return
    assert manifest.subjects


@pytest.mark.parametrize(
    ("sentence", "drink"),
    [
        ("a cup of hot coffee", "coffee"),
        ("A cup spills milk", "milk"),
        ("The cup tips over and the milk spills out", "milk"),
        ("A jug pours wine into a glass", "wine"),
    ],
)
def test_what_a_vessel_holds_is_in_it(sentence, drink):
    manifest = plan(sentence)
    assert manifest.subjects[0].parameters == {"drink": drink}
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "with_it"),
    [
        ("A table with a lamp and a book on it", {"Lamp": ("on", "Table"), "Book": ("on", "Table")}),
        ("A desk with a lamp, a book and a mug on it", dict.fromkeys(("Lamp", "Book", "Mug"), ("on", "Desk"))),
        ("A table with four chairs and a cake on it", {"Chair": ("next to", "Table"), "Cake": ("on", "Table")}),
        ("A boy with a balloon walks", {"Balloon": ("next to", "Boy")}),
        ("A wheelbarrow with three pumpkins rolls", {"Pumpkin": ("in", "Wheelbarrow")}),
        ("A crate with a red ball inside tips over", {"Ball": ("in", "Crate")}),
        ("A castle with a flag waving in the wind", {"Flag": ("in", "Castle")}),
    ],
)
def test_what_something_is_with_is_in_it_on_it_or_beside_it(sentence, with_it):
    manifest = plan(sentence)
    found = {s.name: (s.places[0].relation, *s.places[0].of) for s in manifest.subjects if s.places}
    assert found == with_it
    assert all(len(s.places) < 2 for s in manifest.subjects)
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "who", "does"),
    [
        ("A boy with a balloon walks", "Boy", "drive"),
        ("A castle with a flag waving in the wind", "Flag", "wave"),
        ("A house with smoke rising from its chimney stands on a hill", "House", "smoke"),
        ("Two cups stand on a table, both fall over", "Cup", "tip"),
    ],
)
def test_who_acts_of_what_is_together(sentence, who, does):
    assert [(h.who, h.does) for h in plan(sentence).happenings] == [(who, does)]


@pytest.mark.parametrize(
    ("sentence", "counts", "left_out"),
    [
        ("Three zorbs stand on a counter", {"Counter": 1}, ("three zorbs", "on a counter")),
        ("Two red zorbs lie beside the table", {"Table": 1}, ("two red zorbs", "beside the table")),
        ("Three strange balls roll", {"Ball": 3}, ("strange",)),
        ("Three loaves stand on a counter", {"Loaf": 3, "Counter": 1}, ()),
        ("Both cups fall off the table", {"Cup": 2, "Table": 1}, ()),
    ],
)
def test_a_number_is_that_of_its_own_noun(sentence, counts, left_out):
    manifest = plan(sentence)
    assert {s.name: s.count for s in manifest.subjects} == counts
    assert manifest.left_out == left_out


@pytest.mark.parametrize(
    "sentence",
    [
        "After 100 seconds, a ball falls",
        "A ball falls after 90 s",
        "A lamp goes out after 61 seconds",
        "A lamp goes out after two minutes",
        "A ball falls after 60 s",
    ],
)
def test_what_begins_after_a_world_ends_is_refused(sentence):
    with pytest.raises(SentenceError, match="a world runs 60 s at most"):
        read(sentence, entries())


def test_a_world_runs_until_all_has_begun():
    assert read("A ball falls after 20 s", entries()).seconds == 24.0
    assert read("A ball falls after 3 s", entries()).seconds == 8.0
