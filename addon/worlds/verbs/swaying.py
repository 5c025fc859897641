"""Swaying, swinging and trembling: what goes to and fro."""

from __future__ import annotations

import math

import numpy as np

from ...scene_graph import Animation, Constraint, SoftBody
from ...scene_graph.base import Quaternion, Vec3
from ..acting import Acted, Acting, Show, VerbError, changed, looking, verb
from ..fittings import BEAM, CLEAR, framed, room
from ..manifest import Happening, Manifest, Subject
from ..places import RELATIONS, Place, Placed
from .going import met
from .hitting import in_the_way

BEND = 0.55
"""By how much the tips of a plant are free of the place that they grow at, as a share."""

BREEZE = 6.0
"""The wind in m/s where a plant sways and no wind is said."""

MOST = 12_000
"""Vertices that sway at most; a plant of more is not bent but turned."""

LEAN = 35.0
"""From how far to a side a pendulum is let go, in degrees."""


def _in_wind(manifest: Manifest, happening: Happening) -> Manifest:
    """What sways needs wind, and nothing to bump into it."""
    setting = manifest.setting
    if not setting.wind:
        manifest = manifest.model_copy(update={"setting": setting.model_copy(update={"wind": BREEZE})})
    return changed(manifest, happening.who, moves="none")


@verb(
    "sway",
    "bend",
    "rustle",
    "sway back and forth",
    "move in the wind",
    "sway gently",
    "is blown by the wind",
    about="is bent to and fro by the wind, rooted where it stands",
    to="no",
    arrange=_in_wind,
)
def _sway(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        name = one.thing.name
        if len(one.thing.whole.vertices) > MOST:
            acted.animations[name] = rocking(acting, one, 3.0, 2.4)
        else:
            acted.elements[name] = [rooted(one, acting.fps)]
        acted.shows.append(Show("motion", name, 0.01))
    return acted


def rooted(one: Placed, fps: float) -> SoftBody:
    """A soft body without springs between its points: each is drawn to where it grew, the less the higher it is."""
    z = one.thing.whole.vertices[:, 2]
    high = (z - z.min()) / max(float(np.ptp(z)), 1e-6)
    goals = {int(i): round(float(g), 4) for i, g in enumerate(1.0 - BEND * high**1.5)}
    return SoftBody(
        mass=0.02, goals=goals, goal_default=1.0, use_edges=False, goal_spring=0.15, goal_friction=2.0, collides=False
    ).in_time(fps)


def rocking(acting: Acting, one: Placed, degrees: float, period: float, start: float = 0.0) -> Animation:
    """To and fro about the foot of a thing, in the plane of x and z, from ``start`` s on."""
    return _turned(acting, one, (0.0, 0.0, float(one.thing.form.low[2])), degrees, period, start)


def _turned(acting: Acting, one: Placed, about: Vec3, degrees: float, period: float, start: float) -> Animation:
    """A thing that goes to and fro about a point of its own frame, in the plane of x and z."""
    steps = list(range(round(start * acting.fps), round(acting.manifest.seconds * acting.fps) + 1, 3))
    angles = [degrees * math.sin(2.0 * math.pi * (step - steps[0]) / acting.fps / period) for step in steps]
    return turning(one, about, steps, angles)


def tipped(acting: Acting, one: Placed, degrees: float, start: float, over: float) -> Animation:
    """A thing that tips over the edge of its foot to +x, faster and faster, and stays so."""
    about = (float(one.thing.form.high[0]), 0.0, float(one.thing.form.low[2]))
    first, last = round(start * acting.fps), round((start + over) * acting.fps)
    steps = list(range(first, last + 1, 2))
    return turning(one, about, steps, [degrees * ((s - first) / max(steps[-1] - first, 1)) ** 2 for s in steps])


def turning(one: Placed, about: Vec3, steps: list[int], angles: list[float]) -> Animation:
    """A thing turned by some degrees at some steps about a point of its own frame, from +z towards the world's +x."""
    foot = one.pose.place(about)
    arm = one.pose.place(one.thing.centre) - foot
    half = math.radians(one.pose.yaw) / 2
    yaw = (math.cos(half), math.sin(half))
    places, turns = list[Vec3](), list[Quaternion]()
    for degrees in angles:
        angle = math.radians(degrees)
        c, s = math.cos(angle), math.sin(angle)
        x, y, z = float(c * arm[0] + s * arm[2]), float(arm[1]), float(-s * arm[0] + c * arm[2])
        places.append((round(float(foot[0]) + x, 6), round(float(foot[1]) + y, 6), round(float(foot[2]) + z, 6)))
        a, b = math.cos(angle / 2), math.sin(angle / 2)
        turns.append((a * yaw[0], b * yaw[1], b * yaw[0], a * yaw[1]))
    return Animation(
        steps=tuple(steps), location=tuple(places), rotation=tuple(turns), scale=((1.0, 1.0, 1.0),) * len(steps)
    )


@verb(
    "rock",
    "nod",
    "wiggle",
    "wag",
    "wobble",
    "shake",
    "tremble",
    "shiver",
    "dance",
    "vibrate",
    "rock back and forth",
    "sway from side to side",
    "tip up and down",
    "tilt up and down",
    "rock up and down",
    "go up and down",
    "go back and forth",
    "move back and forth",
    "go to and fro",
    about="goes to and fro on its foot",
    arrange=looking,
    waits="time",
    takes=3.0,
)
def _rock(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        name = one.thing.name
        acted.animations[name] = rocking(acting, one, 7.0, 0.9, acting.start(happening))
        acted.shows.append(Show("motion", name, 0.02))
    return acted


def _hung(manifest: Manifest, happening: Happening) -> Manifest:
    """What swings hangs free; where nothing is said from what, from a frame of its own."""
    subject = manifest.subject(happening.who)
    if any(RELATIONS[place.relation].hung for place in subject.places):
        return manifest
    if happening.source is not None and manifest.subject(happening.source).thing == BEAM:
        place = Place(relation=HUNG, of=(happening.source,))
        return changed(framed(manifest, subject, happening.source), happening.who, places=(place,))
    if happening.source is not None and not subject.places:
        place = Place(relation="under", of=(happening.source,))
        return changed(manifest, happening.who, places=(place,), lift=subject.lift or CLEAR)
    if subject.places or subject.count > 1:
        return changed(manifest, happening.who, lift=subject.lift or CLEAR)
    beam = Subject(name=f"Beam of {subject.name}", thing=BEAM, parameters=room(subject), yaw=90.0)
    manifest = manifest.model_copy(update={"subjects": (*manifest.subjects, beam)})
    return changed(manifest, happening.who, places=(Place(relation=HUNG, of=(beam.name,)),))


HUNG = "hanging from"
"""How what swings is to its beam."""


@verb(
    "swing",
    "swing back and forth",
    "swing to and fro",
    "oscillate",
    "dangle",
    "swing freely",
    about="hangs from a hinge above it and swings, as physics has it",
    source=True,
    arrange=_hung,
    by=("rigid",),
)
def _swing(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        if one.thing.moves != "rigid":
            raise VerbError(f"'{one.thing.name}' is to swing, but physics does not move it ({one.thing.moves})")
        acted.constraints.append(hinge(one, acting.layout.ground.thing.name))
        long = float(one.thing.form.high[2] - one.thing.centre[2])
        rate = 2.0 * math.sqrt(9.81 / max(long, 0.05)) * math.sin(math.radians(LEAN) / 2)
        acted.spins[one.thing.name] = (0.0, round(rate, 6), 0.0)
        acted.velocities[one.thing.name] = (round(-rate * long, 6), 0.0, 0.0)
        acted.shows.append(Show("motion", one.thing.name, 0.1))
    return acted


def _hung_before(manifest: Manifest, happening: Happening) -> Manifest:
    """What it swings into stands where it comes to."""
    return in_the_way(_hung(manifest, happening), happening)


@verb(
    "swing into",
    "swing against",
    about="hangs from a hinge above it and swings into another thing, as physics has it",
    to="must",
    ways=("into", "against"),
    arrange=_hung_before,
    touches=True,
    by=("rigid",),
)
def _swing_into(acting: Acting, happening: Happening) -> Acted:
    assert happening.to is not None
    acted = _swing(acting, happening)
    acted.assertions += [met(acting, one.thing.name, happening.to) for one in acting.all(happening.who)]
    return acted


def hinge(one: Placed, holder: str) -> Constraint:
    """A hinge about the world's y axis at the top of a thing, where something that stays holds it."""
    x, y, _ = one.thing.centre
    at = one.pose.place((float(x), float(y), float(one.thing.form.high[2])))
    half = math.sqrt(0.5)  # turns z, about which a hinge goes, to y
    return Constraint(
        name=f"Hinge of {one.thing.name}",
        type="HINGE",
        object1=one.thing.name,
        object2=holder,
        disable_collisions=False,
        location=(round(float(at[0]), 6), round(float(at[1]), 6), round(float(at[2]), 6)),
        rotation=(half, -half, 0.0, 0.0),
    )
