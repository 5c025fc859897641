"""The traces that a search looks at: recorded runs of a folder, or runs made from a seed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from addon.trace import Trace, load_trace

from .errors import DiscoveryError

if TYPE_CHECKING:
    from ..benchmarks.puzzles.actions import Action
    from ..benchmarks.puzzles.task import Task

FEWEST, MOST = 4, 1000
"""Traces of a set; fewer have too few pairs for a correlation."""

FORMS = "a folder with traces, puzzles:N, machines:N, or some of these with commas between them"
EACH = 5
"""Runs of one puzzle: what a detector tells of runs shows best where one scene goes different ways."""

MADE = re.compile(r"(puzzles|machines):(\d{1,4})")


@dataclass(frozen=True)
class NamedTrace:
    """A trace and what it is called."""

    name: str
    trace: Trace


def read_traces(text: str, seed: int) -> list[NamedTrace]:
    """The traces of `FORMS`; ``seed`` draws those that are made.

    Raises DiscoveryError for another form, too few or too many traces and names that occur twice, and TraceError for a
    trace that cannot be read.
    """
    found = [named for part in text.split(",") for named in _part(part.strip(), seed)]
    if not FEWEST <= len(found) <= MOST:
        raise DiscoveryError(f"there are {len(found)} traces in {text}; give {FEWEST} to {MOST}")
    names = [named.name for named in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise DiscoveryError(f"two traces of {text} are called '{twice}'; give each once")
    return found


def _part(text: str, seed: int) -> Sequence[NamedTrace]:
    if made := MADE.fullmatch(text):
        count = int(made[2])
        if not 1 <= count <= MOST:
            raise DiscoveryError(f"{text}: the number must be between 1 and {MOST}")
        return puzzle_runs(count, seed) if made[1] == "puzzles" else machine_runs(count, seed)
    folder = Path(text)
    if not text or not folder.is_dir():
        raise DiscoveryError(f"'{text}' holds no traces; give {FORMS}")
    return [
        NamedTrace(path.parent.relative_to(folder.parent).as_posix(), load_trace(path.parent))
        for path in sorted(folder.rglob("trace.json"))
    ]


def puzzle_runs(count: int, seed: int) -> list[NamedTrace]:
    """Runs of one-ball puzzles, `EACH` of a puzzle: its stored solution, its near miss and random actions.

    The puzzles are of all templates in turn.
    """
    try:
        from headless.planar import Blueprint, record
    except ImportError:
        raise DiscoveryError("puzzles run in Box2D, which is not installed: pip install Box2D==2.3.10") from None
    from ..benchmarks.puzzles.scene import STEPS

    draws = Random(f"puzzles {seed}")
    found = [
        NamedTrace(
            f"puzzle_{task.id.replace(':', '_')}_{word}", record(Blueprint.of(task.scene_with(action)), STEPS, "all")
        )
        for task in _drawn_tasks(-(-count // EACH), draws)
        for word, action in _drawn_actions(task, draws)
    ]
    return found[:count]


def _drawn_tasks(count: int, draws: Random) -> list[Task]:
    """A random puzzle of each template, in random order, and so on until there are enough."""
    from ..benchmarks.puzzles.files import load_tasks

    by_template: dict[str, list[Task]] = {}
    for task in load_tasks():
        by_template.setdefault(task.template, []).append(task)
    decks = [draws.sample(tasks, len(tasks)) for tasks in by_template.values()]
    found: list[Task] = []
    while len(found) < count and any(decks):
        found += [deck.pop() for deck in draws.sample(decks, len(decks)) if deck]
    return found[:count]


def _drawn_actions(task: Task, draws: Random) -> list[tuple[str, Action]]:
    """`EACH` actions for which a puzzle has room, with their names."""
    from ..benchmarks.puzzles.actions import draw

    known = (("solution", task.solution), ("near_miss", task.near_miss))
    found = [(word, action) for word, action in known if action is not None]
    while len(found) < EACH:
        action = draw(draws)
        if task.is_valid(action):
            found.append((f"random_{len(found) + 1}", action))
    return found


def machine_runs(count: int, seed: int) -> list[NamedTrace]:
    """Runs of published PhysiBench machines of the train split under their own scripts, in Blender."""
    from addon.jobs.rollout import RolloutOptions, rollout

    from ..benchmarks.physibench.generate import SEED, build, published_draws, split_of
    from ..engines import engine_for

    drawn = published_draws()
    known = [index for index in sorted(drawn) if split_of(SEED, index) == "train"]
    found: list[NamedTrace] = []
    for index in Random(f"machines {seed}").sample(known, min(count, len(known))):
        machine = build(SEED, index, drawn[index])
        run = rollout(engine_for(machine.graph), machine.oracle, RolloutOptions(machine.steps, machine.seed))
        if run.problem is not None:
            raise DiscoveryError(f"the script of {machine.name} failed: {run.problem}")
        found.append(NamedTrace(machine.name, run.trace))
    return found


def held_back(traces: Sequence[NamedTrace], share: float, seed: int) -> tuple[list[NamedTrace], list[NamedTrace]]:
    """The traces without a random share of them, and that share, each in their order.

    Raises DiscoveryError if either would be empty.
    """
    count = round(share * len(traces))
    if not 0 < count <= len(traces) - FEWEST:
        raise DiscoveryError(f"{count} of {len(traces)} traces cannot be held back; give more traces or another share")
    kept = set(Random(f"held back {seed}").sample(range(len(traces)), count))
    return (
        [named for i, named in enumerate(traces) if i not in kept],
        [named for i, named in enumerate(traces) if i in kept],
    )
