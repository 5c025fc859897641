"""What a clause says in numbers: when, how often, how long, how far and how fast; and what of it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""Numbers in words from two on."""

_N = r"[-−+]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?"
_S = r" ?(?:s|secs?|seconds?)\b"
_M = r" ?(?:m|units?|met(?:re|er)s?)"
_ABOUT = r"(?:(?:about|around|roughly|exactly|precisely|only|just|nearly|almost|some) )?"
_MANY = rf"{_N}|{'|'.join(COUNTS)}"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_SINCE_START = _pattern(
    rf"\b({_ABOUT}{_N}{_S}) (?:after the (?:very )?(?:start|beginning)(?: of the \w+)?|into the \w+)"
)
_WINDOW = _pattern(rf"\b(?:between|from) {_ABOUT}({_N})(?:{_S})? (?:and|to|until) {_ABOUT}({_N}){_S}")
_WITHIN = _pattern(rf"\b(?:by|within|before|in under|in less than|in the first) {_ABOUT}({_N}){_S}")
_UNTIL = _pattern(rf"\b(?:until|and again at|the last at) {_ABOUT}({_N}){_S}")
_LATER = _pattern(rf"\bafter {_ABOUT}({_N}){_S}(?! later)")
_AT = _pattern(rf"\b(?:at|around|about|near) {_ABOUT}(?:t ?= ?)?({_N}){_S}")
_LONG = _pattern(rf"\bfor {_ABOUT}({_N}){_S}")
_SPEED = _pattern(rf"\b(?:at|with|of) {_ABOUT}(?:a speed of )?{_ABOUT}({_N})(?:{_M}/s(?!\w)|{_M} (?:per|a) second\b)")
_MORE = _pattern(rf"\band ({_MANY}) more times?\b")
_TIMES = _pattern(rf"\b(?:(twice)|(thrice)|({_MANY}) times)\b")
_WAY = _pattern(rf"(?:\bby )?({_N}){_M}\b(?!/| (?:per|a) second| (?:high|tall|wide|long|deep|above|below))")
_UNREAD = _pattern(rf"{_N}[^\s,;:]*|\b(?:{'|'.join(COUNTS)}|minus|half|dozens?|hundreds?|thousands?|once more)\b")
_ALWAYS = _pattern(
    r"\b(?:at any (?:time|point|moment)|at all times|ever|always|throughout|the (?:whole|entire) (?:run|time))\b"
)


@dataclass(frozen=True)
class Quantities:
    """Times in s: a ``window`` in which it is told to be, a time ``later`` than which it is told to be, ``until`` which
    it comes again. ``count`` is how often, ``long`` in s, ``speed`` in m/s or units/s, ``way`` in m or units. What else
    is told in numbers stands in ``unread``."""

    window: tuple[float, float] | None = None
    later: float | None = None
    until: float | None = None
    count: int | None = None
    long: float | None = None
    speed: float | None = None
    way: float | None = None
    unread: str = ""
    is_first: bool = False
    is_last: bool = False
    is_always: bool = False

    @property
    def is_timed(self) -> bool:
        """Whether it says when."""
        return self.window is not None or self.later is not None


def since_start(text: str) -> str:
    """A text with times after its start as plain times: ``at 9 s`` for ``9 s after the start``."""
    return _SINCE_START.sub(r"at \1", text)


def quantities(clause: str, names: Iterable[tuple[int, int]] = ()) -> Quantities:
    """What a clause says in numbers, but for those in the ``names`` at these places."""
    rest = clause
    for start, end in names:
        rest = rest[:start] + "_" * (end - start) + rest[end:]
    taken: dict[str, list[str]] = {}
    readers = {
        "window": _WINDOW, "until": _UNTIL, "within": _WITHIN, "later": _LATER, "at": _AT, "long": _LONG,
        "speed": _SPEED, "more": _MORE, "times": _TIMES, "way": _WAY,
    }  # fmt: skip
    for kind, pattern in readers.items():
        found = pattern.search(rest)
        if found:
            taken[kind] = [g for g in found.groups() if g is not None]
            rest = rest[: found.start()] + " " + rest[found.end() :]
    unread = _UNREAD.search(rest)
    number = {kind: _number(groups[-1]) for kind, groups in taken.items()}
    window = None
    if "at" in number:
        window = (number["at"], number["at"])
    elif "window" in number:
        window = (_number(taken["window"][0]), number["window"])
    elif "within" in number:
        window = (0.0, number["within"])
    times = number.get("times", number["more"] + 1 if "more" in number else None)
    if times is None and re.search(r"\band again at\b", clause):
        times = 2.0
    return Quantities(
        window,
        number.get("later"),
        number.get("until"),
        None if times is None else int(min(times, 1e9)),
        number.get("long"),
        number.get("speed"),
        number.get("way"),
        unread[0] if unread else "",
        "for the first time" in clause,
        "for the last time" in clause,
        _ALWAYS.search(clause) is not None,
    )


def _number(text: str) -> float:
    said = text.lower()
    words = {"twice": 2, "thrice": 3, **{word: i for i, word in enumerate(COUNTS, 2)}}
    return float(words[said]) if said in words else float(said.replace(",", "").replace("−", "-"))
