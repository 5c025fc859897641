"""Which tasks are trained on, and which are played."""

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.benchmarks.puzzles.folds import fold, in_turn


@dataclass(frozen=True)
class Named:
    id: str
    template: str


def named(templates, each):
    return [Named(f"{t:02}:{k:03}", f"{t:02}") for t in range(templates) for k in range(each)]


TASKS = named(25, 100)


@pytest.mark.parametrize("kind", ["within", "across"])
@given(seed=st.integers(0, 10**6))
def test_each_task_is_in_one_part(kind, seed):
    found = fold(TASKS, kind, seed)
    assert sorted((*found.train, *found.dev, *found.test)) == [task.id for task in TASKS]
    assert (len(found.train), len(found.dev), len(found.test)) == (1600, 400, 500)


def test_within_takes_of_each_template_alike():
    found = fold(TASKS, "within", 0)
    for part, count in ((found.train, 64), (found.dev, 16), (found.test, 20)):
        assert set(Counter(name[:2] for name in part).values()) == {count}


def test_across_holds_five_templates_out():
    found = fold(TASKS, "across", 0)
    parts = [{name[:2] for name in part} for part in (found.train, found.dev, found.test)]
    assert list(map(len, parts)) == [16, 4, 5]
    assert not parts[0] & parts[2]


@pytest.mark.parametrize("kind", ["within", "across"])
def test_the_seed_decides_and_the_order_does_not(kind):
    assert fold(TASKS, kind, 1) == fold(TASKS[::-1], kind, 1)
    assert fold(TASKS, kind, 1) != fold(TASKS, kind, 2)


def test_templates_within_do_not_depend_on_others():
    few = [task for task in TASKS if task.template < "03"]
    assert set(fold(few, "within", 4).test) <= set(fold(TASKS, "within", 4).test)


def test_templates_come_in_turn():
    assert [task.template for task in in_turn(named(3, 2), 5, 0)] == ["00", "01", "02", "00", "01"]
    assert len(in_turn(TASKS, None, 0)) == 2500
    assert in_turn(TASKS[::-1], 50, 7) == in_turn(TASKS, 50, 7)
