"""How things stand to each other: one table of relations, each with where it puts a thing and when it holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import numpy as np
from pydantic import Field

from ..scene_graph import FloatArray
from ..scene_graph.base import Model, Name
from .boxes import Box, gap, middle_of
from .things import Pose, Thing

NEAR = 1.5
"""How far apart things are at most that are near each other, in m; those next to each other a third of it."""

OVERHEAD = 1.0
"""How high in m above others things are that are above them."""

FLUSH = 0.005
"""The gap in m between things that stand against each other."""

OVER = 7
"""Places along each side of what bears things where one may stand, besides those about its anchor."""

UNDER_CLOTH = 0.06
"""How far in m things that are on cloth may begin below it: it comes down around them, onto what bears them."""

Spot = tuple[float, float]
"""A place on the ground, x and y in m."""


class Place(Model):
    """Where a thing is: its ``relation`` to others, a word of `RELATIONS`.

    ``distance`` is the gap to them in m, ``bearing`` the direction from them in degrees, anticlockwise from +x, and
    ``anchor`` the place of theirs that is meant.
    """

    relation: str
    of: tuple[Name, ...] = Field(min_length=1, max_length=2)
    distance: Annotated[float, Field(ge=0.0, le=1000.0)] | None = None
    bearing: Annotated[float, Field(ge=-360.0, le=360.0)] | None = None
    anchor: str | None = None


@dataclass(frozen=True, eq=False)
class Placed:
    """A thing where it stands."""

    thing: Thing
    pose: Pose

    @cached_property
    def boxes(self) -> list[Box]:
        """Upright boxes around its parts."""
        return [Box.around(solid, self.pose) for solid in self.thing.solids]

    @cached_property
    def box(self) -> Box:
        """The upright box around all of it."""
        return Box.around_points(self.thing.form.low, self.thing.form.high, self.pose)


Candidates = Callable[[Thing, list[Placed], Place, np.random.Generator], Iterator[Spot]]


@dataclass(frozen=True)
class Kind:
    """A relation: the words for it in sentences, spots for a thing, the best first, whether it holds, and whether the
    thing is borne by what it is related to, is in the air (``aloft``), and there hangs from it (``hung``)."""

    words: tuple[str, ...]
    spots: Candidates
    holds: Callable[[Placed, list[Placed], Place], bool]
    borne: bool = False
    aloft: bool = False
    hung: bool = False


def underside(placed: Placed, place: Place) -> float:
    """How high in m what hangs from a thing ends."""
    at, out, _ = _anchored(placed, place, ("under", "hang"))
    return float(at[2]) if out[2] < 0.5 or place.anchor is not None else float(placed.box.low[2])


def _anchored(placed: Placed, place: Place, names: tuple[str, ...]) -> tuple[FloatArray, FloatArray, float]:
    """An anchor in the world: its place, the direction out of it, and the room around it. The middle of the top where
    there is none of these names."""
    anchors = placed.thing.form.anchors
    for name in (place.anchor, *names):
        if name is not None and name in anchors:
            found = anchors[name]
            return placed.pose.place(found.at), placed.pose.place(found.out) - placed.pose.place((0, 0, 0)), found.reach
    low, high = placed.thing.form.low, placed.thing.form.high
    middle = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2]])
    return placed.pose.place(middle), np.array([0.0, 0.0, 1.0]), float(min(high[:2] - low[:2])) / 2


HOB, OVER_HOB = "hob", 1.6
"""What a small thing stands on that is on a stove, and how far it reaches from there at most, over how far that does:
between hobs it would tip."""


def _hobs(thing: Thing, bearer: Placed) -> Iterator[Spot]:
    """The middles of the hobs on which a thing can stand."""
    half = float(max(thing.size[:2])) / 2
    for name, anchor in bearer.thing.form.anchors.items():
        if name.startswith(HOB) and half <= OVER_HOB * anchor.reach:
            at = bearer.pose.place(anchor.at)
            yield float(at[0]), float(at[1])


def _upon(names: tuple[str, ...]) -> Candidates:
    """Spots around an anchor: its middle, rings as far as there is room, then wherever it is over what bears it."""

    def spots(thing: Thing, others: list[Placed], place: Place, rng: np.random.Generator) -> Iterator[Spot]:
        if "top" in names and place.anchor is None:
            yield from _hobs(thing, others[0])
        at, _, reach = _anchored(others[0], place, names)
        room = max(reach - float(max(thing.size[:2])) / 2, 0.0)
        yield float(at[0]), float(at[1])
        for ring in range(1, 7):
            for angle in rng.permutation(12) * 30.0:
                yield _from(at, room * ring / 6, float(angle))
        pose, (low, high) = others[0].pose, (others[0].thing.form.low, others[0].thing.form.high)
        half = float(max(thing.size[:2])) / 2
        across, along = (np.linspace(low[i] + half, high[i] - half, OVER) for i in (0, 1))
        for x, y in rng.permutation([(x, y) for x in across for y in along]):
            spot = pose.place((float(x), float(y), 0.0))
            yield float(spot[0]), float(spot[1])

    return spots


def _from(at: FloatArray, distance: float, bearing: float) -> Spot:
    angle = math.radians(bearing)
    return float(at[0]) + distance * math.cos(angle), float(at[1]) + distance * math.sin(angle)


def _beside(bearings: tuple[float, ...], least: float, most: float) -> Candidates:
    """Spots around others at gaps from ``least`` to ``most`` m, in these directions first."""

    def spots(thing: Thing, others: list[Placed], place: Place, rng: np.random.Generator) -> Iterator[Spot]:
        low, high = (least, most) if place.distance is None else (place.distance, place.distance)
        ways = (place.bearing,) if place.bearing is not None else bearings or tuple(rng.permutation(16) * 22.5)
        box = others[0].box
        for far in np.linspace(low, high, 6 if high > low else 1):
            for way in ways:
                angle = math.radians(way)
                reach = box.reach(angle) + far + _reach(thing, angle)
                yield _from(box.middle, reach, way)

    return spots


def _reach(thing: Thing, angle: float) -> float:
    """How far a thing, unturned, reaches from its foot towards the others in a direction."""
    return float(abs(math.cos(angle)) * thing.size[0] + abs(math.sin(angle)) * thing.size[1]) / 2


def _round_about(thing: Thing, others: list[Placed], place: Place, rng: np.random.Generator) -> Iterator[Spot]:
    """Spots around others: in a direction, on the circle about the middle of them all on which a thing is so far off
    that it can go round them."""
    if place.bearing is None or place.distance is None:
        yield from _beside((), 0.3, NEAR)(thing, others, place, rng)
        return
    middle = np.array(middle_of([one.box for one in others]))
    reach = max(float(np.linalg.norm(one.box.corners - middle, axis=1).max()) for one in others)
    own = float(np.hypot(*thing.size[:2])) / 2
    for way in (place.bearing + 45.0 * n for n in range(8)):
        yield _from(middle, reach + place.distance + own, way)


def _encircles(a: Placed, others: list[Placed], place: Place) -> bool:
    if place.bearing is None or place.distance is None:
        return _within(2 * NEAR)(a, others, place)
    return all(gap(a.box, other.box) > 0.0 for other in others)


def _edge(thing: Thing, others: list[Placed], place: Place, rng: np.random.Generator) -> Iterator[Spot]:
    """Spots at the sides of a thing's top, where what stands there is borne on both sides of its middle."""
    box = others[0].box
    for way in (0.0, 270.0, 180.0, 90.0) if place.bearing is None else (place.bearing,):
        angle = math.radians(way)
        for inside in (0.3, 0.5, 0.8, 1.0):
            within = inside * _reach(thing, angle)
            if inside == 1.0 or _stands_within(thing, angle, within):
                yield _from(box.middle, max(box.reach(angle) - within, 0.0), way)


def _stands_within(thing: Thing, angle: float, within: float) -> bool:
    """Whether a thing, unturned, stands on anything beyond its middle in a direction, and at most so many m off."""
    low, high = thing.form.low, thing.form.high
    middle, way = (low + high)[:2] / 2, np.array([math.cos(angle), math.sin(angle)])
    for piece in thing.solids:
        foot = piece.vertices[piece.vertices[:, 2] < low[2] + 0.01 * (high[2] - low[2]) + 1e-6]
        if len(foot):
            off = (foot[:, :2] - middle) @ way
            if (off.min() + off.max()) / 2 < within and min(off.max(), within) > 0.2 * within:
                return True
    return False


def _between(thing: Thing, others: list[Placed], place: Place, rng: np.random.Generator) -> Iterator[Spot]:
    """Spots on the line between the sides of two things that face each other, the middle first."""
    first, last = others[0].box, others[-1].box
    angle = math.atan2(*(last.middle - first.middle)[1::-1])
    way = np.array([math.cos(angle), math.sin(angle), 0.0])
    a, b = first.middle + first.reach(angle) * way, last.middle - last.reach(angle) * way
    for share in (0.5, 0.45, 0.55, 0.4, 0.6, 0.3, 0.7):
        x, y = (a + share * (b - a))[:2]
        yield float(x), float(y)


def _at(thing: Thing, others: list[Placed], place: Place, rng: np.random.Generator) -> Iterator[Spot]:
    """In front of an anchor, in the direction that it shows, at a distance."""
    at, out, _ = _anchored(others[0], place, ("foot", "mouth"))
    way = math.degrees(math.atan2(out[1], out[0])) if place.bearing is None else place.bearing
    half = _reach(thing, math.radians(way))
    yield _from(at, half + (0.02 if place.distance is None else place.distance), way)


def _above(a: Placed, others: list[Placed], place: Place) -> bool:
    at, box = a.box.middle, others[0].box
    least = -UNDER_CLOTH if others[0].thing.moves == "cloth" else 1e-3
    return bool(box.spans(at[:2]) and a.box.low[2] > box.low[2] + least)


def _overhead(a: Placed, others: list[Placed], place: Place) -> bool:
    box = others[0].box
    return bool(box.spans(a.box.middle[:2]) and a.box.low[2] >= box.high[2])


def _inside(a: Placed, others: list[Placed], place: Place) -> bool:
    return others[0].box.spans(a.box.middle[:2]) and bool(a.box.low[2] >= others[0].box.low[2] - 1e-3)


def _under(a: Placed, others: list[Placed], place: Place) -> bool:
    return others[0].box.spans(a.box.middle[:2]) and bool(a.box.high[2] <= others[0].box.high[2] + 1e-3)


def _within(most: float) -> Callable[[Placed, list[Placed], Place], bool]:
    def holds(a: Placed, others: list[Placed], place: Place) -> bool:
        far = gap(a.box, others[0].box)
        return far <= most if place.distance is None else abs(far - place.distance) <= 0.1 + 0.3 * place.distance

    return holds


def _towards(axis: int, sign: float) -> Callable[[Placed, list[Placed], Place], bool]:
    def holds(a: Placed, others: list[Placed], place: Place) -> bool:
        return bool(sign * (a.box.middle[axis] - others[0].box.middle[axis]) > 0.0)

    return holds


def _amid(a: Placed, others: list[Placed], place: Place) -> bool:
    one, other, at = others[0].box.middle[:2], others[-1].box.middle[:2], a.box.middle[:2]
    way = other - one
    share = float((at - one) @ way) / max(float(way @ way), 1e-9)
    return 0.0 < share < 1.0 and float(np.linalg.norm(at - one - share * way)) < 0.35 * float(np.linalg.norm(way)) + 0.1


def _any(a: Placed, others: list[Placed], place: Place) -> bool:
    return True


RELATIONS: dict[str, Kind] = {
    "on": Kind(("on", "on top of", "upon", "onto", "atop"), _upon(("water", "top", "seat")), _above, borne=True),
    "at the edge of": Kind(("at the edge of", "on the edge of"), _edge, _above, borne=True),
    "in": Kind(("in", "inside", "into", "within"), _upon(("inside", "water")), _inside, borne=True),
    "above": Kind(("above", "high above"), _upon(()), _overhead, aloft=True),
    "hanging from": Kind(
        ("hanging from", "hangs from", "hang from", "hung from", "suspended from", "hangs down from"),
        _upon(("under", "hang")),
        _under,
        aloft=True,
        hung=True,
    ),
    "under": Kind(("under", "beneath", "below", "underneath"), _upon(("under",)), _under),
    "next to": Kind(
        ("next to", "beside", "by", "alongside"), _beside((0, 180, 90, 270), 0.05, NEAR / 3), _within(NEAR / 3 + 0.05)
    ),
    "near": Kind(("near", "close to"), _beside((), 0.3, NEAR), _within(NEAR + 0.1)),
    "against": Kind(("against",), _beside((270, 0, 180, 90), FLUSH, FLUSH), _within(0.05)),
    "left of": Kind(
        ("left of", "to the left of", "on the left of"),
        _beside((180, 170, 190, 155, 205, 140, 220), 0.1, NEAR),
        _towards(0, -1.0),
    ),
    "right of": Kind(
        ("right of", "to the right of", "on the right of"),
        _beside((0, 10, -10, 25, -25, 40, -40), 0.1, NEAR),
        _towards(0, 1.0),
    ),
    "in front of": Kind(("in front of",), _beside((270, 260, 280, 245, 295, 230, 310), 0.1, NEAR), _towards(1, -1.0)),
    "behind": Kind(("behind",), _beside((90, 80, 100, 65, 115, 50, 130), 0.1, NEAR), _towards(1, 1.0)),
    "around": Kind(("around", "surrounding"), _round_about, _encircles),
    "between": Kind(("between", "in between"), _between, _amid),
    "at": Kind(("at the foot of", "at the end of", "at the bottom of"), _at, _any),
}
"""The relations by their names, which plans say."""
