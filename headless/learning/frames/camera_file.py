"""Cameras as files: JSON beside the pictures that they took."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addon.scene_graph import write_text

from ..errors import LearningError
from .camera import FOCAL, Camera


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
    return checked(eye, axes, focal, str(path))


def checked(eye: NDArray[np.float64], axes: NDArray[np.float64], focal: float, where: str) -> Camera:
    """A camera of these numbers. Raises LearningError, which names ``where`` it is, for what is none or not level."""
    turned = eye.shape == (3,) and axes.shape == (3, 3) and np.allclose(axes @ axes.T, np.eye(3), atol=1e-4)
    if not turned or not np.isfinite(eye).all() or not 0.1 <= focal <= 100:
        raise LearningError(
            f"{where} holds no camera: eye is a point, axes three rows at right angles, focal 0.1 to 100"
        )
    if abs(axes[0] @ np.array([0.0, 0.0, 1.0])) > 1e-3 or axes[2, 2] >= 0:
        raise LearningError(f"the camera in {where} is tilted sideways or looks up; readers know level ones alone")
    return Camera(eye, axes, focal)
