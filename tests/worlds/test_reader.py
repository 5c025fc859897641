"""Sentences are read into plans; what nothing stands for is told."""

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
    ],
)
def test_where_things_are(sentence, expected):
    assert places(plan(sentence)).items() >= expected.items()


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
    assert plan("An elephant looks at a table near a window").left_out == ("elephant", "looks", "at", "window", "near")


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("A flag waves slowly", ("slowly",)),
        ("a broom against it", ("it", "against")),
        ("a giant ball", ()),
        ("a wide vase", ("wide",)),
        ("a circle of chairs", ("circle",)),
        ("a chair in a garden in a desert", ("desert",)),
        ("A floor lamp turns into a table", ("into",)),
        ("a chair and a red", ("red",)),
        ("a chair, big", ("big",)),
        ("a table with a mug", ("with",)),
    ],
)
def test_words_that_do_nothing_are_told(sentence, left_out):
    assert plan(sentence).left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("A ball does not roll", "not"),
        ("A ball never falls", "never"),
        ("A ball rolls off a table", "off"),
        ("A ball flies over a sofa", "over"),
        ("A ladder leans against a wall", "leans"),
        ("A ball rolls through a gate", "through"),
        ("A bottle falls unless a ball rolls", "unless"),
    ],
)
def test_words_that_would_turn_the_meaning_are_refused_by_name(sentence, word):
    with pytest.raises(SentenceError, match=f"'{word}' is not understood"):
        plan(sentence)


@pytest.mark.parametrize("count", ["0", "201", "999999999"])
def test_counts_that_cannot_be_are_refused(count):
    with pytest.raises(SentenceError, match=f"1 to 200 of a kind, not {count}"):
        plan(f"{count} chairs")


@pytest.mark.parametrize(
    ("sentence", "words"), [("", "names no thing"), ("!!!", "names no thing"), ("a tabel", "table")]
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
