"""Growing, shrinking and melting, and swimming by pulses: what changes its size."""

from __future__ import annotations

import math

from ...scene_graph import Animation
from ...scene_graph.base import Vec3
from ..acting import Acted, Acting, Show, looking, verb
from ..manifest import Happening
from ..places import Placed

EVERY = 6
"""Steps between two keys."""

SLOW = 5.0
"""Within how many s something grows or shrinks where nothing is said."""


def scaled(acting: Acting, one: Placed, start: float, sizes: list[tuple[float, Vec3, float]]) -> Animation:
    """A thing whose size goes through factors along its axes; its foot stays where it is, or is lifted.

    ``sizes`` are the moments in s after ``start``, the factors, and by how many m its foot is lifted.
    """
    fps = acting.fps
    half = math.radians(one.pose.yaw) / 2
    turn = (math.cos(half), 0.0, 0.0, math.sin(half))
    low, middle = float(one.thing.form.low[2]), one.thing.centre
    steps, places, factors = list[int](), list[Vec3](), list[Vec3]()
    for moment, factor, lift in sizes:
        step = round((start + moment) * fps)
        if steps and step <= steps[-1]:
            continue
        at = one.pose.place((float(middle[0]), float(middle[1]), low + factor[2] * (float(middle[2]) - low) + lift))
        steps.append(step)
        places.append((round(float(at[0]), 6), round(float(at[1]), 6), round(float(at[2]), 6)))
        factors.append((round(factor[0], 6), round(factor[1], 6), round(factor[2], 6)))
    return Animation(
        steps=tuple(steps),
        location=tuple(places),
        rotation=(turn,) * len(steps),
        scale=tuple(factors),
    )


def _resized(acting: Acting, happening: Happening, to: Vec3, begin: Vec3 = (1.0, 1.0, 1.0)) -> Acted:
    acted = Acted()
    start = acting.start(happening)
    over = max(min(SLOW, acting.manifest.seconds - start - 0.5), 0.5)
    for one in acting.all(happening.who):
        sizes: list[tuple[float, Vec3, float]] = [(0.0, begin, 0.0)]
        for i in range(1, 21):
            share = i / 20
            x, y, z = (a + share * (b - a) for a, b in zip(begin, to, strict=True))
            sizes.append((share * over, (x, y, z), 0.0))
        acted.animations[one.thing.name] = scaled(acting, one, start, sizes)
        acted.shows.append(Show("size", one.thing.name, 0.2))
    return acted


@verb(
    "grow",
    "sprout",
    "bloom",
    "become bigger",
    "get bigger",
    "get larger",
    "inflate",
    "swell",
    "expand",
    "grow up",
    about="gets larger, from a tenth of its size",
    arrange=looking,
    waits="time",
    takes=SLOW,
)
def _grow(acting: Acting, happening: Happening) -> Acted:
    return _resized(acting, happening, (1.0, 1.0, 1.0), (0.1, 0.1, 0.1))


@verb(
    "shrink",
    "wither",
    "become smaller",
    "get smaller",
    "deflate",
    "shrivel",
    about="gets smaller, to a third of its size",
    arrange=looking,
    waits="time",
    takes=SLOW,
)
def _shrink(acting: Acting, happening: Happening) -> Acted:
    return _resized(acting, happening, (0.33, 0.33, 0.33))


@verb(
    "melt",
    "melt away",
    "thaw",
    about="sinks down and spreads, as what melts does",
    arrange=looking,
    waits="time",
    takes=SLOW,
)
def _melt(acting: Acting, happening: Happening) -> Acted:
    return _resized(acting, happening, (1.35, 1.35, 0.12))


BEAT, STROKE = 1.6, 0.16
"""Seconds of a beat of what swims by pulses, and by how many of its lengths a beat takes it up."""


@verb(
    "pulse",
    "pulsate",
    "throb",
    "beat",
    "swim up",
    "breathe",
    about="draws together and widens again and again, and rises by it",
    arrange=looking,
    waits="time",
    takes=4.0,
)
def pulsed(acting: Acting, happening: Happening) -> Acted:
    """What draws together and widens again and again."""
    acted = Acted()
    start = acting.start(happening)
    for number, one in enumerate(acting.all(happening.who)):
        stroke, sizes = STROKE * float(one.thing.size[2]), list[tuple[float, Vec3, float]]()
        steps = round((acting.manifest.seconds - start) * acting.fps)
        for step in range(0, steps + 1, EVERY):
            beat, phase = divmod(step / acting.fps / BEAT + 0.17 * number, 1.0)
            drawn = (
                math.sin(math.pi * min(phase / 0.35, 1.0) / 2)
                if phase < 0.35
                else math.cos(math.pi * (phase - 0.35) / 1.3)
            )
            risen = stroke * (beat + min(phase / 0.6, 1.0))
            sizes.append((step / acting.fps, (1.0 - 0.22 * drawn, 1.0 - 0.22 * drawn, 1.0 + 0.18 * drawn), risen))
        acted.animations[one.thing.name] = scaled(acting, one, start, sizes)
        acted.shows.append(Show("motion", one.thing.name))
    return acted
