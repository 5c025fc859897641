"""Semantic grids with the balls that were chosen, as a picture."""

from __future__ import annotations

import numpy as np
from PIL import Image
from torch import Tensor

from .data import Part
from .network import channels

COLORS = np.array(
    [[44, 160, 44], [31, 95, 208], [110, 150, 230], [28, 28, 28], [154, 154, 154], [214, 39, 40], [255, 255, 255]],
    dtype=np.uint8,
)
"""Of the channels: green, resting and moving blue, resting and moving others, the ball, nothing."""

TASKS = 8
GAP = 3


def picture(part: Part, chosen: Tensor) -> Image.Image:
    """The first tasks from left to right, the goals from top to bottom, each with the action chosen ``[N, G, 3]``."""
    count = min(TASKS, len(part.names))
    rows = []
    for k in range(chosen.shape[1]):
        seen = channels(part.grids[:count], chosen[:count, k]).argmax(1).flip(1).cpu().numpy()
        rows.append(np.pad(COLORS[seen], ((0, 0), (GAP, 0), (GAP, 0), (0, 0)), constant_values=200))
    image = np.concatenate([np.concatenate(list(row), 1) for row in rows], 0)
    return Image.fromarray(np.pad(image, ((0, GAP), (0, GAP), (0, 0)), constant_values=200))
