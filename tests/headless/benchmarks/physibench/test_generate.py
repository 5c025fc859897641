from collections import Counter

import pytest

from addon.coder.link import pieces
from addon.executor import check as check_script
from addon.rewards import parse, validate
from headless.benchmarks.physibench.chain import BODIES, body_count
from headless.benchmarks.physibench.check import check, nudged, shuffled, thorough_check
from headless.benchmarks.physibench.generate import (
    COUNT,
    SEED,
    build,
    digest,
    generate,
    published_digest,
    published_draws,
    size_of,
    split_of,
)
from headless.benchmarks.physibench.machine import load_machine
from headless.benchmarks.physibench.stages import STAGES

SAMPLE = generate(30, SEED, split="test")


@pytest.fixture(scope="module")
def published():
    return generate(COUNT, SEED)


def test_the_published_machines_are_these(published):
    assert len(published) == COUNT == len(published_draws())
    assert digest(published) == published_digest()


def test_the_published_machines_are_varied(published):
    kinds = Counter(kind for m in published for kind in m.stages)
    assert set(kinds) == set(STAGES)
    assert len(STAGES) >= 20
    assert min(kinds.values()) >= 20
    assert {len(m.stages) for m in published} == set(range(2, 9))
    assert Counter(m.split for m in published) == {"train": 300, "dev": 50, "test": 150}
    assert min(Counter((m.split, m.difficulty) for m in published).values()) >= 12
    bodies = [body_count(m.graph) for m in published]
    assert BODIES[0] <= min(bodies)
    assert max(bodies) <= BODIES[1]
    assert all(m.graph.camera and m.tags and m.assertions for m in published)
    assert len({m.graph.rules for m in published}) == COUNT


def test_no_sentence_of_the_test_split_is_in_train(published):
    said = {split: {r for m in published if m.split == split for r in m.graph.rules} for split in ("train", "test")}
    assert not said["train"] & said["test"]


def test_a_machine_does_not_depend_on_how_many_are_made():
    assert generate(2, SEED, first=5) == generate(7, SEED)[5:]
    assert build(11, 3, 2) == build(11, 3, 2)
    assert build(11, 3, 2) != build(11, 3, 1)


def test_a_split_is_sampled_with_all_difficulties():
    levels, whole = (Counter(m.difficulty for m in part) for part in (SAMPLE, generate(150, SEED, split="test")))
    assert all(abs(levels[level] - whole[level] * len(SAMPLE) / 150) <= 1 for level in (1, 2, 3))
    assert [m.index for m in SAMPLE] == sorted({m.index for m in SAMPLE})
    assert {m.split for m in SAMPLE} == {"test"}
    assert all(split_of(SEED, m.index) == "test" for m in SAMPLE)
    assert size_of(SEED, "test") == 150


@pytest.mark.parametrize("machine", SAMPLE, ids=lambda m: m.name)
def test_machines_name_only_what_they_have(machine):
    for text in machine.assertions:
        validate(parse(text), machine.graph)
    check_script(machine.oracle)
    assert len(pieces(machine.oracle)) == len(machine.graph.rules)


def _one_of_each_kind():
    """Few machines that have all kinds of stages between them."""
    missing, found = set(STAGES), []
    for machine in sorted(generate(60, SEED), key=lambda m: -len(m.stages)):
        if missing & set(machine.stages):
            missing -= set(machine.stages)
            found.append(machine)
    assert not missing
    return found


@pytest.mark.parametrize("machine", _one_of_each_kind(), ids=lambda m: m.name)
def test_the_oracle_passes_and_no_script_does_not(machine):
    assert check(machine) == []


def test_a_machine_passes_the_check_that_it_was_chosen_by():
    assert thorough_check(SAMPLE[0], build(SEED, SAMPLE[0].index + 1)) == []


def test_a_machine_whose_outcome_hangs_on_nothing_is_refused():
    machine = SAMPLE[0]
    easy = machine.model_copy(update={"assertions": machine.assertions[:1]})
    assert any("without any script" in r or "wrong script" in r for r in check(easy, [machine.oracle]))
    broken = machine.model_copy(update={"oracle": ""})
    assert check(broken)[0].startswith("the oracle does not meet")


def test_shuffled_rules_do_what_other_rules_should():
    import random

    machine = SAMPLE[1]
    wrong = pieces(shuffled(machine, random.Random(1)))
    right = pieces(machine.oracle)
    tests = [code.split("\n")[0] for code, _ in right.values()]
    assert [code.split("\n")[0] for code, _ in wrong.values()] == tests
    bodies = [[code.split("\n", 1)[1] for code, _ in found.values()] for found in (right, wrong)]
    assert sorted(bodies[0]) == sorted(bodies[1])
    assert all(a != b for a, b in zip(*bodies, strict=True))


def test_a_nudge_moves_only_free_bodies_and_only_a_little():
    machine = SAMPLE[2]
    moved = nudged(machine, 0)
    assert moved != machine
    for a, b in zip(machine.graph.objects, moved.graph.objects, strict=True):
        shift = max(abs(x - y) for x, y in zip(a.location, b.location, strict=True))
        free = a.body is not None and a.body.type == "ACTIVE"
        assert shift <= (0.01 * max(a.dimensions) if free else 0.0)


def test_machines_survive_their_files(tmp_path):
    for machine in SAMPLE[:3]:
        assert load_machine(machine.save(tmp_path / f"{machine.name}.json")) == machine
