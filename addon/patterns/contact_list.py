"""The contact intervals of a trace with what happened at their start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene_graph import FloatArray
from ..trace import Trace
from .touches import Touches, contact_rows, find_touches, point_velocity

BEFORE, AFTER = 1, 2
"""Frames before and after the first one of a contact between which velocities change by its impact alone, as far as
nothing else touches: velocities are means over the step before a frame."""


@dataclass(frozen=True)
class ContactInterval:
    """Bodies ``a`` and ``b`` touch from frame ``start`` to ``end``, both included.

    ``point`` (m) and unit ``normal`` (from a to b) are of the first frame, ``depth`` (m) is the greatest overlap of the
    interval. ``normal_speed`` and ``tangential_speed`` (m/s) are how fast the matter at the point met and slipped
    before. ``impulse`` (N s) is estimated from the jump of the momentum of one of the two along the normal: the one
    with fewer other contacts, the lighter one if that is the same. Speeds and impulse are None for what touched from
    the first frame on, the impulse also where neither body is moved by forces.
    """

    a: str
    b: str
    start: int
    end: int
    point: tuple[float, float, float]
    normal: tuple[float, float, float]
    depth: float
    normal_speed: float | None
    tangential_speed: float | None
    impulse: float | None


def contact_list(trace: Trace) -> list[ContactInterval]:
    """All intervals, in order of pairs of bodies, then frames."""
    rows = contact_rows(trace.contacts)
    touches = find_touches(trace, rows)
    deepest = _depths(trace)
    masses = trace.masses
    found = []
    for i in np.lexsort((touches.start, touches.b, touches.a)):
        a, b, start, end = (int(column[i]) for column in (touches.a, touches.b, touches.start, touches.end))
        began = start > 0
        found.append(
            ContactInterval(
                a=trace.bodies[a],
                b=trace.bodies[b],
                start=start,
                end=end,
                point=_triple(touches.point[i]),
                normal=_triple(touches.normal[i]),
                depth=max(0.0, *(-deepest[f, a, b] for f in range(start, end + 1))),
                normal_speed=float(touches.speed[i]) if began else None,
                tangential_speed=_slip(trace, touches, i) if began else None,
                impulse=_impulse(trace, touches, i, masses) if began else None,
            )
        )
    return found


def _depths(trace: Trace) -> dict[tuple[int, int, int], float]:
    """The least distance in m by frame and pair."""
    columns = trace.contacts
    least: dict[tuple[int, int, int], float] = {}
    for f, a, b, d in zip(*(c.tolist() for c in (columns.frame, columns.a, columns.b, columns.distance)), strict=True):
        least[f, a, b] = min(d, least.get((f, a, b), np.inf))
    return least


def _triple(vector: FloatArray) -> tuple[float, float, float]:
    x, y, z = vector.tolist()
    return x, y, z


def _slip(trace: Trace, touches: Touches, i: int) -> float:
    """Speed in m/s across the normal at which the two surfaces moved against each other in the step before."""
    frame = np.maximum(touches.start[i : i + 1] - 1, 1)
    point, normal = touches.point[i : i + 1], touches.normal[i]
    a, b = (point_velocity(trace, frame, body[i : i + 1], point)[0] for body in (touches.a, touches.b))
    return float(np.linalg.norm((a - b) - (a - b) @ normal * normal))


def _impulse(trace: Trace, touches: Touches, i: int, masses: FloatArray) -> float | None:
    pair = [int(touches.a[i]), int(touches.b[i])]
    candidates = [body for body in pair if masses[body] > 0]
    if not candidates:
        return None
    first = max(int(touches.start[i]) - BEFORE, 1)
    last = min(int(touches.start[i]) + AFTER, len(trace.position) - 1)

    def others(body: int) -> int:
        own = touches.of(body)
        return int(np.sum((touches.start[own] <= last) & (touches.end[own] >= first)))

    body = min(candidates, key=lambda c: (others(c), masses[c]))
    fallen = np.array(trace.scene.world.gravity) * (last - first) / trace.meta.fps
    jump = np.nan_to_num(trace.velocity[last, body] - trace.velocity[first, body]) - fallen
    away = touches.normal[i] if body == pair[1] else -touches.normal[i]
    return max(float(masses[body] * (jump @ away)), 0.0)
