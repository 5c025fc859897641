"""Planar bodies as geometry of the scene graph, in metres: a circle is a sphere, a polygon a prism along y."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray, Mesh, Primitive, SceneGraphError, SceneObject
from ...scene_graph.body import CollisionShape
from ..primitives import mesh_of
from .distance import Disc, Piece, Polygon

Faces = tuple[tuple[int, ...], ...]

ROUND = 1e-4
"""How much the distances of a ball's vertices from its centre may differ, as a share of its radius."""


def counterclockwise(vertices: FloatArray) -> FloatArray:
    """A polygon's vertices ``[V, 2]``, turned round if they go clockwise."""
    return np.asarray(vertices[:: 1 if signed_area(vertices) > 0 else -1])


def signed_area(vertices: FloatArray) -> float:
    """The area of a polygon, negative for vertices that go clockwise."""
    x, y = vertices.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def area(piece: Piece) -> float:
    """The area of a circle or a polygon in m²."""
    return float(np.pi * piece.radius**2) if isinstance(piece, Disc) else abs(signed_area(piece.vertices))


@dataclass(frozen=True)
class Mass:
    """A body's area in m², its centre of mass ``[2]`` from its origin in m, and the moment of inertia about that centre
    in m² (kg m² for each kg)."""

    area: float
    center: FloatArray
    inertia: float


def mass_of(pieces: Sequence[Piece]) -> Mass:
    """The mass of a body of one density; what two pieces share counts twice, as in Box2D."""
    areas, centers, about_origin = zip(*map(_moments, pieces), strict=True)
    whole = sum(areas)
    center = np.asarray(sum(a * c for a, c in zip(areas, centers, strict=True)) / whole)
    return Mass(whole, center, sum(about_origin) / whole - float(center @ center))


def _moments(piece: Piece) -> tuple[float, FloatArray, float]:
    """A piece's area, its centre, and its second moment of area about the body's origin in m⁴."""
    if isinstance(piece, Disc):
        size = area(piece)
        return size, piece.center, size * (piece.radius**2 / 2 + float(piece.center @ piece.center))
    p = counterclockwise(piece.vertices)
    q = np.roll(p, -1, axis=0)
    cross = p[:, 0] * q[:, 1] - q[:, 0] * p[:, 1]
    size = float(cross.sum()) / 2
    second = float((cross * (p * p + p * q + q * q).sum(axis=1)).sum()) / 12
    return size, np.asarray((cross[:, None] * (p + q)).sum(axis=0) / (6 * size)), second


def box_extents(piece: Piece) -> tuple[float, float] | None:
    """Width and height of a rectangle about the body's origin along its axes; None for any other piece."""
    if isinstance(piece, Disc) or len(piece.vertices) != 4:
        return None
    x, y = np.abs(piece.vertices).T
    upright = all(np.count_nonzero(step) == 1 for step in np.diff(piece.vertices, axis=0))
    if not upright or np.ptp(x) or np.ptp(y):
        return None
    return 2 * float(x[0]), 2 * float(y[0])


def plane_geometry(pieces: Sequence[Piece], depth: float) -> tuple[Primitive | Mesh, CollisionShape]:
    """The geometry of a planar body that is ``depth`` m deep along y, and its collision shape."""
    first = pieces[0]
    if len(pieces) == 1 and isinstance(first, Disc) and not first.center.any():
        return Primitive(kind="sphere", dimensions=(2 * first.radius,) * 3), "SPHERE"
    extents = box_extents(first) if len(pieces) == 1 else None
    if extents is not None:
        return Primitive(kind="cube", dimensions=(extents[0], depth, extents[1])), "BOX"
    parts = [_ball(p) if isinstance(p, Disc) else _prism(p.vertices, depth) for p in pieces]
    return joined(parts), "CONVEX_HULL" if len(pieces) == 1 else "MESH"


def joined(parts: Sequence[tuple[FloatArray, Faces]]) -> Mesh:
    """One mesh of several parts, each with vertices and faces."""
    vertices: list[tuple[float, ...]] = []
    faces: list[tuple[int, ...]] = []
    for points, own in parts:
        faces += [tuple(v + len(vertices) for v in face) for face in own]
        vertices += [tuple(p) for p in points.tolist()]
    return Mesh(vertices=tuple(vertices), faces=tuple(faces))


def _prism(outline: FloatArray, depth: float) -> tuple[FloatArray, Faces]:
    """A counterclockwise outline ``[V, 2]`` in x and z, seen from -y, drawn out along y; faces point outward."""
    count = len(outline)
    ends = [np.column_stack([outline[:, 0], np.full(count, y), outline[:, 1]]) for y in (-depth / 2, depth / 2)]
    near, far = tuple(range(count)), tuple(range(2 * count - 1, count - 1, -1))
    sides = tuple((i, i + count, (i + 1) % count + count, (i + 1) % count) for i in range(count))
    return np.concatenate(ends), (near, far, *sides)


def _ball(disc: Disc) -> tuple[FloatArray, Faces]:
    vertices, faces = mesh_of(Primitive(kind="sphere", dimensions=(2 * disc.radius,) * 3))
    return vertices + np.array([disc.center[0], 0.0, disc.center[1]]), faces


def pieces_of(obj: SceneObject) -> tuple[Piece, ...]:
    """The circles and convex polygons of a planar object, in its frame after its scale.

    Raises SceneGraphError that names the object if its shape is none that a plane can hold.
    """
    geometry, scale = obj.geometry, np.array(obj.scale)
    if isinstance(geometry, Primitive):
        x, _, z = obj.dimensions
        if geometry.kind == "sphere" and np.isclose(x, z):
            return (Disc(np.zeros(2), x / 2),)
        if geometry.kind == "cube":
            return (Polygon(np.array([[-x, -z], [x, -z], [x, z], [-x, z]]) / 2),)
    elif isinstance(geometry, Mesh):
        whole = obj.rigid_body is not None and obj.rigid_body.shape != "MESH"
        points = np.array(geometry.vertices) * scale
        parts = [points] if whole else [points[own] for own in _parts(len(points), geometry.faces)]
        return tuple(_piece(part, obj.name) for part in parts)
    what = geometry.kind if geometry is not None else "object without a mesh"
    raise SceneGraphError(
        f"object '{obj.name}': a {what} has no place in a plane; use spheres, cubes, and prisms along y"
    )


def _piece(points: FloatArray, name: str) -> Piece:
    """The circle of a ball's vertices, else the outline of a prism's."""
    flat = points[:, [0, 2]]
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    away = np.linalg.norm(points - middle, axis=1)
    if len(points) > 16 and np.ptp(away) < ROUND * away.mean():
        return Disc(middle[[0, 2]], float(away.mean()))
    found = outline(flat)
    if len(found) < 3:
        raise SceneGraphError(f"object '{name}': a part of it has no area in the plane of x and z")
    return Polygon(found)


def _parts(count: int, faces: Faces) -> list[NDArray[np.intp]]:
    """The vertices of each connected part of a mesh, as lists of numbers."""
    part = np.arange(count)
    changed = True
    while changed:
        before = part.copy()
        for face in faces:
            part[list(face)] = part[list(face)].min()
        changed = bool((part != before).any())
    return [np.flatnonzero(part == number) for number in np.unique(part)]


def outline(points: FloatArray) -> FloatArray:
    """The corners ``[V, 2]`` of the convex hull of points, counterclockwise (Andrew's monotone chain)."""
    ordered = np.unique(points.round(12), axis=0)
    return np.array([*_chain(ordered)[:-1], *_chain(ordered[::-1])[:-1]])


def _chain(points: FloatArray) -> list[FloatArray]:
    chain: list[FloatArray] = []
    slack = 1e-12 * float(np.ptp(points, axis=0).max(initial=0.0)) ** 2
    for point in points:
        while len(chain) > 1 and _cross(chain[-1] - chain[-2], point - chain[-2]) <= slack:
            chain.pop()
        chain.append(point)
    return chain


def _cross(a: FloatArray, b: FloatArray) -> float:
    return float(a[0] * b[1] - a[1] * b[0])
