"""Pictures as files, and reading them with the network that comes with the project; numpy and Pillow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from addon.scene_graph import SceneGraph

from ..errors import LearningError
from ..frames.camera_file import load_camera
from ..networks import weights_of
from .forward import WeightsError, read_weights
from .graph import graph_of
from .reading import read_picture

SIDE = 128
"""Pixels of a picture's side that the network is trained for."""


def load_picture(path: Path) -> NDArray[np.uint8]:
    """A square picture ``[SIDE, SIDE, 3]``; larger ones are made smaller. Raises LearningError for others."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            width, height = opened.size
            if width != height or width < SIDE:
                raise LearningError(
                    f"{path} is {width} × {height} pixels; the network reads square pictures of {SIDE} or more"
                )
            image = opened.convert("RGB")
            if width != SIDE:
                image = image.resize((SIDE, SIDE), Image.Resampling.BOX)
            return np.asarray(image, dtype=np.uint8)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise LearningError(f"{path} cannot be read as a picture: {problem}") from None


def graph_of_picture(
    picture: Path, camera: Path, before: Path | None = None, weights: Path | None = None
) -> SceneGraph:
    """The scene graph of a picture file; velocities are read where the picture of 1/15 s before is given.

    Raises LearningError for files that cannot be used.
    """
    view = load_camera(camera)
    try:
        values = read_weights(weights or weights_of("perception"))
    except WeightsError as problem:
        raise LearningError(str(problem)) from None
    earlier = load_picture(before) if before is not None else None
    return graph_of(read_picture(load_picture(picture), view, values, earlier))
