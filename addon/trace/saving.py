"""Traces written to disk: in one piece, or in chunks where they do not lie in memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from ..scene_graph.files import write_model
from .chunks import TraceWriter
from .files import ARRAYS, CHUNKS, RECORD, VERTICES, Record, save_arrays
from .model import Trace
from .storage import pages_of, spans

CHUNK = 2**24
"""Bytes of a trace that are written as one chunk, about."""


def save_trace(trace: Trace, folder: Path) -> None:
    """Write a trace; a file is written under a temporary name first, and nothing is left behind on failure.

    A trace of which arrays lie on disk is written in chunks: see `chunks`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(pages_of(array) is not None for array in trace.arrays().values()):
        _save_chunks(trace, folder)
        _save_vertices(trace, folder)
        return
    save_arrays(folder / ARRAYS, trace.arrays())
    _save_vertices(trace, folder)
    shutil.rmtree(folder / CHUNKS, ignore_errors=True)
    placed, deformed = _others(trace)
    record = Record(meta=trace.meta, bodies=trace.bodies, placed=placed, deformed=deformed, events=trace.events)
    write_model(folder / RECORD, record, trace.scene)


def _others(trace: Trace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what has no mesh and moved, and of what is deformed."""
    placed = trace.placed.names if trace.placed is not None else ()
    return placed, trace.deformed.names if trace.deformed is not None else ()


def _save_vertices(trace: Trace, folder: Path) -> None:
    if trace.deformed is not None and trace.deformed.vertices:
        save_arrays(folder / VERTICES, trace.deformed.vertices)
    else:
        (folder / VERTICES).unlink(missing_ok=True)


def _save_chunks(trace: Trace, folder: Path) -> None:
    arrays, count = trace.arrays(), len(trace.present)
    placed, deformed = _others(trace)
    size = max(1, CHUNK * count // sum(array.nbytes for array in arrays.values()))
    writer = TraceWriter(folder, trace.bodies, placed, deformed)
    try:
        for span in spans(count, *arrays.values(), size=size):
            start, end = np.searchsorted(trace.contacts.frame, [span.start, span.stop])
            rows = slice(int(start), int(end))
            writer.add({name: array[rows if name.startswith("contact_") else span] for name, array in arrays.items()})
        writer.finish(trace.meta, trace.events, placed)
    except BaseException:
        shutil.rmtree(folder / CHUNKS, ignore_errors=True)
        raise
