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


LABELS = {"labels.txt": 8, "worded.txt": 4}
"""Files of labels, and requests about each label: those that a model proposed, and those that people worded."""


def labels():
    """All labels of the files by uid; none is in two of them."""
    found = [label for name in LABELS for label in read_labels(str(BOOK.with_name(name)))]
    assert len({label.uid for label in found}) == len(found)
    return {label.uid: label for label in found}


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


@pytest.mark.parametrize("uid", SHIPPED)
def test_its_label_was_asked_about_and_all_answers_of_the_search_are_there(uid):
    told, asked = lineage(uid), labels()
    assert (asked[uid].text, asked[uid].description) == (
        patterns_by_uid()[uid].label,
        patterns_by_uid()[uid].description,
    )
    book = json.loads(BOOK.read_text(encoding="utf-8"))
    for number in range(1, told["settings"]["budget"] + 1):
        assert len(book[f"{told['seed']}/{uid}/{number:04}"]) == 1


@pytest.mark.parametrize(("name", "budget"), LABELS.items())
def test_all_answers_about_a_file_of_labels_are_there(name, budget):
    book = json.loads(BOOK.read_text(encoding="utf-8"))
    for label in read_labels(str(BOOK.with_name(name)), [pattern.uid for pattern in library()]):
        for number in range(1, budget + 1):
            assert len(book[f"1/{label.uid}/{number:04}"]) == 1


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
