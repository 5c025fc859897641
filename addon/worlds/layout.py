"""Layout: relations between things solved to poses, the best spot first, none through another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..geometry.rays import heights
from ..geometry.triangulate import packed
from ..geometry.volume import triangles
from ..scene_graph import FloatArray
from .boxes import Box, may_meet, near, overlap
from .errors import WorldError
from .places import OVERHEAD, RELATIONS, Place, Placed, Spot, underside
from .solids import joined
from .things import Pose, Thing

APART = 0.005
"""How far things are kept apart in m."""

FREE = 0.006
"""How far below what it hangs from a thing ends, in m."""

SAMPLES = 5
"""Points along each side of a thing's foot at which what is beneath it is felt for."""

FLAT = 0.05
"""How high a thing is at most, as a share of its width, that lies on all of itself."""

FITS = 0.5
"""Size of a thing, as a share of that of what bears another one, up to which it stands there beside that."""

FREE_SPOTS = 400
"""Spots tried for a thing of which no relation is said."""


BEYOND = "it would stand beyond the ground"


class LayoutError(WorldError):
    """Relations that cannot be had; the message names the things and the relation."""


class NoRoomError(LayoutError):
    """There is no spot for a thing where it is said to be."""

    def __init__(self, thing: str, told: str, why: str) -> None:
        super().__init__(f"'{thing}' cannot be {told or 'put anywhere'}: {why}")
        self.thing, self.told = thing, told


@dataclass(frozen=True, eq=False)
class Standing:
    """A thing with what is said of its place. ``facing`` is the thing that its front turns to; ``yaw`` its turn in
    degrees where nothing is faced. It starts ``lift`` m above what is beneath; where no place is said, at ``spot`` if
    there is room, and where one is said, ``shift`` m beside it if there is."""

    thing: Thing
    places: tuple[Place, ...] = ()
    facing: str | None = None
    yaw: float = 0.0
    lift: float = 0.0
    spot: Spot | None = None
    shift: Spot = (0.0, 0.0)

    @property
    def aloft(self) -> bool:
        """Whether it starts in the air."""
        return self.lift > 0.0 or any(RELATIONS[place.relation].aloft for place in self.places)

    @property
    def needs(self) -> tuple[str, ...]:
        """The things that must stand before it can."""
        faced = (self.facing,) if self.facing is not None else ()
        return tuple(dict.fromkeys((*(name for place in self.places for name in place.of), *faced)))


@dataclass(eq=False)
class Layout:
    """Things that stand on a ground. Every draw comes from the seed."""

    ground: Placed
    seed: int = 0
    placed: dict[str, Placed] = field(default_factory=dict)
    bearers: dict[str, Placed] = field(default_factory=dict)
    """What each thing stands on."""

    def put(self, standings: Sequence[Standing]) -> dict[str, Placed]:
        """Find a pose for each thing. Raises LayoutError."""
        known = {self.ground.thing.name, *self.placed, *(s.thing.name for s in standings)}
        for standing in standings:
            if missing := [name for name in standing.needs if name not in known]:
                raise LayoutError(f"'{standing.thing.name}' is placed by '{missing[0]}', and there is no such thing")
        for number, standing in enumerate(in_order(standings)):
            rng = np.random.default_rng([self.seed, number])
            self.placed[standing.thing.name] = self._put(standing, rng)
        return self.placed

    def _put(self, standing: Standing, rng: np.random.Generator) -> Placed:
        thing, problems = standing.thing, dict[str, int]()
        for bearer in self._bearers(standing):
            for spot in self._spots(standing, rng):
                pose = self._pose(standing, spot, bearer)
                problem = self._missed(bearer) if pose is None else self._problem(standing, Placed(thing, pose), bearer)
                if problem is None:
                    assert pose is not None
                    self.bearers[thing.name] = bearer
                    return Placed(thing, pose)
                problems[problem] = problems.get(problem, 0) + 1
        told = " and ".join(f"{place.relation} {' and '.join(place.of)}" for place in standing.places)
        why = max(problems, key=lambda p: problems[p], default="there is no spot")
        raise NoRoomError(thing.name, told, why)

    def _missed(self, bearer: Placed) -> str:
        return BEYOND if bearer is self.ground else f"nothing of '{bearer.thing.name}' would be beneath it"

    def _spots(self, standing: Standing, rng: np.random.Generator) -> Iterator[Spot]:
        if standing.places:
            dx, dy = standing.shift
            # What bears a thing leaves more open than what it is beside.
            for place in sorted(standing.places, key=lambda place: RELATIONS[place.relation].borne):
                spots = list(RELATIONS[place.relation].spots(standing.thing, self.others(place), place, rng))
                yield from [(x + dx, y + dy) for x, y in spots] + (spots if dx or dy else [])
            return
        if standing.spot is not None:
            yield standing.spot
        width, depth = self.ground.thing.size[:2]
        taken = max((float(p.thing.size[:2].max()) for p in self.placed.values()), default=0.0)
        wanted = 1.0 + 0.6 * float(max(standing.thing.size[:2])) + len(self.placed) + 0.7 * taken
        reach = min(float(max(width, depth)) / 2, wanted)
        for number in range(FREE_SPOTS):
            far = reach * math.sqrt(number / FREE_SPOTS) * (1.0 if number < FREE_SPOTS // 2 else 3.0)
            angle = 2.399963 * number + float(rng.uniform(0, 0.5))
            yield far * math.cos(angle), far * math.sin(angle)

    def others(self, place: Place) -> list[Placed]:
        """The things that a place is by."""
        return [self.ground if name == self.ground.thing.name else self.placed[name] for name in place.of]

    def _pose(self, standing: Standing, spot: Spot, bearer: Placed) -> Pose | None:
        """The pose at a spot: on what bears it, turned as it is to be; None where nothing is beneath."""
        yaw = standing.yaw
        if standing.facing is not None:
            target = self.others(Place(relation="near", of=(standing.facing,)))[0].box.middle
            yaw = math.degrees(math.atan2(target[1] - spot[1], target[0] - spot[0])) + 90.0
        foot = foot_points(standing.thing, Pose((*spot, 0.0), yaw))
        below = np.inf
        if bearer is not self.ground and standing.places[0].relation == "in":
            anchor = bearer.thing.form.anchors.get("inside")
            if anchor is not None:
                below = float(bearer.pose.place(anchor.at)[2]) + 1e-3
        under = surface(bearer, foot, below)
        aloft = next((place for place in standing.places if RELATIONS[place.relation].aloft), None)
        if aloft is not None and RELATIONS[aloft.relation].hung:
            end = underside(self.others(aloft)[0], aloft) - FREE - float(standing.thing.size[2])
            return Pose((*spot, end + standing.lift), yaw)
        if aloft is not None:
            high = OVERHEAD if aloft.distance is None else aloft.distance
            return Pose((*spot, float(self.others(aloft)[0].box.high[2]) + high + standing.lift), yaw)
        top = max(float(under.max()), peak(bearer, foot, below))
        if bearer is not self.ground and standing.thing.moves == "cloth":  # it may be wider than what it falls on
            top = max([top, *(float(surface(other, foot).max()) for other in self.placed.values())])
        borne = float(np.isfinite(under).mean())
        if not np.isfinite(top) or (borne < 1.0 and not self._is_said(standing, bearer)):
            return None
        return Pose((*spot, top + bearer.thing.skin + standing.thing.skin + standing.lift), yaw)

    def _bearers(self, standing: Standing) -> list[Placed]:
        """What may bear a thing, the best first: what it is said to be on; else what bears the thing that it is beside,
        where it is not too large for that, and the ground. Those of a row all stand on the same."""
        for place in standing.places:
            if RELATIONS[place.relation].borne:
                return [self._beneath(self.others(place)[0])]
        if not standing.places or standing.aloft or standing.thing.moves == "cloth":
            return [self.ground]
        (name, *_) = standing.places[0].of
        beside = self.bearers.get(name, self.ground)
        if beside is self.ground or float(max(standing.thing.size)) > FITS * float(max(beside.thing.size)):
            return [self.ground]
        return [beside] if self.placed[name].thing.entry is standing.thing.entry else [beside, self.ground]

    def _is_said(self, standing: Standing, bearer: Placed) -> bool:
        """Whether a thing is said to be on, or in, what bears it."""
        said = (self.others(p)[0] for p in standing.places if RELATIONS[p.relation].borne)
        return any(self._beneath(one) is bearer for one in said)

    def _beneath(self, bearer: Placed) -> Placed:
        """What bears what is on a thing: cloth bears nothing, so it is what that lies on."""
        while bearer.thing.moves == "cloth" and bearer is not self.ground:
            bearer = self.bearers.get(bearer.thing.name, self.ground)
        return bearer

    def _problem(self, standing: Standing, placed: Placed, bearer: Placed) -> str | None:
        """Why a thing cannot stand where it is; None where it can."""
        ground = self.ground.box
        if not all(ground.spans(corner) for corner in placed.box.corners):
            return BEYOND
        kinds = [(RELATIONS[p.relation], self.others(p)[0]) for p in standing.places]
        borne = [bearer, *(one for kind, one in kinds if kind.borne or kind.hung)]
        for other in self.placed.values():
            away = not may_meet(placed.box, other.box, APART)
            if not away and all(other is not one for one in borne) and clash(placed.boxes, other.boxes):
                return f"'{other.thing.name}' is in the way"
        for place in standing.places:
            if not RELATIONS[place.relation].holds(placed, self.others(place), place):
                return f"it would not be {place.relation} {' and '.join(place.of)}"
        return None


def clash(some: Sequence[Box], others: Sequence[Box]) -> bool:
    """Whether any two boxes of two things are nearer than `APART`."""
    return any(overlap(a, b) > -APART for a, b in near(some, others, APART))


def foot_points(thing: Thing, pose: Pose) -> FloatArray:
    """Points ``[N, 2]`` over the foot of a thing: a grid over the bounds of what of it is lowest."""
    whole = joined(thing.solids).vertices
    flat = float(thing.size[2]) < FLAT * float(max(thing.size[:2]))
    low = whole if flat else whole[whole[:, 2] <= whole[:, 2].min() + 0.02 * float(thing.size[2]) + 1e-6]
    (x0, y0), (x1, y1) = low[:, :2].min(axis=0), low[:, :2].max(axis=0)
    grid = [(x, y, 0.0) for x in np.linspace(x0, x1, SAMPLES) for y in np.linspace(y0, y1, SAMPLES)]
    return np.array([pose.place(point)[:2] for point in grid])


def surface(bearer: Placed, points: FloatArray, below: float = np.inf) -> FloatArray:
    """How high a thing is at points ``[N, 2]`` of the world; minus infinity beside it."""
    met = bearer.thing.met
    turn, at = math.radians(-bearer.pose.yaw), bearer.pose.at
    c, s = math.cos(turn), math.sin(turn)
    own = (points - np.array(at[:2])) @ np.array([[c, s], [-s, c]])
    corners = triangles(*packed(met.faces))
    found: FloatArray = heights(met.vertices, corners, own, below - at[2]) + at[2]
    return found


def peak(bearer: Placed, foot: FloatArray, below: float = np.inf) -> float:
    """The highest corner of a thing that is between some points of a foot ``[N, 2]``, which may all be beside it; minus
    infinity where there is none."""
    met = bearer.thing.met.vertices
    turn, at = math.radians(bearer.pose.yaw), np.array(bearer.pose.at)
    c, s = math.cos(turn), math.sin(turn)
    corners = met @ np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]]) + at
    beneath = ((corners[:, :2] >= foot.min(axis=0)) & (corners[:, :2] <= foot.max(axis=0))).all(axis=1)
    return float(corners[beneath & (corners[:, 2] <= below), 2].max(initial=-np.inf))


def in_order(standings: Sequence[Standing]) -> list[Standing]:
    """The things in an order in which each comes after those that it is related to. Raises LayoutError for relations
    that go in a circle."""
    left: Mapping[str, Standing] = {s.thing.name: s for s in standings}
    names, done, order = set(left), set[str](), list[Standing]()
    waiting = dict(left)
    behind = {name: _behind(name, standings) for name in names}
    while waiting:
        ready = [s for s in waiting.values() if not (set(s.needs) & names) - done]
        if not ready:
            raise LayoutError(f"these are placed by each other in a circle: {', '.join(waiting)}")
        standing = max(ready, key=lambda s: behind[s.thing.name])  # those that most hang on need the most room
        order.append(standing)
        done.add(standing.thing.name)
        del waiting[standing.thing.name]
    return order


def _behind(name: str, standings: Sequence[Standing]) -> int:
    """How many things are placed by a thing, or by one that is."""
    found, more = set[str](), {name}
    while more:
        more = {s.thing.name for s in standings if set(s.needs) & more} - found - {name}
        found |= more
    return len(found)
