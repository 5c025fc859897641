"""Traces on disk: ``trace.npz`` with the arrays beside ``trace.json`` with the rest."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from ..scene_graph import first_problem
from ..scene_graph.files import write_model
from .check import problems
from .deformed import PARTS, Deformed
from .errors import TraceError
from .model import PLACED, TRACE_VERSION, ContactColumns, Event, Placed, Trace, TraceMeta

_BODY_ARRAYS = {"position": 3, "quaternion": 4, "scale": 3, "velocity": 3, "angular_velocity": 3}
COMPRESSION = 1
"""Of zlib: half the time of its usual level, for a tenth more bytes."""

VERTICES = "vertices.npz"
"""The vertices of things that physics deforms, by their names, where they were asked for."""

_CONTACT_ARRAYS = {"frame": (), "a": (), "b": (), "point": (3,), "normal": (3,), "distance": ()}

_IMPULSE = "contact_impulse"


class _Record(BaseModel):
    """What ``trace.json`` holds."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    meta: TraceMeta
    bodies: tuple[str, ...]
    placed: tuple[str, ...] = ()
    deformed: tuple[str, ...] = ()
    events: list[Event]


def save_trace(trace: Trace, folder: Path) -> None:
    """Write both files; each is written under a temporary name first, and nothing is left behind on failure."""
    folder.mkdir(parents=True, exist_ok=True)
    _save_arrays(folder / "trace.npz", trace.arrays())
    placed = trace.placed.names if trace.placed is not None else ()
    deformed = trace.deformed.names if trace.deformed is not None else ()
    if trace.deformed is not None and trace.deformed.vertices:
        _save_arrays(folder / VERTICES, trace.deformed.vertices)
    else:
        (folder / VERTICES).unlink(missing_ok=True)
    record = _Record(meta=trace.meta, bodies=trace.bodies, placed=placed, deformed=deformed, events=trace.events)
    write_model(folder / "trace.json", record, trace.scene)


def _save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
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


def load_trace(folder: Path) -> Trace:
    """Read a trace. Raises TraceError if a file is missing, broken, of another version or does not fit the other, and
    for what no run can have; see `problems`."""
    record = _read_json(folder / "trace.json")
    arrays = _read_arrays(folder / "trace.npz")
    try:
        meta = TraceMeta.model_validate(record["meta"])
        events = [Event.model_validate(event) for event in record["events"]]
        bodies = tuple(str(name) for name in record["bodies"])
        placed = tuple(str(name) for name in record.get("placed", ()))
        deformed = tuple(str(name) for name in record.get("deformed", ()))
    except ValidationError as error:
        raise TraceError(f"{folder / 'trace.json'} does not hold a trace: {first_problem(error)}") from None
    except KeyError as error:
        raise TraceError(f"{folder / 'trace.json'} does not hold a trace: {error} is missing") from None
    except TypeError:
        raise TraceError(f"{folder / 'trace.json'} does not hold a trace: events and bodies are lists") from None
    frames, count = meta.steps + 1, len(bodies)
    for name, width in _BODY_ARRAYS.items():
        _expect(arrays, name, (frames, count, width), folder)
    for name in ("present", "volume"):
        _expect(arrays, name, (frames, count), folder)
    if "force" in arrays:
        _expect(arrays, "force", (frames, count, 3), folder)
    for name, width in PLACED.items() if placed else ():
        _expect(arrays, f"placed_{name}", (frames, len(placed), width), folder)
    for name, tail in PARTS.items() if deformed else ():
        _expect(arrays, f"deformed_{name}", (frames, len(deformed), *tail), folder)
    points = arrays["contact_frame"].size if "contact_frame" in arrays else 0
    for name, tail in _CONTACT_ARRAYS.items():
        _expect(arrays, f"contact_{name}", (points, *tail), folder)
    if _IMPULSE in arrays:
        _expect(arrays, _IMPULSE, (points,), folder)
    columns = {name: arrays.pop(f"contact_{name}") for name in _CONTACT_ARRAYS}
    contacts = ContactColumns(**columns, impulse=arrays.pop(_IMPULSE, None))
    poses = {name: arrays.pop(f"placed_{name}", None) for name in PLACED}
    others = Placed(placed, **poses) if placed else None  # type: ignore[arg-type]
    parts = {name: arrays.pop(f"deformed_{name}", None) for name in PARTS}
    things = Deformed(deformed, **parts, vertices=_read_vertices(folder)) if deformed else None  # type: ignore[arg-type]
    trace = Trace(meta=meta, bodies=bodies, contacts=contacts, events=events, placed=others, deformed=things, **arrays)
    for problem in problems(trace):
        raise TraceError(f"{folder} holds no trace that a run can have: {problem}; record the run again")
    return trace


def _read_vertices(folder: Path) -> dict[str, NDArray[np.float32]]:
    return _read_npz(folder / VERTICES, None) if (folder / VERTICES).exists() else {}


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


def _read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    expected = {*_BODY_ARRAYS, "present", "volume", "force", *(f"contact_{name}" for name in _CONTACT_ARRAYS)}
    expected |= {_IMPULSE} | {f"placed_{name}" for name in PLACED} | {f"deformed_{name}" for name in PARTS}
    return _read_npz(path, expected)


def _read_npz(path: Path, expected: Set[str] | None) -> dict[str, NDArray[Any]]:
    """The arrays of a file that are expected, or all of them."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files if expected is None or name in expected}
    except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None


def _expect(arrays: dict[str, NDArray[Any]], name: str, shape: tuple[int, ...], folder: Path) -> None:
    if name not in arrays:
        raise TraceError(f"{folder / 'trace.npz'}: the array '{name}' is missing")
    if arrays[name].shape != shape:
        raise TraceError(f"{folder / 'trace.npz'}: '{name}' has the shape {arrays[name].shape}, {shape} is needed")
