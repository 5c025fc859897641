"""What was read of a picture held against the true scene graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import SceneGraph, SceneObject, world_bounds
from .classes import CLASSES

REACH, NEAR = 0.5, 0.3
"""A reading may be of a thing whose middle is at most so many of the thing's sizes, or metres, away."""

UNLIKE = 0.5
"""What a wrong class counts in a pairing, in sizes of the thing."""

Box = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Pair:
    """A thing and what was read of it; ``away`` and ``misfit`` are how far its middle and its box's sides are off, in
    the thing's largest side. A class that pictures cannot have counts as right."""

    name: str
    read: str
    kind: str
    is_right_class: bool
    away: float
    misfit: float


@dataclass(frozen=True)
class Comparison:
    """``missing`` things were not read, be it that others hide them; ``invented`` readings are of nothing."""

    pairs: tuple[Pair, ...]
    missing: tuple[str, ...]
    invented: tuple[str, ...]

    @property
    def away(self) -> float | None:
        """The median distance between read and true middles, in sizes; None where nothing was found."""
        return median(pair.away for pair in self.pairs) if self.pairs else None

    @property
    def misread(self) -> tuple[Pair, ...]:
        """Things that were taken for something else."""
        return tuple(pair for pair in self.pairs if not pair.is_right_class)


def compared(read: SceneGraph, true: SceneGraph) -> Comparison:
    """Pair each thing of the true graph that can be seen with one of the read one; the nearest pair comes first.

    Things are compared by the boxes around them along the world's axes, since meshes have no dimensions of their own.
    """
    things, found = _seen(true), _seen(read)
    boxes = {one.name: world_bounds(one) for one in things}
    readings = {one.name: world_bounds(one) for one in found}
    costs = sorted(
        (cost, thing.name, one.name)
        for thing in things
        for one in found
        if (cost := _cost(thing, one, boxes[thing.name], readings[one.name])) is not None
    )
    of: dict[str, str] = {}
    for _, thing_name, name in costs:
        if thing_name not in of and name not in of.values():
            of[thing_name] = name
    by_name = {one.name: one for one in found}
    pairs = tuple(
        _pair(one, by_name[of[one.name]], boxes[one.name], readings[of[one.name]]) for one in things if one.name in of
    )
    missing = tuple(one.name for one in things if one.name not in of)
    return Comparison(pairs, missing, tuple(_free(by_name, of)))


def _free(found: Mapping[str, SceneObject], of: Mapping[str, str]) -> list[str]:
    used = set(of.values())
    return [name for name in found if name not in used]


def is_seen(one: SceneObject) -> bool:
    """Whether pictures show an object, if nothing stands before it."""
    return one.geometry is not None and not one.hidden and not one.hide_render


def _seen(graph: SceneGraph) -> list[SceneObject]:
    return [one for one in graph.objects if is_seen(one)]


def _cost(thing: SceneObject, one: SceneObject, box: Box, reading: Box) -> float | None:
    """How unlike they are, None for what cannot be of each other."""
    size, distance = _size(box), _distance(box, reading)
    if distance > max(REACH * size, NEAR):
        return None
    return distance / size + UNLIKE * (not _is_right(thing, one))


def _pair(thing: SceneObject, one: SceneObject, box: Box, reading: Box) -> Pair:
    size = _size(box)
    misfit = float(np.abs((box[1] - box[0]) - (reading[1] - reading[0])).max()) / size
    right = _is_right(thing, one)
    return Pair(thing.name, one.name, one.semantic_class, right, _distance(box, reading) / size, misfit)


def _is_right(thing: SceneObject, one: SceneObject) -> bool:
    return thing.semantic_class not in CLASSES or thing.semantic_class == one.semantic_class


def _size(box: Box) -> float:
    return max(float((box[1] - box[0]).max()), 1e-6)


def _distance(box: Box, reading: Box) -> float:
    return float(np.linalg.norm((box[0] + box[1] - reading[0] - reading[1]) / 2))
