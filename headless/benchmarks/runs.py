"""Runs of puzzles and machines as traces, for what is measured over both."""

from __future__ import annotations

from random import Random

from addon.jobs.rollout import RolloutOptions, rollout
from addon.trace import Trace

from ..engines import engine_for
from ..planar import Blueprint, record
from .physibench.machine import Machine
from .puzzles.actions import Action, draw
from .puzzles.scene import STEPS
from .puzzles.task import Task


def puzzle_run(task: Task, action: Action) -> Trace:
    """A puzzle with a ball in it."""
    trace = record(Blueprint.of(task.scene_with(action)), STEPS, "all")
    trace.meta.title = f"puzzle {task.id}"
    return trace


def drawn(task: Task, rng: Random) -> Action:
    """A random action for which a task has room."""
    while not task.is_valid(action := draw(rng)):
        pass
    return action


def machine_run(machine: Machine) -> Trace:
    """A machine under its own script."""
    engine = engine_for(machine.graph)
    try:
        options = RolloutOptions(machine.steps, machine.seed, title=machine.name)
        return rollout(engine, machine.oracle or None, options).trace
    finally:
        engine.close()
