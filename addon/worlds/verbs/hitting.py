"""Hitting, toppling and pushing: what one thing does to another."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from ..acting import Acted, Acting, Show, VerbError, any_of, changed, in_turn, touches, verb
from ..manifest import Happening, Manifest
from ..places import Place
from .going import SPEED, TO_PLACE, form_of, later, must_be_rigid, off, send, sent_off, slope_of, tipping_rate, way_out

SWUNG = 0.15
"""How far from what hangs stands what it is to hit when it swings, in its own lengths."""

SWINGING = ("swing", "swing into")

LEAD = 0.35
"""How far beyond the foot of a slope stands what is hit, in m."""


def in_the_way(manifest: Manifest, happening: Happening) -> Manifest:
    """What is hit stands where the other one comes to; several of them in a row onwards."""
    assert happening.to is not None
    slope = slope_of(manifest, happening.who)
    target = manifest.subject(happening.to)
    bearing = way_out(slope) if slope is not None else 0.0
    swings = any(h.who == happening.who and h.does in SWINGING for h in manifest.happenings)
    if not target.places and swings:
        far = round(SWUNG * float(form_of(manifest.subject(happening.who)).high[2]), 3)
        place = Place(relation="next to", of=(happening.who,), distance=far, bearing=0.0)
        manifest = changed(manifest, target.name, places=(place,))
    elif not target.places and slope is not None:
        place = Place(relation="at", of=(slope.name,), anchor="foot", distance=LEAD)
        manifest = changed(manifest, target.name, places=(place,))
    if target.count > 1 and target.arrangement != "stack":
        manifest = changed(manifest, target.name, arrangement="row", bearing=bearing)
    manifest = changed(manifest, target.name, yaw=math.fmod(target.yaw + bearing, 360.0))
    if slope is None and not swings and not manifest.subject(happening.who).places:
        manifest = changed(manifest, happening.who, places=(off(manifest, target.name, TO_PLACE),))
    return manifest


@verb(
    "hit",
    "strike",
    "bump into",
    "crash into",
    "run into",
    "knock against",
    "meet",
    "bump",
    "touch",
    "crash",
    about="comes against something",
    amount="speed in m/s",
    to="must",
    arrange=in_the_way,
    speed=SPEED,
    waits="event",
    takes=1.5,
    touches=True,
)
def _hit(acting: Acting, happening: Happening) -> Acted:
    return _at(acting, happening)


@verb(
    "topple",
    "knock",
    "knock over",
    "knock down",
    "bring down",
    "push over",
    "overturn",
    "upset",
    about="comes against something so that it falls over",
    amount="speed in m/s",
    to="must",
    arrange=in_the_way,
    speed=SPEED,
    waits="event",
    takes=1.5,
    touches=True,
)
def _topple(acting: Acting, happening: Happening) -> Acted:
    assert happening.to is not None
    acted = _at(acting, happening)
    names = [one.thing.name for one in acting.all(happening.to)]
    acted.assertions += in_turn(names[0], names[1:])
    return acted


def _lined_up(manifest: Manifest, happening: Happening) -> Manifest:
    """What falls one after another stands in a row."""
    subject = manifest.subject(happening.who)
    if subject.count < 2:
        raise VerbError(f"'{subject.name}' is to fall one after another, and it is alone")
    return changed(manifest, subject.name, arrangement="row", yaw=math.fmod(subject.yaw + subject.bearing, 360.0))


@verb(
    "cascade",
    "topple one after another",
    "topple one after the other",
    "topple one by one",
    "topple each other",
    "topple in turn",
    "fall one after another",
    "fall one after the other",
    "fall over one after another",
    "fall over one by one",
    "fall like dominoes",
    "knock each other over",
    about="falls over one after another, in a row of which the first is pushed",
    arrange=_lined_up,
    waits="event",
    takes=3.0,
    by=("rigid",),
)
def _cascade(acting: Acting, happening: Happening) -> Acted:
    row = acting.all(happening.who)
    must_be_rigid(row[0], happening)
    names = [one.thing.name for one in row]
    acted = Acted(assertions=in_turn(names[0], names[1:]), shows=[Show("motion", name, 0.3) for name in names])
    if any(h.to == happening.who for h in acting.manifest.happenings):
        return acted  # something else sets them off
    way = (row[1].box.middle - row[0].box.middle)[:2]
    x, y = way / max(float(np.hypot(*way)), 1e-6)
    rate = tipping_rate(row[0])
    high = float(row[0].thing.centre[2] - row[0].thing.form.low[2])
    velocity = (round(float(rate * high * x), 6), round(float(rate * high * y), 6), 0.0)
    send(acting, happening, acted, names[0], velocity)
    if not later(acting, happening):
        acted.spins[names[0]] = (round(float(-rate * y), 6), round(float(rate * x), 6), 0.0)
    return acted


@verb(
    "push",
    "shove",
    "move",
    about="comes against something and moves it on",
    amount="speed in m/s",
    to="must",
    arrange=in_the_way,
    speed=SPEED,
    waits="event",
    takes=1.5,
    touches=True,
)
def _push(acting: Acting, happening: Happening) -> Acted:
    return _at(acting, happening)


def _at(acting: Acting, happening: Happening) -> Acted:
    """What hits is on its way by itself where something else that it does makes it go."""
    assert happening.to is not None
    goes = [h for h in acting.manifest.happenings if h.who == happening.who and h is not happening]
    goes = [h for h in goes if h.does in ("roll", "slide", "fall", "fly", *SWINGING, "bounce", "collide")]
    first = [one.thing.name for one in acting.all(happening.to)]
    is_hit = any(h.to == happening.who for h in acting.manifest.happenings)
    if goes or is_hit:
        names = [one.thing.name for one in acting.all(happening.who)]
        return Acted(assertions=[any_of(name, first) for name in names], shows=[Show("motion", name) for name in names])
    return sent_off(acting, happening, SPEED)


def _face_to_face(manifest: Manifest, happening: Happening) -> Manifest:
    """What collides with another one stands off it, in one line."""
    if happening.to is None or manifest.subject(happening.who).places:
        return manifest
    return changed(manifest, happening.who, places=(off(manifest, happening.to, 1.5),))


@verb(
    "collide",
    "crash into each other",
    "bump into each other",
    "hit each other",
    "roll into each other",
    "crash together",
    about="goes at another one that comes to meet it",
    amount="speed in m/s",
    to="may",
    ways=("with", "into"),
    arrange=_face_to_face,
    speed=SPEED,
    waits="event",
    takes=1.0,
    touches=True,
    by=("rigid",),
)
def _collide(acting: Acting, happening: Happening) -> Acted:
    things = acting.all(happening.who)
    pairs = [(things[0], acting.first(happening.to))] if happening.to is not None else list(pairwise(things))
    acted = Acted()
    if not pairs:
        raise VerbError(f"'{happening.who}' is to collide, and it is not said with what")
    speed = SPEED if happening.amount is None else happening.amount
    for a, b in pairs[:1]:
        must_be_rigid(a, happening)
        way = b.box.middle - a.box.middle
        x, y = speed / 2 * way[:2] / max(float(np.hypot(*way[:2])), 1e-6)
        velocity = (round(float(x), 6), round(float(y), 6), 0.0)
        send(acting, happening, acted, a.thing.name, velocity)
        if b.thing.moves == "rigid":
            send(acting, happening, acted, b.thing.name, (-velocity[0], -velocity[1], 0.0))
        acted.assertions.append(touches(a.thing.name, b.thing.name))
        acted.shows.append(Show("motion", a.thing.name))
    return acted
