"""Shares of solved tasks and AUCCESS, by PHYRE's definitions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.benchmarks.puzzles.measures import ATTEMPTS, auccess, solved_within, task_auccess

SOLVED_AT = st.none() | st.integers(1, 2 * ATTEMPTS)
TASKS = st.lists(SOLVED_AT, min_size=1, max_size=30)


@given(TASKS)
def test_auccess_is_the_mean_over_tasks(tasks):
    assert auccess(tasks) == pytest.approx(sum(map(task_auccess, tasks)) / len(tasks))
    assert 0 <= auccess(tasks) <= 1


@given(TASKS, st.integers(1, ATTEMPTS), st.integers(1, ATTEMPTS))
def test_more_attempts_solve_no_less(tasks, k, more):
    assert 0 <= solved_within(tasks, k) <= solved_within(tasks, k + more) <= 1


@given(st.integers(1, ATTEMPTS - 1))
def test_an_earlier_solution_counts_for_more(k):
    assert task_auccess(k) > task_auccess(k + 1) > 0


def test_the_bounds():
    assert auccess([1, 1, 1]) == pytest.approx(1)
    assert task_auccess(1) == 1
    assert auccess([None, None, ATTEMPTS + 1]) == 0
    assert task_auccess(ATTEMPTS) == pytest.approx(1 - math.log(100) / math.log(101))


def test_by_hand():
    weights = [math.log(k + 1) - math.log(k) for k in range(1, 101)]
    shares = [0.5] * 9 + [1.0] * 91
    expected = sum(w * s for w, s in zip(weights, shares, strict=True)) / sum(weights)
    assert auccess([1, 10]) == pytest.approx(expected)
    assert solved_within([1, 10, None], 9) == pytest.approx(1 / 3)


def test_without_tasks_there_is_no_share():
    with pytest.raises(ValueError, match="no tasks"):
        solved_within([], 1)
