"""Bodies that nearly collide."""

from __future__ import annotations

import numpy as np

from ...geometry.contacts.shapes import excluded_pairs, parent_pairs
from ...geometry.poses import rotation_matrix
from ...geometry.separation import ConvexShape, Placed, separation
from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Pattern
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
    moving = o.moving[:, a] | o.moving[:, b]
    found = []
    for k in np.flatnonzero((near & ~touching & moving).any(axis=0)):
        found += _passages(o, int(a[k]), int(b[k]), near[:, k] & ~touching[:, k], touching[:, k], limit)
    return found


def _passages(o: Observation, a: int, b: int, near: Mask, touching: Mask, limit: float) -> list[Finding]:
    """Near collisions of one pair; ``near`` ``[F]`` tells when the bodies' boxes are near and nothing touches."""
    _, starts, ends = runs(near[:, None])
    found = []
    for start, end in zip(starts, ends, strict=True):
        frames = np.arange(start, end + 1)
        shapes = [ConvexShape.of(o.object(o.bodies[j])) for j in (a, b)]
        placed = [
            Placed(s, o.position[frames, j], o.quaternion[frames, j]) for s, j in zip(shapes, (a, b), strict=True)
        ]
        distance = separation(*placed)
        for _, first, last in zip(*runs((distance < limit)[:, None]), strict=True):
            before, after = start + first - 1, start + last + 1
            if before < 0 or after >= o.frames or touching[before] or touching[after]:
                continue
            speeds = np.linalg.norm(o.velocity[[before + 1, after], a] - o.velocity[[before + 1, after], b], axis=1)
            if speeds.max() < MOVING * o.scales.speed:
                continue
            least = first + int(np.argmin(distance[first : last + 1]))
            found.append(_finding(o, a, b, int(frames[least]), float(distance[least])))
    return found


def _finding(o: Observation, a: int, b: int, frame: int, distance: float) -> Finding:
    faster, slower = (a, b) if o.speed[frame, a] >= o.speed[frame, b] else (b, a)
    name, other = o.bodies[faster], o.bodies[slower]
    text = f"{name} misses {other} by {distance:.2g} m."
    return finding(frame, text, object=name, other=other, distance=distance)


def _boxes(o: Observation) -> tuple[FloatArray, FloatArray]:
    """Corners ``[F, B, 3]`` of the bodies' boxes along the world's axes, in m; NaN where absent."""
    reach = np.einsum("fbij,bj->fbi", np.abs(rotation_matrix(o.quaternion)), o.extents / 2)
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
        parameters={"object": "the faster body", "other": "what it misses", "distance": "their least distance, m"},
        find=near_collision,
    ),
)
