"""Gaps in contacts that are no separation.

The solvers of planar engines let go of bodies that rest on each other for one step now and then.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from .model import ContactColumns, TraceMeta

FINE = 50.0
"""From so many frames a second on, a gap of one frame is too short for bodies to have parted and met again."""


def without_gaps(contacts: ContactColumns, present: NDArray[np.bool_], meta: TraceMeta) -> ContactColumns:
    """The contacts of a run, and of a pair that does not touch at one frame alone those of the frame before once more,
    with no impulse. Runs that are not planar, or that are too coarse to tell, stay as they are.

    ``present`` ``[F, B]`` tells which bodies are there.
    """
    if not meta.planar or meta.fps < FINE:
        return contacts
    pair = contacts.a.astype(np.int64) * (int(contacts.b.max(initial=0)) + 1) + contacts.b
    key = pair * (len(present) + 2) + contacts.frame
    missing = ~np.isin(key + 1, key) & np.isin(key + 2, key)
    after = np.minimum(contacts.frame + 1, len(present) - 1)
    there = present[after, contacts.a] & present[after, contacts.b]
    added = np.flatnonzero(missing & there)
    if not len(added):
        return contacts
    rows = np.concatenate([np.arange(len(contacts)), added])
    columns = {f.name: getattr(contacts, f.name) for f in fields(contacts) if getattr(contacts, f.name) is not None}
    columns = {name: column[rows] for name, column in columns.items()}
    columns["frame"][len(contacts) :] += 1
    if "impulse" in columns:
        columns["impulse"][len(contacts) :] = 0.0
    order = np.lexsort((columns["b"], columns["a"], columns["frame"]))
    return ContactColumns(**{name: column[order] for name, column in columns.items()})
