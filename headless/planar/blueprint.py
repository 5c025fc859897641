"""A planar scene graph as what Box2D needs to build it, again and again.

Box2D reckons in single precision, and PHYRE turns pixels into metres in it. A difference in the last bit is visible
after some seconds, so lengths go from the plane's units to metres in single precision here too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import Box2D as b2  # noqa: N813
import numpy as np

from addon.geometry.plane import Disc, Piece, area, box_extents, pieces_of
from addon.geometry.primitives import mesh_of
from addon.geometry.volume import mesh_volume
from addon.scene_graph import FloatArray, SceneGraph, SceneGraphError, SceneObject, World, is_free, is_held, plane_angle

FARTHEST = 1e5
"""The largest coordinates and sizes in m; single precision is too coarse for dynamics beyond them."""

MOST_GRAVITY, LONGEST_STEP = 1e7, 10.0
"""Gravity (m/s²) and length of a step (s) beyond which single precision holds nothing."""

FLAT = 1e-6
"""How far a body of a plane may be off it, in m, and turned out of it."""


@dataclass(frozen=True, eq=False)
class BodyPlan:
    """One body: where it is, in m and radians, and what it is made of.

    ``fixtures`` are the arguments of Box2D's fixtures; ``kind`` is a body type of Box2D. Velocities are the origin's in
    m/s and rad/s, counterclockwise.
    """

    name: str
    kind: int
    position: tuple[float, float]
    angle: float
    fixtures: tuple[b2.b2FixtureDef, ...]
    pieces: tuple[Piece, ...]
    linear_damping: float = 0.0
    angular_damping: float = 0.0
    velocity: tuple[float, float] = (0.0, 0.0)
    spin: float = 0.0

    @cached_property
    def reach(self) -> float:
        """Greatest distance of its points from its origin in m."""
        return max(piece.reach for piece in self.pieces)

    @cached_property
    def _definition(self) -> b2.b2BodyDef:
        return b2.b2BodyDef(
            type=self.kind,
            position=self.position,
            angle=self.angle,
            linearDamping=self.linear_damping,
            angularDamping=self.angular_damping,
        )

    def add_to(self, world: b2.b2World, index: int) -> b2.b2Body:
        """The body in a world; its ``userData`` is its index."""
        self._definition.userData = index
        body = world.CreateBody(self._definition)
        for fixture in self.fixtures:
            body.CreateFixture(fixture)
        if any((*self.velocity, self.spin)):
            body.angularVelocity = self.spin
            body.linearVelocity = of_center(body, self.velocity)
        return body


def of_center(body: b2.b2Body, velocity: Sequence[float]) -> tuple[float, float]:
    """The velocity of a body's centre of mass where its origin has this one."""
    x, y = body.worldCenter - body.position
    return velocity[0] - body.angularVelocity * y, velocity[1] + body.angularVelocity * x


def of_origin(body: b2.b2Body) -> tuple[float, float]:
    """The velocity of a body's origin."""
    x, y = body.worldCenter - body.position
    vx, vy = body.linearVelocity
    return vx + body.angularVelocity * y, vy - body.angularVelocity * x


@dataclass(frozen=True, eq=False)
class Blueprint:
    """The bodies of a planar scene, and how Box2D steps it. Objects without a mesh have None in the place of a body."""

    graph: SceneGraph
    bodies: tuple[BodyPlan | None, ...]
    gravity: tuple[float, float]
    dt: float
    velocity_iterations: int
    position_iterations: int
    like: Blueprint | None = field(default=None, repr=False)

    @classmethod
    def of(cls, graph: SceneGraph, like: Blueprint | None = None) -> Blueprint:
        """The blueprint of a scene; what objects it has in common with the one that it is ``like`` is taken from there.

        Raises SceneGraphError, naming the object, for a scene that is not planar or that Box2D cannot hold.
        """
        world, plane = graph.world, graph.world.plane
        if plane is None:
            raise SceneGraphError("the scene is not planar: its world has no plane")
        if graph.constraints:
            name = graph.constraints[0].name
            raise SceneGraphError(f"constraint '{name}': planar worlds have no constraints; remove it")
        _check_world(world)
        for obj in graph.objects:
            _check(obj)
        scale = Metres(plane.meters_per_unit)
        return cls(
            graph,
            tuple(_planned(i, obj, scale, like) for i, obj in enumerate(graph.objects)),
            (world.gravity[0], world.gravity[2]),
            world.dt * world.time_scale,
            world.solver_iterations,
            plane.position_iterations,
            like,
        )

    @cached_property
    def volumes(self) -> FloatArray:
        """Volumes ``[B]`` in m³ of the objects' meshes before their scale; 0 without a mesh."""
        known = None if self.like is None else self.like.volumes
        objects = enumerate(self.graph.objects)
        return np.array([_volume(o) if known is None or not _shared(i, o, self.like) else known[i] for i, o in objects])

    def build(self) -> tuple[b2.b2World, list[Any]]:
        """A new world and its bodies in the order of the scene's objects, None for those without a mesh."""
        world = b2.b2World(gravity=self.gravity, doSleep=True)
        return world, [None if plan is None else plan.add_to(world, i) for i, plan in enumerate(self.bodies)]

    def stepper(self, world: b2.b2World) -> Callable[[], None]:
        """What steps a world once."""
        return partial(world.Step, self.dt, self.velocity_iterations, self.position_iterations)


class Metres:
    """Lengths in metres, worked out from units of a plane in single precision."""

    def __init__(self, unit: float) -> None:
        self._unit, self._per_metre = unit, np.float32(1.0 / unit)

    def __call__(self, lengths: FloatArray | Sequence[float]) -> list[float]:
        """Lengths ``[N]`` in m that were given in m of double precision."""
        units = (np.asarray(lengths) / self._unit).astype(np.float32)
        return [float(v) for v in units / self._per_metre]


def plane_pose(obj: SceneObject) -> tuple[float, float, float]:
    """An object's x and z in m and its angle in radians, counterclockwise. Raises SceneGraphError off the plane."""
    _, i, _, k = obj.rotation
    if max(abs(obj.location[1]), abs(i), abs(k)) > FLAT:
        raise SceneGraphError(f"object '{obj.name}' is not in the plane: its y must be 0, and it may turn about y only")
    vx, _, vz = obj.angular_velocity
    if max(abs(obj.velocity[1]), abs(vx), abs(vz)) > FLAT:
        raise SceneGraphError(f"object '{obj.name}' leaves the plane: it may move in x and z and turn about y only")
    return obj.location[0], obj.location[2], math.remainder(plane_angle(obj.rotation), 4.0 * math.pi)


def _check_world(world: World) -> None:
    """Raise SceneGraphError for settings that are Blender's alone; substeps do not count, for Box2D has none."""
    if abs(world.gravity[1]) > FLAT:
        raise SceneGraphError(f"gravity {world.gravity} leaves the plane: its y must be 0")
    largest = max(map(abs, world.gravity))
    if largest > MOST_GRAVITY or world.dt * world.time_scale > LONGEST_STEP:
        raise SceneGraphError(
            f"a plane holds gravity up to {MOST_GRAVITY:g} m/s² and steps up to {LONGEST_STEP:g} s; "
            f"here they are {largest:g} m/s² and {world.dt * world.time_scale:g} s"
        )
    plain = World()
    for name in ("enabled", "starts", "ends", "frame_map", "field_weights", "split_impulse"):
        if getattr(world, name) != getattr(plain, name):
            raise SceneGraphError(f"world.{name} has no meaning in a plane; leave it out")


def _check(obj: SceneObject) -> None:
    """Raise SceneGraphError for what moves otherwise than as a rigid body of its own."""
    for present, what in (
        (obj.elements, "cloth, fluids, particles and the like"),
        (obj.field, "force fields"),
        (obj.animation, "animation"),
        (obj.parent, "parents"),
        (obj.body is not None and obj.body.collections != (0,), "collision collections"),
        (obj.body is not None and obj.body.collision, "collision shapes of their own"),
    ):
        if present:
            raise SceneGraphError(f"object '{obj.name}': planar worlds have no {what}; remove that")


def _shared(i: int, obj: SceneObject, like: Blueprint | None) -> bool:
    """Whether another scene has the very same object in the same place."""
    return like is not None and i < len(like.graph.objects) and like.graph.objects[i] is obj


def _planned(i: int, obj: SceneObject, scale: Metres, like: Blueprint | None) -> BodyPlan | None:
    if like is not None and _shared(i, obj, like):
        return like.bodies[i]
    return None if obj.geometry is None else _tried(obj, scale)


def _tried(obj: SceneObject, scale: Metres) -> BodyPlan:
    """The plan of a body that Box2D takes. Raises SceneGraphError for any other."""
    if max(map(abs, (*obj.location, *obj.dimensions))) > FARTHEST:
        raise SceneGraphError(f"object '{obj.name}' is too large or too far off: {FARTHEST:g} m are the most")
    try:
        plan = _plan(obj, scale)
        plan.add_to(b2.b2World(), 0)
    except (AssertionError, OverflowError, ZeroDivisionError, TypeError, ValueError) as error:
        if isinstance(error, SceneGraphError):
            raise
        raise SceneGraphError(
            f"object '{obj.name}': Box2D cannot hold it: its sizes, its speed, or its mass for its size, are none "
            "that bodies have"
        ) from None
    return plan


def _plan(obj: SceneObject, scale: Metres) -> BodyPlan:
    x, z, angle = plane_pose(obj)
    pieces = pieces_of(obj)
    kind = b2.b2_dynamicBody if is_free(obj) else b2.b2_kinematicBody if is_held(obj) else b2.b2_staticBody
    settings = obj.body
    surface: dict[str, Any] = {"isSensor": True}
    if settings is not None:
        density = settings.mass / sum(map(area, pieces))
        surface = {"density": density, "friction": settings.friction, "restitution": settings.restitution}
    return BodyPlan(
        name=obj.name,
        kind=kind if settings is not None else b2.b2_kinematicBody,
        position=(scale([x])[0], scale([z])[0]),
        angle=angle,
        fixtures=tuple(b2.b2FixtureDef(shape=_shape(p, scale, obj.name), **surface) for p in pieces),
        pieces=pieces,
        linear_damping=settings.linear_damping if settings is not None else 0.0,
        angular_damping=settings.angular_damping if settings is not None else 0.0,
        velocity=(obj.velocity[0], obj.velocity[2]),
        spin=-obj.angular_velocity[1],
    )


def _shape(piece: Piece, scale: Metres, name: str) -> b2.b2Shape:
    if isinstance(piece, Disc):
        return b2.b2CircleShape(pos=scale(piece.center), radius=scale([piece.radius])[0])
    extents = box_extents(piece)
    if extents is not None:
        return b2.b2PolygonShape(box=tuple(scale(np.array(extents) / 2)))
    corners = list(_pairs(scale(piece.vertices.ravel())))
    if len(corners) > b2.b2_maxPolygonVertices:
        raise SceneGraphError(
            f"object '{name}': a polygon of {len(corners)} corners; Box2D takes {b2.b2_maxPolygonVertices} at most"
        )
    try:
        return b2.b2PolygonShape(vertices=corners)
    except (ValueError, AssertionError) as error:
        raise SceneGraphError(f"object '{name}': Box2D cannot make a polygon of it: {error}") from None


def _volume(obj: SceneObject) -> float:
    return 0.0 if obj.geometry is None else abs(mesh_volume(*mesh_of(obj.geometry)))


def _pairs(values: Sequence[float]) -> Iterable[tuple[float, float]]:
    return zip(values[::2], values[1::2], strict=True)
