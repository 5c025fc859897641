"""GBNF grammars for the code of one rule, understood by llama.cpp's server.

A small model copies names and numbers out of the worked examples, and invents functions. The strict grammar leaves it
every reading of the rule that the scene allows: some of the things that the rule names, one after the other, are acted
on, and the others are waited for; each thing can do what its kind in the scene graph can; numbers are those that the
rule says; nothing is lacking, or comes in an order, without a word that says so. Which reading is meant is the model's
to say. The free grammar only keeps to the names of the scene.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..scene_graph import SceneGraph, SceneObject
from . import plan
from .phrases import Phrases

LABEL = 40
"""Longest label of a ``once`` or ``later`` in the free grammar."""

NUMBER_WORDS = {
    "half": "0.5", "twice": "2", "two": "2", "three": "3", "third": "3", "four": "4", "fourth": "4",
    "five": "5", "fifth": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip

DIRECTIONS = {
    "up": "+z", "raise": "+z", "lift": "+z", "down": "-z", "lower": "-z", "right": "+x", "left": "-x",
    "forward": "+y", "forwards": "+y", "back": "-y", "backward": "-y", "backwards": "-y",
}  # fmt: skip
"""Words of directions, and the axis that each means."""

NEGATIONS = {"not", "no", "never", "unless", "except", "without", "nor", "neither"}
ORDERS = {"then", "after", "afterwards", "before", "earlier", "later", "first", "next", "order", "followed", "already"}
ONLY = NEGATIONS | {"exactly", "only", "just", "single", "alone"}
CHOICES = {"or", "either"}
"""Words without which nothing is meant to be lacking, to come in an order, or to be the only one; with a word of a
choice, not both are meant."""

AGAIN = {"each", "every", "whenever", "always", "often", "any", "again", "repeatedly", "time", "times", "per"}
LASTING = {"while", "during", "throughout", "long", "time", "moment", "rests", "stays", "lasts", "keeps", "always"}
"""Words without which nothing is meant to happen at each touch, or as long as a touch lasts."""

TURNS = {"turn", "turns", "rotate", "rotates", "spin", "swing", "tilt", "pivot", "twist", "swivel", "degree", "degrees"}
"""Words without which nothing is meant to turn."""

CONDITIONS = {"when", "whenever", "if", "once", "as", "after", "while", "since"}
"""First words of rules that begin with what they wait for."""

_VECTOR = re.compile(r"\(\s*-?\d+(?:\.\d+)?\s*(?:,\s*-?\d+(?:\.\d+)?\s*){2}\)")
_NUMBER = r"\d+(?:\.\d+)?"
MOST_ACTS = 3
FOUR = 4
"""Names of a condition on two touches, which may stand on both sides of what it brings about."""

CONSTRAINT = "constraint"
Thing = SceneObject | str
"""An object, or `CONSTRAINT`."""


def numbers(bare: str) -> list[str]:
    """The numbers that a rule without names says outside vectors, first those in figures, then those in words."""
    plain = _VECTOR.sub(" ", bare)
    return re.findall(_NUMBER, plain) + [
        NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", plain.lower()) if w in NUMBER_WORDS
    ]


def strict_grammar(rule: str, graph: SceneGraph) -> str | None:
    """Grammar of all readings of a rule that the scene allows; None if the rule has none that helpers can say.

    A reading has all names that the rule says, and all its numbers if there are such readings.
    """
    things: dict[str, Thing] = {c.name: CONSTRAINT for c in graph.constraints}
    things |= {o.name: o for o in graph.objects}
    said, bare = Phrases(list(things)).mentions(rule)
    readings = _Readings(rule, bare, things)
    found: list[Part] = []
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            waits, acts = said[:start] + said[end:], said[start:end]
            if start == 0 and waits and readings.begins_with_condition:
                continue
            if start == 0 or end == len(said) or len(waits) == FOUR:
                found += _both(readings.trigger(waits), readings.effect(acts))
    in_figures, vectors = len(re.findall(_NUMBER, _VECTOR.sub(" ", bare))), len(set(readings.vectors))
    whole = [p for p in found if in_figures <= p.numbers <= len(readings.numbers) and p.vectors >= vectors]
    if not found:
        return None
    alternatives = " | ".join(part.grammar for part in whole or found)
    shared = [f"number ::= {_any_of(readings.numbers)}"] if readings.numbers else []
    return "\n".join(['root ::= "```python\\n" rule "```"', f"rule ::= {alternatives}", *shared])


@dataclass(frozen=True)
class Part:
    """A piece of GBNF, and how many numbers and vectors of the rule it has."""

    grammar: str
    numbers: int = 0
    vectors: int = 0


def _both(first: Sequence[Part], then: Sequence[Part]) -> list[Part]:
    """One of the first parts and then one of the others, by how many numbers and vectors they have together."""
    return [
        Part(f"({a.grammar}) {b.grammar}", a.numbers + b.numbers, a.vectors + b.vectors)
        for a in _merged(first)
        for b in _merged(then)
    ]


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Parts that have as many numbers and vectors as alternatives of one."""
    groups: dict[tuple[int, int], list[str]] = {}
    for part in parts:
        groups.setdefault((part.numbers, part.vectors), []).append(part.grammar)
    return [Part(f"({' | '.join(grammars)})", *counts) for counts, grammars in sorted(groups.items())]


class _Readings:
    """What the named things can be waited for and made to do."""

    def __init__(self, rule: str, bare: str, things: dict[str, Thing]) -> None:
        self.rule, self.bare, self.things = rule, bare, things
        self.numbers = list(dict.fromkeys(numbers(bare)))
        self.vectors = [" ".join(v.split()) for v in _VECTOR.findall(bare)]
        self.texts = [v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", rule) for v in pair if v]

    @property
    def begins_with_condition(self) -> bool:
        """Whether the first word leads to what is waited for, and no colon puts that at the end."""
        first = re.match(r"\s*(\w+)", self.rule)
        return first is not None and first[1].lower() in CONDITIONS and ":" not in self.bare

    def trigger(self, names: Sequence[str]) -> list[Part]:
        """Conditions on just these names, in their order."""
        match len(names):
            case 0:
                found = [
                    _if(plan.AT, '"once(\\"it\\", now >= " number ")"', 1),
                    _if(plan.EVERY, '"every(" number ")"', 1),
                ]
            case 1 | 2 if not self._are_bodies(names):
                found = self._states(names)
            case 2:
                found = self._touches(names)
            case 3:
                found = self._mixed(names)
            case 4 if self._are_bodies(names):
                found = self._two_touches(names)
            case _:
                found = []
        return self._sayable(found)

    def _says(self, words: set[str]) -> bool:
        return bool(words & set(re.findall(r"[a-z]+", self.bare.lower().replace("n't", " not"))))

    def effect(self, names: Sequence[str]) -> list[Part]:
        """Acts on these names, one each and in their order; none if one of them can do nothing."""
        found = [Part("")]
        for name in names if len(names) <= MOST_ACTS else ():
            acts = self._sayable(self._acts(name))
            lines = [replace(act, grammar=f'"    " ({act.grammar}) "\\n"') for act in acts]
            found = _both(found, lines)
        return found if names and len(names) <= MOST_ACTS else []

    def _sayable(self, parts: Sequence[Part]) -> list[Part]:
        return [part for part in parts if self.numbers or not part.numbers]

    def _are_bodies(self, names: Sequence[str]) -> bool:
        found = [self.things[n] for n in names]
        bodies = all(isinstance(t, SceneObject) and t.body is not None for t in found)
        return bodies and len(names) % 2 == 0 and len(set(names)) > 1

    def _once(self, words: str, condition: Part) -> list[Part]:
        """One time, at once or after a delay."""
        begin, more = f'"once(\\"it\\", " {condition.grammar}', condition.numbers
        return [_if(words, f'{begin} ")"', more), _if(words, f'{begin} ", delay=" number ")"', more + 1)]

    def _touches(self, pair: Sequence[str]) -> list[Part]:
        names = _pair(pair)
        touched = f'"once(\\"it\\", touched(" {names}'
        found = [
            _if(plan.ONE_TIME, f'{touched} "))"'),
            _if(plan.LATER, f'{touched} "), delay=" number ")"', 1),
            _if(plan.COUNT, f'"once(\\"it\\", touch_count(" {names} ") >= " number ")"', 1),
        ]
        if self._says(AGAIN):
            found.append(_if(plan.EACH, f'"new_touch(" {names} ")"'))
            found.append(_if(plan.EACH, f'"later(\\"it\\", new_touch(" {names} "), " number ")"', 1))
        if self._says(LASTING):
            found.append(_if(plan.WHILE, f'"touching(" {names} ")"'))
        return found

    def _two_touches(self, names: Sequence[str]) -> list[Part]:
        first, second = _pair(names[:2]), _pair(names[2:])
        one, two = f'"touched(" {first} ")"', f'"touched(" {second} ")"'
        ways = [(plan.EITHER, f'{one} " or " {two}')]
        if self._says(ONLY):
            ways.append((plan.EXACTLY_ONE, f'{one} " != " {two}'))
        if self._says(NEGATIONS):
            ways = [*ways[1:], (plan.WITHOUT, f'({one} " and not " {two} | {two} " and not " {one})')]
        elif not self._says(CHOICES):
            ways.append((plan.BOTH, f'{one} " and " {two}'))
            if self._says(ORDERS):
                ways.append((plan.FORWARD, f'"in_order(" {first} ", " {second} ")"'))
                ways.append((plan.BACKWARD, f'"in_order(" {second} ", " {first} ")"'))
        return [part for words, way in ways for part in self._once(words, Part(way))]

    def _mixed(self, names: Sequence[str]) -> list[Part]:
        """A touch and a state, in either order."""
        found = []
        for pair, other, pair_first in ((names[:2], names[2], True), (names[1:], names[0], False)):
            if self._are_bodies(pair):
                touch, states = [Part(f'"touched(" {_pair(pair)} ")"')], [fact for _, fact in self._facts(other)]
                found += self._joined(touch, states) if pair_first else self._joined(states, touch)
        return found

    def _states(self, names: Sequence[str]) -> list[Part]:
        """Properties or heights of one or two objects."""
        facts = [self._facts(name) for name in names]
        if len(facts) == 1:
            return [part for words, fact in facts[0] for part in self._once(words, fact)]
        first, then = ([fact for _, fact in found] for found in facts)
        return self._joined(first, then)

    def _joined(self, first: Sequence[Part], then: Sequence[Part]) -> list[Part]:
        """Two facts, joined by ``and`` or ``or``."""
        found = []
        for words, joint in ((plan.BOTH, " and "), (plan.EITHER, " or ")):
            for both in _both([Part(f'{f.grammar} "{joint}"', f.numbers) for f in first], then):
                found += self._once(words, both)
        return found

    def _facts(self, name: str) -> list[tuple[str, Part]]:
        """What can be true of one object, each with its plan: its properties and its height."""
        thing = self.things[name]
        if not isinstance(thing, SceneObject):
            return []
        found = []
        for key in self._keys(thing):
            place, value = f'"objects[" {_quoted(name)} "][" {_quoted(key)} "]"', thing.properties.get(key, False)
            if isinstance(value, bool):
                found.append((plan.STATE, Part(f'("not ")? {place}')))
            elif not isinstance(value, str):
                found.append((plan.STATE, Part(f'{place} (" == " | " >= " | " > " | " < " | " <= ") number', 1)))
            elif self.texts:
                found.append((plan.STATE, Part(f'{place} " == " ({_any_quoted(self.texts)})')))
        if not self._explicit(thing):
            found.append((plan.HEIGHT, Part(f'"objects[" {_quoted(name)} "].location.z " ("> " | "< ") number', 1)))
        return [(words, fact) for words, fact in found if self.numbers or not fact.numbers]

    def _explicit(self, thing: SceneObject) -> list[str]:
        """Properties that the rule names after a dot."""
        keys = re.findall(rf"(?<!\w){re.escape(thing.name)}\.([A-Za-z]\w*)", self.rule, re.IGNORECASE)
        return [k for k in keys if k in thing.properties or (thing.body is None and not thing.properties)]

    def _keys(self, thing: SceneObject) -> list[str]:
        return self._explicit(thing) or list(thing.properties) or ([] if thing.body else ["on"])

    def _acts(self, name: str) -> list[Part]:
        """Statements on one thing."""
        thing, place = self.things[name], f'"objects[" {_quoted(name)} "]'
        if not isinstance(thing, SceneObject):
            return [Part(f'{place}.rigid_body_constraint.enabled = " ("True" | "False")')]
        found = [change for key in self._keys(thing) for change in self._changes(thing, key)]
        return found if thing.body is None or self._explicit(thing) else found + self._body_acts(thing, place)

    def _changes(self, thing: SceneObject, key: str) -> list[Part]:
        """Changes of a property."""
        place, value = f"objects[{json.dumps(thing.name)}][{json.dumps(key)}]", thing.properties.get(key, False)
        if isinstance(value, bool):
            return [Part(_literal(f"{place} = {after}")) for after in ("True", "False", f"not {place}")]
        if isinstance(value, str):
            return [Part(f"{_literal(place + ' = ')} ({_any_quoted(self.texts)})")] if self.texts else []
        signs = f'{_literal(place)} (" += " | " -= " | " = ")'
        return [Part(f"{signs} number", 1), Part(f'{_literal(place)} " += 1"')]

    def _body_acts(self, thing: SceneObject, place: str) -> list[Part]:
        body, name = thing.body, _quoted(thing.name)
        assert body is not None
        found = []
        if body.type == "ACTIVE":
            found.append(Part(f'{place}.rigid_body.kinematic = {"False" if body.kinematic else "True"}"'))
            found += [Part(f'{place}.velocity = " ({_any_of(self.vectors)})', vectors=1)] if self.vectors else []
        if body.type == "PASSIVE":
            found += [Part(f'"open_door(" {name} ")"'), Part(f'"close_door(" {name} ")"')]
        if body.type == "PASSIVE" or body.kinematic:
            turn = f'"turn(" {name} ", " "-"? number ", \\"" [xyz] "\\""'
            moves = [replace(o, grammar=f'"glide(" {name} ", " {o.grammar}') for o in self._offsets()]
            moves += [Part(turn, 1)] if self._says(TURNS) else []
            for move in moves:
                found.append(replace(move, grammar=f'{move.grammar} ")"'))
                found.append(Part(f'{move.grammar} ", " number ")"', move.numbers + 1, move.vectors))
        return found

    def _offsets(self) -> list[Part]:
        """Vectors that the rule says, or offsets along the directions that it says, or along any axis."""
        if self.vectors:
            return [Part(f"({_any_of(self.vectors)})", vectors=1)]
        said = [way for word in re.findall(r"[a-z]+", self.bare.lower()) if (way := DIRECTIONS.get(word))]
        ways = list(dict.fromkeys(said)) or ["+x", "-x", "+y", "-y", "+z", "-z"]
        return [Part(f"({' | '.join(_offset(way) for way in ways)})", 1)]


def _pair(names: Sequence[str]) -> str:
    return f'{_quoted(names[0])} ", " {_quoted(names[1])}'


def _offset(way: str) -> str:
    sign = "-" if way[0] == "-" else ""
    places = [f'"{sign}" number' if axis == way[1] else '"0"' for axis in "xyz"]
    return f'"(" {places[0]} ", " {places[1]} ", " {places[2]} ")"'


def _if(words: str, test: str, numbers: int = 0) -> Part:
    """The plan, and the line that goes with it."""
    return Part(f'{_literal(f"# {words}")} "\\nif " {test} ":\\n"', numbers)


def free_grammar(rule: str, graph: SceneGraph) -> str:
    """Grammar of any Python block in which texts are names and properties of the scene."""
    names = [*graph.names, *(c.name for c in graph.constraints)]
    keys = {key for o in graph.objects for key in o.properties} | set(re.findall(r"\.([A-Za-z]\w*)", rule)) | {"on"}
    values = {v for o in graph.objects for v in o.properties.values() if isinstance(v, str)}
    quoted = {v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", rule) for v in pair if v}
    texts = list(dict.fromkeys([*names, *sorted(keys | values | quoted), "x", "y", "z"]))
    return "\n".join(
        [
            'root ::= "```python\\n" piece+ "\\n```"',
            "piece ::= plain | label | text",
            "plain ::= [^\"'`]",
            f'label ::= ("once(" | "later(") "\\"" [^"\\\\\\n`]{{1,{LABEL}}} "\\""',
            f"text ::= {_any_quoted(texts)}",
        ]
    )


def _any_quoted(texts: Sequence[str]) -> str:
    """Alternatives of Python texts in quotes."""
    return " | ".join(_quoted(text) for text in texts)


def _any_of(texts: Sequence[str]) -> str:
    return " | ".join(_literal(text) for text in texts)


def _quoted(text: str) -> str:
    return _literal(json.dumps(text, ensure_ascii=False))


def _literal(text: str) -> str:
    """A GBNF literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
