"""All goals, and the runs that each is held against."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from addon.scene_graph import SceneGraph
from addon.trace import Trace

from .model import Goal, all_scenes
from .scenes import Numbers

RUNS_FILE = Path(__file__).with_name("runs.json")


@cache
def goals() -> tuple[Goal, ...]:
    """All goals, those of the paper first and those that cannot be said last."""
    from .appendix import APPENDIX
    from .plane_contacts import TOUCHES
    from .plane_motion import MOTION
    from .space_contacts import SPACE_TOUCHES
    from .space_motion import SPACE_MOTION
    from .unsayable import UNSAYABLE

    return (*APPENDIX, *TOUCHES, *MOTION, *SPACE_TOUCHES, *SPACE_MOTION, *UNSAYABLE)


def goal(name: str) -> Goal:
    """The goal with an id. Raises KeyError if there is none."""
    return {g.id: g for g in goals()}[name]


@cache
def _kept() -> Any:
    return json.loads(RUNS_FILE.read_text(encoding="utf-8"))


def runs(wish: Goal) -> tuple[Numbers, ...]:
    """The numbers of the runs that a goal is held against; none for one that cannot be said."""
    known = _kept()["scenes"].get(wish.scene, [])
    return tuple(tuple(known[i]) for i in _kept()["goals"].get(wish.id, []))


def graph(wish: Goal) -> SceneGraph:
    """The scene of a goal as it may be shown to who is to put the goal into words: at the start of one of its runs."""
    return all_scenes()[wish.scene].build(tuple(_kept()["scenes"][wish.scene][0]))


@cache
def trace(scene: str, numbers: Numbers) -> Trace:
    """The trace of a run, which is kept as long as the process lives."""
    return all_scenes()[scene].run(numbers)


def labels(wish: Goal) -> list[tuple[Numbers, bool]]:
    """The runs of a goal with their labels; those left out that readers do not agree on with this engine's build."""
    told = [(numbers, wish.labelled(trace(wish.scene, numbers))) for numbers in runs(wish)]
    return [(numbers, label) for numbers, label in told if label is not None]
