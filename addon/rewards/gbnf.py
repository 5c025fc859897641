"""The language as a grammar in GBNF, the form that llama.cpp's server holds a model's answer to.

It has the uids of a vocabulary with the names of their own parameters, the names of a scene's objects where they can
stand, and words to choose from; calls nest three deep. What it allows parses and validates, but for a comparison of an
event with itself and a third body that is one of the first two. Parameters stand next to their uid, so that two events
in one call are written with keywords. It leaves out what it says otherwise (`SAID_OTHERWISE`), and measured numbers,
which an exact value hardly ever matches.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ..patterns.model import EventKind, Parameter
from ..scene_graph import SceneGraph
from .vocabulary import Vocabulary, standard_vocabulary

SAID_OTHERWISE = {"WITHIN": "AFTER with max_delta", "OBJECT_ID": "names of objects"}
"""Functions that models need not know, and what says the same."""

MEASURED = ("number", "vector")
"""Kinds of parameters with measured values."""

LOGIC = r"""
root ::= deep
deep ::= leaf | ("AND(" | "OR(") middle (", " middle){0,7} ")" | "NOT(" middle ")"
middle ::= leaf | ("AND(" | "OR(") shallow (", " shallow){0,7} ")" | "NOT(" shallow ")"
shallow ::= leaf | "NOT(" leaf ")"
"""

VALUES = r"""
bool ::= "true" | "false"
count ::= "0" | positive
positive ::= [1-9] [0-9]?
whole ::= "0" | [1-9] [0-9]{0,2}
number ::= "-"? ("0" | [1-9] [0-9]{0,3}) ("." [0-9]{1,3})?
share ::= "0" ("." [0-9]{1,2})? | "1"
strength ::= "0." ([1-9] [0-9]? | "0" [1-9])
seconds ::= [1-9] [0-9]? ("." [0-9])? | "0." [0-9]? [1-9]
text ::= "\"" [A-Za-z0-9_.] [A-Za-z0-9_. -]{0,30} "\""
any ::= bool | number | text
"""

EVENT_LEAVES = r"""
leaf ::= event | comparison | after | pair | place
event ::= "EVENT(" kind span ")"
span ::= (", since=" share | ", until=" share)?
comparison ::= ("COUNT(" count-kind | "GT(" count-kind | "LT(" positive-kind) span ")"
after ::= "AFTER(uid_a=" first ", uid_b=" second (", max_delta=" seconds | ", min_delta=0")? ")"
pair ::= ("ONLY_AFTER(" | "SAME_COUNT(") "uid_a=" first ", uid_b=" second ")"
"""


def gbnf(scene: SceneGraph, vocabulary: Vocabulary | None = None) -> str:
    """The grammar of the rewards for a scene; its events are those of the standard vocabulary unless one is given."""
    return _Writer(scene, standard_vocabulary() if vocabulary is None else vocabulary).text()


class _Writer:
    """Writes the rules of one scene; sets of parameters that several events have are one rule."""

    def __init__(self, scene: SceneGraph, vocabulary: Vocabulary) -> None:
        self.kinds = vocabulary.kinds
        self.planar = scene.world.plane is not None
        named = [o for o in scene.objects if o.name.isprintable()]
        self.names = {"object": [o.name for o in named], "body": [o.name for o in named if o.geometry is not None]}
        self.rules: dict[str, str] = {}

    def text(self) -> str:
        """All rules, the first of which is the root."""
        leaves = EVENT_LEAVES if self.names["body"] else EVENT_LEAVES.replace(" | place", "")
        self._objects()
        self._events()
        own = "\n".join(f"{name} ::= {rule}" for name, rule in self.rules.items())
        return f"{LOGIC.strip()}\n{leaves.strip()}\n{VALUES.strip()}\n{own}\n"

    def _objects(self) -> None:
        """Objects, the bodies other than each, and what is asked of their places."""
        for kind, names in self.names.items():
            if names:
                self.rules[kind] = " | ".join(map(_quoted_text, names))
        bodies = self.names["body"]
        for i, name in enumerate(bodies):
            self.rules[f"b{i}"] = _quoted_text(name)
            self.rules[f"below{i}"] = f"below{i - 1} | b{i - 1}" if i > 1 else "b0"
            self.rules[f"above{i}"] = f"b{i + 1} | above{i + 1}" if i + 2 < len(bodies) else f"b{i + 1}"
            sides = [f"below{i}" if i else "", f"above{i}" if i + 1 < len(bodies) else ""]
            self.rules[f"not{i}"] = " | ".join(filter(None, sides))
        for unused in ("below0", f"above{len(bodies) - 1}", *(["not0"] if len(bodies) == 1 else [])):
            self.rules.pop(unused, None)
        if bodies:
            self.rules["place"] = " | ".join(self._places())
        if len(bodies) > 1:
            self.rules["two"] = " | ".join(f'b{i} ", " not{i}' for i in range(len(bodies)))

    def _places(self) -> Iterable[str]:
        numbers = '", " number ' * (2 if self.planar else 3)
        yield f'"NEARBY_AT(" body {numbers}", " share (", " strength)? ")"'
        if len(self.names["body"]) > 1:
            yield '"NEARBY(" two ", " share (", " strength)? ")"'
            yield '"TOUCHING(" two ", " share ")"'

    def _events(self) -> None:
        """Uids with their parameters, as each function writes them."""
        for rule, between, key in (
            ("kind", "", ""),
            ("count-kind", '", " count', ""),
            ("positive-kind", '", " positive', ""),
            ("first", "", "first_params="),
            ("second", "", "second_params="),
        ):
            self.rules[rule] = " | ".join(self._event(kind, between, key) for kind in self.kinds)

    def _event(self, kind: EventKind, between: str, key: str) -> str:
        params = self._params(kind)
        given = f'({_quoted(f", {key}{{")} {params} "}}")?' if params else ""
        return " ".join(filter(None, (_quoted_text(kind.uid), between, given)))

    def _params(self, kind: EventKind) -> str:
        """The rule of some of a kind's parameters, each once and in any order; empty if it has none to give."""
        bodies = [name for name, parameter in kind.parameters.items() if parameter.kind == "body"]
        pair = bodies[:2] if len(bodies) > 1 else []
        single = [name for name in kind.parameters if name not in pair]
        units = [self._unit(name, kind.parameters[name]) for name in single]
        if pair and self.names["body"]:
            units.append(self._pair(pair[0], pair[1]))
        return self._some([unit for unit in units if unit])

    def _unit(self, name: str, parameter: Parameter) -> str:
        """The rule of one parameter with its value; empty if it has none here."""
        value = self._value(parameter)
        return self._rule(f"{_quoted_text(name, ': ')} {value}") if value else ""

    def _value(self, parameter: Parameter) -> str:
        kind = parameter.kind
        if kind in MEASURED or (kind in self.names and not self.names[kind]):
            return ""
        words = self._rule(" | ".join(map(_quoted_text, parameter.choices))) if parameter.choices else ""
        numbers = '", " whole ' * (1 if self.planar else 2)
        cell = self._rule(f'"[" whole {numbers}"]"')
        return {
            "choice": words,
            "choices": f'"[" {words} (", " {words})* "]"',
            "cell": cell,
            "cells": f'"[" {cell} (", " {cell})* "]"',
            "boolean": "bool",
            "integer": "whole",
        }.get(kind, kind)

    def _pair(self, first: str, second: str) -> str:
        """The rule of one or both of two different bodies, either first."""
        ways = [f"{_quoted_text(name, ': ')} body" for name in (first, second)]
        if len(self.names["body"]) > 1:
            for one, other in ((first, second), (second, first)):
                rest = [
                    f"b{i} {_quoted(', ' + json.dumps(other) + ': ')} not{i}" for i in range(len(self.names["body"]))
                ]
                ways.append(f"{_quoted_text(one, ': ')} ({' | '.join(rest)})")
        return self._rule(" | ".join(ways))

    def _some(self, units: Sequence[str]) -> str:
        """The rule of one or more of some rules, each once and in any order."""
        if not units:
            return ""
        if len(units) == 1:
            return units[0]
        ways = []
        for unit in units:
            rest = self._some([u for u in units if u != unit])
            ways.append(f'{unit} (", " {rest})?')
        return self._rule(" | ".join(ways))

    def _rule(self, text: str) -> str:
        """The name of the rule with this text."""
        known = next((name for name, rule in self.rules.items() if rule == text), None)
        if known is None:
            known = f"r{len(self.rules)}"
            self.rules[known] = text
        return known


def _quoted(text: str) -> str:
    """A text of the grammar that stands for itself."""
    return json.dumps(text, ensure_ascii=False)


def _quoted_text(text: str, after: str = "") -> str:
    """A text of the language, quotes included, and what follows it, as one that stands for itself."""
    return _quoted(json.dumps(text, ensure_ascii=False) + after)
