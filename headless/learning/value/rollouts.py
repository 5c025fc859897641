"""Random actions on puzzles, judged by reward programs: what value networks learn from (Section 5.3).

The tasks for training are of the part `train` of a fold of the puzzles, those for validation of `dev`. More actions are
not judged by rewards, which is slow, but tell whether they solve the puzzle.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from addon.jobs import JobError

from ...benchmarks.puzzles.folds import Kind, fold, in_turn
from ...benchmarks.puzzles.task import Task
from ...evaluation.pool import Lost, run_tasks
from ..errors import LearningError
from .goals import load_goals
from .judged import Judge, Numbers, action_of, drawn, grid_of

GRIDS = (64, 128)
CANDIDATES = 1024
"""Actions among which a network chooses, on each task that it is not trained on (Section 5.3)."""

ALMOST = 0.9995
"""The most that an unmet goal is worth in half precision, so that 1 is what holds alone."""

SECONDS = 600.0
"""Longest time that the rollouts of one task may take."""

Row = tuple[Numbers, list[float], bool]
"""An action, what it is worth to each goal (empty where rewards did not judge it), and whether it solves the puzzle."""

Make = Callable[[Task, int, int], list[Row]]
"""Makes the rows of a task, of so many actions and a seed."""


@dataclass(frozen=True)
class Asked:
    """What rollouts are made of: the ``fold`` of a ``seed``, so many ``tasks`` of its training part with ``actions``
    judged by rewards on each, and ``more`` that are not, with these on all of that part; ``dev`` tasks to validate."""

    fold: Kind = "within"
    seed: int = 0
    tasks: int = 500
    actions: int = 20
    more: int = 16
    dev: int = 25


@dataclass(frozen=True)
class Parts:
    """Tasks to learn from and to validate on; none is in both."""

    train: list[Task]
    dev: list[Task]


def make(
    tasks: Sequence[Task], asked: Asked, path: Path, workers: int = 1, report: Callable[[str], None] = print
) -> int:
    """Make rollouts and write them for a training; lines of rows beside the file are gone on with. Returns how many.

    Without ``actions`` no reward judges, and the puzzle itself is the one goal. Raises LearningError where no action
    is asked for, or the fold leaves no task; JobError where a task's rollouts are lost.
    """
    if not asked.actions and not asked.more:
        raise LearningError("without an action nothing can be learnt; give --actions or --more")
    chosen = parts(tasks, asked)
    if not chosen.train or not chosen.dev:
        raise LearningError(f"the fold '{asked.fold}' leaves too few of {len(tasks)} tasks; give more of each template")
    judged = [*chosen.dev, *chosen.train[: asked.tasks]] if asked.actions else []
    only_tried = chosen.train if asked.actions else [*chosen.dev, *chosen.train]
    kept = path.with_suffix(".jsonl")
    rows: dict[str, list[Row]] = {}
    for how, some, count, lines in (
        (rewarded, judged, asked.actions, kept),
        (tried, only_tried, asked.more, kept.with_suffix(".tried.jsonl")),
    ):
        if some and count:
            for name, found in collect(how, some, count, asked.seed, workers, lines, report).items():
                rows[name] = rows.get(name, []) + found
    pack(chosen, rows, asked, path)
    return sum(map(len, rows.values()))


def parts(tasks: Sequence[Task], asked: Asked) -> Parts:
    """So many of the tasks, the templates in turn; all for training where more than what rewards judge is tried."""
    known, whole = {task.id: task for task in tasks}, fold(tasks, asked.fold, asked.seed)
    named = ((whole.train, None if asked.actions and asked.more else asked.tasks), (whole.dev, asked.dev))
    return Parts(*(in_turn([known[name] for name in names], count, asked.seed) for names, count in named))


def rewarded(task: Task, actions: int, seed: int) -> list[Row]:
    """Random actions with room on one task, judged; they depend on the task and the seed alone."""
    rng, judged = Random(f"rollouts/{seed}/{task.id}"), Judge(task, load_goals())
    numbers = [drawn(task, rng) for _ in range(actions)]
    return [(one, *judged(one)) for one in numbers]


def tried(task: Task, actions: int, seed: int) -> list[Row]:
    """Other random actions on one task, of which only is told whether they solve it."""
    rng = Random(f"tried/{seed}/{task.id}")
    numbers = [drawn(task, rng) for _ in range(actions)]
    return [(one, [], task.outcome(action_of(one)).solved) for one in numbers]


def collect(
    how: Make, tasks: Sequence[Task], actions: int, seed: int, workers: int, kept: Path, report: Callable[[str], None]
) -> dict[str, list[Row]]:
    """The rows of tasks; those of a task are kept as a line of a file, and are not made again.

    Raises JobError where a task's rollouts are lost.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    digests = {task.id: _digest(task, actions, seed) for task in tasks}
    have = {name: rows for name, digest, rows in _kept(kept) if digests.get(name) == digest}
    missing = [task for task in tasks if task.id not in have]
    with kept.open("a", encoding="utf-8") as file:
        for name, rows in _made(how, missing, actions, seed, workers):
            have[name] = rows
            print(json.dumps({"task": name, "digest": digests[name], "rows": rows}), file=file, flush=True)
            if len(have) % 25 == 0 or len(have) == len(tasks):
                report(f"{kept.name}: {len(have)} of {len(tasks)} tasks")
    return {name: have[name] for name in digests}


def _digest(task: Task, actions: int, seed: int) -> str:
    return hashlib.sha256(repr((task.id, task.things, actions, seed)).encode()).hexdigest()[:16]


def _made(how: Make, tasks: Sequence[Task], actions: int, seed: int, workers: int) -> Iterator[tuple[str, list[Row]]]:
    """The rows of tasks as they come; by this process where one is enough."""
    if workers == 1:
        yield from ((task.id, how(task, actions, seed)) for task in tasks)
        return
    for done in run_tasks(how, [(task, actions, seed) for task in tasks], workers, SECONDS, recycle=len(tasks)):
        name = tasks[done.index].id
        if isinstance(done.value, Lost):
            raise JobError(f"the rollouts of task {name} are lost: {done.value.reason}; start again to go on")
        yield name, done.value


def _kept(path: Path) -> list[tuple[str, str, list[Row]]]:
    """The tasks of a file with a digest of what was made, and the rows; a line that was cut off is taken away."""
    if not path.exists():
        return []
    lines = [line for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
    path.write_bytes(b"".join(lines))
    return [(one["task"], one["digest"], one["rows"]) for one in map(json.loads, lines)]


def pack(chosen: Parts, rows: dict[str, list[Row]], asked: Asked, path: Path) -> None:
    """Write all that a training needs: grids, rows, and candidates of the tasks that are not trained on."""
    held: dict[str, Any] = {}
    goals = load_goals() if asked.actions else ()
    unknown = [math.nan] * len(goals)
    for part, tasks in vars(chosen).items():
        held[f"{part}/tasks"] = np.array([task.id for task in tasks])
        for size in GRIDS:
            held[f"{part}/grid{size}"] = np.stack([grid_of(task, size) for task in tasks])
        own = [(number, row) for number, task in enumerate(tasks) for row in rows.get(task.id, [])]
        worth = np.array([row[1] or unknown for _, row in own])
        held[f"{part}/task"] = np.array([number for number, _ in own], dtype=np.int16)
        held[f"{part}/action"] = np.array([row[0] for _, row in own], dtype=np.float16)
        held[f"{part}/reward"] = np.where(worth < 1, worth.clip(max=ALMOST), worth).astype(np.float16)
        held[f"{part}/success"] = np.array([row[2] for _, row in own], dtype=np.bool_)
    held["dev/candidates"] = np.array([candidates(task, asked.seed) for task in chosen.dev], dtype=np.float16)
    about = json.dumps({"seed": asked.seed, "goals": [vars(goal) for goal in goals]})
    beside = path.with_name(f".{path.name}.npz")
    np.savez_compressed(beside, about=np.array(about), **held)
    beside.replace(path)


def candidates(task: Task, seed: int) -> list[Numbers]:
    """Random actions with room on a task, for a network to choose among; not those that it learns from."""
    rng = Random(f"candidates/{seed}/{task.id}")
    return [drawn(task, rng) for _ in range(CANDIDATES)]
