"""What a rule can do: Python statements on a thing that it names, with places for its numbers."""

from __future__ import annotations

import itertools
import json

from ..scene_graph import RigidBody, SceneObject
from . import cues
from .said import Said
from .slots import sayable, slot


def acts(name: str, said: Said) -> list[str]:
    """All statements on one thing."""
    thing, place = said.things[name], f"objects[{_quoted(name)}]"
    if not isinstance(thing, SceneObject):
        return [f"{place}.rigid_body_constraint.enabled = {value}" for value in (True, False)]
    found = [change for key in said.keys(thing) for change in _changes(f"{place}[{_quoted(key)}]", thing, key, said)]
    if thing.body is not None and not said.explicit_keys(thing):
        found += _body_acts(_quoted(name), place, thing.body, said)
    return sayable(found, said)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _changes(place: str, thing: SceneObject, key: str, said: Said) -> list[str]:
    """Changes of a property."""
    value = thing.properties.get(key, False)
    if isinstance(value, bool):
        return [f"{place} = True", f"{place} = False", f"{place} = not {place}"]
    if isinstance(value, str):
        return [f"{place} = {_quoted(text)}" for text in said.texts]
    by_one = [f"{place} += 1"] if said.says(cues.ANOTHER) else []
    return [*(f"{place} {sign} {slot('plain')}" for sign in ("+=", "-=", "=")), *by_one]


def _body_acts(name: str, place: str, body: RigidBody, said: Said) -> list[str]:
    found = []
    if body.type == "ACTIVE":
        if said.says(cues.RELEASES):
            found.append(f"{place}.rigid_body.kinematic = {not body.kinematic}")
        found += [f"{place}.velocity = {vector}" for vector in said.vectors]
    if body.type == "PASSIVE" and said.says(cues.DOORS):
        found += [f"open_door({name})", f"close_door({name})"]
    if body.type == "PASSIVE" or body.kinematic:
        moves = [f"glide({name}, {offset}" for offset in _offsets(said)]
        if said.says(cues.TURNS):
            ways = itertools.product(("", "-"), "xyz")
            moves += [f'turn({name}, {sign}{slot("degrees")}, "{axis}"' for sign, axis in ways]
        found += [f"{move}{over})" for move in moves for over in ("", f", {slot('duration')}")]
    return found


def _offsets(said: Said) -> list[str]:
    """Vectors that the rule says, or offsets along the directions that it says, or along any axis."""
    if said.vectors:
        return said.vectors
    ways = [way for word in said.words if (way := cues.DIRECTIONS.get(word))]
    return [_offset(way) for way in dict.fromkeys(ways or ["+x", "-x", "+y", "-y", "+z", "-z"])]


def _offset(way: str) -> str:
    length = ("-" if way[0] == "-" else "") + slot("metres")
    return f"({', '.join(length if axis == way[1] else '0' for axis in 'xyz')})"
