"""From a trace to a foreign one: metres, z up."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...geometry.plane import Disc, Piece, box_extents, pieces_of
from ...geometry.primitives import mesh_of
from ...scene_graph import Primitive, SceneObject, is_free, is_held
from ..errors import TraceError
from ..events import contact_intervals
from ..model import Trace
from .model import FOREIGN_VERSION, ForeignTrace

SIZE_TOLERANCE = 1e-4
"""Share by which a body's scale may change in a trace that is written: the noise of single precision."""

BUILT_IN_FROM_CONTACTS = ("CollisionStart", "CollisionEnd")


def from_trace(trace: Trace) -> ForeignTrace:
    """The same run as a foreign trace. Raises TraceError if a body changes its size, for which the format has no place.

    Contacts are written frame by frame; the collision events, which follow from them, are not.
    """
    objects = {o.name: o for o in trace.scene.objects}
    bodies, moving = [], []
    for column, name in enumerate(trace.bodies):
        obj = objects.get(name)
        if obj is None or obj.geometry is None:
            raise TraceError(f"'{name}' joined in the run and has no shape in the scene graph; it cannot be written")
        _check_size(trace, column, name)
        motion = _motion(trace, column, obj)
        if motion != "static":
            moving.append((column, name))
        bodies.append(_body(obj, motion, trace, column))
    planar = trace.meta.planar
    gravity = trace.scene.world.gravity
    return ForeignTrace.model_validate(
        {
            "foreign_trace_version": FOREIGN_VERSION,
            "title": trace.meta.title,
            "source": trace.meta.engine,
            "dimensions": 2 if planar else 3,
            "fps": trace.meta.fps,
            "gravity": [gravity[0], gravity[2]] if planar else list(gravity),
            "bodies": bodies,
            "frames": _frames(trace, moving),
            "contacts": list(_contacts(trace)),
            "events": [
                {"uid": e.uid, "frame": e.frame, "parameters": e.parameters}
                for e in trace.events
                if e.uid not in BUILT_IN_FROM_CONTACTS
            ],
        }
    )


def foreign_json(foreign: ForeignTrace) -> str:
    """The document that `parse_foreign` reads; what was not given is left out."""
    return foreign.model_dump_json(exclude_unset=True) + "\n"


def _check_size(trace: Trace, column: int, name: str) -> None:
    scale = trace.scale[trace.present[:, column], column]
    changed = np.abs(scale - scale[:1]).max(axis=1) > SIZE_TOLERANCE * np.abs(scale[:1]).max(initial=1.0)
    if changed.any():
        frame = int(np.flatnonzero(trace.present[:, column])[np.argmax(changed)])
        raise TraceError(f"'{name}' changes its size at frame {frame}; foreign traces have no place for that")


def _motion(trace: Trace, column: int, obj: SceneObject) -> str:
    if is_free(obj) or is_held(obj):
        return "dynamic" if is_free(obj) else "kinematic"
    poses = np.concatenate([trace.position[:, column], trace.quaternion[:, column]], axis=1)
    still = trace.present[:, column].all() and bool((poses == poses[0]).all())
    return "static" if still else "kinematic"


def _body(obj: SceneObject, motion: str, trace: Trace, column: int) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": obj.name,
        "motion": motion,
        "shapes": [_shape(obj)] if not trace.meta.planar else _plane_shapes(obj),
        "solid": obj.body is not None,
        "semantic_class": obj.semantic_class,
        "tags": obj.tags,
    }
    if motion == "static":
        body["pose"] = _pose(trace, 0, column)
    if obj.body is not None:
        body["mass"] = obj.body.mass
    if obj.material is not None:
        body["color"] = obj.material.color[:3]
    return body


def _shape(obj: SceneObject) -> dict[str, Any]:
    geometry = obj.geometry
    assert geometry is not None
    if isinstance(geometry, Primitive):
        x, y, z = obj.dimensions
        if geometry.kind == "cube":
            return {"type": "box", "size": (x, y, z)}
        if geometry.kind == "sphere" and np.allclose((x, x), (y, z)):
            return {"type": "sphere", "radius": x / 2}
        if geometry.kind != "sphere" and np.isclose(x, y):
            return {"type": geometry.kind, "radius": x / 2, "length": z}
    vertices, faces = mesh_of(geometry)
    points = (vertices * np.array(obj.scale)).tolist()
    if obj.body is not None and obj.body.shape == "MESH":
        return {"type": "mesh", "vertices": points, "faces": faces}
    return {"type": "hull", "vertices": points}


def _plane_shapes(obj: SceneObject) -> list[dict[str, Any]]:
    """The outlines of a planar body: a sphere's circle, a box's face, the near ends of prisms."""
    return [_plane_shape(piece) for piece in pieces_of(obj)]


def _plane_shape(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, Disc):
        return {"type": "circle", "radius": piece.radius, "center": piece.center.tolist()}
    size = box_extents(piece)
    return {"type": "box", "size": size} if size else {"type": "polygon", "vertices": piece.vertices.tolist()}


def _pose(trace: Trace, frame: int, column: int) -> tuple[float, ...]:
    x, y, z = trace.position[frame, column].tolist()
    w, i, j, k = trace.quaternion[frame, column].tolist()
    return (x, z, float(-2 * np.arctan2(j, w))) if trace.meta.planar else (x, y, z, w, i, j, k)


def _frames(trace: Trace, moving: list[tuple[int, str]]) -> list[dict[str, tuple[float, ...] | None]]:
    present = trace.present.tolist()
    return [
        {name: _pose(trace, k, column) if present[k][column] else None for column, name in moving}
        for k in range(len(trace.position))
    ]


def _contacts(trace: Trace) -> list[dict[str, Any]]:
    columns = trace.contacts
    keep = [0, 2] if trace.meta.planar else [0, 1, 2]
    rows = {
        key: i
        for i, key in reversed(
            list(enumerate(zip(columns.frame.tolist(), columns.a.tolist(), columns.b.tolist(), strict=True)))
        )
    }
    made = []
    for (a, b), runs in contact_intervals(columns).items():
        for start, end in runs:
            own = [rows[frame, a, b] for frame in range(start, end + 1)]
            made.append(
                {
                    "a": trace.bodies[a],
                    "b": trace.bodies[b],
                    "start": start,
                    "end": end,
                    "points": columns.point[own][:, keep].tolist(),
                    "normals": columns.normal[own][:, keep].tolist(),
                    "distances": columns.distance[own].tolist(),
                }
            )
    return made
