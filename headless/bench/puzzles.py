"""Rollouts of puzzles on one core, each judged by its goal, against the bare steps of the same worlds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from random import Random

from headless.planar.engine import box2d_build
from headless.planar.probe import probe

from ..benchmarks.puzzles.actions import Action
from ..benchmarks.puzzles.files import load_tasks
from ..benchmarks.puzzles.generate import random_actions
from ..benchmarks.puzzles.scene import STEPS
from ..benchmarks.puzzles.task import Task


@dataclass(frozen=True)
class PuzzleBench:
    """Rollouts a second of the process's own time, medians of some rounds.

    ``outcomes_per_second`` are told whether the goal is reached, and no more; ``probes_per_second`` how near its bodies
    come, too; ``bare_per_second`` are the worlds of the first, built and stepped as often without a look.
    ``slowest_template`` has the fewest outcomes a second.
    """

    templates: int
    rollouts: int
    rounds: int
    engine: str
    mean_steps: float
    solved: float
    outcomes_per_second: float
    probes_per_second: float
    bare_per_second: float
    slowest_template: str
    slowest_per_second: float

    def as_dict(self) -> dict[str, float | int | str]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(tasks: int = 2, actions: int = 4, rounds: int = 3, seed: int = 0) -> PuzzleBench:
    """Try so many random valid actions, drawn by a seed, on the first so many tasks of each template."""
    tried = [
        (task, action)
        for task in load_tasks(count=tasks)
        for action in islice(random_actions(task, Random(f"{seed}/{task.id}")), actions)
    ]
    outcomes = [task.outcome(action) for task, action in tried]  # builds what a task keeps, too
    bare = [partial(_bare, task, action, found.steps) for (task, action), found in zip(tried, outcomes, strict=True)]
    judged = [partial(task.outcome, action) for task, action in tried]
    probed = [partial(_probe, task, action) for task, action in tried]
    rows = [[_seconds(work) for work in kind] for _ in range(rounds) for kind in (judged, probed, bare)]
    by_template: dict[str, list[float]] = {}
    for (task, _), seconds in zip(tried, zip(*rows[::3], strict=True), strict=True):
        by_template.setdefault(task.template, []).append(statistics.median(seconds))
    slowest = max(by_template, key=lambda name: sum(by_template[name]))
    return PuzzleBench(
        templates=len(by_template),
        rollouts=len(tried),
        rounds=rounds,
        engine=box2d_build(),
        mean_steps=statistics.fmean(found.steps for found in outcomes),
        solved=statistics.fmean(found.solved for found in outcomes),
        outcomes_per_second=_rate(rows[::3]),
        probes_per_second=_rate(rows[1::3]),
        bare_per_second=_rate(rows[2::3]),
        slowest_template=slowest,
        slowest_per_second=_rate([by_template[slowest]]),
    )


def _rate(rows: Sequence[Sequence[float]]) -> float:
    """Rollouts a second, the median of the rounds."""
    return statistics.median(len(row) / sum(row) for row in rows)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _probe(task: Task, action: Action) -> None:
    probe(task.blueprint_with(action), task.goal, STEPS)


def _bare(task: Task, action: Action, steps: int) -> None:
    blueprint = task.blueprint_with(action)
    world, _ = blueprint.build()
    advance = blueprint.stepper(world)
    for _ in range(steps):
        advance()
