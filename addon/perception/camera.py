"""Cameras of pictures that are read: pinholes that stand level."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import PictureError

FOCAL = 2.2
"""Focal length in half heights of the picture, of the cameras that pictures for training are taken with."""
ELEVATION = math.radians(60)
MARGIN = 1.04


@dataclass(frozen=True, eq=False)
class Camera:
    """A pinhole: where it is ``[3]``, the rows right, up and forward ``[3, 3]``, focal length in half heights.

    Pictures are square; depth is measured along forward.
    """

    eye: NDArray[np.float64]
    axes: NDArray[np.float64]
    focal: float = FOCAL

    def rays(self, size: int) -> NDArray[np.float64]:
        """Directions ``[size, size, 3]`` through the middles of pixels, of length 1 along forward; row 0 is on top."""
        across = (np.arange(size) + 0.5) / size * 2 - 1
        x, y = np.meshgrid(across, -across)
        return (np.stack([x, y, np.full_like(x, self.focal)], -1) / self.focal) @ self.axes

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns and rows in −1 to 1 (y up), and depth in metres, of points ``[..., 3]``."""
        local = (points - self.eye) @ self.axes.T
        depth = local[..., 2:]
        return np.concatenate([local[..., :2] / depth * self.focal, depth], -1)

    def unproject(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """The inverse of `project`."""
        local = np.concatenate([seen[..., :2] * seen[..., 2:] / self.focal, seen[..., 2:]], -1)
        return local @ self.axes + self.eye


def camera_before(
    low: NDArray[np.float64], high: NDArray[np.float64], azimuth: float = 0.0, elevation: float = ELEVATION
) -> Camera:
    """The nearest camera of its direction that holds a box between two corners ``[3]`` in view.

    ``azimuth`` turns it from the front, −y, counterclockwise as seen from above; radians.
    """
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    back = np.array(
        [math.sin(azimuth) * math.cos(elevation), -math.cos(azimuth) * math.cos(elevation), math.sin(elevation)]
    )
    right = np.array([math.cos(azimuth), math.sin(azimuth), 0.0])
    axes = np.stack([right, np.cross(back, right), -back])
    local = (corners - corners.mean(0)) @ axes.T
    aside, near, far = np.zeros(2), 0.0, max(1000.0, 20 * float(np.linalg.norm(high - low)))
    for _ in range(60):
        distance = (near + far) / 2
        depth = (local[:, 2] + distance)[:, None]
        if depth.min() <= 0:
            near = distance
            continue
        # What is near spreads wider than what is far, so that its middle is not the middle of the picture.
        seen = local[:, :2] / depth
        aside = (seen.max(0) + seen.min(0)) / 2 * depth.mean()
        seen = (local[:, :2] - aside) / depth * FOCAL * MARGIN
        near, far = (near, distance) if np.abs(seen).max() <= 1 else (distance, far)
    return Camera(corners.mean(0) + back * far + aside @ axes[:2], axes)


def checked(eye: NDArray[np.float64], axes: NDArray[np.float64], focal: float, where: str) -> Camera:
    """A camera of these numbers. Raises PictureError, which names ``where`` it is, for what is none or not level."""
    turned = eye.shape == (3,) and axes.shape == (3, 3) and np.allclose(axes @ axes.T, np.eye(3), atol=1e-4)
    if not turned or not np.isfinite(eye).all() or not 0.1 <= focal <= 100:
        raise PictureError(
            f"{where} holds no camera: eye is a point, axes three rows at right angles, focal 0.1 to 100"
        )
    if abs(axes[0] @ np.array([0.0, 0.0, 1.0])) > 1e-3 or axes[2, 2] >= 0:
        raise PictureError(f"the camera in {where} is tilted sideways or looks up; readers know level ones alone")
    return Camera(eye, axes, focal)
