"""Verbs of two words: the particle belongs to the verb, and is no place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .entry import Entry
from .words import stems

_SWITCH = ("turn", "switch", "put", "flick", "click", "toggle")

SWITCHED = {
    **{(verb, "on"): "light up" for verb in _SWITCH},
    **{(verb, "off"): "go out" for verb in _SWITCH},
    **{(verb, "out"): "go out" for verb in ("turn", "put", "blow", "snuff", "stub", "stamp")},
}
"""Verbs by which a light that is named behind them goes on or out."""

PLACING = (("turn", "on"), ("turn", "off"))
"""Those of them that may also be said of a thing and of where it is: a windmill turns on a hill."""

UNSAID = {
    *(("pick", p) for p in ("up", "out", "off")),
    *(("set", p) for p in ("off", "up", "down", "out", "aside")),
    *(("give", p) for p in ("off", "up", "away", "out", "back")),
    *(("put", p) for p in ("down", "up", "away", "back", "together")),
    *(("take", p) for p in ("out", "away", "down", "up", "apart", "back", "over")),
    *(("look", p) for p in ("after", "around", "out", "up", "down", "into", "through", "over")),
    *(("get", p) for p in ("up", "off", "on", "in", "out", "into", "onto", "down")),
    *(("pull", p) for p in ("on", "off", "out", "down", "over", "in")),
    *(("hold", p) for p in ("up", "on", "down", "out")),
    *(("hang", p) for p in ("up", "out")),
    *(("try", "on"), ("go", "off"), ("wake", "up"), ("stand", "up"), ("sit", "up"), ("sit", "down"), ("lie", "down")),
    *(("blow", "up"), ("fill", "up"), ("fill", "in"), ("clean", "up"), ("wipe", "off"), ("shake", "off")),
    *(("bring", "in"), ("bring", "up"), ("bring", "back"), ("throw", "away"), ("throw", "out"), ("tear", "off")),
    *(("cut", "down"), ("cut", "off"), ("chop", "down"), ("break", "off"), ("break", "down"), ("break", "up")),
    *(("tear", "down"), ("carry", "off"), ("carry", "away"), ("hand", "over"), ("turn", "up"), ("kick", "off")),
    *(("turn", "down"), ("turn", "over"), ("press", "on"), ("press", "down"), ("play", "with"), ("chew", "on")),
    *(("blow", "away"), ("blow", "over"), ("blow", "off"), ("blow", "down"), ("knock", "off"), ("knock", "out")),
    *(("wait", "for"), ("wait", "on"), ("stare", "at"), ("point", "at"), ("reach", "for"), ("wave", "at")),
    *(("smile", "at"), ("shout", "at"), ("laugh", "at"), ("lean", "on"), ("catch", "up")),
}
"""Verbs of two words that nothing here does."""

TAKING = (("take", "off"),)
"""Verbs of which the thing behind them says that something else is meant: a man takes off a hat."""

APPLIANCES = ("lamps", "electronics", "fittings", "vehicles", "music", "mechanisms")
"""Families of what is switched, whether it shows or not."""

_VERBS = sorted({verb for verb, _ in (*SWITCHED, *UNSAID, *TAKING)})

APART = re.compile(
    rf"\b(?P<verb>(?:{'|'.join(_VERBS)})(?:s|es|ed|ing)?) "
    rf"(?P<what>(?:(?:the|a|an|his|her|its) (?:[\w-]+ ){{1,3}}?|(?:it|them) ))"
    r"(?P<particle>on|off|out|up|down|away|over|apart)"
    r"(?=\s*(?:$|[,.;:!]|\b(?:and|then|when|while|once|after|before|as|in|at)\b))",
    re.IGNORECASE,
)
"""A verb of two words with what it is done to in between."""


def joined(text: str) -> str:
    """A text with the particles right behind their verbs: "turns the lamp on" is "turns on the lamp"."""

    def put(found: re.Match[str]) -> str:
        pairs = {(stem, found["particle"].lower()) for stem in stems(found["verb"].lower())}
        if not pairs & {*SWITCHED, *UNSAID, *TAKING}:
            return found[0]
        return f"{found['verb']} {found['particle']} {found['what'].strip()}"

    return APART.sub(put, text)


def pair_of(words: Sequence[str]) -> tuple[str, str] | None:
    """The verb of two words, in its plain form, with which words begin; None for others."""
    pairs = [(stem, words[1]) for stem in stems(words[0])] if len(words) > 1 else []
    return next((pair for pair in pairs if pair in SWITCHED or pair in UNSAID or pair in TAKING), None)


def is_lit(entry: Entry) -> bool:
    """Whether a thing can shine, so that it can be switched on and blown out."""
    form = entry.make()
    return bool({"flame", "bulb", "light", "wick"} & set(form.anchors)) or any(part.glow for part in form.parts)


def switching(pair: tuple[str, str], entry: Entry) -> str | None:
    """The name of what a thing does that is switched so; "" where nothing here shows it, None for what only stands
    where something else turns."""
    does = SWITCHED[pair]
    if is_lit(entry):
        return does
    if does == "light up" and any(part.rotor for part in entry.make().parts):
        return "turn"
    return None if pair in PLACING and entry.family not in APPLIANCES else ""
