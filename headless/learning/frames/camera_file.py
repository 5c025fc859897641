"""Cameras as files: JSON beside the pictures that they took."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from addon.perception.camera import FOCAL, Camera, checked
from addon.perception.errors import PictureError
from addon.scene_graph import write_text


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
    """Read a camera. Raises PictureError for what is none."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        eye, axes = np.array(stored["eye"], dtype=float), np.array(stored["axes"], dtype=float)
        focal = float(stored["focal"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise PictureError(
            f"{path} holds no camera ({problem}); it has eye, axes and focal, see docs/learning.md"
        ) from None
    return checked(eye, axes, focal, str(path))
