import pytest

from headless.benchmarks.physibench.results import Row, summarise
from headless.benchmarks.physibench.table import table_one


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
