"""Traces of long runs, written in chunks of frames, so that memory need not hold them.

``trace.chunks/`` holds a file for each chunk, named by its first frame, with the arrays of a `Trace` over its frames;
frames of contacts are those of the run. ``trace.json`` comes last and says where each chunk begins.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ..scene_graph.files import write_model
from .errors import TraceError
from .files import ARRAYS, CHUNKS, IMPULSE, KNOWN, OPTIONAL, RECORD, VERTICES, Record, save_arrays
from .model import Event, TraceMeta


class Chunks(BaseModel):
    """How a trace lies in chunks: the ``first`` frame of each, the names of the trace's ``arrays``, and whose poses the
    columns of ``placed_…`` are; the trace has some of them."""

    model_config = ConfigDict(frozen=True)

    first: tuple[int, ...]
    arrays: tuple[str, ...]
    placed: tuple[str, ...] = ()


class ChunkedRecord(Record):
    """What ``trace.json`` holds of a trace in chunks."""

    chunks: Chunks


def chunk_path(folder: Path, first: int) -> Path:
    """The file of the chunk that begins at a frame."""
    return folder / CHUNKS / f"{first:09d}.npz"


class TraceWriter:
    """Writes a trace chunk by chunk. Until `finish` there is no trace in the folder, and what was one is gone.

    ``bodies`` are those of all chunks; ``placed`` are the things without a mesh whose poses the chunks have, and
    ``deformed`` what physics deforms, whose vertices are not kept.
    """

    def __init__(
        self, folder: Path, bodies: Sequence[str], placed: Sequence[str] = (), deformed: Sequence[str] = ()
    ) -> None:
        self._folder = folder
        self._bodies, self._placed, self._deformed = tuple(bodies), tuple(placed), tuple(deformed)
        self._first: list[int] = []
        self._names: set[str] = set()
        self._without_impulse = False
        for name in (RECORD, ARRAYS, VERTICES):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / CHUNKS, ignore_errors=True)
        (folder / CHUNKS).mkdir(parents=True)
        self.frames = 0

    def add(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write the next frames, as `Trace.arrays` gives them, but for ``contact_frame``, which counts from the run's
        beginning. ``force`` may be left out where there is none, ``contact_impulse`` where there is no contact.

        Raises TraceError for other arrays than those of the chunk before, or of other frames.
        """
        if unknown := arrays.keys() - KNOWN:
            raise TraceError(f"a trace has no array {', '.join(sorted(unknown))}")
        count, contacts = len(arrays["present"]), arrays["contact_frame"]
        missing = self._names - OPTIONAL - arrays.keys() or (
            arrays.keys() - OPTIONAL - self._names if self._first else ()
        )
        if missing:
            raise TraceError(f"chunks of one trace have the same arrays; not all have {', '.join(sorted(missing))}")
        for name, array in arrays.items():
            of_contacts = name.startswith("contact_")
            if len(array) != (len(contacts) if of_contacts else count):
                raise TraceError(
                    f"'{name}' has {len(array)} rows in a chunk of {count} frames, {len(contacts)} contacts"
                )
            columns = self._placed if name.startswith("placed_") else self._bodies
            if not of_contacts and not name.startswith("deformed_") and array.shape[1] != len(columns):
                raise TraceError(f"'{name}' has {array.shape[1]} columns; the trace has {len(columns)}")
        if len(contacts) and not self.frames <= contacts.min() <= contacts.max() < self.frames + count:
            told = f"{contacts.min()} to {contacts.max()}"
            raise TraceError(f"contacts at the frames {told} in a chunk of {self.frames} to {self.frames + count - 1}")
        if not count:
            return
        save_arrays(chunk_path(self._folder, self.frames), arrays)
        self._first.append(self.frames)
        self._names |= arrays.keys()
        self._without_impulse |= len(contacts) > 0 and IMPULSE not in arrays
        self.frames += count

    def finish(self, meta: TraceMeta, events: list[Event], placed: Sequence[str] = ()) -> None:
        """Make the chunks a trace, with the poses of the things without a mesh that are named here.

        Raises TraceError if ``meta`` tells of other frames than were written.
        """
        if meta.steps + 1 != self.frames:
            raise TraceError(f"{self.frames} frames were written, but the trace's meta speaks of {meta.steps} steps")
        left_out = {IMPULSE} if self._without_impulse else set()
        left_out |= {name for name in self._names if name.startswith("placed_")} if not placed else set()
        record = ChunkedRecord(
            meta=meta,
            bodies=self._bodies,
            placed=tuple(placed),
            deformed=self._deformed,
            events=events,
            chunks=Chunks(first=tuple(self._first), arrays=tuple(sorted(self._names - left_out)), placed=self._placed),
        )
        write_model(self._folder / RECORD, record, meta.scene)
