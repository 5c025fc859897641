"""The scene with three buckets in which goals are reached by search (Discovering High Level Patterns, Section 5.2).

A green ball lies on the low end of a lever; the red ball, put where it falls on the high end, throws it into one of
three buckets on the ground. Hardly any place of the red ball does: of 3,000 random ones 0.8 % for the first bucket,
0.3 % for the second and 0.5 % for the third.
"""

from __future__ import annotations

import math

import numpy as np

from addon.scene_graph import FloatArray, SceneGraph

from .scene import Point, Thing, box, puzzle_scene, walls

BUCKETS = {"first": 130.0, "second": 176.0, "third": 222.0}
"""Where each bucket stands: its middle's x in pixels."""

INSIDE, SIDE, HIGH, BASE = 31.0, 4.0, 30.0, 4.0
"""A bucket's clear width, the thickness and height of its sides, and its base's thickness, in pixels."""

PIVOT, RAISED, ARM = 56.0, 26.0, 52.0
"""Where the lever's pivot stands, how high it is, and how long each arm of the lever, in pixels."""

TILT = -0.51
"""The lever's angle at the start, its right end down, in radians."""

GREEN_RADIUS = 6.0
NEAR = 10.0
"""How near to where it would lie in a bucket the green ball must be at the end, in pixels (Section 5.2)."""


def bucket(name: str, x: float) -> Thing:
    """A bucket that stands on the ground; its origin is the middle of its base."""
    half = (INSIDE + SIDE) / 2
    sides = tuple(_moved(box(SIDE, HIGH), (sign * half, HIGH / 2 - BASE / 2)) for sign in (-1, 1))
    base = box(INSIDE + 2 * SIDE, BASE)
    return Thing("jar", x, BASE / 2, polygons=(base, *sides), color="gray", name=f"{name} bucket")


def _moved(corners: tuple[Point, ...], by: Point) -> tuple[Point, ...]:
    return tuple((x + by[0], y + by[1]) for x, y in corners)


RED = Thing("ball", 128.0, 200.0, radius=12.0, dynamic=True, role="actor", name="red ball")
"""The red ball where it does nothing; where it is to be put is what is looked for."""


def buckets_scene() -> SceneGraph:
    """The scene, with the red ball as its last object."""
    pivot = Thing(
        "bar", PIVOT, 0.0, polygons=(((-12.0, 0.0), (12.0, 0.0), (1.5, RAISED), (-1.5, RAISED)),), name="pivot"
    )
    lip = _moved(box(4.0, 8.0), (ARM - 2.0, 2.0 + 4.0))
    lever = Thing(
        "bar", PIVOT, RAISED + 3.0, TILT, polygons=(box(2 * ARM, 4.0), lip), dynamic=True, color="gray", name="lever"
    )
    along, up = ARM - 4.0 - GREEN_RADIUS - 0.5, 2.0 + GREEN_RADIUS
    place = _turned((along, up), TILT)
    green = Thing(
        "ball",
        PIVOT + place[0],
        RAISED + 3.0 + place[1],
        radius=GREEN_RADIUS,
        dynamic=True,
        role="goal_object",
        name="green ball",
    )
    stands = [bucket(name, x) for name, x in BUCKETS.items()]
    return puzzle_scene("buckets", (*walls(), pivot, lever, green, *stands, RED))


def _turned(point: Point, angle: float) -> Point:
    c, s = math.cos(angle), math.sin(angle)
    return c * point[0] - s * point[1], s * point[0] + c * point[1]


def target(name: str) -> Point:
    """Where the green ball's centre lies in a bucket, in pixels."""
    return BUCKETS[name], BASE + GREEN_RADIUS


def distance(position: FloatArray, name: str) -> float:
    """How far a place in pixels ``[2]`` is from where the green ball lies in a bucket."""
    return float(np.linalg.norm(np.asarray(position) - target(name)))
