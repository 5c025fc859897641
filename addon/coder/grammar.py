"""GBNF grammars for the code of one rule, understood by llama.cpp's server.

A small model copies names and numbers out of the worked examples, and invents functions. The strict grammar leaves it
every reading of the rule that the scene allows: some of the things that the rule names, one after the other, are acted
on (`acts`), and the others are waited for (`conditions`); each thing can do what its kind in the scene graph can;
numbers are those that the rule says, in the places of their units; some readings need a word that speaks of them
(`cues`). Which reading is meant is the model's to say. The free grammar only keeps to the names of the scene.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..scene_graph import SceneGraph
from .acts import acts
from .conditions import conditions
from .plan import plan_of
from .said import SLOTS, Said, Slot
from .slots import gbnf, literal, slots_of

LABEL = 40
"""Longest label of a ``once`` or ``later`` in the free grammar."""

MOST_ACTS = 3
TWO_TOUCHES = 4
"""Names of a condition on two touches, which may stand on both sides of what it brings about."""


def strict_grammar(rule: str, graph: SceneGraph) -> str | None:
    """Grammar of all readings of a rule that the scene allows; None if the rule has none that helpers can say.

    A reading has all names that the rule says, and all its numbers and vectors if there are such readings.
    """
    for cued in (True, False):
        said = Said(rule, graph, cued)
        fitting, others = _ways(said)
        if found := _readings(fitting, said) or _readings(others, said):
            return _grammar(found, said)
    return None


def _grammar(found: Sequence[Part], said: Said) -> str:
    """The grammar of those readings that have all numbers and vectors; of all readings, if none has."""
    in_figures = sum(n.in_figures for n in said.numbers)
    whole = [
        p for p in found if in_figures <= len(p.slots) <= len(said.numbers) and len(p.vectors) == len(said.vectors)
    ]
    chosen = whole or found
    places = [f"{s} ::= {_any_of(said.values(s))}" for s in SLOTS if any(s in part.slots for part in chosen)]
    readings = " | ".join(part.grammar for part in chosen)
    return "\n".join(['root ::= "```python\\n" rule "```"', f"rule ::= {readings}", *places])


@dataclass(frozen=True)
class Part:
    """Alternatives of a piece of code as GBNF, with the places for numbers and the vectors that each of them has."""

    grammar: str
    slots: tuple[Slot, ...] = ()
    vectors: frozenset[str] = frozenset()


Ways = list[tuple[list[int], list[int]]]
"""Places among a rule's names: of things that are waited for, and of things that are acted on."""


def _readings(ways: Ways, said: Said) -> list[Part]:
    """All that can be waited for and done in some ways."""
    return [part for waits, does in ways for part in _both(_triggers(waits, said), _effects(does, said))]


def _ways(said: Said) -> tuple[Ways, Ways]:
    """Ways to part the names, those acted on side by side at an end or in between: first those that fit their words."""
    count, fitting, others = len(said.names), Ways(), Ways()
    for start in range(count):
        for end in range(start + 1, min(count, start + MOST_ACTS) + 1):
            waits, does = [*range(start), *range(end, count)], [*range(start, end)]
            if start == 0 and waits and said.begins_with_condition:
                continue
            between = len(waits) == TWO_TOUCHES and start == TWO_TOUCHES // 2
            if not (start == 0 or end == count or between):
                continue
            fits = said.subjects.isdisjoint(does) and (start == 0 or not said.begins_with_act)
            (fitting if fits else others).append((waits, does))
    return fitting, others


def _triggers(places: Sequence[int], said: Said) -> list[Part]:
    """Plans and tests on the things at these places."""
    tests = conditions(places, said)
    return _merged([_part(f"# {plan_of(f'if {t}: pass')}\nif {t}:\n", slots_of(t), said) for t in tests])


def _effects(places: Sequence[int], said: Said) -> list[Part]:
    """Acts on the things at these places, one each and in their order; none if one of them can do nothing."""
    found = [Part("")]
    for place in places:
        lines = [f"    {act}\n" for act in acts(said.names[place], said)]
        found = _both(found, _merged([_part(line, slots_of(line), said) for line in lines]))
    return found


def _part(text: str, slots: tuple[Slot, ...], said: Said) -> Part:
    return Part(gbnf(text), slots, frozenset(v for v in said.vectors if v in text))


def _both(first: Sequence[Part], then: Sequence[Part]) -> list[Part]:
    """One of the first parts and then one of the others."""
    pairs = [(a, b) for a in first for b in then]
    return _merged([Part(f"{a.grammar} {b.grammar}", a.slots + b.slots, a.vectors | b.vectors) for a, b in pairs])


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Parts with the same places and vectors as alternatives of one."""
    groups: dict[tuple[tuple[Slot, ...], frozenset[str]], list[str]] = {}
    for part in parts:
        groups.setdefault((part.slots, part.vectors), []).append(part.grammar)
    return [Part(f"({' | '.join(grammars)})", *key) for key, grammars in groups.items()]


def free_grammar(rule: str, graph: SceneGraph) -> str:
    """Grammar of any Python block in which texts are names and properties of the scene."""
    names = [*graph.names, *(c.name for c in graph.constraints)]
    keys = {key for o in graph.objects for key in o.properties} | set(re.findall(r"\.([A-Za-z]\w*)", rule)) | {"on"}
    values = {v for o in graph.objects for v in o.properties.values() if isinstance(v, str)}
    texts = list(dict.fromkeys([*names, *sorted(keys | values | set(Said(rule, graph).texts)), "x", "y", "z"]))
    return "\n".join(
        [
            'root ::= "```python\\n" piece+ "\\n```"',
            "piece ::= plain | label | text",
            "plain ::= [^\"'`]",
            f'label ::= ("once(" | "later(") "\\"" [^"\\\\\\n`]{{1,{LABEL}}} "\\""',
            f"text ::= {_any_of([json.dumps(text, ensure_ascii=False) for text in texts])}",
        ]
    )


def _any_of(texts: Sequence[str]) -> str:
    """Alternatives of texts."""
    return " | ".join(literal(text) for text in texts)
