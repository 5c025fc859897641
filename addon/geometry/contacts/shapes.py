"""Collision shapes as Blender's rigid-body engine sees them, as MuJoCo geoms.

BOX, SPHERE, CAPSULE, CYLINDER and CONE take the size of the mesh's bounding box and are centred on the object's
origin. CONVEX_HULL is the hull of the vertices. MESH is a surface: each face becomes a thin convex plate. COMPOUND is
the union of the children's shapes. An object without a rigid body (a scripted one, a trigger zone) takes part with the
shape of its mesh: its primitive, else its hull.

Measured with bodies at rest in Blender: all shapes keep their collision margin inside (they rest within 0.2 mm of their
geometry) except CONE and MESH, which have it as an outer gap; a sphere on a MESH ignores that gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import mujoco
import numpy as np

from ...scene_graph import FloatArray, Primitive, SceneGraph, SceneObject
from ..poses import conjugate, multiply, rotation_matrix
from ..primitives import mesh_of

DEFAULT_MARGIN = 0.04
"""Blender's default collision margin in metres."""

PLATE = 1e-4
"""Half the thickness in metres that flat pieces get, for a hull needs a volume."""

_PRIMITIVE_SHAPES = {"cube": "BOX", "sphere": "SPHERE", "capsule": "CAPSULE", "cylinder": "CYLINDER", "cone": "CONE"}


@dataclass(frozen=True)
class Geom:
    """One convex piece in its body's frame: a MuJoCo type with its size, or the vertices of a hull ``[V, 3]``.

    ``outer`` is the gap in metres at which others already touch it; ``surface`` marks a piece of a MESH.
    """

    type: mujoco.mjtGeom
    size: tuple[float, ...] = (0.0, 0.0, 0.0)
    vertices: FloatArray | None = None
    position: tuple[float, ...] = (0.0, 0.0, 0.0)
    quaternion: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)
    outer: float = 0.0
    surface: bool = False


def geoms_of(obj: SceneObject, scale: FloatArray, graph: SceneGraph) -> Iterator[Geom]:
    """The convex pieces of an object's collision shape at ``scale`` ``[3]``, in its own frame, metres."""
    if obj.geometry is None:
        return
    if obj.body is not None and obj.body.shape == "COMPOUND":
        yield from _children(obj, graph)
        return
    vertices, faces = mesh_of(obj.geometry)
    points = vertices * scale
    half = np.ptp(points, axis=0) / 2
    match _shape(obj, half):
        case "BOX":
            yield Geom(mujoco.mjtGeom.mjGEOM_BOX, tuple(np.maximum(half, 1e-6)))
        case "SPHERE":
            yield Geom(mujoco.mjtGeom.mjGEOM_SPHERE, (float(half.max()), 0.0, 0.0))
        case "CAPSULE":
            radius = float(max(half[0], half[1]))
            straight = max(float(half[2]) - radius, 1e-6)
            yield Geom(mujoco.mjtGeom.mjGEOM_CAPSULE, (radius, straight, 0.0))
        case "CYLINDER":
            yield Geom(mujoco.mjtGeom.mjGEOM_CYLINDER, (float(max(half[0], half[1])), float(half[2]), 0.0))
        case "CONE":
            cone = _hull(_cone(float(max(half[0], half[1])), float(half[2])))
            yield replace(cone, outer=_margin(obj)) if obj.body else cone
        case "MESH":
            for face in faces:
                yield replace(_hull(points[list(face)]), outer=_margin(obj), surface=True)
        case _:
            yield _hull(points)


def _shape(obj: SceneObject, half: FloatArray) -> str:
    if obj.body is not None:
        return obj.body.shape
    if isinstance(obj.geometry, Primitive):
        kind = _PRIMITIVE_SHAPES[obj.geometry.kind]
        round_in_xy = kind == "BOX" or np.isclose(half[0], half[1])
        if round_in_xy and (kind != "SPHERE" or np.isclose(half[0], half[2])):
            return kind
    return "CONVEX_HULL"


def _children(parent: SceneObject, graph: SceneGraph) -> Iterator[Geom]:
    """The children's shapes, placed by their poses at the start, which a compound keeps for good."""
    turn_back = conjugate(np.asarray(parent.rotation))
    for child in graph.objects:
        if child.parent != parent.name or child.body is None:
            continue
        offset = rotation_matrix(turn_back) @ (np.asarray(child.location) - np.asarray(parent.location))
        turn = multiply(turn_back, np.asarray(child.rotation))
        for geom in geoms_of(child, np.asarray(child.scale), graph):
            place = rotation_matrix(turn) @ np.asarray(geom.position) + offset
            whole = multiply(turn, np.asarray(geom.quaternion))
            yield replace(geom, position=tuple(place), quaternion=tuple(whole))


def compound_child(obj: SceneObject, graph: SceneGraph) -> bool:
    """Whether the object's shape belongs to a compound parent, so that it is no body of its own."""
    if obj.parent is None or obj.body is None:
        return False
    parent = graph.object(obj.parent)
    return parent.body is not None and parent.body.shape == "COMPOUND"


def _margin(obj: SceneObject) -> float:
    return obj.body.margin if obj.body is not None and obj.body.margin is not None else DEFAULT_MARGIN


def _hull(vertices: FloatArray) -> Geom:
    """A convex hull; flat ones are thickened to a plate."""
    _, spread, axes = np.linalg.svd(vertices - vertices.mean(axis=0), full_matrices=False)
    if len(vertices) < 4 or spread[-1] < 1e-6 * max(spread[0], 1e-9):
        vertices = np.concatenate([vertices + PLATE * axes[-1], vertices - PLATE * axes[-1]])
    return Geom(mujoco.mjtGeom.mjGEOM_MESH, vertices=vertices)


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
    """Pairs of a parent and its child, which move as one."""
    return {(min(o.name, o.parent), max(o.name, o.parent)) for o in graph.objects if o.parent is not None}


def collision_mask(obj: SceneObject) -> int:
    """Bit set of the collision collections; an object without a body meets all."""
    if obj.body is None:
        return (1 << 20) - 1
    return sum(1 << bit for bit in set(obj.body.collections))


def can_move(obj: SceneObject) -> bool:
    """Whether the object may move in a run: by the engine, or by a script as kinematic or bodiless."""
    return obj.body is None or obj.body.type == "ACTIVE" or obj.body.kinematic
