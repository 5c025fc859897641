"""The runs that are asked about: puzzles and machines, each with what solves it or with a near miss (Section 4.1).

A near miss of a puzzle is its stored one, a solution moved by some pixels. A near miss of a machine has one rule
changed: a velocity that it gives points aside, or a way that it moves something is short.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict

from addon.coder import CodingRequest
from addon.coder.request import CoderError
from addon.coder.rule_coder import RuleCoder
from addon.jobs import RolloutOptions, rollout
from addon.scene_graph import SceneGraph
from addon.trace import Trace
from headless.planar import Blueprint, record

from ..physibench import MachineError
from ..physibench.generate import SEED as MACHINES_SEED
from ..physibench.generate import build, published_draws
from ..physibench.machine import STEPS as MACHINE_STEPS
from ..puzzles.actions import Action
from ..puzzles.files import load_tasks
from ..puzzles.folds import in_turn
from ..puzzles.scene import STEPS
from ..puzzles.task import Task
from .errors import DrawError
from .facts import Facts
from .model import World
from .slots import last_motion

Ending = Literal["solution", "near miss"]

KINDS: dict[World, str] = {"plane": "puzzles", "space": "machines"}

ASIDE = (25.0, 60.0)
"""Degrees by which a velocity of a machine's rules is turned to one side or the other."""

SHORT = (0.05, 0.4)
"""The share that is left of a way in a machine's rules."""

FIRST, SHORTEST = (0.2, 0.6), 2.0
"""How much of a run is shown where a question asks for the rest, and how many seconds it counts at least."""

_VELOCITY = re.compile(r"\((-?\d+(?:\.\d+)?), 0, 0\)")
_WAY = re.compile(r"(?<![\d.(])(\d+(?:\.\d+)?)(?= m(?:et(?:re|er)s?)?\b(?!/))")


class RunError(RuntimeError):
    """A run that cannot be made; the message says which and why."""


class Run(BaseModel):
    """Which run: of a puzzle (its task's id) or of a machine (its index in the published series), ended as ``ending``
    says. ``seed`` is that of everything that is drawn for it."""

    model_config = ConfigDict(frozen=True)

    world: World
    source: str
    ending: Ending
    seed: str

    @property
    def name(self) -> str:
        """A name for files and rows."""
        return f"{self.world}-{self.source.replace(':', '-')}-{self.ending.replace(' ', '-')}"


def draw_runs(count: int, seed: int, worlds: Sequence[World]) -> list[Run]:
    """So many runs, the worlds in turn; templates of puzzles come in turn, machines are drawn without repetition.

    Raises DrawError where a world has not so many.
    """
    each = -(-count // len(worlds))
    sources = {world: _sources(world, each, seed) for world in worlds}
    for world, found in sources.items():
        if each > len(found):
            raise DrawError(f"there are {len(found)} {KINDS[world]}, not {each}; ask about fewer runs (--count)")
    drawn = ((world, k) for k in range(count) for world in worlds)
    return [_run(world, sources[world][k], f"{seed}/{world}/{k}") for world, k in islice(drawn, count)]


def _sources(world: World, count: int, seed: int) -> list[str]:
    """What the runs of a world are of, at most so many puzzles, or all machines."""
    if world == "plane":
        return [task.id for task in in_turn(list(_tasks().values()), count, seed)]
    machines = range(len(published_draws()))
    return [str(k) for k in Random(f"machines/{seed}").sample(machines, len(machines))]


def _run(world: World, source: str, seed: str) -> Run:
    endings: tuple[Ending, ...] = ("solution", "near miss")
    return Run(world=world, source=source, ending=Random(f"{seed}/ending").choice(endings), seed=seed)


@cache
def _tasks() -> dict[str, Task]:
    return {task.id: task for task in load_tasks()}


def facts_of(run: Run) -> Facts:
    """What is measured of a run, which is simulated. Raises RunError where that cannot be done."""
    whole = _puzzle(run) if run.world == "plane" else _machine(run)
    rng = Random(f"{run.seed}/cut")
    busy = whole.fired[-1][0] if whole.fired else last_motion(whole)
    whole.cut = draw_cut(whole.frames, busy, whole.fps, rng)
    return whole


def draw_cut(frames: int, busy: int, fps: float, rng: Random) -> int:
    """The last frame of the first part of so many: 20 to 60 % into the time until frame ``busy``, up to which something
    goes on."""
    return min(round(rng.uniform(*FIRST) * max(busy, SHORTEST * fps)), frames - 2)


# Puzzles ------------------------------------------------------------------------------------------------------------


def puzzle(run: Run) -> tuple[Task, Action]:
    """The task of a puzzle's run, and where its red ball is put. Raises RunError where there is none."""
    task = _tasks().get(run.source)
    action = None if task is None else task.solution if run.ending == "solution" else task.near_miss
    if task is None or action is None:
        raise RunError(f"there is no puzzle {run.source} with a {run.ending}")
    return task, action


def _puzzle(run: Run) -> Facts:
    task, action = puzzle(run)
    return Facts(record(Blueprint.of(task.scene_with(action)), STEPS, "all"), 0)


# Machines -----------------------------------------------------------------------------------------------------------


def _machine(run: Run) -> Facts:
    index = int(run.source)
    try:
        machine = build(MACHINES_SEED, index, published_draws()[index])
    except (MachineError, KeyError):
        raise RunError(f"there is no machine {index}") from None
    meant = machine.graph
    graph = meant if run.ending == "solution" else missed(meant, Random(f"{run.seed}/miss"))
    again: dict[str, Trace | None] = {}

    def without(name: str) -> Trace | None:
        if name not in again:
            again[name] = run_graph(removed(graph, name))
        return again[name]

    def as_meant() -> Trace | None:
        if run.ending == "solution":
            return None
        if "" not in again:
            again[""] = run_graph(meant)
        return again[""]

    return Facts(run_graph(graph), 0, without, as_meant)


def run_graph(graph: SceneGraph) -> Trace:
    """A machine's run under its own rules, as words settle them. Raises RunError for rules that they do not settle."""
    from ...engines import engine_for

    request = CodingRequest(graph, "", rules=graph.rules, dt=1.0 / graph.world.fps)
    try:
        script = RuleCoder("template").write(request).script if graph.rules else None
    except CoderError as error:
        raise RunError(f"{graph.name}: {error}") from None
    engine = engine_for(graph)
    try:
        done = rollout(engine, script, RolloutOptions(steps=MACHINE_STEPS, title=graph.name))
    finally:
        engine.close()
    if done.problem is not None:
        raise RunError(f"{graph.name}: {done.problem.text()}")
    return done.trace


def removed(graph: SceneGraph, name: str) -> SceneGraph:
    """A scene without an object that nothing else names."""
    return graph.model_copy(update={"objects": tuple(o for o in graph.objects if o.name != name)})


def missed(graph: SceneGraph, rng: Random) -> SceneGraph:
    """A scene with one velocity or way of its rules changed; as it is, if no rule has one."""
    places = [
        (number, found)
        for number, rule in enumerate(graph.rules)
        for form in (_VELOCITY, _WAY)
        for found in form.finditer(rule)
    ]
    if not places:
        return graph
    number, found = rng.choice(places)
    value = _aside(float(found[1]), rng) if found.re is _VELOCITY else f"{float(found[1]) * rng.uniform(*SHORT):.2g}"
    rule = graph.rules[number]
    changed = rule[: found.start()] + value + rule[found.end() :]
    return graph.model_copy(update={"rules": (*graph.rules[:number], changed, *graph.rules[number + 1 :])})


def _aside(speed: float, rng: Random) -> str:
    """A velocity of this speed along x, turned about z."""
    angle = math.radians(rng.choice((-1, 1)) * rng.uniform(*ASIDE))
    return f"({speed * math.cos(angle):.2f}, {speed * math.sin(angle):.2f}, 0)"
