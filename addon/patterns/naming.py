"""What a person would call the bodies of a scene: ``the floor``, ``the left wall``, ``the green ball``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..scene_graph import COLORS, FloatArray, Plane, SceneObject, one_line

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_COLOURED = re.compile(rf"({'|'.join(COLORS)}) ([a-z]+) \d+")
"""A body of a plane: its colour, its shape, and a number that nobody sees."""

AROUND = {
    "ground": "the floor",
    "top wall": "the ceiling",
    "left wall": "the left wall",
    "right wall": "the right wall",
}
SHAPES = {"standingsticks": "sticks"}
"""Shapes of PHYRE that are no words."""

_WALL = re.compile(r"wall (left|right|front|back|top|bottom)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<noun>[^\W\d_]{2,}(?: [^\W\d_]{2,})*) (?P<number>\d+)")
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]{2,})*")


def spoken_names(objects: Sequence[SceneObject], plane: Plane | None = None) -> dict[str, str]:
    """What each object is called in a sentence, by its name.

    Names of plain words get their article, bodies of a ``plane`` that differ in nothing but a number are told apart by
    their place. Names of another form, and those that would sound alike, stay as they are.
    """
    found = {o.name: plain_name(o.name) for o in objects}
    if plane is not None:
        found |= _of_plane(objects, plane)
    numbered = [m for o in objects if (m := _NUMBERED.fullmatch(o.name)) and found[o.name] == m[0].lower()]
    for noun in {m["noun"] for m in numbered}:
        if noun in found:
            found[noun] = f"the first {noun.lower()}"
    heard = Counter(found.values())
    return {name: one_line(said if heard[said] == 1 else name) for name, said in found.items()}


def plain_name(name: str) -> str:
    """A name of plain words with its article, another as it is."""
    wall = _WALL.fullmatch(name)
    if wall:
        return f"the {wall[1].lower()} wall"
    if _NUMBERED.fullmatch(name):
        return name.lower()
    if not _PLAIN.fullmatch(name):
        return name
    return name.lower() if _ARTICLE.match(name) else f"the {name.lower()}"


def _of_plane(objects: Sequence[SceneObject], plane: Plane) -> dict[str, str]:
    """Names of the bodies of a plane, around whose scene four walls may stand."""
    found, groups = {}, dict[str, list[SceneObject]]()
    for o in objects:
        match = _COLOURED.fullmatch(o.name)
        if o.name in AROUND or (match and match[2] == "wall"):
            found[o.name] = AROUND.get(o.name) or _side(o, plane)
        elif match:
            groups.setdefault(f"{match[1]} {SHAPES.get(match[2], match[2])}", []).append(o)
    for noun, members in groups.items():
        found |= _by_place(noun, members)
    return found


def _side(o: SceneObject, plane: Plane) -> str:
    """What a wall is called by the side of the scene on which it is; by its name where it is inside."""
    x, _, z = o.location
    width, height = (size * plane.meters_per_unit for size in plane.size or (np.inf, np.inf))
    sides = {"the floor": z <= 0.0, "the ceiling": z >= height, "the left wall": x <= 0.0, "the right wall": x >= width}
    return next((side for side, outside in sides.items() if outside), o.name)


def _by_place(noun: str, members: Sequence[SceneObject]) -> dict[str, str]:
    """Names of things that look alike, in their order along the axis on which they are furthest spread at the start."""
    if len(members) == 1:
        return {members[0].name: f"the {noun}"}
    if len(members) > len(ORDINALS):
        return {o.name: o.name for o in members}
    place: FloatArray = np.array([(o.location[0], o.location[2]) for o in members])
    axis = int(np.argmax(np.ptp(place, axis=0)))
    order = [members[i] for i in np.lexsort((place[:, 1 - axis], place[:, axis]))]
    end = ("from the left", "from below")[axis]
    if len(order) == 2:
        words = (("left", "right"), ("lower", "upper"))[axis]
        return {o.name: f"the {word} {noun}" for word, o in zip(words, order, strict=True)}
    return {o.name: f"the {ORDINALS[i]} {noun} {end}" for i, o in enumerate(order)}


def respelled(text: str, names: Mapping[str, str], bodies: Iterable[str]) -> str:
    """A sentence with what its ``bodies`` are called in the place of their names; see `begun`."""
    bodies = list(bodies)
    known = sorted({name for name in bodies if name in names}, key=len, reverse=True)
    if known:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")
        text = pattern.sub(lambda found: names[found[0]], text)
    return begun(text, bodies)


def begun(text: str, bodies: Iterable[str]) -> str:
    """A sentence with a capital at its beginning, but where that is a body's own name."""
    return text if any(text.startswith(name) for name in bodies) else capital(text)


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in a text as whole words, whatever the case, in their order and each once; of names within
    each other the longer one."""
    known: dict[str, list[str]] = {}
    for name in filter(None, names):
        known.setdefault(name.casefold(), []).append(name)
    if not known:
        return []
    longest = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return list(
        dict.fromkeys(name for found in pattern.findall(text.casefold()) for name in _as_spelt(text, known[found]))
    )


def _as_spelt(text: str, names: list[str]) -> list[str]:
    """Of names that differ in their case alone those that a text spells so."""
    if len(names) == 1:
        return names
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
