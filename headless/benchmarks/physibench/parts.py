"""Building blocks of machines: boxes, balls, ramps, buckets, walls, lamps and the camera.

SI units, world frame, up is +z; a machine's action runs along x and is seen from -y. Angles are in degrees.
Sizes are full extents. Collision shapes are centred on their object's origin.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from addon.scene_graph import Camera, Constraint, Material, Primitive, RigidBody, SceneObject, world_bounds
from addon.scene_graph.text import COLORS

Vector = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]

BACKGROUND_COLORS = ("gray", "white", "black")
SENSOR_WIDTH, ASPECT, FRAMING = 36.0, 16 / 9, 0.88


class Palette:
    """Hands out colours, each once until all are used."""

    def __init__(self, rng: random.Random) -> None:
        self._names = rng.sample([name for name in COLORS if name not in BACKGROUND_COLORS], len(COLORS) - 3)
        self._next = 0

    def __call__(self) -> str:
        """The next colour's name."""
        self._next += 1
        return self._names[(self._next - 1) % len(self._names)]


def material(color: str) -> Material:
    """A material of a named colour."""
    return Material(name=color, color=(*COLORS[color], 1.0))


def turn(axis: str, degrees: float) -> Quaternion:
    """Quaternion (w, x, y, z) of a rotation about a world axis, right-handed."""
    half = math.radians(degrees) / 2
    w, s = math.cos(half), math.sin(half)
    return (w, s * (axis == "x"), s * (axis == "y"), s * (axis == "z"))


def y_hinge(name: str, hung: str, holder: str, location: Vector) -> Constraint:
    """A hinge at a place in m about +y: one body hangs from another, or turns on it."""
    # A hinge's axis is its local z.
    return Constraint(
        name=name, type="HINGE", object1=hung, object2=holder, location=location, rotation=turn("x", -90.0)
    )


def box(
    name: str,
    size: Vector,
    location: Vector,
    color: str,
    *,
    kind: str = "",
    rotation: Quaternion = (1.0, 0.0, 0.0, 0.0),
    velocity: Vector = (0.0, 0.0, 0.0),
    **body: Any,
) -> SceneObject:
    """A box with a rigid body, PASSIVE unless ``type="ACTIVE"`` is given among the body's settings."""
    return SceneObject(
        name=name,
        location=rounded(location),
        rotation=rotation,
        velocity=velocity,
        geometry=Primitive(kind="cube", dimensions=rounded(size)),
        body=RigidBody(**{"type": "PASSIVE", "shape": "BOX", **body}),
        material=material(color),
        semantic_class=kind,
    )


def ball(name: str, radius: float, location: Vector, color: str, **body: Any) -> SceneObject:
    """An ACTIVE sphere that rolls without losing much speed and hardly bounces."""
    settings = {"friction": 0.6, "restitution": 0.1, "linear_damping": 0.02, "angular_damping": 0.05, **body}
    return SceneObject(
        name=name,
        location=rounded(location),
        geometry=Primitive(kind="sphere", dimensions=(2 * radius,) * 3),
        body=RigidBody(type="ACTIVE", shape="SPHERE", **settings),
        material=material(color),
        semantic_class="ball",
    )


def mover(name: str, size: Vector, location: Vector, color: str, kind: str, **body: Any) -> SceneObject:
    """A box that only a script moves: a door, a piston, a flag."""
    return box(name, size, location, color, kind=kind, kinematic=True, **body)


def lamp(name: str, location: Vector, color: str = "white") -> SceneObject:
    """A signal without a body; its property ``on`` starts as False."""
    return SceneObject(
        name=name,
        location=rounded(location),
        geometry=Primitive(kind="sphere", dimensions=(0.4, 0.4, 0.4)),
        material=material(color),
        semantic_class="lamp",
        properties={"on": False},
    )


def counter(name: str, location: Vector, color: str = "white") -> SceneObject:
    """A box without a body; its property ``count`` starts at 0."""
    return SceneObject(
        name=name,
        location=rounded(location),
        geometry=Primitive(kind="cube", dimensions=(0.4, 0.4, 0.4)),
        material=material(color),
        semantic_class="counter",
        properties={"count": 0},
    )


def ramp(
    name: str, top: tuple[float, float], foot: tuple[float, float], color: str, *, y: float = 0.0, width: float = 1.4
) -> SceneObject:
    """A plank whose upper face runs from ``top`` down to ``foot``, both (x, z)."""
    thickness = 0.12
    dx, dz = foot[0] - top[0], foot[1] - top[1]
    length = math.hypot(dx, dz)
    down = (abs(dz) / length, abs(dx) / length)
    angle = math.degrees(math.atan2(-dz, dx)) if dx > 0 else -math.degrees(math.atan2(-dz, -dx))
    x = (top[0] + foot[0]) / 2 - math.copysign(down[0], dx) * thickness / 2
    z = (top[1] + foot[1]) / 2 - down[1] * thickness / 2
    return box(name, (length, width, thickness), (x, y, z), color, kind="ramp", rotation=turn("y", angle), friction=0.6)


def on_ramp(plank: SceneObject, share: float, radius: float, gap: float = 0.03) -> Vector:
    """Centre of a ball of this radius just above a ramp, at a share (0..1) of its length from the upper end."""
    length, _, thickness = plank.dimensions
    w, _, y, _ = plank.rotation
    angle = 2 * math.atan2(y, w)
    along = (share - 0.5) * length * (1 if angle > 0 else -1)
    out = thickness / 2 + radius + gap
    x, lateral, z = plank.location
    return (
        x + along * math.cos(angle) + out * math.sin(angle),
        lateral,
        z - along * math.sin(angle) + out * math.cos(angle),
    )


def floor(low: float, high: float, width: float = 6.0, color: str = "gray") -> list[SceneObject]:
    """A floor with its upper face at z = 0 from x = ``low`` to ``high``, fenced on all sides."""
    middle, length, half = (low + high) / 2, high - low, width / 2
    fence: dict[str, Any] = {"kind": "wall", "friction": 0.4}
    return [
        box("Floor", (length, width, 0.4), (middle, 0.0, -0.2), color, kind="floor", friction=0.6),
        box("Wall Left", (0.2, width, 0.8), (low - 0.1, 0.0, 0.4), "white", **fence),
        box("Wall Right", (0.2, width, 0.8), (high + 0.1, 0.0, 0.4), "white", **fence),
        box("Wall Back", (length, 0.2, 0.8), (middle, half + 0.1, 0.4), "white", **fence),
        box("Wall Front", (length, 0.2, 0.2), (middle, -half - 0.1, 0.1), "white", **fence),
    ]


def bucket(name: str, center: tuple[float, float], inner: float, height: float, color: str) -> list[SceneObject]:
    """An open bucket standing on the floor; ``name`` is its bottom, the four sides are named after it."""
    x, y = center
    wall, reach = 0.1, inner / 2 + 0.05
    across: dict[str, Any] = {"size": (wall, inner + 2 * wall, height), "color": color, "kind": "bucket side"}
    along: dict[str, Any] = {"size": (inner, wall, height), "color": color, "kind": "bucket side"}
    return [
        box(name, (inner, inner, 0.1), (x, y, 0.05), color, kind="bucket", restitution=0.0, friction=0.8),
        box(f"{name} Left", location=(x - reach, y, height / 2), **across),
        box(f"{name} Right", location=(x + reach, y, height / 2), **across),
        box(f"{name} Front", location=(x, y - reach, height / 2), **along),
        box(f"{name} Back", location=(x, y + reach, height / 2), **along),
    ]


def rounded(values: Sequence[float]) -> Vector:
    """The vector with millimetres kept, so that scenes read well."""
    x, y, z = (round(float(v), 3) + 0.0 for v in values)
    return (x, y, z)


def camera(objects: Iterable[SceneObject], azimuth: float = 12.0, elevation: float = 20.0) -> Camera:
    """A camera in front (at -y), turned and raised by the angles, that has all given objects in its picture."""
    corners = np.array([np.choose(pick, bounds) for bounds in map(world_bounds, objects) for pick in _CORNERS])
    center = (corners.min(axis=0) + corners.max(axis=0)) / 2
    az, el = math.radians(azimuth), math.radians(elevation)
    right = np.array([math.cos(az), math.sin(az), 0.0])
    forward = np.array([-math.sin(az) * math.cos(el), math.cos(az) * math.cos(el), -math.sin(el)])
    up = np.cross(right, forward)
    lens = 50.0
    wide = FRAMING * SENSOR_WIDTH / 2 / lens
    local = corners - center
    nearer = -(local @ forward)
    distance = max(
        float(np.max(nearer + np.abs(local @ right) / wide)),
        float(np.max(nearer + np.abs(local @ up) / (wide / ASPECT))),
    )
    w1, _, _, z1 = turn("z", azimuth)
    w2, x2, _, _ = turn("x", 90.0 - elevation)
    rotation = (w1 * w2, w1 * x2, z1 * x2, z1 * w2)
    return Camera(location=rounded(center - forward * distance), rotation=rotation, lens=lens)


_CORNERS = [[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]
