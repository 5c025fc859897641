import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.evaluation.statistics import bootstrap, percent, wilson


def test_the_interval_of_a_share_is_about_that_of_the_binomial():
    share = bootstrap([1.0] * 80 + [0.0] * 20, seed=1)
    assert share.mean == 0.8
    assert share.count == 100
    half = 1.96 * np.sqrt(0.8 * 0.2 / 100)
    assert share.low == pytest.approx(0.8 - half, abs=0.011)
    assert share.high == pytest.approx(0.8 + half, abs=0.011)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 2**31))
def test_an_interval_holds_its_mean_and_comes_from_its_seed(values, seed):
    share = bootstrap(values, seed)
    assert min(values) - 1e-5 <= share.low <= share.mean + 1e-5
    assert share.mean - 1e-5 <= share.high <= max(values) + 1e-5
    assert bootstrap(values, seed) == share


def test_no_values_have_no_interval():
    assert bootstrap([], 1) is None
    assert percent(None) == "–"


def test_intervals_against_published_values():
    # Wilson's interval of 9 in 10 is from 0.596 to 0.982.
    share = wilson(9, 10)
    assert (share.mean, share.count) == (0.9, 10)
    assert (share.low, share.high) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(0, 0).count == 0


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_of_counts_holds_its_share(drawn):
    right, count = drawn
    interval = wilson(right, count)
    assert 0 <= interval.low <= interval.mean <= interval.high <= 1
    assert interval.low < interval.high
