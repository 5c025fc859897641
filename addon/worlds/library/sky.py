"""Balls of the sky: planets, the moon and stars."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Solid, ball, joined, lathe


def _slice(low: float, high: float, radius: float, n: int) -> Solid:
    """The part of a sphere about the origin between two angles from its equator, in radians."""
    turns = np.linspace(low, high, max(2, round(n * (high - low) / math.pi) + 1)).tolist()
    return lathe([(radius * math.cos(t) if abs(t) < 1.57 else 0.0, radius * math.sin(t)) for t in turns], 2 * n)


@entry("a planet as a ball", names=("gas giant", "alien planet"), size=(0.099, 4.1), shape="SPHERE")
def planet(
    radius: Annotated[float, metres(0.05, 2.0)] = 0.5,
    kind: Literal["banded", "with seas", "plain"] = "banded",
    colour: Colour = (0.55, 0.32, 0.14),
    second: Colour = (0.78, 0.62, 0.42),
    seed: Seed = 0,
) -> Form:
    """A ball with bands in two colours, or with seas of the second colour between lands, or of one colour."""
    top = {"top": Anchor((0.0, 0.0, 2 * radius))}
    if kind == "plain":
        return Form((Part(ball(radius, 48).moved(z=radius), "stone", colour),), top)
    if kind == "with seas":
        land = ball(radius, 80)
        field = noise(land.vertices / radius, 0.9, seed)
        high = np.clip(1.0 + 0.25 * (field - 0.02), 0.97, 1.0)[:, None]
        high[np.abs(land.vertices[:, 2]) > 0.999 * radius] = 1.0
        earth = land.shaped(lambda v: v * high)
        sea = ball(0.996 * radius, 64)
        parts = (Part(earth, "stone", colour), Part(sea, "stone", second))
        return Form(tuple(Part(p.solid.moved(z=radius), p.stuff, p.color) for p in parts), top)
    rng = random.Random(seed)
    widths = [rng.uniform(0.5, 1.5) for _ in range(11)]
    edges = np.cumsum([0.0, *widths]) / sum(widths) * math.pi - math.pi / 2
    bands: tuple[list[Solid], list[Solid]] = ([], [])
    for i, (low, high_) in enumerate(pairwise(edges.tolist())):
        bands[i % 2].append(_slice(low, high_, radius, 28))
    return Form(
        tuple(Part(joined(b).moved(z=radius), "stone", c) for b, c in zip(bands, (colour, second), strict=True)), top
    )


@entry("the moon with craters", names=("full moon", "luna"), size=(0.095, 4.1), shape="SPHERE")
def moon(
    radius: Annotated[float, metres(0.05, 2.0)] = 0.5,
    craters: Annotated[int, count(0, 60)] = 26,
    glow: Annotated[float, share(0.0, 5.0, "how strong it shines by itself")] = 0.25,
    colour: Colour = (0.6, 0.59, 0.55),
    seed: Seed = 0,
) -> Form:
    """A ball that is a little uneven, with round hollows of many sizes that have raised rims."""
    rng, whole = random.Random(seed), ball(1.0, 92)
    way = whole.vertices
    far = 1.0 + 0.008 * noise(way, 0.5, seed)
    for _ in range(craters):
        z, turn, wide = rng.uniform(-1, 1), rng.uniform(0, 2 * math.pi), 0.08 + 0.26 * rng.random() ** 3
        flat = math.sqrt(1 - z * z)
        at = np.array([flat * math.cos(turn), flat * math.sin(turn), z])
        off = np.arccos(np.clip(way @ at, -1.0, 1.0)) / wide
        far += _crater(off) * 0.3 * wide
    plains = np.clip(3.0 * (noise(way, 1.1, seed + 1) - 0.16), 0.0, 1.0) * 0.02
    plains[np.abs(way[:, 2]) > 0.99] = 0.0
    size = float(np.ptp(way * (far - plains)[:, None], axis=0).max())
    light, dark = (Solid(way * f[:, None] * 2 * radius / size, whole.faces) for f in (far - plains, far - 0.006))
    low = float(light.low[2])
    grey = (0.62 * colour[0], 0.62 * colour[1], 0.64 * colour[2])
    parts = tuple(Part(s.moved(z=-low), "stone", c, glow, 0.5) for s, c in ((light, colour), (dark, grey)))
    return Form(parts, {"top": Anchor((0.0, 0.0, float(light.high[2]) - low))})


def _crater(off: FloatArray) -> FloatArray:
    """How much ground is lifted so far from a crater's middle, which ends at 1, over its depth."""
    hollow = np.clip(off**2 - 0.75, -0.6, None) * (off < 1.0)
    rim = 0.25 * np.exp(-(((off - 1.0) / 0.18) ** 2)) * (off >= 1.0)
    lifted: FloatArray = hollow + rim
    return lifted


@entry("a star: a ball that shines", names=("star", "glowing star"), size=(0.09, 4.1), shape="SPHERE")
def sun_star(
    radius: Annotated[float, metres(0.05, 2.0)] = 0.5,
    glow: Annotated[float, share(0.5, 40.0, "how strong it shines")] = 8.0,
    uneven: Annotated[float, share(0.0, 0.06, "how much its surface goes up and down")] = 0.015,
    colour: Colour = (0.95, 0.62, 0.12),
    seed: Seed = 0,
) -> Form:
    """A glowing ball whose surface is a little uneven."""
    whole = ball(1.0, 56)
    bumps = 1.0 + uneven * noise(whole.vertices, 0.35, seed)
    body = whole.shaped(lambda v: v * bumps[:, None])
    body = body.scaled(2 * radius / float((body.high - body.low).max())).standing()
    return Form((Part(body, "plaster", colour, glow=glow),), {"top": Anchor((0.0, 0.0, float(body.high[2])))})
