"""Traces read from disk, whole or a few frames of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..scene_graph import first_problem
from .chunks import Chunks, chunk_path
from .errors import TraceError
from .files import (
    ARRAYS,
    KNOWN,
    OPTIONAL,
    RECORD,
    Record,
    array_names,
    assembled,
    read_arrays,
    read_record,
    read_vertices,
)
from .model import Event, Trace, TraceMeta, hash_of
from .storage import Appended, Array


def load_trace(folder: Path) -> Trace:
    """Read a trace. Raises TraceError if a file is missing, broken, of another version or does not fit the other, and
    for what no run can have; see `problems`."""
    return TraceFile(folder).frames()


@dataclass(frozen=True)
class _Piece:
    """A file with the arrays of frames from ``first`` up to, and without, ``stop``; ``start`` to ``end`` are meant."""

    path: Path
    first: int
    stop: int
    start: int
    end: int

    def read(self, names: Set[str]) -> dict[str, Array]:
        """The arrays of these names that the file has, the rows of the frames that are meant."""
        if (self.first, self.stop) == (self.start, self.end):
            return read_arrays(self.path, names)
        arrays = read_arrays(self.path, names | {"contact_frame"})
        frame = np.atleast_1d(arrays.get("contact_frame", np.zeros(0, dtype=np.int32)))
        rows = (frame >= self.start) & (frame < self.end)
        frames = slice(self.start - self.first, self.end - self.first)
        return {
            name: array[rows if name.startswith("contact_") and len(array) == len(rows) else frames]
            if array.ndim
            else array
            for name, array in arrays.items()
            if name in names
        }


class TraceFile:
    """A trace on disk, in one piece or in chunks, of which as much is read as is asked for.

    Raises TraceError as `load_trace` does, for arrays when they are read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._record, data = read_record(folder)
        self._chunks = _chunks(folder, self._record, data) if "chunks" in data else None

    @property
    def meta(self) -> TraceMeta:
        """What the whole run was."""
        return self._record.meta

    @property
    def bodies(self) -> tuple[str, ...]:
        """The names of the trace's columns."""
        return self._record.bodies

    @property
    def events(self) -> list[Event]:
        """All events of the run."""
        return self._record.events

    def __len__(self) -> int:
        return self.meta.steps + 1

    def frames(self, first: int = 0, end: int | None = None) -> Trace:
        """The frames from ``first`` up to, and without, ``end`` as a trace of their own: its frame k is the run's
        ``first + k``, in contacts and events too. Without numbers it is the whole trace.

        Raises IndexError for frames that there are not, or none.
        """
        end = len(self) if end is None else end
        if not 0 <= first < end <= len(self):
            raise IndexError(f"frames {first} to {end} are asked for; the trace has the frames 0 to {len(self) - 1}")
        pieces = self._pieces(first, end)
        names = self._names(pieces)
        arrays = self._read(pieces[0], names) if len(pieces) == 1 else self._joined(pieces, names)
        vertices = {name: array[first:end] for name, array in read_vertices(self.folder).items()}
        where = self.folder / ARRAYS if self._chunks is None else pieces[0].path
        if (first, end) == (0, len(self)):
            return assembled(self._record, arrays, vertices, where)
        if "contact_frame" not in arrays:
            raise TraceError(f"{where}: the array 'contact_frame' is missing")
        arrays["contact_frame"] = arrays["contact_frame"] - np.int32(first)
        return assembled(_part(self._record, first, end), arrays, vertices, where)

    def sha256(self) -> str:
        """The hash of the whole trace, as `Trace.sha256`, made with a chunk at a time in memory."""
        record, pieces = self._record, self._pieces(0, len(self))
        arrays = ((name, self._shape(name, pieces), self._blocks(name, pieces)) for name in sorted(self._names(pieces)))
        return hash_of(record.meta, record.events, record.placed, record.deformed, arrays)

    def _pieces(self, first: int, end: int) -> list[_Piece]:
        """The files in which frames lie."""
        if self._chunks is None:
            return [_Piece(self.folder / ARRAYS, 0, len(self), first, end)]
        starts = self._chunks.first
        ends = (*starts[1:], len(self))
        found = []
        for k in range(bisect_right(starts, first) - 1, len(starts)):
            if starts[k] >= end:
                break
            path = chunk_path(self.folder, starts[k])
            found.append(_Piece(path, starts[k], ends[k], max(first, starts[k]), min(end, ends[k])))
        return found

    def _names(self, pieces: list[_Piece]) -> Set[str]:
        return array_names(pieces[0].path) if self._chunks is None else frozenset(self._chunks.arrays)

    def _read(self, piece: _Piece, names: Set[str]) -> dict[str, Array]:
        """The arrays of a piece; what it may lack is filled up."""
        found = piece.read(names)
        for name in sorted(names - found.keys()):
            if name not in OPTIONAL:
                raise TraceError(f"{piece.path}: the array '{name}' is missing")
            found[name] = np.zeros((piece.end - piece.start, len(self.bodies), 3) if name == "force" else 0)
        if self._chunks is not None:
            _check(piece, found, len(self._chunks.placed))
            columns = [self._chunks.placed.index(name) for name in self._record.placed]
            found |= {name: found[name][:, columns] for name in names if name.startswith("placed_")}
        return found

    def _joined(self, pieces: list[_Piece], names: Set[str]) -> dict[str, Array]:
        """The arrays of pieces, one behind the other."""
        joined: dict[str, Appended] = {}
        for piece in pieces:
            for name, rows in self._read(piece, names).items():
                array = joined.setdefault(name, Appended(rows.dtype, rows.shape[1:]))
                if (rows.dtype, rows.shape[1:]) != (array.dtype, array.tail):
                    raise TraceError(f"{piece.path}: '{name}' has other columns or numbers than in the chunks before")
                array.add(rows)
        return {name: array.array() for name, array in joined.items()}

    def _blocks(self, name: str, pieces: list[_Piece]) -> Iterator[Array]:
        """An array, piece by piece."""
        return (self._read(piece, {name})[name] for piece in pieces)

    def _shape(self, name: str, pieces: list[_Piece]) -> tuple[int, ...]:
        shapes = [block.shape for block in self._blocks(name, pieces)]
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])


def _chunks(folder: Path, record: Record, data: dict[str, Any]) -> Chunks:
    try:
        chunks = Chunks.model_validate(data["chunks"])
    except ValidationError as error:
        raise TraceError(f"{folder / RECORD} does not hold a trace: {first_problem(error)}") from None
    if not chunks.first or chunks.first[0] or sorted(set(chunks.first)) != list(chunks.first):
        raise TraceError(f"{folder / RECORD} does not hold a trace: chunks begin at frame 0 and go on in order")
    if unknown := {*chunks.arrays} - KNOWN | {*record.placed} - {*chunks.placed}:
        raise TraceError(f"{folder / RECORD} does not hold a trace: its chunks have no {', '.join(sorted(unknown))}")
    return chunks


def _check(piece: _Piece, arrays: dict[str, Array], placed: int) -> None:
    """Raise TraceError for arrays that are not of a chunk's frames; the rest is seen when they are together."""
    for name, array in arrays.items():
        of_contacts, of_placed = name.startswith("contact_"), name.startswith("placed_")
        rows = array.ndim > 0 and (of_contacts or len(array) == piece.end - piece.start)
        if not rows or (of_placed and array.shape[1:2] != (placed,)):
            raise TraceError(f"{piece.path}: '{name}' has the shape {array.shape}, which is not that of its frames")


def _part(record: Record, first: int, end: int) -> Record:
    """The record of some of a run's frames."""
    begun = first / record.meta.fps
    events = [
        event.model_copy(update={"frame": event.frame - first, "time": event.time - begun})
        for event in record.events
        if first <= event.frame < end
    ]
    meta = record.meta.model_copy(update={"steps": end - first - 1})
    return record.model_copy(update={"meta": meta, "events": events})
