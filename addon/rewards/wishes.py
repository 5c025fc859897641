"""Wishes in plain words that need no model: where a thing is to lie in the end, or what it is to touch.

*Ball lies in Bucket at the end*, *get the marble onto the table*, *Ball hits Plate*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..scene_graph import SceneGraph, scene_size, world_bounds
from .nodes import EventNode, Logic, NearbyAt, Node, Touching

ENDS = (
    "lies|lands|ends up|ends|falls|drops|rolls|flies|goes|gets|comes to rest|comes|rests|stops|sits|stays|is|finishes|"
    "lie|land|end up|end|fall|drop|roll|fly|go|get|come to rest|come|rest|stop|sit|stay|be|finish"
)
WITHIN = "inside of|inside|into|in|within|onto|on top of|on|upon"
MEETS = "hits|touches|reaches|strikes|meets|bumps into|collides with|hit|touch|reach|strike|meet|bump into|collide with"
ASKS = "get|bring|put|throw|shoot|roll|land|drop|let|make|have"


@dataclass(frozen=True)
class Wish:
    """What is wanted of a run, and which thing is to get to which other."""

    expression: Node
    thing: str
    place: str


def plain_wish(text: str, scene: SceneGraph) -> Wish | None:
    """The wish that a text plainly is; None for all others, and in a world that is a plane.

    What is to lie *in* or *on* a thing has, at the end of the run, its origin above the circle within that thing's
    bounds, and touches it.
    """
    if scene.world.plane is not None or not scene.objects:
        return None
    shaped = [obj.name for obj in scene.objects if obj.geometry is not None]
    thing, place = _named("thing", shaped), _named("place", shaped)
    lead = rf"(?:(?:{ASKS}) )?{thing} (?:(?:should|must|has to|is to) )?"
    forms = (
        (_lying, rf"{lead}(?:(?:{ENDS}) )?(?:{WITHIN}) {place}(?: (?:at|in) the end)?"),
        (_meeting, rf"{lead}(?:{MEETS}) {place}"),
    )
    said = " ".join(text.split()).rstrip(".!")
    for made, form in forms:
        found = re.fullmatch(form, said, re.IGNORECASE)
        if found is not None:
            what, where = (_known(found[part], shaped) for part in ("thing", "place"))
            return Wish(made(what, where, scene), what, where) if what != where else None
    return None


def _named(part: str, names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first."""
    known = "|".join(re.escape(" ".join(name.split())) for name in sorted(names, key=len, reverse=True))
    return rf"(?:the |a |an )?(?P<{part}>{known})"


def _known(said: str, names: Iterable[str]) -> str:
    """The name that is written so, else the one that differs in capitals alone, as the pattern of names takes them."""
    alike = [name for name in names if re.fullmatch(re.escape(" ".join(name.split())), said, re.IGNORECASE)]
    return said if said in alike else alike[0]


def _lying(thing: str, place: str, scene: SceneGraph) -> Node:
    low, high = world_bounds(scene.object(place))
    x, y = (round(float(value), 4) for value in (low + high)[:2] / 2)
    near = round(float((high - low)[:2].min()) / 2 / scene_size(scene), 4)
    return Logic("AND", (NearbyAt(thing, x, y, None, 1.0, near), Touching(thing, place, 1.0)))


def _meeting(thing: str, place: str, scene: SceneGraph) -> Node:
    return EventNode("CollisionStart", (("a_id", thing), ("b_id", place)))
