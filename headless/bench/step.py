"""Cost of a recorded, scripted rollout against the bare ``frame_set`` loop on the same scene."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from unittest.mock import patch

from addon.engine.bare import bare_loop
from addon.engine.blender import BlenderEngine, blender_build
from addon.geometry.contacts import ContactDetector
from addon.jobs import RolloutOptions, rollout
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.trace import Trace, collision_events

SCRIPT = """
import bpy
objects = bpy.data.objects
ball, floor, lamp, lift = objects["Body000"], objects["Floor"], objects["Lamp"], objects["Lift"]
if ball.touching(floor) and not state.get("landed"):
    state["landed"] = True
    lamp["on"] = True
if objects["Body001"].touching("Floor") and objects["Body002"].touching("Floor"):
    lamp["settled"] = True
if ball.location.z < 0.1 or ball.velocity.length > 20:
    lamp["lost"] = True
lift.location.z = 0.5 + 0.25 * (frame % 100) / 100
"""
"""Rules as the benchmark's machines have them: conditions on contacts and poses, a lamp, a driven body."""

PUSH = """
for number in range({forced}):
    objects[f"Body{{number:03d}}"].apply_force((0.5, 0, 0.2))
"""
"""The same with forces on the first bodies, in every step."""


Result = TypeVar("Result")


@dataclass(frozen=True)
class StepBench:
    """Median costs of one run as multiples of the bare loop (``frame_set`` alone, 1.0).

    ``whole_ratio`` is the sum of the two others: the rollout as a user has it. ``forced_ratio`` is that rollout with
    forces on ``forced`` bodies as a multiple of it without any; None where nothing was forced.
    """

    bodies: int
    steps: int
    rounds: int
    engine: str
    bare_steps_per_second: float
    rollout_ratio: float
    contacts_and_events_ratio: float
    whole_ratio: float
    forced: int = 0
    forced_ratio: float | None = None

    def as_dict(self) -> dict[str, float | int | str | None]:
        """Plain data for ``--json``."""
        return asdict(self)


def scene(bodies: int) -> SceneGraph:
    """A pile of ``bodies`` objects in all: a floor, a driven lift, and boxes and spheres that fall on them."""
    objects = [
        body("Floor", "cube", (12, 12, 1), (0, 0, -0.5), RigidBody(type="PASSIVE", shape="BOX")),
        body("Lift", "cube", (1, 1, 0.2), (3, 3, 0.5), RigidBody(type="PASSIVE", shape="BOX", kinematic=True)),
    ]
    for i in range(bodies - 2):
        x, y, layer = i % 5, i // 5 % 5, i // 25
        ball = i % 3 == 0
        objects.append(
            body(
                f"Body{i:03d}",
                "sphere" if ball else "cube",
                (0.5, 0.5, 0.5),
                (0.7 * x - 1.4 + 0.05 * layer, 0.7 * y - 1.4, 1.0 + 0.9 * layer + 0.1 * (i % 4)),
                RigidBody(shape="SPHERE" if ball else "BOX", restitution=0.2),
            )
        )
    lamp = SceneObject(name="Lamp", properties={"landed": 0})
    return SceneGraph(name="bench", world=World(fps=60.0), objects=(*objects, lamp))


def body(
    name: str, kind: str, size: tuple[float, float, float], at: tuple[float, float, float], settings: RigidBody
) -> SceneObject:
    """An object of a primitive shape with a rigid body; size in m."""
    geometry = Primitive.model_validate({"kind": kind, "dimensions": size, "segments": 16})
    return SceneObject(name=name, geometry=geometry, location=at, body=settings)


def run(bodies: int = 20, steps: int = 1000, rounds: int = 5, forced: int = 0) -> StepBench:
    """Measure in ``rounds`` interleaved rounds and give the medians of the ratios, after one round to warm up.

    Raises ValueError if fewer bodies fall than are to be forced.
    """
    if forced > bodies - 2:
        raise ValueError(f"{bodies} objects are {bodies - 2} bodies that fall; {forced} of them cannot be forced")
    graph = scene(bodies)
    ratios_of_forced: list[float] = []
    rows: list[tuple[float, ...]] = []
    for number in range(rounds + 1):
        bare, _ = timed(lambda engine: bare_loop(steps), graph)
        contacts, whole, _ = timed_rollout(graph, steps)
        if number:
            rows.append((bare, (whole - contacts) / bare, contacts / bare, whole / bare))
        if forced:
            pushed = played(SCRIPT + PUSH.format(forced=forced), graph, steps)
            plain = played(SCRIPT, graph, steps)
            if number:
                ratios_of_forced.append(pushed / plain)
    bare, own, contact, both = (statistics.median(column) for column in zip(*rows, strict=True))
    forced_ratio = statistics.median(ratios_of_forced) if forced else None
    speed = steps / bare
    return StepBench(bodies, steps, rounds, blender_build(), speed, own, contact, both, forced, forced_ratio)


def timed(work: Callable[[BlenderEngine], Result], graph: SceneGraph) -> tuple[float, Result]:
    """Seconds of some work on the scene in its initial state, and its result."""
    engine = BlenderEngine.from_graph(graph)
    try:
        start = time.perf_counter()
        result = work(engine)
        return time.perf_counter() - start, result
    finally:
        engine.close()


def played(script: str, graph: SceneGraph, steps: int) -> float:
    """Seconds of a rollout."""
    return timed(lambda engine: rollout(engine, script, RolloutOptions(steps=steps)), graph)[0]


def timed_rollout(graph: SceneGraph, steps: int) -> tuple[float, float, Trace]:
    """Seconds for contacts and events within a rollout, and for the whole of it; and its trace."""
    inside = Stopwatch()
    module = sys.modules[rollout.__module__]
    detect = inside.around(ContactDetector.update_all)
    with (
        patch.object(ContactDetector, "update_all", lambda self, *args: detect(self, *args)),
        patch.object(module, "collision_events", inside.around(collision_events)),
    ):
        whole, run = timed(lambda engine: rollout(engine, SCRIPT, RolloutOptions(steps=steps)), graph)
    return inside.seconds, whole, run.trace


class Stopwatch:
    """Adds up the time spent in functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed."""

        def timed(*args: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*args)
            finally:
                self.seconds += time.perf_counter() - start

        return timed
