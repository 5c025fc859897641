"""What a foreign trace must be besides well-formed: its parts must fit each other."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from ...scene_graph import FloatArray
from ..errors import TraceError
from .model import FOREIGN_VERSION, Box, Circle, ForeignTrace, Polygon

TIME_TOLERANCE = 0.01
"""Share of a step by which the times of frames may be off."""

FLAT = 1e-9
"""Polygons with a smaller area, as a share of the square of their size, enclose nothing."""


def parse_foreign(record: Any, where: str) -> ForeignTrace:
    """A checked foreign trace from JSON data. Raises TraceError that says what is wrong in which part."""
    version = record.get("foreign_trace_version") if isinstance(record, dict) else None
    if version != FOREIGN_VERSION:
        raise TraceError(f"{where}: foreign_trace_version is {version!r}, this program reads {FOREIGN_VERSION}")
    try:
        foreign = ForeignTrace.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise TraceError(f"{where}: {_path(first['loc'])}: {first['msg']}") from None
    for problem in problems(foreign):
        raise TraceError(f"{where}: {problem}")
    return foreign


def read_json(path: Path) -> Any:
    """The JSON data of a file. Raises TraceError if it cannot be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None


def _path(parts: Iterable[Any]) -> str:
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text or "the document"


def problems(foreign: ForeignTrace) -> Iterator[str]:
    """What does not fit, in the order in which a reader should mend it."""
    yield from _axes(foreign)
    yield from _bodies(foreign)
    yield from _times(foreign)
    yield from _frames(foreign)
    yield from _contacts(foreign)
    yield from _events(foreign)


def pose_length(foreign: ForeignTrace) -> int:
    """How many numbers a pose has."""
    return 3 if foreign.dimensions == 2 else 7


def _axes(foreign: ForeignTrace) -> Iterator[str]:
    if foreign.up is not None and foreign.up not in (("y", "-y") if foreign.dimensions == 2 else ("y", "z")):
        yield f"up: '{foreign.up}' is no axis that can point up in {foreign.dimensions} dimensions"
    if foreign.gravity is not None and len(foreign.gravity) != foreign.dimensions:
        yield f"gravity: {len(foreign.gravity)} numbers, {foreign.dimensions} are needed"
    if foreign.release is not None and foreign.release < (foreign.touch or 0.0):
        yield f"release: {foreign.release:g} is less than touch, {foreign.touch:g}"


def _bodies(foreign: ForeignTrace) -> Iterator[str]:
    seen: set[str] = set()
    for number, body in enumerate(foreign.bodies):
        where = f"bodies[{number}] ('{body.id}')"
        if body.id in seen:
            yield f"{where}: there is a body '{body.id}' already"
        seen.add(body.id)
        if not body.id or len(body.id) > 63:
            yield f"{where}: an id must have 1 to 63 characters"
        if (body.pose is not None) != (body.motion == "static"):
            yield f"{where}: a static body needs a pose, the others must not have one"
        elif body.pose is not None:
            yield from _pose(body.pose, foreign, f"{where}.pose")
        for index, shape in enumerate(body.shapes):
            yield from _shape(shape, foreign.dimensions, f"{where}.shapes[{index}]")
        if len(body.shapes) > 1 and any(isinstance(s, Box) for s in body.shapes):
            yield f"{where}: a box stands alone; write boxes of a composed body as polygons or hulls"


def _shape(shape: Any, dimensions: int, where: str) -> Iterator[str]:
    planar = isinstance(shape, Circle | Polygon) or (isinstance(shape, Box) and len(shape.size) == 2)
    if planar != (dimensions == 2):
        yield f"{where}: this {shape.type} does not belong into {dimensions} dimensions"
    elif isinstance(shape, Polygon):
        yield from _polygon(np.array(shape.vertices), where)


def _polygon(vertices: FloatArray, where: str) -> Iterator[str]:
    along = np.roll(vertices, -1, axis=0) - vertices
    x, y = vertices.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2
    if abs(area) <= FLAT * float(np.ptp(vertices, axis=0).max()) ** 2 or not along.any(axis=1).all():
        yield f"{where}: the polygon encloses no area or repeats a vertex"
        return
    heading = np.arctan2(along[:, 1], along[:, 0])
    turn = np.sign(area) * np.angle(np.exp(1j * (np.roll(heading, -1) - heading)))
    if (turn < -FLAT).any() or not np.isclose(turn.sum(), 2 * np.pi):
        yield f"{where}: the polygon is not convex; write it as several convex ones"


def _times(foreign: ForeignTrace) -> Iterator[str]:
    if foreign.times is None:
        return
    if len(foreign.times) != len(foreign.frames):
        yield f"times: {len(foreign.times)} times for {len(foreign.frames)} frames"
        return
    step = 1.0 / foreign.fps
    for number, (before, time) in enumerate(zip(foreign.times, foreign.times[1:], strict=False), 1):
        if time <= before:
            yield f"times[{number}]: {time:g} s does not come after {before:g} s"
        elif abs(time - before - step) > TIME_TOLERANCE * step:
            missing = round((time - before) / step) - 1
            why = f"{missing} frames are missing" if missing > 0 else "frames must be equally spaced"
            apart = f"{time:g} s is {time - before:g} s after the frame before, a step is {step:g} s"
            yield f"times[{number}]: {apart}; {why}"


def _frames(foreign: ForeignTrace) -> Iterator[str]:
    moving = {body.id for body in foreign.bodies if body.motion != "static"}
    static = {body.id for body in foreign.bodies} - moving
    for number, frame in enumerate(foreign.frames):
        for name in frame.keys() - moving:
            why = "is static and has its pose among the bodies" if name in static else _unknown(name, moving)
            yield f"frames[{number}]: '{name}' {why}"
        for name in sorted(moving - frame.keys()):
            yield f"frames[{number}]: '{name}' has no pose; write null where it is not there"
        for name, pose in frame.items():
            if pose is not None:
                yield from _pose(pose, foreign, f"frames[{number}].{name}")


def _pose(pose: tuple[float, ...], foreign: ForeignTrace, where: str) -> Iterator[str]:
    if len(pose) != pose_length(foreign):
        yield f"{where}: a pose has {pose_length(foreign)} numbers, here are {len(pose)}"
    elif foreign.dimensions == 3 and np.linalg.norm(pose[3:]) < 1e-6:
        yield f"{where}: the quaternion is zero"


def _unknown(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    return f"is no body; did you mean '{near[0]}'?" if near else f"is no body; there are {', '.join(sorted(names))}"


def _contacts(foreign: ForeignTrace) -> Iterator[str]:
    names = {body.id for body in foreign.bodies}
    for number, contact in enumerate(foreign.contacts or ()):
        where = f"contacts[{number}]"
        for name in (contact.a, contact.b):
            if name not in names:
                yield f"{where}: '{name}' {_unknown(name, names)}"
        if contact.a == contact.b:
            yield f"{where}: '{contact.a}' cannot touch itself"
        if not contact.start <= contact.end < len(foreign.frames):
            last = len(foreign.frames) - 1
            yield f"{where}: from frame {contact.start} to {contact.end} does not lie within 0 and {last}"
        length = contact.end - contact.start + 1
        for key in ("points", "normals", "distances"):
            given = getattr(contact, key)
            if given is not None and len(given) != length:
                yield f"{where}.{key}: {len(given)} entries for {length} frames"
            if key != "distances" and any(len(entry) != foreign.dimensions for entry in given or ()):
                yield f"{where}.{key}: an entry has not {foreign.dimensions} numbers"
        if len({contact.points is None, contact.normals is None, contact.distances is None}) > 1:
            yield f"{where}: points, normals and distances come together or not at all"
        elif contact.points is None and foreign.dimensions == 3:
            yield f"{where}: contacts in three dimensions need points, normals and distances"


def _events(foreign: ForeignTrace) -> Iterator[str]:
    for number, event in enumerate(foreign.events):
        if event.frame >= len(foreign.frames):
            yield f"events[{number}]: frame {event.frame} comes after the last, {len(foreign.frames) - 1}"
