from collections import Counter

import pytest

from addon.coder import RuleCoder
from addon.coder.link import pieces
from addon.executor import check as check_script
from addon.rewards import parse, validate
from headless.benchmarks.physibench.check import check
from headless.benchmarks.physibench.generate import (
    SERIES,
    build,
    digest,
    generate,
    published_digest,
    published_draws,
    size_of,
)
from headless.benchmarks.physibench.readings import read_one
from headless.benchmarks.physibench.stages import NEWER, STAGES

SEED, COUNT = SERIES[2].seed, SERIES[2].count


def machines(count, split=None):
    return generate(count, SEED, split=split, series=2)


PUBLISHED = machines(COUNT)


def test_the_published_machines_are_these():
    assert len(PUBLISHED) == COUNT == len(published_draws(2))
    assert digest(PUBLISHED) == published_digest(2)
    assert len({m.graph.rules for m in PUBLISHED}) == COUNT


def test_each_has_a_newer_stage_and_all_kinds_are_there():
    kinds = Counter(kind for m in PUBLISHED for kind in m.stages)
    assert set(kinds) == {*STAGES, *NEWER}
    assert min(kinds[kind] for kind in NEWER) >= 20
    assert all(set(m.stages) & set(NEWER) for m in PUBLISHED)
    assert Counter(m.split for m in PUBLISHED) == {s: size_of(SEED, s, 2) for s in ("train", "dev", "test")}
    assert {m.difficulty for m in PUBLISHED} == {1, 2, 3}


def test_no_sentence_of_the_test_split_is_in_train():
    said = {split: {r for m in PUBLISHED if m.split == split for r in m.graph.rules} for split in ("train", "test")}
    assert not said["train"] & said["test"]


def test_the_series_are_not_one():
    assert build(SEED, 3, 0, 2).graph != build(SEED, 3, 0, 1).graph
    assert {m.series for m in PUBLISHED} == {2}
    assert {m.series for m in generate(3, SERIES[1].seed)} == {1}


@pytest.mark.parametrize("machine", machines(30, "test"), ids=lambda m: m.name)
def test_machines_name_only_what_they_have(machine):
    for text in machine.assertions:
        validate(parse(text), machine.graph)
    check_script(machine.oracle)
    assert len(pieces(machine.oracle)) == len(machine.graph.rules)


def test_words_read_rules_right_or_refuse_them():
    coder = RuleCoder("template")
    found = [read_one(m, n, coder) for m in machines(12, "train") for n in range(1, len(m.graph.rules) + 1)]
    assert [f"{r.rule} -> {r.got}" for r in found if r.outcome == "wrong"] == []
    assert sum(r.right for r in found) / len(found) >= 0.95


def _small_with(kind):
    return min((m for m in PUBLISHED if kind in m.stages), key=lambda m: (len(m.stages), m.index))


@pytest.mark.parametrize("kind", sorted(NEWER))
def test_the_oracle_passes_and_no_script_does_not(kind):
    assert check(_small_with(kind)) == []
