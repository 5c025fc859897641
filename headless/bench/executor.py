"""Cost of the script executor: of its guards against plain ``exec``, of the way to its process and back, of a start."""

from __future__ import annotations

import json
import time
from array import array
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from statistics import median
from typing import Any

import numpy as np

from addon.executor import Budgets, ScriptSession
from addon.executor.job import columns, start_message
from addon.executor.session import scene_description
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, StepState

BODIES = (1, 20, 100)
STARTS = 10

SCRIPT = """
import bpy
for obj in bpy.data.objects:
    speed = obj.velocity.length
    if obj.location.z + 0.5 * speed * dt < 1 and not obj.get("low"):
        obj["low"] = True
        state["count"] = state.get("count", 0) + 1
"""
"""Reads poses and velocities of all bodies, as a rule over the whole scene does."""

LOOP = """
total = 0
for i in range(1000):
    total += i * 2
"""

READS_ALL = "ball = 'location rotation scale velocity angular_velocity touching'\n"
"""Does nothing, but its words have the host send the whole state."""


@dataclass(frozen=True)
class ExecutorBench:
    """Medians. ``guarded_ratio`` is by number of bodies, the worker's step against plain ``exec`` in one process."""

    steps: int
    guarded_ratio: dict[int, float]
    loop_ratio: float
    round_trip_ms: dict[int, float]
    start_s: float

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(steps: int = 1000) -> ExecutorBench:
    """Measure everything one after the other, ``steps`` times each."""
    return ExecutorBench(
        steps=steps,
        guarded_ratio={count: _guarded_ratio(SCRIPT, count, steps) for count in BODIES},
        loop_ratio=_guarded_ratio(LOOP, 1, steps),
        round_trip_ms={count: 1e3 * _round_trip(count, steps) for count in BODIES},
        start_s=_start(),
    )


def _scene(count: int) -> SceneGraph:
    ball = Primitive(kind="sphere", dimensions=(1, 1, 1))
    body = RigidBody(shape="SPHERE")
    return SceneGraph(objects=tuple(SceneObject(name=f"Ball{i}", geometry=ball, body=body) for i in range(count)))


def _state(count: int) -> StepState:
    rng = np.random.default_rng(1)
    position, velocity, spin = rng.uniform(1, 9, (3, count, 3))
    turn = np.tile([1.0, 0.0, 0.0, 0.0], (count, 1))
    return StepState(1, position, turn, np.ones((count, 3)), velocity, spin)


def _round_trip(count: int, steps: int) -> float:
    state, seconds = _state(count), []
    with ScriptSession(READS_ALL, _scene(count)) as session:
        for _ in range(steps):
            start = time.perf_counter()
            session.step(state)
            seconds.append(time.perf_counter() - start)
    return median(seconds)


def _start() -> float:
    seconds = []
    for _ in range(STARTS):
        start = time.perf_counter()
        ScriptSession(SCRIPT, _scene(20)).close()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def _guarded_ratio(source: str, count: int, steps: int) -> float:
    """Seconds of a step in the worker's own code over those of plain ``exec``, turn by turn in this process."""
    guarded, plain = (_loaded(source, count) for _ in range(2))
    code = compile(source, "<script>", "exec")
    rows: list[tuple[float, float]] = []
    for frame in range(1, steps + 1):
        for script in (guarded, plain):
            script.world.new_step(frame, _numbers(source, count), ())
            script.guards.start_step()
        rows.append((_timed(guarded.run), _timed(lambda: exec(code, plain.names))))
    return median([a for a, _ in rows]) / median([b for _, b in rows])


def _loaded(source: str, count: int) -> Any:
    """The worker's script, here and not in its own process."""
    script = import_module("addon.executor.worker.script").Script(_job(source, count))
    script.load(source)
    return script


def _job(source: str, count: int) -> Any:
    scene = scene_description(_scene(count), columns(source))
    return json.loads(start_message(scene, dt=1 / 24, seed=0, budgets=Budgets()))


@cache
def _numbers(source: str, count: int) -> array[float]:
    state = _state(count)
    arrays = {"location": state.position, "velocity": state.velocity}
    wanted = [arrays[name] for name in columns(source)]
    return array("d", np.concatenate(wanted, axis=1).ravel() if wanted else ())


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
