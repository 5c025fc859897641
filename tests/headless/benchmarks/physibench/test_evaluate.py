import json

import pytest

from addon.jobs import JobError
from headless.benchmarks.physibench import examples
from headless.benchmarks.physibench.evaluate import evaluate, run_machine, with_oracles_of_others
from headless.benchmarks.physibench.results import Row
from headless.evaluation.results import read_rows, read_timings

FILES = ("results.json", "rows.csv", "rows.parquet")


def machines(count, steps=5):
    return [m.model_copy(update={"steps": steps}) for m in examples()[:count]]


def test_the_same_answers_give_the_same_files(tmp_path):
    for name, workers in (("one", 1), ("two", 2)):
        evaluate(machines(3, steps=60), "template", tmp_path / name, seed=1, workers=workers)
    for file in FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
    assert read_timings(tmp_path / "one").keys() == {m.name for m in machines(3)}


def test_a_machine_that_cannot_be_run_does_not_end_the_evaluation(tmp_path):
    good, bad = machines(2)
    rules = ("When Elephant hits Door, open Door.",)
    bad = bad.model_copy(update={"graph": bad.graph.model_copy(update={"rules": rules})})
    results = evaluate([bad, good], "template", tmp_path, seed=1)
    rows = {row.machine: row for row in read_rows(tmp_path, Row)}
    assert "Elephant" in rows[bad.name].problem
    assert not rows[bad.name].logic_success
    assert rows[bad.name].assertions > 0
    assert rows[good.name].problem == ""
    assert results.without_result == 1
    assert results.machines == 2
    assert bad.name in results.failed


def test_an_interrupted_evaluation_goes_on(tmp_path):
    first, second = machines(2)
    assert run_machine(first, "empty", tmp_path) is None
    before = (tmp_path / first.name / "result.json").stat().st_mtime_ns
    with pytest.raises(JobError, match="--resume"):
        evaluate([first, second], "empty", tmp_path, seed=1)
    evaluate([first, second], "empty", tmp_path, seed=1, resume=True)
    assert (tmp_path / first.name / "result.json").stat().st_mtime_ns == before
    assert [row.machine for row in read_rows(tmp_path, Row)] == sorted([first.name, second.name])
    fresh = tmp_path / "fresh"
    evaluate([first, second], "empty", fresh, seed=1)
    for file in FILES:
        assert (tmp_path / file).read_bytes() == (fresh / file).read_bytes(), file


def test_a_machine_that_takes_too_long_counts_as_failed(tmp_path):
    results = evaluate(machines(1, steps=100_000), "empty", tmp_path, seed=1, timeout=2.0)
    (row,) = read_rows(tmp_path, Row)
    assert "timeout" in row.problem
    assert results.without_result == 1
    assert results.volume_drift is None
    assert json.loads((tmp_path / "results.json").read_text())["failed"] == [row.machine]


def test_results_need_an_evaluation(tmp_path):
    with pytest.raises(JobError, match=r"rows\.parquet"):
        read_rows(tmp_path, Row)


@pytest.mark.slow
def test_each_machine_gets_the_script_of_another(tmp_path):
    own = machines(5, steps=60)
    swapped = with_oracles_of_others(own, seed=1)
    assert [m.name for m in swapped] == [m.name for m in own]
    assert sorted(m.oracle for m in swapped) == sorted(m.oracle for m in own)
    assert all(a.oracle != b.oracle for a, b in zip(own, swapped, strict=True))
    assert with_oracles_of_others(own, seed=1) == swapped
    evaluate(own, "other", tmp_path, seed=1)
    scripts = {m.name: (tmp_path / m.name / "script_00.py").read_text() for m in own}
    assert scripts == {m.name: m.oracle for m in swapped}
