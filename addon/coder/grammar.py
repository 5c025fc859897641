"""GBNF grammars for the code of one rule, understood by llama.cpp's server.

A small model copies names and numbers out of the worked examples, and invents functions. The strict grammar leaves it
every reading of the rule that the scene allows: some of the things that the rule names, one after the other, are acted
on, and the others are waited for; each thing can do what its kind in the scene graph can; numbers are those that the
rule says. Which reading is meant is the model's to say. The free grammar only keeps to the names of the scene.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

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

_VECTOR = re.compile(r"\(\s*-?\d+(?:\.\d+)?\s*(?:,\s*-?\d+(?:\.\d+)?\s*){2}\)")
_NUMBER = r"\d+(?:\.\d+)?"
JOINTS = ((plan.BOTH, '" and "'), (plan.EITHER, '" or "'))
CONSTRAINT = "constraint"
Thing = SceneObject | str
"""An object, or `CONSTRAINT`."""


def numbers(rule: str) -> list[str]:
    """The numbers that a rule without names says outside vectors, in figures or words."""
    plain = _VECTOR.sub(" ", rule)
    said = re.findall(_NUMBER, plain)
    return list(
        dict.fromkeys([*said, *(NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", plain.lower()) if w in NUMBER_WORDS)])
    )


def strict_grammar(rule: str, graph: SceneGraph) -> str | None:
    """Grammar of all readings of a rule that the scene allows; None if the rule has none that helpers can say."""
    things: dict[str, Thing] = {c.name: CONSTRAINT for c in graph.constraints}
    things |= {o.name: o for o in graph.objects}
    said, bare = Phrases(list(things)).mentions(rule)
    readings = _Readings(rule, bare, things)
    alternatives = []
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            waits, acts = readings.trigger(said[:start] + said[end:]), readings.effect(said[start:end])
            if waits and acts:
                alternatives.append(f"({waits}) {acts}")
    if not alternatives:
        return None
    shared = [f"number ::= {_any_of(readings.numbers)}"] if readings.numbers else []
    return "\n".join(['root ::= "```python\\n" rule "```"', f"rule ::= {' | '.join(alternatives)}", *shared])


class _Readings:
    """What the named things can be waited for and made to do, as right sides of GBNF rules."""

    def __init__(self, rule: str, bare: str, things: dict[str, Thing]) -> None:
        self.rule, self.bare, self.things = rule, bare, things
        self.numbers = numbers(bare)
        self.vectors = [" ".join(v.split()) for v in _VECTOR.findall(bare)]
        self.texts = [v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", rule) for v in pair if v]

    def trigger(self, names: Sequence[str]) -> str:
        """Conditions on just these names, in their order; empty if there are none."""
        match len(names):
            case 0 if self.numbers:
                at = _if(plan.AT, '"once(\\"it\\", now >= " number ")"')
                return " | ".join([at, _if(plan.EVERY, '"every(" number ")"')])
            case 2 if self._are_bodies(names):
                return self._touches(names)
            case 1 | 2:
                return self._states(names)
            case 3:
                return self._mixed(names)
            case 4 if self._are_bodies(names):
                return self._two_touches(names)
        return ""

    def effect(self, names: Sequence[str]) -> str:
        """Acts on these names, one each and in their order; empty if one of them can do nothing."""
        acts = [self._acts(name) for name in names]
        return " ".join(f'"    " ({act}) "\\n"' for act in acts) if all(acts) and len(acts) <= 3 else ""

    def _are_bodies(self, names: Sequence[str]) -> bool:
        found = [self.things[n] for n in names]
        return all(isinstance(t, SceneObject) and t.body is not None for t in found) and len(set(names)) > 1

    def _once(self, words: str, condition: str) -> str:
        delay = ' (", delay=" number)?' if self.numbers else ""
        return _if(words, f'"once(\\"it\\", " {condition}{delay} ")"')

    def _touches(self, pair: Sequence[str]) -> str:
        names = f'{_quoted(pair[0])} ", " {_quoted(pair[1])}'
        touched = f'"once(\\"it\\", touched(" {names} ")'
        found = [_if(plan.ONE_TIME, touched + ')"')]
        found += [_if(plan.EACH, f'"new_touch(" {names} ")"'), _if(plan.WHILE, f'"touching(" {names} ")"')]
        if self.numbers:
            found.append(_if(plan.LATER, touched + ', delay=" number ")"'))
            found.append(_if(plan.COUNT, f'"once(\\"it\\", touch_count(" {names} ") >= " number ")"'))
            found.append(_if(plan.EACH, f'"later(\\"it\\", new_touch(" {names} "), " number ")"'))
        return " | ".join(found)

    def _two_touches(self, names: Sequence[str]) -> str:
        first, second = (f'{_quoted(a)} ", " {_quoted(b)}' for a, b in (names[:2], names[2:]))
        one, two = f'"touched(" {first} ")"', f'"touched(" {second} ")"'
        joints = {plan.BOTH: " and ", plan.EITHER: " or ", plan.EXACTLY_ONE: " != "}
        found = [self._once(words, f'{one} "{joint}" {two}') for words, joint in joints.items()]
        found.append(self._once(plan.WITHOUT, f'({one} " and not " {two} | {two} " and not " {one})'))
        for name, pairs in ((names[0], (first, second)), (names[2], (second, first))):
            found.append(self._once(plan.FIRST.format(name=name), f'"in_order(" {pairs[0]} ", " {pairs[1]} ")"'))
        return " | ".join(found)

    def _mixed(self, names: Sequence[str]) -> str:
        """A touch and a state, in either order."""
        found = []
        for pair, other, pair_first in ((names[:2], names[2], True), (names[1:], names[0], False)):
            states = [state for _, state in self._facts(other)]
            if self._are_bodies(pair) and states:
                touch = f'"touched(" {_quoted(pair[0])} ", " {_quoted(pair[1])} ")"'
                state = f"({' | '.join(states)})"
                first, then = (touch, state) if pair_first else (state, touch)
                found += [self._once(words, f"{first} {joint} {then}") for words, joint in JOINTS]
        return " | ".join(found)

    def _states(self, names: Sequence[str]) -> str:
        """Properties or heights of one or two objects."""
        facts = [self._facts(name) for name in names]
        if not all(facts):
            return ""
        if len(facts) == 1:
            return " | ".join(self._once(words, f"({fact})") for words, fact in facts[0])
        first, then = (f"({' | '.join(fact for _, fact in found)})" for found in facts)
        return " | ".join(self._once(words, f"{first} {joint} {then}") for words, joint in JOINTS)

    def _facts(self, name: str) -> list[tuple[str, str]]:
        """What can be true of one object, each with its plan: a property, and its height."""
        thing = self.things[name]
        if not isinstance(thing, SceneObject):
            return []
        found = []
        for key in self._keys(thing):
            place, value = f'"objects[" {_quoted(name)} "][" {_quoted(key)} "]"', thing.properties.get(key, False)
            if isinstance(value, bool):
                found.append((plan.STATE, f'("not ")? {place}'))
            elif isinstance(value, str):
                found += [(plan.STATE, f'{place} " == " ({_any_quoted(self.texts)})')] if self.texts else []
            elif self.numbers:
                found.append((plan.STATE, f'{place} (" == " | " >= " | " > " | " < " | " <= ") number'))
        if self.numbers and not self._explicit(thing):
            found.append((plan.HEIGHT, f'"objects[" {_quoted(name)} "].location.z " ("> " | "< ") number'))
        return found

    def _explicit(self, thing: SceneObject) -> list[str]:
        """Properties that the rule names after a dot."""
        keys = re.findall(rf"(?<!\w){re.escape(thing.name)}\.([A-Za-z]\w*)", self.rule, re.IGNORECASE)
        return [k for k in keys if k in thing.properties or (thing.body is None and not thing.properties)]

    def _keys(self, thing: SceneObject) -> list[str]:
        return self._explicit(thing) or list(thing.properties) or ([] if thing.body else ["on"])

    def _acts(self, name: str) -> str:
        """Statements on one thing."""
        thing, place = self.things[name], f'"objects[" {_quoted(name)} "]'
        if not isinstance(thing, SceneObject):
            return f'{place}.rigid_body_constraint.enabled = " ("True" | "False")'
        found = [self._change(thing, key) for key in self._keys(thing)]
        if thing.body is not None and not self._explicit(thing):
            found += self._body_acts(thing, place)
        return " | ".join(f for f in found if f)

    def _change(self, thing: SceneObject, key: str) -> str:
        """Changes of a property."""
        place, value = f"objects[{json.dumps(thing.name)}][{json.dumps(key)}]", thing.properties.get(key, False)
        if isinstance(value, bool):
            return " | ".join(_literal(f"{place} = {after}") for after in ("True", "False", f"not {place}"))
        if isinstance(value, str):
            return f"{_literal(place + ' = ')} ({_any_quoted(self.texts)})" if self.texts else ""
        amounts = _any_of(list(dict.fromkeys([*self.numbers, "1"])))
        return f'{_literal(place)} (" += " | " -= " | " = ") ({amounts})'

    def _body_acts(self, thing: SceneObject, place: str) -> list[str]:
        body, name = thing.body, _quoted(thing.name)
        assert body is not None
        over = ' (", " number)?' if self.numbers else ""
        found = []
        if body.type == "ACTIVE":
            held = '"False"' if body.kinematic else '"True"'
            found.append(f'{place}.rigid_body.kinematic = " {held}')
        if body.type == "ACTIVE" and self.vectors:
            found.append(f'{place}.velocity = " ({_any_of(self.vectors)})')
        if body.type == "PASSIVE" or body.kinematic:
            found += [f'"open_door(" {name} ")"', f'"close_door(" {name} ")"'] if body.type == "PASSIVE" else []
            found += [f'"glide(" {name} ", " ({vector}){over} ")"' for vector in self._offsets()]
            if self.numbers:
                found.append(f'"turn(" {name} ", " "-"? number ", \\"" [xyz] "\\""{over} ")"')
        return found

    def _offsets(self) -> list[str]:
        """Offsets along the directions that the rule says, or along any axis."""
        if self.vectors or not self.numbers:
            return [_any_of(self.vectors)] if self.vectors else []
        said = [way for word in re.findall(r"[a-z]+", self.bare.lower()) if (way := DIRECTIONS.get(word))]
        ways = list(dict.fromkeys(said)) or ["+x", "-x", "+y", "-y", "+z", "-z"]
        return [" | ".join(_offset(way) for way in ways)]


def _offset(way: str) -> str:
    sign = "-" if way[0] == "-" else ""
    places = [f'"{sign}" number' if axis == way[1] else '"0"' for axis in "xyz"]
    return f'"(" {places[0]} ", " {places[1]} ", " {places[2]} ")"'


def _if(words: str, test: str) -> str:
    """The plan, and the line that goes with it."""
    return f'{_literal(f"# {words}")} "\\nif " {test} ":\\n"'


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
