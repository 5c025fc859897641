"""How a world is seen: a camera that has what acts well in view, and what else is named, and the way that it goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..scene_graph import Animation, Camera, FloatArray
from ..scene_graph.base import Quaternion, Vec3
from .boxes import Box
from .manifest import Manifest
from .places import Placed

LENS = 40.0
"""Focal length in mm."""

WIDE, HIGH = 18.0 / LENS, 18.0 / LENS * 9.0 / 16.0
"""Half the width and height of what is seen, as a share of the distance."""

KEY_EVERY = 6
"""Steps between two keys of a camera's path."""

START = 25.0
"""From which direction it looks, in degrees from -y towards +x."""

RISE = 22.0
"""From how high it looks, in degrees."""

FILLED = 0.86
"""Share of the picture that things fill at most."""

SEEN = 1.0 / 6.0
"""Least height of a subject that acts, as a share of the picture's, where the others stay in view."""

HEADROOM = 0.25
"""Room above what acts, as a share of its height: for smoke, sparks and leaps."""

SMALLEST = 0.1
"""Greatest extent in m of the smallest thing that fills the picture."""


@dataclass(frozen=True, eq=False)
class Eye:
    """A direction of looking: unit vectors to the right, up and ahead, ``[3]``."""

    right: FloatArray
    up: FloatArray
    ahead: FloatArray

    @classmethod
    def along(cls, ahead: FloatArray) -> Eye:
        """The eye that looks along a unit vector that is not upright, its top up."""
        right = np.cross(ahead, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        return cls(right, np.cross(right, ahead), ahead)

    def seen(self, points: FloatArray, at: FloatArray) -> FloatArray:
        """Where points ``[..., 3]`` are in the picture from a place: to the right and up, ``[..., 2]``, from -1 to 1
        within it; far outside for what is behind."""
        away = points - at
        far = away @ self.ahead
        flat = np.stack([away @ self.right / WIDE, away @ self.up / HIGH], axis=-1)
        found: FloatArray = np.where(far[..., None] > 0.0, flat / np.maximum(far[..., None], 1e-9), 1e9)
        return found

    def fit(self, points: FloatArray, filled: float = FILLED) -> FloatArray:
        """The nearest place ``[3]`` from which all points ``[N, 3]`` are within the share ``filled`` of the picture.

        In the picture's axes a point (x, y, z) is seen from (a, b, c) where |x - a| <= w (z - c), and so for y: the
        greatest of x - w z and of -x - w z bound c from above, and their difference says where a is in the middle.
        """
        ahead = points @ self.ahead
        place, depths = np.zeros(3), []
        for axis, half in ((self.right, WIDE * filled), (self.up, HIGH * filled)):
            along = points @ axis
            most, least = float((along - half * ahead).max()), float((-along - half * ahead).max())
            place += (most - least) / 2 * axis
            depths.append(-(most + least) / (2 * half))
        found: FloatArray = place + min(depths) * self.ahead
        return found


def eye_of(around: float = START, height: float = RISE) -> Eye:
    """The eye that looks from a direction and a height, in degrees."""
    a, e = math.radians(around), math.radians(height)
    return Eye.along(np.array([-math.sin(a) * math.cos(e), math.cos(a) * math.cos(e), -math.sin(e)]))


def camera_of(manifest: Manifest, placed: Sequence[Placed], fps: float) -> Camera:
    """The camera of a plan."""
    groups = _groups(manifest, placed)
    if manifest.view == "still":
        eye = eye_of()
        x, y, z = (round(float(c), 6) for c in still_place(eye, *groups))
        return Camera(location=(x, y, z), rotation=looking(eye.ahead), lens=LENS)
    points = np.concatenate([*groups[0], *groups[1]])
    low, high = points.min(axis=0), points.max(axis=0)
    middle, reach = (low + high) / 2, max(float(np.linalg.norm(high - low)) / 2, 0.4) * 1.15
    distance = reach / HIGH
    steps = round(manifest.seconds * fps)
    keys = tuple(range(0, steps + 1, KEY_EVERY))
    poses = [_pose(manifest.view, middle, distance, step / max(steps, 1)) for step in keys]
    location, rotation = poses[0]
    path = Animation(
        steps=keys,
        location=tuple(at for at, _ in poses),
        rotation=tuple(turn for _, turn in poses),
        scale=((1.0, 1.0, 1.0),) * len(keys),
    )
    return Camera(location=location, rotation=rotation, lens=LENS, path=path)


def acting_names(manifest: Manifest) -> list[tuple[str, ...]]:
    """The things of each subject that does something; of all subjects where none does."""
    doing = dict.fromkeys(happening.who for happening in manifest.happenings)
    return [s.names for s in manifest.subjects if s.name in doing] or [s.names for s in manifest.subjects]


def _groups(manifest: Manifest, placed: Sequence[Placed]) -> tuple[list[FloatArray], list[FloatArray]]:
    """The points ``[N, 3]`` of each subject that acts, and those of each other thing."""
    shapes = {one.thing.name: _shown(one) for one in placed}
    lifts = {name: subject.lift for subject in manifest.subjects for name in subject.names}
    acting, taken = [], set[str]()
    for names in acting_names(manifest):
        there = [name for name in names if name in shapes]
        taken.update(there)
        if there:
            points = np.concatenate([shapes[name] for name in there])
            room = np.array([0.0, 0.0, HEADROOM * float(np.ptp(points[:, 2]))])
            below = [shapes[name] - [0.0, 0.0, lifts.get(name, 0.0)] for name in there]
            acting.append(np.concatenate([points, points + room, *below]))
    others = [points for name, points in shapes.items() if name not in taken]
    return acting or [np.array([[-1.0, -1.0, 0.0], [1.0, 1.0, 1.0]])], others


def _shown(placed: Placed) -> FloatArray:
    """The corners of what of a thing is above its foot, as of a pond its surface ``[8, 3]``."""
    points = corners(placed.box)
    points[:, 2] = np.maximum(points[:, 2], placed.pose.at[2])
    return points


def corners(box: Box) -> FloatArray:
    """The corners of an upright box ``[8, 3]``."""
    return np.array([[x, y, z] for x, y in box.corners for z in (box.low[2], box.high[2])])


def still_place(eye: Eye, acting: Sequence[FloatArray], others: Sequence[FloatArray]) -> FloatArray:
    """Where a camera stands: as far off as all is wholly in view, or nearer where something that acts would be lower
    than `SEEN` of the picture, as long as it is wholly in view and of all other things the middle."""
    middle = np.concatenate(acting).mean(axis=0)
    grown = middle + SMALLEST / 2 * np.vstack([np.eye(3), -np.eye(3)])
    near = np.concatenate([*acting, grown, *(points.mean(axis=0, keepdims=True) for points in others)])
    close, wide = eye.fit(near), eye.fit(np.concatenate([near, *others]))
    for share in np.linspace(1.0, 0.0, 21):  # all places between the two have the nearer points in view
        place = close + share * (wide - close)
        if min(height_of(eye, points, place) for points in acting) >= SEEN:
            return np.asarray(place)
    return close


def height_of(eye: Eye, points: FloatArray, at: FloatArray) -> float:
    """How high points are in the picture from a place, as a share of its height."""
    return float(np.ptp(eye.seen(points, at)[:, 1])) / 2.0


def _pose(view: str, middle: FloatArray, distance: float, share: float) -> tuple[Vec3, Quaternion]:
    around, height, far = START, RISE, distance
    match view:
        case "orbit":
            around += 60.0 * (share - 0.5)
        case "approach":
            far *= 1.5 - 0.6 * share
        case "rise":
            height += 35.0 * share - 8.0
    eye = eye_of(around, height)
    x, y, z = (round(float(c), 6) for c in middle - far * eye.ahead)
    return (x, y, z), looking(eye.ahead)


def looking(way: FloatArray) -> Quaternion:
    """The rotation of a camera that looks along a unit vector, its top up. A camera looks along its -z."""
    eye = Eye.along(way)
    m = np.column_stack([eye.right, eye.up, -way])
    w = math.sqrt(max(1.0 + m[0, 0] + m[1, 1] + m[2, 2], 1e-12)) / 2
    q = np.array([w, (m[2, 1] - m[1, 2]) / (4 * w), (m[0, 2] - m[2, 0]) / (4 * w), (m[1, 0] - m[0, 1]) / (4 * w)])
    q /= np.linalg.norm(q)
    a, b, c, d = (float(f"{v:.7g}") for v in q)
    return (a, b, c, d)
