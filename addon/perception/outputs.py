"""What the network is given and what it says: channels, and geometry that numpy and PyTorch share.

Poses are told in the *level* frame: x to the camera's right, y forward along the floor, z up; its origin is the world's
height 0 under the eye. So the network need not know where in the world the camera stands or looks to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .camera import Camera
from .classes import CLASSES

COUNTED = 12
"""Objects that show fewer pixels are neither missing nor invented."""

INPUTS = 13
"""Channels: the picture (3), the one before (3), whether there is one (1), and the camera's view (6)."""

_WIDTHS = {
    "kind": len(CLASSES), "ball": 1, "color": 3, "lit": 1, "half": 3, "centre": 2, "height": 1, "turn": 6,
    "velocity": 3,
}  # fmt: skip
OUTPUTS = sum(_WIDTHS.values())
"""Numbers said of the object that a pixel shows: logits of class, ball and lit; sRGB before a sigmoid; logarithms of
half extents; from the pixel to the object's centre in `PIXELS`; height in metres; two columns of the rotation; m/s."""
PIXELS = 8.0


def parts_of(said: Any) -> dict[str, Any]:
    """Outputs ``[..., OUTPUTS]`` by name, of numpy or PyTorch."""
    ends = np.cumsum(list(_WIDTHS.values()))
    return {name: said[..., end - wide : end] for (name, wide), end in zip(_WIDTHS.items(), ends, strict=True)}


@dataclass(frozen=True, eq=False)
class Level:
    """A camera in the level frame: rows ``frame`` of that in the world ``[3, 3]``, the eye's ground point ``[3]``, its
    ``height`` in metres, and the camera's axes in it ``[3, 3]``."""

    frame: NDArray[np.float64]
    ground: NDArray[np.float64]
    height: float
    axes: NDArray[np.float64]
    focal: float

    @staticmethod
    def of(camera: Camera) -> Level:
        """The level frame of a camera whose picture's rows are level."""
        up = np.array([0.0, 0.0, 1.0])
        frame = np.stack([camera.axes[0], np.cross(up, camera.axes[0]), up])
        ground = camera.eye * np.array([1.0, 1.0, 0.0])
        return Level(frame, ground, float(camera.eye[2]), camera.axes @ frame.T, camera.focal)

    def view(self, size: int) -> NDArray[np.float32]:
        """What is known of each pixel's ray ``[6, size, size]``: direction, where it meets height 0, how far that is.

        The point is taken from that of the picture's middle, in 10 m, and so is the distance.
        """
        across = (np.arange(size) + 0.5) / size * 2 - 1
        x, y = np.meshgrid(across, -across)
        rays = (np.stack([x, y, np.full_like(x, self.focal)], -1) / self.focal) @ self.axes
        far = -self.height / np.minimum(rays[..., 2:], -0.05)
        middle = self.axes[2] * -self.height / min(self.axes[2, 2], -0.05)
        point = (rays * far - middle)[..., :2] / 10
        return np.concatenate([rays, point, far / 10], -1).transpose(2, 0, 1).astype(np.float32)


def place(pixel: Any, centre: Any, height: Any, size: int, camera: tuple[Any, Any, float]) -> tuple[Any, Any, Any]:
    """Positions x, y, z in the level frame: where the ray through the centre reaches the height that is said.

    ``pixel`` is column and row ``[..., 2]``, ``centre`` and ``height`` are outputs; ``camera`` is axes ``[..., 3, 3]``
    of the level frame, the eye's height ``[...]`` and the focal length.
    """
    axes, eye, focal = camera
    across = ((pixel[..., 0] + 0.5 + centre[..., 0] * PIXELS) / size * 2 - 1) / focal
    up = (1 - (pixel[..., 1] + 0.5 + centre[..., 1] * PIXELS) / size * 2) / focal
    ray = [axes[..., 0, n] * across + axes[..., 1, n] * up + axes[..., 2, n] for n in range(3)]
    down = ray[2].clip(-10.0, -0.1)
    along = (height[..., 0] - eye) / down
    return ray[0] * along, ray[1] * along, height[..., 0]


def _rotations() -> NDArray[np.float64]:
    found = []
    for order in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
        for signs in np.ndindex(2, 2, 2):
            turn = np.eye(3)[list(order)] * (1 - 2 * np.array(signs))
            if np.linalg.det(turn) > 0:
                found.append(turn)
    return np.array(found)


ROTATIONS = _rotations()
"""The 24 rotations of a cube ``[24, 3, 3]``; the first is none at all."""


def symmetries(half: NDArray[Any], tolerance: float = 0.02) -> NDArray[np.bool_]:
    """Which of `ROTATIONS` ``[..., 24]`` leave boxes of these half extents ``[..., 3]`` as they are."""
    turned = np.abs(np.einsum("sij,...i->...sj", np.abs(ROTATIONS), half) - half[..., None, :])
    return np.asarray((turned <= tolerance * half.max(-1)[..., None, None]).all(-1))
