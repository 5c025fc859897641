"""English word forms: what a verb looks like in a sentence, what a noun looks like in the plural."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Form = Literal["base", "s", "past", "en", "ing"]
"""``touch``, ``touches``, ``touched`` (yesterday), ``touched`` (has been), ``touching``."""

BODILESS = "has no rigid body"
"""What is said of a thing whose lack of a body a rule fails by: buttons that give it one go by that."""

_IRREGULAR: dict[str, tuple[str, str]] = {
    "arise": ("arose", "arisen"), "be": ("was", "been"), "become": ("became", "become"), "begin": ("began", "begun"),
    "bend": ("bent", "bent"), "break": ("broke", "broken"), "bring": ("brought", "brought"), "catch": ("caught", "caught"),
    "come": ("came", "come"), "cut": ("cut", "cut"), "do": ("did", "done"), "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"), "fall": ("fell", "fallen"), "find": ("found", "found"), "fling": ("flung", "flung"),
    "fly": ("flew", "flown"), "freeze": ("froze", "frozen"), "get": ("got", "gotten"), "give": ("gave", "given"),
    "go": ("went", "gone"), "grow": ("grew", "grown"), "have": ("had", "had"), "hit": ("hit", "hit"), "hold": ("held", "held"),
    "keep": ("kept", "kept"), "lead": ("led", "led"), "leap": ("leapt", "leapt"), "leave": ("left", "left"),
    "let": ("let", "let"), "lie": ("lay", "lain"), "light": ("lit", "lit"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "meet": ("met", "met"), "overrun": ("overran", "overrun"), "put": ("put", "put"),
    "read": ("read", "read"), "ride": ("rode", "ridden"), "ring": ("rang", "rung"), "rise": ("rose", "risen"), "roll": ("rolled", "rolled"),
    "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"), "send": ("sent", "sent"),
    "set": ("set", "set"), "shake": ("shook", "shaken"), "shine": ("shone", "shone"), "shoot": ("shot", "shot"),
    "shut": ("shut", "shut"), "sink": ("sank", "sunk"), "sit": ("sat", "sat"), "slide": ("slid", "slid"),
    "slip": ("slipped", "slipped"), "spin": ("spun", "spun"), "spring": ("sprang", "sprung"),
    "stand": ("stood", "stood"), "stick": ("stuck", "stuck"), "strike": ("struck", "struck"),
    "sweep": ("swept", "swept"), "swing": ("swung", "swung"), "take": ("took", "taken"), "tell": ("told", "told"),
    "tear": ("tore", "torn"), "throw": ("threw", "thrown"), "wait": ("waited", "waited"), "wind": ("wound", "wound"), "win": ("won", "won"),
}  # fmt: skip
_DOUBLING = {
    "bump", "clip", "drop", "flip", "grab", "hop", "jog", "nudge", "pin", "pop", "rap", "ram", "skip", "slam", "snap", "spot",
    "stop", "step", "tap", "tip", "trap", "trip", "trim", "whip", "wrap", "zip", "ship", "plop", "drag", "plug", "tug", "hug",
    "jab", "rub", "bat", "pat", "fit", "pit", "knot", "slot", "spin", "run", "begin", "swim", "cut", "hit", "put", "set", "sit",
    "shut", "get", "let", "win", "cap", "lap", "clap", "flap", "slap", "strip", "pet", "bet", "chop", "top", "dip", "dim",
    "unplug", "unpin", "trek", "sag", "fan", "ban", "chip", "tag", "bob", "bar", "unbar", "blot", "skid", "spur", "whir", "pivot",
} - {"bump", "nudge", "pivot", "trek"}  # fmt: skip


_ERRED = frozenset(
    [
        "catch",
        "cut",
        "draw",
        "fall",
        "fling",
        "fly",
        "give",
        "go",
        "hit",
        "hold",
        "hurt",
        "keep",
        "leave",
        "let",
        "lose",
        "meet",
        "put",
        "run",
        "say",
        "send",
        "shoot",
        "shut",
        "slide",
        "spin",
        "stick",
        "strike",
        "sweep",
        "swing",
        "take",
        "throw",
        "turn",
        "win",
    ]
)
"""Irregular verbs whose past many people make like that of others: ``throwed``, ``hitted``."""


@cache
def form(verb: str, which: Form) -> tuple[str, ...]:
    """The ways to write one form of a verb."""
    if which == "base":
        return ("are", "be", "is") if verb == "be" else (verb,)
    if which == "s":
        return {"be": ("is", "are"), "have": ("has",), "do": ("does",)}.get(verb) or (_with_s(verb),)
    if which == "ing":
        return (_with_ing(verb), f"{verb}ling") if _ends_in_l(verb) else (_with_ing(verb),)
    irregular = _IRREGULAR.get(verb)
    regular = _with_ed(verb)
    if irregular is None:
        return (regular, f"{verb}led") if _ends_in_l(verb) else (regular,)
    own = irregular[0] if which == "past" else irregular[1]
    if verb in _ERRED:
        return (own, regular, "stroke") if verb == "strike" else (own, regular)
    both = {
        "light": ("lighted",), "leap": ("leaped",), "get": ("got",), "be": ("were",), "shine": ("shined",),
        "roll": (), "wait": (), "slip": (),
    }.get(verb, ())  # fmt: skip
    # Those who learn English build it regularly.
    learner = () if verb in ("be", "have", "do", "see") else (regular,)
    return tuple(dict.fromkeys((own, *both, *learner)))


def _ends_in_l(verb: str) -> bool:
    """Whether the last letter is doubled by some, as in ``travelled`` and ``propelled``."""
    return re.search(r"[bcdfghjklmnpqrstvwxz][aeiou]l$", verb) is not None


@cache
def forms(verb: str) -> frozenset[str]:
    """All forms of a verb."""
    kinds: tuple[Form, ...] = ("base", "s", "past", "en", "ing")
    return frozenset(text for kind in kinds for text in form(verb, kind))


@cache
def plural(noun: str) -> str:
    """The plural of a noun in small letters."""
    special = {"man": "men", "foot": "feet", "mouse": "mice", "leaf": "leaves", "shelf": "shelves", "knife": "knives"}
    return special.get(noun) or _with_s(noun)


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) or (word.endswith("o") and word[-2:-1] not in "aeiou"):
        return word + "es"
    return word + "s"


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return (verb + verb[-1] if verb in _DOUBLING else verb) + "ed"


def _with_ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return (verb + verb[-1] if verb in _DOUBLING else verb) + "ing"


def verbs_of(participle: str) -> tuple[str, ...]:
    """Verbs that a participle is of: ``ring`` of ``rung``, ``lock`` of ``locked``."""
    irregular = [verb for verb, (_, own) in _IRREGULAR.items() if own == participle and verb != participle]
    ends = [participle[:-cut] for cut in (1, 2, 3) if participle.endswith("ed") and len(participle) > cut + 2]
    return tuple(irregular or [verb for verb in ends if _with_ed(verb) == participle])
