"""Pictures as a model that sees is shown them: enlarged, and once more with a grid of the ground over them."""

from __future__ import annotations

import io
import math

import numpy as np
from numpy.typing import NDArray

from addon.perception.camera import Camera

SIDE = 768
"""Pixels of each of the two; models take about twice as many in a row."""
LINES = 20
"""Lines of a grid, at most."""
LABELLED = 0.85
"""Lines along y have their names at the lower edge, from here on down."""
FARTHEST = 60.0
"""Metres from under the eye to which the grid goes."""


def ruled(picture: NDArray[np.uint8], camera: Camera) -> bytes:
    """A PNG of a square picture ``[H, H, 3]``, as it is and beside that with lines of the ground, named in metres."""
    from PIL import Image, ImageDraw, ImageFont

    plain = Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    over = plain.copy()
    pen, font = ImageDraw.Draw(over, "RGBA"), ImageFont.load_default(13)
    low, high = _ground(camera)
    for axis, name in enumerate("xy"):
        for value in _values(low[axis], high[axis]):
            points = np.linspace((*low, 0.0), (*high, 0.0), 400)
            points[:, axis] = value
            line = _clipped(_pixels(points, camera))
            if len(line) < 2:
                continue
            pen.line([tuple(point) for point in line.tolist()], fill=(0, 0, 0, 110), width=1)
            x, y = line[line[:, 1].argmax()] if axis == 0 else line[line[:, 0].argmin()]
            if axis == 1 or y > LABELLED * SIDE:
                anchor = "mb" if axis == 0 else "lb"
                pen.text((x, y), f"{name}={value:g}", fill=(0, 0, 0, 255), font=font, anchor=anchor)
    both = Image.new("RGB", (2 * SIDE, SIDE))
    both.paste(plain, (0, 0))
    both.paste(over, (SIDE, 0))
    stream = io.BytesIO()
    both.save(stream, "png")
    return stream.getvalue()


def _ground(camera: Camera) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and greatest x and y of the ground that is seen, within `FARTHEST`."""
    rays = camera.rays(17).reshape(-1, 3)
    far = -camera.eye[2] / np.minimum(rays[:, 2], -camera.eye[2] / FARTHEST)
    seen = camera.eye + rays * far[:, None]
    return seen.min(0)[:2], seen.max(0)[:2]


def _values(low: float, high: float) -> NDArray[np.float64]:
    """Round values between two, a metre apart or a few."""
    apart = next(step for step in (1, 2, 5, 10, 20) if (high - low) / step <= LINES or step == 20)
    return np.arange(math.ceil(low / apart) * apart, high, apart, dtype=float)


def _pixels(points: NDArray[np.float64], camera: Camera) -> NDArray[np.float64]:
    seen = camera.project(points)
    return np.stack([(seen[:, 0] + 1) / 2, (1 - seen[:, 1]) / 2], -1)[seen[:, 2] > 0] * SIDE


def _clipped(line: NDArray[np.float64]) -> NDArray[np.float64]:
    return line[((line >= 0) & (line < SIDE)).all(-1)]
