"""Scenes in space, in metres; their runs differ by how something is thrown or pushed at the start."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from addon.scene_graph import Constraint, Primitive, SceneGraph, SceneObject, World

from ..physibench.parts import Vector, ball, box, bucket, counter, floor, lamp, material, y_hinge
from .scenes import Numbers, Scene

FPS = 60.0
PLACE_AND_THROW = ((-0.35, 0.35), (0.0, 6.0), (-0.8, 0.8))
"""Bounds of where something starts across its way in m, and of its speeds along and across it in m/s."""


def _graph(name: str, objects: Sequence[SceneObject], constraints: tuple[Constraint, ...] = ()) -> SceneGraph:
    return SceneGraph(name=name, world=World(fps=FPS), objects=tuple(objects), constraints=constraints)


def _thrown(obj: SceneObject, *velocity: float) -> SceneObject:
    return obj.model_copy(update={"velocity": velocity})


def _bouncy(objects: Sequence[SceneObject], name: str, restitution: float) -> list[SceneObject]:
    """The objects, one of them with another restitution; Blender multiplies those of the two that meet."""
    found = []
    for obj in objects:
        if obj.name == name and obj.body is not None:
            obj = obj.model_copy(update={"rigid_body": obj.body.model_copy(update={"restitution": restitution})})
        found.append(obj)
    return found


def _zone(name: str, size: Vector, location: Vector, color: str) -> SceneObject:
    """A region without a body, which others pass through."""
    return SceneObject(
        name=name,
        location=location,
        geometry=Primitive(kind="cube", dimensions=size),
        material=material(color),
        semantic_class="zone",
    )


def _lane(numbers: Numbers) -> SceneGraph:
    y, along, across = numbers
    return _graph(
        "lane",
        [
            *floor(-3.0, 4.0, 3.0),
            _thrown(ball("Red Ball", 0.2, (-2.0, y, 0.2), "red", restitution=0.4), along, across, 0.0),
            ball("Green Ball", 0.2, (0.0, 0.0, 0.2), "green", restitution=0.4),
            box("Blue Box", (0.4, 0.4, 0.4), (1.6, 0.0, 0.2), "blue", type="ACTIVE", mass=0.4, friction=0.3),
            box("Post", (0.2, 0.2, 0.8), (0.8, 0.5, 0.4), "white"),
        ],
    )


def _toss(numbers: Numbers) -> SceneGraph:
    along, across, up = numbers
    thrown = ball("Ball", 0.12, (0.0, 0.0, 1.02), "red", restitution=0.8, angular_damping=0.4)
    return _graph(
        "toss",
        [
            *_bouncy(floor(-1.0, 6.0, 3.0), "Floor", 0.9),
            box("Stand", (0.4, 0.4, 0.9), (0.0, 0.0, 0.45), "white"),
            _thrown(thrown, along, across, up),
            box("Fence", (0.1, 1.6, 1.0), (1.6, 0.0, 0.5), "orange"),
            *bucket("Bucket", (3.0, 0.0), 0.6, 0.4, "blue"),
            box("Crate", (0.4, 0.4, 0.4), (4.2, 0.0, 0.2), "brown", type="ACTIVE", mass=0.5),
        ],
    )


def _domino(name: str, x: float, color: str) -> SceneObject:
    return box(name, (0.1, 0.3, 0.6), (x, 0.0, 0.3), color, kind="domino", type="ACTIVE", mass=0.4)


def _row(numbers: Numbers) -> SceneGraph:
    y, along, across = numbers
    return _graph(
        "row",
        [
            *floor(-2.0, 3.0, 3.0),
            _thrown(ball("Ball", 0.15, (-1.2, y, 0.15), "red", mass=1.0), along, across, 0.0),
            _domino("Domino 1", 0.0, "yellow"),
            _domino("Domino 2", 0.35, "orange"),
            _domino("Domino 3", 0.92, "pink"),
            box("Plate", (0.5, 0.8, 0.06), (1.5, 0.0, 0.03), "purple"),
            lamp("Lamp", (1.5, 1.2, 0.8)),
        ],
    )


LIGHT = """import bpy

if bpy.data.objects["Domino 3"].touching("Plate"):
    bpy.data.objects["Lamp"]["on"] = True
"""


def _gates(numbers: Numbers) -> SceneGraph:
    y, along, across = numbers
    return _graph(
        "gates",
        [
            *floor(-2.5, 3.0, 3.0),
            _thrown(ball("Ball", 0.15, (-2.0, y, 0.15), "red", restitution=0.95), along, across, 0.0),
            _zone("Gate A", (0.3, 1.0, 0.6), (-0.6, 0.0, 0.3), "green"),
            _zone("Gate B", (0.3, 1.0, 0.6), (1.2, 0.3, 0.3), "cyan"),
            box("Bumper", (0.2, 1.2, 0.5), (2.2, 0.3, 0.25), "white", restitution=1.0),
            lamp("Lamp", (-0.6, 1.2, 0.9)),
            lamp("Alarm", (1.2, 1.2, 0.9), "red"),
            counter("Counter", (0.3, 1.1, 0.4)),
        ],
    )


WATCH = """import bpy

objects = bpy.data.objects
ball = objects["Ball"]
now = ball.touching("Gate A")
if now:
    objects["Lamp"]["on"] = True
if now and not state.get("inside", False):
    objects["Counter"]["count"] = objects["Counter"]["count"] + 1
if ball.touching("Gate B"):
    objects["Lamp"]["on"] = False
if ball.touching("Wall Back") or ball.touching("Wall Front"):
    objects["Alarm"]["on"] = True
state["inside"] = now
"""


def _tower(numbers: Numbers) -> SceneGraph:
    y, along, up = numbers
    block: dict[str, Any] = {"type": "ACTIVE", "mass": 0.5, "friction": 0.6}
    return _graph(
        "tower",
        [
            *floor(-2.5, 3.5, 3.0),
            _thrown(ball("Cannonball", 0.15, (-2.0, y, 0.5), "black", mass=3.0), along, 0.0, up),
            box("Low Block", (0.5, 0.5, 0.3), (0.0, 0.0, 0.15), "yellow", **block),
            box("Middle Block", (0.4, 0.4, 0.3), (0.0, 0.0, 0.45), "green", **block),
            box("Top Block", (0.3, 0.3, 0.3), (0.0, 0.0, 0.75), "blue", **block),
            box("Screen", (0.1, 2.0, 1.2), (2.6, 0.0, 0.6), "white"),
        ],
    )


ARM, PIVOT = 1.2, 1.6


def _swing(numbers: Numbers) -> SceneGraph:
    degrees, far, friction = numbers
    tilt = math.radians(degrees)
    place = (-ARM * math.sin(tilt), 0.0, PIVOT - ARM * math.cos(tilt))
    return _graph(
        "swing",
        [
            *floor(-2.5, 3.5, 3.0),
            box("Beam", (0.2, 1.6, 0.2), (0.0, 0.0, PIVOT + 0.1), "white"),
            ball("Bob", 0.2, place, "purple", mass=2.0),
            box("Green Block", (0.3, 0.3, 0.6), (far, 0.0, 0.3), "green", type="ACTIVE", mass=0.5, friction=friction),
            ball("Blue Ball", 0.2, (1.9, 0.0, 0.2), "blue", mass=0.5, linear_damping=0.2),
        ],
        (y_hinge("Pivot", "Bob", "Beam", (0.0, 0.0, PIVOT)),),
    )


def _scene(
    build: Callable[[Numbers], SceneGraph],
    bounds: tuple[tuple[float, float], ...],
    steps: int,
    script: str | None = None,
) -> Scene:
    return Scene(build.__name__.strip("_"), build, bounds, steps, script)


LANE = _scene(_lane, ((-1.1, 0.4), (0.0, 6.0), (-0.8, 1.2)), 180)
"""A red ball is pushed towards a green one, with a blue box behind; numbers: y, speeds along and across."""

TOSS = _scene(_toss, ((0.5, 5.0), (-0.6, 0.6), (0.0, 5.0)), 180)
"""A ball is thrown from a stand towards a fence, a bucket and a crate; numbers: speeds along, across and up."""

ROW = _scene(_row, PLACE_AND_THROW, 180, LIGHT)
"""A ball is pushed towards three dominoes; a lamp goes on when the last touches a plate."""

GATES = _scene(_gates, ((-0.35, 0.35), (1.0, 9.0), (-0.5, 0.5)), 180, WATCH)
"""A ball is pushed through two gates to a bumper; lamps and a counter tell where it was."""

TOWER = _scene(_tower, ((-0.5, 0.5), (0.5, 7.0), (0.0, 5.0)), 180)
"""A ball is shot at three blocks on each other; numbers: y, speeds along and up."""

SWING = _scene(_swing, ((5.0, 80.0), (0.25, 1.1), (0.1, 0.9)), 180)
"""A bob swings down to a block with a ball behind; numbers: its tilt in degrees, where the block is, its friction."""

SPACE_SCENES = (LANE, TOSS, ROW, GATES, TOWER, SWING)
