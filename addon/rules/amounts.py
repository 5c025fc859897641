"""Numbers, quantities and times of a text, and whether a plain sentence has the same ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .cues import RANGE, SLOW, SLOWLY, TIMES_UNSAID, TWICE
from .lexer import Token
from .mentions import ORDINAL_FIGURES
from .model import Effect, Rule
from .reference import Ref
from .units import ORDINALS, Quantity

PARTS = {
    r"\b(?:twice|both|second|doubl\w+|two)\b": (2,),
    r"\b(?:thrice|tripl\w+|trebl\w+)\b": (3,),
    r"\bhalf|\bhalv": (0.5, 50),
    r"\bquarter": (0.25, 25),
}
"""What words can stand for that are no numbers."""


def numbers(said: list[tuple[int, Token]], meant: list[tuple[int, Token]], text: str, sentence: str) -> str | None:
    """Numbers in SI units, without their signs; small number words can be pronouns (``one of the two``)."""
    plainly = _values(meant, sentence.replace(", but not both", ""))
    rates = _rates(said) if "degrees/s" in sentence else {}
    possible = _values(said, text) | set(rates)
    unsaid = TIMES_UNSAID | ({SLOW} if SLOWLY.search(text) else frozenset())
    names = {name for _, token in meant if isinstance(token.value, Ref) for name in token.value.names}
    held = {float(figure) for name in names for figure in re.findall(r"\d+", name)}
    held |= {part for rate, parts in rates.items() if any(_same(rate, value) for value in plainly) for part in parts}
    for value in _values(said, text, sure=True):
        if value not in held and not any(_same(value, other) for other in plainly):
            return f"it says nothing of {value:g}"
    for value in plainly:
        if value != 1 and value not in unsaid and not any(_same(value, other) for other in possible):
            return f"{value:g} is not said"
    return _unitless(said, meant, text) or _other_units(said, meant) or _out_of_range(text, names)


def _rates(said: list[tuple[int, Token]]) -> dict[float, tuple[float, float]]:
    """Rates that are said as an angle for a time, with these two: ``a turn in 10 s``."""
    angles = [round(abs(q.value), 4) for q in _quantities(said) if q.dimension == "angle"]
    times = [round(q.value, 4) for q in _quantities(said) if q.dimension == "time" and q.value > 0]
    return {round(angle / time, 4): (angle, time) for angle in angles for time in times}


def _unitless(said: list[tuple[int, Token]], meant: list[tuple[int, Token]], text: str) -> str | None:
    """A length of the sentence that the text has as a number without a unit only."""
    lengths = {round(abs(q.value), 4) for q in _quantities(said) if q.dimension == "length"}
    lengths |= {round(abs(value), 4) for _, token in said if token.kind == "vector" for value in token.value}
    bare = {round(abs(q.value), 4) for q in _quantities(said) if q.dimension == "number" and q.said[:1].isdigit()}
    for quantity in _quantities(meant):
        value = round(abs(quantity.value), 4)
        if quantity.dimension == "length" and value in bare and not any(_same(value, other) for other in lengths):
            return f"the unit of {value:g} is not said"
    return None


def _other_units(said: list[tuple[int, Token]], meant: list[tuple[int, Token]]) -> str | None:
    """A time before the start, and a speed, an acceleration or a length that is taken for something else."""
    has_vector = any(token.kind == "vector" for _, token in meant)
    taken = {(q.dimension, round(abs(q.value), 4)) for q in _quantities(meant)}
    for quantity in _quantities(said):
        if quantity.dimension == "time" and quantity.value < 0:
            return f"{quantity.said} is before the start"
        value = round(abs(quantity.value), 4)
        if quantity.dimension == "length" and ("time", value) in taken and value not in TIMES_UNSAID:
            times = sum(q.dimension == "time" and _same(q.value, abs(quantity.value)) for q in _quantities(said))
            if not times:
                return f"{quantity.said} is no time"
        if quantity.dimension not in ("speed", "acceleration") or has_vector:
            continue
        alike = (q for q in _quantities(meant) if q.dimension == quantity.dimension)
        if not any(_same(abs(q.value), abs(quantity.value)) for q in alike):
            return f"it says nothing of {quantity.said}"
    return None


def _out_of_range(text: str, names: set[str]) -> str | None:
    """One of numbered things that a text does not speak of: ``crates 1 to 3``."""
    for stem, first, last in RANGE.findall(text):
        for name in names:
            numbered = re.fullmatch(rf"{re.escape(stem)}\D*?0*(\d+)", name, re.IGNORECASE)
            if numbered and not int(first) <= int(numbered[1]) <= int(last):
                return f"{name} is none of them"
    return None


def _quantities(tokens: list[tuple[int, Token]]) -> Iterator[Quantity]:
    return (token.value for _, token in tokens if isinstance(token.value, Quantity))


def _values(tokens: list[tuple[int, Token]], text: str, sure: bool = False) -> set[float]:
    found: list[float] = []
    angles = sum(isinstance(t.value, Quantity) and t.value.dimension == "angle" for _, t in tokens)
    text = text.replace("per second", "")  # which says no 2
    for _, token in tokens:
        if token.kind == "vector":
            found += token.value
        elif isinstance(token.value, Quantity):
            is_pronoun = token.value.value <= 2 and not token.value.said[:1].isdigit()
            is_turn = token.value.dimension == "angle" and re.match(r"(?:an?|one)\b", token.value.said, re.IGNORECASE)
            if is_turn and sure and angles > 1:
                continue
            is_figure = token.value.dimension != "number" or not is_pronoun
            if is_figure or not sure:
                found.append(token.value.value)
        elif token.kind == "word" and (number := ORDINALS.get(str(token.value))) and not (sure and number <= 2):
            found.append(number)
    found += [float(next(filter(None, m.groups()))) for m in ORDINAL_FIGURES.finditer(text)]
    if not sure:
        found += [value for words, values in PARTS.items() if re.search(words, text, re.IGNORECASE) for value in values]
    return {round(abs(value), 4) for value in found if value and not (sure and value == 1)}


def times(tokens: list[tuple[int, Token]], rules: tuple[Rule, ...], words: set[str]) -> str | None:
    """A time that is said once and meant twice: to wait and to take."""
    said = Counter(
        round(token.value.value, 4)
        for _, token in tokens
        if isinstance(token.value, Quantity) and token.value.dimension == "time"
    )
    for rule in rules:
        waits = {rule.when.delay, getattr(rule.when.condition, "seconds", 0.0), *(step.wait for step in rule.steps)}
        takes = set(map(_over, rule.effects))
        for value in (waits & takes) - {0.0, None}:
            if said[round(value, 4)] < 2 and not words & TWICE:
                return f"{value:g} s is said once only"
    return None


def _over(effect: Effect) -> float | None:
    """How long an effect takes, if that is another time than where nobody says it."""
    field = type(effect).model_fields.get("over")
    value: float | None = getattr(effect, "over", None)
    return None if field is None or value == field.default else value


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-3 * max(abs(one), abs(other))
