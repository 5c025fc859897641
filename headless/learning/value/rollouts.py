"""Random actions on puzzles, judged by reward programs: what value networks learn from (Section 5.3).

    python -m headless.learning.value.rollouts --out rollouts.npz

The tasks for training are of the part `train` of the puzzles' fold `within` templates, those for validation of `dev`,
those to play of `test`, the first ones that the agents of the puzzles play. More actions, on all tasks for training,
are not judged by rewards, which is slow, but tell whether they solve the puzzle.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from ...benchmarks.puzzles.files import load_tasks
from ...benchmarks.puzzles.folds import fold, in_turn
from ...benchmarks.puzzles.task import Task
from ...evaluation.pool import Lost, run_tasks
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

Make = Callable[[str, int, int], list[Row]]
"""Makes the rows of a task, of so many actions and a seed."""


@dataclass(frozen=True)
class Parts:
    """Tasks to learn from, to validate on and to play; none is in two of them."""

    train: list[Task]
    dev: list[Task]
    test: list[Task]


def parts(train: int | None, dev: int, test: int, seed: int = 0) -> Parts:
    """So many of the suite's tasks, the templates in turn; all for training without a number."""
    tasks = load_tasks()
    known, whole = {task.id: task for task in tasks}, fold(tasks, "within", seed)
    named = ((whole.train, train), (whole.dev, dev), (whole.test, test))
    return Parts(*(in_turn([known[name] for name in names], count, seed) for names, count in named))


def rewarded(name: str, actions: int, seed: int) -> list[Row]:
    """Random actions with room on one task, judged; they depend on the task and the seed alone."""
    task = _tasks()[name]
    rng, judged = Random(f"rollouts/{seed}/{name}"), Judge(task, load_goals())
    numbers = [drawn(task, rng) for _ in range(actions)]
    return [(one, *judged(one)) for one in numbers]


def tried(name: str, actions: int, seed: int) -> list[Row]:
    """Other random actions on one task, of which only is told whether they solve it."""
    task, rng = _tasks()[name], Random(f"tried/{seed}/{name}")
    numbers = [drawn(task, rng) for _ in range(actions)]
    return [(one, [], task.outcome(action_of(one)).solved) for one in numbers]


@lru_cache(maxsize=1)
def _tasks() -> dict[str, Task]:
    return {task.id: task for task in load_tasks()}


def collect(
    make: Make, names: Sequence[str], actions: int, seed: int, workers: int, kept: Path
) -> dict[str, list[Row]]:
    """The rows of tasks; those of a task are kept as a line of a file, and are not made again.

    Raises RuntimeError where a task's rollouts are lost.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    have = _kept(kept, actions, seed)
    missing = [name for name in names if name not in have]
    with kept.open("a", encoding="utf-8") as file:
        for name, rows in _made(make, missing, actions, seed, workers):
            have[name] = rows
            print(json.dumps({"task": name, "actions": actions, "seed": seed, "rows": rows}), file=file, flush=True)
            print(f"{kept.name}: {len(have)} of {len(names)} tasks", flush=True)
    return {name: have[name] for name in names}


def _made(make: Make, names: Sequence[str], actions: int, seed: int, workers: int) -> Iterator[tuple[str, list[Row]]]:
    """The rows of tasks as they come; by this process where one is enough."""
    if workers == 1:
        yield from ((name, make(name, actions, seed)) for name in names)
        return
    for done in run_tasks(make, [(name, actions, seed) for name in names], workers, SECONDS, recycle=len(names)):
        if isinstance(done.value, Lost):
            reason = done.value.reason
            raise RuntimeError(f"the rollouts of task {names[done.index]} are lost: {reason}; start again to go on")
        yield names[done.index], done.value


def _kept(path: Path, actions: int, seed: int) -> dict[str, list[Row]]:
    """What a file holds of these rollouts; a line that was cut off is taken away."""
    if not path.exists():
        return {}
    lines = [line for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
    path.write_bytes(b"".join(lines))
    found = map(json.loads, lines)
    return {one["task"]: one["rows"] for one in found if (one["actions"], one["seed"]) == (actions, seed)}


def pack(chosen: Parts, rows: dict[str, list[Row]], seed: int, path: Path) -> None:
    """Write all that a training needs: grids, rows, and candidates of the tasks that are not trained on."""
    held: dict[str, Any] = {}
    for part, tasks in vars(chosen).items():
        held[f"{part}/tasks"] = np.array([task.id for task in tasks])
        for size in GRIDS:
            held[f"{part}/grid{size}"] = np.stack([grid_of(task, size) for task in tasks])
        if part != "train":
            held[f"{part}/candidates"] = np.array([candidates(task, seed) for task in tasks], dtype=np.float16)
    goals = load_goals()
    unknown = [math.nan] * len(goals)
    for part in ("train", "dev"):
        own = [(number, row) for number, task in enumerate(getattr(chosen, part)) for row in rows.get(task.id, [])]
        worth = np.array([row[1] or unknown for _, row in own])
        held[f"{part}/task"] = np.array([number for number, _ in own], dtype=np.int16)
        held[f"{part}/action"] = np.array([row[0] for _, row in own], dtype=np.float16)
        held[f"{part}/reward"] = np.where(worth < 1, worth.clip(max=ALMOST), worth).astype(np.float16)
        held[f"{part}/success"] = np.array([row[2] for _, row in own], dtype=np.bool_)
    about = json.dumps({"seed": seed, "goals": [vars(goal) for goal in goals]})
    beside = path.with_name(f".{path.name}.npz")
    np.savez_compressed(beside, about=np.array(about), **held)
    beside.replace(path)


def candidates(task: Task, seed: int) -> list[Numbers]:
    """Random actions with room on a task, for a network to choose among; not those that it learns from."""
    rng = Random(f"candidates/{seed}/{task.id}")
    return [drawn(task, rng) for _ in range(CANDIDATES)]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.npz); lines of rows lie beside it")
    parser.add_argument("--tasks", type=int, default=500, help="tasks to learn from")
    parser.add_argument("--actions", type=int, default=20, help="actions on each of them")
    parser.add_argument("--more", type=int, default=16, help="actions on each task for training without rewards")
    parser.add_argument("--dev", type=int, default=25, help="tasks for validation, with as many actions judged each")
    parser.add_argument("--test", type=int, default=100, help="tasks to play")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    chosen = parts(args.tasks if not args.more else None, args.dev, args.test, args.seed)
    names = [task.id for task in (*chosen.dev, *chosen.train[: args.tasks])]
    kept = args.out.with_suffix(".jsonl")
    rows = collect(rewarded, names, args.actions, args.seed, args.workers, kept)
    if args.more:
        every = [task.id for task in chosen.train]
        more = collect(tried, every, args.more, args.seed, args.workers, kept.with_suffix(".tried.jsonl"))
        rows |= {name: rows.get(name, []) + more[name] for name in every}
    pack(chosen, rows, args.seed, args.out)
    print(f"{sum(map(len, rows.values()))} rollouts in {args.out}, {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
