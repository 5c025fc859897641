"""Figure 12: what the actions that a network chose are worth, by its steps of training, run in Box2D.

    python -m headless.learning.value.curve --data rollouts.npz --chosen value/chosen.json --out value

The actions ranked for the puzzles are played too, if there are any, for AUCCESS.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ...benchmarks.puzzles.files import load_tasks
from ...benchmarks.puzzles.measures import auccess, solved_within
from ...benchmarks.puzzles.task import Task
from .goals import SUCCESS, load_goals
from .judged import Judge, action_of

LABELS = {"model": "rewards by a model", "hand": "rewards by hand"}


def curve(chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """For each point of a training the mean worth of what was chosen over tasks and goals, by who wrote the reward, and
    the share that meets the goal; `chosen` is what ``chosen.json`` holds."""
    tasks = {task.id: task for task in load_tasks()}
    names, points = chosen["goals"], chosen["points"]
    worth = np.zeros((len(points), len(chosen["tasks"]), len(names)))
    for number, name in enumerate(chosen["tasks"]):
        judged = _Once(tasks[name])
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
        own = [k for k, name in enumerate(names) if by.get(name) == who]
        if own:
            told[who] = {"worth": _mean(worth[:, own]), "met": _mean(worth[:, own] >= 1)}
    told["each"] = {n: {"worth": _mean(w), "met": _mean(w >= 1)} for n, w in zip(names, worth.T, strict=True)}
    return told


def _mean(values: NDArray[Any]) -> float:
    return round(float(values.mean()), 4)


def random_worth(data: Path) -> dict[str, Any]:
    """The same for random actions on the tasks for validation, as they are in a file of rollouts."""
    with np.load(data) as stored:
        names = [goal["name"] for goal in json.loads(str(stored["about"]))["goals"]]
        worth = np.column_stack([stored["dev/reward"].astype(float), stored["dev/success"]])
    return summed(worth, [*names, SUCCESS])


def played(ranked: dict[str, list[list[float]]]) -> dict[str, Any]:
    """How the ranked actions do on their tasks: the share solved and AUCCESS, of as many attempts as there are."""
    tasks = {task.id: task for task in load_tasks()}
    at = [_solved_at(tasks[name], actions) for name, actions in ranked.items()]
    attempts = max(map(len, ranked.values()))
    return {
        "tasks": len(at), "attempts": attempts, "solved": solved_within(at, attempts),
        "auccess": auccess(at, attempts), "solved_at": dict(zip(ranked, at, strict=True)),
    }  # fmt: skip


def _solved_at(task: Task, actions: Sequence[Sequence[float]]) -> int | None:
    return next((k for k, one in enumerate(actions, 1) if task.outcome(action_of(one)).solved), None)


def draw_curve(points: Sequence[dict[str, Any]], chance: dict[str, Any], path: Path) -> None:
    """Mean worth by steps, with what random actions are worth as dashed lines."""
    figure = Figure(figsize=(6, 3.6), dpi=100, layout="constrained")
    axes = figure.add_subplot(xlabel="steps of training", ylabel="mean reward of the chosen action")
    axes.set_xscale("symlog", linthresh=50)
    for color, (who, label) in zip(("#1f5fd0", "#d62728"), LABELS.items(), strict=True):
        own = [point for point in points if who in point]
        axes.plot([p["step"] for p in own], [p[who]["worth"] for p in own], "o-", color=color, ms=3, label=label)
        if who in chance:
            axes.axhline(chance[who]["worth"], color=color, ls="--", lw=0.8)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(path)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the rollouts (.npz)")
    parser.add_argument("--chosen", type=Path, required=True, help="chosen.json of a training")
    parser.add_argument("--ranked", type=Path, help="ranked.json of a training")
    parser.add_argument("--out", type=Path, required=True, help="folder for curve.json and curve.webp")
    args = parser.parse_args()
    chosen = json.loads(args.chosen.read_text(encoding="utf-8"))
    found: dict[str, Any] = {"random": random_worth(args.data), "points": curve(chosen)}
    if args.ranked:
        found["played"] = played(json.loads(args.ranked.read_text(encoding="utf-8")))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "curve.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    draw_curve(found["points"], found["random"], args.out / "curve.webp")
    print(json.dumps({k: v for k, v in found["points"][-1].items() if k != "each"}))
    print(json.dumps({k: v for k, v in found.get("played", {}).items() if k != "solved_at"}))


if __name__ == "__main__":
    main()
