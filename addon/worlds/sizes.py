"""Sizes in words as parameters of what the library has."""

from __future__ import annotations

from ..rules.units import quantities_at
from .entry import Entry, Knob

DIRECTIONS = {
    **dict.fromkeys(("tall", "high"), ("height",)),
    **dict.fromkeys(("wide", "across"), ("width", "radius")),
    **{"long": ("length",), "thick": ("thickness", "thick"), "deep": ("depth", "deep")},
}
"""The parameters that words behind a length speak of."""

ALL_WAYS = ("size", "radius")
"""Parameters of what is as large in each direction."""


def metres_in(words: str) -> float | None:
    """The length in m that some words tell, as "30 cm"; None for what is no length."""
    lengths = [q for end, q in quantities_at(words, 0) if end == len(words) and q.dimension == "length"]
    return lengths[0].value if lengths else None


def sized(entry: Entry, length: float, along: str = "") -> dict[str, float] | None:
    """The parameter that makes a thing so many m large, along what a word says or else at its largest; None where the
    library has it only smaller, larger, or not to be made so."""
    knobs = {knob.name: knob for knob in entry.knobs.values() if knob.kind == "length"}
    alone = next((knobs[name] for name in ALL_WAYS if name in knobs and not {"height", "length"} & set(knobs)), None)
    named = [knobs[name] for name in DIRECTIONS.get(along, ()) if name in knobs]
    whole = [knobs[name] for name in ("height", "length", "width", "radius") if name in knobs] if not along else []
    knob = alone or next(iter(named or sorted(whole, key=_extent, reverse=True)), None)
    if knob is None:
        return None
    value = round(length / 2 if knob.name == "radius" else length, 5)
    return {knob.name: value} if knob.low <= value <= knob.high else None


def _extent(knob: Knob) -> float:
    return float(knob.default) * (2.0 if knob.name == "radius" else 1.0)  # type: ignore[arg-type]
