"""Cost of a recorded, scripted rollout against the bare ``frame_set`` loop on the same scene."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from unittest.mock import patch

from addon.coder import CodingRequest
from addon.coder.rule_coder import RuleCoder
from addon.engine.bare import bare_loop
from addon.engine.blender import BlenderEngine, blender_build
from addon.geometry.contacts import ContactDetector
from addon.jobs import Rollout, RolloutOptions, rollout
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.trace import collision_events

FEWEST = 5
"""Objects that `RULES` and `SCRIPT` speak of, beside the lamp."""

RULES = (
    "When Body000 touches Floor, raise Lift by 0.5 m in 0.5 s.",
    "When Body001 touches Floor and Body002 touches Floor, turn on Lamp.",
    "After 3 s, lower Lift by 0.5 m in 0.5 s.",
    "When Body000 drops below 0.1 m, turn off Lamp.",
)
"""What a script of readings is made from: contacts, a height, a time; a lamp and a driven body."""

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
"""Free code that does as much, is called in every step and writes in each."""

PUSH = """
for number in range({forced}):
    objects[f"Body{{number:03d}}"].apply_force((0.5, 0, 0.2))
"""
"""The same with forces on the first bodies, in every step."""


Result = TypeVar("Result")


@dataclass(frozen=True)
class StepBench:
    """Median costs of one run as multiples of the bare loop (``frame_set`` alone, 1.0).

    Of a run by readings and of one by a free script: without contacts and events (``_alone``), and whole, as users have
    them. ``forced_ratio`` is the free run with forces on ``forced`` bodies as a multiple of it without any; None where
    nothing was forced. ``calls`` are the steps in which the script of readings was called.
    """

    bodies: int
    steps: int
    rounds: int
    engine: str
    bare_steps_per_second: float
    read_alone_ratio: float
    read_ratio: float
    free_alone_ratio: float
    free_ratio: float
    calls: int
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
    lamp = SceneObject(name="Lamp", properties={"landed": 0, "on": False})
    return SceneGraph(name="bench", world=World(fps=60.0), objects=(*objects, lamp))


def body(
    name: str, kind: str, size: tuple[float, float, float], at: tuple[float, float, float], settings: RigidBody
) -> SceneObject:
    """An object of a primitive shape with a rigid body; size in m."""
    geometry = Primitive.model_validate({"kind": kind, "dimensions": size, "segments": 16})
    return SceneObject(name=name, geometry=geometry, location=at, body=settings)


def run(bodies: int = 20, steps: int = 1000, rounds: int = 5, forced: int = 0) -> StepBench:
    """Measure in ``rounds`` interleaved rounds and give the medians of the ratios, after one round to warm up.

    Raises ValueError for fewer bodies than the rules speak of, or if fewer fall than are to be forced.
    """
    if bodies < FEWEST:
        raise ValueError(f"the rules speak of {FEWEST} objects; {bodies} are too few")
    if forced > bodies - 2:
        raise ValueError(f"{bodies} objects are {bodies - 2} bodies that fall; {forced} of them cannot be forced")
    graph = scene(bodies)
    read = readings(graph)
    ratios_of_forced: list[float] = []
    rows: list[tuple[float, ...]] = []
    calls = 0
    for number in range(rounds + 1):
        bare, _ = timed(lambda engine: bare_loop(steps), graph)
        row = [bare]
        for script in (read, SCRIPT):
            calls = 0 if script is read else calls
            contacts, whole, done = timed_rollout(graph, steps, script)
            calls = calls or done.calls
            row += [(whole - contacts) / bare, whole / bare]
        if number:
            rows.append(tuple(row))
        if forced:
            pushed = played(SCRIPT + PUSH.format(forced=forced), graph, steps)
            plain = played(SCRIPT, graph, steps)
            if number:
                ratios_of_forced.append(pushed / plain)
    bare, *ratios = (statistics.median(column) for column in zip(*rows, strict=True))
    read_alone, whole_read, free_alone, whole_free = ratios
    return StepBench(
        bodies=bodies,
        steps=steps,
        rounds=rounds,
        engine=blender_build(),
        bare_steps_per_second=steps / bare,
        read_alone_ratio=read_alone,
        read_ratio=whole_read,
        free_alone_ratio=free_alone,
        free_ratio=whole_free,
        calls=calls,
        forced=forced,
        forced_ratio=statistics.median(ratios_of_forced) if forced else None,
    )


def readings(graph: SceneGraph) -> str:
    """The script that words make of `RULES`."""
    return RuleCoder("template").write(CodingRequest(graph=graph, scene_text="", rules=RULES)).script


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


def timed_rollout(graph: SceneGraph, steps: int, script: str = SCRIPT) -> tuple[float, float, Rollout]:
    """Seconds for contacts and events within a rollout, and for the whole of it; and the rollout."""
    inside = Stopwatch()
    module = sys.modules[rollout.__module__]
    detect = inside.around(ContactDetector.update_all)
    with (
        patch.object(ContactDetector, "update_all", lambda self, *args: detect(self, *args)),
        patch.object(module, "collision_events", inside.around(collision_events)),
    ):
        whole, run = timed(lambda engine: rollout(engine, script, RolloutOptions(steps=steps)), graph)
    return inside.seconds, whole, run


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
