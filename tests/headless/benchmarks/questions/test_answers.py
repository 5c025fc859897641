"""The form of answers, how they are read and held against the truth, and what guessing earns."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.benchmarks.questions.answers import (
    AnswerError,
    chance,
    guess,
    is_right,
    majority,
    read_answers,
    read_value,
    schema,
)
from headless.benchmarks.questions.model import Question

NAMES = ("ground", "red ball 9", "black bar 4", "black bar 5", "odd\nball")


def question(kind, truth, template="T", span=(0.0, 10.0), part="whole"):
    choices = NAMES if kind in ("name", "names", "order") else ()
    return Question(template=template, kind=kind, part=part, text="?", truth=truth, choices=choices, span=span)


def right(kind, truth, said):
    asked = question(kind, truth)
    return is_right(asked, read_value(asked, said))


@pytest.mark.parametrize(
    ("kind", "truth", "said"),
    [
        ("yes/no", True, "Yes"),
        ("yes/no", False, "no."),
        ("yes/no", True, True),
        ("count", 3, 3.0),
        ("count", 3, "3"),
        ("rule", 2, 2),
        ("percentage", 37.5, 33),
        ("percentage", 37.5, "42.5 %"),
        ("seconds", 2.5, 2.26),
        ("name", "red ball 9", "Red Ball 9"),
        ("name", "red ball 9", "the red ball"),
        ("name", "none", "None"),
        ("name", "odd\nball", "odd\\nball"),
        ("names", ("ground", "red ball 9"), ["red ball 9", "ground"]),
        ("order", ("ground", "red ball 9"), ["ground", "red ball 9"]),
    ],
)
def test_right_answers(kind, truth, said):
    assert right(kind, truth, said)


@pytest.mark.parametrize(
    ("kind", "truth", "said"),
    [
        ("yes/no", True, "no"),
        ("count", 3, 4),
        ("percentage", 37.5, 32.4),
        ("percentage", 37.5, 42.6),
        ("seconds", 2.5, 2.2),
        ("name", "red ball 9", "ground"),
        ("name", "none", "ground"),
        ("names", ("ground", "red ball 9"), ["ground"]),
        ("names", ("ground",), ["ground", "red ball 9"]),
        ("order", ("ground", "red ball 9"), ["red ball 9", "ground"]),
    ],
)
def test_wrong_answers(kind, truth, said):
    assert not right(kind, truth, said)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("yes/no", "maybe"),
        ("yes/no", 1),
        ("count", 2.5),
        ("count", "some"),
        ("count", True),
        ("percentage", "about 30"),
        ("percentage", float("nan")),
        ("name", "purple ball"),
        ("name", "black bar"),
        ("name", 3),
        ("names", "ground"),
        ("names", ["ground", 2]),
    ],
)
def test_answers_that_are_not_of_their_form(kind, said):
    with pytest.raises(AnswerError):
        read_value(question(kind, True), said)


@pytest.mark.parametrize(
    "text", ['{"1": "yes"}', 'Thinking {about it}.\n```json\n{"1": "yes"}\n```\nDone.', '{"1": "yes"} {"1": "no"}']
)
def test_the_first_json_object_counts(text):
    assert read_answers(text) == {"1": "yes"}


@pytest.mark.parametrize("text", ["", "yes", "{1: yes}", "[1]", "{" * 3000])
def test_an_answer_without_json_is_refused(text):
    with pytest.raises(AnswerError):
        read_answers(text)


TRUTHS = st.one_of(
    st.tuples(st.just("yes/no"), st.booleans()),
    st.tuples(st.sampled_from(["count", "rule"]), st.integers(0, 10)),
    st.tuples(st.sampled_from(["percentage", "seconds"]), st.floats(0, 10)),
    st.tuples(st.just("name"), st.sampled_from([*NAMES, "none"])),
    st.tuples(
        st.sampled_from(["names", "order"]), st.lists(st.sampled_from(NAMES), min_size=1, unique=True).map(tuple)
    ),
)


@given(TRUTHS)
def test_the_truth_said_as_json_is_right(case):
    kind, truth = case
    asked = Question.model_validate_json(question(kind, truth).model_dump_json())
    assert asked.truth == truth
    assert type(asked.truth) is type(truth)
    said = {True: "yes", False: "no"}[truth] if kind == "yes/no" else truth
    assert is_right(asked, read_value(asked, read_answers(json.dumps({"1": said}))["1"]))


GUESSED = [
    question("yes/no", True),
    question("count", 3, span=(0.0, 4.0)),
    question("rule", 2, span=(1.0, 5.0)),
    question("percentage", 50.0, span=(0.0, 100.0)),
    question("percentage", 0.0, span=(0.0, 100.0)),
    question("seconds", 5.0, span=(0.0, 10.0)),
    question("name", "ground"),
    question("names", ("ground", "red ball 9")),
    question("names", ("ground",)),
    question("order", ("ground", "red ball 9", "black bar 4")),
]


@pytest.mark.parametrize("asked", GUESSED, ids=lambda q: f"{q.kind} {q.truth}")
def test_guessing_is_right_as_often_as_chance_says(asked):
    rng, tries = Random(1), 20_000
    hits = sum(is_right(asked, read_value(asked, guess(asked, rng))) for _ in range(tries))
    expected = chance(asked)
    assert 0.0 < expected < 1.0
    assert abs(hits / tries - expected) < 4 * (expected * (1 - expected) / tries) ** 0.5


def test_the_most_frequent_answer_of_each_template():
    asked = [
        question("yes/no", True, "A"),
        question("yes/no", True, "A"),
        question("yes/no", False, "A"),
        question("percentage", 0.0, "B"),
        question("percentage", 4.0, "B"),
        question("percentage", 90.0, "B"),
        question("name", "black bar 4", "C"),
        question("name", "black bar 5", "C"),
        question("name", "ground", "C"),
    ]
    assert majority(asked) == [True, True, False] * 3


def test_the_schema_names_what_can_be_answered():
    told = schema([question("yes/no", True), question("name", "ground"), question("names", ("ground",))])
    assert list(told["properties"]) == told["required"] == ["1", "2", "3"]
    assert told["properties"]["2"]["enum"] == [*NAMES, "none"]
    assert told["properties"]["3"]["items"]["enum"] == list(NAMES)
    assert told["additionalProperties"] is False


@pytest.mark.parametrize("text", ['{"a":' * 100_000, "{" * 300_000, "[" * 100_000])
def test_a_text_of_nothing_but_brackets_is_soon_refused(text):
    with pytest.raises(AnswerError, match="no JSON object"):
        read_answers(text)
