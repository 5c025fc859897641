import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.patterns.timeline import timeline_text
from addon.patterns.tokens import estimate_tokens
from addon.patterns.words import marker_name, markers, number, parameter_words, prompt_text, salient_text
from tests.patterns.examples import BALL, EXAMPLE, annotation


def test_a_short_annotation_is_told_line_by_line():
    assert prompt_text(EXAMPLE, 1000).splitlines() == [
        "test: 60 steps of 16.7 ms, bodies Ball, Floor",
        "0.20 s bounce / rebound: object Ball, other Floor, speed 2.12",
        "0.50 s bounce / rebound: object Ball, other Floor, speed 0.5",
        "0.67 to 1.00 s global rest state",
    ]


def test_what_is_too_long_is_told_together_with_counts_that_are_right():
    busy = annotation(
        *(("bounce", k, k, {**BALL, "speed": k}) for k in range(0, 60, 2)),
        ("bounce", 7, 7, {"object": "Floor"}),
        ("rest", 50, 60, {}),
    )
    by_names = prompt_text(busy, 80)
    assert "0.00 to 0.97 s bounce / rebound 30 times: Ball, Floor" in by_names
    assert "0.12 s bounce / rebound: object Floor" in by_names
    assert "0.83 to 1.00 s global rest state" in by_names
    together = prompt_text(busy, 45)
    assert "0.00 to 0.97 s bounce / rebound 31 times\n" in together
    assert estimate_tokens(prompt_text(busy, 0)) <= estimate_tokens(together) < estimate_tokens(by_names) <= 80


events = st.lists(
    st.tuples(
        st.sampled_from(["bounce", "rest", "ricochet"]),
        st.integers(0, 60),
        st.fixed_dictionaries({"object": st.sampled_from(["Ball", "Floor"]), "speed": st.floats(0, 10)}),
    ),
    max_size=60,
)


@given(events, st.integers(150, 600))
def test_the_text_keeps_to_its_limit_and_counts_every_activation(found, limit):
    full = annotation(*((uid, k, k, p) for uid, k, p in found))
    text = prompt_text(full, limit)
    assert estimate_tokens(text) <= limit
    told = [int(m.group(1)) if (m := re.search(r" (\d+) times", line)) else 1 for line in text.splitlines()[1:]]
    assert sum(told) == len(found)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.12345, "2.12"),
        (0.0, "0"),
        (-4.5e-17, "0"),
        (0.00012345, "0.000123"),
        (12345.6, "12346"),
        (17, "17"),
        (1234567, "1234567"),
    ],
)
def test_numbers_have_three_digits_or_are_whole(value, words):
    assert number(value) == words


def test_parameters_in_words():
    given_ = {"object_id": "Ball", "cell": (3, 4), "path": [[0.5, 1.0]], "success": True, "other": None}
    assert parameter_words(given_) == "object id Ball, cell (3, 4), path ((0.5, 1)), success yes"


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("a ball", 2), ("velocity", 2), ("0.1234", 4), ("12345", 2), ('{"a":1}', 5)]
)
def test_tokens_of_short_texts(text, tokens):
    assert estimate_tokens(text) == tokens


def test_markers_are_the_lines_that_are_told_of_a_run():
    found = annotation(
        *(("bounce", k, k, {"object": name}) for k, name in ((2, "Ball"), (30, "Floor"))),
        ("rest", 20, 60, {}),
        weights=(3.0, 9.0, 8.0),
        outcomes=(("RuleFired", 40, "Rule 1 acts.", {"rule": 1}), ("TaskComplete", 60, "The run ends.", {})),
    )
    assert markers(found, 4) == [
        (20, "Rest of all"),
        (30, "Bounce of Floor"),
        (40, "Rule 1 acts"),
        (60, "The run ends"),
    ]
    assert [frame for frame, _ in markers(found, 1)] == [40]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ball hits the floor.", "The ball hits the floor"),
        (
            "The green ball hits the second black bar from the left at 7.1 m/s and sets it in motion.",
            "The green ball hits the second black bar from the left at…",
        ),
        ("ü" * 60, "ü" * 30 + "…"),
    ],
)
def test_names_of_markers_fit_blender_and_are_cut_after_a_whole_word(text, name):
    assert marker_name(text) == name


@given(st.text(max_size=120))
def test_no_name_of_a_marker_is_longer_than_blender_keeps(text):
    assert len(marker_name(text).encode()) <= 63


def test_the_text_for_prompts_tells_what_matters_in_order():
    told = salient_text(EXAMPLE, 2).splitlines()
    assert told[0] == "test: 60 steps of 16.7 ms, bodies Ball, Floor"
    assert [line.split()[0] for line in told[1:]] == ["0.20", "0.50"]
    assert salient_text(annotation()).splitlines()[1:] == ["nothing happened"]


@given(st.text(min_size=1, max_size=20), st.sampled_from([None, 1, 10]))
def test_readers_and_models_see_a_name_in_one_line_whatever_it_is(name, most):
    ball = {"object": name, "other": "Floor", "speed": 1.0}
    found = annotation(("bounce", 1, 1, ball), ("bounce", 9, 9, ball), bodies=(name, "Floor"), title=name)
    plain = annotation(("bounce", 1, 1, BALL), ("bounce", 9, 9, BALL))
    for write in (salient_text, timeline_text):
        assert len(write(found, most).split("\n")) == len(write(plain, most).split("\n"))
        assert all(line.isprintable() for line in write(found, most).split("\n"))
    for limit in (0, 1000):
        lines = prompt_text(found, limit).split("\n")
        assert len(lines) == len(prompt_text(plain, limit).split("\n"))
        assert all(line.isprintable() for line in lines)
    assert name in found.model_dump(mode="json")["bodies"]
