"""Contacts of foreign traces: found from the shapes' motion, or taken over from the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ...geometry.contacts import ContactDetector
from ...geometry.evaluated import EvaluatedState
from ...geometry.plane import Path, PlaneBody, TouchRule, nearest, plane_contacts
from ...scene_graph import Contacts, FloatArray, StepState
from ..gaps import without_gaps
from ..model import ContactColumns, Trace
from .model import ContactInterval, ForeignTrace
from .shapes import body_pieces

TOUCH_SHARE = 0.005
"""The gap at which contacts begin where the file gives none, as a share of the median size of what moves."""

AT_ONCE = 128
"""Frames whose contacts are found at once."""

RELEASE_TIMES = 2.0
"""The gap at which contacts end where the file gives none, in units of that at which they begin."""


def find_contacts(foreign: ForeignTrace, trace: Trace) -> ContactColumns:
    """The contacts of a trace from its poses."""
    touch = _touch(foreign, trace)
    release = RELEASE_TIMES * touch if foreign.release is None else foreign.release * foreign.meters_per_unit
    if foreign.dimensions == 3:
        return _columns(_in_space(trace, touch, release))
    rule = TouchRule(touch, release - touch, foreign.resolution * foreign.meters_per_unit)
    found = plane_contacts(_plane_bodies(foreign, trace), rule, _fall(trace))
    places = _upright(found.point), _upright(found.normal)
    return without_gaps(
        ContactColumns(found.frame, found.a, found.b, *places, found.distance), trace.present, trace.meta
    )


def _touch(foreign: ForeignTrace, trace: Trace) -> float:
    if foreign.touch is not None:
        return foreign.touch * foreign.meters_per_unit
    sizes = [float(np.median(o.dimensions)) for o in trace.scene.objects]
    moving = [size for size, body in zip(sizes, foreign.bodies, strict=True) if body.motion != "static"]
    return TOUCH_SHARE * float(np.median(moving or sizes))


def _fall(trace: Trace) -> float:
    return float(np.linalg.norm(trace.scene.world.gravity)) / trace.meta.fps**2


def _plane_bodies(foreign: ForeignTrace, trace: Trace) -> list[PlaneBody]:
    """The bodies of a planar trace in its plane, x to the right and y up."""
    made = []
    for column, body in enumerate(foreign.bodies):
        rows = slice(0, 1) if body.motion == "static" else slice(None)
        path = Path(trace.position[rows, column][:, [0, 2]], _angles(trace.quaternion[rows, column]))
        skin = body.skin * foreign.meters_per_unit
        made.append(
            PlaneBody(body_pieces(body, foreign), path, trace.present[:, column], body.motion != "static", skin)
        )
    return made


def _angles(quaternion: FloatArray) -> FloatArray:
    """Angles ``[F]`` counterclockwise in the plane without jumps, NaN where the body is absent."""
    angle = -2 * np.arctan2(quaternion[:, 2], quaternion[:, 0])
    there = np.isfinite(angle)
    angle[there] = np.unwrap(angle[there], period=4 * np.pi)
    return np.asarray(angle)


def _upright(vectors: FloatArray) -> FloatArray:
    """Vectors ``[K, 2]`` of the plane in space."""
    return np.column_stack([vectors[:, 0], np.zeros(len(vectors)), vectors[:, 1]])


def _in_space(trace: Trace, touch: float, release: float) -> Iterator[Contacts]:
    """The contacts of each frame."""
    detector = ContactDetector(trace.scene, touch, release)
    for start in range(0, len(trace.position), AT_ONCE):
        frames = range(start, min(start + AT_ONCE, len(trace.position)))
        yield from detector.update_all([_state(trace, k) for k in frames], trace.present[start : start + AT_ONCE])


def _state(trace: Trace, k: int) -> EvaluatedState:
    """The poses of a frame, of bodies that are not there any."""
    there = trace.present[k][:, None]
    still = np.zeros_like(trace.position[k])
    position = np.where(there, trace.position[k], 0.0)
    quaternion = np.where(there, trace.quaternion[k], [1.0, 0.0, 0.0, 0.0])
    return EvaluatedState.of(StepState(k, position, quaternion, still + 1, still, still))


def _columns(frames: Iterator[Contacts]) -> ContactColumns:
    sets = list(frames)
    pairs = np.concatenate([c.pairs for c in sets])
    return ContactColumns(
        np.repeat(np.arange(len(sets), dtype=np.int32), [len(c) for c in sets]),
        np.ascontiguousarray(pairs[:, 0]),
        np.ascontiguousarray(pairs[:, 1]),
        *(np.concatenate([getattr(c, name) for c in sets]) for name in ("point", "normal", "distance")),
    )


def given_contacts(foreign: ForeignTrace, trace: Trace) -> ContactColumns:
    """The contacts that the file tells of, whose points and normals in a plane follow from the shapes if not given."""
    bodies = _plane_bodies(foreign, trace) if foreign.dimensions == 2 else []
    rows = [_given(contact, foreign, trace, bodies) for contact in foreign.contacts or ()]
    if not rows:
        return ContactColumns.empty()
    frame, a, b, point, normal, distance = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.lexsort((b, a, frame))
    frame, a, b = (np.asarray(column[order], dtype=np.int32) for column in (frame, a, b))
    return ContactColumns(frame, a, b, point[order], normal[order], distance[order])


def _given(
    contact: ContactInterval, foreign: ForeignTrace, trace: Trace, bodies: Sequence[PlaneBody]
) -> tuple[np.ndarray, ...]:
    """Frames, columns of both bodies, points, normals and distances of an interval, one a frame."""
    frames = np.arange(contact.start, contact.end + 1)
    low, high = sorted((trace.index(contact.a), trace.index(contact.b)))
    if contact.points is None or contact.normals is None or contact.distances is None:
        one, other = bodies[low], bodies[high]
        found = nearest(one.pieces, one.path.rows(frames), other.pieces, other.path.rows(frames))
        point, normal = _upright(found.point), _upright(found.normal)
        distance = np.broadcast_to(found.distance, frames.shape)
    else:
        turn = 1.0 if trace.index(contact.a) == low else -1.0
        point = _world_vectors(np.array(contact.points), foreign) * foreign.meters_per_unit
        normal = turn * _world_vectors(np.array(contact.normals), foreign)
        distance = np.array(contact.distances) * foreign.meters_per_unit
    return frames, np.full(len(frames), low), np.full(len(frames), high), point, normal, distance


def _world_vectors(vectors: FloatArray, foreign: ForeignTrace) -> FloatArray:
    """Vectors ``[K, 2]`` or ``[K, 3]`` with z up."""
    if foreign.dimensions == 2:
        return _upright(vectors * np.array([1.0, -1.0 if foreign.up == "-y" else 1.0]))
    if foreign.up == "y":
        return np.column_stack([vectors[:, 0], -vectors[:, 2], vectors[:, 1]])
    return vectors
