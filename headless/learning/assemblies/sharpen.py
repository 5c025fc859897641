"""Analysis by synthesis: what was read is drawn, and moved until the drawing agrees with the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from addon.perception.classes import DIM
from addon.scene_graph.text import COLORS

from .canvas import Canvas, Patch, View, encoded
from .fit import Fit, Readings
from .kit import WIDE, Member

PALETTE = np.array(list(COLORS.values()), np.float64)
"""Colours that things can have ``[C, 3]``, linear."""
SWITCHED = ("lamp", "fan")
OFF = 0.05
"""How far (sRGB) a pixel may be off: one standard deviation."""
MOST = 9.0
"""A pixel that is further off costs hardly more: something else is there."""
Schedule = tuple[tuple[tuple[float, ...], float, tuple[float, ...]], ...]
QUICK: Schedule = (((6.0, 2.5), 1.0, (1.0, 0.4)),)
"""How things are moved to choose between assemblies: a search in such steps, Gauss-Newton with such differences, and a
search again, all in `STEP`."""
THOROUGH: Schedule = (
    ((4.0, 1.5), 1.0, (0.7, 0.25)), ((2.0,), 0.5, (0.5, 0.2, 0.1)), ((1.0,), 0.25, (0.25, 0.1, 0.05)),
    ((3.0,), 1.0, (0.5, 0.2, 0.1, 0.05)),
)  # fmt: skip
"""How the chosen ones are."""
ALIKE = 0.97
"""Cosine of directions that are as good as the same."""
LOOK = 0.15
"""Metres from place to place at which something is looked for that no reading is of."""
MISREAD = 0.5
"""Metres by which a reading may be off."""
DONE = 4.0
"""A misfit that no pixel stands behind."""
WAYS = 8
"""Most ways in which an assembly is moved."""
STEP = 0.04
"""Metres by which things are moved to see what changes: less than a pixel."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A fit that is drawn: its numbers are ``fit.mean`` and ``ways`` ``[D, K]`` times ``along`` ``[K]``, each of which
    is 0 within one in examples. ``shown`` ``[N, 3]`` are linear colours as seen, ``lit`` ``[N]``."""

    fit: Fit
    ways: NDArray[np.float64]
    along: NDArray[np.float64]
    shown: NDArray[np.float64]
    lit: NDArray[np.bool_]

    @property
    def vector(self) -> NDArray[np.float64]:
        """All numbers."""
        return np.asarray(self.fit.mean + self.ways @ self.along)

    @property
    def joints(self) -> NDArray[np.float64]:
        """Where the joints are ``[J, 3]``."""
        return self.vector[WIDE * len(self.lit) :].reshape(-1, 3)

    @property
    def poses(self) -> NDArray[np.float64]:
        """Of the members ``[N, 9]``."""
        return self.vector[: WIDE * len(self.lit)].reshape(-1, WIDE)


def placed(fit: Fit, readings: Readings) -> Placed:
    """A fit with the colours of its readings, and the ways in which it may yet move."""
    values, vectors = np.linalg.eigh(fit.spread)
    keep = np.flatnonzero(values > 0.004**2)[::-1][:WAYS]
    ways = vectors[:, keep] * np.sqrt(values[keep])
    along = vectors[:, keep].T @ (fit.vector - fit.mean) / np.sqrt(values[keep])
    return Placed(fit, ways, along, *_colored(fit, readings))


def _colored(fit: Fit, readings: Readings) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    members = fit.assembly.members
    shown, lit = np.full((len(members), 3), 0.5), np.ones(len(members), bool)
    for n, member in enumerate(members):
        if fit.of[n] >= 0:
            one = readings.found[fit.of[n]]
            lit[n] = one.lit or member.kind not in SWITCHED
            shown[n] = nearest(one.color / (1 if lit[n] else DIM)) * (1 if lit[n] else DIM)
        elif member.kind in SWITCHED:
            lit[n] = False
    roots = roots_of(members)
    for n, member in enumerate(members):
        read = [shown[m] for m in np.flatnonzero((roots == roots[n]) & (fit.of >= 0))]
        if member.color is not None:
            shown[n] = np.array(member.color) * (1 if lit[n] else DIM)
        elif read:
            shown[n] = nearest(np.median(np.array(read), 0))
    return shown, lit


def roots_of(members: Sequence[Member]) -> NDArray[np.int64]:
    """Of each member the first that has its colour ``[N]``."""
    return np.array([n if member.colored_as is None else member.colored_as for n, member in enumerate(members)])


def nearest(color: NDArray[np.float64]) -> NDArray[np.float64]:
    """The colour of `PALETTE` that looks most like one."""
    return PALETTE[np.abs(encoded(PALETTE) - encoded(np.clip(color, 0, 1))).sum(-1).argmin()]


class Scenery:
    """A picture, and what is drawn of it: a background and things before it within rows and columns of rays."""

    def __init__(self, picture: NDArray[np.uint8], canvas: Canvas) -> None:
        self.picture, self.canvas = picture.astype(np.float64) / 255, canvas

    def patches(self, one: Placed, poses: NDArray[np.float64] | None = None, first: int = 0) -> list[tuple[int, Patch]]:
        """What its members show, numbered from ``first`` on."""
        poses = one.poses if poses is None else poses
        balls = [member.ball for member in one.fit.assembly.members]
        cast = (self.canvas.cast(pose, ball) for pose, ball in zip(poses, balls, strict=True))
        return list(enumerate(cast, first))

    def part(self, rows: slice, columns: slice) -> NDArray[np.float64]:
        """The picture's pixels of rows and columns of rays."""
        samples = self.canvas.samples
        across = slice(columns.start // samples, columns.stop // samples)
        return self.picture[rows.start // samples : rows.stop // samples, across]

    def misfit(self, view: View, shown: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each pixel ``[h, w]`` is off, squared and in units of `OFF`, at most about `MOST`."""
        drawn = self.canvas.pixels(view.colors(shown))
        off = ((drawn - self.part(view.rows, view.columns)) ** 2).sum(-1) / OFF**2
        return np.asarray(off / (1 + off / MOST))


def sharpened(
    group: Sequence[Placed], scenery: Scenery, under: View, shown: NDArray[np.float64], area: tuple[slice, slice],
    schedule: Schedule = QUICK,
) -> tuple[list[Placed], float]:  # fmt: skip
    """Placed assemblies moved until what is drawn in an area agrees with the picture, and what is left of the misfit.

    ``under`` is what is drawn without them, things of colours ``shown`` ``[M, 3]``. Gauss-Newton with differences,
    then a search along each way in ever smaller steps.
    """
    sizes = np.cumsum([0, *(len(one.along) for one in group)])
    colors = np.concatenate([shown, *(one.shown for one in group)])

    def drawn(along: NDArray[np.float64]) -> NDArray[np.float64]:
        patches: list[tuple[int, Patch]] = []
        first = len(shown)
        for one, a, b in zip(group, sizes, sizes[1:], strict=False):
            patches += scenery.patches(replace(one, along=along[a:b]), first=first)
            first += len(one.lit)
        return scenery.misfit(scenery.canvas.view(patches, *area, under), colors)

    def cost(along: NDArray[np.float64]) -> float:
        return float(drawn(along).sum() + (along**2).sum())

    along = np.concatenate([one.along for one in group]) if group else np.zeros(0)
    if not len(along):
        return list(group), cost(along)
    reach = np.concatenate([np.abs(one.ways).max(0) for one in group])
    steps = np.minimum(STEP / reach, 2.0)
    best = cost(along)
    start = along
    reach_of = np.concatenate([_unsure(one) for one in group])
    tries = np.concatenate([_tries(one, a, len(along)) for one, a in zip(group, sizes, strict=False)])
    keep = _unlike(tries, reach_of)
    tries, reach_of = tries[keep], reach_of[keep]

    def searched(scales: Sequence[float]) -> None:
        nonlocal along, best
        for scale in scales:
            for step in tries:
                for way in (step * scale, -step * scale):
                    while (found := cost(along + way)) < best - 1e-6:
                        along, best = along + way, found

    def scanned() -> None:
        """What no reading is of, and may be far from where it was taken to be, is looked for along its way."""
        nonlocal along, best
        for step, wide in zip(tries, reach_of, strict=True):
            for far in np.arange(LOOK, 2 * wide, LOOK) if wide > LOOK else ():
                for way in (step * far / STEP, -step * far / STEP):
                    if (found := cost(start + way)) < best - 1e-6:
                        along, best = start + way, found

    def stepped(scale: float) -> None:
        nonlocal along, best
        root = np.sqrt(drawn(along)).ravel()
        slopes = np.stack(
            [
                (np.sqrt(drawn(along + step)) - np.sqrt(drawn(along - step))).ravel() / (2 * steps[n] * scale)
                for n, step in enumerate(np.diag(steps * scale))
            ]
        )
        bend, pull = slopes @ slopes.T + np.eye(len(along)), slopes @ root + along
        for damp in (0.0, 0.3, 3.0):
            change = -np.linalg.solve(bend + damp * np.diag(np.diag(bend)), pull)
            for share in (1.0, 0.4):
                tried = along + share * np.clip(change, -4, 4)
                if (found := cost(tried)) < best:
                    along, best = tried, found
                    return

    scanned()
    for coarse, scale, fine in schedule:
        if best < DONE + float((along**2).sum()):
            break
        searched(coarse)
        for _ in range(2):
            before = best
            stepped(scale)
            if best > before - 0.5:
                break
        searched(fine)
    return [replace(one, along=along[a:b]) for one, a, b in zip(group, sizes, sizes[1:], strict=False)], best


def _unsure(one: Placed) -> NDArray[np.float64]:
    """How far (m) each member ``[N]`` may be from where it is taken to be."""
    ways = one.ways[: WIDE * len(one.lit)].reshape(len(one.lit), WIDE, -1)[:, :3]
    wide = np.sqrt((ways**2).sum(-1)).max(-1, initial=0)
    return np.where(one.fit.of < 0, wide, np.minimum(wide, MISREAD))


def _unlike(tries: NDArray[np.float64], far: NDArray[np.float64]) -> list[int]:
    """Places of directions that are not those of others; of what is alike that is kept which may be farthest off."""
    plain = tries / np.linalg.norm(tries, axis=1, keepdims=True).clip(1e-9)
    kept: list[int] = []
    for n in np.argsort(-far, kind="stable").tolist():
        if tries[n].any() and all(abs(float(plain[n] @ plain[m])) < ALIKE for m in kept):
            kept.append(n)
    return kept


def _tries(one: Placed, first: int, wide: int) -> NDArray[np.float64]:
    """Directions ``[N, wide]`` of a search, from the place ``first`` of its numbers on: each moves one member most, by
    `STEP`, and the others least."""
    count = len(one.along)
    ways = one.ways[: WIDE * len(one.lit)].reshape(len(one.lit), WIDE, count)
    every = np.einsum("nwk,nwl->kl", ways, ways)
    found = np.zeros((len(ways), wide))
    for n, mine in enumerate(ways if count else ()):
        rest = every - mine.T @ mine + 1e-5 * np.trace(every) * np.eye(count)
        direction = eigh(mine.T @ mine, rest)[1][:, -1]
        found[n, first : first + count] = direction * STEP / max(np.abs(mine @ direction).max(), 1e-6)
    return found


def recolored(one: Placed, scenery: Scenery, under: View, area: tuple[slice, slice]) -> Placed:
    """With the colours that its pixels tell, where its examples have several."""
    members = one.fit.assembly.members
    view = scenery.canvas.view(scenery.patches(one), *area, replace(under, who=np.full_like(under.who, -1)))
    samples = scenery.canvas.samples
    part = scenery.part(*area)
    roots = roots_of(members)
    shown, lit = one.shown.copy(), one.lit.copy()
    for root in np.unique(roots):
        group = np.flatnonzero(roots == root)
        if members[root].color is not None:
            continue
        mine = np.isin(view.who, group)
        height, width = mine.shape[0] // samples, mine.shape[1] // samples
        full = mine.reshape(height, samples, width, samples).mean((1, 3))
        pixels = full >= (1.0 if (full >= 1).sum() >= 3 else 0.5)
        if not pixels.any():
            continue
        light = view.light.reshape(height, samples, width, samples).mean((1, 3))[pixels]
        ways = [(True, PALETTE)]
        if members[root].kind in SWITCHED:
            ways.append((False, PALETTE * DIM))
        tried = []
        for on, colors in ways:
            off = ((encoded(colors[:, None] * light[:, None]) - part[pixels]) ** 2).sum(-1) / OFF**2
            off = (off / (1 + off / MOST)).sum(1)
            tried.append((off.min(), on, colors[off.argmin()]))
        _, on, color = min(tried, key=lambda way: way[0])
        shown[group], lit[group] = color, on
    return replace(one, shown=shown, lit=lit)
