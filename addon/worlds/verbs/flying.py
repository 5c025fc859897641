"""Flying: what goes through the air by its own power, moved as told and not by physics."""

from __future__ import annotations

import math

from ..acting import Acted, Acting, Show, changed, looking, verb
from ..manifest import Happening, Manifest
from ..places import Place
from .going import form_of
from .travelling import bobbing
from .turning import ROUND, beside, circled

CLEAR = 0.3
"""How far above what it flies around or over something is in m."""

LOWEST, HIGHEST, TIMES = 0.8, 3.0, 4.0
"""How high what flies is in m at least and at most where nothing is below it, and how many times its own size."""

CRUISE = 1.5
"""How fast something flies in m/s where that is not told by its size."""


def _height(manifest: Manifest, name: str) -> float:
    """How high something flies in m where nothing is below it."""
    form = form_of(manifest.subject(name))
    return round(min(max(TIMES * float((form.high - form.low).max()), LOWEST), HIGHEST), 3)


def _above_all(manifest: Manifest, happening: Happening) -> Manifest:
    """What flies around something starts beside it, higher than it is."""
    assert happening.to is not None
    form = form_of(manifest.subject(happening.to))
    manifest = beside(manifest, happening)
    subject = manifest.subject(happening.who)
    lift = round(max(subject.lift, float(form.high[2] - form.low[2]) + CLEAR), 3)
    return changed(manifest, happening.who, lift=lift, moves="none")


@verb(
    "fly around",
    "flutter around",
    "buzz around",
    "hover around",
    "soar around",
    "swoop around",
    "glide around",
    about="goes round another thing in the air, above it",
    amount="seconds of a turn",
    to="must",
    ways=("around", "round", "about"),
    arrange=_above_all,
    waits="event",
    takes=ROUND,
)
def _fly_around(acting: Acting, happening: Happening) -> Acted:
    assert happening.to is not None
    acted = circled(acting, happening)
    top = max(float(one.box.high[2]) for one in acting.all(happening.to))
    acted.shows += [Show("height", one.thing.name, round(top, 3)) for one in acting.all(happening.who)]
    return acted


def _aloft(manifest: Manifest, happening: Happening) -> Manifest:
    """What flies or hovers is in the air from the start: above what it is said to be over."""
    manifest = looking(manifest, happening)
    subject = manifest.subject(happening.who)
    if happening.to is not None and not subject.places:
        place = Place(relation="above", of=(happening.to,), distance=CLEAR)
        return changed(manifest, subject.name, places=(place,))
    aloft = any(place.relation in ("above", "hanging from") for place in subject.places)
    return manifest if subject.lift or aloft else changed(manifest, subject.name, lift=_height(manifest, subject.name))


def _flown(acting: Acting, happening: Happening) -> Acted:
    return Acted(shows=[Show("height", one.thing.name, 0.1) for one in acting.all(happening.who)])


def _ahead(manifest: Manifest, happening: Happening) -> Manifest:
    manifest = _aloft(manifest, happening)
    subject = manifest.subject(happening.who)
    turned = subject.facing is not None or subject.yaw
    return manifest if turned else changed(manifest, subject.name, yaw=90.0)


@verb(
    "fly along",
    "fly by",
    "fly past",
    "fly about",
    about="flies its way through the air, by its own power",
    amount="speed in m/s",
    arrange=_ahead,
    waits="event",
    takes=4.0,
)
def _fly_along(acting: Acting, happening: Happening) -> Acted:
    acted = _flown(acting, happening) if not _comes_down(acting, happening) else Acted()
    left = max(acting.manifest.seconds - acting.start(happening), 1.0)
    for one in acting.all(happening.who):
        long = float(one.thing.size.max())
        speed = max(CRUISE * long, 0.6) if happening.amount is None else happening.amount
        angle = math.radians(one.pose.yaw - 90.0)
        seconds = round(min(left - 0.5, 4.0), 2)
        far = min(speed * seconds, 8.0)
        by = (round(far * math.cos(angle), 3), round(far * math.sin(angle), 3), 0.0)
        acted.rules.append(f"{acting.moment(happening)}move {one.thing.name} by {by} in {seconds:g} s")
        acted.shows.append(Show("motion", one.thing.name))
    return acted


def _comes_down(acting: Acting, happening: Happening) -> bool:
    return any(h.who == happening.who and h.does in ("descend", "sink", "fall") for h in acting.manifest.happenings)


@verb(
    "hover",
    "hover in the air",
    "float in the air",
    "hang in the air",
    "buzz",
    about="keeps its place in the air, up and down a little, over another thing where that is said",
    to="may",
    ways=("over", "above"),
    arrange=_aloft,
    waits="time",
    takes=4.0,
)
def _hover(acting: Acting, happening: Happening) -> Acted:
    return bobbing(acting, happening, Acted() if _comes_down(acting, happening) else _flown(acting, happening))
