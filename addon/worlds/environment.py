"""The environment of a world: a table of settings, and the numbers that one resolves to, kept within reason.

After Code2Worlds' environment stream: a planner names the setting, a resolver gives numbers within ranges, guards keep
them apart that do not go together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..scene_graph import Animation, Course, Fog, Light, SceneObject, Sky, Sun
from .manifest import Hour, Passing, Setting, Weather, Where


@dataclass(frozen=True)
class Scatter:
    """Things strewn over the ground: an entry of the library, so many a m² at least and at most, knobs that are drawn
    from ranges, and how many there are at most."""

    thing: str
    density: tuple[float, float]
    knobs: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    most: int = 60


@dataclass(frozen=True)
class Land:
    """A kind of place: the entry that its ground is, with its knobs, what is strewn over it, and how far subjects may
    be from its middle (m)."""

    ground: str
    knobs: Mapping[str, Any]
    scatter: tuple[Scatter, ...] = ()
    indoors: bool = False


LANDS: dict[Where, Land] = {
    "studio": Land("plain floor", {"width": 60.0, "depth": 60.0}),
    "room": Land("room", {"width": 7.0, "depth": 6.0}, indoors=True),
    "garden": Land(
        "lawn",
        {"width": 60.0, "depth": 60.0},
        (
            Scatter("shrub", (0.01, 0.03), {"height": (0.5, 1.2)}, 14),
            Scatter("broadleaf tree", (0.003, 0.008), {"height": (3.0, 6.0)}, 5),
            Scatter("grass tuft", (0.2, 0.5), {}, 60),
            Scatter("flower", (0.05, 0.12), {}, 30),
        ),
    ),
    "meadow": Land(
        "lawn",
        {"width": 60.0, "depth": 60.0},
        (
            Scatter("grass tuft", (0.2, 0.5), {}, 90),
            Scatter("flower", (0.05, 0.15), {}, 50),
            Scatter("boulder", (0.002, 0.006), {}, 5),
        ),
    ),
    "forest": Land(
        "lawn",
        {"width": 60.0, "depth": 60.0},
        (
            Scatter("conifer", (0.01, 0.03), {"height": (5.0, 10.0)}, 22),
            Scatter("broadleaf tree", (0.005, 0.015), {"height": (5.0, 9.0)}, 10),
            Scatter("fern", (0.05, 0.1), {}, 40),
            Scatter("mushroom", (0.01, 0.04), {}, 14),
        ),
    ),
    "desert": Land(
        "dunes",
        {"width": 60.0, "depth": 60.0},
        (Scatter("cactus", (0.002, 0.006), {}, 8), Scatter("boulder", (0.002, 0.006), {}, 7)),
    ),
    "beach": Land("beach", {"width": 60.0, "depth": 60.0}, (Scatter("pebble", (0.05, 0.15), {}, 40),)),
    "hills": Land(
        "hills",
        {"width": 60.0, "depth": 60.0},
        (
            Scatter("broadleaf tree", (0.002, 0.006), {"height": (4.0, 8.0)}, 12),
            Scatter("grass tuft", (0.05, 0.1), {}, 80),
        ),
    ),
    "mountains": Land(
        "mountain",
        {"width": 60.0, "depth": 60.0},
        (Scatter("boulder", (0.003, 0.01), {}, 20), Scatter("conifer", (0.002, 0.006), {"height": (4.0, 9.0)}, 14)),
    ),
    "snowfield": Land(
        "lawn", {"width": 60.0, "depth": 60.0, "colour": "white"}, (Scatter("conifer", (0.004, 0.01), {}, 10),)
    ),
    "sea": Land("sea", {"width": 60.0, "depth": 60.0}),
    "underwater": Land("seabed", {"width": 60.0, "depth": 60.0}, (Scatter("boulder", (0.005, 0.01), {}, 10),)),
    "street": Land("road", {"width": 60.0, "depth": 60.0}, (Scatter("street lamp", (0.004, 0.006), {}, 4),)),
}
"""The kinds of places."""

ELEVATIONS: dict[Hour, tuple[float, float]] = {
    "morning": (12.0, 25.0),
    "day": (40.0, 65.0),
    "evening": (5.0, 10.0),
    "night": (-18.0, -18.0),
}
"""How high the sun stands, in degrees."""

FOGS: dict[Weather, float] = {"clear": 0.0, "fog": 0.025, "rain": 0.004, "snow": 0.004, "leaves": 0.0, "sand": 0.006}
"""How dense fog is at most."""

DENSE = 0.01
"""Fog that is denser needs a sun at least as high as `HIGH` degrees, or nothing is seen."""

HIGH = 15.0


@dataclass(frozen=True)
class Air:
    """What a setting's sky, sun and fog resolve to. ``sun`` is a light that stands for it, and can be moved."""

    sky: Sky
    fog: Fog | None
    sun: SceneObject
    elevation: float


PASSINGS: dict[Passing, tuple[float, ...]] = {
    "day": (3.0, 25.0, 60.0, 25.0, -8.0),
    "sunrise": (-8.0, 25.0),
    "sunset": (25.0, -8.0),
}
"""How high the sun stands in degrees while a part of the day passes, at even times."""

SUNLIGHT = "Sunlight"
"""What the light is called that stands for the sun."""

ACROSS = 140.0
"""By how many degrees the sun goes round while a whole day passes."""

SLICES = 12
"""Keys between two heights of the sun."""


def resolve(setting: Setting, seed: int, steps: int = 0) -> Air:
    """Numbers for the air of a setting, drawn within their ranges; for a run of so many steps where the day passes."""
    air = _resolved(setting, seed)
    heights = PASSINGS.get(setting.passing)
    if heights is None:
        return air
    if setting.passing == "sunset" and setting.hour == "evening":
        heights = (air.elevation, *heights[1:])
    return passing(air, heights, steps)


ANY_HEIGHT, ANY_FOG, ANY_STRENGTH = (-18.0, 90.0), (0.0, 0.2), (0.0, 2.0)
"""From where the height of the sun in degrees, the density of fog, and the strength of sky and sun are drawn where
nothing resolves them."""


def unresolved(seed: int) -> Air:
    """Air whose numbers nobody looked at: drawn from wide ranges whatever the setting says, and unguarded. What is left
    out with the resolver's stage."""
    rng = np.random.default_rng([seed, 101])
    elevation, around = float(rng.uniform(*ANY_HEIGHT)), float(rng.uniform(0.0, 360.0))
    density, strength = round(float(rng.uniform(*ANY_FOG)), 6), round(float(rng.uniform(*ANY_STRENGTH)), 6)
    sky = Sun(elevation=round(math.radians(elevation), 6), rotation=round(math.radians(around), 6), disc=False)
    sun = sun_light(elevation, around, round(4.0 * strength, 6), _warm(elevation))
    return Air(Sky(strength=strength, sun=sky), Fog(density=density, color=(0.8, 0.85, 0.9)), sun, elevation)


def passing(air: Air, heights: tuple[float, ...], steps: int) -> Air:
    """The same air while the sun goes from one height to the next."""
    count = SLICES * (len(heights) - 1)
    keys = [round(steps * i / count) for i in range(count + 1)]
    up = np.interp(np.arange(count + 1) / SLICES, np.arange(len(heights)), heights)
    sweep = ACROSS if len(heights) > 2 else ACROSS / 4
    around = np.linspace(90.0, 90.0 + sweep, count + 1)
    suns = [
        sun_light(float(max(e, 1.0)), float(a), _daylight(float(e)), _warm(float(e)))
        for e, a in zip(up, around, strict=True)
    ]
    way = Animation(
        steps=tuple(keys),
        location=tuple(sun.location for sun in suns),
        rotation=tuple(sun.rotation for sun in suns),
        scale=((1.0, 1.0, 1.0),) * len(suns),
    )
    course = Course(
        steps=tuple(keys),
        strength=tuple(round(0.004 + 0.056 * min(max((float(e) + 6.0) / 16.0, 0.0), 1.0), 6) for e in up),
        elevation=tuple(round(math.radians(float(e)), 6) for e in up),
        rotation=tuple(round(math.radians(float(a)), 6) for a in around),
    )
    first = Sun(elevation=course.elevation[0], rotation=course.rotation[0], disc=False)
    sun = suns[0].model_copy(update={"animation": way})
    return Air(Sky(strength=course.strength[0], sun=first, course=course), air.fog, sun, float(up[0]))


def _warm(elevation: float) -> tuple[float, float, float]:
    """The colour of the sun's light: the redder the lower it stands."""
    warmth = min(max(elevation / 30.0, 0.0), 1.0)
    return (1.0, 0.75 + 0.22 * warmth, 0.5 + 0.42 * warmth)


def _daylight(elevation: float) -> float:
    """How strong it is in W/m²."""
    return round(0.8 + 1.7 * min(max(elevation / 30.0, 0.0), 1.0), 6) if elevation > 0.0 else 0.0


def light_rules(passing: Passing, seconds: float) -> list[str]:
    """Rules of our language by which the sun's light gets stronger and weaker while a part of the day passes."""
    heights = PASSINGS.get(passing, ())
    found, over = [], seconds / max(len(heights) - 1, 1)
    for number, height in enumerate(heights[1:]):
        start = "At the start" if not number else f"After {number * over:g} seconds"
        found.append(f"{start}, set the power of {SUNLIGHT} to {_daylight(height):g} W within {over:g} s")
    return found


def _resolved(setting: Setting, seed: int) -> Air:
    rng = np.random.default_rng([seed, 101])
    elevation = float(rng.uniform(*ELEVATIONS[setting.hour]))
    density = FOGS[setting.weather] * float(rng.uniform(0.7, 1.0))
    if density > DENSE and elevation < HIGH and setting.hour != "night":
        elevation = HIGH
    fog = Fog(density=round(density, 6), color=(0.8, 0.85, 0.9)) if density > 0.0 else None
    around = float(rng.uniform(30.0, 60.0))
    if setting.hour == "night":
        return Air(Sky(color=(0.02, 0.03, 0.06), strength=0.5), fog, sun_light(50.0, around, 0.15, MOON), elevation)
    color = _warm(elevation)
    strength = 0.6 if LANDS[setting.where].indoors else 1.0
    if LANDS[setting.where].indoors:
        return Air(
            Sky(color=(0.8, 0.85, 0.9), strength=strength), fog, sun_light(elevation, around, 1.5, color), elevation
        )
    air = Sun(elevation=round(math.radians(elevation), 6), rotation=round(math.radians(around), 6), disc=False)
    return Air(Sky(strength=0.06, sun=air), fog, sun_light(elevation, around, _daylight(elevation), color), elevation)


MOON = (0.55, 0.65, 1.0)
"""The colour of its light."""


def sun_light(elevation: float, around: float, energy: float, color: tuple[float, float, float]) -> SceneObject:
    """A sun that shines from a height and a direction, both in degrees: the direction is from +y clockwise, as skies
    have it."""
    from_sky = math.radians(around)
    height = math.radians(elevation)
    way = np.array([math.sin(from_sky) * math.cos(height), math.cos(from_sky) * math.cos(height), math.sin(height)])
    # A light shines along its -z: turn +z to where the sun is.
    axis = np.cross([0.0, 0.0, 1.0], way)
    angle = math.acos(min(max(float(way[2]), -1.0), 1.0))
    axis = axis / np.linalg.norm(axis) if np.linalg.norm(axis) > 1e-9 else np.array([1.0, 0.0, 0.0])
    w, (x, y, z) = math.cos(angle / 2), math.sin(angle / 2) * axis
    return SceneObject(
        name=SUNLIGHT,
        location=tuple(round(float(c), 6) for c in 12.0 * way),
        rotation=(w, float(x), float(y), float(z)),
        light=Light(type="SUN", energy=energy, color=color, size=0.01),
    )
