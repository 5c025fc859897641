"""Bodies that nearly collide."""

from __future__ import annotations

import numpy as np

from ...geometry.contacts.shapes import excluded_pairs, parent_pairs
from ...geometry.poses import rotation_matrix
from ...geometry.separation import Placed, separation
from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Pattern, a_body, a_number
from ..observation import MOVING, Mask, Observation
from ..spells import Ints, runs

NEAR = 0.2
"""Greatest distance of a near collision, in length scales."""

CHUNK = 16
"""Frames whose boxes are joined to find the pairs that come near at all."""


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
    apart = near & ~touching
    asked = apart & (o.moving[:, a] | o.moving[:, b])
    distance = _distances(o, a, b, asked, apart)
    return [f for k in range(len(a)) for f in _passages(o, int(a[k]), int(b[k]), distance[:, k], touching[:, k])]


def _distances(o: Observation, a: Ints, b: Ints, asked: Mask, apart: Mask) -> FloatArray:
    """Distances ``[F, P]`` of pairs in m: worked out in the ``asked`` frames, kept in others while ``apart``, else
    infinite."""
    frame, pair = np.nonzero(asked)
    shapes, shape = o.shapes
    sides = [Placed(shapes, shape[c], o.position[frame, c], o.quaternion[frame, c]) for c in (a[pair], b[pair])]
    distance = np.full(asked.shape, np.inf)
    distance[frame, pair] = separation(*sides)
    last = np.maximum.accumulate(np.where(asked, np.arange(o.frames)[:, None], 0), axis=0)
    return np.asarray(np.where(apart, np.take_along_axis(distance, last, axis=0), np.inf))


def _passages(o: Observation, a: int, b: int, distance: FloatArray, touching: Mask) -> list[Finding]:
    """Near collisions of one pair, which must be apart and no contact before and after, and not go side by side."""
    found = []
    for _, first, last in zip(*runs((distance < NEAR * o.scales.length)[:, None]), strict=True):
        before, after = first - 1, last + 1
        if before < 0 or after >= o.frames or touching[before] or touching[after]:
            continue
        speeds = np.linalg.norm(o.velocity[[first, after], a] - o.velocity[[first, after], b], axis=1)
        if speeds.max() >= MOVING * o.scales.speed:
            least = first + int(np.argmin(distance[first:after]))
            found.append(_finding(o, a, b, least, float(distance[least])))
    return found


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
