"""Value networks as agents of the puzzles: untrained ones are at chance, and what cannot be played is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("Box2D")

import torch

from headless.benchmarks.puzzles.agents import RandomAgent, ValueAgent
from headless.benchmarks.puzzles.errors import PuzzleError
from headless.benchmarks.puzzles.files import load_tasks
from headless.benchmarks.puzzles.folds import fold
from headless.benchmarks.puzzles.measures import auccess
from headless.benchmarks.puzzles.play import play
from headless.cli import main
from headless.learning.networks import weights_of
from headless.learning.training import LearningError, save_weights
from headless.learning.value.goals import SUCCESS
from headless.learning.value.network import ValueNetwork
from headless.learning.value.ranking import logits

PLAN = {"width": 8, "grid": 64, "stride": 4, "batch": 46}


def untrained(path: Path, **about: object) -> Path:
    """Weights that nobody trained."""
    torch.manual_seed(0)
    network = ValueNetwork(2, PLAN["width"], PLAN["stride"])
    return save_weights(network.state_dict(), path, {"plan": PLAN, "goals": ["near_miss", SUCCESS], **about})


def test_untrained_network_is_at_chance(tmp_path: Path) -> None:
    tasks = load_tasks(count=1)
    weights = untrained(tmp_path / "value.safetensors")
    value, chance = (
        auccess([play(agent, task, 10)[0].solved_at for task in tasks], 10)
        for agent in (ValueAgent(0, weights, candidates=64), RandomAgent(0))
    )
    assert abs(value - chance) < 0.2


def test_the_same_actions_are_worth_the_same(tmp_path: Path) -> None:
    weights, (task,) = untrained(tmp_path / "value.safetensors"), load_tasks(["ramp"], 1)
    actions = [(0.1 * k, 0.5, 0.2) for k in range(9)]
    once, again = logits(weights, task, actions), logits(weights, task, actions)
    assert np.array_equal(once, again)
    assert len(set(once.tolist())) > 1


def test_tasks_that_were_learnt_from_are_not_played(tmp_path: Path) -> None:
    agent = ValueAgent(0, untrained(tmp_path / "value.safetensors", tasks=["00:000"]))
    one, other = load_tasks(["ramp"], 2)
    agent.refuse_learnt([other])
    with pytest.raises(PuzzleError, match="learnt from 1 of 2 tasks to play, such as 00:000"):
        agent.refuse_learnt([one, other])


def test_weights_of_the_project_know_their_fold() -> None:
    tasks = load_tasks()
    known, agent = {task.id: task for task in tasks}, ValueAgent(0)
    agent.refuse_learnt([known[name] for name in fold(tasks, "within", 0).test])
    with pytest.raises(PuzzleError, match="--fold within --seed 0"):
        agent.refuse_learnt([known[name] for name in fold(tasks, "across", 0).test])


def test_damaged_weights_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "value.safetensors"
    path.write_bytes(weights_of("value").read_bytes()[:1000])
    options = ["--count", "1", "--weights", str(path), "--out", str(tmp_path / "out")]
    assert main(["puzzles", "evaluate", "--agent", "value", *options]) == 2
    assert "holds no weights" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()
    assert main(["puzzles", "evaluate", "--agent", "random", *options]) == 2


def test_weights_for_other_goals_are_told(tmp_path: Path) -> None:
    path = untrained(tmp_path / "value.safetensors")
    save_weights(ValueNetwork(1, 8, 4).state_dict(), path, {"plan": PLAN, "goals": ["near_miss"]})
    with pytest.raises(LearningError, match="was not trained for 'solve_the_puzzle'"):
        ValueAgent(0, path).train([], lambda tasks, actions: [])


def test_actions_are_made_trained_on_and_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenes, data, out = tmp_path / "scenes", tmp_path / "actions.npz", tmp_path / "value"
    made = ["puzzles", "generate", "--template", "ramp", "--count", "6", "--seed", "4", "--out", str(scenes)]
    few = ["--actions", "1", "--more", "30", "--scenes", str(scenes)]
    choices = ["--data", str(data), "--chosen", str(out / "chosen.json"), "--out", str(out)]
    trained = ["--data", str(data), "--out", str(out), "--size", "tiny", "--steps", "2", "--device", "cpu"]
    assert main(made) == 0
    assert main(["learning", "actions", "--out", str(data), *few]) == 0
    assert main(["learning", "train", "value", *trained]) == 0
    assert main(["learning", "curve", *choices, "--scenes", str(scenes)]) == 0
    assert len(json.loads((out / "curve.json").read_text())["points"]) == 2
    assert (out / "curve.webp").stat().st_size > 0
    options = ["--weights", str(out / "value.safetensors"), "--scenes", str(scenes), "--attempts", "2"]
    assert main(["puzzles", "evaluate", "--agent", "value", *options, "--out", str(tmp_path / "it")]) == 0
    assert main(["puzzles", "evaluate", "--agent", "value", *options, "--seed", "9"]) == 2
    assert "learnt from" in capsys.readouterr().err


def test_files_that_hold_no_choices_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = tmp_path / "chosen.json"
    given = ["learning", "curve", "--data", str(tmp_path / "none.npz"), "--chosen", str(chosen), "--out", str(tmp_path)]
    for text, words in (
        ("{", "holds no choices"),
        ('{"goals": [], "tasks": ["99:000"], "points": []}', "it has no point"),
        (
            '{"goals": [], "tasks": ["99:0"], "points": [{"step": 0, "minutes": 0, "actions": []}]}',
            "is of other tasks, such as 99:0",
        ),
    ):
        chosen.write_text(text)
        assert main(given) == 2
        assert words in " ".join(capsys.readouterr().err.split())
