"""The agent of a value network: it tries first what a network expects most of, here one that nobody trained."""

import sys

import numpy as np
import pytest

from headless.benchmarks.puzzles.agents import ValueAgent
from headless.benchmarks.puzzles.files import load_tasks
from headless.benchmarks.puzzles.play import play
from headless.learning.errors import LearningError


class Rightmost(ValueAgent):
    """Expects most of balls far on the right."""

    def worth(self, task, numbers):
        return np.array([x for x, _, _ in numbers], dtype=np.float32)


@pytest.fixture(scope="module")
def task():
    return load_tasks(["ramp"], 1)[0]


def test_the_best_actions_are_tried_first(task):
    game = play(Rightmost(0, candidates=40), task, 6)[0]
    xs = [x for x, _, _ in game.actions]
    assert xs == sorted(xs, reverse=True)
    assert game.invalid == 0


def test_the_same_seed_plays_the_same_game(task):
    games = [play(Rightmost(seed, candidates=20), task, 5)[0] for seed in (3, 3, 4)]
    assert games[0] == games[1] != games[2]


def test_settings_tell_the_weights(tmp_path):
    path = tmp_path / "value.safetensors"
    path.write_bytes(b"some")
    assert ValueAgent(0, path).settings["weights"] == "a6b46dd0d1ae5e86"
    assert ValueAgent(0).settings["weights"] != ValueAgent(0, path).settings["weights"]


def test_without_torch_the_command_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "headless.learning.value.ranking", raising=False)
    with pytest.raises(LearningError, match=r"torch is missing.*run scripts/setup.sh --learn"):
        ValueAgent(0).train([], lambda tasks, actions: [])
