"""Numbers in sentences as plain figures, however they are said: "two hundred and ten", "1,000" and "half a dozen" as
210, 1000 and 6. A single word, as "two", stays as it is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from ..rules.units import FRACTIONS, NUMBER_WORDS

ONES = {word: value for word, value in NUMBER_WORDS.items() if value < 20 and word not in ("half", "dozen")}
TENS = {word: value for word, value in NUMBER_WORDS.items() if 20 <= value < 100 and "-" not in word}
SCALES = {"dozen": 12.0, "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
VAGUE = {"few": 3.0, "several": 4.0, "many": 12.0, "couple": 2.0}
"""Words for no certain number behind which one of those may come, as in "a few hundred"."""
SHARES = {"half": 1 / 2, "quarter": 1 / 4, "quarters": 1 / 4, "third": 1 / 3, "thirds": 1 / 3}
MINUS = ("minus", "negative")

FIGURE = r"(?:(?<![\w.)])-)?\d+(?:\.\d+)?(?:e[+-]?\d+(?!\w))?"
"""A number in a text of plain numbers."""

_UNITS = r"(?:mm|cm|km|m|(?:centi|milli|kilo)?met(?:re|er)s?|inch(?:es)?|foot|feet|ft|seconds?|s|minutes?|hours?)\b"
_SCALED = rf"(?:{'|'.join(SCALES)})s?"
_FEW = "|".join((*VAGUE, "half", "quarter"))
_LEAD = re.compile(rf"(?:an? )?(?:(?P<few>{_FEW})(?: of)?(?: an?)? )?(?={_SCALED}(?: |$))")
"""What may stand in front of "hundred" and the like besides a number."""

_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:([ ,'’_])\d{3})(?:\1\d{3})*(?![\w,]*\d)")
_COMMA = re.compile(r"(?<![\w.,])(\d+),(\d{1,2})(?![\w,]*\d)")
_MIXED = re.compile(rf"(?:(?<![\w./])(\d+)\s*)?(?<![./])({'|'.join(map(re.escape, FRACTIONS))})(?![\d/])")
_POWER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(k|e[+-]?\d+)\b", re.IGNORECASE)
_PART = re.compile(
    rf"\b(?:(?P<n>an?|one|two|three) )?(?P<share>{'|'.join(SHARES)})(?: of)? an? (?={_UNITS})", re.IGNORECASE
)
_AND_HALF = re.compile(rf"\b(?:an?|one) (?P<unit>{_UNITS}) and a (?P<share>half|quarter)\b", re.IGNORECASE)
_TOKEN = re.compile(rf"{FIGURE}|[^\W\d_]+(?:['’][^\W\d_]+)*", re.IGNORECASE)


def plain_numbers(text: str) -> str:
    """A text with its numbers as plain figures."""
    text = re.sub(r"(?<![\w.)])[−–](?=[\d.½¼¾])", "-", text)
    text = re.sub(r"(?<![\w.])\.(?=\d)", "0.", text)
    text = _GROUPED.sub(lambda m: re.sub(r"\D", "", m[0]), text)
    text = _COMMA.sub(r"\1.\2", text)
    text = _MIXED.sub(lambda m: shown(float(m[1] or 0) + FRACTIONS[m[2]]), text)
    text = _POWER.sub(_powered, text)
    text = _PART.sub(lambda m: f"{shown(_ones(m['n']) * SHARES[m['share'].lower()])} ", text)
    text = _AND_HALF.sub(lambda m: f"{shown(1 + SHARES[m['share'].lower()])} {m['unit']}", text)
    return _composed(text)


def shown(value: float) -> str:
    """A number as a plain figure."""
    return f"{value:.12g}"


def _ones(word: str | None) -> float:
    return ONES.get((word or "one").lower(), 1.0)


def _powered(found: re.Match[str]) -> str:
    power = "e3" if found[2] in "kK" else found[2]
    value = float(found[1] + power)
    return shown(value) if math.isfinite(value) else found[0]


def _composed(text: str) -> str:
    """A text with numbers of several words as figures, also where a hyphen ties a unit to them."""
    tokens = list(_TOKEN.finditer(text))
    made, done, at = "", 0, 0
    while at < len(tokens):
        run = _run(text, tokens[at:])
        length, value = _number_at(run)
        last = at + max(length, 1) - 1
        tied = length and re.match(rf"-(?={_UNITS})", text[tokens[last].end() :], re.IGNORECASE)
        if length > 1 or tied or run[0].removesuffix("s") in SCALES:
            made += text[done : tokens[at].start()] + shown(value) + (" " if tied else "")
            done = tokens[last].end() + bool(tied)
        at = last + 1
    return made + text[done:]


def _run(text: str, tokens: Sequence[re.Match[str]]) -> list[str]:
    """The words from the first on between which there are only spaces or a hyphen."""
    words = [tokens[0][0].lower()]
    for one, other in pairwise(tokens[:20]):
        if not re.fullmatch(r"\s+|-", text[one.end() : other.start()]):
            break
        words.append(other[0].lower())
    return words


def _number_at(words: Sequence[str]) -> tuple[int, float]:
    """How many words are a number from the first on, none for no number, and which number."""
    if words and words[0] in MINUS:
        length, value = _number_at(words[1:])
        return (length + 1 if length else 0), -value
    at, group = _lead(words)
    total, room = 0.0, math.inf  # what may be added is smaller than the room
    while at < len(words):
        simple, scale = _simple(words[at]), SCALES.get(words[at].removesuffix("s"))
        length, share = _share(words[at:]) if room == 0 else (0, 0.0)
        if scale is not None and (group is not None or total):
            group, total = (total * scale, 0.0) if group is None else (group * scale, total)
            total, group = (total + group, None) if scale >= 1e3 else (total, group)
            room, at = (scale if scale >= 100 else -1.0), at + 1
        elif simple is not None and (0 < simple < room or not at):
            group, room, at = (group or 0.0) + simple, (10 if words[at] in TENS else 0), at + 1
        elif length:
            group, room, at = (group or 0.0) + share, -1.0, at + length
        elif (
            words[at] == "and" and 100 <= room < math.inf and 0 < (_simple("".join(words[at + 1 : at + 2])) or 0) < room
        ):
            at += 1
        else:
            break
    return at, total + (group or 0.0)


def _simple(word: str) -> float | None:
    """The value of a figure, or of a word for a number below a hundred."""
    if word in ONES or word in TENS:
        return ONES.get(word, TENS.get(word))
    return float(word) if re.fullmatch(FIGURE, word) else None


def _lead(words: Sequence[str]) -> tuple[int, float | None]:
    """How many words stand in front of one like "hundred" that begins a number, and how many times they say it."""
    found = _LEAD.match(" ".join(words))
    if found is None:
        return 0, None
    length = len(found[0].split())
    if found["few"] is None:
        return length, 2.0 if words[length].endswith("s") else 1.0
    return length, VAGUE.get(found["few"], SHARES.get(found["few"]))


def _share(words: Sequence[str]) -> tuple[int, float]:
    """How many words behind a number say a part more, as "and a half" and "point two five", and how much that is."""
    if found := re.match(r"and (an?|one|two|three) (half|quarters?|thirds?)\b(?! of)", " ".join(words)):
        return 3, _ones(found[1]) * SHARES[found[2]]
    if words[0] != "point":
        return 0, 0.0
    digits = "".join(f"{n:g}" for word in words[1:] if (n := _simple(word)) is not None and n < 10)
    return (len(digits) + 1, float(f"0.{digits}")) if digits else (0, 0.0)
