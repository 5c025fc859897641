"""Clauses about where things are: what is said in them is said of those that they name."""

import pytest

from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def places(manifest):
    return {s.name: [(p.relation, *p.of) for p in s.places] for s in manifest.subjects if s.places}


def deeds(manifest):
    return {(h.who, h.does, h.to, h.source) for h in manifest.happenings}


@pytest.mark.parametrize(
    ("sentence", "where", "does"),
    [
        ("There is a table on which three candles burn", {"Candle": [("on", "Table")]}, {("Candle", "burn")}),
        ("A hill over which a balloon floats", {"Balloon": [("above", "Hill")]}, {("Balloon", "float")}),
        ("There is a box, inside which a ball lies", {"Ball": [("in", "Box")]}, set()),
        ("A cart in which apples lie rolls down a hill", {"Apple": [("in", "Cart")]}, {("Cart", "roll")}),
        ("A vase, behind which a cat hides, falls off a shelf", {"Cat": [("behind", "Vase")]}, {("Vase", "fall")}),
        ("A house in front of which a car parks burns", {"Car": [("in front of", "House")]}, {("House", "burn")}),
        ("A statue around which birds circle falls over", {}, {("Bird", "circle"), ("Statue", "tip")}),
        ("A dog runs in the park where a fountain sprays", {}, {("Dog", "drive"), ("Fountain", "spray")}),
        ("Please add a bench to the park where a dog is running", {}, {("Dog", "drive")}),
        ("A tower of four blocks is topped with a ball", {"Ball": [("on", "Block")]}, set()),
    ],
)
def test_clauses_about_where_things_are(sentence, where, does):
    manifest = plan(sentence)
    assert places(manifest) == where
    assert {(who, verb) for who, verb, *_ in deeds(manifest)} == does


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("A chair is tipped backwards by a dog that runs into it", "tipped backwards by a dog that runs into it"),
        ("A boat is pulled towards the pier by a rope", "pulled towards the pier by a rope"),
        ("A lantern hangs across the yard", "hangs across the yard"),
        ("A table with which a cat plays", "with which a cat plays"),
        ("A bench where a cat sleeps", "where a cat sleeps"),
    ],
)
def test_what_is_not_understood_is_told_whole(sentence, left_out):
    manifest = plan(sentence)
    assert left_out in manifest.left_out
    assert not manifest.happenings


@pytest.mark.parametrize(
    ("sentence", "fall"),
    [
        ("A flowerpot falls from a balcony onto a bench", ("Flowerpot", "fall", "Bench", None)),
        ("A piano falls from a crane onto a car parked below", ("Piano", "fall", "Car", None)),
        ("A ball falls from a table onto a chair", ("Ball", "fall", "Chair", "Table")),
    ],
)
def test_falls_onto_what_is_said(sentence, fall):
    assert deeds(plan(sentence)) == {fall}
