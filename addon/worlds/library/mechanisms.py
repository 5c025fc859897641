"""Parts of machines that turn, swing, ring or are pressed."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Solid, ball, box, cylinder, hoop, joined, lathe, profiled, ring, rounded, tube

DARK = (0.04, 0.04, 0.045)
BROWN = (0.34, 0.19, 0.09)


@entry(
    "the bob of a pendulum: a ball under an eye, on a rod",
    names=("pendulum", "wrecking ball", "bob"),
    size=(0.07, 4.5),
    shape="COMPOUND",
)
def pendulum_bob(
    radius: Annotated[float, metres(0.03, 0.5)] = 0.1,
    rod: Annotated[float, metres(0.0, 3.0, "how long the rod over the ball is")] = 0.4,
    colour: Colour = (0.3, 0.31, 0.33),
) -> Form:
    """A ball with a collar, a straight rod on request, and an eye at the top to hang it from."""
    eye, bar, high = 0.22 * radius, 0.06 * radius, 2 * radius + rod
    collar = lathe([(0.45 * radius, 1.85 * radius), (0.3 * radius, 2.06 * radius), (0.12 * radius, 2.15 * radius)], 24)
    loop = ring(eye, bar, 24, 10).turned(90, "x").moved(z=high + eye + 0.06 * radius)
    stem = cylinder(0.09 * radius, rod + 0.3 * radius, 12).moved(z=1.8 * radius)
    sphere = ball(radius, 32).moved(z=radius)
    hook = Anchor((0.0, 0.0, high + 2 * eye + 0.12 * radius))
    return Form(
        (Part(sphere, "steel", colour), Part(joined([collar, stem, loop]), "steel", DARK)),
        {"handle": hook, "hook": hook},
        hulls=(ball(radius, 16).moved(z=radius), stem),
    )


def _toothed(radius: float, tooth: float, teeth: int, thick: float, hole: float) -> Solid:
    """A wheel about z with teeth as deep as said outside a radius, from z = 0 up, with a round hole."""
    blank = hoop([(hole, 0.0), (radius, 0.0), (radius, thick), (hole, thick)], 6 * teeth)

    def cut(v: FloatArray) -> FloatArray:
        far = np.hypot(v[:, 0], v[:, 1])
        step = np.rint(np.arctan2(v[:, 1], v[:, 0]) / (2 * math.pi) * 6 * teeth).astype(int) % 6
        out = np.choose(step, [1.0, 1.0, 0.35, 0.0, 0.0, 0.35]) * tooth
        wider = np.where(far > (hole + radius) / 2, 1.0 + out / radius, 1.0)
        moved: FloatArray = v * np.stack([wider, wider, np.ones(len(v))], axis=1)
        return moved

    return blank.shaped(cut)


@entry("a gear wheel", names=("cogwheel", "cog", "gearwheel", "toothed wheel"), size=(0.04, 3.0))
def gear(
    radius: Annotated[float, metres(0.02, 1.5, "up to the tips of its teeth")] = 0.2,
    teeth: Annotated[int, count(6, 40)] = 16,
    thickness: Annotated[float, share(0.08, 0.6, "over its radius")] = 0.22,
    lies: bool = False,
    of: Literal["steel", "brass", "wood"] = "brass",
) -> Form:
    """A toothed rim, a thinner web with round spokes, and a hub with a hole, upright or lying."""
    tooth, thick = min(0.2, 2.2 / teeth) * radius, thickness * radius
    root = radius - tooth
    rim = _toothed(root, tooth, teeth, thick, 0.8 * root)
    hub = hoop([(0.12 * root, 0.0), (0.3 * root, 0.0), (0.3 * root, 1.1 * thick), (0.12 * root, 1.1 * thick)], 24)
    spoke = box(0.6 * root, 0.16 * root, 0.5 * thick).moved(0.55 * root, 0.0, 0.25 * thick)
    whole = joined([rim, hub.moved(z=-0.05 * thick), *(spoke.turned(60 * i) for i in range(6))])
    whole = whole.moved(z=0.05 * thick) if lies else whole.turned(90, "x").standing()
    top = float(whole.high[2])
    return Form(
        (Part(whole, of),),
        {"axle": Anchor((0.0, 0.0, top), reach=0.1 * root)}
        if lies
        else {"axle": Anchor((0.0, float(whole.low[1]), top / 2), (0.0, -1.0, 0.0))},
    )


@entry("a wheel that stands upright", names=("cartwheel", "tyre", "tire", "wagon wheel"), size=(0.06, 3.0))
def wheel(
    radius: Annotated[float, metres(0.03, 1.5)] = 0.35,
    width: Annotated[float, share(0.1, 0.8, "over its radius")] = 0.3,
    kind: Literal["spoked", "tyre", "disc"] = "spoked",
    spokes: Annotated[int, count(4, 16)] = 10,
    colour: Colour = BROWN,
) -> Form:
    """A rim around a hub, with spokes, or with a disc in a tyre of rubber; its axle is along y."""
    wide = width * radius
    parts: list[tuple[Solid, str, tuple[float, float, float]]] = []
    if kind == "tyre":
        b, r = 0.25 * wide, radius
        tyre = [(0.62 * r, 0.0), (0.85 * r, 0.0), (0.97 * r, 0.5 * b), (r, b), (r, wide - b)]
        tyre += [(0.97 * r, wide - 0.5 * b), (0.85 * r, wide), (0.62 * r, wide)]
        parts.append((hoop(tyre, 40), "rubber", (0.02, 0.02, 0.022)))
        inner, edge = 0.66 * r, 0.15 * wide
    else:
        iron = hoop([(0.96 * radius, 0.0), (radius, 0.0), (radius, wide), (0.96 * radius, wide)], 40)
        parts.append((iron, "steel", DARK))
        inner, edge = 0.97 * radius, 0.1 * wide
    low, high, hub = edge, wide - edge, 0.2 * radius
    body = [lathe([(hub, -0.1 * wide), (1.1 * hub, 0.5 * wide), (hub, 1.1 * wide)], 24)]
    if kind == "spoked":
        body.append(hoop([(0.82 * radius, low), (inner, low), (inner, high), (0.82 * radius, high)], 40))
        spoke = tube([(0.8 * hub, 0.0, wide / 2), (0.85 * radius, 0.0, wide / 2)], 0.05 * radius, 8)
        body += [spoke.turned(360 * i / spokes) for i in range(spokes)]
    else:
        body.append(cylinder(inner, 0.5 * wide, 40).moved(z=0.25 * wide))
        body.append(hoop([(0.9 * inner, low), (inner, low), (inner, high), (0.9 * inner, high)], 40))
        bolt = cylinder(0.035 * radius, 0.6 * wide, 8).moved(0.42 * radius, 0.0, 0.2 * wide)
        body += [bolt.turned(360 * i / spokes) for i in range(spokes)]
    cap = lathe([(0.55 * hub, -0.14 * wide), (0.55 * hub, 1.14 * wide)], 16)
    parts += [(joined(body), "steel" if kind == "tyre" else "wood", colour), (cap, "steel", DARK)]
    shown = [(s.turned(90, "x").moved(0.0, wide / 2, radius), of, c) for s, of, c in parts]
    return Form(
        tuple(Part(s, of, c, share=0.5) for s, of, c in shown),
        {"axle": Anchor((0.0, -0.64 * wide, radius), (0.0, -1.0, 0.0)), "top": Anchor((0.0, 0.0, 2 * radius))},
    )


@entry(
    "a push button on a base, to be hit",
    names=("push button", "buzzer", "pressure plate", "switch"),
    size=(0.05, 1.2),
    moves="fixed",
    shape="MESH",
)
def button(
    radius: Annotated[float, metres(0.025, 0.5)] = 0.1,
    pressed: bool = False,
    upright: bool = False,
    colour: Colour = (0.7, 0.03, 0.03),
    base: Colour = (0.3, 0.3, 0.32),
) -> Form:
    """A domed cap in a ring on a square plate, facing up, or to the front on a post."""
    out = 0.12 * radius if pressed else 0.4 * radius
    low = 0.25 * radius
    plate = rounded(2 * radius, 2 * radius, low, 0.08 * radius)
    collar = hoop(
        [(0.7 * radius, 0.9 * low), (0.85 * radius, 0.9 * low), (0.82 * radius, 1.5 * low), (0.7 * radius, 1.5 * low)]
    )
    cap = lathe(
        [
            (0.68 * radius, 0.5 * low),
            (0.68 * radius, low + 0.6 * out),
            (0.6 * radius, low + 0.85 * out),
            (0.3 * radius, low + out),
            (0.0, low + 1.05 * out),
        ]
    )
    frame = joined([plate, collar])
    top = max(low + 1.05 * out, 1.5 * low)
    place = Anchor((0.0, 0.0, top), reach=0.6 * radius)
    if upright:
        frame, cap = (s.turned(90, "x").moved(0.0, 0.5 * low, 1.5 * radius) for s in (frame, cap))
        post = joined([box(0.5 * radius, 0.2 * radius, 0.7 * radius), box(1.2 * radius, radius, 0.12 * radius)])
        frame = joined([frame, post.moved(y=0.3 * low)])
        place = Anchor((0.0, 0.5 * low - top, 1.5 * radius), (0.0, -1.0, 0.0), reach=0.6 * radius)
    return Form((Part(frame, "steel", base), Part(cap, "plastic", colour)), {"top": place})


@entry(
    "a gong that hangs in a frame", names=("tam-tam", "temple gong"), size=(0.2, 2.8), moves="fixed", shape="COMPOUND"
)
def gong(
    height: Annotated[float, metres(0.2, 2.5)] = 1.0,
    disc: Annotated[float, share(0.2, 0.36, "radius of the gong over the height")] = 0.33,
    colour: Colour = (0.62, 0.42, 0.13),
    frame: Colour = (0.25, 0.05, 0.03),
) -> Form:
    """A round plate with a bent rim and a boss, on two cords from the beam of a wooden frame."""
    r, post, x = disc * height, 0.05 * height, (disc + 0.09) * height
    uprights = [box(post, post, 0.97 * height).moved(s * x) for s in (-1, 1)]
    beam = rounded(2 * x + 0.2 * height, 1.2 * post, 1.3 * post, 0.3 * post).moved(z=height - 1.3 * post)
    low = box(2 * x, 0.7 * post, post).moved(z=0.1 * height)
    feet = [rounded(1.6 * post, 0.4 * height, 1.2 * post, 0.3 * post).moved(s * x) for s in (-1, 1)]
    middle, thick = 0.54 * height, 0.02 * height
    plate = lathe(
        [
            (0.95 * r, -1.5 * thick),
            (r, -0.8 * thick),
            (r, 0.8 * thick),
            (0.9 * r, thick),
            (0.35 * r, 1.1 * thick),
            (0.28 * r, 2.2 * thick),
            (0.12 * r, 2.6 * thick),
            (0.0, 2.6 * thick),
        ],
        48,
    )
    hung = plate.turned(90, "x").moved(z=middle)
    cords = [
        tube([(s * 0.5 * r, 0.0, middle + 0.8 * r), (s * 0.6 * r, 0.0, height - post)], 0.006 * height, 8)
        for s in (-1, 1)
    ]
    solids = (*uprights, beam, low, *feet)
    slab = cylinder(0.97 * r, 2 * thick, 20).turned(90, "x").moved(0.0, thick, middle)
    return Form(
        (Part(joined(solids), "wood", frame), Part(hung, "brass", colour, share=0.25), Part(joined(cords), "rope")),
        {
            "top": Anchor((0.0, 0.0, height)),
            "target": Anchor((0.0, -2.6 * thick, middle), (0.0, -1.0, 0.0), reach=0.9 * r),
        },
        hulls=(*solids, slab),
    )


@entry("a bell with a clapper", names=("hand bell", "church bell", "handbell", "school bell"), size=(0.05, 3.6))
def bell(
    height: Annotated[float, metres(0.05, 2.0, "without its handle")] = 0.3,
    radius: Annotated[float, share(0.4, 0.7, "of its mouth, over its height")] = 0.52,
    top: Literal["loop", "handle"] = "loop",
    colour: Colour = (0.62, 0.42, 0.13),
) -> Form:
    """A hollow body of revolution with a flared mouth, a clapper in it, and a loop or a wooden handle on it."""
    shape = [(1.0, 0.0), (0.98, 0.05), (0.82, 0.2), (0.66, 0.45), (0.58, 0.7), (0.52, 0.85), (0.38, 0.96), (0.12, 1.0)]
    out = [(r * radius * height, z * height) for r, z in shape]
    inner = [(0.88 * r, z) for r, z in out[:-2]]
    hollow = lathe([(0.0, 0.88 * height), *inner[::-1], *out, (0.0, 1.01 * height)], 40)
    bands = [
        ring(float(np.interp(z, [p[1] for p in out], [p[0] for p in out])), 0.012 * height, 40, 8).moved(z=z)
        for z in (0.16 * height, 0.8 * height)
    ]
    clapper = [
        cylinder(0.02 * height, 0.85 * height, 10).moved(z=0.12 * height),
        ball(0.09 * height, 16).moved(z=0.1 * height),
    ]
    if top == "loop":
        grip = ring(0.1 * height, 0.03 * height, 24, 10).turned(90, "x").moved(z=1.1 * height)
        held = Part(grip, "brass", colour)
        end = 1.23 * height
    else:
        line = [(0.06, 0.97), (0.05, 1.1), (0.09, 1.3), (0.1, 1.5), (0.07, 1.68), (0.0, 1.72)]
        held = Part(lathe([(r * height, z * height) for r, z in line], 20), "wood", BROWN)
        end = 1.72 * height
    return Form(
        (Part(joined([hollow, *bands]), "brass", colour), Part(joined(clapper), "steel", DARK), held),
        {"handle": Anchor((0.0, 0.0, end)), "mouth": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0))},
    )


@entry(
    "a lever on a base, to be pulled",
    names=("hand lever", "control lever", "switch lever"),
    size=(0.12, 2.5),
    moves="fixed",
    shape="MESH",
)
def lever(
    height: Annotated[float, metres(0.12, 2.0, "how long its bar is, over the base")] = 0.6,
    angle: Annotated[float, degrees(-40.0, 40.0, "how far it leans to the right")] = -30.0,
    colour: Colour = (0.7, 0.03, 0.03),
    base: Colour = (0.12, 0.13, 0.15),
) -> Form:
    """A bar with a knob at its end, on an axle between two round cheeks on a plate."""
    low, cheek = 0.05 * height, 0.16 * height
    plate = rounded(0.6 * height, 0.32 * height, low, 0.4 * low)
    half = [(cheek * math.cos(math.pi * i / 12), 0.03 * height + cheek * math.sin(math.pi * i / 12)) for i in range(13)]
    side = profiled([(-cheek, 0.0), (cheek, 0.0), *half], 0.04 * height, "y", 0.006 * height)
    cheeks = [side.moved(0.0, s * 0.07 * height, 0.95 * low) for s in (-1, 1)]
    axle = cylinder(0.03 * height, 0.24 * height, 16).turned(90, "x").moved(0.0, 0.12 * height, low + 0.08 * height)
    bar = tube([(0.0, 0.0, 0.0), (0.0, 0.0, height)], [0.028 * height, 0.02 * height], 12)
    knob = ball(0.065 * height, 20).moved(z=height)

    def set_up(s: Solid) -> Solid:
        return s.turned(angle, "y").moved(z=low + 0.08 * height)

    end = set_up(knob)
    x, _, z = ((end.low + end.high) / 2).tolist()
    return Form(
        (
            Part(joined([plate, *cheeks]), "steel", base),
            Part(joined([axle, set_up(bar)]), "steel"),
            Part(end, "plastic", colour),
        ),
        {"handle": Anchor((x, 0.0, z), (math.sin(math.radians(angle)), 0.0, math.cos(math.radians(angle))))},
    )


@entry(
    "a coil spring between two round plates",
    names=("spring", "coil spring", "metal spring"),
    size=(0.05, 2.4),
    moves="fixed",
    shape="CYLINDER",
)
def spring_coil(
    height: Annotated[float, metres(0.05, 2.0)] = 0.4,
    radius: Annotated[float, share(0.12, 0.5, "of its turns, over its height")] = 0.25,
    turns: Annotated[int, count(3, 16)] = 7,
    wire: Annotated[float, share(0.1, 0.7, "how thick it is, over the way from turn to turn")] = 0.3,
    colour: Colour = (0.56, 0.57, 0.58),
) -> Form:
    """A round bar that winds upwards, its ends in a plate below and a plate above."""
    r, plate = radius * height, 0.04 * height
    bar = min(0.45 * wire * height / turns, 0.4 * r)
    low, steps = max(bar, 0.5 * plate), 16 * turns
    angles = [2 * math.pi * i / 16 for i in range(steps + 1)]
    rise = (height - 2 * low) / steps
    coil = tube([(r * math.cos(a), r * math.sin(a), low + rise * i) for i, a in enumerate(angles)], bar, 8)
    ends = joined(cylinder(r + 1.2 * bar, plate, 32).moved(z=z) for z in (0.0, height - plate))
    return Form((Part(coil, "steel", colour), Part(ends, "steel", DARK)), {"top": Anchor((0.0, 0.0, height), reach=r)})


@entry(
    "a frame from whose beam things hang",
    names=("gallows", "beam frame"),
    size=(0.2, 12.0),
    moves="fixed",
    shape="MESH",
)
def hanging_frame(
    height: Annotated[float, metres(0.2, 8.0)] = 1.2,
    width: Annotated[float, metres(0.2, 8.0)] = 1.0,
    colour: Colour = (0.35, 0.22, 0.12),
) -> Form:
    """Two posts on feet with a beam across; the height is that of the beam's underside."""
    thick = 0.02 + 0.02 * height
    half = width / 2 + thick / 2
    posts = [box(thick, thick, height).moved(side * half, 0.0, 0.0) for side in (-1.0, 1.0)]
    feet = [box(1.5 * thick, 0.3 * height, thick).moved(side * half, 0.0, 0.0) for side in (-1.0, 1.0)]
    beam = box(width + 3.0 * thick, thick, thick).moved(0.0, 0.0, height)
    anchors = {"under": Anchor((0.0, 0.0, height), (0.0, 0.0, -1.0)), "top": Anchor((0.0, 0.0, height + thick))}
    return Form(tuple(Part(piece, "wood", colour) for piece in (*posts, *feet, beam)), anchors)
