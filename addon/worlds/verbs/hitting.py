"""Hitting, toppling and pushing: what one thing does to another."""

from __future__ import annotations

import math

from ..acting import Acted, Acting, changed, in_turn, touches, verb
from ..manifest import Happening, Manifest
from ..places import Place
from .going import SPEED, sent_off, slope_of, way_out

LEAD = 0.35
"""How far beyond the foot of a slope stands what is hit, in m."""

ROW = 0.5
"""How far the things of a row stand apart, as a share of their height."""


def _in_the_way(manifest: Manifest, happening: Happening) -> Manifest:
    """What is hit stands where the other one comes to; several of them in a row onwards."""
    assert happening.to is not None
    slope = slope_of(manifest, happening.who)
    target = manifest.subject(happening.to)
    bearing = way_out(slope) if slope is not None else 0.0
    if not target.places and slope is not None:
        place = Place(relation="at", of=(slope.name,), anchor="foot", distance=LEAD)
        manifest = changed(manifest, target.name, places=(place,))
    if target.count > 1:
        manifest = changed(manifest, target.name, arrangement="row", bearing=bearing)
    manifest = changed(manifest, target.name, yaw=math.fmod(target.yaw + bearing, 360.0))
    if slope is None and not manifest.subject(happening.who).places:
        place = Place(relation="next to", of=(target.name,), distance=0.8, bearing=180.0)
        manifest = changed(manifest, happening.who, places=(place,))
    return manifest


@verb("hit", "strike", "meet", "bump", "touch", "crash", "collide", about="comes against something", to="must",
      arrange=_in_the_way, speed=SPEED)  # fmt: skip
def _hit(acting: Acting, happening: Happening) -> Acted:
    return _at(acting, happening)


@verb("topple", "knock", "overturn", "upset", about="comes against something so that it falls over", to="must",
      arrange=_in_the_way, speed=SPEED)  # fmt: skip
def _topple(acting: Acting, happening: Happening) -> Acted:
    assert happening.to is not None
    acted = _at(acting, happening)
    names = [one.thing.name for one in acting.all(happening.to)]
    acted.assertions += in_turn(names[0], names[1:])
    return acted


@verb(
    "push",
    "shove",
    "move",
    about="comes against something and moves it on",
    to="must",
    arrange=_in_the_way,
    speed=SPEED,
)
def _push(acting: Acting, happening: Happening) -> Acted:
    return _at(acting, happening)


def _at(acting: Acting, happening: Happening) -> Acted:
    """What hits is on its way by itself where something else that it does makes it go."""
    assert happening.to is not None
    goes = [h for h in acting.manifest.happenings if h.who == happening.who and h is not happening]
    goes = [h for h in goes if h.does in ("roll", "slide", "fall", "fly")]
    first = acting.first(happening.to).thing.name
    is_hit = any(h.to == happening.who for h in acting.manifest.happenings)
    if goes or is_hit:
        return Acted(assertions=[touches(one.thing.name, first) for one in acting.all(happening.who)])
    return sent_off(acting, happening, SPEED)
