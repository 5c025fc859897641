"""Rules in English: splitting a text into rules, and finding names that the scene does not have."""

from __future__ import annotations

import difflib
import re

from ..scene_graph import SceneGraph

_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_QUOTED = re.compile(r"[\"“‘']([^\"”’']+)[\"”’']")
_NAME = re.compile(r"(?<![\w.\"'])[A-Z][\w]*(?:\.\d{3})?")
_COMMON = frozenset(
    [
        "AND",
        "OR",
        "NOT",
        "XOR",
        "TRUE",
        "FALSE",
        "NONE",
        "X",
        "Y",
        "Z",
        "M",
        "S",
        "KG",
        "HZ",
        "I",
        "IF",
        "WHEN",
        "THEN",
        "ON",
        "OFF",
    ]
)


class RuleError(ValueError):
    """A rule that names something the scene does not have."""


def split_rules(text: str) -> tuple[str, ...]:
    """Rules of a text: one a line or sentence, list marks and blank lines dropped."""
    lines = (_LIST_MARK.sub("", line).strip() for line in text.splitlines())
    return tuple(s for line in lines if line and not line.startswith("#") for s in _SENTENCE_END.split(line))


def check_names(rules: tuple[str, ...], graph: SceneGraph) -> None:
    """Raise RuleError if a rule names an object that is not in the scene.

    Quoted words and capitalised words inside a sentence are taken as names. A name matches whatever its
    case, as a word of a longer name or as its plural.
    """
    names = [*graph.names, *(c.name for c in graph.constraints)]
    properties = {key for o in graph.objects for key in o.properties}
    words = {w.lower() for n in [*names, *properties] for w in [n, *re.split(r"[\s_.]+", n)]}
    for rule in rules:
        for name in _mentioned(rule):
            if not _known(name.lower(), words):
                near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
                hint = f"did you mean '{near[0]}'?" if near else f"the scene has {', '.join(names) or 'no objects'}"
                raise RuleError(f"rule '{rule}' names '{name}', which is not in the scene; {hint}")


def _mentioned(rule: str) -> list[str]:
    quoted = _QUOTED.findall(rule)
    plain = _QUOTED.sub(" ", rule)
    inside = [m.group() for m in _NAME.finditer(plain) if plain[: m.start()].strip()]
    return quoted + [w for w in inside if w.upper() not in _COMMON]


def _known(name: str, words: set[str]) -> bool:
    return name in words or name.rstrip("s") in words or name.removesuffix("es") in words
