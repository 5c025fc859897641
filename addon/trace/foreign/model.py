"""Traces of other simulators as JSON, in two or three dimensions: what `docs/foreign_traces.md` describes.

Lengths are in units of ``meters_per_unit`` metres, angles in radians, times in seconds. A pose is ``[x, y, angle]``
(counterclockwise) in two dimensions and ``[x, y, z, qw, qx, qy, qz]`` in three. Shapes are in their body's frame.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

FOREIGN_VERSION: Literal[1] = 1

LARGEST = 1e15
"""No number of a file is greater; the volumes of such lengths can still be told."""

Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, le=LARGEST, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Numbers = tuple[Number, ...]
Id = Annotated[str, BeforeValidator(lambda v: str(v) if isinstance(v, int) and not isinstance(v, bool) else v)]
"""The name of a body; whole numbers are names too."""

Motion = Literal["dynamic", "kinematic", "static"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Circle(_Model):
    """A circle, in two dimensions."""

    type: Literal["circle"] = "circle"
    radius: Positive
    center: tuple[Number, Number] = (0.0, 0.0)


class Polygon(_Model):
    """A convex polygon, in two dimensions; its vertices in order, whichever way round."""

    type: Literal["polygon"] = "polygon"
    vertices: Annotated[tuple[tuple[Number, Number], ...], Field(min_length=3)]


class Box(_Model):
    """A box about the body's origin, with two or three full extents."""

    type: Literal["box"] = "box"
    size: Annotated[tuple[Positive, ...], Field(min_length=2, max_length=3)]


class Sphere(_Model):
    """A sphere about the body's origin."""

    type: Literal["sphere"] = "sphere"
    radius: Positive


class Upright(_Model):
    """A cylinder, cone or capsule about the body's origin; ``length`` is its full extent along local z."""

    type: Literal["cylinder", "cone", "capsule"]
    radius: Positive
    length: Positive


class Hull(_Model):
    """The convex hull of points, in three dimensions."""

    type: Literal["hull"] = "hull"
    vertices: Annotated[tuple[tuple[Number, Number, Number], ...], Field(min_length=4)]


class Surface(_Model):
    """A polygon mesh, in three dimensions; faces are lists of vertex numbers, outward by the right-hand rule."""

    type: Literal["mesh"] = "mesh"
    vertices: tuple[tuple[Number, Number, Number], ...]
    faces: tuple[tuple[int, ...], ...]


Shape = Annotated[Circle | Polygon | Box | Sphere | Upright | Hull | Surface, Field(discriminator="type")]


class Body(_Model):
    """A rigid body. A static one has its ``pose`` here, the others have theirs in the frames.

    ``mass`` is in kg; without one it is that of water. ``solid`` is False for a zone that others pass through.
    ``skin`` is the gap at which the body's surface already meets others.
    """

    id: Id
    shapes: Annotated[tuple[Shape, ...], Field(min_length=1)]
    motion: Motion = "dynamic"
    pose: Numbers | None = None
    mass: Positive | None = None
    solid: bool = True
    skin: NonNegative = 0.0
    friction: NonNegative | None = None
    restitution: NonNegative | None = None
    linear_damping: NonNegative | None = None
    angular_damping: NonNegative | None = None
    color: str | tuple[Number, Number, Number] | None = None
    semantic_class: str = ""
    tags: tuple[str, ...] = ()


class ContactInterval(_Model):
    """Two bodies touch from frame ``start`` to frame ``end``, both included.

    ``points``, ``normals`` (from a to b) and ``distances`` have an entry a frame; without them they follow from the
    shapes.
    """

    a: Id
    b: Id
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    points: tuple[Numbers, ...] | None = None
    normals: tuple[Numbers, ...] | None = None
    distances: Numbers | None = None


class Label(_Model):
    """Something named that happened at a frame."""

    uid: Annotated[str, Field(min_length=1)]
    frame: Annotated[int, Field(ge=0)]
    parameters: dict[str, Any] = {}


class ForeignTrace(_Model):
    """One run. ``frames`` hold a pose for every body that is not static, or null where a body is not there.

    ``gravity`` is in units/s², 9.81 m/s² down unless given; ``up`` is the axis that points up ("-y": screen
    coordinates). ``size`` is how wide and high the field of a planar run is, from its origin, ``solver_iterations`` are
    those of its engine. ``times`` are the frames'
    times, needed only to check them. ``touch`` and ``release`` are the gaps at which contacts begin and end,
    ``resolution`` the step to which positions are rounded. With ``contacts``, those are the run's; without, they are
    found from the shapes.
    """

    foreign_trace_version: Literal[1] = FOREIGN_VERSION
    title: str = ""
    source: str = ""
    dimensions: Literal[2, 3]
    fps: Positive
    meters_per_unit: Positive = 1.0
    up: Literal["y", "-y", "z"] | None = None
    gravity: Numbers | None = None
    size: tuple[Positive, Positive] | None = None
    solver_iterations: Annotated[int, Field(ge=1, le=1000)] | None = None
    touch: NonNegative | None = None
    release: NonNegative | None = None
    resolution: NonNegative = 0.0
    bodies: Annotated[tuple[Body, ...], Field(min_length=1)]
    times: Numbers | None = None
    frames: Annotated[tuple[dict[str, Numbers | None], ...], Field(min_length=1)]
    contacts: tuple[ContactInterval, ...] | None = None
    events: tuple[Label, ...] = ()
