"""Built-in events from contact columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .model import ContactColumns, Event, Trace
from .storage import ROWS, spans

Interval = tuple[int, int]
"""First and last frame of a contact, both included."""


def contact_intervals(contacts: ContactColumns) -> dict[tuple[int, int], list[Interval]]:
    """For each pair of body columns (a < b), the runs of successive frames in which it touches, in order."""
    intervals: dict[tuple[int, int], list[Interval]] = {}
    columns = contacts.a, contacts.b, contacts.frame
    for span in spans(len(contacts), *columns, size=ROWS):
        for pair, runs in _intervals(*(column[span] for column in columns)).items():
            known = intervals.setdefault(pair, [])
            if known and runs[0][0] <= known[-1][1] + 1:
                runs[0] = known.pop()[0], runs[0][1]
            known += runs
    return dict(sorted(intervals.items()))


def _intervals(
    a: NDArray[np.int32], b: NDArray[np.int32], frame: NDArray[np.int32]
) -> dict[tuple[int, int], list[Interval]]:
    """The same of some rows."""
    order = np.lexsort((frame, b, a))
    a, b, frame = a[order], b[order], frame[order]
    same = (np.diff(a) == 0) & (np.diff(b) == 0) & (np.diff(frame) <= 1)
    first = np.concatenate([[True], ~same])[: len(a)]
    last = np.concatenate([~same, [True]])[-len(a) :] if len(a) else first
    columns = (a[first], b[first], frame[first], frame[last])
    intervals: dict[tuple[int, int], list[Interval]] = {}
    for i, j, start, end in zip(*(column.tolist() for column in columns), strict=True):
        intervals.setdefault((i, j), []).append((start, end))
    return intervals


def collision_events(trace: Trace) -> list[Event]:
    """CollisionStart at the first and CollisionEnd after the last frame of each contact, in order of frames.

    A contact that lasts to the end of the trace has no end. ``normal_speed`` is the speed (m/s) at which the two
    origins approached each other along the contact normal over the step before, 0 at frame 0.
    """
    last_frame = len(trace.position) - 1
    events: list[Event] = []
    for (a, b), runs in contact_intervals(trace.contacts).items():
        ids: dict[str, object] = {"a_id": trace.bodies[a], "b_id": trace.bodies[b]}
        for start, end in runs:
            events.append(
                _event(
                    trace, "CollisionStart", start, ids | _impact(trace, _row(trace.contacts, start, a, b), start, a, b)
                )
            )
            if end < last_frame:
                events.append(_event(trace, "CollisionEnd", end + 1, ids))
    return sorted(events, key=lambda e: (e.frame, e.uid, e.parameters["a_id"], e.parameters["b_id"]))


def _row(contacts: ContactColumns, frame: int, a: int, b: int) -> int:
    """The first row of a pair at a frame at which it touches; rows are in order of frames, then of pairs."""
    low, high = np.searchsorted(contacts.frame, [frame, frame + 1]).tolist()
    return int(low) + int(np.argmax((contacts.a[low:high] == a) & (contacts.b[low:high] == b)))


def _impact(trace: Trace, row: int, frame: int, a: int, b: int) -> dict[str, object]:
    normal = trace.contacts.normal[row]
    speed = 0.0
    if frame > 0:
        before = max(frame - 1, 1)
        relative = trace.velocity[before, a] - trace.velocity[before, b]
        speed = float(np.nan_to_num(relative @ normal))
    return {
        "point": [float(x) for x in trace.contacts.point[row]],
        "normal": [float(x) for x in normal],
        "normal_speed": max(speed, 0.0),
    }


def _event(trace: Trace, uid: str, frame: int, parameters: dict[str, object]) -> Event:
    return Event(uid=uid, frame=frame, time=frame / trace.meta.fps, parameters=parameters)
