"""Contact intervals as columns: who touched whom, from when to when, how fast they met."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray
from ..trace import ContactColumns, Trace
from .spells import Ints, couples, spells

SAME_SIDE = 0.5
"""Least cosine between the normals before and after a break of one contact."""

UPWARD = 0.5
"""Least upward part of the unit normal at which one body is above another: the cosine of 60 degrees."""

SAME_PLACE, SAME_NORMAL = 0.1, 0.99
"""Greatest distance of the contact points of a plate and what it covers, in length scales, and least cosine between
their normals."""

MEASURED = ("point", "normal", "gap")
"""What the rows of a contact tell besides who touches and when."""

COVER = 0.005
"""How much nearer the plate is at least, in length scales."""


@dataclass(frozen=True, eq=False)
class ContactRows:
    """K rows, one for each frame of each touch, sorted by pair and frame.

    ``touch`` numbers the touches in this order; ``a`` < ``b`` are columns of bodies; ``point``, ``normal`` (from a to
    b) and ``gap`` (m, negative for an overlap) are of the deepest point. ``end`` is the touch's last frame.
    """

    touch: Ints
    frame: Ints
    end: Ints
    a: Ints
    b: Ints
    point: FloatArray
    normal: FloatArray
    gap: FloatArray

    def __len__(self) -> int:
        return len(self.frame)

    @classmethod
    def of(cls, a: Ints, b: Ints, frame: Ints, point: FloatArray, normal: FloatArray, gap: FloatArray) -> ContactRows:
        """Rows sorted by pair and frame, with their touches."""
        begin, finish = spells(a * (int(b.max(initial=0)) + 1) + b, frame)
        touch = np.repeat(np.arange(len(begin)), finish - begin + 1)
        return cls(touch, frame, frame[finish[touch]], a, b, point, normal, gap)

    def pick(self, chosen: NDArray[np.bool_]) -> ContactRows:
        """Some of the rows, with their touches."""
        if chosen.all():
            return self
        a, b, frame = self.a[chosen], self.b[chosen], self.frame[chosen]
        return ContactRows.of(a, b, frame, self.point[chosen], self.normal[chosen], self.gap[chosen])

    def between(self, row: Ints, share: FloatArray) -> ContactRows:
        """What would be between rows ``[N]`` and the ones after them, at shares ``[N]`` of the way."""

        def blend(column: FloatArray) -> FloatArray:
            weight = share.reshape(-1, *[1] * (column.ndim - 1))
            return np.asarray(column[row] * (1.0 - weight) + column[row + 1] * weight)

        frame = np.rint(blend(self.frame.astype(np.float64))).astype(np.int64)
        normal = blend(self.normal)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        return ContactRows.of(self.a[row], self.b[row], frame, blend(self.point), normal, blend(self.gap))

    def joined(self, *others: ContactRows) -> ContactRows:
        """These rows and others."""
        every = (self, *others)
        a, b, frame = (np.concatenate([getattr(rows, name) for rows in every]) for name in ("a", "b", "frame"))
        point, normal, gap = (np.concatenate([getattr(rows, name) for rows in every]) for name in MEASURED)
        order = np.lexsort((frame, b, a))
        return ContactRows.of(a[order], b[order], frame[order], point[order], normal[order], gap[order])


@dataclass(frozen=True, eq=False)
class Touches:
    """N contact intervals in order of their first frame, as `contact_intervals` gives them pair by pair.

    ``start`` and ``end`` are the first and last frame; a touch from frame 0 was there before the run. ``point`` and
    ``normal`` (from a to b) are of its first frame, and ``speed`` (m/s, at least 0) is how fast the two met there,
    along the normal in the step before.
    """

    a: Ints
    b: Ints
    start: Ints
    end: Ints
    point: FloatArray
    normal: FloatArray
    speed: FloatArray

    def __len__(self) -> int:
        return len(self.start)

    def between(self, first: int, second: int) -> Ints:
        """Numbers of the touches of two bodies, in order."""
        return np.flatnonzero((self.a == min(first, second)) & (self.b == max(first, second)))

    def of(self, body: int) -> Ints:
        """Numbers of the touches of a body, in order."""
        return np.flatnonzero((self.a == body) | (self.b == body))

    def partner(self, touch: int, body: int) -> int:
        """The other body of a touch."""
        return int(self.b[touch] if self.a[touch] == body else self.a[touch])


def contact_rows(contacts: ContactColumns) -> ContactRows:
    """The deepest contact of each pair in each frame, and which touch it belongs to."""
    count = int(max(contacts.a.max(initial=0), contacts.b.max(initial=0))) + 1
    pair = contacts.a.astype(np.int64) * count + contacts.b
    frame = contacts.frame.astype(np.int64)
    order = np.lexsort((contacts.distance, frame, pair))
    pair, frame = pair[order], frame[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (pair[1:] != pair[:-1]) | (frame[1:] != frame[:-1])
    order, pair, frame = order[first], pair[first], frame[first]
    point, normal, gap = contacts.point[order], contacts.normal[order], contacts.distance[order]
    return ContactRows.of(pair // count, pair % count, frame, point, normal, gap)


def uncovered(rows: ContactRows, bodies: NDArray[np.bool_], length: float) -> ContactRows:
    """The rows without those of a surface that a thin plate covers, which a body on the plate is near to but does not
    touch: at the same place and from the same side, the plate is nearer. ``bodies`` ``[B]`` are those that can be on
    a plate, ``length`` is the length scale in m."""
    own = [np.flatnonzero(bodies[column]) for column in (rows.a, rows.b)]
    row = np.concatenate(own)
    body = np.concatenate([rows.a[own[0]], rows.b[own[1]]])
    normal = np.concatenate([-rows.normal[own[0]], rows.normal[own[1]]])
    order = np.lexsort((row, rows.frame[row], body))
    row, body, normal = row[order], body[order], normal[order]
    i, k = couples(body, rows.frame[row])
    same = np.square(rows.point[row[i]] - rows.point[row[k]]).sum(axis=1) < (SAME_PLACE * length) ** 2
    same &= np.einsum("ni,ni->n", normal[i], normal[k]) > SAME_NORMAL
    one, other = row[i[same]], row[k[same]]
    deeper = rows.gap[one] - rows.gap[other]
    kept = np.ones(len(rows), dtype=np.bool_)
    kept[one[deeper > COVER * length]] = False
    kept[other[deeper < -COVER * length]] = False
    return rows.pick(kept)


@dataclass(frozen=True, eq=False)
class Break:
    """What a break of a contact that goes on is at most: it lasts ``longest`` frames, the surfaces get ``height`` (m)
    apart, and one of the two flies for ``hop`` frames where one is above the other, with ``up`` ``[3]``, and for
    ``fall`` frames where they are side by side; ``flying`` ``[F, B]`` tells where gravity alone moves a body."""

    longest: int
    height: float
    hop: int
    fall: int
    up: FloatArray
    flying: NDArray[np.bool_]


def debounced(trace: Trace, rows: ContactRows, allowed: Break) -> ContactRows:
    """The rows without breaks in which a pair hardly parts.

    A break that is ``allowed`` is filled, with points and normals between those before and after it: the two do not
    jump off each other, nor does one fly past the other, but they jitter, rock, or touch within the engine's margin
    now and then. The same holds before a touch from frame 1 on, for an engine that tells what it found before a step
    has nothing to tell of frame 0.
    """
    before = np.flatnonzero(
        (np.diff(rows.touch) != 0)
        & (np.diff(rows.a) == 0)
        & (np.diff(rows.b) == 0)
        & (np.diff(rows.frame) <= allowed.longest + 1)
        & (np.einsum("ni,ni->n", rows.normal[1:], rows.normal[:-1]) > SAME_SIDE)
    )
    early = _from_the_start(trace, rows, allowed.height)
    if not len(before):
        return rows.joined(early)
    steps = rows.frame[before + 1] - rows.frame[before]
    begin = np.cumsum(steps) - steps
    offset = np.arange(steps.sum()) - np.repeat(begin, steps) + 1
    way = rows.between(np.repeat(before, steps), offset / np.repeat(steps, steps))
    parting = _parting(trace, way.frame, way)
    rise = np.cumsum(parting)
    top = np.maximum.reduceat(rise, begin) - (rise - parting)[begin]
    there = np.logical_and.reduceat(trace.present[way.frame, way.a] & trace.present[way.frame, way.b], begin)
    flies = allowed.flying[way.frame, way.a] | allowed.flying[way.frame, way.b]
    flights = np.add.reduceat(flies, begin, dtype=np.int64)
    above = np.minimum(*(np.abs(rows.normal[end] @ allowed.up) for end in (before, before + 1))) > UPWARD
    goes_on = (top < allowed.height) & there & (flights <= np.where(above, allowed.hop, allowed.fall))
    filled = np.repeat(goes_on, steps) & (offset < np.repeat(steps, steps))
    return rows.joined(way.pick(filled), early)


def _from_the_start(trace: Trace, rows: ContactRows, height: float) -> ContactRows:
    """Rows of frame 0 for touches from frame 1 on of bodies that hardly came nearer in the first step."""
    first = rows.pick((rows.frame == 1) & (np.diff(rows.touch, prepend=-1) != 0))
    nearer = np.minimum(*(_parting(trace, np.full(len(first), frame), first) for frame in (0, 1)))
    chosen = first.pick(trace.present[0, first.a] & trace.present[0, first.b] & (nearer > -height))
    return replace(chosen, frame=chosen.frame - 1, end=chosen.end - 1)


def _parting(trace: Trace, frame: Ints, rows: ContactRows) -> FloatArray:
    """How much farther apart the surfaces of rows ``[N]`` got along the normal in the step before frames, in m."""
    one, other = (point_velocity(trace, frame, body, rows.point) for body in (rows.a, rows.b))
    return np.asarray(np.einsum("ni,ni->n", other - one, rows.normal) / trace.meta.fps)


def find_touches(trace: Trace, rows: ContactRows) -> Touches:
    """The touches that the rows are frames of."""
    begins = np.flatnonzero(np.diff(rows.touch, prepend=-1))
    row = begins[np.lexsort((rows.b[begins], rows.a[begins], rows.frame[begins]))]
    a, b, start, point, normal = rows.a[row], rows.b[row], rows.frame[row], rows.point[row], rows.normal[row]
    before = np.minimum(np.maximum(start - 1, 1), len(trace.position) - 1)
    relative = point_velocity(trace, before, a, point) - point_velocity(trace, before, b, point)
    speed = np.where(start > 0, np.maximum(np.einsum("ni,ni->n", relative, normal), 0.0), 0.0)
    return Touches(a, b, start, rows.end[row], point, normal, speed)


def point_velocity(trace: Trace, frame: Ints, body: Ints, point: FloatArray) -> FloatArray:
    """Velocities ``[N, 3]`` in m/s of the matter of bodies ``[N]`` at world points ``[N, 3]`` in frames ``[N]``; 0
    where a body is absent."""
    arm = point - trace.position[frame, body]
    turning = np.cross(trace.angular_velocity[frame, body], arm)
    return np.nan_to_num(trace.velocity[frame, body] + turning)
