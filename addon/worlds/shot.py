"""How a world is seen: a camera that has all subjects in view, and the way that it goes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..scene_graph import Animation, Camera, FloatArray
from ..scene_graph.base import Quaternion, Vec3
from .manifest import Manifest
from .places import Placed

LENS = 40.0
"""Focal length in mm."""

KEY_EVERY = 6
"""Steps between two keys of a camera's path."""

START = 25.0
"""From which direction it looks, in degrees from -y towards +x."""

RISE = 22.0
"""From how high it looks, in degrees."""


def camera_of(manifest: Manifest, placed: Sequence[Placed], fps: float) -> Camera:
    """The camera of a plan."""
    low = np.min([p.box.low for p in placed], axis=0) if placed else np.array([-1.0, -1.0, 0.0])
    high = np.max([p.box.high for p in placed], axis=0) if placed else np.array([1.0, 1.0, 1.0])
    low = np.minimum(low, [np.inf, np.inf, 0.0])
    middle, reach = (low + high) / 2, max(float(np.linalg.norm(high - low)) / 2, 0.4) * 1.15
    distance = reach / (9 / 16 * 18.0 / LENS)
    steps = round(manifest.seconds * fps)
    keys = tuple(range(0, steps + 1, KEY_EVERY)) if manifest.view != "still" else (0,)
    poses = [_pose(manifest.view, middle, distance, step / max(steps, 1)) for step in keys]
    location, rotation = poses[0]
    if manifest.view == "still":
        return Camera(location=location, rotation=rotation, lens=LENS)
    path = Animation(
        steps=keys,
        location=tuple(at for at, _ in poses),
        rotation=tuple(turn for _, turn in poses),
        scale=((1.0, 1.0, 1.0),) * len(keys),
    )
    return Camera(location=location, rotation=rotation, lens=LENS, path=path)


def _pose(view: str, middle: FloatArray, distance: float, share: float) -> tuple[Vec3, Quaternion]:
    around, height, far = START, RISE, distance
    match view:
        case "orbit":
            around += 60.0 * (share - 0.5)
        case "approach":
            far *= 1.5 - 0.6 * share
        case "rise":
            height += 35.0 * share - 8.0
    a, e = math.radians(around), math.radians(height)
    way = np.array([math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)])
    x, y, z = (round(float(c), 6) for c in middle + far * way)
    return (x, y, z), looking(-way)


def looking(way: FloatArray) -> Quaternion:
    """The rotation of a camera that looks along a unit vector, its top up. A camera looks along its -z."""
    right = np.cross(way, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, way)
    m = np.column_stack([right, up, -way])
    w = math.sqrt(max(1.0 + m[0, 0] + m[1, 1] + m[2, 2], 1e-12)) / 2
    q = np.array([w, (m[2, 1] - m[1, 2]) / (4 * w), (m[0, 2] - m[2, 0]) / (4 * w), (m[1, 0] - m[0, 1]) / (4 * w)])
    q /= np.linalg.norm(q)
    a, b, c, d = (float(f"{v:.7g}") for v in q)
    return (a, b, c, d)
