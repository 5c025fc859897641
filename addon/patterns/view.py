"""A trace as a detector given as source text reads it (Discovering High Level Patterns, Listing 6).

All in metres, seconds, kilograms and the world frame; ids of objects are their names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..executor import Record
from ..scene_graph import Primitive, SceneObject, color_name
from .observation import Observation

FIELDS: dict[str, dict[str, str]] = {
    "trace": {
        "fps": "frames a second",
        "gravity": "[x, y, z], m/s²",
        "scene": "the scene, with objects",
        "frames": "list of all frames, the start first",
        "contacts": "list of contacts, in order of their start",
        "events": "list of events, in order of time",
    },
    "trace.scene": {"objects": "list of all objects as they are at the start"},
    "object": {
        "id": "its name",
        "type": "'cube', 'sphere', 'cylinder', 'cone', 'capsule' or 'mesh'",
        "color": "name of the nearest plain colour, or None",
        "static": "True if nothing moves it in this run; it is then only in trace.scene.objects",
        "tags": "list of texts",
        "mass": "kg; 0 without a rigid body",
        "dimensions": "[x, y, z], full extents along its own axes, m",
        "position": "[x, y, z] of its origin, m",
        "rotation": "[w, x, y, z], unit quaternion",
        "velocity": "[x, y, z], m/s",
        "angular_velocity": "[x, y, z], rad/s",
    },
    "frame": {
        "number": "0 at the start",
        "time": "s since the start",
        "objects": "list of the objects that something moves in this run and that are there",
    },
    "contact": {
        "a_id": "one object",
        "b_id": "the other",
        "time": "s, when it begins",
        "end": "s, its last frame",
        "point": "[x, y, z] at its start, m",
        "normal": "[x, y, z] from a to b, of length 1",
        "speed": "how fast they met along the normal, m/s",
    },
    "event": {
        "uid": "CollisionStart, CollisionEnd, PropertyChanged, LookChanged, RuleFired, TaskComplete, or a pattern's",
        "time": "s",
        "end": "s, the last frame of what lasts; else None",
        "parameters": "dict",
    },
}
"""What detectors may read as attributes, and what it means."""

ATTRIBUTES = frozenset(name for fields in FIELDS.values() for name in fields)


def trace_view(observation: Observation, uids: Iterable[str] = ()) -> Record:
    """The trace with the activations of some patterns, which must have run, among its events."""
    trace = observation.trace
    objects = {o.name: _constants(o, not observation.movable[j]) for j, o in _scene_objects(observation)}
    return Record(
        "trace",
        {
            "fps": trace.meta.fps,
            "gravity": list(trace.scene.world.gravity),
            "scene": Record("scene", {"objects": _objects_at(observation, objects, 0, range(len(objects)))}),
            "frames": _frames(observation, objects),
            "contacts": _contacts(observation),
            "events": _events(observation, uids),
        },
    )


def _scene_objects(observation: Observation) -> Iterable[tuple[int, SceneObject]]:
    known = {o.name: o for o in observation.trace.scene.objects}
    return ((j, known[name]) for j, name in enumerate(observation.bodies))


def _constants(o: SceneObject, static: bool) -> dict[str, Any]:
    """What an object keeps throughout."""
    return {
        "id": o.name,
        "type": o.geometry.kind if isinstance(o.geometry, Primitive) else "mesh",
        "color": None if o.material is None else color_name(o.material.color),
        "static": bool(static),
        "tags": list(o.tags),
        "mass": 0.0 if o.body is None else o.body.mass,
        "dimensions": list(o.dimensions),
    }


_CHANGING = {
    "position": "position",
    "rotation": "quaternion",
    "velocity": "velocity",
    "angular_velocity": "angular_velocity",
}


def _objects_at(
    observation: Observation, constants: dict[str, dict[str, Any]], frame: int, columns: Iterable[int]
) -> list[Record]:
    rows = {name: getattr(observation.trace, array)[frame].tolist() for name, array in _CHANGING.items()}
    return [
        Record("object", constants[observation.bodies[j]] | {name: row[j] for name, row in rows.items()})
        for j in columns
        if observation.present[frame, j]
    ]


def _frames(observation: Observation, constants: dict[str, dict[str, Any]]) -> list[Record]:
    moved = np.flatnonzero(observation.movable).tolist()
    return [
        Record(
            "frame",
            {"number": k, "time": k * observation.dt, "objects": _objects_at(observation, constants, k, moved)},
        )
        for k in range(observation.frames)
    ]


def _contacts(observation: Observation) -> list[Record]:
    touches, names = observation.touches, observation.bodies
    return [
        Record(
            "contact",
            {
                "a_id": names[touches.a[k]],
                "b_id": names[touches.b[k]],
                "time": float(touches.start[k] * observation.dt),
                "end": float(touches.end[k] * observation.dt),
                "point": touches.point[k].tolist(),
                "normal": touches.normal[k].tolist(),
                "speed": float(touches.speed[k]),
            },
        )
        for k in range(len(touches))
    ]


def _events(observation: Observation, uids: Iterable[str]) -> list[Record]:
    rows: list[dict[str, Any]] = [
        {"uid": e.uid, "time": e.time, "end": None, "parameters": e.parameters} for e in observation.trace.events
    ]
    for uid in uids:
        for a in observation.activations(uid):
            end = None if a.end is None else a.end * observation.dt
            rows.append({"uid": uid, "time": a.time, "end": end, "parameters": a.parameters})
    return [Record("event", row) for row in sorted(rows, key=lambda row: row["time"])]
