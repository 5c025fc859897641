"""Numbers are read however they are said, and what cannot be is refused or told."""

import pytest

from addon.worlds.editing import EditError, edited
from addon.worlds.library import entries
from addon.worlds.numerals import plain_numbers
from addon.worlds.reader import SentenceError, read


def plan(sentence):
    return read(sentence, entries())


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("two hundred", "200"),
        ("Four hundred and twenty", "420"),
        ("three thousand two hundred and five", "3205"),
        ("two hundred thousand", "200000"),
        ("a million", "1000000"),
        ("a dozen dozen", "144"),
        ("half a dozen", "6"),
        ("a few hundred", "300"),
        ("a couple of hundred", "200"),
        ("dozens", "24"),
        ("twenty-five", "25"),
        ("1,000", "1000"),
        ("10 000", "10000"),
        ("2k", "2000"),
        ("1e3", "1000"),
        ("3½", "3.5"),
        (".5", "0.5"),
        ("1,5", "1.5"),
        ("2 1/2", "2.5"),
        ("1.5 million", "1500000"),
        ("two point two five", "2.25"),
        ("two and a half", "2.5"),
        ("half a metre", "0.5 metre"),
        ("three quarters of a second", "0.75 second"),
        ("a metre and a half", "1.5 metre"),
        ("a two-metre ball", "a 2 metre ball"),
        ("minus three", "-3"),
        ("−3", "-3"),
    ],
)
def test_numbers_become_figures(said, plain):
    assert plain_numbers(f"of {said} here") == f"of {plain} here"


@pytest.mark.parametrize(
    "text",
    [
        "two balls and three boxes",
        "one by one",
        "two or three",
        "10-12",
        "a couple of balls",
        "a few balls",
        "ten-pin",
        "half the balls",
        "a red ball and a half",
        "the minus sign",
        "twenty-first",
        "a three-legged stool",
    ],
)
def test_other_words_stay(text):
    assert plain_numbers(text) == text


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Two hundred dominoes stand in a row", 200),
        ("A dozen dozen balls fall", 144),
        ("Half a dozen balls fall", 6),
        ("A couple of balls fall", 2),
        ("A hundred and one dogs run", 101),
    ],
)
def test_how_many(sentence, count):
    manifest = plan(sentence)
    assert [s.count for s in manifest.subjects] == [count]
    assert not manifest.left_out


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Three hundred balls fall", "300"),
        ("A million dominoes topple", "1000000"),
        ("2k balls fall", "2000"),
        ("-3 balls fall", "-3"),
        ("Minus three balls fall", "-3"),
        ("A box and −2 balls", "-2"),
        ("½ ball falls", "0.5"),
        ("2.5 dominoes", "2.5"),
        ("zero balls", "zero"),
    ],
)
def test_numbers_that_cannot_be_are_refused(sentence, number):
    with pytest.raises(SentenceError, match=f"1 to 200 of a kind, not {number}$"):
        plan(sentence)


@pytest.mark.parametrize(
    ("sentence", "high", "left_out"),
    [
        ("A ball falls from a height of two hundred metres", 200.0, ()),
        ("A ball falls from one and a half metres", 1.5, ()),
        ("A ball falls from half a metre", 0.5, ()),
        ("A ball falls from -3 m", None, ("from -3 m",)),
        ("A ball falls from minus two metres", None, ("from -2 metres",)),
        ("A ball falls from 1e300 m", None, ("from 1e+300 m",)),
        ("A ball falls from 5000 m", None, ("from 5000 m",)),
    ],
)
def test_how_high(sentence, high, left_out):
    manifest = plan(sentence)
    assert [h.amount for h in manifest.happenings] == [high]
    assert manifest.left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "parameters", "left_out"),
    [
        ("a two-metre ball", {"radius": 1.0}, ()),
        ("a .5 m ball", {"radius": 0.25}, ()),
        ("a -2 m ball", {}, ("-2 m",)),
    ],
)
def test_how_large(sentence, parameters, left_out):
    manifest = plan(sentence)
    assert manifest.subjects[0].parameters == parameters
    assert manifest.left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "at", "left_out"),
    [
        ("A ball falls after two and a half seconds", 2.5, ()),
        ("A ball falls after half a second", 0.5, ()),
    ],
)
def test_when(sentence, at, left_out):
    manifest = plan(sentence)
    assert [h.at for h in manifest.happenings] == [at]
    assert manifest.left_out == left_out


def test_a_second_number_is_told():
    manifest = plan("10-12 balls fall")
    assert manifest.subjects[0].count == 10
    assert manifest.left_out == ("12 (besides 10)",)


def test_many_that_are_no_things_of_the_plan_are_told():
    assert plan("A campfire burns under a thousand stars").left_out == ("1000",)


@pytest.mark.parametrize("number", ["three hundred", "-5", "minus five", "2.5", "zero"])
def test_edits_refuse_what_cannot_be(number):
    with pytest.raises(EditError, match="there can be 1 to 200 of a kind"):
        edited(plan("Ten dominoes stand in a row"), f"use {number} dominoes", entries())


def test_edits_read_numbers_of_several_words():
    after = edited(plan("Ten dominoes stand in a row"), "use a dozen dozen dominoes", entries())
    assert after.manifest.subjects[0].count == 144
