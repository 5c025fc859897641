"""That the benchmarks run and give whole results; their figures are for people."""

import json

import pytest

from headless.bench import repeat, step
from headless.bench.evaluate import with_readings
from headless.bench.step import FEWEST
from headless.benchmarks.physibench.generate import SEED, generate
from headless.benchmarks.physibench.stages import STAGES
from headless.cli import main
from headless.evaluation.pool import Done, Lost


def test_executor(capfd):
    assert main(["bench", "executor", "--steps", "10", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert set(result["guarded_ratio"]) == set(result["round_trip_ms"]) == {"1", "20", "100"}
    assert min(result["loop_ratio"], result["start_s"], *result["round_trip_ms"].values()) > 0


def test_step(capfd):
    assert main(["bench", "step", "--steps", "20", "--rounds", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert result["bodies"] == 20
    assert result["read_ratio"] > result["read_alone_ratio"] > 0
    assert result["free_ratio"] > result["free_alone_ratio"] > 0
    assert 0 < result["calls"] < 20


def test_step_with_the_fewest_objects(capfd):
    assert main(["bench", "step", "--bodies", str(FEWEST), "--steps", "20", "--rounds", "1", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["bodies"] == FEWEST


@pytest.mark.parametrize("name", ["step", "search", "compare", "patterns"])
def test_fewer_objects_than_the_rules_speak_of_are_refused(capfd, name):
    assert main(["bench", name, "--bodies", str(FEWEST - 1)]) == 2
    assert "--bodies" in capfd.readouterr().err
    with pytest.raises(ValueError, match="4 are too few"):
        step.run(FEWEST - 1)


def test_search(capfd):
    assert main(["bench", "search", "--bodies", "5", "--steps", "20", "--candidates", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["bodies"], result["steps"], result["candidates"]) == (5, 20, 1)
    assert result["candidate_ratio"] > result["rollout_ratio"] > 0
    assert result["anew_ratio"] > 0


def test_puzzles(capfd):
    assert main(["bench", "puzzles", "--tasks", "1", "--actions", "1", "--rounds", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["templates"], result["rollouts"]) == (25, 25)
    assert 0 < result["mean_steps"] <= 1000
    assert min(result[f"{kind}_per_second"] for kind in ("outcomes", "probes", "bare", "slowest")) > 0


@pytest.mark.slow
def test_evaluate(capfd):
    assert main(["bench", "evaluate", "--count", "1", "--workers", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["machines"], result["steps"], result["scripts"], result["failed"]) == (1, 1000, "readings", 0)
    assert result["ratio"] > 1
    assert result["last_mb"] >= result["first_mb"] > 0


def test_evaluate_runs_what_words_make_of_the_rules():
    (machine,) = generate(1, SEED)
    (read,) = with_readings([machine])
    assert read.oracle != machine.oracle
    assert all(rule in read.oracle for rule in machine.graph.rules)
    assert read.model_copy(update={"oracle": machine.oracle}) == machine


def test_evaluate_knows_no_other_scripts(capfd):
    assert main(["bench", "evaluate", "--scripts", "empty"]) == 2
    assert "readings" in capfd.readouterr().err


@pytest.mark.slow
def test_repeat(capfd):
    assert (
        main(["bench", "repeat", "--count", "3", "--steps", "20", "--workers", "3", "--only", "keyed", "--json"]) == 0
    )
    result = json.loads(capfd.readouterr().out)
    assert result["scenes"] == [{"group": "keyed", "name": "keyed", "runs": 3, "traces": 1, "lost": []}]


def test_repeat_runs_every_example_and_every_kind_of_stage():
    found = repeat.subjects()
    assert sum(s.group == "examples" for s in found) == 24
    assert [s.name for s in found if s.group == "stages"] == list(STAGES)
    assert all(kind in machine.kinds for kind, machine in zip(STAGES, generate(len(STAGES), SEED), strict=True))
    assert len({s.graph.name for s in found}) == len(found)


@pytest.mark.parametrize(
    ("third", "told"), [("two", "keyed keyed: 2 traces in 3 runs"), (Lost("it broke"), "1 traces in 2 runs; it broke")]
)
def test_repeat_tells_what_differs(monkeypatch, capfd, third, told):
    values = ["one", "one", third]
    monkeypatch.setattr(repeat, "run_tasks", lambda *_: [Done(k, value, 0.1) for k, value in enumerate(values)])
    assert main(["bench", "repeat", "--count", "3", "--only", "keyed"]) == 1
    assert told in capfd.readouterr().err


def test_base_rates_and_what_becomes_of_them(tmp_path, capfd):
    file = tmp_path / "rates.json"
    assert main(["bench", "base-rates", "--puzzles", "1", "--machines", "0", "--out", str(file), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told == json.loads(file.read_text())
    assert told["runs"] == 25
    assert told["kinds"]["SpeedChange"]["rate"] > told["kinds"]["Bounce"]["rate"] > 0
    assert told["kinds"]["Bounce"]["strength"] == sorted(told["kinds"]["Bounce"]["strength"])
    assert main(["bench", "base-rates", "--puzzles", "0", "--machines", "0", "--out", str(file)]) == 2


@pytest.mark.slow
def test_salience(capfd):
    assert main(["bench", "salience", "--puzzles", "1", "--machines", "0", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["runs"], told["lost"]) == (25, 0)
    assert 0 < told["most_lines"] <= 15 < told["most_events"]
    assert min(told["same"].values()) > 0.5
