"""Gaps in contacts that are no separation.

The solvers of planar engines let go of bodies that rest on each other for one step now and then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from .model import ContactColumns, TraceMeta
from .storage import Appended, Array, spans

FINE = 50.0
"""From so many frames a second on, a gap of one frame is too short for bodies to have parted and met again."""


def without_gaps(contacts: ContactColumns, present: NDArray[np.bool_], meta: TraceMeta) -> ContactColumns:
    """The contacts of a run, and of a pair that does not touch at one frame alone those of the frame before once more,
    with no impulse. Runs that are not planar, or that are too coarse to tell, stay as they are.

    ``present`` ``[F, B]`` tells which bodies are there.
    """
    if not meta.planar or meta.fps < FINE:
        return contacts
    added = np.concatenate(list(_added(contacts, present)))
    if not len(added):
        return contacts
    columns = {f.name: getattr(contacts, f.name) for f in fields(contacts) if getattr(contacts, f.name) is not None}
    filled = {name: Appended(column.dtype, column.shape[1:]) for name, column in columns.items()}
    ends = contacts.frame[added] + 1
    for span in spans(len(present), *columns.values()):
        start, end = np.searchsorted(contacts.frame, [span.start, span.stop])
        rows = np.concatenate([np.arange(start, end), added[(ends >= span.start) & (ends < span.stop)]])
        for name, column in _with_repeated(columns, rows, int(end - start)).items():
            filled[name].add(column)
    return ContactColumns(**{name: column.array() for name, column in filled.items()})


def _added(contacts: ContactColumns, present: NDArray[np.bool_]) -> Iterator[NDArray[np.intp]]:
    """The rows after which one frame is missing, in order."""
    for span in spans(len(present), contacts.frame, contacts.a, contacts.b):
        start, end, last = np.searchsorted(contacts.frame, [span.start, span.stop, span.stop + 2])
        frame, a, b = contacts.frame[start:last], contacts.a[start:last], contacts.b[start:last]
        pair = a.astype(np.int64) * (int(b.max(initial=0)) + 1) + b
        key = pair * (len(present) + 2) + frame
        missing = ~np.isin(key + 1, key) & np.isin(key + 2, key)
        after = np.minimum(frame + 1, len(present) - 1)
        there = present[after, a] & present[after, b]
        found = np.flatnonzero(missing & there)
        yield start + found[found < end - start]


def _with_repeated(columns: Mapping[str, Array], rows: NDArray[np.intp], count: int) -> dict[str, Array]:
    """These rows, those behind the first ``count`` for the frame after theirs, in order of frames and pairs."""
    chosen = {name: column[rows] for name, column in columns.items()}
    chosen["frame"][count:] += 1
    if "impulse" in chosen:
        chosen["impulse"][count:] = 0.0
    order = np.lexsort((chosen["b"], chosen["a"], chosen["frame"]))
    return {name: column[order] for name, column in chosen.items()}
