"""Raised ground that stands on other ground: hills, volcanoes, heaps and sandcastles."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..noise import noise
from ..solids import Solid, box, cone, cylinder, joined, lathe

HEAPS: dict[str, tuple[str, Rgb | None]] = {
    "sand": ("sand", None),
    "earth": ("soil", None),
    "snow": ("snow", None),
    "leaves": ("leaf", (0.45, 0.17, 0.03)),
    "hay": ("straw", None),
}


def _mound(radius: float, profile: list[tuple[float, float]], bumps: float, seed: int, n: int = 48) -> Solid:
    """A solid of revolution whose sides are uneven by up to so many m, but not at its foot."""
    whole = lathe([(radius * r, z) for r, z in profile], n)
    top = max(z for _, z in profile)

    def uneven(v: FloatArray) -> FloatArray:
        made = v.copy()
        lift = bumps * np.clip(3 * v[:, 2] / top, 0.0, 1.0) * np.clip(np.hypot(v[:, 0], v[:, 1]) / (0.3 * radius), 0, 1)
        made[:, 2] = np.maximum(v[:, 2] + lift * noise(v[:, :2], 0.4 * radius, seed), 0.0)
        return made

    return whole.shaped(uneven)


@entry(
    "a hill to roll down",
    names=("mound", "hillock", "knoll", "grassy hill"),
    size=(2.0, 30.0),
    moves="fixed",
    shape="MESH",
)
def hill(
    width: Annotated[float, metres(2.0, 30.0)] = 8.0,
    height: Annotated[float, share(0.08, 0.4, "of the width")] = 0.2,
    uneven: Annotated[float, share(0.0, 1.0)] = 0.2,
    colour: Colour = (0.1, 0.26, 0.05),
    seed: Seed = 0,
) -> Form:
    """A smooth round rise; what starts at its top is a little towards +x, where it goes down."""
    tall, r = height * width, width / 2
    profile = [(1.0 - i / 16, tall * (0.5 - 0.5 * math.cos(math.pi * i / 16))) for i in range(17)]
    solid = _mound(r, profile, 0.12 * uneven * tall, seed)
    start = tall * (0.5 + 0.5 * math.cos(math.pi * 0.2))
    anchors = {
        "top": Anchor((0.2 * r, 0.0, start), reach=0.1 * r),
        "foot": Anchor((r, 0.0, 0.0), (1.0, 0.0, 0.0), 0.3 * r),
    }
    return Form((Part(solid, "leaf", colour),), anchors)


@entry("a volcano with a crater", names=("volcanic mountain",), size=(1.0, 40.0), moves="fixed", shape="MESH")
def volcano(
    width: Annotated[float, metres(1.0, 40.0)] = 10.0,
    height: Annotated[float, share(0.3, 0.8, "of the width")] = 0.5,
    crater: Annotated[float, share(0.1, 0.35, "how wide it is, of the width")] = 0.2,
    lava: bool = True,
    colour: Colour = (0.09, 0.07, 0.06),
    seed: Seed = 0,
) -> Form:
    """A cone that grows steeper upward, with furrows, a hollow at its top and lava in it."""
    tall, r = height * width, width / 2
    rim = crater
    up = [(1.0 - (1.0 - rim) * i / 12, tall * (i / 12) ** 1.6) for i in range(13)]
    whole = _mound(r, [*up, (0.8 * rim, 0.86 * tall), (0.5 * rim, 0.8 * tall), (0.0, 0.78 * tall)], 0.06 * tall, seed)

    def furrowed(v: FloatArray) -> FloatArray:
        a, far = np.arctan2(v[:, 1], v[:, 0]), np.hypot(v[:, 0], v[:, 1])
        deep = 0.035 * r * np.sin(np.clip((far / r - rim) / (1 - rim), 0, 1) * math.pi)
        out = 1.0 + deep * np.sin(11 * a + 2 * np.sin(3 * a + seed % 9)) / np.maximum(far, 1e-9)
        made: FloatArray = v * np.stack([out, out, np.ones(len(v))], axis=1)
        return made

    parts = [Part(whole.shaped(furrowed), "stone", colour)]
    if lava:
        pool = lathe([(0.6 * rim * r, 0.7 * tall), (0.78 * rim * r, 0.87 * tall), (0.0, 0.88 * tall)], 20)
        parts.append(Part(pool, "stone", (1.0, 0.2, 0.01), glow=6.0))
    return Form(tuple(parts), {"mouth": Anchor((0.0, 0.0, 0.88 * tall), reach=0.6 * rim * r)})


@entry(
    "a heap of sand, earth, snow, leaves or hay",
    names=("sand pile", "pile of sand", "heap of sand", "pile of earth", "haystack", "pile of leaves", "molehill"),
    size=(0.2, 8.0),
    moves="fixed",
    shape="MESH",
)
def heap(
    width: Annotated[float, metres(0.2, 8.0)] = 1.6,
    height: Annotated[float, share(0.25, 0.8, "of the width")] = 0.42,
    of: Literal["sand", "earth", "snow", "leaves", "hay"] = "sand",
    seed: Seed = 0,
) -> Form:
    """A rounded cone with an uneven side."""
    tall, r = height * width, width / 2
    profile = [
        (1.0, 0.0),
        (0.92, 0.07),
        (0.75, 0.26),
        (0.55, 0.52),
        (0.35, 0.78),
        (0.18, 0.94),
        (0.08, 0.99),
        (0.0, 1.0),
    ]
    stuff, colour = HEAPS[of]
    solid = _mound(r, [(f, z * tall) for f, z in profile], (0.05 if of == "sand" else 0.14) * tall, seed, 32)
    top = Anchor((0.0, 0.0, float(solid.high[2])), reach=0.15 * r)
    return Form((Part(solid, stuff, colour),), {"top": top})


@entry("a castle of sand", names=("sand castle",), size=(0.2, 2.4), moves="fixed", shape="MESH")
def sandcastle(
    width: Annotated[float, metres(0.2, 2.0)] = 0.7,
    towers: Annotated[int, count(3, 8)] = 4,
    colour: Colour = (0.55, 0.42, 0.23),
    flag: Colour = (0.7, 0.03, 0.03),
) -> Form:
    """Round towers with battlements in a ring, walls between them, and a keep with a flag on a stick."""
    base = lathe([(0.5, 0.0), (0.47, 0.06), (0.0, 0.07)], 32)
    solids = [base]
    places = [
        (0.33 * math.cos(a), 0.33 * math.sin(a), a) for a in (math.pi * (2 * i / towers + 0.25) for i in range(towers))
    ]
    for x, y, _ in places:
        solids.append(lathe([(0.1, 0.05), (0.085, 0.3)], 16).moved(x, y))
        solids += [box(0.03, 0.03, 0.035).moved(x=0.066).turned(60 * k).moved(x, y, 0.295) for k in range(6)]
    for (x0, y0, _), (x1, y1, _) in zip(places, [*places[1:], places[0]], strict=True):
        long = math.hypot(x1 - x0, y1 - y0)
        wall = joined(
            [box(long, 0.06, 0.17), *(box(0.03, 0.06, 0.03).moved((k - 1) * 0.07, 0.0, 0.168) for k in range(3))]
        )
        solids.append(wall.turned(math.degrees(math.atan2(y1 - y0, x1 - x0))).moved((x0 + x1) / 2, (y0 + y1) / 2, 0.05))
    solids += [lathe([(0.15, 0.05), (0.12, 0.4)], 20), cone(0.13, 0.16, 20).moved(z=0.395)]
    stick, sheet = cylinder(0.006, 0.2, 8).moved(z=0.52), box(0.12, 0.004, 0.07).moved(x=0.062, z=0.64)
    parts = [
        Part(joined(solids).scaled(width), "sand", colour),
        Part(stick.scaled(width), "wood"),
        Part(sheet.scaled(width), "paper", flag),
    ]
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, 0.55 * width), reach=0.05 * width)})
