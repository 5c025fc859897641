import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.physibench.results import Row, summarise
from headless.physibench.statistics import bootstrap
from headless.physibench.table import percent, table_one


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


def rows():
    made = [("a", "ramp", 1, True, 4, 4), ("b", "ramp gates", 2, False, 4, 1), ("c", "gates", 2, True, 2, 2)]
    return [
        Row(
            machine=machine,
            kinds=kinds,
            stages=len(kinds.split()),
            difficulty=level,
            split="test",
            logic_success=success,
            assertions=count,
            assertions_held=held,
            volume_drift=0.001,
        )
        for machine, kinds, level, success, count, held in made
    ]


def test_figures_over_rows_do_not_depend_on_their_order():
    results = summarise(rows(), [], "template", 7)
    assert results == summarise(rows()[::-1], [], "template", 7)
    assert results.logic_success.mean == pytest.approx(2 / 3, rel=1e-5)
    assert results.assertions_held.mean == pytest.approx((1 + 0.25 + 1) / 3, rel=1e-5)
    assert {kind: share.mean for kind, share in results.by_kind.items()} == {"gates": 0.5, "ramp": 0.5}
    assert {stages: share.mean for stages, share in results.by_stages.items()} == {1: 1.0, 2: 0.0}
    assert results.by_split["test"].count == 3
    assert {level: share.count for level, share in results.by_difficulty.items()} == {1: 1, 2: 2}
    assert results.failed == ("b",)
    assert results.volume_drift == 0.001


def test_table_one_marks_what_is_published_and_names_a_baseline():
    *published, ours = table_one(summarise(rows(), [], "template", 7))
    assert [row[3:] for row in published] == [("45.2 %", "12.0 %"), ("18.5 %", "34.1 %"), ("0.0 %", "88.5 %")]
    assert all("as published" in row[0] for row in published)
    assert "baseline" in ours[1]
    assert ours[4].startswith("66.7 % (")
