"""What is played at: basketball hoops and football goals."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from ..entry import Colour, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, bars, box, joined, ring, rounded, tube

WHITE = (0.85, 0.85, 0.83)
BOTH = (-1, 1)


@entry(
    "a basketball hoop on a post",
    names=("basketball basket", "basketball goal", "basketball net", "basketball stand"),
    size=(1.4, 4.6),
    moves="fixed",
    shape="MESH",
)
def basketball_hoop(
    height: Annotated[float, metres(1.2, 3.4, "of the ring")] = 3.05,
    board: Annotated[float, metres(0.8, 1.9, "how wide it is")] = 1.4,
    net: bool = True,
    colour: Colour = (0.75, 0.2, 0.02),
    post: Colour = (0.1, 0.12, 0.16),
) -> Form:
    """A post with a bent arm on a heavy foot, a board with a square, an orange ring and a net under it."""
    h, wide = height, board
    k, r = wide / 1.8, 0.23
    tall = 0.6 * wide
    face = rounded(wide, 0.04, tall, 0.015).moved(0.0, 0.0, h - 0.15 * k)
    sign = [
        box(w, 0.01, t).moved(x, -0.022, z)
        for w, t, x, z in (
            (0.6 * k, 0.05 * k, 0.0, h + 0.02),
            (0.6 * k, 0.05 * k, 0.0, h + 0.42 * k),
            (0.05 * k, 0.45 * k, -0.28 * k, h + 0.02),
            (0.05 * k, 0.45 * k, 0.28 * k, h + 0.02),
            (wide - 0.02, 0.04 * k, 0.0, h - 0.14 * k),
            (wide - 0.02, 0.04 * k, 0.0, h - 0.15 * k + tall - 0.06 * k),
            (0.04 * k, tall - 0.04, -wide / 2 + 0.03 * k, h - 0.14 * k),
            (0.04 * k, tall - 0.04, wide / 2 - 0.03 * k, h - 0.14 * k),
        )
    ]
    back = 0.75
    pole: list[Point] = [
        (0.0, back, 0.0),
        (0.0, back, h - 0.45),
        (0.0, back - 0.25, h - 0.05),
        (0.0, 0.0, h + 0.25 * tall),
    ]
    iron = [*bars(pole, 0.06, 12), box(0.9, 0.9, 0.12).moved(0.0, back)]
    iron.append(tube([(0.0, back, h - 0.75), (0.0, 0.02, h - 0.05)], 0.03, 8))
    out = -0.04 - r - 0.1
    rim = [
        ring(r, 0.012, 32, 8).moved(0.0, out, h),
        box(0.16, 0.14, 0.03).moved(0.0, -0.08, h - 0.015),
        box(0.2, 0.02, 0.14).moved(0.0, -0.025, h - 0.1),
    ]
    parts = [
        Part(face, "plastic", WHITE, share=0.5),
        Part(joined([*sign, *rim]), "steel", colour),
        Part(joined(iron), "steel", post, share=0.2),
    ]
    if net:
        n, levels = 12, ((1.0, 0.0), (0.86, -0.12), (0.72, -0.25), (0.62, -0.38))
        cords: list[Solid] = []
        for i in range(n):
            for way in BOTH:
                line: list[Point] = []
                for j, (f, z) in enumerate(levels):
                    a = 2 * math.pi * (i + 0.5 * way * (j % 2)) / n
                    line.append((f * r * math.cos(a), out + f * r * math.sin(a), h + z))
                cords.append(tube(line, 0.004, 5))
        parts.append(Part(joined(cords), "rope", WHITE))
    shift = -(out - r + back + 0.45) / 2
    made = tuple(Part(p.solid.moved(y=shift), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(
        made,
        {
            "mouth": Anchor((0.0, out + shift, h), reach=0.9 * r),
            "top": Anchor((0.0, shift, h - 0.15 * k + tall), reach=0.02),
        },
    )


@entry(
    "a football goal with its net",
    names=("soccer goal", "goal", "goal posts", "goalposts", "hockey goal", "goalpost"),
    size=(0.8, 7.6),
    moves="fixed",
    shape="MESH",
)
def football_goal(
    width: Annotated[float, metres(0.8, 7.5)] = 3.0,
    height: Annotated[float, share(0.32, 0.7, "over its width")] = 0.62,
    depth: Annotated[float, share(0.3, 0.6, "of its foot, over its height")] = 0.5,
    net: bool = True,
    colour: Colour = WHITE,
) -> Form:
    """Two posts and a bar, stays behind, and a net of cords over the sides and the slanting back."""
    h = height * width
    deep, r = depth * h, 0.008 * width + 0.012
    x, high = width / 2 - r, h - r
    roof = 0.3 * deep
    posts = [tube([(s * x, 0.0, 0.0), (s * x, 0.0, h)], r, 12) for s in BOTH]
    posts.append(tube([(-x - r, 0.0, high), (x + r, 0.0, high)], r, 12))
    thin = 0.6 * r
    for s in BOTH:
        stay: list[Point] = [(s * x, 0.0, high), (s * x, roof, high), (s * x, deep, thin), (s * x, 0.0, thin)]
        posts += bars(stay, thin, 8)
    posts += [tube([(-x, y, z), (x, y, z)], thin, 8) for y, z in ((deep, thin), (roof, high))]
    parts = [Part(joined(posts), "steel", colour, share=0.15)]
    if net:
        cord = 0.0016 * width + 0.0015
        nx, nz = 16, max(round(16 * h / width), 5)
        cords: list[Solid] = []
        for i in range(nx + 1):
            at = -x + 2 * x * i / nx
            cords += bars([(at, 0.0, high), (at, roof, high), (at, deep, thin)], cord, 4)
        line = [(roof * t, high) for t in (0.34, 0.67)]
        line += [
            (roof + (deep - roof) * t, high + (thin - high) * t) for t in np.linspace(0.0, 1.0, nz + 1)[:-1].tolist()
        ]
        for y, z in line:
            cords.append(tube([(-x, y, z), (x, y, z)], cord, 4))
            cords += [tube([(s * x, y, z), (s * x, y, thin)], cord, 4) for s in BOTH]
        for i in range(1, nz):
            z = thin + (high - thin) * i / nz
            far = deep + (roof - deep) * i / nz
            cords += [tube([(s * x, 0.0, z), (s * x, far, z)], cord, 4) for s in BOTH]
        parts.append(Part(joined(cords), "rope", WHITE))
    made = tuple(Part(p.solid.moved(y=-(deep - r) / 2), p.stuff, p.color, p.glow, p.share) for p in parts)
    y = -(deep - r) / 2
    return Form(
        made,
        {
            "mouth": Anchor((0.0, y, 0.0), (0.0, -1.0, 0.0), 0.45 * width),
            "inside": Anchor((0.0, y + deep / 2, 0.0), reach=0.3 * deep),
            "top": Anchor((0.0, y, h), reach=r),
        },
    )
