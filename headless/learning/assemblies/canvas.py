"""Drawing boxes and balls in numpy, each cast in its part of the picture alone, so that one can be moved at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from addon.perception.camera import Camera
from addon.perception.light import AMBIENT, BACKGROUND, TO_SUN

from .poses import quaternion_from, turn_of

SUN = np.array(TO_SUN) / np.linalg.norm(TO_SUN)
_CORNERS = np.array([[x, y, z] for x in (-1.0, 1) for y in (-1.0, 1) for z in (-1.0, 1)])


@dataclass(frozen=True, eq=False)
class Patch:
    """What one thing shows if nothing is before it: rows and columns of rays ``[h, w]``, how far along each ray it is
    (infinite beside it), and the share of its colour that the light there leaves."""

    rows: slice
    columns: slice
    depth: NDArray[np.float32]
    light: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class View:
    """The nearest things of a part of the picture: how far they are and which ``[h, w]`` (−1 is nothing), and the light
    on them. ``rows`` and ``columns`` are those of rays."""

    rows: slice
    columns: slice
    depth: NDArray[np.float32]
    who: NDArray[np.int64]
    light: NDArray[np.float32]

    def colors(self, shown: NDArray[np.float64]) -> NDArray[np.float64]:
        """Linear colours ``[h, w, 3]`` where things show those of ``[N, 3]``."""
        table = np.concatenate([shown, [[BACKGROUND] * 3]])
        return np.asarray(table[self.who] * np.where(self.who < 0, 1.0, self.light)[..., None])


class Canvas:
    """The rays of a picture of ``size`` pixels a side, ``samples``² a pixel, from a camera."""

    def __init__(self, camera: Camera, size: int, samples: int) -> None:
        self.camera, self.size, self.samples, self.wide = camera, size, samples, size * samples
        self.rays = np.ascontiguousarray(np.moveaxis(camera.rays(self.wide), -1, 0))

    def whole(self) -> tuple[slice, slice]:
        """All rows and columns."""
        return slice(0, self.wide), slice(0, self.wide)

    def around(self, points: NDArray[np.float64]) -> tuple[slice, slice]:
        """Rows and columns of rays, whole pixels, that hold points of the world ``[K, 3]``."""
        seen = self.camera.project(points)
        x, y = (seen[:, 0] + 1) / 2 * self.size, (1 - seen[:, 1]) / 2 * self.size
        if seen[:, 2].min() <= 0.05:
            return self.whole()
        ends = [np.clip([np.floor(v.min() - 0.5), np.ceil(v.max() + 0.5)], 0, self.size).astype(int) for v in (y, x)]
        rows, columns = (slice(int(a) * self.samples, int(b) * self.samples) for a, b in ends)
        return rows, columns

    def cast(self, pose: NDArray[np.float64], ball: bool) -> Patch:
        """One thing of a pose ``[9]``: middle, half extents, rotation vector."""
        turn = turn_of(quaternion_from(pose[6:9]))
        half = np.maximum(pose[3:6], 1e-3)
        rows, columns = self.around(pose[:3] + (_CORNERS * half) @ turn.T)
        rays = self.rays[:, rows, columns]
        # Components come first, for numpy is slow along short last axes.
        along = (turn.T / half[:, None]) @ rays.reshape(3, -1)
        origin = (self.camera.eye - pose[:3]) @ turn / half
        hit = _unit_ball(origin, along) if ball else _unit_cube(origin, along)
        local = origin[:, None] + along * np.where(np.isinf(hit), 0, hit)
        if ball:
            normal = local / half[:, None]
            lit = (turn.T @ SUN) @ normal / np.sqrt((normal * normal).sum(0)).clip(1e-9)
        else:
            x, y, z = np.abs(local)
            a, b, c = np.sign(local) * (turn.T @ SUN)[:, None]
            lit = np.where((x >= y) & (x >= z), a, np.where(y >= z, b, c))
        light = AMBIENT + (1 - AMBIENT) * lit.clip(0)
        shape = rays.shape[1:]
        return Patch(rows, columns, hit.astype(np.float32).reshape(shape), light.astype(np.float32).reshape(shape))

    def view(
        self, patches: Sequence[tuple[int, Patch]], rows: slice, columns: slice, under: View | None = None
    ) -> View:
        """Patches with their numbers, the nearest on top, within rows and columns; over what is ``under`` them."""
        shape = (rows.stop - rows.start, columns.stop - columns.start)
        if under is None:
            depth, who = np.full(shape, np.inf, np.float32), np.full(shape, -1)
            light = np.ones(shape, np.float32)
        else:
            part = (
                slice(rows.start - under.rows.start, rows.stop - under.rows.start),
                slice(columns.start - under.columns.start, columns.stop - under.columns.start),
            )
            depth, who, light = under.depth[part].copy(), under.who[part].copy(), under.light[part].copy()
        for number, patch in patches:
            top, left = max(rows.start, patch.rows.start), max(columns.start, patch.columns.start)
            low, right = min(rows.stop, patch.rows.stop), min(columns.stop, patch.columns.stop)
            if top >= low or left >= right:
                continue
            here = (slice(top - rows.start, low - rows.start), slice(left - columns.start, right - columns.start))
            there = (
                slice(top - patch.rows.start, low - patch.rows.start),
                slice(left - patch.columns.start, right - patch.columns.start),
            )
            nearer = patch.depth[there] < depth[here]
            depth[here] = np.where(nearer, patch.depth[there], depth[here])
            light[here] = np.where(nearer, patch.light[there], light[here])
            who[here] = np.where(nearer, number, who[here])
        return View(rows, columns, depth, who, light)

    def pixels(self, linear: NDArray[np.float64]) -> NDArray[np.float64]:
        """sRGB in 0 to 1 ``[h, w, 3]`` of pixels, from linear colours of their rays."""
        height, width = linear.shape[0] // self.samples, linear.shape[1] // self.samples
        return encoded(linear.reshape(height, self.samples, width, self.samples, 3).mean((1, 3)))


def encoded(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light in 0 to 1 as sRGB."""
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear.clip(1e-8) ** (1 / 2.4) - 0.055)


def _unit_cube(origin: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where rays ``[3, R]`` from a point enter the cube from −1 to 1; infinite where they do not."""
    inverse = 1 / np.where(np.abs(along) < 1e-9, 1e-9, along)
    first, second = (-1 - origin[:, None]) * inverse, (1 - origin[:, None]) * inverse
    near, far = np.minimum(first, second), np.maximum(first, second)
    enter, leave = np.maximum(np.maximum(*near[:2]), near[2]), np.minimum(np.minimum(*far[:2]), far[2])
    return np.where((enter <= leave) & (enter > 0), enter, np.inf)


def _unit_ball(origin: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b = (along * along).sum(0), origin @ along
    under = b * b - a * (origin @ origin - 1)
    enter = (-b - np.sqrt(under.clip(0))) / a
    return np.where((under >= 0) & (enter > 0), enter, np.inf)
