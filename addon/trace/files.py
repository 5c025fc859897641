"""Traces on disk: ``trace.npz`` with the arrays beside ``trace.json`` with the rest; see `chunks` for long runs and
`saving` for which of both is written."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from ..scene_graph import first_problem
from .check import problems
from .deformed import PARTS, Deformed
from .errors import TraceError
from .model import PLACED, TRACE_VERSION, ContactColumns, Event, Placed, Trace, TraceMeta

_BODY_ARRAYS = {"position": 3, "quaternion": 4, "scale": 3, "velocity": 3, "angular_velocity": 3}
COMPRESSION = 1
"""Of zlib: half the time of its usual level, for a tenth more bytes."""
RECORD, ARRAYS, CHUNKS = "trace.json", "trace.npz", "trace.chunks"
VERTICES = "vertices.npz"
"""The vertices of things that physics deforms, by their names, where they were asked for."""

_CONTACT_ARRAYS = {"frame": (), "a": (), "b": (), "point": (3,), "normal": (3,), "distance": ()}

IMPULSE = "contact_impulse"

KINDS = "biuf"
"""Kinds of numbers that arrays may hold: truths, whole numbers and fractions."""

OPTIONAL = {"force", IMPULSE}
"""Arrays that a trace, or a chunk of one, may lack."""


KNOWN = {*_BODY_ARRAYS, "present", "volume", *OPTIONAL, *(f"contact_{name}" for name in _CONTACT_ARRAYS)}
KNOWN |= {f"placed_{name}" for name in PLACED} | {f"deformed_{name}" for name in PARTS}
"""The arrays that a trace may have."""


class Record(BaseModel):
    """What ``trace.json`` holds."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    meta: TraceMeta
    bodies: tuple[str, ...]
    placed: tuple[str, ...] = ()
    deformed: tuple[str, ...] = ()
    events: list[Event]


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into a file, whole or not at all."""
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.npz")
    try:
        packed = io.BytesIO()  # A zip file that cannot be finished complains when it is thrown away.
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
            for name, array in arrays.items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                    np.lib.format.write_array(file, array, allow_pickle=False)
        temporary.write_bytes(packed.getbuffer())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_record(folder: Path) -> tuple[Record, dict[str, Any]]:
    """What ``trace.json`` holds, and all of it as it stands there. Raises TraceError as `reading.load_trace` does."""
    path = folder / RECORD
    data = _read_json(path)
    try:
        return Record.model_validate({name: data[name] for name in Record.model_fields if name in data}), data
    except ValidationError as error:
        raise TraceError(f"{path} does not hold a trace: {first_problem(error)}") from None


def assembled(
    record: Record, arrays: dict[str, NDArray[Any]], vertices: dict[str, NDArray[np.float32]], where: Path
) -> Trace:
    """The trace of a record and of arrays, which were read from ``where``. Raises TraceError as `load_trace` does."""
    frames, count = record.meta.steps + 1, len(record.bodies)
    for name, width in _BODY_ARRAYS.items():
        _expect(arrays, name, (frames, count, width), where)
    for name in ("present", "volume"):
        _expect(arrays, name, (frames, count), where)
    if "force" in arrays:
        _expect(arrays, "force", (frames, count, 3), where)
    for name, width in PLACED.items() if record.placed else ():
        _expect(arrays, f"placed_{name}", (frames, len(record.placed), width), where)
    for name, tail in PARTS.items() if record.deformed else ():
        _expect(arrays, f"deformed_{name}", (frames, len(record.deformed), *tail), where)
    points = arrays["contact_frame"].size if "contact_frame" in arrays else 0
    for name, tail in _CONTACT_ARRAYS.items():
        _expect(arrays, f"contact_{name}", (points, *tail), where)
    if IMPULSE in arrays:
        _expect(arrays, IMPULSE, (points,), where)
    columns = {name: arrays.pop(f"contact_{name}") for name in _CONTACT_ARRAYS}
    contacts = ContactColumns(**columns, impulse=arrays.pop(IMPULSE, None))
    poses = {name: arrays.pop(f"placed_{name}", None) for name in PLACED}
    others = Placed(record.placed, **poses) if record.placed else None  # type: ignore[arg-type]
    parts = {name: arrays.pop(f"deformed_{name}", None) for name in PARTS}
    things = Deformed(record.deformed, **parts, vertices=vertices) if record.deformed else None  # type: ignore[arg-type]
    own = {"meta": record.meta, "bodies": record.bodies, "events": record.events}
    trace = Trace(**own, contacts=contacts, placed=others, deformed=things, **arrays)  # type: ignore[arg-type]
    for problem in problems(trace):
        raise TraceError(f"{where.parent} holds no trace that a run can have: {problem}; record the run again")
    return trace


def read_vertices(folder: Path) -> dict[str, NDArray[np.float32]]:
    """The vertices that a trace has, by names of things. Raises TraceError."""
    return read_arrays(folder / VERTICES) if (folder / VERTICES).exists() else {}


def _read_json(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None
    meta = record.get("meta") if isinstance(record, dict) else None
    version = meta.get("trace_version") if isinstance(meta, dict) else None
    if version != TRACE_VERSION:
        raise TraceError(f"{path}: trace_version is {version!r}, this program reads {TRACE_VERSION}")
    return dict(record)


def array_names(path: Path) -> Set[str]:
    """The names of the arrays in a file that a trace may have. Raises TraceError."""
    with _opened(path) as stored:
        return KNOWN.intersection(stored.files)


def read_arrays(path: Path, names: Set[str] | None = None) -> dict[str, NDArray[Any]]:
    """The arrays of a file that have one of these names, or all of them. Raises TraceError."""
    with _opened(path) as stored:
        found = {name: stored[name] for name in stored.files if names is None or name in names}
    for name, array in found.items():
        if array.dtype.kind not in KINDS or not array.ndim:
            what = f"numbers of the kind {array.dtype}" if array.ndim else "one number"
            raise TraceError(f"{path}: '{name}' holds {what}, which no array of a trace does; record the run again")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """A file of arrays. Raises TraceError for what goes wrong while it is read."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            yield stored
    except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None


def _expect(arrays: dict[str, NDArray[Any]], name: str, shape: tuple[int, ...], where: Path) -> None:
    if name not in arrays:
        raise TraceError(f"{where}: the array '{name}' is missing")
    if arrays[name].shape != shape:
        raise TraceError(f"{where}: '{name}' has the shape {arrays[name].shape}, {shape} is needed")
