"""How large a ball is in a picture: by what its colour adds to what stays, against the same ball as it would look.

A ball's outline is the same from all sides, so its area and its distance tell its volume; a box's does not. The area is
taken as astronomers take a star's: what a disc around it has more than the empty scene, in units of what a pixel has
that is all ball. Blur moves light and keeps the sum. The same is taken of a drawing of the known ball there, so that
how rays fall, and what is behind, cancel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from addon.geometry.poses import rotation_matrix

from ..frames import Clip
from ..frames.clips import BALL
from .known import Ball, Known

COVERED = 0.25
"""A pixel is the ball's where that much of it has its colour."""
PURE = 0.5
"""Of a pixel's change so much at most may be of no colour of the machine."""
SAME = 0.01
"""Linear light by which a pixel may fit another colour better and still be the ball's."""
CONTRAST = 0.15
"""Least difference, in linear light, of the ball from what is behind it."""
LEAST = 0.15
"""Of its first area so much at least, for a ball to be seen at all."""
FOREIGN = 0.1
"""Other colours around the ball, of its own light: with more the outline is not clear."""
NEAR, LARGER, FINER, ROUNDS = 0.6, 0.3, 2.5, 5
"""Pixels around its middle, and logarithms of its radius, in which the ball is drawn to look like it; how much nearer
each time; how often."""
MOST = math.log(2)
"""Logarithm of its radius, over the first one, that is drawn at most."""
GROWTH = 0.2
"""Squared error, in linear light, that the picture has to lose for a ball to be e times as large as it was."""
AIMS = np.concatenate([np.zeros((1, 3)), np.random.default_rng(0).uniform(-1, 1, (32, 3))])
UPRIGHT = np.array([[1.0, 0.0, 0.0, 0.0]])


@dataclass(frozen=True, eq=False)
class Sight:
    """A ball in a picture: the ``share`` of each pixel that is it ``[H, H]``, its middle ``[2]`` in pixels, its area in
    pixels, and its volume in units of its first one: ``shown``, whatever hides or disturbs it, and ``volume`` only
    where its outline is clear; None where too little of it is to be seen."""

    share: NDArray[np.float64]
    middle: NDArray[np.float64]
    area: float
    shown: float | None
    volume: float | None


def look(known: Known, ball: Ball, picture: NDArray[np.float64]) -> Sight | None:
    """A ball in a linear picture ``[H, H, 3]``, or None where it is not to be seen."""
    share, own, strength = coverage(known, ball, picture)
    labels, count = ndimage.label(own, np.ones((3, 3)))
    if not count:
        return None
    weights = ndimage.sum(share, labels, range(1, count + 1))
    patch = labels == int(np.argmax(weights)) + 1
    inside = np.where(patch, share.clip(0, 1), 0.0)
    if inside.sum() < LEAST * ball.area:
        return None
    grid = middles(len(picture))
    middle = (inside[..., None] * grid).sum((0, 1)) / inside.sum()
    away, radius = np.linalg.norm(grid - middle, axis=-1), math.sqrt(max(ball.area, float(inside.sum())) / math.pi)
    around = away < 1.4 * radius + 1.5
    area = float(share[around].sum())
    light = math.sqrt(float(strength[around].mean())) * area
    foreign = strange(picture[around], ball.color, known.plate[around]).sum() / max(light, 1e-9)
    # Where the ball's colour is that of what is behind it, or its outline leaves the picture, no area can be had.
    clear = foreign < FOREIGN and strength[around].min() > CONTRAST**2 and _inside(middle, radius, len(picture))
    others = ~own & (share > COVERED)
    shown = np.where(around & ~others, share.clip(0, 1), 0.0)
    drawn, scale, hidden = _drawn(known, ball, picture, middle)
    expected = float(coverage(known, ball, drawn)[0][around].sum())
    least = LEAST * ball.area
    volume = scale**3 * (area / expected) ** 1.5 if min(area, expected) > least else None
    return Sight(shown, middle, area, volume, None if hidden or not clear else volume)


def _drawn(
    known: Known, ball: Ball, picture: NDArray[np.float64], middle: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float, bool]:
    """The empty scene with the ball where, and as large as, it looks most like in a picture, near a middle; how large
    that is, of its first radius; and whether what stays may hide a part of it."""
    depth, eye = distance(known, ball, middle), known.camera.eye
    best = np.append(middle, 0.0)

    def places(aims: NDArray[np.float64]) -> NDArray[np.float64]:
        # A ball that is larger looks as the same one does that is nearer.
        rays = np.array([_ray(known, aim[:2]) for aim in aims])
        return np.asarray(eye + depth * np.exp(-aims[:, 2:]) * rays)

    # At first where it is, then how large it is too.
    for free in (0.0, 1.0):
        for turn in range(ROUNDS):
            aims = best + np.array([NEAR, NEAR, free * LARGER]) / FINER**turn * AIMS
            aims[:, 2] = aims[:, 2].clip(-MOST, MOST)
            window = ball.layers.window(ball.place, places(aims))
            tried = ball.layers.tries(ball.place, window, places(aims), np.repeat(UPRIGHT, len(aims), 0))
            off = ((tried - picture[window]) ** 2).sum((1, 2, 3)) + GROWTH * aims[:, 2] ** 2
            best = aims[int(off.argmin())]
    drawn, window = known.plate.copy(), ball.layers.window(ball.place, places(best[None]))
    drawn[window] = ball.layers.tries(ball.place, window, places(best[None]), UPRIGHT)[0]
    away = np.linalg.norm(middles(len(known.plate)) - best[:2], axis=-1)
    before = known.depth[away < math.sqrt(ball.area / math.pi) + 0.7] < depth - ball.radius
    return drawn, math.exp(best[2]), bool(before.any())


def look_in(known: Known, ball: Ball, mask: NDArray[np.bool_]) -> Sight | None:
    """A ball where a network says that it is, by the pixels ``[H, H]`` of its slot, or None where there are none."""
    area = float(mask.sum())
    if area < LEAST * ball.area:
        return None
    middle = middles(len(mask))[mask].mean(0)
    depth = distance(known, ball, middle)
    volume = float(area / ball.area * _solid(known, middle, depth) / _solid(known, ball.middle, ball.depth)) ** 1.5
    away = np.linalg.norm(middles(len(mask)) - middle, axis=-1)
    before = known.depth[away < math.sqrt(max(area, ball.area) / math.pi) + 0.7] < depth - ball.radius
    return Sight(mask.astype(float), middle, area, volume, None if before.any() else volume)


def coverage(
    known: Known, ball: Ball, picture: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """How much of each pixel ``[H, H]`` has the ball's colour in place of what stays, whether no other colour explains
    it as well, and the squared difference of both colours."""
    toward, change = ball.color - known.plate, picture - known.plate
    strength = (toward**2).sum(-1)
    share = (change * toward).sum(-1) / strength.clip(1e-4)
    rest = np.linalg.norm(change - share[..., None] * toward, axis=-1)
    mine = strange(picture, ball.color, known.plate)
    others = [strange(picture, color, known.plate) for color in known.movers if _unlike(color, ball.color)]
    best = np.min(others, axis=0) if others else np.full_like(mine, np.inf)
    own = (share > COVERED) & (rest < PURE * np.abs(share) * np.sqrt(strength)) & (mine < best + SAME)
    return share, own & (strength > CONTRAST**2), strength


def _unlike(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether two colours are more than shades of one."""
    return float(one @ other) < 0.995 * float(np.linalg.norm(one) * np.linalg.norm(other))


def strange(colors: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far linear colours ``[..., 3]`` are from mixtures of a colour ``[3]`` and others ``[..., 3]``, anyhow lit."""
    first, second = one / np.linalg.norm(one), other / np.linalg.norm(other, axis=-1, keepdims=True).clip(1e-9)
    along, left, right = second @ first, colors @ first, (colors * second).sum(-1)
    across = (1 - along**2).clip(1e-6)
    mine, rest = (left - along * right) / across, (right - along * left) / across
    mine, rest = np.where(rest < 0, left, mine), np.where(mine < 0, right, rest)
    # What is behind is never brighter than it was.
    mixed = mine.clip(0)[..., None] * first + rest.clip(0, np.linalg.norm(other, axis=-1))[..., None] * second
    return np.asarray(np.linalg.norm(colors - mixed, axis=-1))


def distance(known: Known, ball: Ball, middle: NDArray[np.float64]) -> float:
    """The depth of a ball that is seen at a pixel ``[2]``: where it would be in the upright plane along x that it
    started in, or nearer where it would lie on what stays before that."""
    ray, eye = _ray(known, middle), known.camera.eye
    plane = float((ball.position[1] - eye[1]) / ray[1])
    depths = np.linspace(0.5 * plane, plane, 400)
    low = np.flatnonzero(drop(eye + depths[:, None] * ray, known.fixed) <= ball.radius)
    return float(depths[low[0]]) if len(low) else plane


def drop(points: NDArray[np.float64], fixed: Clip) -> NDArray[np.float64]:
    """How far it is straight down from points ``[P, 3]`` to the first thing of a one-frame clip; metres, 0 within."""
    found = np.full(len(points), np.inf)
    for n in range(len(fixed.kind)):
        turn = rotation_matrix(fixed.quaternion[0, n])
        start = (points - fixed.position[0, n]) @ turn / fixed.half[n]
        down = np.array([0.0, 0.0, -1.0]) @ turn / fixed.half[n]
        if fixed.shape[n] == BALL:
            a, b, c = down @ down, start @ down, (start**2).sum(-1) - 1
            under = b * b - a * c
            enter = np.where(under >= 0, (-b - np.sqrt(under.clip(0))) / a, np.inf)
            leave = np.where(under >= 0, (-b + np.sqrt(under.clip(0))) / a, -np.inf)
        else:
            slope = np.where(np.abs(down) < 1e-9, 1e-9, down)
            sides = np.stack([(-1 - start) / slope, (1 - start) / slope])
            enter, leave = sides.min(0).max(-1), sides.max(0).min(-1)
        hit = (enter <= leave) & (leave > 0)
        found = np.where(hit, np.minimum(found, enter.clip(0)), found)
    return found


def middles(size: int) -> NDArray[np.float64]:
    """The middles of pixels ``[size, size, 2]``, columns and rows."""
    columns, rows = np.meshgrid(np.arange(size) + 0.5, np.arange(size) + 0.5)
    return np.stack([columns, rows], -1)


def _ray(known: Known, middle: NDArray[np.float64]) -> NDArray[np.float64]:
    across = middle / (len(known.plate) / 2) - 1
    local = np.array([across[0], -across[1], known.camera.focal]) / known.camera.focal
    return np.asarray(local @ known.camera.axes)


def _solid(known: Known, middle: NDArray[np.float64], depth: float) -> float:
    """What a ball's squared radius is to its area in a picture there: depth³ by distance (a cone cut by a plane)."""
    return depth**2 / float(np.linalg.norm(_ray(known, middle)))


def _inside(middle: NDArray[np.float64], radius: float, size: int) -> bool:
    return bool((middle > radius + 1).all() and (middle < size - radius - 1).all())
