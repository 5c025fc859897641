"""The things of a scene that a rule could mean, in one line for a small model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Things = Mapping[str, Mapping[str, Any]]
"""Names with their custom properties."""

MOST = 24
"""Things that are told at most; a series of numbered ones is one."""

LONGEST = 60
"""Characters of a name or a property that is told."""

_NUMBERED = re.compile(r"(.*?[^\W\d_][\s._-]*)0*(\d+)", re.DOTALL)
_COMMON = frozenset(["the", "of", "a", "an", "and", "on", "off", "in", "one", "left", "right", "top", "start", "open"])


def told_things(rule: str, things: Things) -> str:
    """Names and properties in the scene's order: all, or if they are more than `MOST` those that the rule seems to
    mean, and then those that have properties. Nothing if there is none."""
    words = _words(rule)
    rank: dict[str, int] = {}
    for name, properties in things.items():
        if _is_plain(name):
            is_named = bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rule))
            akin = bool(words & (_words(name) | {word for key in properties for word in _words(key)}))
            rank[name] = 4 * is_named + 2 * akin + bool(properties)
    runs = _runs(list(rank), things)
    best = sorted(runs, key=lambda run: -max(rank[name] for name in run))[:MOST]
    return "; ".join(_told(run, things[run[0]]) for run in runs if run in best)


def _words(text: str) -> set[str]:
    """Words in small letters without a plural's end, and without those that are in many names."""
    found = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))
    return {re.sub(r"(?<=\w\w)(?:es|s)$", "", word.lower()) for word in found if len(word) > 1} - _COMMON


def _is_plain(text: str) -> bool:
    return text.isprintable() and text.strip() == text != "" and len(text) <= LONGEST


def _runs(names: Sequence[str], things: Things) -> list[list[str]]:
    """Names one after the other of things that differ in their number alone, three at least, together."""
    found: list[list[str]] = []
    for name in names:
        last = found[-1][-1] if found else ""
        if last and _stem(name) and _stem(name) == _stem(last) and things[name] == things[last]:
            found[-1].append(name)
        else:
            found.append([name])
    return [part for run in found for part in ([run] if len(run) > 2 else [[name] for name in run])]


def _stem(name: str) -> str:
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else ""


def _told(run: list[str], properties: Mapping[str, Any]) -> str:
    name = run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"
    shown = [f"{key} {_value(value)}" for key, value in properties.items() if _is_plain(key)][:4]
    return f"{name} ({', '.join(shown)})" if shown else name


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and abs(value) < 1e15:
        return f"{value:g}"
    return "text" if isinstance(value, str) else "…"
