"""From a foreign trace to a trace: metres, z up, poses in arrays, contacts found or taken over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from ...geometry.matrices import continuous, mean_velocities
from ...geometry.plane import plane_geometry
from ...geometry.poses import multiply
from ...geometry.primitives import mesh_of
from ...geometry.volume import mesh_volume
from ...scene_graph import (
    COLORS,
    FloatArray,
    Material,
    Mesh,
    Plane,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneObject,
    World,
    first_problem,
)
from ..check import problems
from ..errors import TraceError
from ..events import collision_events
from ..model import ContactColumns, Event, Trace, TraceMeta
from .check import parse_foreign, read_json
from .contacts import find_contacts, given_contacts
from .model import Body, ForeignTrace, Label
from .shapes import body_pieces, solid_geometry

STANDARD_GRAVITY = 9.81
"""m/s²."""

WATER = 1000.0
"""Density in kg/m³ of bodies whose mass is not given."""

SURFACE = ("friction", "restitution", "linear_damping", "angular_damping")
"""What a body may tell besides; otherwise it is what Blender gives to a new one."""

Y_UP = (0.5**0.5, 0.5**0.5, 0.0, 0.0)
"""The rotation that makes the y axis point along z."""


def read_foreign(path: Path) -> Trace:
    """The trace in a JSON file. Raises TraceError as `read_record`, and if the file cannot be read."""
    return read_record(read_json(path), str(path))


def read_record(record: Any, where: str) -> Trace:
    """The trace of JSON data. Raises TraceError that names ``where`` they come from, if they do not fit `ForeignTrace`
    or make no trace."""
    foreign = parse_foreign(record, where)
    try:
        return to_trace(foreign)
    except TraceError as error:
        raise TraceError(f"{where}: {error}") from None


def to_trace(foreign: ForeignTrace) -> Trace:
    """The same run as a trace; a planar one lies in the plane of x and z. Raises TraceError if a hull is flat, and for
    what no run can have."""
    run = _Run.of(foreign)
    try:
        scene = SceneGraph(name=foreign.title or "scene", world=_world(foreign), objects=_objects(run))
        trace = _trace(run, scene)
    except ValidationError as error:
        raise TraceError(f"no run can have what this tells: {first_problem(error)}") from None
    _check(trace)  # Before contacts are looked for, which takes numbers as they come.
    trace.contacts = find_contacts(foreign, trace) if foreign.contacts is None else given_contacts(foreign, trace)
    events = [*collision_events(trace), *(_event(label, foreign) for label in foreign.events)]
    trace.events = sorted(events, key=lambda event: event.frame)
    _check(trace)
    return trace


def _check(trace: Trace) -> None:
    """Raises TraceError for what no run can have, in metres, kilograms and seconds."""
    for problem in problems(trace):
        raise TraceError(f"no run can have what this tells: {problem}")


@dataclass(frozen=True, eq=False)
class _Run:
    """Poses of B bodies over F frames in metres and z up: ``present`` ``[F, B]``, ``position`` ``[F, B, 3]`` and
    ``quaternion`` ``[F, B, 4]``, both NaN where a body is absent."""

    foreign: ForeignTrace
    present: np.ndarray
    position: FloatArray
    quaternion: FloatArray

    @classmethod
    def of(cls, foreign: ForeignTrace) -> _Run:
        width = 3 if foreign.dimensions == 2 else 7
        absent = (np.nan,) * width
        poses = np.empty((len(foreign.frames), len(foreign.bodies), width))
        for column, body in enumerate(foreign.bodies):
            if body.pose is not None:
                poses[:, column] = body.pose
            else:
                poses[:, column] = [frame[body.id] or absent for frame in foreign.frames]
        position, quaternion = (_flat if foreign.dimensions == 2 else _solid)(poses, foreign)
        present = np.isfinite(poses[:, :, 0])
        if foreign.dimensions == 3:  # A planar angle tells how often a body has turned, and so the sign.
            reference = np.tile([1.0, 0.0, 0.0, 0.0], (len(foreign.bodies), 1))
            quaternion = continuous(quaternion, reference)
        return cls(foreign, present, position, quaternion)


def _flat(poses: FloatArray, foreign: ForeignTrace) -> tuple[FloatArray, FloatArray]:
    """Positions and quaternions of ``[F, B, 3]`` planar poses; a turn to the left is one about -y."""
    flip = -1.0 if foreign.up == "-y" else 1.0
    x, y, half = poses[:, :, 0], flip * poses[:, :, 1], flip * poses[:, :, 2] / 2
    position = np.stack([x, np.where(np.isfinite(x), 0.0, np.nan), y], axis=2) * foreign.meters_per_unit
    zero = np.zeros_like(half)
    return position, np.stack([np.cos(half), zero, -np.sin(half), zero], axis=2)


def _solid(poses: FloatArray, foreign: ForeignTrace) -> tuple[FloatArray, FloatArray]:
    position, quaternion = poses[:, :, :3] * foreign.meters_per_unit, poses[:, :, 3:]
    quaternion = quaternion / np.linalg.norm(quaternion, axis=2, keepdims=True)
    if foreign.up == "y":
        x, y, z = np.moveaxis(position, 2, 0)
        position, quaternion = np.stack([x, -z, y], axis=2), multiply(np.array(Y_UP), quaternion)
    return position, quaternion


def _world(foreign: ForeignTrace) -> World:
    plane = Plane(size=foreign.size, meters_per_unit=foreign.meters_per_unit) if foreign.dimensions == 2 else None
    solver = {} if foreign.solver_iterations is None else {"solver_iterations": foreign.solver_iterations}
    return World(fps=foreign.fps, substeps=1, gravity=_gravity(foreign), plane=plane, **solver)


def _gravity(foreign: ForeignTrace) -> tuple[float, float, float]:
    """Gravity in m/s², z up."""
    if foreign.gravity is None:
        return (0.0, 0.0, -STANDARD_GRAVITY)
    given = [g * foreign.meters_per_unit for g in foreign.gravity]
    if foreign.dimensions == 2:
        return (given[0], 0.0, -given[1] if foreign.up == "-y" else given[1])
    return (given[0], -given[2], given[1]) if foreign.up == "y" else (given[0], given[1], given[2])


def _objects(run: _Run) -> tuple[SceneObject, ...]:
    """The bodies as scene objects at the first frame at which each is there."""
    foreign = run.foreign
    depth = _depth(foreign)
    objects = []
    for column, body in enumerate(foreign.bodies):
        geometry, shape = _geometry(body, foreign, depth)
        first = int(np.argmax(run.present[:, column]))
        if not run.present[first, column]:
            raise TraceError(f"body '{body.id}' is not there in any frame; leave it out")
        objects.append(
            SceneObject(
                name=body.id,
                location=tuple(run.position[first, column].tolist()),
                rotation=tuple(run.quaternion[first, column].tolist()),
                geometry=geometry,
                body=_rigid_body(body, shape, _volume(geometry)),
                material=_material(body),
                semantic_class=body.semantic_class,
                tags=body.tags,
            )
        )
    return tuple(objects)


def _geometry(body: Body, foreign: ForeignTrace, depth: float) -> tuple[Primitive | Mesh, str]:
    if foreign.dimensions == 3:
        return solid_geometry(body, foreign.meters_per_unit)
    return plane_geometry(body_pieces(body, foreign), depth)


def _depth(foreign: ForeignTrace) -> float:
    """How deep planar bodies are along y, in m: the median size of those that move."""
    if foreign.dimensions == 3:
        return 0.0
    sizes = [2 * max(piece.reach for piece in body_pieces(body, foreign)) for body in foreign.bodies]
    moving = [size for size, body in zip(sizes, foreign.bodies, strict=True) if body.motion != "static"]
    return float(np.median(moving or sizes))


def _rigid_body(body: Body, shape: str, volume: float) -> RigidBody | None:
    if not body.solid:
        return None
    mass = body.mass or max(volume * WATER, 1e-9)
    kind = "PASSIVE" if body.motion == "static" else "ACTIVE"
    given = body.model_dump(include=set(SURFACE), exclude_none=True)
    return RigidBody(type=kind, shape=shape, mass=mass, kinematic=body.motion == "kinematic", margin=0.0, **given)


def _volume(geometry: Primitive | Mesh) -> float:
    return abs(mesh_volume(*mesh_of(geometry)))


def _material(body: Body) -> Material | None:
    if body.color is None:
        return None
    if isinstance(body.color, str):
        rgb = COLORS.get(body.color.lower())
        if rgb is None:
            raise TraceError(f"body '{body.id}': there is no colour '{body.color}'; there are {', '.join(COLORS)}")
    else:
        low, high = min(body.color), max(body.color)
        if low < 0 or high > 1:
            raise TraceError(f"body '{body.id}': a colour's channels are numbers from 0 to 1")
        rgb = body.color
    return Material(name=body.color if isinstance(body.color, str) else "", color=(*rgb, 1.0))


def _trace(run: _Run, scene: SceneGraph) -> Trace:
    """The trace without contacts and events."""
    foreign = run.foreign
    velocity, spin = mean_velocities(run.position, run.quaternion, 1.0 / foreign.fps)
    there = run.present[:, :, None]
    volume = np.array([_volume(o.geometry) for o in scene.objects if o.geometry is not None])
    return Trace(
        meta=TraceMeta(
            title=foreign.title,
            contacts="given" if foreign.contacts is not None else "found from poses, swept between frames",
            fps=foreign.fps,
            substeps=1,
            seed=0,
            steps=len(run.present) - 1,
            engine=foreign.source or "foreign",
            scene=scene,
        ),
        bodies=tuple(body.id for body in foreign.bodies),
        present=run.present,
        position=run.position,
        quaternion=run.quaternion,
        scale=np.where(there, np.ones_like(run.position), np.nan),
        velocity=np.where(there, velocity, np.nan),
        angular_velocity=np.where(there, spin, np.nan),
        volume=np.where(run.present, volume, np.nan),
        contacts=ContactColumns.empty(),
        events=[],
    )


def _event(label: Label, foreign: ForeignTrace) -> Event:
    return Event(uid=label.uid, frame=label.frame, time=label.frame / foreign.fps, parameters=label.parameters)
