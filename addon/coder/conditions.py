"""What a rule can wait for: Python tests on some of the things that it names, with places for its numbers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

from ..scene_graph import SceneObject
from . import cues
from .said import Said
from .slots import sayable, slot

_COMPARISONS = {">=": cues.LEAST, ">": cues.MORE, "<": cues.LESS, "<=": cues.MOST}


def conditions(places: Sequence[int], said: Said) -> list[str]:
    """All tests on just those things, in their order, that stand at these places among the rule's names."""
    names = [said.names[place] for place in places]
    match len(names):
        case 0:
            found = [f'once("it", now >= {slot("seconds")})']
            if said.says(cues.PERIODS):
                found.append(f"every({slot('seconds')})")
        case 1:
            found = [test for fact in _facts(names[0], said) for test in _once(fact, said)]
        case 2 if _are_bodies(names, said):
            found = _touches(names, said)
        case 2:
            found = _joined(_facts(names[0], said), _facts(names[1], said), said)
        case 3:
            found = _touch_and_state(names, said)
        case 4 if _are_bodies(names, said):
            found = _two_touches(names, places, said)
        case _:
            found = []
    return sayable(found, said)


def _are_bodies(names: Sequence[str], said: Said) -> bool:
    found = [said.things[n] for n in names]
    return all(isinstance(t, SceneObject) and t.body is not None for t in found) and len(set(names)) > 1


def _once(condition: str, said: Said) -> list[str]:
    """One time, at once or after a delay."""
    later = [f'once("it", {condition}, delay={slot("seconds")})'] if said.delayed else []
    return [f'once("it", {condition})', *later]


def _pair(names: Sequence[str]) -> str:
    return ", ".join(json.dumps(name, ensure_ascii=False) for name in names)


def _touches(names: Sequence[str], said: Said) -> list[str]:
    pair, found = _pair(names), list[str]()
    if not said.cued or not said.says(cues.OFTEN | cues.THROUGHOUT):
        found += [*_once(f"touched({pair})", said), f'once("it", touch_count({pair}) >= {slot("plain")})']
    if said.says(cues.AGAIN) and not said.always:
        found += [f"new_touch({pair})", f'later("it", new_touch({pair}), {slot("seconds")})']
    if said.lasting:
        found.append(f"touching({pair})")
    return found


def _two_touches(names: Sequence[str], places: Sequence[int], said: Said) -> list[str]:
    """One touch and another."""
    first, second = _pair(names[:2]), _pair(names[2:])
    one, two = f"touched({first})", f"touched({second})"
    ways = [f"{one} != {two}"] if said.only_some else []
    if said.only_one:
        return [test for way in ways for test in _once(way, said)]
    if said.says(cues.NEGATIONS):
        lacking = said.lacking(places)
        ways += [f"{one} and not {two}"] if lacking != 0 else []
        ways += [f"{two} and not {one}"] if lacking != 1 else []
    if not said.cued or not said.says(cues.NEGATIONS):
        ways += [f"{one} or {two}"] if said.says(cues.ENOUGH) else []
        if not said.cued or not said.says(cues.CHOICES):
            ways += [f"{one} and {two}"] if said.says(cues.BOTH) and not said.ordered else []
            if said.says(cues.ORDERS):
                latest = said.latest(places)
                ways += [f"in_order({first}, {second})"] if latest != 0 else []
                ways += [f"in_order({second}, {first})"] if latest != 1 else []
    return [test for way in ways for test in _once(way, said)]


def _touch_and_state(names: Sequence[str], said: Said) -> list[str]:
    """A touch and a state, in either order."""
    found = []
    if _are_bodies(names[:2], said):
        found += _joined([f"touched({_pair(names[:2])})"], _facts(names[2], said), said)
    if _are_bodies(names[1:], said):
        found += _joined(_facts(names[0], said), [f"touched({_pair(names[1:])})"], said)
    return found


def _joined(first: Sequence[str], then: Sequence[str], said: Said) -> list[str]:
    """Two facts, joined by ``and`` or ``or``."""
    joints = ("and", "or") if said.says(cues.ENOUGH) else ("and",)
    pairs = itertools.product(first, then)
    return [test for one, two in pairs for joint in joints for test in _once(f"{one} {joint} {two}", said)]


def _facts(name: str, said: Said) -> list[str]:
    """What can be true of one object: its properties and its height."""
    thing = said.things[name]
    if not isinstance(thing, SceneObject):
        return []
    place = f"objects[{_pair([name])}]"
    found = [fact for key in said.keys(thing) for fact in _facts_of(f"{place}[{_pair([key])}]", thing, key, said)]
    if not said.explicit_keys(thing):
        signs = [sign for sign, words in ((">", cues.HIGH), ("<", cues.LOW)) if said.says(words)]
        found += [f"{place}.location.z {sign} {slot('metres')}" for sign in signs]
    return sayable(found, said)


def _facts_of(place: str, thing: SceneObject, key: str, said: Said) -> list[str]:
    value = thing.properties.get(key, False)
    if isinstance(value, bool):
        return [place, f"not {place}"] if said.says(cues.OFF) else [place]
    if isinstance(value, str):
        return [f"{place} == {_pair([text])}" for text in said.texts]
    signs = [sign for sign, words in _COMPARISONS.items() if said.says(words)]
    return [f"{place} {sign} {slot('plain')}" for sign in ["==", *signs]]
