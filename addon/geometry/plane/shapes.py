"""Planar bodies as geometry of the scene graph, in metres: a circle is a sphere, a polygon a prism along y."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...scene_graph import FloatArray, Mesh, Primitive, SceneObject, flat_parts, signed_area
from ...scene_graph.body import CollisionShape
from ..primitives import mesh_of
from .distance import Disc, Piece, Polygon

Faces = tuple[tuple[int, ...], ...]


def counterclockwise(vertices: FloatArray) -> FloatArray:
    """A polygon's vertices ``[V, 2]``, turned round if they go clockwise."""
    return np.asarray(vertices[:: 1 if signed_area(vertices) > 0 else -1])


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
    return tuple(Disc(part.points[0], part.radius) if part.radius else Polygon(part.points) for part in flat_parts(obj))
