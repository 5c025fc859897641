"""Figure 12: what the actions that a network chose are worth, by its steps of training, run in Box2D."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from addon.scene_graph import write_text

from ...benchmarks.puzzles.task import Task
from ..errors import LearningError
from .goals import SUCCESS, load_goals
from .judged import Judge

LABELS = {"model": "rewards by a model", "hand": "rewards by hand", "rule": "the puzzle itself"}

CURVE, PICTURE = "curve.json", "curve.webp"


def write_curve(tasks: Sequence[Task], data: Path, chosen: Path, out: Path) -> dict[str, Any]:
    """What a training's choices (``chosen.json``) and the random actions of its rollouts are worth, as `CURVE` and as
    `PICTURE` in a folder. Raises LearningError for a file that is none of these, and for tasks that are not given."""
    try:
        told = json.loads(chosen.read_text(encoding="utf-8"))
        names, missing = told["goals"], set(told["tasks"]) - {task.id for task in tasks}
        if not [(point["step"], point["minutes"], point["actions"]) for point in told["points"]]:
            raise ValueError("it has no point")
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LearningError(f"{chosen} holds no choices of a training ({problem}); give its chosen.json") from None
    if missing:
        raise LearningError(f"{chosen} is of other tasks, such as {min(missing)}; give them with --scenes")
    found: dict[str, Any] = {"random": random_worth(data, names), "points": curve(tasks, told)}
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / CURVE, json.dumps(found, indent=1) + "\n")
    draw_curve(found["points"], found["random"], out / PICTURE)
    return found


def curve(tasks: Sequence[Task], chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """For each point of a training the mean worth of what was chosen over tasks and goals, by who wrote the reward, and
    the share that meets the goal; `chosen` is what ``chosen.json`` holds."""
    known = {task.id: task for task in tasks}
    names, points = chosen["goals"], chosen["points"]
    worth = np.zeros((len(points), len(chosen["tasks"]), len(names)))
    for number, name in enumerate(chosen["tasks"]):
        judged = _Once(known[name])
        for k, point in enumerate(points):
            for goal, action in enumerate(point["actions"][number]):
                worth[k, number, goal] = judged(action)[names[goal]]
    return [
        {"step": p["step"], "minutes": p["minutes"], **summed(w, names)} for p, w in zip(points, worth, strict=True)
    ]


class _Once:
    """Judges an action on a task once, however often it is chosen."""

    def __init__(self, task: Task) -> None:
        self._judge = Judge(task, load_goals())
        self._known: dict[tuple[float, ...], dict[str, float]] = {}

    def __call__(self, action: Sequence[float]) -> dict[str, float]:
        key = tuple(action)
        if key not in self._known:
            worths, solved = self._judge(key)
            names = [goal.name for goal in load_goals()]
            self._known[key] = {**dict(zip(names, worths, strict=True)), SUCCESS: float(solved)}
        return self._known[key]


def summed(worth: NDArray[np.float64], names: Sequence[str]) -> dict[str, Any]:
    """Means of worths ``[N, G]`` of chosen or random actions, over goals by who wrote the reward and for each goal."""
    by = {goal.name: goal.by for goal in load_goals()}
    told: dict[str, Any] = {}
    for who in LABELS:
        own = [k for k, name in enumerate(names) if by.get(name, "rule") == who]
        if own:
            told[who] = {"worth": _mean(worth[:, own]), "met": _mean(worth[:, own] >= 1)}
    told["each"] = {n: {"worth": _mean(w), "met": _mean(w >= 1)} for n, w in zip(names, worth.T, strict=True)}
    return told


def _mean(values: NDArray[Any]) -> float:
    return round(float(values.mean()), 4)


def random_worth(data: Path, names: Sequence[str]) -> dict[str, Any]:
    """The same for random actions on the tasks for validation, as they are in a file of rollouts."""
    try:
        with np.load(data) as stored:
            goals = [goal["name"] for goal in json.loads(str(stored["about"]))["goals"]]
            worth = np.column_stack([stored["dev/reward"].astype(float), stored["dev/success"]])
        return summed(worth[:, [[*goals, SUCCESS].index(name) for name in names]], names)
    except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as problem:
        raise LearningError(f"{data} holds no rollouts with these goals ({problem}); give those learnt from") from None


def draw_curve(points: Sequence[dict[str, Any]], chance: dict[str, Any], path: Path) -> None:
    """Mean worth by steps, with what random actions are worth as dashed lines."""
    figure = Figure(figsize=(6, 3.6), dpi=100, layout="constrained")
    axes = figure.add_subplot(xlabel="steps of training", ylabel="mean reward of the chosen action")
    axes.set_xscale("symlog", linthresh=50)
    for color, (who, label) in zip(("#1f5fd0", "#d62728", "#2ca02c"), LABELS.items(), strict=True):
        own = [point for point in points if who in point]
        axes.plot([p["step"] for p in own], [p[who]["worth"] for p in own], "o-", color=color, ms=3, label=label)
        if who in chance:
            axes.axhline(chance[who]["worth"], color=color, ls="--", lw=0.8)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(path)
