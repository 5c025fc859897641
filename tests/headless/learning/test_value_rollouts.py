"""Actions that value networks learn from are made once, and what cannot be made is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("Box2D")

from headless.benchmarks.puzzles.files import load_tasks
from headless.benchmarks.puzzles.task import Task
from headless.learning.errors import LearningError
from headless.learning.value.rollouts import Asked, Row, collect, make, tried


def quiet(line: str) -> None:
    """Says nothing."""


def test_rows_are_kept_and_gone_on_with(tmp_path: Path) -> None:
    tasks, kept, asked = load_tasks(["ramp"], 3), tmp_path / "rows.jsonl", list[str]()

    def how(task: Task, actions: int, seed: int) -> list[Row]:
        asked.append(task.id)
        return tried(task, actions, seed)

    whole = collect(how, tasks, 2, 0, 1, kept, quiet)
    kept.write_bytes(kept.read_bytes()[:-5])
    again = collect(how, tasks, 2, 0, 1, kept, quiet)
    assert json.dumps(again) == json.dumps(whole)
    assert asked == [*(task.id for task in tasks), tasks[2].id]
    collect(how, tasks[:1], 3, 0, 1, kept, quiet)
    assert asked[-1] == tasks[0].id


def test_without_rewards_the_puzzle_is_the_only_goal(tmp_path: Path) -> None:
    path = tmp_path / "actions.npz"
    assert make(load_tasks(["ramp"], 8), Asked(tasks=3, actions=0, more=2, dev=1), path, report=quiet) == 8
    with np.load(path) as stored:
        assert json.loads(str(stored["about"]))["goals"] == []
        assert stored["train/reward"].shape == (6, 0)
        assert len(stored["dev/success"]) == 2


@pytest.mark.parametrize(
    ("asked", "words"),
    [(Asked(actions=0, more=0), "without an action"), (Asked(), "leaves too few of 1 tasks")],
)
def test_what_cannot_be_made_is_told(asked: Asked, words: str, tmp_path: Path) -> None:
    with pytest.raises(LearningError, match=words):
        make(load_tasks(["ramp"], 1), asked, tmp_path / "actions.npz", report=quiet)
    assert not list(tmp_path.iterdir())
