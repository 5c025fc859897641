"""A machine drawn object by object, so that one can be drawn in many poses before and behind all others.

The same rays, shapes and light as `frames.caster`, in NumPy, for the few pixels around one thing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from addon.geometry.poses import rotation_matrix
from addon.perception.camera import Camera
from addon.perception.classes import DIM
from addon.perception.light import AMBIENT, BACKGROUND, TO_SUN

from ..frames import Clip
from ..frames.clips import BALL
from ..frames.drawn import SIDE

SAMPLES = 2
"""Rays along each side of a pixel, as in the pictures that networks are trained on."""
Window = tuple[slice, slice]
"""Rows and columns of a picture."""
NONE: Window = (slice(0, 0), slice(0, 0))
Array = NDArray[np.float32]
SUN = np.array(TO_SUN) / np.linalg.norm(TO_SUN)


class Layers:
    """Of N objects what `SAMPLES`² rays of each pixel meet: depths ``[N, H, H, S²]``, infinite for nothing, and
    how bright it is there; and the ``picture`` of all, linear ``[H, H, 3]``. At first all are as a clip's first frame
    has them."""

    def __init__(self, first: Clip, camera: Camera) -> None:
        self.camera = camera
        self.half, self.ball = first.half.astype(float), first.shape == BALL
        self.colors = np.concatenate([first.color, np.full((1, 3), BACKGROUND)]).astype(np.float32)
        self.reach = np.where(self.ball, self.half[:, 0], np.linalg.norm(self.half, axis=1))
        rays = camera.rays(SIDE * SAMPLES).reshape(SIDE, SAMPLES, SIDE, SAMPLES, 3).swapaxes(1, 2)
        self.rays = rays.reshape(SIDE, SIDE, SAMPLES**2, 3).astype(np.float32)
        count = len(first.kind)
        self.depths = np.full((count, SIDE, SIDE, SAMPLES**2), np.inf, np.float32)
        self.lights = np.ones((count, SIDE, SIDE, SAMPLES**2), np.float32)
        self.picture = np.full((SIDE, SIDE, 3), BACKGROUND, np.float32)
        for n in range(count):
            self.put(n, first.position[0, n].astype(float), first.quaternion[0, n].astype(float), bool(first.lit[0, n]))

    def put(self, n: int, position: NDArray[np.float64], quaternion: NDArray[np.float64], lit: bool = True) -> None:
        """Have an object in another pose."""
        before = self._spread(n)
        self.depths[n] = np.inf
        window = self.window(n, position[None])
        depth, light = self.cast(n, window, position[None], quaternion[None], lit)
        self.depths[(n, *window)], self.lights[(n, *window)] = depth[0], light[0]
        for shown in (before, window):
            self.picture[shown] = self._front(shown)[1].mean(-2)

    def window(self, n: int, positions: NDArray[np.float64], around: int = 1) -> Window:
        """The pixels in which an object may show at any of some positions ``[K, 3]``, and ``around`` these."""
        seen = self.camera.project(positions)
        wide = self.reach[n] / np.maximum(seen[:, 2] - self.reach[n], 0.1) * self.camera.focal * SIDE / 2 + around
        across, down = (seen[:, 0] + 1) * SIDE / 2, (1 - seen[:, 1]) * SIDE / 2
        return _span(down - wide, down + wide), _span(across - wide, across + wide)

    def hidden(self, n: int) -> bool:
        """Whether nothing is to be seen of an object."""
        window = self._spread(n)
        mine = self.depths[(n, *window)]
        return not bool((np.isfinite(mine) & (mine <= self.depths[(slice(None), *window)].min(0))).any())

    def _spread(self, n: int) -> Window:
        """The pixels that an object covers or would cover; none for one out of view."""
        covers = np.isfinite(self.depths[n]).any(-1)
        rows, columns = np.flatnonzero(covers.any(1)), np.flatnonzero(covers.any(0))
        return (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)) if len(rows) else NONE

    def tries(
        self, n: int, window: Window, positions: NDArray[np.float64], quaternions: NDArray[np.float64], lit: bool = True
    ) -> Array:
        """What would be seen ``[K, h, w, 3]`` with an object in each of K poses."""
        behind, color = self._front(window, n)
        depth, light = self.cast(n, window, positions, quaternions, lit)
        mine = depth < behind
        own = np.where(mine, light, 0).sum(-1)[..., None] * self.colors[n]
        rest = np.einsum("khws,hwsc->khwc", ~mine, color, optimize=True)
        return np.asarray((own + rest) / depth.shape[-1], np.float32)

    def without(self, n: int, window: Window) -> Array:
        """What would be seen ``[h, w, 3]`` without an object."""
        return np.asarray(self._front(window, n)[1].mean(-2), np.float32)

    def _front(self, window: Window, without: int | None = None) -> tuple[Array, Array]:
        """Depths ``[h, w, S²]`` and colours ``[h, w, S², 3]`` of what is seen, but for one object."""
        depths = self.depths[(slice(None), *window)]
        if without is not None:
            depths = depths.copy()
            depths[without] = np.inf
        who = depths.argmin(0)
        depth = np.take_along_axis(depths, who[None], 0)[0]
        light = np.take_along_axis(self.lights[(slice(None), *window)], who[None], 0)[0]
        nothing = np.isinf(depth)
        return depth, self.colors[np.where(nothing, -1, who)] * np.where(nothing, 1, light)[..., None]

    def cast(
        self, n: int, window: Window, positions: NDArray[np.float64], quaternions: NDArray[np.float64], lit: bool = True
    ) -> tuple[Array, Array]:
        """Depths ``[K, h, w, S²]`` of an object alone in K poses, and how bright it is there."""
        rays = self.rays[window]
        flat = rays.reshape(-1, 3)
        away = (self.camera.eye - positions).astype(np.float32)
        one = self._ball(n, flat, away) if self.ball[n] else self._box(n, flat, away, quaternions)
        shape = (len(positions), *rays.shape[:3])
        light = (AMBIENT + (1 - AMBIENT) * np.maximum(one[1], 0)) * np.float32(1 if lit else DIM)
        return one[0].reshape(shape), light.reshape(shape)

    def _ball(self, n: int, rays: Array, away: Array) -> tuple[Array, Array]:
        radius = self.half[n, 0]
        a, b, c = (rays**2).sum(-1), away @ rays.T, (away**2).sum(-1)[:, None] - np.float32(radius**2)
        under = b * b - a * c
        depth = np.where(under >= 0, (-b - np.sqrt(np.maximum(under, 0))) / a, np.inf).astype(np.float32)
        sun = SUN.astype(np.float32)
        facing = (np.where(np.isinf(depth), 0, depth) * (rays @ sun) + (away @ sun)[:, None]) / np.float32(radius)
        return depth, facing

    def _box(self, n: int, rays: Array, away: Array, quaternions: NDArray[np.float64]) -> tuple[Array, Array]:
        turns = np.stack([rotation_matrix(one) for one in quaternions]).astype(np.float32)
        half = self.half[n].astype(np.float32)
        origin = np.einsum("ki,kij->kj", away, turns) / half
        enter = np.full((len(away), len(rays)), -np.inf, np.float32)
        leave = np.full_like(enter, np.inf)
        facing = np.zeros_like(enter)
        suns = np.einsum("kij,i->kj", turns, SUN.astype(np.float32)) * np.sign(origin)
        for axis in range(3):
            along = turns[:, :, axis] @ rays.T / half[axis]
            inverse = 1 / np.where(np.abs(along) < 1e-9, np.float32(1e-9), along)
            start, middle = origin[:, axis, None] * -inverse, np.abs(inverse)
            near = start - middle
            later = near > enter
            enter = np.where(later, near, enter)
            facing = np.where(later, suns[:, axis, None], facing)
            leave = np.minimum(leave, start + middle)
        return np.where((enter <= leave) & (enter > 0), enter, np.float32(np.inf)), facing


def _span(low: NDArray[np.float64], high: NDArray[np.float64]) -> slice:
    first = int(np.clip(np.floor(low.min()), 0, SIDE - 1))
    return slice(first, int(np.clip(np.ceil(high.max()), first + 1, SIDE)))
