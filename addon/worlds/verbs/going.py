"""Falling, rolling, sliding and flying: what moves on its own."""

from __future__ import annotations

import math

import numpy as np

from ...scene_graph.base import Vec3
from ..acting import Acted, Acting, VerbError, changed, touches, verb
from ..form import Form
from ..library import entry_of
from ..manifest import Happening, Manifest, Subject
from ..places import Place, Placed

SPEED = 2.5
"""How fast something is sent off in m/s where nothing is said."""

DROP = 1.5
"""From how high something falls in m where nothing is said."""

AHEAD = np.array([2.5, 0.0, 0.0])
"""Where something is thrown where nothing is said, from where it is, in m."""

TO_PLACE = 0.8
"""How far off something stands that is to be reached, in m."""


def slope_of(manifest: Manifest, name: str) -> Subject | None:
    """What a subject goes down: a subject with a top and a foot on which it is, or which it is said to go down."""
    subject = manifest.subject(name)
    named = [place.of[0] for place in subject.places if place.relation in ("on", "at")]
    return next((manifest.subject(n) for n in named if is_slope(manifest.subject(n))), None)


def is_slope(subject: Subject) -> bool:
    """Whether a thing has an upper and a lower end."""
    return {"top", "foot"} <= set(form_of(subject).anchors)


def form_of(subject: Subject) -> Form:
    """The shape of a subject's things. Raises LibraryError."""
    return entry_of(subject.thing).make(**subject.parameters)


def way_out(subject: Subject) -> float:
    """The direction in degrees in which the foot of a slope shows, as it will stand."""
    out = form_of(subject).anchors["foot"].out
    return math.degrees(math.atan2(out[1], out[0])) + subject.yaw


def _onto(manifest: Manifest, happening: Happening) -> Manifest:
    """What goes down a slope starts at its top; what goes to something stands off it."""
    to = happening.to
    if to is None:
        return manifest
    if is_slope(manifest.subject(to)):
        place = Place(relation="on", of=(to,), anchor="top")
        return changed(manifest, happening.who, places=(place,))
    if manifest.subject(happening.who).places:
        return manifest
    place = Place(relation="next to", of=(to,), distance=TO_PLACE, bearing=180.0)
    return changed(manifest, happening.who, places=(place,))


@verb(
    "roll",
    "trundle",
    about="goes along the ground, or down a slope on which it starts",
    to="may",
    arrange=_onto,
    speed=SPEED,
)
def _roll(acting: Acting, happening: Happening) -> Acted:
    return sent_off(acting, happening, SPEED)


@verb("slide", "glide", "skid", about="slips along, or down a slope", to="may", arrange=_onto, speed=SPEED)
def _slide(acting: Acting, happening: Happening) -> Acted:
    return sent_off(acting, happening, SPEED)


def _lifted(manifest: Manifest, happening: Happening) -> Manifest:
    lift = DROP if happening.amount is None else happening.amount
    manifest = changed(manifest, happening.who, lift=lift)
    if happening.to is not None and not manifest.subject(happening.who).places:
        place = Place(relation="on", of=(happening.to,))
        return changed(manifest, happening.who, places=(place,), lift=lift)
    return manifest


@verb("fall", "drop", "plunge", "tumble", about="falls from some height, onto something", to="may", arrange=_lifted)
def _fall(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    below = happening.to
    for one in acting.all(happening.who):
        _must_be_rigid(one, happening)
        if below is not None:
            acted.assertions.append(touches(one.thing.name, acting.first(below).thing.name))
    return acted


def _off(manifest: Manifest, happening: Happening) -> Manifest:
    if happening.to is None or manifest.subject(happening.who).places:
        return manifest
    place = Place(relation="next to", of=(happening.to,), distance=2.0, bearing=180.0)
    return changed(manifest, happening.who, places=(place,))


@verb("fly", "hop", "jump", "leap", "shoot", about="is thrown in an arc, at something", to="may", arrange=_off)
def _fly(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        _must_be_rigid(one, happening)
        target = acting.first(happening.to).box.middle if happening.to is not None else one.box.middle + AHEAD
        acted.velocities[one.thing.name] = arc(one, target)
        if happening.to is not None:
            acted.assertions.append(touches(one.thing.name, acting.first(happening.to).thing.name))
    return acted


def arc(one: Placed, target: np.ndarray) -> Vec3:
    """The velocity that takes a thing to a place in an arc of 45 degrees, or as steep as that needs."""
    way = target - one.box.middle
    far, rise, g = float(np.hypot(way[0], way[1])), float(way[2]), 9.81
    slope = max(1.0, 1.5 * rise / max(far, 1e-6) + 0.5)
    across = math.sqrt(g * far**2 / (2.0 * max(slope * far - rise, 1e-6)))
    x, y = way[0] / max(far, 1e-6) * across, way[1] / max(far, 1e-6) * across
    return (round(float(x), 6), round(float(y), 6), round(slope * across, 6))


def sent_off(acting: Acting, happening: Happening, speed: float) -> Acted:
    """A thing that goes towards something, or ahead; down a slope it goes by itself."""
    acted = Acted()
    slope = slope_of(acting.manifest, happening.who)
    for one in acting.all(happening.who):
        _must_be_rigid(one, happening)
        if slope is not None:
            acted.assertions.append(touches(one.thing.name, acting.first(slope.name).thing.name))
            continue
        way = np.array([1.0, 0.0, 0.0])
        if happening.to is not None:
            way = acting.first(happening.to).box.middle - one.box.middle
            acted.assertions.append(touches(one.thing.name, acting.first(happening.to).thing.name))
        fast = speed if happening.amount is None else happening.amount
        x, y = fast * way[:2] / max(float(np.hypot(*way[:2])), 1e-6)
        acted.velocities[one.thing.name] = (round(float(x), 6), round(float(y), 6), 0.0)
    return acted


def _must_be_rigid(one: Placed, happening: Happening) -> None:
    if one.thing.moves != "rigid":
        raise VerbError(f"'{one.thing.name}' is to {happening.does}, but physics does not move it ({one.thing.moves})")
