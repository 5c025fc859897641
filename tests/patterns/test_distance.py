import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csc_array

from addon.patterns.distance import (
    occurrence_histograms,
    pattern_distances,
    pattern_divergences,
    trace_distance,
)
from addon.trace import TraceError
from tests.patterns.builder import ball, build, path
from tests.patterns.examples import trace

PATTERNS = 4
annotations = st.integers(1, 40).flatmap(lambda frames: arrays(np.bool_, (frames, PATTERNS)))
positions = arrays(np.float64, (5, 3, 3), elements=st.floats(-100, 100))


def histograms(*dense, bins=5):
    return occurrence_histograms([csc_array(d) for d in dense], bins)


def test_trace_distance_is_the_mean_over_bodies_and_frames():
    still = np.zeros((4, 2, 3))
    moved = still.copy()
    moved[2, 0] = (3, 4, 0)
    assert trace_distance(trace(still, "AB"), trace(moved, "AB")) == pytest.approx(5 / 8)


@settings(max_examples=50)
@given(positions, positions, positions)
def test_trace_distance_is_a_pseudometric(x, y, z):
    a, b, c = trace(x), trace(y), trace(z)
    assert trace_distance(a, a) == 0
    assert trace_distance(a, b) == trace_distance(b, a) >= 0
    assert trace_distance(a, c) <= trace_distance(a, b) + trace_distance(b, c) + 1e-9


@settings(max_examples=20)
@given(positions, positions, st.permutations([0, 1, 2]), st.floats(-10, 10))
def test_trace_distance_matches_bodies_by_name_and_ignores_a_common_shift(x, y, order, shift):
    expected = trace_distance(trace(x), trace(y))
    shuffled = trace(y[:, order], ["ABC"[i] for i in order])
    assert trace_distance(trace(x), shuffled) == pytest.approx(expected)
    assert trace_distance(trace(x + shift), trace(y + shift)) == pytest.approx(expected, abs=1e-9)


def test_trace_distance_leaves_out_what_only_one_trace_has():
    x = np.zeros((6, 2, 3))
    y = np.zeros((4, 2, 3))
    y[:, 1] = (0, 0, 7)
    present = np.ones((4, 2), dtype=bool)
    present[1:, 1] = False
    y[1:, 1] = np.nan
    gone = trace(y, "AB", present=present)
    assert trace_distance(trace(x, "AB"), gone) == pytest.approx(7 / 5)
    assert trace_distance(trace(x, "AX"), gone) == 0


def test_traces_that_cannot_be_compared_are_refused():
    x = np.zeros((3, 1, 3))
    with pytest.raises(TraceError, match="60 and 30 steps a second"):
        trace_distance(trace(x, "A"), trace(x, "A", fps=30.0))
    with pytest.raises(TraceError, match="no body in common"):
        trace_distance(trace(x, "A"), trace(x, "B"))
    with pytest.raises(TraceError, match="no body in common"):
        trace_distance(trace(x, "A"), trace(x, "A", present=np.zeros((3, 1), dtype=bool)))


def test_histograms_count_active_frames_in_parts_of_the_run():
    dense = np.zeros((10, 2), dtype=bool)
    dense[[0, 1, 9], 0] = True
    found = occurrence_histograms([csc_array(dense)], bins=5)[0]
    assert found.sum(axis=1) == pytest.approx(1)
    assert found[0] == pytest.approx(0.99 * np.array([2, 0, 0, 0, 1, 0]) / 3 + 0.01 / 6)
    assert found[1].argmax() == 5


def test_libraries_of_different_sizes_are_refused():
    with pytest.raises(ValueError, match=r"\[2, 3\] patterns"):
        histograms(np.zeros((4, 2)), np.zeros((4, 3)))


@settings(max_examples=50)
@given(annotations, annotations)
def test_pattern_distance_has_the_properties_of_a_cross_entropy(a, b):
    h = histograms(a, b)
    d = pattern_distances(h, h)
    assert (d >= 0).all()
    assert d[0, 1] >= d[0, 0] - 1e-12
    assert d[1, 0] >= d[1, 1] - 1e-12
    p, q = h
    assert d[0, 1] == pytest.approx(np.mean([-np.sum(p[j] * np.log(q[j])) for j in range(PATTERNS)]))


@settings(max_examples=50)
@given(annotations, annotations)
def test_divergence_is_zero_exactly_where_histograms_agree(a, b):
    h = histograms(a, b)
    d = pattern_divergences(h, h)
    assert np.diag(d) == pytest.approx(0, abs=1e-12)
    assert (d >= 0).all()
    if np.abs(h[0] - h[1]).max() > 1e-6:
        assert d[0, 1] > 0
        assert d[1, 0] > 0


@settings(max_examples=25)
@given(annotations, annotations, st.permutations(range(PATTERNS)))
def test_the_order_of_patterns_does_not_matter(a, b, order):
    h, shuffled = histograms(a, b), histograms(a[:, order], b[:, order])
    assert pattern_distances(h, h) == pytest.approx(pattern_distances(shuffled, shuffled))


@settings(max_examples=25)
@given(annotations, st.integers(1, 4))
def test_only_the_share_of_the_run_counts_not_its_length(a, times):
    a = a[: len(a) // 5 * 5]
    h = histograms(a, np.repeat(a, times, axis=0)) if len(a) else histograms(np.zeros((1, 1)), np.zeros((2, 1)))
    assert pattern_divergences(h, h) == pytest.approx(0, abs=1e-12)


def test_later_and_missing_occurrences_are_told_apart():
    early, late, never = (np.zeros((20, 1), dtype=bool) for _ in range(3))
    early[1], late[15] = True, True
    h = histograms(early, late, never)
    d = pattern_divergences(h, h)
    assert d[0, 1] == pytest.approx(d[0, 2])
    assert d[0, 1] > 3
    assert d[2, 2] == 0


def test_all_pairs_agree_with_each_pair():
    rng = np.random.default_rng(5)
    dense = [rng.random((30, PATTERNS)) < 0.2 for _ in range(6)]
    h = histograms(*dense)
    d = pattern_distances(h, h)
    for i in range(6):
        for j in range(6):
            assert d[i, j] == pytest.approx(pattern_distances(h[i : i + 1], h[j : j + 1])[0, 0])


def test_bodies_may_be_matched_by_other_names():
    one = build([ball("Red", path((0, 0, 0), (10, (1, 0, 0)))), ball("Post", (9, 0, 0))])
    other = build([ball("Rose", path((0, 3, 0), (10, (1, 0, 0)))), ball("Post", (9, 4, 0))])
    assert trace_distance(one, other) == pytest.approx(4.0)
    assert trace_distance(one, other, [("Red", "Rose")]) == pytest.approx(3.0)
    assert trace_distance(one, other, [("Red", "Rose"), ("Post", "Post")]) == pytest.approx(3.5)
    with pytest.raises(TraceError, match="no body in common"):
        trace_distance(one, other, [])
