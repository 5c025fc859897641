"""One action on one puzzle, run in Box2D and judged by the reward of every goal; and a puzzle as a semantic grid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from addon.geometry.plane import Path as Placed
from addon.geometry.plane import counterclockwise
from addon.rewards import judge, read
from headless.optimise.planar import detail_for
from headless.planar import Blueprint, record

from ...benchmarks.puzzles.actions import PLACES, RADII, Action, draw
from ...benchmarks.puzzles.scene import GOAL_COLORS, SIZE, STEPS, Thing
from ...benchmarks.puzzles.task import Task
from .goals import ValueGoal

Numbers = tuple[float, float, float]
"""x, y and radius of an action, each from 0 to 1 between its limits; numbers of half precision."""

DRAWS = 100_000
"""Actions that are drawn for one with room, at most."""


def action_of(numbers: Sequence[float]) -> Action:
    """An action in pixels."""
    limits = (PLACES, PLACES, RADII)
    return Action(*(low + (high - low) * float(v) for v, (low, high) in zip(numbers, limits, strict=True)))


def drawn(task: Task, rng: Random) -> Numbers:
    """A random action for which the task has room. Raises ValueError where there is hardly any."""
    for _ in range(DRAWS):
        action = draw(rng)
        shares = zip((action.x, action.y, action.r), (PLACES, PLACES, RADII), strict=True)
        x, y, r = (float(np.float16((v - low) / (high - low))) for v, (low, high) in shares)
        if task.is_valid(action_of((x, y, r))):
            return x, y, r
    raise ValueError(f"task {task.id} has no room for a ball")


class Judge:
    """Judges actions on one task by the rewards of goals."""

    def __init__(self, task: Task, goals: Sequence[ValueGoal]) -> None:
        self.task, self._own = task, Blueprint.of(task.scene)
        scene = task.scene_with(action_of((0.5, 0.5, 0.5)))
        names = {
            GOAL_COLORS[role]: next(o.name for o in scene.objects if role in o.tags)
            for role in ("goal_object", "goal_target", "actor")
        }
        # As the clauses of one expression they share what is looked for in a run.
        self._rewards = read(f"AND({', '.join(_named(goal.reward, names) for goal in goals)})", scene)
        self._detail = detail_for([self._rewards])

    def __call__(self, numbers: Sequence[float]) -> tuple[list[float], bool]:
        """What an action is worth to each goal, and whether it solves the puzzle."""
        blueprint = Blueprint.of(self.task.scene_with(action_of(numbers)), self._own)
        trace = record(blueprint, STEPS, self._detail)
        solved = next(e.parameters["success"] for e in trace.events if e.uid == "TaskComplete")
        return [part.value for part in judge(self._rewards, trace).parts], bool(solved)


def _named(reward: str, names: dict[str, str]) -> str:
    """A reward with the names of a scene's objects in the place of colours."""
    for color, name in names.items():
        reward = reward.replace(json.dumps(color), json.dumps(name))
    return reward


def grid_of(task: Task, size: int) -> NDArray[np.uint8]:
    """A task's semantic grid ``[size, size]``: at the middle of each cell the channel of the body there, without walls.

    0 moving green, 1 resting blue, 2 moving blue, 3 other resting bodies, 4 other moving ones, 5 what the action places
    (nowhere yet), 6 nothing. Row 0 is the ground, column 0 the left.
    """
    middles = (np.arange(size) + 0.5) * SIZE / size
    x, y = np.meshgrid(middles, middles)
    grid = np.full((size, size), 6, dtype=np.uint8)
    for thing in task.things:
        grid[_covered(thing, x, y)] = _channel(thing)
    return grid


def _channel(thing: Thing) -> int:
    if thing.role == "goal_object":
        return 0
    return (2 if thing.dynamic else 1) if thing.role == "goal_target" else (4 if thing.dynamic else 3)


def _covered(thing: Thing, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points lie in a thing."""
    if thing.radius is not None:
        return np.asarray((x - thing.x) ** 2 + (y - thing.y) ** 2 <= thing.radius**2)
    inside = np.zeros(x.shape, dtype=np.bool_)
    place = Placed(np.array([[thing.x, thing.y]]), np.array([thing.angle]))
    for polygon in thing.polygons:
        corners = place.place(counterclockwise(np.array(polygon)))[0]
        edges = zip(corners, np.roll(corners, -1, axis=0), strict=True)
        sides = [(b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= 0 for a, b in edges]
        inside |= np.logical_and.reduce(sides)
    return inside
