"""The scheduler's simulation against closed forms, and that no core's second is lost or counted twice."""

import json
import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headless.bench.scheduler import DAY, MEASURED, Plan, simulate
from headless.cli import main

CALM = {"crash": 0.0, "node_days": 0.0}


@given(
    batches=st.integers(1, 60), batch=st.integers(1, 9), nodes=st.integers(1, 5), cores=st.integers(1, 4),
    start=st.floats(0, 9), seconds=st.floats(0.1, 9),
)  # fmt: skip
def test_equal_runs_come_in_rounds(batches, batch, nodes, cores, start, seconds):
    plan = Plan(batches * batch, nodes, cores, batch, dispatch=0.0, start=start, **CALM)
    found = simulate(plan, [seconds])
    rounds = math.ceil(batches / (nodes * cores))
    assert found.makespan == pytest.approx(rounds * (start + batch * seconds))
    share = batches * batch * seconds / (nodes * cores * found.makespan)
    assert found.utilisation == pytest.approx(share)


def test_a_head_that_is_too_slow_sets_the_pace():
    found = simulate(Plan(100, 100, 1, 1, dispatch=2.0, start=1.0, **CALM), [3.0])
    assert found.makespan == pytest.approx(100 * 2.0 + 1.0 + 3.0)


def test_the_last_batch_may_be_short():
    assert simulate(Plan(7, 1, 1, 3, dispatch=0.0, start=1.0, **CALM), [2.0]).makespan == pytest.approx(3 + 14)


def test_what_crashes_is_given_up():
    found = simulate(Plan(10_000, 1, 4, 10, crash=0.2, node_days=0.0), [1.0])
    assert found.given_up == pytest.approx(2_000, rel=0.1)
    assert (found.useful, found.crashed) == (10_000.0 - found.given_up, found.given_up)


@pytest.mark.parametrize(("runs", "days"), [(1000, 1e-5), (1000, 1e-300), (1, 1e-6)])
def test_what_would_have_no_end_is_refused(runs, days):
    with pytest.raises(ValueError, match=r"no end: a node goes down every .* batch of 5 .* 0 of \d+ are done"):
        simulate(Plan(runs, 1, 16, 5, node_days=days))


def test_a_node_that_goes_down_has_its_work_begun_anew():
    work, mean, repair = 2.0 * DAY, 1.5, 0.25 * DAY
    plans = [Plan(1, 1, 1, 1, dispatch=0, start=0, crash=0, node_days=mean, repair=repair, seed=s) for s in range(1000)]
    found = statistics.fmean(simulate(plan, [work]).makespan for plan in plans)
    assert found == pytest.approx((mean * DAY + repair) * math.expm1(work / (mean * DAY)), rel=0.1)


@settings(max_examples=50)
@given(
    runs=st.integers(1, 300), nodes=st.integers(1, 4), cores=st.integers(1, 3), batch=st.integers(1, 40),
    crash=st.floats(0, 0.5), hours=st.floats(0.2, 5), seed=st.integers(0, 99),
)  # fmt: skip
def test_every_second_of_a_core_is_accounted_for(runs, nodes, cores, batch, crash, hours, seed):
    plan = Plan(runs, nodes, cores, batch, crash=crash, node_days=hours / 24, repair=60.0, seed=seed)
    found = simulate(plan, [5.0, 10.0, 30.0])
    total = nodes * cores * found.makespan
    assert found.idle >= -1e-6 * total
    assert found.utilisation * total == pytest.approx(found.useful)
    assert min(found.useful, found.crashed, found.overhead, found.lost, found.down) >= 0.0
    assert found.given_up <= runs
    assert simulate(plan, [5.0, 10.0, 30.0]) == found


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"runs": 0}, "runs is 0"), ({"batch": -1}, "batch is -1"), ({"crash": 1.0}, "crash is 1.0"),
     ({"start": math.inf}, "start is inf"), ({"node_days": math.nan}, "node_days is nan")],
)  # fmt: skip
def test_what_no_cluster_can_have_is_refused(wrong, told):
    with pytest.raises(ValueError, match=told):
        Plan(**{"runs": 1, "nodes": 1, "cores": 1, "batch": 1, **wrong})


@pytest.mark.parametrize("seconds", [[], [0.0], [1.0, math.nan]])
def test_runs_take_positive_times(seconds):
    with pytest.raises(ValueError, match="positive number"):
        simulate(Plan(1, 1, 1, 1), seconds)


def test_the_command(capfd, tmp_path):
    assert main(["bench", "scheduler", "--runs", "100", "--nodes", "2", "--batch", "5", "--batch", "50", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert [row["batch"] for row in found] == [5, 50]
    assert all(0 < row["utilisation"] < 1 for row in found)
    (tmp_path / "timings.json").write_text('{"a": 1000.0}')
    assert main(["bench", "scheduler", "--runs", "10", "--nodes", "1", "--batch", "5", "--times", str(tmp_path)]) == 0
    assert "1.39" in capfd.readouterr().out


@pytest.mark.parametrize(
    "content", [None, "", "null", "[1]", "{}", '{"a": "x"}', '{"a": null}', '{"a": -1}', '{"a": NaN}']
)
def test_a_folder_without_times_is_named(capfd, tmp_path, monkeypatch, content):
    monkeypatch.setenv("COLUMNS", "400")
    if content is not None:
        (tmp_path / "timings.json").write_text(content)
    assert main(["bench", "scheduler", "--times", str(tmp_path)]) == 2
    told = capfd.readouterr().err
    assert "--times" in told
    assert f"{tmp_path} holds no times" in told


def test_the_shares_of_a_plan_add_up(capfd):
    plan = ["--runs", "2000", "--nodes", "2", "--batch", "5", "--crash", "0.6", "--node-days", "0.0005"]
    assert main(["bench", "scheduler", *plan, "--json"]) == 0
    (row,) = json.loads(capfd.readouterr().out)
    parts = [row[name] for name in ("useful", "crashed", "overhead", "lost", "down", "idle")]
    assert all(parts)
    assert sum(parts) == pytest.approx(2 * 16 * row["makespan"], rel=1e-6)


def test_measured_times_are_those_of_runs():
    assert len(MEASURED) == 20
    assert 0.1 < min(MEASURED) <= max(MEASURED) < 60.0
