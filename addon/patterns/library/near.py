"""Bodies that nearly collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...geometry.contacts.shapes import excluded_pairs, parent_pairs
from ...geometry.plane import Path, Piece, nearest, pieces_of
from ...geometry.poses import rotation_matrix
from ...geometry.separation import Placed, nearest_way
from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Pattern, a_body, a_number
from ..observation import MOVING, Mask, Observation
from ..spells import Ints, runs

NEAR = 0.2
"""Greatest distance of a near collision, in length scales."""

CHUNK = 16
"""Frames whose boxes are joined to find the pairs that come near at all."""


PAUSE = 2.0
"""The pair does not touch for this many time scales before and after."""

BLOCKED = 0.7
"""Least cosine between the ways from a body to another and to a third that it touches, where that one is between."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """P pairs of bodies over F frames: columns ``a`` and ``b`` ``[P]``, ``distance`` ``[F, P]`` in m, infinite where it
    was not worked out, the unit vector ``way`` ``[F, P, 3]`` from a to b, and ``touching`` ``[F, P]``."""

    a: Ints
    b: Ints
    distance: FloatArray
    way: FloatArray
    touching: Mask


def near_collision(o: Observation) -> list[Finding]:
    """Two bodies come near each other without touching, and part again."""
    limit = NEAR * o.scales.length
    low, high = _boxes(o)
    a, b = _candidates(o, low, high, limit)
    if not len(a):
        return []
    near = _apart(low, high, a, b) < limit
    near &= o.present[:, a] & o.present[:, b]
    touching = _touching(o, a, b)
    pairs = _distances(o, a, b, near & ~touching, touching)
    return [finding for k in range(len(a)) for finding in _passages(o, pairs, k)]


def _distances(o: Observation, a: Ints, b: Ints, apart: Mask, touching: Mask) -> Pairs:
    """The distances of pairs while ``apart``; they are worked out at its start and as long as one of the two moves."""
    begins = apart.copy()
    begins[1:] &= ~apart[:-1]
    asked = apart & (o.moving[:, a] | o.moving[:, b] | begins)
    frame, pair = np.nonzero(asked)
    distance, way = np.full(asked.shape, np.inf), np.zeros((*asked.shape, 3))
    distance[frame, pair], way[frame, pair] = _nearest(o, frame, pair, a, b)
    last = np.maximum.accumulate(np.where(asked, np.arange(o.frames)[:, None], 0), axis=0)
    held = np.take_along_axis(distance, last, axis=0)
    way = np.take_along_axis(way, last[:, :, None], axis=0)
    return Pairs(a, b, np.where(apart, held, np.inf), way, touching)


def _nearest(o: Observation, frame: Ints, pair: Ints, a: Ints, b: Ints) -> tuple[FloatArray, FloatArray]:
    """Distances ``[N]`` in m and ways ``[N, 3]`` of pairs in frames: those of planar bodies as they are, of others
    those of their convex hulls."""
    if not o.trace.meta.planar:
        shapes, shape = o.shapes
        sides = [Placed(shapes, shape[c], o.position[frame, c], o.quaternion[frame, c]) for c in (a[pair], b[pair])]
        return nearest_way(*sides)
    distance, way = np.zeros(len(frame)), np.zeros((len(frame), 3))
    for number in np.unique(pair):
        own = np.flatnonzero(pair == number)
        (one, path), (other, along) = (_planar(o, frame[own], int(column[number])) for column in (a, b))
        found = nearest(one, path, other, along)
        distance[own] = np.maximum(found.distance, 0.0)
        way[own[:, None], [0, 2]] = found.normal
    return distance, way


def _planar(o: Observation, frame: Ints, body: int) -> tuple[Sequence[Piece], Path]:
    """The pieces of a planar body and where they are."""
    turn = o.quaternion[frame, body]
    place = Path(o.position[frame, body][:, [0, 2]], -2.0 * np.arctan2(turn[:, 2], turn[:, 0]))
    return pieces_of(o.trace.scene.object(o.bodies[body])), place


def _passages(o: Observation, pairs: Pairs, k: int) -> list[Finding]:
    """Near collisions of one pair: it closes in, nothing is between, and it does not touch soon before or after."""
    found = []
    a, b, pause = int(pairs.a[k]), int(pairs.b[k]), o.steps(PAUSE)
    for _, first, last in zip(*runs((pairs.distance[:, k] < NEAR * o.scales.length)[:, None]), strict=True):
        before, after = first - 1, last + 1
        if before < 0 or after >= o.frames or pairs.touching[max(first - pause, 0) : after + pause, k].any():
            continue
        closing = (o.velocity[first, a] - o.velocity[first, b]) @ pairs.way[first, k]
        least = first + int(np.argmin(pairs.distance[first:after, k]))
        if closing > MOVING * o.scales.speed and not _blocked(o, a, b, first, last, pairs.way[least, k]):
            found.append(_finding(o, a, b, least, float(pairs.distance[least, k])))
    return found


def _blocked(o: Observation, a: int, b: int, first: int, last: int, way: FloatArray) -> bool:
    """Whether, meanwhile, one of two bodies touches a third on the side of the other."""
    c = o.contacts
    rows = np.flatnonzero((c.frame >= first) & (c.frame <= last))
    for body, other, towards in ((a, b, way), (b, a, -way)):
        ahead = c.normal[rows] @ towards
        side = np.where(c.a[rows] == body, ahead, np.where(c.b[rows] == body, -ahead, -1.0))
        if (side[(c.a[rows] != other) & (c.b[rows] != other)] > BLOCKED).any():
            return True
    return False


def _finding(o: Observation, a: int, b: int, frame: int, distance: float) -> Finding:
    faster, slower = (a, b) if o.speed[frame, a] >= o.speed[frame, b] else (b, a)
    name, other = o.bodies[faster], o.bodies[slower]
    text = f"{name} misses {other} by {o.unit.length(distance)}."
    return finding(frame, text, object=name, other=other, distance=distance)


def _boxes(o: Observation) -> tuple[FloatArray, FloatArray]:
    """Corners ``[F, B, 3]`` of the bodies' boxes along the world's axes, in m; NaN where absent."""
    half = o.extents / 2
    reach = np.tile(np.einsum("bij,bj->bi", np.abs(rotation_matrix(o.quaternion[0])), half), (o.frames, 1, 1))
    turning = np.flatnonzero((o.quaternion != o.quaternion[0]).any(axis=(0, 2)))
    turns = np.abs(rotation_matrix(o.quaternion[:, turning]))
    reach[:, turning] = np.einsum("fbij,bj->fbi", turns, half[turning])
    return o.position - reach, o.position + reach


def _candidates(o: Observation, low: FloatArray, high: FloatArray, limit: float) -> tuple[Ints, Ints]:
    """Columns of the pairs of which one can move, that could collide, and whose boxes come near at some time."""
    starts = np.arange(0, o.frames, CHUNK)
    least = np.fmin.reduceat(low, starts, axis=0) - limit
    most = np.fmax.reduceat(high, starts, axis=0)
    meet = np.zeros((len(o.bodies), len(o.bodies)), dtype=np.bool_)
    for bottom, top in zip(least, most, strict=True):
        close = np.ones_like(meet)
        for axis in range(3):
            close &= bottom[:, None, axis] < top[None, :, axis]
        meet |= close & close.T
    meet &= (o.movable[:, None] | o.movable[None, :]) & o.solid[:, None] & o.solid[None, :]
    column = {name: j for j, name in enumerate(o.bodies)}
    for first, second in excluded_pairs(o.trace.scene) | parent_pairs(o.trace.scene):
        if first in column and second in column:
            meet[column[first], column[second]] = meet[column[second], column[first]] = False
    a, b = np.nonzero(np.triu(meet, 1))
    return a, b


def _apart(low: FloatArray, high: FloatArray, a: Ints, b: Ints) -> FloatArray:
    """Distances ``[F, P]`` in m between the boxes of pairs."""
    total = np.zeros((len(low), len(a)))
    for axis in range(3):
        gap = np.maximum(low[:, a, axis] - high[:, b, axis], low[:, b, axis] - high[:, a, axis])
        total += np.square(np.maximum(gap, 0.0))
    return np.asarray(np.sqrt(total))


def _touching(o: Observation, a: Ints, b: Ints) -> Mask:
    """``[F, P]``: the pair touches."""
    number = np.full((len(o.bodies), len(o.bodies)), -1, dtype=np.int64)
    number[a, b] = np.arange(len(a))
    column = number[o.contacts.a, o.contacts.b]
    mask = np.zeros((o.frames, len(a)), dtype=np.bool_)
    mask[o.contacts.frame[column >= 0], column[column >= 0]] = True
    return mask


PATTERNS = (
    Pattern(
        uid="NearCollision",
        label="near collision",
        description="Two bodies come very near each other, but pass without touching.",
        phrase="{object} narrowly misses {other}",
        parameters={
            "object": a_body("the faster body"),
            "other": a_body("what it misses"),
            "distance": a_number("their least distance, m"),
        },
        find=near_collision,
    ),
)
