"""Ways to say things that are read as others."""

import pytest

from addon.worlds.lexicon import Lexicon
from addon.worlds.library import entries
from addon.worlds.reader import read
from addon.worlds.retelling import straightened
from addon.worlds.verbs import verbs


def plan(sentence):
    return read(sentence, entries())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rolling down the hill, the barrel hits a fence", "the barrel rolls down the hill and hits a fence"),
        (
            "A barrel, rolling down a hill, knocks over a chair",
            "A barrel rolls down a hill and knocks over a chair",
        ),
        ("Waving in the wind, a flag stands on a tower", "Waving in the wind, a flag stands on a tower"),
        ("A rolling ball, a falling leaf and a top", "A rolling ball, a falling leaf and a top"),
        ("Zooming past, a car drives", "Zooming past, a car drives"),
        ("A ball falls", "A ball falls"),
        ("Swing on a tree, a ball falls", "Swing on a tree, a ball falls"),
    ],
)
def test_participles_are_told_of_who_acts(sentence, expected):
    assert straightened(sentence, Lexicon(entries(), verbs())) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A ball falls as a door opens.", [("Ball", "fall", None), ("Door", "open", None)]),
        ("A ball falls, which makes the lamp go out.", [("Ball", "fall", None), ("Lamp", "go out", 0)]),
        (
            "A cart rolls down a ramp and hits a box after which the box falls.",
            [("Cart", "roll", None), ("Cart", "hit", None), ("Box", "fall", 1)],
        ),
        ("Three seconds after the start a ball drops onto a drum.", [("Ball", "fall", None)]),
        ("The ball rolls like a wheel.", [("Ball", "roll", None)]),
        ("A balloon as big as a house floats above a lake.", [("Balloon", "float", None)]),
    ],
)
def test_what_happens_and_behind_what(sentence, expected):
    assert [(h.who, h.does, h.after) for h in plan(sentence).happenings] == expected


@pytest.mark.parametrize("sentence", ["The ball rolls like a wheel.", "A balloon as big as a house floats."])
def test_likenesses_are_told_and_are_no_things(sentence):
    manifest = plan(sentence)
    assert len(manifest.subjects) == 1
    assert any(text.startswith("like a") for text in manifest.left_out)


@pytest.mark.parametrize(
    ("sentence", "stuff"),
    [
        ("Both balls are made of wood.", "wood"),
        ("A cup stands on a table; it is made of glass.", "glass"),
        ("A box made of steel slides down a ramp.", "steel"),
        ("A wood crown lies on a table.", "wood"),
    ],
)
def test_what_things_are_made_of(sentence, stuff):
    manifest = plan(sentence)
    assert manifest.subjects[0].stuff == stuff
    assert not {"glass", "drinking glass"} & {s.thing for s in manifest.subjects}
    assert manifest.setting.where == "studio"
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "within"),
    [("A bowl of oranges stands on the table.", "Bowl"), ("A vase of flowers stands on the table.", "Vase")],
)
def test_what_vessels_are_of_is_in_them(sentence, within):
    vessel, content = plan(sentence).subjects[:2]
    assert [(p.relation, p.of) for p in content.places] == [("in", (within,))]
    assert [(p.relation, p.of) for p in vessel.places] == [("on", ("Table",))]


def test_half_a_dozen_is_six():
    assert plan("Half a dozen candles burn on a cake.").subject("Candle").count == 6


def test_a_clause_that_tells_a_colour_tells_it():
    manifest = plan("A ball, which is red, lies on a table.")
    assert manifest.subject("Ball").parameters["colour"][0] > 0.7
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "told", "setting"),
    [
        ("A snow globe stands on a table.", "snow", {}),
        ("A rain barrel stands in a garden.", "rain", {"where": "garden"}),
        ("A night table stands beside a bed.", "night", {}),
        ("In the snow horses run.", None, {"weather": "snow"}),
        ("At night cars drive.", None, {"hour": "night"}),
        ("A dark room with a lamp.", None, {"where": "room", "hour": "night"}),
        ("On the moon a ball bounces.", "on the moon", {}),
        ("In zero gravity, a cup falls.", "in zero gravity", {}),
    ],
)
def test_words_in_front_of_a_noun_are_no_weather(sentence, told, setting):
    manifest = plan(sentence)
    assert manifest.setting.model_dump(exclude_defaults=True, exclude_none=True) == setting
    assert told is None or told in manifest.left_out


@pytest.mark.parametrize("sentence", ["A running shoe lies on the floor.", "A moving van stands on a street."])
def test_what_things_are_for_is_not_what_they_do(sentence):
    assert plan(sentence).happenings == ()


@pytest.mark.parametrize(
    ("sentence", "things", "told"),
    [
        ("A hammer hits a bell and rings it.", {"hammer", "bell"}, "rings"),
        ("Snow covers the roof of a cabin.", {"hut"}, "snow covers"),
        ("The wind swings a door.", {"door"}, "swings"),
        ("Water fills a bathtub.", {"bathtub"}, "water fills"),
        ("A ball rolls uphill.", {"ball"}, "uphill"),
        ("First the lamp goes on, and finally the bell rings.", {"table lamp", "bell"}, "rings"),
    ],
)
def test_words_for_what_happens_are_no_things(sentence, things, told):
    manifest = plan(sentence)
    assert {s.thing for s in manifest.subjects} == things
    assert any(text.startswith(told) for text in manifest.left_out)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A box is pushed by a robot.", [("Robot", "push", "Box")]),
        ("A vase is knocked over by a cat and falls.", [("Cat", "topple", "Vase"), ("Vase", "fall", None)]),
        ("A ball is hit by a hammer.", [("Hammer", "hit", "Ball")]),
        ("A red box is struck by a blue ball in a room.", [("Ball", "hit", "Box")]),
        ("A cake is eaten by a dog.", []),
    ],
)
def test_what_is_done_by_somebody_somebody_does(sentence, expected):
    assert [(h.who, h.does, h.to) for h in plan(sentence).happenings] == expected


@pytest.mark.parametrize("sentence", ["Orbit the camera around a column.", "The camera orbits around a column."])
def test_the_camera_orbits(sentence):
    manifest = plan(sentence)
    assert manifest.view == "orbit"
    assert [s.thing for s in manifest.subjects] == ["column"]
