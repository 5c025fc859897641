"""What is known of a machine from its first frame: what stays, what can move, and how each ball looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from addon.perception.camera import Camera
from addon.perception.classes import CLASSES
from addon.perception.light import BACKGROUND
from addon.perception.reading import linear

from ..errors import LearningError
from ..frames import Clip, camera_of
from ..frames.caster import NOTHING, draw
from ..frames.clips import BALL
from ..frames.drawn import SIDE
from .layers import SAMPLES, Layers

FIXED = (
    "bucket", "bucket side", "conveyor", "counter", "floor", "funnel", "ramp", "stand", "step", "support", "table",
    "target", "trigger", "wall",
)  # fmt: skip
"""Classes whose objects never move nor change."""
FINE = 512
"""Pixels of a side at which a thing alone is drawn, to know its outline to a hundredth of a coarse pixel."""
UNLIKE = 0.02
"""Colours that differ by no more in any channel are one."""


@dataclass(frozen=True, eq=False)
class Ball:
    """A ball whose colour no other thing has that can move: its place among the objects, its colour as seen, the mean
    over its outline, linear ``[3]``, and as drawn whole at the first frame its middle ``[2]`` in pixels (columns, rows)
    and its ``area`` in pixels; its ``position`` there and ``radius`` in metres, and ``depth`` along the camera's
    forward; ``layers`` draw it at a ``place`` of theirs in the empty scene."""

    index: int
    color: NDArray[np.float64]
    middle: NDArray[np.float64]
    area: float
    radius: float
    depth: float
    position: NDArray[np.float64]
    layers: Layers
    place: int


@dataclass(frozen=True, eq=False)
class Known:
    """A machine as its first frame tells it: its camera, the picture of what stays alone, linear ``[H, H, 3]``, with
    depths ``[H, H]``, its things that stay (one frame), the balls to be followed, and the colours ``movers`` ``[K, 3]``
    of what can move."""

    camera: Camera
    plate: NDArray[np.float64]
    depth: NDArray[np.float64]
    fixed: Clip
    balls: tuple[Ball, ...]
    movers: NDArray[np.float64]


def known_of(clip: Clip, least: float) -> Known:
    """What the first frame of a machine tells; balls that would show ``least`` pixels if nothing hid them.

    Raises LearningError for a machine of which everything can move.
    """
    camera, first = camera_of(clip), part(clip, np.ones(len(clip.kind), bool))
    fixed_ones = stays(clip)
    if not fixed_ones.any():
        raise LearningError(f"nothing of {clip.name} stays where it is; machines have a floor")
    fixed = part(first, fixed_ones)
    plate = draw(fixed, camera, SIDE, samples=SAMPLES)
    colors = np.unique(clip.color[~fixed_ones].round(3), axis=0).astype(np.float64).reshape(-1, 3)
    of = (np.abs(clip.color[None] - colors[:, None]).max(-1) < UNLIKE) & ~fixed_ones
    alone = of.sum(1) == 1
    places = [int(row.argmax()) for row in of[alone] if clip.kind[row.argmax()] == CLASSES.index("ball")]
    balls = [ball_of(first, camera, n, fixed_ones) for n in places if clip.shape[n] == BALL]
    return Known(
        camera, linear(plate.color[0].numpy() / 255), plate.depth[0].double().numpy(), fixed,
        tuple(one for one in balls if one.area >= least), colors,
    )  # fmt: skip


def stays(clip: Clip) -> NDArray[np.bool_]:
    """Which objects never move nor change ``[N]``."""
    return np.isin(clip.kind, [CLASSES.index(name) for name in FIXED])


def part(clip: Clip, chosen: NDArray[np.bool_], frames: Sequence[int] = (0,)) -> Clip:
    """Some objects of a clip at some of its frames; the first alone unless told."""
    arrays = {name: getattr(clip, name)[chosen] for name in ("shape", "half", "color", "kind", "moves")}
    tracks = {name: getattr(clip, name)[list(frames)][:, chosen] for name in ("position", "quaternion", "lit")}
    names = tuple(name for name, one in zip(clip.objects, chosen, strict=True) if one)
    return replace(clip, objects=names, **arrays, **tracks)


def ball_of(first: Clip, camera: Camera, index: int, fixed: NDArray[np.bool_]) -> Ball:
    """A ball as it looks at the first frame where nothing hides it."""
    alone = part(first, np.arange(len(first.kind)) == index)
    drawn = draw(alone, camera, FINE, samples=1)
    inside = drawn.instance[0].numpy() != NOTHING
    rows, columns = np.nonzero(inside)
    scale = SIDE / FINE
    color = linear(drawn.color[0].numpy()[inside] / 255).mean(0) if inside.any() else np.full(3, BACKGROUND)
    depth = float(camera.project(first.position[0, index].astype(np.float64))[2])
    middle = np.array([columns.mean() + 0.5, rows.mean() + 0.5]) * scale if inside.any() else np.full(2, np.nan)
    position = first.position[0, index].astype(float)
    layers = Layers(part(first, fixed | (np.arange(len(fixed)) == index)), camera)
    return Ball(
        index, color, middle, float(inside.sum()) * scale**2, float(first.half[index, 0]), depth, position, layers,
        int(fixed[:index].sum()),
    )  # fmt: skip
