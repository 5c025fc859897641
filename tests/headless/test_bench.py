"""That the benchmarks run and give whole results; their figures are for people."""

import json

from headless.cli import main


def test_executor(capfd):
    assert main(["bench", "executor", "--steps", "10", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert set(result["guarded_ratio"]) == set(result["round_trip_ms"]) == {"1", "20", "100"}
    assert min(result["loop_ratio"], result["start_s"], *result["round_trip_ms"].values()) > 0


def test_step(capfd):
    assert main(["bench", "step", "--steps", "20", "--rounds", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert result["bodies"] == 20
    assert result["whole_ratio"] > result["rollout_ratio"] > 0
    assert result["contacts_and_events_ratio"] > 0


def test_evaluate(capfd):
    assert main(["bench", "evaluate", "--count", "1", "--workers", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["machines"], result["steps"], result["failed"]) == (1, 1000, 0)
    assert result["ratio"] > 1
    assert result["last_mb"] >= result["first_mb"] > 0
