"""Pictures and cameras as files, and reading them with the network that comes with the project; numpy and Pillow."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addon.scene_graph import SceneGraph, write_text

from ..errors import LearningError
from ..frames.camera import FOCAL, Camera
from ..networks import weights_of
from .forward import WeightsError, read_weights
from .graph import graph_of
from .reading import read_picture

SIDE = 128
"""Pixels of a picture's side that the network is trained for."""


@dataclass(frozen=True)
class _CameraFile:
    """A camera as JSON: the eye in metres, the rows right, up and forward, the focal length in half heights."""

    eye: tuple[float, float, float]
    axes: tuple[tuple[float, float, float], ...]
    focal: float = FOCAL


def save_camera(camera: Camera, path: Path) -> Path:
    """Write a camera as JSON."""
    rows = [tuple(round(float(value), 9) for value in row) for row in (camera.eye, *camera.axes)]
    stored = _CameraFile(
        (rows[0][0], rows[0][1], rows[0][2]), tuple((r[0], r[1], r[2]) for r in rows[1:]), camera.focal
    )
    write_text(path, json.dumps(asdict(stored), indent=1) + "\n")
    return path


def load_camera(path: Path) -> Camera:
    """Read a camera. Raises LearningError for what is none."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        eye, axes = np.array(stored["eye"], dtype=float), np.array(stored["axes"], dtype=float)
        focal = float(stored["focal"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LearningError(
            f"{path} holds no camera ({problem}); it has eye, axes and focal, see docs/learning.md"
        ) from None
    turned = eye.shape == (3,) and axes.shape == (3, 3) and np.allclose(axes @ axes.T, np.eye(3), atol=1e-4)
    if not turned or not np.isfinite(eye).all() or not 0.1 <= focal <= 100:
        raise LearningError(
            f"{path} holds no camera: eye is a point, axes three rows at right angles, focal 0.1 to 100"
        )
    if axes[0] @ np.array([0.0, 0.0, 1.0]) > 1e-3 or axes[2, 2] >= 0:
        raise LearningError(f"the camera in {path} is tilted sideways or looks up; the network knows level ones alone")
    return Camera(eye, axes, focal)


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
