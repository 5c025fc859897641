import json
from collections import Counter
from pathlib import Path

import pytest

from addon.patterns import library
from addon.trace import TraceError
from headless.benchmarks.patterns.corpus import CORPUS, corpus_text, load_corpus
from headless.benchmarks.patterns.evaluate import OFTEN, chosen, evaluate, row_of
from headless.benchmarks.patterns.judging import Tally
from headless.benchmarks.puzzles.templates import TEMPLATES

DOCUMENT = Path(__file__).parents[4] / "docs" / "patterns.md"

BELOW: dict[str, set[str]] = {"planar": set(), "all": set()}
"""Detectors that have too little precision or recall; there should be none."""


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def test_it_is_large_and_mixed(corpus):
    recipes = [rollout.recipe for rollout in corpus.rollouts]
    puzzles = [recipe for recipe in recipes if recipe.kind == "puzzle"]
    assert len({recipe.name for recipe in recipes}) == len(recipes) >= 60
    assert len(puzzles) >= 45
    assert len([recipe for recipe in recipes if recipe.kind == "machine"]) >= 15
    assert {int(recipe.of[:2]) for recipe in puzzles} == {template.number for template in TEMPLATES}
    solved = sum(recipe.action == "solution" for recipe in puzzles)
    assert 0.4 <= solved / len(puzzles) <= 0.6


def test_labels_name_known_patterns_and_parameters(corpus):
    known = {pattern.uid: set(pattern.parameters) for pattern in library()}
    for rollout in corpus.rollouts:
        assert {*rollout.partly, *rollout.whole} <= known.keys()
        for label in rollout.labels:
            assert set(label.named) <= known[label.uid], (rollout.recipe.name, label)


def test_most_patterns_are_judged_often(corpus):
    judged = Counter(label.uid for rollout in corpus.rollouts for label in rollout.labels if label.truth != "unsure")
    assert len([uid for uid, count in judged.items() if count >= OFTEN]) >= 35


def test_it_is_written_as_it_is_read(corpus):
    assert CORPUS.read_text() == corpus_text(corpus)


def test_the_document_tells_its_size(corpus):
    labels = sum(len(rollout.labels) for rollout in corpus.rollouts)
    text = " ".join(DOCUMENT.read_text().split())
    assert f"{len(corpus.rollouts)} rollouts, {len(chosen(corpus, 'planar'))} of them in a plane" in text
    assert f"{labels:,} events" in text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": None}, "seed"),
        ({"corpus_version": 2}, "corpus_version"),
        ({"rollouts": [{"recipe": {"name": "a", "kind": "film", "of": "b"}}]}, "rollouts.0.recipe.kind"),
        (
            {
                "rollouts": [
                    {
                        "recipe": {"name": "a", "kind": "scene", "of": "b"},
                        "labels": [{"uid": "Bounce", "first": 9, "last": 3, "named": {}, "truth": "true"}],
                    }
                ]
            },
            "from frame 9 to 3",
        ),
    ],
)
def test_a_broken_corpus_is_refused(tmp_path, change, told):
    path = tmp_path / "corpus.json"
    path.write_text(json.dumps({"corpus_version": 1, "seed": 7, "rollouts": [], **change}))
    with pytest.raises(TraceError, match=told):
        load_corpus(path)


def test_figures_count_from_ten_on():
    few = {"true": 1, "false": 8, "missed": 9}
    assert row_of("Bounce", Tally(Counter(few))).good
    assert not row_of("Bounce", Tally(Counter({**few, "false": 9}))).good
    assert not row_of("Bounce", Tally(Counter({**few, "missed": 10}))).good
    assert row_of("Bounce", Tally(Counter({"true": 95, "false": 5, "found": 95, "missed": 5}))).good


def test_what_nobody_judged_spoils_a_figure():
    assert row_of("Bounce", Tally(Counter({"true": 90, "new": 10}))).good
    assert not row_of("Bounce", Tally(Counter({"true": 89, "new": 11}))).good


def test_no_corpus(tmp_path):
    with pytest.raises(TraceError, match="cannot be read"):
        load_corpus(tmp_path / "corpus.json")


def test_detectors_find_what_happens_in_a_plane_and_nothing_else(corpus):
    assert set(evaluate(chosen(corpus, "planar"), "planar").below) == BELOW["planar"]


@pytest.mark.slow
def test_detectors_find_what_happens_and_nothing_else(corpus):
    bpy = pytest.importorskip("bpy")
    if bpy.app.version[:2] != (5, 2):
        pytest.skip("runs in space were judged as Blender 5.2 makes them")
    assert set(evaluate(corpus.rollouts).below) == BELOW["all"]
