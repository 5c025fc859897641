"""Driving, walking, rising and floating: what goes its way by its own power, moved as told and not by physics."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from ...scene_graph import FloatArray
from ...scene_graph.base import Vec3
from ..acting import TOWARDS, Acted, Acting, Show, VerbError, changed, looking, verb
from ..boxes import gap
from ..entry import Entry
from ..flyers import comes_down, hovers, water_of
from ..layout import foot_points, surface
from ..library import entry_of
from ..manifest import Happening, Manifest, Subject
from ..places import Place, Placed
from .going import form_of
from .growing import pulsed

FAST = 0.9
"""How fast something goes its way, in its own lengths a second."""

FARTHEST = 8.0
"""How far something goes in m at most where nothing is said."""

PULSING = ("jellyfish",)
"""What swims by drawing together and widening again."""

STOP = 0.15
"""How far from what it goes to it stops, in m."""


def _on_its_way(manifest: Manifest, happening: Happening) -> Manifest:
    """What goes turns its front to where it goes: to the right where nothing is said."""
    manifest = changed(manifest, happening.who, moves="fixed")
    if happening.to is not None:
        return changed(manifest, happening.who, facing=happening.to)
    subject = manifest.subject(happening.who)
    return changed(manifest, happening.who, yaw=90.0) if subject.facing is None and not subject.yaw else manifest


@verb(
    "drive",
    "walk",
    "run",
    "march",
    "trot",
    "gallop",
    "crawl",
    "creep",
    "ride",
    "sail",
    "travel",
    "swim",
    "stroll",
    "waddle",
    "cross",
    "pass",
    "come",
    "go",
    "move forward",
    about="goes its way, or to another thing",
    amount="speed in m/s",
    to="may",
    ways=(*TOWARDS, "towards", "past"),
    arrange=_on_its_way,
    waits="event",
    takes=4.0,
)
def _drive(acting: Acting, happening: Happening) -> Acted:
    if acting.first(happening.who).thing.entry.name in PULSING:
        return pulsed(acting, happening)
    acted = Acted()
    for one in acting.all(happening.who):
        long = float(one.thing.size[:2].max())
        far, x, y = min(2.5 * long + 1.0, FARTHEST), 1.0, 0.0
        if happening.to is not None:
            other = acting.first(happening.to)
            apart = other.box.middle - one.box.middle
            flat = max(math.hypot(apart[0], apart[1]), 1e-6)
            x, y = float(apart[0]) / flat, float(apart[1]) / flat
            far = max(gap(one.box, other.box) - STOP, 0.05)
        elif acting.manifest.subject(happening.who).yaw:
            angle = math.radians(one.pose.yaw - 90.0)
            x, y = math.cos(angle), math.sin(angle)
        speed = _speed(long) if happening.amount is None else happening.amount
        seconds = round(max(far / speed, 0.5), 2)
        left = acting.manifest.seconds - acting.start(happening)
        if seconds > left - 0.5:
            far, seconds = far * max(left - 0.5, 0.5) / seconds, round(max(left - 0.5, 0.5), 2)
        way = legs(acting.layout.ground, one, np.array([far * x, far * y]))
        pace = seconds / max(far, 1e-6)
        times = [max(round(pace * math.hypot(by[0], by[1]), 3), 0.01) for by in way]
        moves = ", then ".join(
            f"move {one.thing.name} by {by} in {time:g} s" for by, time in zip(way, times, strict=True)
        )
        acted.rules.append(f"{acting.moment(happening)}{moves}")
        acted.shows.append(Show("motion", one.thing.name))
    return acted


def _speed(long: float) -> float:
    return max(FAST * long, 0.25)


def usual_speed(entry: Entry, parameters: Mapping[str, Any]) -> float | None:
    """How fast in m/s a thing goes its way where no speed is said; None for one that goes in another way."""
    if entry.name in PULSING:
        return None
    form = entry.make(**parameters)
    return round(_speed(float((form.high - form.low)[:2].max())), 4)


LEG, MOST_LEGS = 0.6, 12
"""How long a part of a way over uneven ground is in m, and how many there are at most."""

FLAT = 0.004
"""How much the ground's slope changes in m a part where the way goes straight on."""

EVEN = 0.02
"""How much ground rises and falls in m where it counts as even, and how far above it something stands on it."""


def legs(ground: Placed, one: Placed, way: FloatArray) -> list[Vec3]:
    """A way ``[2]`` in m from where a thing stands, in parts that go up and down with the ground: one where that is
    even, or where the thing does not stand on it."""
    whole: Vec3 = (round(float(way[0]), 3), round(float(way[1]), 3), 0.0)
    count = min(math.ceil(float(np.hypot(*way)) / LEG), MOST_LEGS)
    foot = foot_points(one.thing, one.pose)
    passed = foot + np.linspace(0.0, 1.0, count + 1)[:, None, None] * way
    high = surface(ground, passed.reshape(-1, 2)).reshape(count + 1, -1).max(axis=1)
    stands = abs(float(one.box.low[2] - high[0])) < EVEN + ground.thing.skin + one.thing.skin
    if not stands or not np.isfinite(high).all() or np.ptp(high) < EVEN:
        return [whole]
    turns = [0, *(n for n in range(1, count) if abs(high[n + 1] - 2 * high[n] + high[n - 1]) > FLAT), count]
    x, y = (float(c) / count for c in way)
    parts = [(end - begin, float(high[end] - high[begin])) for begin, end in pairwise(turns)]
    return [(round(x * n, 4), round(y * n, 4), round(up, 4)) for n, up in parts]


RISE = 3.0
"""How far something rises in m where nothing is said."""


def _from_place(manifest: Manifest, happening: Happening) -> Manifest:
    """What rises from something stands on it, or beside it where nothing can."""
    manifest = looking(manifest, happening)
    if happening.source is None or manifest.subject(happening.who).places:
        return manifest
    anchors = (
        entry_of(manifest.subject(happening.source).thing).make(**manifest.subject(happening.source).parameters).anchors
    )
    place = Place(relation="on" if {"top", "seat"} & set(anchors) else "next to", of=(happening.source,))
    return changed(manifest, happening.who, places=(place,))


@verb(
    "rise",
    "ascend",
    "soar",
    "lift off",
    "take off",
    "float up",
    "rise up",
    "fly up",
    "float away",
    "fly away",
    "climb",
    about="rises into the air",
    amount="height in m",
    arrange=_from_place,
    source=True,
    waits="event",
    takes=5.0,
)
def _rise(acting: Acting, happening: Happening) -> Acted:
    return _upward(acting, happening, RISE)


AIRY = ("balloon", "kite")
"""What lifts others from above them; families of what flies do so, too."""

FLYING = ("aircraft", "birds")

STRING = 0.4
"""How far above what it lifts something is, in m."""


def _over(manifest: Manifest, happening: Happening) -> Manifest:
    """What flies lifts from above; what does not stands beside what it lifts."""
    assert happening.to is not None
    manifest = looking(manifest, happening)
    manifest = changed(manifest, happening.to, moves="none")
    subject = manifest.subject(happening.who)
    if _flies(subject.thing):
        place = Place(relation="above", of=(happening.to,), distance=STRING)
        return changed(manifest, subject.name, places=(place,))
    return manifest if subject.places else changed(manifest, subject.name, places=(_beside(happening.to),))


def _flies(thing: str) -> bool:
    return thing in AIRY or entry_of(thing).family in FLYING


def _beside(name: str) -> Place:
    return Place(relation="next to", of=(name,), distance=0.3)


@verb(
    "lift",
    "hoist",
    "pull up",
    "carry up",
    "lift up",
    "heave",
    about="raises another thing into the air; what flies rises with it",
    amount="height in m",
    to="must",
    arrange=_over,
    waits="event",
    takes=5.0,
)
def _lift(acting: Acting, happening: Happening) -> Acted:
    assert happening.to is not None
    acted = Acted()
    far = RISE if happening.amount is None else happening.amount
    seconds = max(min(5.0, acting.manifest.seconds - acting.start(happening)), 0.5)
    flying = acting.all(happening.who) if _flies(acting.first(happening.who).thing.entry.name) else []
    for one in (*acting.all(happening.to), *flying):
        acted.rules.append(f"{acting.moment(happening)}move {one.thing.name} by (0, 0, {far:g}) in {seconds:g} s")
        acted.shows.append(Show("motion", one.thing.name))
    return acted


def _from_above(manifest: Manifest, happening: Happening) -> Manifest:
    """What comes down starts above where it comes to."""
    lift = RISE if happening.amount is None else happening.amount
    manifest = changed(looking(manifest, happening), happening.who, lift=lift)
    if happening.to is None or manifest.subject(happening.who).places:
        return manifest
    return changed(manifest, happening.who, places=(Place(relation="on", of=(happening.to,)),))


@verb(
    "descend",
    "land",
    "come down",
    "float down",
    "go down",
    "hover down",
    "swirl down",
    "drift down",
    "flutter down",
    "whirl down",
    "spiral down",
    "glide down",
    "swirl",
    about="comes down slowly from the air",
    amount="height in m",
    waits="event",
    takes=4.0,
    to="may",
    ways=("onto", "on", "to", "into"),
    arrange=_from_above,
)
def _descend(acting: Acting, happening: Happening) -> Acted:
    return _upward(acting, happening, -RISE)


def _afloat(manifest: Manifest, happening: Happening) -> Manifest:
    """What sinks starts at the top of the water that it is in."""
    manifest = looking(manifest, happening)
    subject, water = manifest.subject(happening.who), water_of(manifest, happening)
    if water is None:
        raise VerbError(f"'{subject.name}' is to sink, but there is no water: say where, as in the sea or in a pond")
    if not water:
        return manifest
    if all(water not in place.of for place in subject.places):
        manifest = changed(manifest, subject.name, places=(Place(relation="in", of=(water,)),))
    return changed(manifest, subject.name, lift=_above_bottom(manifest, subject, water))


def _above_bottom(manifest: Manifest, subject: Subject, vessel: str) -> float:
    """How far what is in a vessel is lifted in m, so that it is at its rim; 0 for water without an end."""
    holds = form_of(manifest.subject(vessel))
    if "inside" not in holds.anchors:
        return 0.0
    own = form_of(subject)
    deep = float(holds.high[2]) - float(holds.anchors["inside"].at[2])
    return round(max(deep - 0.5 * float(own.high[2] - own.low[2]), 0.02), 3)


@verb(
    "sink",
    "go under",
    "dive",
    "submerge",
    "founder",
    about="goes under in the water that it is in: sea, pond, lake, or a tank or glass, in which it sinks to the bottom",
    amount="depth in m",
    waits="event",
    takes=4.0,
    to="may",
    ways=("onto", "on", "to", "into"),
    arrange=_afloat,
    instead=comes_down,
)
def _sink(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    seconds = max(min(5.0, acting.manifest.seconds - acting.start(happening)), 0.5)
    for one in acting.all(happening.who):
        far = acting.manifest.subject(happening.who).lift or BELOW * float(one.thing.size[2])
        far = round(far if happening.amount is None else happening.amount, 3)
        acted.rules.append(f"{acting.moment(happening)}move {one.thing.name} by (0, 0, {-far:g}) in {seconds:g} s")
        acted.shows.append(Show("depth", one.thing.name, 0.9 * far))
    return acted


BELOW = 1.1
"""How far something sinks, in its own heights, until it is under."""


def _upward(acting: Acting, happening: Happening, usual: float) -> Acted:
    acted = Acted()
    seconds = max(min(5.0, acting.manifest.seconds - acting.start(happening)), 0.5)
    for number, one in enumerate(acting.all(happening.who)):
        far = usual if happening.amount is None else math.copysign(happening.amount, usual)
        over = round(seconds * (1.0 - 0.08 * (number % 4)), 2)
        by = (0.0, 0.0, round(far, 3))
        acted.rules.append(f"{acting.moment(happening)}move {one.thing.name} by {by} in {over:g} s")
        acted.shows.append(Show("motion", one.thing.name))
    return acted


@verb(
    "float",
    "bob",
    "drift",
    "rock on the waves",
    "swim on the water",
    "bob up and down",
    "float on the water",
    about="goes up and down a little, as on water",
    arrange=looking,
    instead=hovers,
    waits="time",
    takes=4.0,
)
def _float(acting: Acting, happening: Happening) -> Acted:
    return bobbing(acting, happening, Acted())


def bobbing(acting: Acting, happening: Happening, acted: Acted) -> Acted:
    """What goes up and down a little, each in a time of its own."""
    for number, one in enumerate(acting.all(happening.who)):
        by = round(max(0.08 * float(one.thing.size.max()), 0.02), 3)
        period = round(2.6 + 0.3 * (number % 3), 2)
        acted.rules.append(
            f"{acting.moment(happening)}{one.thing.name} moves up and down by {by:g} m once in {period:g} s"
        )
        acted.shows.append(Show("motion", one.thing.name))
    return acted
