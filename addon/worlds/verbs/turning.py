"""Turning and circling: what goes round, in its place or about something."""

from __future__ import annotations

from ...scene_graph import SceneObject
from ..acting import Acted, Acting, Show, changed, verb
from ..boxes import middle_of
from ..flyers import circles_aloft
from ..library import entry_of
from ..manifest import Happening, Manifest
from ..places import Place
from ..things import ROTOR

TURN = 4.0
"""Seconds of a turn where nothing is said."""

ROUND = 6.0
"""Seconds of a round about something where nothing is said."""

SHORT = 1.2
"""How far off something circles in m where nothing is said."""


def _free(manifest: Manifest, happening: Happening) -> Manifest:
    """What turns is turned as told, and not by physics."""
    moves = manifest.subject(happening.who).moves or entry_of(manifest.subject(happening.who).thing).moves
    return changed(manifest, happening.who, moves="fixed") if moves in ("rigid", "cloth", "soft") else manifest


@verb(
    "turn",
    "spin",
    "rotate",
    "revolve",
    "twirl",
    "turn around",
    "spin around",
    about="turns about its own upright axis, or with what of it can turn",
    amount="seconds of a turn",
    waits="event",
    takes=TURN,
    sends=True,
    arrange=_free,
)
def _turn(acting: Acting, happening: Happening) -> Acted:
    seconds = TURN if happening.amount is None else happening.amount
    rounds = max(round((acting.manifest.seconds - acting.start(happening)) / seconds), 1)
    acted = Acted()
    for one in acting.all(happening.who):
        name = one.thing.name + (f" {ROTOR}" if one.thing.rotor else "")
        axis = one.thing.turns_about
        by, within = 360 * rounds, rounds * seconds
        acted.rules.append(f"{acting.moment(happening)}turn {name} by {by} degrees about {axis} within {within:g} s")
        acted.shows.append(Show("motion", name))
    return acted


def beside(manifest: Manifest, happening: Happening) -> Manifest:
    """What circles something starts beside it, at the same height, and is not bumped into."""
    assert happening.to is not None
    subject, round_what = manifest.subject(happening.who), manifest.subject(happening.to)
    moves = round_what.moves
    if not subject.places:
        place = Place(relation="around", of=(happening.to,), distance=SHORT, bearing=0.0)
        manifest = changed(manifest, happening.who, places=(place,))
    manifest = changed(manifest, happening.who, moves="fixed")
    return manifest if moves else changed(manifest, happening.to, moves="fixed")


@verb(
    "circle",
    "orbit",
    "go around",
    "walk around",
    "hop around",
    "roll around",
    "swim around",
    "crawl around",
    "dance around",
    "move around",
    "run around",
    "drive around",
    "revolve around",
    "rotate around",
    about="goes round another thing",
    amount="seconds of a turn",
    to="must",
    ways=("around", "round", "about"),
    arrange=beside,
    instead=circles_aloft,
    waits="event",
    takes=ROUND,
)
def _circle(acting: Acting, happening: Happening) -> Acted:
    return circled(acting, happening)


def circled(acting: Acting, happening: Happening) -> Acted:
    """What goes round another thing, or round the middle of several."""
    assert happening.to is not None
    others = acting.all(happening.to)
    middle = others[0].thing.name
    seconds = ROUND if happening.amount is None else happening.amount
    acted = Acted()
    if len(others) > 1:
        x, y = middle_of([one.box for one in others])
        middle = f"Middle of {happening.to}"
        acted.objects.append(SceneObject(name=middle, location=(round(x, 4), round(y, 4), others[0].pose.at[2])))
    for one in acting.all(happening.who):
        acted.rules.append(f"{acting.moment(happening)}{one.thing.name} circles {middle} once in {seconds:g} s")
        acted.shows.append(Show("motion", one.thing.name))
    return acted
