"""Collision shapes as Blender's rigid-body engine sees them, as MuJoCo geoms and surfaces of triangles.

Blender gives Bullet a shape without the object's scale, and then the scale; so what each shape makes of it differs.
BOX, SPHERE, CAPSULE, CYLINDER and CONE take the size of the mesh's bounding box and are centred on the object's origin,
wherever the mesh is. Scaled, a SPHERE's radius follows x alone, a CAPSULE's y, a CYLINDER's x, and a CONE's the mean of
x and y. CONVEX_HULL is the hull of the vertices, MESH the surface of its triangles; a mirrored one is turned about the
origin. A COMPOUND is its children's shapes alone: at the children's places, without the children's scale, at its own.

Margins: a BOX, SPHERE, CAPSULE or CYLINDER keeps them inside. A CONE and a MESH have them around them; a sphere does
not feel that of a MESH. A hull whose margin is not ticked is shrunk by the default margin before it is scaled, if
something is left of it, and then has that margin, times its least scale, around it; one whose margin is ticked has it
around its vertices. A BOX or CYLINDER that is thinner than its margin is turned inside out by Bullet, which then holds
it up over gaps of up to the margin. All this was measured with bodies at rest in Blender 4.5 and 5.2.

An object without a rigid body (a scripted one, a trigger zone) takes part with the shape of its mesh: its primitive,
else its hull.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import mujoco
import numpy as np

from ...scene_graph import FloatArray, Primitive, SceneGraph, SceneObject, is_free
from ..hulls import inset, solid
from ..poses import conjugate, multiply, rotation_matrix
from ..primitives import mesh_of
from ..triangulate import Indices, triangulated

DEFAULT_MARGIN = 0.04
"""Blender's default collision margin in metres."""

LEAST = 1e-6
"""Least half extent of a geom in metres, for MuJoCo's must not be zero."""

_SIGNS = np.array([(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])
"""Of the eight corners of a box."""

_PRIMITIVE_SHAPES = {"cube": "BOX", "sphere": "SPHERE", "capsule": "CAPSULE", "cylinder": "CYLINDER", "cone": "CONE"}


@dataclass(frozen=True)
class Geom:
    """One piece of a shape in its body's frame: a MuJoCo type with its size, the corners of a hull ``[V, 3]``, or a
    surface of ``triangles`` ``[T, 3]`` over such corners.

    ``outer`` is the gap in metres at which others already touch it, ``loose`` a gap over which Bullet may hold it
    up besides.
    """

    type: mujoco.mjtGeom
    size: tuple[float, ...] = (0.0, 0.0, 0.0)
    vertices: FloatArray | None = None
    triangles: Indices | None = None
    position: tuple[float, ...] = (0.0, 0.0, 0.0)
    quaternion: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)
    outer: float = 0.0
    loose: float = 0.0

    @property
    def corners(self) -> FloatArray:
        """Corners ``[V, 3]`` of the piece, or of its bounding box, in its body's frame and without ``outer``."""
        points = _SIGNS * self._half if self.vertices is None else self.vertices
        if self.quaternion == (1.0, 0.0, 0.0, 0.0):
            return np.asarray(points + np.array(self.position))
        return np.asarray(points @ rotation_matrix(np.array(self.quaternion)).T + np.array(self.position))

    @property
    def _half(self) -> tuple[float, float, float]:
        """Half extents of a piece that is no hull and no surface."""
        x, y, z = self.size
        match self.type:
            case mujoco.mjtGeom.mjGEOM_SPHERE:
                return x, x, x
            case mujoco.mjtGeom.mjGEOM_CAPSULE:
                return x, x, x + y
            case mujoco.mjtGeom.mjGEOM_CYLINDER:
                return x, x, y
            case _:
                return x, y, z

    def hull(self) -> Geom:
        """A box or capsule as a hull; MuJoCo's own are told too far from or too near to a surface."""
        if self.type == mujoco.mjtGeom.mjGEOM_BOX:
            return replace(self, type=mujoco.mjtGeom.mjGEOM_MESH, vertices=_SIGNS * self.size)
        if self.type == mujoco.mjtGeom.mjGEOM_CAPSULE:
            radius, straight, _ = self.size
            core = solid(np.array([[0.0, 0.0, -straight], [0.0, 0.0, straight]]))
            return replace(self, type=mujoco.mjtGeom.mjGEOM_MESH, vertices=core, outer=self.outer + radius)
        return self


def geoms_of(obj: SceneObject, scale: FloatArray, graph: SceneGraph) -> Iterator[Geom]:
    """The pieces of an object's collision shape at ``scale`` ``[3]``, in its own frame, metres."""
    if obj.geometry is None:
        return
    if obj.body is None:
        yield from _bodiless(obj, scale)
    elif obj.body.shape == "COMPOUND":
        yield from _children(obj, scale, scale / np.asarray(obj.scale), graph)
    else:
        yield from _body_geoms(obj, scale, np.abs(scale).min())


def _bodiless(obj: SceneObject, scale: FloatArray) -> Iterator[Geom]:
    assert obj.geometry is not None
    vertices = mesh_of(obj.geometry)[0] * scale
    half = np.ptp(vertices, axis=0) / 2
    if isinstance(obj.geometry, Primitive):
        shape = _PRIMITIVE_SHAPES[obj.geometry.kind]
        is_round = np.isclose(half[0], half[1]) and (shape != "SPHERE" or np.isclose(half[0], half[2]))
        if shape == "BOX" or (is_round and shape != "CONE"):
            yield _centred(shape, half, np.ones(3))
            return
    yield _hull(vertices)


def _body_geoms(obj: SceneObject, scale: FloatArray, hull_scale: float) -> Iterator[Geom]:
    """The pieces of a body's own shape; an embedded margin of a hull is enlarged by ``hull_scale``."""
    assert obj.body is not None
    geometry, body = obj.collision_geometry, obj.body
    assert geometry is not None
    margin = DEFAULT_MARGIN if body.margin is None else body.margin
    vertices, faces = mesh_of(geometry)
    if math.prod(scale.tolist()) < 0:
        scale = -scale  # Bullet knows no mirrors: it has the shape turned about its origin.
    match body.shape:
        case "CONVEX_HULL":
            core = _embedded(vertices.tobytes()) if body.margin is None else None
            if core is not None:
                yield replace(_hull(core * scale), outer=DEFAULT_MARGIN * hull_scale)
            else:
                yield replace(_hull(vertices * scale), outer=body.margin or 0.0)
        case "MESH" if faces:
            flex = Geom(mujoco.mjtGeom.mjGEOM_FLEX, vertices=vertices * scale, outer=margin)
            yield replace(flex, triangles=triangulated(vertices, faces))
        case shape:
            yield _centred(shape, np.ptp(vertices, axis=0) / 2, np.abs(scale), margin)


def _centred(shape: str, half: FloatArray, scale: FloatArray, margin: float = 0.0) -> Geom:
    """A shape around the origin for a mesh of half extents ``[3]`` before scale ``[3]``."""
    (x, y, height), along = half.tolist(), scale.tolist()
    radius = max(x, y)
    match shape:
        case "SPHERE":
            return Geom(mujoco.mjtGeom.mjGEOM_SPHERE, (max(max(radius, height) * along[0], LEAST), 0.0, 0.0))
        case "CAPSULE":
            straight = max(height - radius, 0.0) * along[2]
            return Geom(mujoco.mjtGeom.mjGEOM_CAPSULE, (max(radius * along[1], LEAST), max(straight, LEAST), 0.0))
        case "CYLINDER":
            size = max(radius * along[0], LEAST), max(height * along[2], LEAST)
            if min(size) <= margin:
                return Geom(mujoco.mjtGeom.mjGEOM_CYLINDER, (*size, 0.0), loose=margin)
            return Geom(mujoco.mjtGeom.mjGEOM_CYLINDER, (size[0] - margin, size[1] - margin, 0.0), outer=margin)
        case "CONE":
            corners = _cone(radius * (along[0] + along[1]) / 2, height * along[2])
            return replace(_hull(corners), outer=margin)
        case _:
            sizes = tuple(max(h * s, LEAST) for h, s in zip((x, y, height), along, strict=True))
            return Geom(mujoco.mjtGeom.mjGEOM_BOX, sizes, loose=margin if min(sizes) <= margin else 0.0)


@lru_cache(maxsize=256)
def _embedded(vertices: bytes) -> FloatArray | None:
    """Corners of the hull of packed vertices ``[V, 3]`` shrunk by the default margin; None where nothing is left."""
    return inset(np.frombuffer(vertices).reshape(-1, 3), DEFAULT_MARGIN)


def _children(parent: SceneObject, scale: FloatArray, grown: FloatArray, graph: SceneGraph) -> Iterator[Geom]:
    """The children's shapes at the compound's ``scale`` ``[3]``, placed by their poses at the start, which it keeps for
    good; ``grown`` ``[3]`` is its scale as a share of that at the start."""
    turn_back = conjugate(np.asarray(parent.rotation))
    for child in graph.objects:
        if child.parent != parent.name or child.body is None:
            continue
        offset = rotation_matrix(turn_back) @ (np.asarray(child.location) - np.asarray(parent.location))
        offset *= grown
        turn = multiply(turn_back, np.asarray(child.rotation))
        nested = child.body.shape == "COMPOUND"
        for geom in _children(child, scale, grown, graph) if nested else _body_geoms(child, scale, 1.0):
            place = rotation_matrix(turn) @ np.asarray(geom.position) + offset
            whole = multiply(turn, np.asarray(geom.quaternion))
            yield replace(geom, position=tuple(place), quaternion=tuple(whole))


def _hull(vertices: FloatArray) -> Geom:
    return Geom(mujoco.mjtGeom.mjGEOM_MESH, vertices=solid(vertices))


def _cone(radius: float, half_height: float) -> FloatArray:
    angles = np.linspace(0.0, 2 * np.pi, 32, endpoint=False)
    base = np.stack([radius * np.cos(angles), radius * np.sin(angles), np.full(32, -half_height)], axis=1)
    return np.concatenate([base, [[0.0, 0.0, half_height]]])


def excluded_pairs(graph: SceneGraph) -> set[tuple[str, str]]:
    """Pairs whose collisions a constraint switches off."""
    pairs = set()
    for constraint in graph.constraints:
        if constraint.disable_collisions and constraint.object2 is not None:
            pairs.add((min(constraint.object1, constraint.object2), max(constraint.object1, constraint.object2)))
    return pairs


def parent_pairs(graph: SceneGraph) -> set[tuple[str, str]]:
    """Pairs of a parent and its child that move as one: all but those of which Bullet moves the child."""
    kept = (o for o in graph.objects if o.parent is not None and not is_free(o))
    return {(min(o.name, o.parent), max(o.name, o.parent)) for o in kept if o.parent is not None}


def collision_mask(obj: SceneObject) -> int:
    """Bit set of the collision collections; an object without a body meets all."""
    if obj.body is None:
        return (1 << 20) - 1
    return sum(1 << bit for bit in set(obj.body.collections))
