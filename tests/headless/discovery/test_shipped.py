"""The discovered patterns that are shipped: where they come from, and what a person saw of them."""

import json
from collections import Counter

import pytest

from addon.patterns import Observation
from addon.patterns.library import in_order, library, patterns_by_uid, run_on
from addon.patterns.library.discovered import FOLDER, discovered_patterns
from headless.benchmarks.patterns.corpus import load_corpus
from headless.benchmarks.patterns.judging import fits
from headless.discovery.asking import read_answer
from headless.discovery.discover import BOOK
from headless.discovery.labels import read_labels
from headless.discovery.programs import sha256

pytest.importorskip("Box2D")

JUDGED = BOOK.with_name("judged.json")
SHIPPED = sorted(pattern.uid for pattern in discovered_patterns())
DRAWN, ENOUGH = 20, 18
"""Events of each that were drawn and looked at, and how many of them have to be true."""


def lineage(uid):
    return json.loads((FOLDER / f"{uid}.json").read_text(encoding="utf-8"))["lineage"]


@pytest.mark.parametrize("uid", SHIPPED)
def test_each_is_an_answer_that_was_recorded(uid):
    told = lineage(uid)
    program = told["programs"][-1]
    (answer,) = json.loads(BOOK.read_text(encoding="utf-8"))[f"{told['seed']}/{uid}/{program['number']:04}"]
    assert sha256(answer) == program["answer_sha256"]
    assert read_answer(answer)[0] == (FOLDER / f"{uid}.py").read_text(encoding="utf-8")
    assert program["fitness"]["nu"] == pytest.approx(told["fitness"]["nu"], abs=0.05)  # then against those before it
    assert told["fitness"]["nu"] > told["settings"]["threshold"]


def test_their_labels_and_all_answers_are_there():
    labels = read_labels(str(BOOK.with_name("labels.txt")), [pattern.uid for pattern in library()])
    assert set(SHIPPED) <= {label.uid for label in labels}
    book = json.loads(BOOK.read_text(encoding="utf-8"))
    told = lineage(SHIPPED[0])
    for label in labels:
        for number in range(1, told["settings"]["budget"] + 1):
            assert len(book[f"{told['seed']}/{label.uid}/{number:04}"]) == 1


def test_a_person_saw_that_they_are_true():
    counts = Counter((label.uid, label.truth) for rollout in load_corpus(JUDGED).rollouts for label in rollout.labels)
    for uid in SHIPPED:
        assert counts[uid, "true"] + counts[uid, "false"] == DRAWN
        assert counts[uid, "true"] >= ENOUGH
    assert {uid for uid, _ in counts} == set(SHIPPED)


@pytest.mark.parametrize("uid", SHIPPED)
def test_they_find_what_was_judged(uid):
    """In the first planar run that has a true event of it."""
    rollout = next(
        rollout
        for rollout in load_corpus(JUDGED).rollouts
        if rollout.recipe.planar and any(label.uid == uid and label.truth == "true" for label in rollout.labels)
    )
    pattern = patterns_by_uid()[uid]
    needed = [known for known in library() if known.uid in _all_read(uid)]
    found = run_on(Observation(rollout.recipe.trace()), in_order((*needed, pattern)))
    for label in rollout.labels:
        if label.uid == uid:
            assert any(fits(activation, label) for activation in found)


def _all_read(uid):
    read = set(patterns_by_uid()[uid].requires)
    return read.union(*(_all_read(other) for other in read))
