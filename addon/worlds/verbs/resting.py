"""Coming to rest: what is said to lie or stand still in the end."""

from __future__ import annotations

from ..acting import Acted, Acting, Show, verb
from ..manifest import Happening
from .going import must_be_rigid


@verb(
    "rest",
    "come to rest",
    "come to a rest",
    "come to a stop",
    "come to a halt",
    "come to a standstill",
    about="lies or stands still in the end",
    waits="event",
    by=("rigid",),
)
def _rest(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        must_be_rigid(one, happening)
        acted.shows.append(Show("rest", one.thing.name, 1.0))
    return acted
