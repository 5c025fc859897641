import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from addon.patterns.spells import risings, runs, turns, without_gaps

masks = arrays(np.bool_, st.tuples(st.integers(1, 30), st.integers(1, 4)))


@given(masks, st.integers(0, 4))
def test_short_gaps_are_filled_and_nothing_else(mask, gap):
    filled = without_gaps(mask, gap)
    assert filled.shape == mask.shape
    for column in range(mask.shape[1]):
        true = np.flatnonzero(mask[:, column])
        expected = mask[:, column].copy()
        for a, b in itertools.pairwise(true):
            if b - a <= gap + 1:
                expected[a:b] = True
        assert (filled[:, column] == expected).all()


@given(masks)
def test_runs_are_where_the_mask_is_true(mask):
    made = np.zeros_like(mask)
    for column, start, end in zip(*runs(mask), strict=True):
        assert start == 0 or not mask[start - 1, column]
        assert end == len(mask) - 1 or not mask[end + 1, column]
        made[start : end + 1, column] = True
    assert (made == mask).all()


@given(arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 10, width=32)))
def test_turns_part_rises_and_falls(value):
    found = turns(value, 0.2, 0.5)
    assert found == sorted(set(found))
    steps = [value[b] - value[a] for a, b in itertools.pairwise(found)]
    assert all(abs(step) > 0.5 for step in steps)
    assert all(a * b < 0 for a, b in itertools.pairwise(steps))
    for a, b in itertools.pairwise(found):
        stretch = value[a : b + 1]
        assert {stretch[0], stretch[-1]} == {stretch.min(), stretch.max()}


def test_what_trembles_or_stands_still_does_not_turn():
    assert turns(np.array([3.0, 3.1, 2.9, 3.2, 3.0]), 0.2, 0.1) == []
    assert turns(np.array([0.0, 1.0, 0.9, 2.0, 1.7, 3.0, 0.0]), 0.2, 0.5) == [0, 5, 6]
    assert turns(np.zeros(3), 0.2, 0.1) == turns(np.zeros(1), 0.2, 0.1) == []


@given(st.lists(st.integers(-4, 4), max_size=20))
def test_risings_lose_by_being_made_longer_or_shorter(score):
    found = risings(np.array(score, dtype=float))
    best = max((sum(score[i:k]) for i in range(len(score)) for k in range(i + 1, len(score) + 1)), default=0)
    assert max((sum(score[i : k + 1]) for i, k in found), default=0) == max(best, 0)
    for i, k in found:
        assert all(sum(score[i:n]) > 0 and sum(score[n : k + 1]) > 0 for n in range(i + 1, k + 1))
    for (_, before), (after, _) in itertools.pairwise(found):
        assert before < after
    rising = {n for n, value in enumerate(score) if value > 0}
    assert rising <= {n for i, k in found for n in range(i, k + 1)}


def test_a_small_loss_does_not_part_a_rising_but_a_great_one_does():
    assert risings(np.array([4.0, -1.0, 4.0, -9.0, 2.0])) == [(0, 2), (4, 4)]
