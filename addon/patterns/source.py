"""Detectors given as source text, which run in the script worker (Discovering High Level Patterns, Section 3.1)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ..executor import Budgets, Facts, ScriptError, check, run_function
from ..executor.errors import writable
from .findings import plain
from .model import Finding, Pattern
from .observation import Observation
from .view import ATTRIBUTES, trace_view

BUDGETS = Budgets(ticks_step=5_000_000, seconds_step=10.0, memory_mb=1024)
"""A detector reads a whole run at once, where a transition script makes one step."""

FUNCTION = "find_pattern"
MOST_FINDINGS = 10_000
MOST_PARAMETERS = 32
MOST_CHARS = 500
LARGEST = 2**53
"""Whole numbers up to it are exact wherever files are read."""


def source_pattern(
    source: str,
    uid: str,
    *,
    label: str = "",
    description: str = "",
    known: Collection[str] = (),
    budgets: Budgets = BUDGETS,
    origin: str = "",
) -> Pattern:
    """A pattern whose detector is generated code: ``find_pattern(trace)`` in the language of transition scripts.

    It gets a copy of the trace (see `view.FIELDS`) and gives a list of dicts with ``time``, ``description``,
    ``parameters`` and, for what lasts, ``end``; times go from 0 to 1. It finds among ``trace.events`` what those
    patterns found whose uid stands in the source as a text, out of the ``known`` ones. Without a description, the
    function's docstring says what the pattern is.

    Raises ScriptError (syntax, refused or limit) at once; the detector itself raises it if the source fails, exceeds
    its budgets, or gives back something else. Errors name the ``origin`` of the source, such as its file.
    """
    with _naming(origin):
        facts = check(source, budgets, ATTRIBUTES)
    requires = tuple(name for name in known if name in facts.texts and name != uid)

    def find(observation: Observation) -> list[Finding]:
        view = trace_view(observation, requires)
        with _naming(origin):
            value = run_function(source, FUNCTION, {"trace": view}, attributes=ATTRIBUTES, budgets=budgets)
            return findings_of(value, observation)

    return Pattern(
        uid=uid,
        label=label or uid.replace("_", " "),
        description=description or _docstring(facts),
        find=find,
        requires=requires,
    )


@contextmanager
def _naming(origin: str) -> Iterator[None]:
    """Let an error tell where its source is from."""
    try:
        yield
    except ScriptError as error:
        raise (replace(error, reason=f"{error.reason} (in {origin})") if origin else error) from None


def _docstring(facts: Facts) -> str:
    text = facts.docstrings.get(FUNCTION) or facts.docstrings.get("") or ""
    return " ".join(text.split("\n\n")[0].split())[:MOST_CHARS]


def findings_of(value: Any, observation: Observation) -> list[Finding]:
    """The detector's answer with frames in the place of times. Raises ScriptError naming what is wrong with it."""
    if not isinstance(value, list):
        raise ScriptError("failed", f"{FUNCTION} gave a {type(value).__name__}; it must give a list of dicts")
    if len(value) > MOST_FINDINGS:
        raise ScriptError("limit", f"{FUNCTION} gave {len(value)} findings, more than {MOST_FINDINGS}")
    return [_finding(item, f"{FUNCTION} gave at [{i}]", observation) for i, item in enumerate(value)]


def _finding(item: Any, where: str, observation: Observation) -> Finding:
    if not isinstance(item, dict) or not {"time", "description", "parameters"} <= set(item):
        raise ScriptError("failed", f"{where} no dict with 'time', 'description' and 'parameters'")
    if unknown := sorted(set(item) - {"time", "end", "description", "parameters"}):
        raise ScriptError("failed", f"{where} the unknown key '{unknown[0]}'; use 'parameters' for more")
    description, parameters = item["description"], item["parameters"]
    if not isinstance(description, str) or len(description) > MOST_CHARS:
        raise ScriptError("failed", f"{where} a description that is no text of at most {MOST_CHARS} characters")
    if not isinstance(parameters, dict) or len(parameters) > MOST_PARAMETERS:
        raise ScriptError("failed", f"{where} parameters that are no dict of at most {MOST_PARAMETERS}")
    _writable(description, where)
    _finite(parameters, where)
    first = _frame(item["time"], "time", where, observation)
    found: Finding = {
        "time": first,
        "description": description,
        "parameters": {name: plain(v) for name, v in parameters.items()},
    }
    if item.get("end") is not None:
        found["end"] = _frame(item["end"], "end", where, observation)
        if found["end"] < first:
            raise ScriptError("failed", f"{where} an 'end' ({item['end']}) before its 'time' ({item['time']})")
    return found


def _finite(value: Any, where: str) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ScriptError("failed", f"{where} a parameter that is no finite number: {value}")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ScriptError("failed", f"{where} a parameter beyond {LARGEST} (2**53), which not all readers can hold")
    if isinstance(value, str):
        _writable(value, where)
    for item in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        _finite(item, where)


def _writable(text: str, where: str) -> None:
    if writable(text) != text:
        raise ScriptError("failed", f"{where} a text with half a character, which no file can hold")


def _frame(time: Any, name: str, where: str, observation: Observation) -> int:
    number = isinstance(time, int | float) and not isinstance(time, bool)
    if not number or not 0 <= time <= 1:  # Without a conversion, which whole numbers can be too large for.
        shown = str(time)[:40] if not isinstance(time, int) or abs(time) <= LARGEST else "of many digits"
        raise ScriptError("failed", f"{where} the {name} {shown}; it must be a number from 0 to 1, the last frame")
    frame: int = round(time * (observation.frames - 1))
    return frame
