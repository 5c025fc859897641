"""The same pile in other physics engines: steps a second of each, of Blender's bare loop and of a recorded rollout."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from addon.engine.bare import bare_loop
from addon.engine.blender import blender_build
from addon.jobs import RolloutOptions, rollout
from addon.scene_graph import SceneGraph, is_free

from .reference import Loaded, NotInstalledError, in_mujoco, pybullet
from .step import SCRIPT, scene, timed

Timed = tuple[float, float | None]
"""Seconds of a loop, and the mean height in m of the bodies that move at its end, if it is known."""


@dataclass(frozen=True)
class Speed:
    """Median steps a second; ``height`` is the mean z in m of the bodies that move at the end, by which to see that it
    is the same pile. The bare loop does not tell it; its pile is that of the rollout."""

    name: str
    steps_per_second: float
    height: float | None


@dataclass(frozen=True)
class CompareBench:
    """Speeds by the clock, in turn in one process; ``missing`` says which engines are not there and how to get them."""

    bodies: int
    steps: int
    substeps: int
    rounds: int
    engine: str
    speeds: tuple[Speed, ...]
    missing: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(bodies: int = 20, steps: int = 1000, rounds: int = 5) -> CompareBench:
    """Measure in ``rounds`` interleaved rounds, after one to warm up."""
    graph = scene(bodies)
    loops: dict[str, Callable[[], Timed]] = {
        "Blender, bare loop": lambda: (timed(lambda engine: bare_loop(steps), graph)[0], None),
        "Blender, recorded rollout": lambda: _recorded(graph, steps),
    }
    missing = []
    for load in (pybullet, in_mujoco):
        try:
            loaded = load(graph)
        except NotInstalledError as error:
            missing.append(str(error))
            continue
        loaded.close()
        loops[loaded.version] = lambda load=load: _in(load(graph), steps)  # type: ignore[misc]
    rows = [{name: loop() for name, loop in loops.items()} for _ in range(rounds + 1)][1:]
    return CompareBench(
        bodies=bodies,
        steps=steps,
        substeps=graph.world.substeps,
        rounds=rounds,
        engine=blender_build(),
        speeds=tuple(
            Speed(name, steps / statistics.median(row[name][0] for row in rows), rows[-1][name][1]) for name in loops
        ),
        missing=tuple(missing),
    )


def _in(loaded: Loaded, steps: int) -> Timed:
    begun = time.perf_counter()
    for _ in range(steps):
        loaded.step()
    seconds = time.perf_counter() - begun
    height = loaded.height()
    loaded.close()
    return seconds, height


def _recorded(graph: SceneGraph, steps: int) -> Timed:
    seconds, run = timed(lambda engine: rollout(engine, SCRIPT, RolloutOptions(steps=steps)), graph)
    free = [run.trace.index(obj.name) for obj in graph.objects if is_free(obj)]
    return seconds, float(run.trace.position[-1, free, 2].mean())
