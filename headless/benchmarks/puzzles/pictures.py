"""Pictures of puzzles, 256 pixels square: the start, an action, a run frame by frame, many puzzles side by side."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from headless.planar import Blueprint
from headless.planar.drawing import Drawn, Image, draw

from .actions import Action
from .scene import METRES, SIZE, STEPS, walls
from .task import Task

Poses = Sequence[tuple[float, float, float]]
"""x and y in m and the angle of every body."""

COLORS = {"red": "#d62728", "green": "#2ca02c", "blue": "#1f5fd0", "gray": "#9a9a9a", "black": "#1c1c1c"}

FRAME = 6
"""Pixels between pictures that stand side by side."""


def picture(task: Task, action: Action | None = None) -> Image:
    """A puzzle at the start, with the red ball of an action if one is given."""
    blueprint = task.blueprint_with(action) if action else Blueprint.of(task.scene)
    return _drawn(blueprint, [(*plan.position, plan.angle) for plan in blueprint.bodies if plan])


def strip(task: Task, action: Action, frames: int = 6, steps: int = STEPS) -> Image:
    """A run of an action: pictures at equal times from the start to ``steps``, side by side."""
    blueprint = task.blueprint_with(action)
    images = [_drawn(blueprint, poses) for poses in _run(blueprint, np.linspace(0, steps, frames).astype(int).tolist())]
    return _grid(images, len(images))


def montage(images: Sequence[Image], columns: int = 5) -> Image:
    """Pictures of one size in rows."""
    return _grid(images, columns)


def save(image: Image, path: Path) -> None:
    """Write a picture as its file's name says: PNG or WebP."""
    from PIL import Image as Picture  # Comes with matplotlib.

    Picture.fromarray(image).save(path, quality=80, method=6)


def png(image: Image) -> bytes:
    """A picture as the bytes of a PNG file."""
    from PIL import Image as Picture

    stream = io.BytesIO()
    Picture.fromarray(image).save(stream, "PNG")
    return stream.getvalue()


def _run(blueprint: Blueprint, at: Sequence[int]) -> list[Poses]:
    """The poses after so many steps each."""
    world, bodies = blueprint.build()
    advance = blueprint.stepper(world)
    found: list[Poses] = []
    for step in range(at[-1] + 1):
        if step:
            advance()
        if step in at:
            found.append([(*body.position, body.angle) for body in bodies])
    return found


def _drawn(blueprint: Blueprint, poses: Poses) -> Image:
    shown = list(zip(blueprint.bodies, poses, strict=True))[len(walls()) :]
    bodies = [Drawn(plan.pieces, pose, COLORS[plan.name.split()[0]]) for plan, pose in shown if plan is not None]
    return draw(bodies, (0.0, 0.0), (SIZE * METRES, SIZE * METRES), int(SIZE))


def _grid(images: Sequence[Image], columns: int) -> Image:
    rows, size = -(-len(images) // columns), int(SIZE)
    step = size + FRAME
    whole = np.full((rows * step + FRAME, columns * step + FRAME, 3), 205, dtype=np.uint8)
    for k, image in enumerate(images):
        y, x = (FRAME + step * n for n in divmod(k, columns))
        whole[y : y + size, x : x + size] = image
    return whole
