"""Level 4: goals without rules, the loop of scripts, and the figures by the number of runs."""

import json
import shutil
from pathlib import Path

import pytest

from addon.coder import RuleCoder
from addon.coder.goal_coder import GoalCoder
from addon.engine.blender import BlenderEngine
from addon.executor.tuning import open_numbers, wants
from addon.jobs import Job, JobFolder, JobSpec, run_job
from addon.models import ChatAnswer
from addon.rewards import parse, validate
from addon.trace import load_trace
from headless.benchmarks.physibench.check import passes
from headless.benchmarks.physibench.evaluate import evaluate
from headless.benchmarks.physibench.goals import COUNT, KINDS, build, goals, is_fair
from headless.benchmarks.physibench.machine import load_machine
from headless.cli import main


def test_the_published_goals_are_varied_and_whole():
    found = goals()
    assert len(found) == COUNT
    assert {m.kind for m in found} == set(KINDS)
    assert len({m.goal for m in found}) > COUNT / 2
    assert len({m.graph.model_dump_json() for m in found}) == COUNT
    for machine in found:
        assert machine.difficulty == 4
        assert machine.graph.rules == ()
        assert open_numbers(machine.oracle)
        assert wants(machine.oracle)
        for text in (*machine.assertions, *wants(machine.oracle)):
            validate(parse(text), machine.graph)
        assert [n for n in machine.graph.names if n in machine.goal]


def test_a_goal_is_made_anew_just_so():
    assert build(3, 5, 1) == build(3, 5, 1) != build(3, 5, 2)


@pytest.mark.parametrize("index", range(len(KINDS)))
def test_the_oracle_does_it_and_no_script_does_not(index):
    machine = goals()[index]
    assert passes(machine, machine.oracle)
    assert not passes(machine, None)
    assert not passes(machine, build(machine.seed, index, machine.draw).oracle)


def test_goals_survive_their_files(tmp_path):
    machine = goals(1)[0]
    assert load_machine(machine.save(tmp_path)) == machine


def test_a_script_may_act_at_the_start_only():
    machine = goals(1)[0]
    assert is_fair(machine, 1)
    assert is_fair(machine, None)
    assert not is_fair(machine, 60)


def test_an_oracle_reaches_its_goal_in_one_run(tmp_path):
    results = evaluate(goals(2), "oracle", tmp_path / "out", seed=13, runs=2, fit=5)
    assert results.logic_success.mean == 1.0
    assert {n: s.mean for n, s in results.by_runs.items()} == {1: 1.0}
    assert results.unfitted.mean == 1.0


def test_a_script_that_puts_things_at_their_goal_does_not_count(tmp_path):
    (machine,) = goals(1)
    cart = next(name for name in machine.graph.names if name in machine.goal)
    cheat = f'import bpy\nbpy.data.objects["{cart}"].location = bpy.data.objects["{cart}"].location\n'
    cheat += "\n".join(f"want({text!r})" for text in machine.assertions) + "\n"
    put = wants(machine.oracle)[0].split("(")[1].split(",")
    cheat += f'bpy.data.objects["{cart}"].location.x = {put[1]}\n'
    cheating = machine.model_copy(update={"oracle": cheat})
    results = evaluate([cheating], "oracle", tmp_path / "out", seed=13, runs=1, fit=5)
    assert results.logic_success.mean == 0.0


def test_the_command_line_evaluates_goals(tmp_path, capsys):
    asked = ["physibench", "evaluate", "--level", "4", "--count", "1", "--coder", "oracle", "--runs", "1", "--fit", "3"]
    assert main([*asked, "--out", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["by_difficulty"]["4"]["mean"] == 1.0
    assert told["by_runs"]["1"]["mean"] == 1.0


RECORDED = Path(__file__).with_name("recorded_goals")
"""Answers of a large model to the prompts of the goals and to what its scripts came to; it saw nothing else."""


@pytest.fixture
def recorded(tmp_path):
    return f"paste:{shutil.copytree(RECORDED, tmp_path / 'recorded')}"


@pytest.mark.slow
def test_a_large_model_recorded(tmp_path, recorded):
    results = evaluate(goals(1), recorded, tmp_path / "out", seed=13, runs=1, fit=40)
    assert results.logic_success.mean == 1.0


@pytest.mark.slow
def test_a_large_model_recorded_reaches_most_goals(tmp_path, recorded):
    results = evaluate(goals(), recorded, tmp_path / "out", seed=13, workers=2, runs=5, fit=40)
    assert results.logic_success.mean >= 0.9
    assert results.by_runs[1].mean >= 0.8
    assert results.unfitted.mean <= 0.25


@pytest.mark.parametrize(
    "asked", [["--level", "4", "--split", "test"], ["--level", "4", "--series", "2"], ["--runs", "3"], ["--level", "5"]]
)
def test_what_is_said_in_two_ways_is_refused(asked, tmp_path):
    assert main(["physibench", "evaluate", *asked, "--coder", "empty", "--out", str(tmp_path / "out")]) == 2


def test_of_scripts_that_miss_the_one_that_comes_nearest_counts(tmp_path):
    (machine,) = goals(1)
    cart = next(name for name in machine.graph.names if name in machine.goal)
    speeds = iter((0.5, 1.5, 0.2))
    asked = (
        "```python\nimport bpy\nwant('NEARBY_AT(\"{0}\", 9, 0, 0.125, 1.0, threshold_strength=0.01)')\n"
        'if frame == 1:\n    bpy.data.objects["{0}"].velocity = (tune({1}, {1}, {2}), 0, 0)\n```'
    )

    class Misses:
        def complete(self, request, on_text=None):
            speed = next(speeds)
            return ChatAnswer(asked.format(cart, speed, speed + 0.01), "stop", 1, 1)

    spec = JobSpec(
        title="goal", source="test", coder="fake", goal=machine.goal, steps=60, attempts=3, fit=2, report=False,
    )  # fmt: skip
    coder = RuleCoder("fake", "m", aim=GoalCoder(Misses(), "m"))
    folder = JobFolder(tmp_path / "job")
    result = run_job(Job(spec, lambda: BlenderEngine.from_graph(machine.graph), coder, folder))
    worth = [fate.worth for fate in result.scripts]
    assert worth[1] > max(worth[0], worth[2])
    assert 1.5 <= result.fitted.numbers[0].value <= 1.51
    assert "1.5" in (tmp_path / "job" / "fitted.py").read_text(encoding="utf-8")
    start, end = (load_trace(tmp_path / "job").position[i, machine.graph.names.index(cart), 0] for i in (0, -1))
    assert end - start > 0.1
