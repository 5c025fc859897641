"""Contact intervals as columns: who touched whom, from when to when, how fast they met."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray
from ..trace import ContactColumns, Trace
from .spells import Ints, spells


@dataclass(frozen=True, eq=False)
class ContactRows:
    """K rows, one for each frame of each touch, sorted by pair and frame.

    ``touch`` numbers the touches in this order; ``a`` < ``b`` are columns of bodies; ``point`` and ``normal`` (from a
    to b) are of the deepest point. ``end`` is the touch's last frame.
    """

    touch: Ints
    frame: Ints
    end: Ints
    a: Ints
    b: Ints
    point: FloatArray
    normal: FloatArray

    def __len__(self) -> int:
        return len(self.frame)

    def pick(self, chosen: NDArray[np.bool_]) -> ContactRows:
        """The rows of some touches, numbered anew."""
        if chosen.all():
            return self
        touch = np.unique(self.touch[chosen], return_inverse=True)[1]
        return ContactRows(
            touch,
            self.frame[chosen],
            self.end[chosen],
            self.a[chosen],
            self.b[chosen],
            self.point[chosen],
            self.normal[chosen],
        )


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
    begin, finish = spells(pair, frame)
    touch = np.repeat(np.arange(len(begin)), finish - begin + 1)
    point, normal = contacts.point[order], contacts.normal[order]
    return ContactRows(touch, frame, frame[finish[touch]], pair // count, pair % count, point, normal)


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
