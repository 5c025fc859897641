"""Quantities in words: numbers, units and what each unit measures.

Everything is kept in SI units, angles in degrees.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Dimension = Literal[
    "number",
    "time",
    "length",
    "angle",
    "speed",
    "rate",
    "acceleration",
    "force",
    "impulse",
    "stiffness",
    "drag",
    "mass",
    "power",
    "percent",
    "count",
]
"""What a quantity measures; ``number`` has no unit, ``rate`` is an angle a second, ``count`` is so many times."""

DIMENSIONS: dict[Dimension, str] = {
    "number": "a bare number",
    "time": "a time (ms, s, min)",
    "length": "a length (mm, cm, m, km)",
    "angle": "an angle (degrees, rad, turns)",
    "speed": "a speed (m/s, km/h)",
    "rate": "a turning speed (degrees/s, rpm)",
    "acceleration": "an acceleration (m/s²)",
    "force": "a force (N)",
    "impulse": "an impulse (N s)",
    "stiffness": "a spring's stiffness (N/m)",
    "drag": "a drag (N s/m)",
    "mass": "a mass (kg)",
    "power": "the power of a light (W)",
    "percent": "a share (%)",
    "count": "a number of times",
}  # fmt: skip

_UNITS: tuple[tuple[Dimension, float, str], ...] = (
    ("time", 1e-3, "ms|msecs?|milli-?seconds?"),
    ("time", 1.0, "s|secs?|seconds?"),
    ("time", 60.0, "mins?|minutes?"),
    ("time", 3600.0, "h|hrs?|hours?"),
    ("length", 1e-3, "mm|milli-?met(?:re|er)s?"),
    ("length", 1e-2, "cm|centi-?met(?:re|er)s?"),
    ("length", 0.1, "dm|deci-?met(?:re|er)s?"),
    ("length", 1.0, "m|met(?:re|er)s?"),
    ("length", 1e3, "km|kilo-?met(?:re|er)s?"),
    ("length", 0.0254, "inch(?:es)?"),
    ("length", 0.3048, "ft|foot|feet"),
    ("angle", 1.0, "°|degs?|degrees?"),
    ("angle", 57.29577951308232, "rads?|radians?"),
    ("angle", 360.0, "turns?|revolutions?|rotations?|full turns?|full circles?"),
    ("angle", 180.0, "half[ -]turns?"),
    ("angle", 90.0, "quarter[ -]turns?"),
    ("speed", 1.0, "m/s|mps|m/sec|met(?:re|er)s? (?:per|a) second|met(?:re|er)s? (?:per|a) sec"),
    ("speed", 1e-2, "cm/s|centimet(?:re|er)s? (?:per|a) second"),
    ("speed", 1e-3, "mm/s|millimet(?:re|er)s? (?:per|a) second"),
    ("speed", 1 / 3.6, "km/h|kmh|kph|kilomet(?:re|er)s? (?:per|an) hour"),
    ("speed", 0.44704, "mph|miles? (?:per|an) hour"),
    ("rate", 1.0, "°/s|deg/s|degrees?/s(?:ec)?|degrees? (?:per|a) (?:second|sec)"),
    ("rate", 57.29577951308232, "rad/s|radians? (?:per|a) second"),
    ("rate", 360.0, "(?:turns?|revolutions?|rotations?) (?:per|a) second|turns?/s"),
    ("rate", 6.0, "rpm|(?:turns?|revolutions?|rotations?) (?:per|a) minute"),
    ("acceleration", 1.0, r"m/s²|m/s\^?2|m/s/s|met(?:re|er)s? per second squared"),
    ("force", 1.0, "n|newtons?"),
    ("force", 1e3, "kn|kilonewtons?"),
    ("impulse", 1.0, r"n\s?[*·]?\s?s|newton[ -]seconds?|kg\s?[*·]?\s?m/s"),
    ("stiffness", 1.0, r"n/m|newtons? (?:per|a) met(?:re|er)"),
    ("stiffness", 1e3, r"kn/m|n/mm"),
    ("stiffness", 1e2, r"n/cm"),
    ("drag", 1.0, r"n\s?[*·]?\s?s/m|kg/s|newton[ -]seconds? per met(?:re|er)"),
    ("mass", 1.0, "kg|kilos?|kilograms?"),
    ("mass", 1e-3, "g|grams?"),
    ("power", 1.0, r"w|watts?|w/m²|w/m\^?2"),
    ("power", 1e3, "kw|kilowatts?"),
    ("percent", 1.0, "%|percent|per cent"),
    ("count", 1.0, "times|x"),
)  # fmt: skip
"""Dimension, factor to the unit that is kept, and how a unit is written."""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_ONES)},
    **{word: 10.0 * value for value, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10.0 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES[1:10], 1)},
    "hundred": 100.0, "half": 0.5, "dozen": 12.0,
}  # fmt: skip
ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}

FRACTIONS = {
    "1/5": 0.2,
    "1/8": 0.125,
    "1/10": 0.1,
    "2/5": 0.4,
    "3/5": 0.6,
    "4/5": 0.8,
    "1/2": 0.5,
    "½": 0.5,
    "1/4": 0.25,
    "¼": 0.25,
    "3/4": 0.75,
    "¾": 0.75,
    "1/3": 1 / 3,
    "2/3": 2 / 3,
}
_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"
FIGURE = (
    r"[-+−]?(?:"
    + _THOUSANDS
    + r"|1/2|1/4|3/4|1/3|2/3|1/5|2/5|3/5|4/5|1/8|1/10|½|¼|¾|\d+(?:[.,]\d+)?|[.,]\d+)(?![\d.]*\d)"
)
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:{FIGURE}|\b(?:{_WORDS})\b)"
_HALF = r"(?P<half>[\s-]+and[\s-]+(?:an?[\s-]+)?half)?"
_MORE = r"(?P<more>\s+and\s+a\s+half(?!\s+(?:an?\s+)?(?:sec|s\b|min|turn|met|m\b|cm|mm|circle|rot|rev|deg)))?"
_MINUS = r"(?P<minus>(?:minus|negative)\s+)?"
_COUNTED = r"(?:an? |one |two |three |four )?"
_SHARE = (
    rf"(?:(?P<share>(?:an? |one )?half|{_COUNTED}quarters?|{_COUNTED}(?:thirds?|fifths?|eighths?|tenths?)(?=\s+(?:of|an?)\b))"
    r"(?:\s+of)?(?:\s+an?|\s+one)?)"
)
PARTS = {"half": 0.5, "quarter": 1 / 4, "third": 1 / 3, "fifth": 1 / 5, "eighth": 1 / 8, "tenth": 1 / 10}


@dataclass(frozen=True)
class Quantity:
    """A number with its dimension, in the unit that is kept, and as it was said."""

    value: float
    dimension: Dimension
    said: str


def _share(text: str) -> float:
    """The value of "half", "a quarter" or "three fifths"."""
    *count, part = text.lower().split()
    return PARTS[part.rstrip("s")] * (NUMBER_WORDS.get(count[0], 1) if count else 1)


def number(text: str) -> float:
    """The value of a figure or a number word."""
    plain = text.lower().replace("−", "-").lstrip("+")
    if plain.lstrip("-") in FRACTIONS:
        return FRACTIONS[plain.lstrip("-")] * (-1 if plain[0] == "-" else 1)
    if re.fullmatch(f"-?{_THOUSANDS}", plain):
        return float(plain.replace(",", ""))
    return NUMBER_WORDS[plain] if plain in NUMBER_WORDS else float(plain.replace(",", "."))


@cache
def _compiled() -> list[tuple[Dimension, float, re.Pattern[str], re.Pattern[str], re.Pattern[str]]]:
    """Of each unit: with a number, with a share such as ``half a``, and after ``a``.

    Compiled when the first rule is read, for many programs read none.
    """
    found = []
    for dimension, factor, unit in _UNITS:
        # Symbols keep to their case where small and capital letters are different units.
        end = rf"\s*-?(?:{unit})(?![\w°²^]|\s*(?:/(?!\s*[\d.½¼])|per\b|an? (?:second|sec|minute|hour)\b))" if dimension in (
            "length", "angle", "time",
        ) else rf"\s*-?(?:{unit})(?![\w/²^])"  # fmt: skip
        whole = (
            r"(?:\s+(?:full|whole|entire)|\s+of\s+an?)?"
            if dimension == "time"
            else r"(?:\s+(?:full|whole|entire))?"
            if dimension == "length"
            else ""
        )
        flags = re.IGNORECASE
        found.append(
            (
                dimension,
                factor,
                re.compile(rf"{_MINUS}(?P<n>{_NUMBER}){_HALF}{whole}{end}", flags),
                re.compile(rf"{_MINUS}{_SHARE}{end}", flags),
                re.compile(
                    rf"{_MINUS}\b(?:an?|one){whole}(?P<half>\s+and\s+a\s+half)?\s+(?:{unit})(?![\w/²^]|\s*(?:/|per\b)){_MORE}",
                    flags,
                ),
            )
        )
    return found


SIGNED: tuple[Dimension, ...] = ("length", "angle", "speed", "rate")
"""Quantities that ``minus`` in words can stand before."""
_BARE = re.compile(rf"(?P<n>{_NUMBER})(?!\w)", re.IGNORECASE)
_TIMES = re.compile(r"x(\d+)(?![\w.])", re.IGNORECASE)
_MINUTES = re.compile(
    rf"(?P<minutes>{_NUMBER})\s*-?(?:min|mins|minutes?)\b\.?,?(?:\s+and)?\s+(?P<seconds>{_NUMBER})\s*-?(?:s|secs?|seconds?)(?![\w/²^])",
    re.IGNORECASE,
)
"""Minutes and seconds of one time."""
_OFTEN = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


def quantities_at(text: str, start: int) -> list[tuple[int, Quantity]]:
    """All quantities that begin at a place of a text, each with the place of its end."""
    found: dict[tuple[int, Dimension], Quantity] = {}
    if text[start : start + 1].isdigit() and start and text[start - 1].isdigit():
        return []
    for dimension, factor, counted, shared, single in _compiled():
        if match := counted.match(text, start):
            value = number(match["n"]) + (0.5 if match["half"] else 0.0)
        elif match := shared.match(text, start):
            value = _share(match["share"])
        elif (match := single.match(text, start)) and dimension in ("time", "length", "angle", "speed", "rate"):
            value = 1.5 if match["half"] or match["more"] else 1.0
        else:
            continue
        if match["minus"]:
            if dimension not in SIGNED:
                continue
            value = -value
        said = match[0].strip()
        found.setdefault((match.end(), dimension), Quantity(round(value * factor, 9), dimension, said))
    if match := _BARE.match(text, start):
        found[match.end(), "number"] = Quantity(number(match["n"]), "number", match[0])
    if match := _TIMES.match(text, start):
        found[match.end(), "count"] = Quantity(float(match[1]), "count", match[0])
    found = {key: quantity for key, quantity in found.items() if math.isfinite(quantity.value)}
    if (both := _MINUTES.match(text, start)) and 0 <= (rest := number(both["seconds"])) < 60:
        found = {key: quantity for key, quantity in found.items() if key[0] >= both.end()}
        found[both.end(), "time"] = Quantity(60 * number(both["minutes"]) + rest, "time", both[0])
    word = re.compile(r"[a-z]+", re.IGNORECASE).match(text, start)
    if word and word[0].lower() in _OFTEN:
        found[word.end(), "count"] = Quantity(_OFTEN[word[0].lower()], "count", word[0])
    return [(end, quantity) for (end, _), quantity in sorted(found.items())]


def told(value: float) -> str:
    """A number as sentences and code show it."""
    return f"{value:.6g}"
