"""Falling, rolling, sliding and flying: what moves on its own."""

from __future__ import annotations

import math

import numpy as np

from ...scene_graph.base import Vec3
from ..acting import TOWARDS, Acted, Acting, Show, VerbError, any_of, changed, touches, verb
from ..flyers import flies_if_told
from ..form import Form
from ..library import entry_of
from ..manifest import Happening, Manifest, Subject
from ..places import Place, Placed
from ..seesaws import UPWARD, aim, is_flung, is_seesaw, struck_seesaw, tipping
from ..things import ENDS

SPEED = 2.5
"""How fast something is sent off in m/s where nothing is said."""

DROP = 1.5
"""From how high something falls in m where nothing is said."""

AHEAD = np.array([2.5, 0.0, 0.0])
"""Where something is thrown where nothing is said, from where it is, in m."""

TO_PLACE, RUN_UP = 0.8, 0.3
"""How far off something stands that is to be reached, in m, and at most as a share of the width of what bears both."""


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
    """What goes down a slope starts at its top, also where the plan has one and does not say what it is for.

    What it goes to is at the slope's foot; what goes to something without a slope stands off it.
    """
    to = happening.to
    if to is None:
        return manifest
    if is_slope(manifest.subject(to)):
        place = Place(relation="on", of=(to,), anchor="top")
        return changed(manifest, happening.who, places=(place,))
    if manifest.subject(happening.who).places:
        down = slope_of(manifest, happening.who)
        if down is None or manifest.subject(to).places:
            return manifest
        return changed(manifest, to, places=(Place(relation="at", of=(down.name,)),))
    if (slope := _spare_slope(manifest)) is not None:
        place = Place(relation="on", of=(slope,), anchor="top")
        if not manifest.subject(to).places:
            manifest = changed(manifest, to, places=(Place(relation="at", of=(slope,)),))
        return changed(manifest, happening.who, places=(place,))
    return changed(manifest, happening.who, places=(off(manifest, to, TO_PLACE),))


def off(manifest: Manifest, to: str, far: float) -> Place:
    """Where something stands that goes at a thing from ``far`` m off: nearer where what bears that one is small."""
    on = next((place.of[0] for place in manifest.subject(to).places if place.relation == "on"), None)
    if on is not None:
        form = form_of(manifest.subject(on))
        far = min(far, RUN_UP * float(form.high[0] - form.low[0]))
    return Place(relation="next to", of=(to,), distance=round(far, 3), bearing=180.0)


def _spare_slope(manifest: Manifest) -> str | None:
    """The slope of a plan, where there is one and nothing is placed by it."""
    used = {name for subject in manifest.subjects for place in subject.places for name in place.of}
    slopes = [s.name for s in manifest.subjects if is_slope(s)]
    return slopes[0] if len(slopes) == 1 and slopes[0] not in used else None


@verb(
    "roll",
    "trundle",
    about="goes along the ground, or down a slope on which it starts",
    amount="speed in m/s",
    to="may",
    arrange=_onto,
    speed=SPEED,
    waits="event",
    takes=2.0,
    touches=True,
    sends=True,
    by=("rigid",),
)
def _roll(acting: Acting, happening: Happening) -> Acted:
    return sent_off(acting, happening, SPEED)


@verb(
    "slide",
    "glide",
    "skid",
    about="slips along, or down a slope",
    amount="speed in m/s",
    to="may",
    arrange=_onto,
    speed=SPEED,
    waits="event",
    takes=2.0,
    touches=True,
    sends=True,
    by=("rigid",),
)
def _slide(acting: Acting, happening: Happening) -> Acted:
    return sent_off(acting, happening, SPEED)


def _lifted(manifest: Manifest, happening: Happening) -> Manifest:
    """What falls starts high; what falls off something stands at its edge, and is nudged."""
    subject = manifest.subject(happening.who)
    if subject.arrangement == "stack" and struck_before(manifest, happening):
        return _beside_it(manifest, happening)
    if happening.source is not None and is_high(manifest, happening.source):
        return changed(manifest, happening.who, places=(Place(relation="at the edge of", of=(happening.source,)),))
    moves = subject.moves or entry_of(subject.thing).moves
    usual = DRAPE if moves == "cloth" and happening.to else DROP
    lift = usual if happening.amount is None else happening.amount
    manifest = changed(manifest, happening.who, lift=lift)
    if moves in ("cloth", "soft") and happening.after is not None:
        told = f"that {happening.who} waits for what happens (it falls about when that is over)"
        if moves == "soft":
            manifest = changed(manifest, happening.who, moves="rigid")
            told = f"that {happening.who} is soft (nothing soft can wait for what happens)"
        manifest = manifest.model_copy(update={"left_out": (*manifest.left_out, told)})
    if happening.to is not None and not subject.places:
        end = ENDS[0] if is_seesaw(manifest, happening.to) else None
        place = Place(relation="on", of=(happening.to,), anchor=end)
        return changed(manifest, happening.who, places=(place,), lift=lift)
    return manifest


STRIKING = ("hit", "topple", "push", "swing into", "roll", "slide", "fly", "collide")
"""What makes a stack fall that it is done to."""


def struck_before(manifest: Manifest, happening: Happening) -> bool:
    """Whether something comes at who falls, who then stands until that happens."""
    return any(h.to == happening.who and h.does in STRIKING for h in manifest.happenings)


def _beside_it(manifest: Manifest, happening: Happening) -> Manifest:
    """What a stack falls on that something comes at stands behind it."""
    if happening.to is None or manifest.subject(happening.to).places:
        return manifest
    place = Place(relation="next to", of=(happening.who,), distance=BEHIND, bearing=0.0)
    return changed(manifest, happening.to, places=(place,))


BEHIND = 0.15
"""How far behind a stack stands what it falls on, in m."""


def _on_other_end(manifest: Manifest, happening: Happening) -> Manifest:
    """What a seesaw flings is on its other end, and waits until something comes down on it."""
    number = struck_seesaw(manifest, happening)
    if number is None:
        return _off(manifest, happening)
    seesaw = manifest.happenings[number].to
    assert seesaw is not None
    place = Place(relation="on", of=(seesaw,), anchor=ENDS[1])
    waits = happening.model_copy(update={"after": number, "at": 0.0})
    happenings = tuple(waits if h is happening else h for h in manifest.happenings)
    return changed(manifest, happening.who, places=(place,)).model_copy(update={"happenings": happenings})


def is_high(manifest: Manifest, name: str) -> bool:
    """Whether a subject has something to stand on."""
    return bool({"top", "seat"} & set(form_of(manifest.subject(name)).anchors))


NUDGE = 1.2
"""How fast what falls off something is pushed over its edge, in m/s."""


@verb(
    "fall",
    "drop",
    "plunge",
    "tumble",
    "drape",
    "settle",
    about="falls from some height, onto something, or off something",
    amount="height in m",
    to="may",
    ways=(*TOWARDS, "on", "in", "over"),
    source=True,
    arrange=_lifted,
    waits="event",
    takes=1.0,
    touches=True,
    sends=True,
    by=("rigid", "cloth", "soft"),
)
def _fall(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        name = one.thing.name
        acted.shows.append(Show("motion", name))
        if one.thing.moves in ("cloth", "soft"):
            acted.waits[name] = acting.start(happening)
        if one.thing.moves == "cloth":
            continue
        if one.thing.moves != "soft":
            must_be_rigid(one, happening)
        if happening.source is not None and is_high(acting.manifest, happening.source):
            way = one.box.middle - acting.first(happening.source).box.middle
            x, y = NUDGE * way[:2] / max(float(np.hypot(*way[:2])), 1e-6)
            send(acting, happening, acted, name, (round(float(x), 6), round(float(y), 6), 0.0))
            acted.assertions.append(touches(name, acting.layout.ground.thing.name))
        elif one.thing.moves != "soft" and later(acting, happening):
            acted.rules += [f"At the start, hold {name}", f"{acting.moment(happening)}release {name}"]
        if happening.to is not None and one.thing.moves == "rigid":
            acted.assertions.append(met(acting, name, happening.to))
            acted.rules += tipping(acting, name, happening.to)
    return _as_one(acting, happening, acted)


def _as_one(acting: Acting, happening: Happening, acted: Acted) -> Acted:
    """Of a stack it is enough that one meets what the stack falls on."""
    subject = acting.manifest.subject(happening.who)
    if subject.arrangement != "stack" or subject.count == 1 or happening.to is None:
        return acted
    bodies = [body for one in acting.all(happening.to) for body in one.thing.bodies]
    acted.assertions = [f"OR({', '.join(touches(name, body) for name in subject.names for body in bodies)})"]
    return acted


DRAPE = 0.1
"""From how high a cloth falls in m where nothing is said."""


@verb(
    "bounce",
    about="falls and springs up again, more than once",
    amount="height in m",
    to="may",
    ways=(*TOWARDS, "on"),
    arrange=_lifted,
    waits="event",
    takes=2.0,
    touches=True,
    sends=True,
    by=("rigid", "cloth", "soft"),
)
def _bounce(acting: Acting, happening: Happening) -> Acted:
    acted = _fall(acting, happening)
    below = acting.first(happening.to).thing.name if happening.to is not None else acting.layout.ground.thing.name
    for one in acting.all(happening.who):
        acted.springy |= {one.thing.name: BOUNCY, below: BOUNCY}
        hit = f'"CollisionStart", 1, {{"a_id": "{one.thing.name}", "b_id": "{below}"}}'
        acted.assertions.append(f"GT({hit})")
    return acted


@verb(
    "tip",
    "fall over",
    "tip over",
    "topple over",
    "keel over",
    "collapse",
    "fall down",
    about="falls to its side",
    waits="event",
    takes=1.5,
    by=("rigid",),
)
def _tip(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        must_be_rigid(one, happening)
        half, high = float(one.thing.size[0]) / 2, float(one.thing.centre[2] - one.thing.form.low[2])
        rate = tipping_rate(one)
        name, start = one.thing.name, acting.moment(happening)
        velocity = (round(rate * high, 6), 0.0, round(rate * half, 6))
        if later(acting, happening):
            degrees = round(math.degrees(rate), 3)
            acted.rules.append(f"{start}launch {name} with velocity {velocity}")
            acted.rules.append(f"{start}spin {name} at {degrees:g} degrees/s about y")
        else:
            acted.velocities[name], acted.spins[name] = velocity, (0.0, round(rate, 6), 0.0)
        acted.shows.append(Show("motion", name, 0.3))
    return acted


def tipping_rate(one: Placed) -> float:
    """How fast a thing must turn about the edge of its foot to fall over, in rad/s."""
    half, high = float(one.thing.size[0]) / 2, float(one.thing.centre[2] - one.thing.form.low[2])
    rise = math.hypot(half, high) - high
    # Enough to lift its middle over the edge that it turns about, a third more for what is lost.
    return math.sqrt(2.0 * 9.81 * (1.35 * rise + 0.01) * 0.75) / math.hypot(half, high)


BOUNCY = 0.9
"""The restitution of what bounces, and of what it bounces on."""


def _off(manifest: Manifest, happening: Happening) -> Manifest:
    if happening.to is None or manifest.subject(happening.who).places:
        return manifest
    return changed(manifest, happening.who, places=(off(manifest, happening.to, 2.0),))


@verb(
    "fly",
    "shoot",
    "throw",
    "thrown",
    "toss",
    "hurl",
    "fling",
    "kick",
    "launch",
    about="is thrown in an arc, at something",
    instead=flies_if_told,
    to="may",
    ways=TOWARDS,
    arrange=_on_other_end,
    waits="event",
    takes=1.5,
    touches=True,
    sends=True,
    by=("rigid",),
)
def _fly(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        must_be_rigid(one, happening)
        target = aim(acting, happening.to) if happening.to is not None else one.box.middle + AHEAD
        up = is_flung(acting.manifest, happening)
        send(acting, happening, acted, one.thing.name, UPWARD if up and happening.to is None else arc(one, target))
        acted.shows.append(Show("motion", one.thing.name))
        if happening.to is not None:
            acted.assertions.append(met(acting, one.thing.name, happening.to))
            acted.rules += tipping(acting, one.thing.name, happening.to)
    return acted


@verb(
    "jump",
    "hop",
    "leap",
    about="leaps up, or onto something",
    amount="height in m",
    to="may",
    ways=(*TOWARDS, "on"),
    arrange=_off,
    waits="event",
    takes=1.0,
    by=("rigid",),
)
def _jump(acting: Acting, happening: Happening) -> Acted:
    if happening.to is not None:
        return _fly(acting, happening)
    acted = Acted()
    for one in acting.all(happening.who):
        must_be_rigid(one, happening)
        high = round(0.5 + 0.5 * float(one.thing.size[2]), 3) if happening.amount is None else happening.amount
        speed = round(math.sqrt(2.0 * 9.81 * high), 6)
        send(acting, happening, acted, one.thing.name, (0.0, 0.0, speed))
        acted.shows.append(Show("motion", one.thing.name))
    return acted


def arc(one: Placed, target: np.ndarray) -> Vec3:
    """The velocity that takes a thing to a place in an arc of 45 degrees, or as steep as that needs."""
    way = target - one.box.middle
    far, rise, g = float(np.hypot(way[0], way[1])), float(way[2]), 9.81
    slope = max(1.0, 1.5 * rise / max(far, 1e-6) + 0.5)
    across = math.sqrt(g * far**2 / (2.0 * max(slope * far - rise, 1e-6)))
    x, y = way[0] / max(far, 1e-6) * across, way[1] / max(far, 1e-6) * across
    return (round(float(x), 6), round(float(y), 6), round(slope * across, 6))


def met(acting: Acting, name: str, subject: str) -> str:
    """The assertion that a thing meets one of those of a subject."""
    return any_of(name, [body for one in acting.all(subject) for body in one.thing.bodies])


def later(acting: Acting, happening: Happening) -> bool:
    """Whether something begins after the start."""
    return happening.after is not None or acting.start(happening) > 0.0


def send(acting: Acting, happening: Happening, acted: Acted, name: str, velocity: Vec3) -> None:
    """Send a thing off with a velocity in m/s, when it is time."""
    if later(acting, happening):
        acted.rules.append(f"{acting.moment(happening)}launch {name} with velocity {velocity}")
    else:
        acted.velocities[name] = velocity


def sent_off(acting: Acting, happening: Happening, speed: float) -> Acted:
    """A thing that goes towards something, or ahead; down a slope it goes by itself."""
    acted = Acted()
    slope = slope_of(acting.manifest, happening.who)
    for one in acting.all(happening.who):
        must_be_rigid(one, happening)
        name = one.thing.name
        acted.shows.append(Show("motion", name))
        if slope is not None:
            acted.assertions.append(touches(name, acting.first(slope.name).thing.name))
            if later(acting, happening):
                acted.rules += [f"At the start, hold {name}", f"{acting.moment(happening)}release {name}"]
            continue
        way = np.array([1.0, 0.0, 0.0])
        if happening.to is not None:
            way = acting.first(happening.to).box.middle - one.box.middle
            acted.assertions.append(met(acting, name, happening.to))
        fast = speed if happening.amount is None else happening.amount
        x, y = fast * way[:2] / max(float(np.hypot(*way[:2])), 1e-6)
        send(acting, happening, acted, name, (round(float(x), 6), round(float(y), 6), 0.0))
    return acted


def must_be_rigid(one: Placed, happening: Happening) -> None:
    """Raises VerbError for a thing that physics does not move."""
    if one.thing.moves != "rigid":
        raise VerbError(f"'{one.thing.name}' is to {happening.does}, but physics does not move it ({one.thing.moves})")
