"""Opening and closing: what turns on its hinges."""

from __future__ import annotations

from ..acting import Acted, Acting, Show, unmoved, verb
from ..manifest import Happening

OVER = 1.5
"""Within how many s something opens."""


@verb(
    "open",
    "swing open",
    "fly open",
    "slide open",
    "be opened",
    about="turns open about its left edge",
    arrange=unmoved,
    waits="event",
    takes=OVER,
)
def _open(acting: Acting, happening: Happening) -> Acted:
    return _swung(acting, happening, 90)


@verb(
    "close",
    "shut",
    "swing shut",
    "slam",
    "be closed",
    about="turns shut about its left edge, where it stood open",
    arrange=unmoved,
    waits="event",
    takes=OVER,
)
def _close(acting: Acting, happening: Happening) -> Acted:
    return _swung(acting, happening, -90)


def _swung(acting: Acting, happening: Happening, degrees: int) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        name = one.thing.name
        way = "counterclockwise" if degrees > 0 else "clockwise"
        acted.rules.append(
            f"{acting.moment(happening)}{name} swings by {abs(degrees)} degrees {way} about its -x edge over {OVER:g} s"
        )
        acted.shows.append(Show("motion", name))
    return acted
