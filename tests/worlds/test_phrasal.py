"""Verbs of two words, irregular plurals, and verbs that are nouns as well."""

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def happens(sentence):
    return [(h.who, h.does, h.to) for h in plan(sentence).happenings]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A woman switches off a lamp", [("Lamp", "go out", None)]),
        ("A woman turns the lamp on", [("Lamp", "light up", None)]),
        ("A girl blows out a candle", [("Candle", "go out", None)]),
        ("A girl blows the candle out.", [("Candle", "go out", None)]),
        ("A lamp stands on a table; a boy turns it off", [("Lamp", "go out", None)]),
        ("A boy turns on a fan", [("Fan", "turn", None)]),
        ("A windmill turns on a hill", [("Windmill", "turn", None)]),
        ("A ball knocks the vase over", [("Ball", "topple", "Vase")]),
        ("A rocket takes off", [("Rocket", "rise", None)]),
        ("A fire gives off smoke", [("Fire", "smoke", None)]),
        ("A deck chair is blown over", [("Deck chair", "tip", None)]),
        ("The wind blows a parasol over", [("Parasol", "tip", None)]),
        ("A hat is blown off a bench", [("Hat", "fall", None)]),
    ],
)
def test_the_particle_belongs_to_the_verb(sentence, expected):
    manifest = plan(sentence)
    assert happens(sentence) == expected
    assert not [text for text in manifest.left_out if "stands for it" not in text]


def test_one_thing_sets_off_the_next():
    manifest = plan("A domino falls on a button, which turns on a fan that blows out a candle")
    assert [(h.who, h.does, h.after) for h in manifest.happenings] == [
        ("Domino", "fall", None),
        ("Fan", "turn", 0),
        ("Candle", "go out", 1),
    ]
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A boy picks up a ball", "picks up a ball"),
        ("A man puts on a hat", "puts on a hat"),
        ("A man takes off a hat", "takes off a hat"),
        ("A clock goes off", "goes off"),
        ("A switch sets off a rocket", "sets off a rocket"),
        ("A man turns on a stove", "turns on a stove"),
        ("A man sits down on a chair", "sits down on a chair"),
        ("A flag is blown away", "blown away"),
        ("A woman waves", "waves"),
        ("A wooden chair flutters in the wind", "flutters"),
    ],
)
def test_what_nothing_here_does_is_told_whole(sentence, told):
    manifest = plan(sentence)
    assert manifest.left_out == (told,)
    assert manifest.happenings == ()
    assert not any(s.places for s in manifest.subjects)


@pytest.mark.parametrize(
    ("sentence", "name", "thing", "count"),
    [
        ("Two children stand on a hill", "Child", "child", 2),
        ("Three people walk", "Person", "person", 3),
        ("Two men run", "Man", "person", 2),
        ("Three women stand on a hill", "Woman", "woman", 3),
        ("Two snowmen stand on a hill", "Snowman", "snowman", 2),
        ("Four geese stand on a hill", "Goose", "duck", 4),
        ("Two wolves and three sheep stand on a hill", "Wolf", "wolf", 2),
        ("Three fish swim in a pond", "Fish", "fish", 3),
        ("Four knives lie on a table", "Knife", "knife", 4),
        ("Two loaves lie on a shelf", "Loaf", "bread", 2),
    ],
)
def test_irregular_plurals(sentence, name, thing, count):
    subject = plan(sentence).subject(name)
    assert (subject.thing, subject.count) == (thing, count)


def test_children_slide_down_a_slide():
    sentence = "Two children slide down a slide"
    assert happens(sentence) == [("Child", "slide", "Slide")]
    assert [s.count for s in plan(sentence).subjects] == [2, 1]
    assert plan("Two zorbs slide down a slide").left_out[0].startswith("two zorbs slide")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A ball falls and the bell rings", "rings"),
        ("A woman watches", "watches"),
        ("Two zorbs climb a hill", "two zorbs climb"),
    ],
)
def test_a_verb_behind_who_acts_is_told_as_a_verb(sentence, told):
    assert plan(sentence).left_out == (told,)
