"""Which things of a scene a rule could mean besides those that it names, in one line for a small model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Things = Mapping[str, Mapping[str, Any]]
"""Names with their custom properties."""

MOST = 6
"""Things that are told at most; a series of numbered ones is one."""

LONGEST = 60
"""Characters of a name or a property that is told."""

_NUMBERED = re.compile(r"(.*?[^\W\d_][\s._-]*)0*(\d+)", re.DOTALL)
_COMMON = frozenset(["the", "of", "a", "an", "and", "on", "off", "in", "one", "left", "right", "top", "start", "open"])


def told_things(rule: str, things: Things) -> str:
    """Names and properties: of what the rule names what it has, of the rest what a word of the rule is in, and then
    what has properties at all. Nothing if there is none."""
    words = _words(rule)
    ranked = []
    for name, properties in things.items():
        if not _is_plain(name):
            continue
        is_named = bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rule))
        if is_named and not properties:
            continue
        akin = bool(words & (_words(name) | {word for key in properties for word in _words(key)}))
        if is_named or akin or properties:
            ranked.append((2 * is_named + akin, name))
    best = {name for _, name in sorted(ranked, key=lambda one: -one[0])[: 4 * MOST]}
    told = [_told(run, things) for run in _runs([name for name in things if name in best])]
    rank = {name: rank for rank, name in ranked}
    order = sorted(range(len(told)), key=lambda n: -max(rank[name] for name in told[n][0]))[:MOST]
    return "; ".join(told[n][1] for n in sorted(order))


def _words(text: str) -> set[str]:
    """Words in small letters without a plural's end, and without those that are in many names."""
    found = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))
    return {re.sub(r"(?<=\w\w)(?:es|s)$", "", word.lower()) for word in found if len(word) > 1} - _COMMON


def _is_plain(text: str) -> bool:
    return text.isprintable() and text.strip() == text != "" and len(text) <= LONGEST


def _runs(names: Sequence[str]) -> list[list[str]]:
    """Names one after the other that differ in their number, three at least, together."""
    found: list[list[str]] = []
    for name in names:
        stem = _stem(name)
        if found and stem and _stem(found[-1][-1]) == stem:
            found[-1].append(name)
        else:
            found.append([name])
    return [part for run in found for part in ([run] if len(run) > 2 else [[name] for name in run])]


def _stem(name: str) -> str:
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else ""


def _told(run: list[str], things: Things) -> tuple[list[str], str]:
    name = run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"
    shown = [f"{key} {_value(value)}" for key, value in things[run[0]].items() if _is_plain(key)][:4]
    return run, f"{name} ({', '.join(shown)})" if shown else name


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and abs(value) < 1e15:
        return f"{value:g}"
    return "text" if isinstance(value, str) else "…"
