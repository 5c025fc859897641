"""How a rollout of the corpus is made again: a puzzle with a ball, a machine with its own script, or a small scene."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict

from addon.jobs import RolloutOptions, rollout
from addon.scene_graph import SceneGraph
from addon.trace import Trace

from ...planar import Blueprint, record
from ..goals.scenes import scenes
from ..physibench.chain import chain_of
from ..physibench.examples import example
from ..physibench.machine import Machine
from ..puzzles.actions import Action, draw
from ..puzzles.files import load_tasks
from ..puzzles.scene import STEPS
from ..puzzles.task import Task
from .scenes import OWN_SCENES

Numbers = tuple[float, ...]


class Recipe(BaseModel):
    """One rollout.

    ``of`` is the id of a puzzle, the name of a bundled machine, the kinds of stages of a machine that is drawn from
    ``seed``, or the name of a scene of the goals' benchmark or of `scenes`. A puzzle's ``action`` is its ``solution``,
    its ``near_miss``, or a random valid one drawn from ``seed``; ``numbers`` are those of a scene.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Literal["puzzle", "machine", "stages", "scene"]
    of: str
    action: Literal["solution", "near_miss", "random", ""] = ""
    seed: int = 0
    numbers: Numbers = ()

    @property
    def planar(self) -> bool:
        """Whether it is made without Blender."""
        return self.kind == "puzzle"

    def trace(self) -> Trace:
        """The run. Raises EngineError where the engine cannot do it, and ImportError without Blender."""
        if self.kind == "puzzle":
            task = tasks()[self.of]
            return record(Blueprint.of(task.scene_with(self._ball(task))), STEPS, "all")
        if self.kind == "scene":
            return {**scenes(), **OWN_SCENES}[self.of].run(self.numbers)
        machine = example(self.of) if self.kind == "machine" else self._drawn()
        return _on_blender(machine.graph, machine.oracle or None, machine.steps)

    def _drawn(self) -> Machine:
        scene, words = (Random(f"{self.of}/{self.seed}/{part}") for part in ("scene", "words"))
        return chain_of(scene, words, self.of.split())

    def _ball(self, task: Task) -> Action:
        known = {"solution": task.solution, "near_miss": task.near_miss}.get(self.action)
        if known is not None:
            return known
        rng = Random(f"{self.of}/{self.seed}")
        return next(a for a in iter(lambda: draw(rng), None) if task.is_valid(a))


@cache
def tasks() -> dict[str, Task]:
    """The published puzzles by id."""
    return {task.id: task for task in load_tasks()}


def _on_blender(graph: SceneGraph, script: str | None, steps: int) -> Trace:
    from addon.engine.blender import BlenderEngine

    engine = BlenderEngine.from_graph(graph)
    try:
        return rollout(engine, script, RolloutOptions(steps=steps)).trace
    finally:
        engine.close()
