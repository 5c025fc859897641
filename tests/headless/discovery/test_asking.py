"""Prompts for detectors, and what is read in answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.patterns.library import library
from addon.patterns.tokens import estimate_tokens
from addon.patterns.view import FIELDS
from headless.discovery.asking import angles, ask_for, digest, read_answer, view_words
from headless.discovery.labels import Label
from headless.discovery.programs import SKELETON, Fitness, Program
from headless.evaluation.recorded import Model

from .scripted import TURN, pattern

LABEL = Label("BodyTurnsRound", "body turns round", "a moving body turns round")
FITNESS = Fitness(correlation=0.412, novelty=0.5, length=0.46, repetition=0.125, examples=0.75)
START = Program(number=0, island=0, source=SKELETON)
GOOD = Program(number=4, island=0, source=TURN, fitness=FITNESS, events=17, runs=5)
BAD = Program(number=5, island=0, source="def find_pattern(x):\n    oops\n", problem="line 2: there is no oops")


def request(programs=(START,), failure=None, small=False, patterns=None, angle="Think."):
    model = Model("m", small, lambda key: None)
    known = library() if patterns is None else patterns
    return ask_for(
        model, LABEL, programs, failure, angle, library=known, sample='object {"id": "Ball"}', runs=40, seed=9
    )


def text(**changes):
    return "\n".join(str(m.content) for m in request(**changes).messages)


def test_the_prompt_tells_the_view_the_library_and_the_language():
    told = text()
    for owner, fields in view_words().items():
        for name, meaning in fields.items():
            assert f".{name}: {meaning}" in told
            assert name in FIELDS[owner]
    for known in library():
        assert known.uid in told
        assert all(name in told for name in known.parameters)
    for word in (
        '{"id": "Ball"}',
        "hypot",
        "sorted",
        "5,000,000",
        LABEL.text,
        LABEL.description,
        "Think.",
        "only the form",
        "10 lines 0.46, 15 lines 0.54, 25 lines 0.64, 50 lines 0.78 of worth",
    ):
        assert word in told


def test_programs_come_with_what_they_are_worth():
    told = text(programs=(START, GOOD))
    for word in (
        TURN.strip(),
        "17 events in 5 of 40 runs",
        "1.077",
        "0.412",
        "0.500",
        "0.460",
        "0.125",
        "0.750",
        "best",
    ):
        assert word in told
    assert "a person labelled" in told
    plain = GOOD.model_copy(update={"fitness": FITNESS.model_copy(update={"examples": None})})
    assert "a person labelled" not in text(programs=(plain,))


def test_a_failure_is_told_with_its_code():
    told = text(failure=BAD)
    assert "Errors and issues" in told
    assert BAD.source.strip() in told
    assert BAD.problem in told
    assert "Errors and issues" not in text()
    long = BAD.model_copy(update={"source": "x = 1\n" * 9999, "problem": "y" * 99_999})
    assert len(text(failure=long)) < len(told) + 13_000


def test_a_small_model_can_read_it():
    assert estimate_tokens(text(programs=(GOOD, GOOD), failure=BAD)) < 4000
    assert request(small=True).parameters["max_tokens"]


def test_the_digest_is_that_of_the_words_alone():
    assert digest(request()) == digest(request(small=True))
    assert digest(request()) != digest(request(angle="Else."))
    assert digest(request()) != digest(request(patterns=(pattern("Mark", (1,)),)))


def test_there_are_several_ways_to_go_about_it():
    assert len(set(angles())) == len(angles()) >= 4


SOURCE = "def find_pattern(trace):\n    return []\n"


@pytest.mark.parametrize(
    ("answer", "source", "meanings"),
    [
        (f'Well.\n```python\n{SOURCE}```\n```json\n{{"a": "b  c"}}\n```', SOURCE, {"a": "b c"}),
        (f"```python\n{SOURCE}```", SOURCE, {}),
        (f"```\n{SOURCE}```\n```json\n[1]\n```", SOURCE, {}),
        (f"```py\n# old\n{SOURCE}```\nor\n```python\n{SOURCE}```", SOURCE, {}),
        (f"```python\r\n{SOURCE}```\r\n", SOURCE, {}),
        (SOURCE, SOURCE, {}),
        ("```python\ndef other(trace):\n    return []\n```", "", {}),
        ("I cannot do it.", "", {}),
        ("```json\n{broken\n```", "", {}),
        ('```json\n{"a": 3, "b": "c"}\n```', "", {"b": "c"}),
        ("", "", {}),
    ],
)
def test_answers_are_read(answer, source, meanings):
    assert read_answer(answer) == (source, meanings)


@given(st.text())
def test_any_text_is_read(answer):
    source, _ = read_answer(answer)
    assert source == "" or "def find_pattern" in source
