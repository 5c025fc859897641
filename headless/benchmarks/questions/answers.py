"""Answers: their form, reading what a model says, holding it against the truth, and what guessing would earn.

Everything must be right exactly, but for shares of frames, which may be off by `PERCENT` points, and times, which may
be off by `SECONDS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from math import comb, factorial
from random import Random
from typing import Any

from addon.scene_graph import one_line

from .model import Kind, Question, Value

PERCENT, SECONDS = 5.0, 0.25
NONE = "none"

MOST_BRACES = 200
"""Places in a text at which its JSON object is looked for."""

SIZES = (1, 2, 3)
"""How many names an answer of several can have."""

FORMS: Mapping[Kind, str] = {
    "yes/no": '"yes" or "no"',
    "count": "a whole number",
    "rule": "the number of a rule",
    "percentage": f"a number from 0 to 100, right within {PERCENT:g} points",
    "seconds": f"a number of seconds, right within {SECONDS:g} s",
    "name": f'the name of an object, or "{NONE}"',
    "names": "a list of names of objects, in any order",
    "order": "a list of names of objects, from the first to the last",
}
"""What an answer has to look like, by kind, in words for the prompt."""

_NUMBER = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(?:%|s|percent|seconds)?\s*", re.IGNORECASE)


class AnswerError(ValueError):
    """An answer that is not of its form."""


def schema(questions: Sequence[Question]) -> dict[str, Any]:
    """The JSON schema of an answer to questions, which have the numbers from 1 as keys."""
    properties = {str(number): _form(question) for number, question in enumerate(questions, 1)}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _form(question: Question) -> dict[str, Any]:
    kind = question.kind
    if kind == "yes/no":
        return {"type": "string", "enum": ["yes", "no"]}
    if kind in ("count", "rule"):
        return {"type": "integer"}
    if kind in ("percentage", "seconds"):
        return {"type": "number"}
    if kind == "name":
        return {"type": "string", "enum": [*question.choices, NONE]}
    return {"type": "array", "items": {"type": "string", "enum": list(question.choices)}}


def read_answers(text: str) -> dict[str, Any]:
    """The JSON object of an answer, with or without words around it. Raises AnswerError where there is none."""
    decoder = json.JSONDecoder()
    for start in islice((found.start() for found in re.finditer(r"\{", text)), MOST_BRACES):
        try:
            value, _ = decoder.raw_decode(text, start)
        except RecursionError:
            break
        except ValueError:
            continue
        return {str(key).strip(): one for key, one in value.items()}
    raise AnswerError("it holds no JSON object")


def read_value(question: Question, given: Any) -> Value:
    """One answer as the value of its kind. Raises AnswerError saying what is wrong with it."""
    kind = question.kind
    if kind == "yes/no":
        return _truth_value(given)
    if kind in ("count", "rule", "percentage", "seconds"):
        number = _number(given)
        if kind in ("count", "rule") and number != int(number):
            raise AnswerError(f"{given!r} is not a whole number")
        return int(number) if kind in ("count", "rule") else number
    if kind == "name":
        return _name(given, question)
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise AnswerError(f"{given!r} is not a list of names")
    names = tuple(_name(one, question) for one in given)
    return names if kind == "order" else tuple(sorted(set(names)))


def _truth_value(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    words = {"yes": True, "no": False, "true": True, "false": False}
    said = given.strip().strip(".").lower() if isinstance(given, str) else ""
    if said not in words:
        raise AnswerError(f"{given!r} is neither yes nor no")
    return words[said]


def _number(given: Any) -> float:
    if isinstance(given, str) and (found := _NUMBER.fullmatch(given)):
        return float(found[1])
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) < 1e9:
        raise AnswerError(f"{given!r} is not a number")
    return float(given)


def _name(given: Any, question: Question) -> str:
    """A name among the choices, whatever its case; without its number where that leaves one."""
    said = _folded(given) if isinstance(given, str) else ""
    if said == NONE:
        return NONE
    whole = [name for name in question.choices if _folded(name) == said]
    short = [name for name in question.choices if re.sub(r" \d+$", "", _folded(name)) == said]
    for found in (whole, short):
        if len(found) == 1:
            return found[0]
    raise AnswerError(f"there is no object {given!r}")


def _folded(name: str) -> str:
    return " ".join(one_line(name).casefold().strip(" .'\"").split()).removeprefix("the ")


def is_right(question: Question, value: Value) -> bool:
    """Whether a value answers a question."""
    truth = question.truth
    if question.kind in ("percentage", "seconds"):
        within = PERCENT if question.kind == "percentage" else SECONDS
        assert isinstance(truth, int | float)
        assert isinstance(value, int | float)
        return abs(value - truth) <= within + 1e-9
    if question.kind == "names":
        assert isinstance(truth, tuple)
        assert isinstance(value, tuple)
        return set(truth) == set(value)
    return value == truth


def grouping(kind: Kind, truth: Value) -> Any:
    """Alike for answers that count as alike when an answer is drawn: tens of percent, whole seconds."""
    if kind in ("percentage", "seconds"):
        assert isinstance(truth, int | float)
        return round(truth / (10 if kind == "percentage" else 1))
    return truth


def guess(question: Question, rng: Random) -> Any:
    """An answer drawn without a look at the run."""
    low, high = question.span
    if question.kind == "yes/no":
        return rng.choice(("yes", "no"))
    if question.kind in ("count", "rule"):
        return rng.randint(int(low), int(high))
    if question.kind in ("percentage", "seconds"):
        return rng.uniform(low, high)
    if question.kind == "name":
        return rng.choice((*question.choices, NONE))
    if question.kind == "order":
        return rng.sample(asked_about(question), len(asked_about(question)))
    return rng.sample(question.choices, rng.choice(SIZES))


def asked_about(question: Question) -> list[str]:
    """The names that a question about an order names."""
    assert isinstance(question.truth, tuple)
    return sorted(question.truth)


def chance(question: Question) -> float:
    """How often `guess` is right."""
    low, high = question.span
    truth, kind = question.truth, question.kind
    if kind == "yes/no":
        return 0.5
    if kind in ("count", "rule"):
        return 1.0 / (high - low + 1)
    if kind in ("percentage", "seconds"):
        assert isinstance(truth, int | float)
        within = PERCENT if kind == "percentage" else SECONDS
        return (min(truth + within, high) - max(truth - within, low)) / (high - low)
    if kind == "name":
        return 1.0 / (len(question.choices) + 1)
    assert isinstance(truth, tuple)
    if kind == "order":
        return 1.0 / factorial(len(truth))
    return 1.0 / len(SIZES) / comb(len(question.choices), len(truth)) if len(truth) in SIZES else 0.0


def majority(questions: Sequence[Question]) -> list[bool]:
    """Which questions are right if each is answered with the most frequent answer of its template in this very set.

    That is the most that is to be had without a look at any run. Of names their numbers do not count.
    """
    right = [False] * len(questions)
    by_template: dict[str, list[int]] = {}
    for place, question in enumerate(questions):
        by_template.setdefault(question.template, []).append(place)
    for own in by_template.values():
        options = {_plain(questions[place].truth) for place in own}
        best = max(sorted(options, key=str), key=lambda one: sum(_is_like(questions[p], one) for p in own))
        for place in own:
            right[place] = _is_like(questions[place], best)
    return right


def _plain(value: Value) -> Value:
    """A value with names as they are in every scene: without numbers, sorted unless they are an order."""
    if isinstance(value, str):
        return re.sub(r" \d+$", "", value)
    return tuple(str(_plain(one)) for one in value) if isinstance(value, tuple) else value


def _is_like(question: Question, value: Value) -> bool:
    if question.kind in ("percentage", "seconds"):
        return is_right(question, value)
    return _plain(question.truth) == value
