"""Turning and swinging: what goes round in its place."""

from __future__ import annotations

from ..acting import Acted, Acting, verb
from ..manifest import Happening

TURN = 4.0
"""Seconds of a turn where nothing is said."""


@verb("turn", "spin", "rotate", "revolve", "twirl", about="turns about its own upright axis", waits=True)
def _turn(acting: Acting, happening: Happening) -> Acted:
    seconds = TURN if happening.amount is None else happening.amount
    start = f"After {happening.at:g} seconds, " if happening.at else "At the start, "
    rounds = max(round(acting.manifest.seconds / seconds), 1)
    names = [one.thing.name for one in acting.all(happening.who)]
    degrees, whole = 360 * rounds, rounds * seconds
    return Acted(rules=[f"{start}turn {name} by {degrees:g} degrees about z within {whole:g} s" for name in names])
