"""Cost of a recorded, scripted rollout against the bare ``frame_set`` loop on the same scene."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from addon.engine.bare import bare_loop
from addon.engine.blender import BlenderEngine
from addon.geometry.contacts import ContactDetector
from addon.geometry.evaluated import EvaluatedState
from addon.jobs import RolloutOptions, rollout
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, StepState, World
from addon.trace import Trace, collision_events

SCRIPT = """
import bpy
lamp = bpy.data.objects["Lamp"]
for obj in bpy.data.objects:
    if obj.name.startswith("Body") and obj.touching("Floor"):
        lamp["landed"] = lamp.get("landed", 0) + 1
lift = bpy.data.objects["Lift"]
lift.location.z = 0.5 + 0.25 * (frame % 100) / 100
"""


@dataclass(frozen=True)
class StepBench:
    """Median costs of one run as multiples of the bare loop (``frame_set`` alone, 1.0)."""

    bodies: int
    steps: int
    rounds: int
    engine: str
    bare_steps_per_second: float
    rollout_ratio: float
    contacts_and_events_ratio: float

    def as_dict(self) -> dict[str, float | int | str]:
        """Plain data for ``--json``."""
        return asdict(self)


def scene(bodies: int) -> SceneGraph:
    """A pile of ``bodies`` objects in all: a floor, a driven lift, and boxes and spheres that fall on them."""
    objects = [
        _body("Floor", "cube", (12, 12, 1), (0, 0, -0.5), RigidBody(type="PASSIVE", shape="BOX")),
        _body("Lift", "cube", (1, 1, 0.2), (3, 3, 0.5), RigidBody(type="PASSIVE", shape="BOX", kinematic=True)),
    ]
    for i in range(bodies - 2):
        x, y, layer = i % 5, i // 5 % 5, i // 25
        ball = i % 3 == 0
        objects.append(
            _body(
                f"Body{i:03d}",
                "sphere" if ball else "cube",
                (0.5, 0.5, 0.5),
                (0.7 * x - 1.4 + 0.05 * layer, 0.7 * y - 1.4, 1.0 + 0.9 * layer + 0.1 * (i % 4)),
                RigidBody(shape="SPHERE" if ball else "BOX", restitution=0.2),
            )
        )
    lamp = SceneObject(name="Lamp", properties={"landed": 0})
    return SceneGraph(name="bench", world=World(fps=60.0), objects=(*objects, lamp))


def _body(
    name: str, kind: str, size: tuple[float, float, float], at: tuple[float, float, float], body: RigidBody
) -> SceneObject:
    geometry = Primitive.model_validate({"kind": kind, "dimensions": size, "segments": 16})
    return SceneObject(name=name, geometry=geometry, location=at, body=body)


def run(bodies: int = 20, steps: int = 1000, rounds: int = 5) -> StepBench:
    """Measure in ``rounds`` interleaved rounds and give the medians of the ratios, after one round to warm up."""
    graph = scene(bodies)
    bare, ratios, contact_ratios = [], [], []
    for number in range(rounds + 1):
        loop = _timed(lambda engine: bare_loop(steps), graph)
        trace, whole = _rollout(graph, steps)
        contacts = _contacts(trace)
        if number:
            bare.append(loop)
            ratios.append(whole / loop)
            contact_ratios.append(contacts / loop)
    return StepBench(
        bodies=bodies,
        steps=steps,
        rounds=rounds,
        engine=trace.meta.engine,
        bare_steps_per_second=steps / statistics.median(bare),
        rollout_ratio=statistics.median(ratios),
        contacts_and_events_ratio=statistics.median(contact_ratios),
    )


def _timed(work: Callable[[BlenderEngine], None], graph: SceneGraph) -> float:
    engine = BlenderEngine.from_graph(graph)
    try:
        start = time.perf_counter()
        work(engine)
        return time.perf_counter() - start
    finally:
        engine.close()


def _rollout(graph: SceneGraph, steps: int) -> tuple[Trace, float]:
    traces: list[Trace] = []

    def work(engine: BlenderEngine) -> None:
        traces.append(rollout(engine, SCRIPT, RolloutOptions(steps=steps)).trace)

    seconds = _timed(work, graph)
    return traces[0], seconds


def _contacts(trace: Trace) -> float:
    """Seconds for contacts of all frames and the events from them."""
    scene = trace.meta.scene
    detector = ContactDetector(scene)
    bodies = np.array([name in trace.bodies for name in scene.names])
    columns = [trace.bodies.index(name) if name in trace.bodies else 0 for name in scene.names]
    still = np.zeros((len(columns), 3))
    states = [
        EvaluatedState.of(
            StepState(f + 1, trace.position[f, columns], trace.quaternion[f, columns], still + 1, still, still)
        )
        for f in range(len(trace.position))
    ]
    start = time.perf_counter()
    for state in states:
        detector.update(state, bodies)
    collision_events(trace)
    return time.perf_counter() - start
