"""How often a search puts the green ball into the bucket that a goal names, by the number of samples (Figure 11).

For each of three goals the reward made of it, which is worth something on the way, is held against a binary one that is
1 where the green ball ends in the bucket and else 0. Both are searched by the same simulated annealing. A search counts
as a success if in its best run the green ball ends within 10 pixels of where it lies in the bucket.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from pydantic import BaseModel

from addon.jobs.search import Annealing
from addon.jobs.search.annealing import Schedule
from addon.jobs.search.open_numbers import Space, Values, applied, open_space
from addon.rewards import Node, judge, read
from addon.scene_graph import SceneGraph, write_text
from headless.planar import Blueprint, record

from ...evaluation.pool import Lost, Pool
from ...evaluation.statistics import Share, bootstrap
from ...optimise.planar import detail_for, overlap
from .buckets import NEAR, buckets_scene, distance
from .scene import METRES, STEPS

Kind = Literal["reward", "binary"]
REWARDS = Path(__file__).parent / "rewards" / "buckets.json"
BUDGETS = (10, 50, 100, 250, 500, 750, 1000)
VARY = ("red ball.location.x=4..252", "red ball.location.y=4..252", "red ball.radius=4..32")
GREEN = "green ball"
SCHEDULE = Schedule(look=0.3, hot=0.03, wide=0.12, patience=5)
"""Chosen among seven on seeds 100 to 111, for both kinds of reward."""

WORST = -1.0
"""What an action without room for the ball is worth. It is not run, and is no sample."""

MOST_TRIED = 20
"""Actions that are proposed for each sample of a budget, at most."""


def goal_of(bucket: str) -> str:
    """The prompt for a bucket, as in the paper."""
    return f"Get the green ball in the {bucket} bucket"


class Trial(BaseModel):
    """One search: its best value, how far from the bucket the green ball ended then (px), and what it cost."""

    bucket: str
    kind: Kind
    budget: int
    seed: int
    value: float
    distance: float
    samples: int

    @property
    def success(self) -> bool:
        """Whether the green ball ended in the bucket."""
        return self.distance < NEAR


@lru_cache(maxsize=1)
def _scene() -> SceneGraph:
    return buckets_scene()


@lru_cache(maxsize=1)
def _own() -> Blueprint:
    return Blueprint.of(_scene())


@lru_cache(maxsize=1)
def _space() -> Space:
    return open_space(VARY, _scene())


@dataclass(frozen=True)
class Sample:
    """One action of a search, in pixels, and what it was worth; negative where there was no room for the ball."""

    x: float
    y: float
    radius: float
    worth: float


def search(
    bucket: str,
    kind: Kind,
    reward: str,
    budget: int,
    seed: int,
    listen: Callable[[Sample], None] | None = None,
) -> Trial:
    """One search of so many samples, in whole batches; it ends where one is worth 1, for nothing is better, unless
    somebody listens to all of them."""
    scene = _scene()
    expression = read(reward, scene)
    space = _space()
    method = Annealing(space.start, budget, seed, space.counts, SCHEDULE)
    best, done, tried = (WORST, np.inf), 0, 0
    while done < budget and tried < MOST_TRIED * budget and (listen is not None or best[0] < 1.0):
        points = method.ask()
        worths = [_worth(bucket, kind, expression, space.values(point)) for point in points]
        tried, done = tried + len(points), done + sum(worth > WORST for worth, _ in worths)
        best = max(best, *worths, key=lambda one: one[0])
        method.tell([worth for worth, _ in worths])
        for point, (worth, _) in zip(points, worths, strict=True):
            if listen is not None:
                x, y, radius = space.values(point)
                listen(Sample(x, y, radius, worth))
    return Trial(bucket=bucket, kind=kind, budget=budget, seed=seed, value=best[0], distance=best[1], samples=done)


def _worth(bucket: str, kind: Kind, reward: Node, values: Values) -> tuple[float, float]:
    """What an action is worth, and how far the green ball ended from the bucket, in pixels."""
    scene = _scene()
    graph, _ = applied(_space().named(values), scene)
    blueprint = Blueprint.of(graph, _own())
    if overlap(graph, blueprint, {"red ball"}):
        return WORST, float("inf")
    trace = record(blueprint, STEPS, detail_for([reward]) if kind == "reward" else "none")
    away = distance(trace.position[-1, trace.index(GREEN)][[0, 2]] / METRES, bucket)
    return (float(away < NEAR) if kind == "binary" else judge(reward, trace).value), away


@dataclass(frozen=True)
class Point:
    """The share of searches of a kind and a budget that succeeded, over buckets and seeds, with its 95 % interval."""

    kind: Kind
    budget: int
    share: Share


def curves(
    rewards: dict[str, str], seeds: Sequence[int], budgets: Sequence[int], workers: int, folder: Path
) -> list[Trial]:
    """All searches, in so many processes; those whose results are in the folder already are not done again."""
    wanted = [
        (bucket, kind, rewards[bucket], budget, seed)
        for seed in seeds
        for budget in budgets
        for bucket in rewards
        for kind in get_args(Kind)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    missing = [task for task in wanted if not _path(folder, *task).exists()]
    pool = Pool(search, workers, 3600.0, 200)
    try:
        for done in pool.run(missing):
            if isinstance(done.value, Lost):
                raise RuntimeError(f"a search was lost: {done.value.reason}")
            write_text(_path(folder, *missing[done.index]), done.value.model_dump_json() + "\n")
    finally:
        pool.close()
    return [Trial.model_validate_json(_path(folder, *task).read_text(encoding="utf-8")) for task in wanted]


def samples_of(bucket: str, reward: str, budget: int, seed: int) -> list[Sample]:
    """All actions of a search."""
    found: list[Sample] = []
    search(bucket, "reward", reward, budget, seed, found.append)
    return found


def load_rewards() -> tuple[dict[str, str], str]:
    """The rewards that a model made of the three goals, and what to call that model and its prompt."""
    record = json.loads(REWARDS.read_text(encoding="utf-8"))
    return dict(record["rewards"]), f"{record['model']}, prompt {record['prompt']}"


def _path(folder: Path, bucket: str, kind: Kind, reward: str, budget: int, seed: int) -> Path:
    return folder / f"{bucket}-{kind}-{budget:04d}-{seed:03d}.json"


def points(trials: Sequence[Trial]) -> Iterator[Point]:
    """The curves' points, by kind and budget."""
    for kind in get_args(Kind):
        for budget in sorted({t.budget for t in trials}):
            own = [float(t.success) for t in trials if t.kind == kind and t.budget == budget]
            share = bootstrap(own, seed=0)
            assert share is not None
            yield Point(kind, budget, share)
