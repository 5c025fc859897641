"""Pouring, spilling and spraying: water as drops."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from ..acting import Acted, Acting, Fluid, Show, VerbError, changed, looking, verb
from ..manifest import Happening, Manifest
from ..places import Place
from ..puffs import PUFFS, given_off
from ..stuffs import DRINKS
from .burning import mouth_of
from .swaying import tipped

TILT, OVER = 88.0, 0.9
"""By how many degrees what spills tips over, and within how many s."""

HOLDS = 0.4
"""Part of the box around a vessel that is liquid."""

RUN = 1.5
"""For how many s what is in it runs out."""


def _stands(manifest: Manifest, happening: Happening) -> Manifest:
    """What spills is tipped as told; what pours into something stands beside and above it."""
    manifest = looking(manifest, happening)  # it would push away what it stands on
    subject = manifest.subject(happening.who)
    if happening.to is not None and not any(p.relation == "next to" for p in subject.places):
        place = Place(relation="next to", of=(happening.to,), distance=0.03, bearing=180.0)
        manifest = changed(manifest, happening.who, places=(place,))
    return manifest


def _at_hand(manifest: Manifest, happening: Happening) -> Manifest:
    """What spills is tipped as told; where it spills onto something, it stands on that."""
    manifest = looking(manifest, happening)  # it would push away what it stands on
    if happening.to is None or manifest.subject(happening.who).places:
        return manifest
    return changed(manifest, happening.who, places=(Place(relation="on", of=(happening.to,)),))


@verb(
    "spill",
    "spill out",
    "run out",
    "is spilled",
    "tip over and spill",
    "tip over and spills",
    "overflow",
    about="tips over, and what is in it runs out",
    to="may",
    ways=("onto", "over", "into"),
    arrange=_at_hand,
    waits="time",
    takes=3.0,
)
def _spill(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    start = acting.start(happening) or 1.0
    for one in acting.all(happening.who):
        name, low, high = one.thing.name, one.thing.form.low, one.thing.form.high
        _must_hold(acting, happening, name)
        acted.animations[name] = tipped(acting, one, TILT, start, OVER)
        acted.shows.append(Show("motion", name))
        # The mouth, once it lies: turned about the foot's edge on the right.
        half, tall = float(high[0] - low[0]) / 2, float(high[2] - low[2])
        at = one.pose.place((float(high[0]) + 0.95 * tall, 0.0, half))
        wide = max(half, 0.02)
        acted.take(
            _drops(acting, name, tuple(at), wide, (start + 0.6 * OVER, start + 0.6 * OVER + RUN), (0.35, 0.0, 0.05))
        )
    return acted


def _drops(
    acting: Acting,
    name: str,
    at: tuple[float, ...],
    wide: float,
    span: tuple[float, float],
    speed: tuple[float, float, float],
) -> Acted:
    x, y, z = (round(float(c), 4) for c in at)
    size = min(max(0.2 * wide, 0.004), 0.03)
    puff = replace(PUFFS["water"], speed=speed, spread=0.12, size=size, life=6.0, rate=420.0, sheds=False, alpha=0.85)
    color = DRINKS.get(str(acting.layout.placed[name].thing.parameters.get("drink")))
    label = f"Drops of {name}"
    objects = given_off(label, puff, (x, y, z), wide, span, acting.fps, color=color)
    shows = [Show("particles", f"{label}: {label}", 20.0)]
    holds = HOLDS * float(np.prod(acting.layout.placed[name].thing.size))
    return Acted(objects=objects, shows=shows, fluids={label: Fluid("LIQUID", holds)})


def _must_hold(acting: Acting, happening: Happening, name: str) -> None:
    anchors = acting.layout.placed[name].thing.form.anchors
    if not {"inside", "mouth"} & set(anchors):
        raise VerbError(f"'{name}' is to {happening.does}, but nothing can be in it")


@verb(
    "pour",
    "pour water",
    "pours water",
    about="is tilted, and what is in it runs into something",
    to="may",
    ways=("into", "in", "onto", "on", "over"),
    arrange=_stands,
    waits="time",
    takes=3.0,
)
def _pour(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    start = acting.start(happening) or 1.0
    for one in acting.all(happening.who):
        name, tall = one.thing.name, float(one.thing.size[2])
        _must_hold(acting, happening, name)
        target = acting.first(happening.to) if happening.to is not None else None
        mouth = target.box.high[2] if target is not None else 0.0
        up = round(max(float(mouth) - one.box.low[2] + 0.15 * tall, 0.1), 3)
        acted.rules += [
            f"After {start:g} seconds, move {name} by (0, 0, {up:g}) in 0.8 s",
            f"After {start + 0.8:g} seconds, {name} leans to the right by 80 degrees within 0.8 s",
        ]
        acted.shows.append(Show("motion", name))
        middle = one.thing.centre
        reach = float(one.thing.form.high[2] - middle[2])
        at = one.pose.place((float(middle[0]) + reach, 0.0, float(middle[2]) + up))
        speed = (0.15, 0.0, -0.2)
        if target is not None:
            at = np.array([*target.box.middle[:2], max(float(at[2]), float(mouth) + 0.05)])
            speed = (0.0, 0.0, -0.3)
        wide = max(0.25 * float(min(one.thing.size[:2])), 0.012)
        acted.take(_drops(acting, name, tuple(at), wide, (start + 1.4, start + 1.4 + 2.0), speed))
    return acted


@verb(
    "spray",
    "spray water",
    "gush",
    "spout",
    "spout water",
    "squirt",
    "splash",
    "shoot water",
    "sprays water",
    about="throws water up",
    takes=4.0,
    waits="time",
    stays=True,
)
def _spray(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        at, wide = mouth_of(one)
        name = f"Water of {one.thing.name}"
        fast = min(math.sqrt(max(float(one.thing.size[2]), 0.2) / 0.8), 2.0)
        puff = PUFFS["water"].times(speed=fast)
        objects = given_off(name, puff, at, min(wide, 0.12), (-1.0, acting.manifest.seconds), acting.fps)
        acted.take(Acted(objects=objects, shows=[Show("particles", f"{name}: {name}", 50.0)]))
    return acted
