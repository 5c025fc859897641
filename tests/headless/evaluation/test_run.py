import sys
import time
from dataclasses import dataclass

import pytest

from addon.jobs import JobError
from headless.evaluation import Benchmark, Row, evaluate
from headless.evaluation.contract import DONE
from headless.evaluation.names import TIMINGS
from headless.evaluation.results import grouped, read_rows, read_timings, successes, write_results


@dataclass(frozen=True)
class Sum:
    """A task that is no machine: what two numbers are together."""

    name: str
    numbers: tuple[int, int]


class Answer(Row):
    task: str
    given: int | None = None
    right: bool = False
    problem: str = ""

    @property
    def name(self):
        return self.task

    @property
    def success(self):
        return self.right


def add(task, solver, folder):
    if solver == "raises":
        raise ValueError("cannot add")
    if solver == "hangs":
        time.sleep(600)
    if min(task.numbers) < 0:
        return "negative numbers are not added"
    (folder / task.name).mkdir(exist_ok=True)
    (folder / task.name / DONE).write_text(str(sum(task.numbers) if solver == "right" else 5))
    return None


def row(task, folder, problem):
    if problem:
        return Answer(task=task.name, problem=problem)
    given = int((folder / DONE).read_text())
    return Answer(task=task.name, given=given, right=given == sum(task.numbers))


TASKS = [Sum("one", (1, 1)), Sum("two", (2, 3)), Sum("three", (-1, 1))]
SUMS = Benchmark(TASKS, add, row, repr)


def test_a_benchmark_of_another_kind_is_evaluated(tmp_path):
    rows = evaluate(SUMS, "right", tmp_path, workers=2)
    assert [r.name for r in rows] == ["one", "two", "three"]
    assert [r.success for r in rows] == [True, True, False]
    assert rows[2].problem == "negative numbers are not added"
    assert read_timings(tmp_path).keys() == {"one", "two", "three"}


def test_rows_are_told_and_written_as_they_come(tmp_path, capsys):
    evaluate(Benchmark(TASKS[:1], add, row, repr), "right", tmp_path)
    evaluate(SUMS, "right", tmp_path, resume=True)
    lines = (tmp_path / "rows.jsonl").read_text().splitlines()
    assert [Answer.model_validate_json(line).task for line in lines] == ["one", "two", "three"]
    told = capsys.readouterr().err
    assert all(line in told for line in ("one: solved", "two: solved", "three: negative numbers are not added"))


def test_rows_come_back_from_their_files(tmp_path):
    rows = evaluate(SUMS, "five", tmp_path)
    write_results(rows, rows[0], tmp_path)
    assert read_rows(tmp_path, Answer) == sorted(rows, key=lambda r: r.name)
    assert (tmp_path / "rows.csv").read_text().splitlines()[0] == "task,given,right,problem"
    assert successes(rows, 1).mean == pytest.approx(1 / 3, rel=1e-5)
    assert {k: s.mean for k, s in grouped(rows, lambda r: [r.given] if r.given else [], 1).items()} == {5: 0.5}


@pytest.mark.parametrize(
    ("solver", "timeout", "words"), [("raises", 120.0, "ValueError: cannot add"), ("hangs", 1.0, "timeout")]
)
def test_a_task_without_an_end_says_why(tmp_path, solver, timeout, words):
    rows = evaluate(Benchmark(TASKS[:1], add, row, repr), solver, tmp_path, timeout=timeout)
    assert words in rows[0].problem


@pytest.mark.parametrize(
    "broken", ["[1]", "null", '{"a":null}', '{"a":"x"}', '{"a":', '{"a": true}', '{"a": Infinity}']
)
def test_broken_times_are_written_anew(tmp_path, broken):
    evaluate(Benchmark(TASKS[:1], add, row, repr), "five", tmp_path)
    (tmp_path / TIMINGS).write_text(broken)
    assert len(evaluate(SUMS, "five", tmp_path, resume=True)) == 3
    assert read_timings(tmp_path).keys() == {"two", "three"}


def test_a_cluster_that_cannot_be_used_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    out = tmp_path / "out"
    with pytest.raises(JobError, match="Ray is not installed"):
        evaluate(SUMS, "five", out, cluster=True)
    assert not out.exists()
    assert len(evaluate(SUMS, "five", out)) == 3


def test_a_folder_with_results_wants_resume_and_what_is_done_stays(tmp_path):
    evaluate(Benchmark(TASKS[:1], add, row, repr), "five", tmp_path)
    with pytest.raises(JobError, match="--resume"):
        evaluate(SUMS, "five", tmp_path)
    before = (tmp_path / "one" / DONE).stat().st_mtime_ns
    assert [r.given for r in evaluate(SUMS, "five", tmp_path, resume=True)] == [5, 5, None]
    assert (tmp_path / "one" / DONE).stat().st_mtime_ns == before
