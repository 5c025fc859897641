import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from addon.patterns.spells import runs, without_gaps

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
