"""Lights that go on and off and flicker."""

from __future__ import annotations

import numpy as np

from ...scene_graph import Light, SceneObject
from ..acting import Acted, Acting, Show, verb
from ..manifest import Happening
from ..places import Placed

GLOW, DARK = " light", 0.05
"""What the light of a thing is called behind its name; and what is left of it where it is out, as a share."""


def light_of(
    acting: Acting, one: Placed, energy: float | None = None, color: tuple[float, float, float] | None = None
) -> SceneObject:
    """A point light where a thing shines: at its anchor for a flame or a bulb, else just above its middle."""
    anchors = one.thing.form.anchors
    anchor = next((anchors[n] for n in ("flame", "bulb", "light", "wick") if n in anchors), None)
    low, high = one.thing.form.low, one.thing.form.high
    glowing = [p.solid for p in one.thing.form.parts if p.glow]
    middle = (glowing[0].low + glowing[0].high) / 2 if glowing else (low + high) / 2
    at = one.pose.place(anchor.at if anchor else (middle[0], middle[1], middle[2]))
    outside = one.pose.place((float(middle[0]), float(low[1]) - 0.06, float(at[2] - one.pose.at[2])))
    x, y, z = (float(c) for c in outside)
    strength = 4.0 + 60.0 * float(one.thing.size.max()) if energy is None else energy
    return SceneObject(
        name=one.thing.name + GLOW,
        location=(round(x, 4), round(y, 4), round(z, 4)),
        light=Light(type="POINT", energy=round(strength, 2), color=color or (1.0, 0.75, 0.45), size=0.05),
    )


def _lit(acting: Acting, happening: Happening) -> tuple[Acted, list[str]]:
    acted, names = Acted(), []
    for one in acting.all(happening.who):
        lamp = light_of(acting, one)
        acted.objects.append(lamp)
        acted.shows.append(Show("light", lamp.name))
        names.append(lamp.name)
    return acted, names


@verb("flicker", "twinkle", about="shines now stronger, now weaker", takes=4.0, waits="time", stays=True)
def _flicker(acting: Acting, happening: Happening) -> Acted:
    acted, names = _lit(acting, happening)
    for name in names:
        acted.rules += flickering(acting, name, acting.start(happening))
    return acted


def flickering(acting: Acting, name: str, start: float) -> list[str]:
    """Rules that make a light flicker: dimmed by chance every fifth of a second or so."""
    rng = np.random.default_rng([acting.seed, 303, *name.encode()])
    rules, at = [], start
    while at < acting.manifest.seconds:
        share, within = int(rng.integers(20, 100)), float(rng.uniform(0.08, 0.2))
        rules.append(f"After {at:.2f} seconds, dim {name} to {share} % within {within:.2f} s")
        at += within + float(rng.uniform(0.05, 0.25))
    return rules


@verb("blink", "flash", about="goes on and off again and again", takes=4.0, waits="event", stays=True)
def _blink(acting: Acting, happening: Happening) -> Acted:
    acted, names = _lit(acting, happening)
    acted.rules += [f"{acting.moment(happening)}{name} blinks every 0.6 s" for name in names]
    return acted


@verb(
    "light up",
    "glow",
    "turn on",
    "go on",
    "switch on",
    "shine",
    "come on",
    "lights up",
    about="begins to shine",
    takes=1.0,
    waits="event",
    stays=True,
)
def _shine(acting: Acting, happening: Happening) -> Acted:
    acted, names = _lit(acting, happening)
    start = acting.moment(happening)
    start = "After 1 seconds, " if start == "At the start, " else start
    for name in names:
        acted.rules += [f"At the start, turn off {name}", f"{start}turn on {name}"]
    return acted


@verb(
    "go out",
    "turn off",
    "switch off",
    "die out",
    "be blown out",
    about="stops shining",
    takes=1.0,
    waits="event",
    stays=True,
)
def _go_out(acting: Acting, happening: Happening) -> Acted:
    acted, names = _lit(acting, happening)
    start = acting.moment(happening)
    start = "After 2 seconds, " if start == "At the start, " else start
    acted.rules += [f"{start}{name} fades out within 0.5 s" for name in names]
    return acted
