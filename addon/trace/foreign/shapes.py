"""Shapes of foreign bodies as geometry of the scene graph, in metres.

Two dimensions lie in the plane of x and z: a planar circle is a sphere, a planar polygon a prism along y.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from ...geometry.plane import Disc, Piece
from ...geometry.plane import Polygon as PlanePolygon
from ...geometry.primitives import mesh_of
from ...scene_graph import FloatArray, Mesh, Primitive
from ..errors import TraceError
from .model import Body, Box, Circle, ForeignTrace, Hull, Polygon, Sphere, Surface, Upright

Faces = tuple[tuple[int, ...], ...]


def body_pieces(body: Body, foreign: ForeignTrace) -> tuple[Piece, ...]:
    """A planar body's circles and polygons in metres, y up."""
    unit = foreign.meters_per_unit
    mirror = np.array([unit, -unit if foreign.up == "-y" else unit])
    made: list[Piece] = []
    for shape in body.shapes:
        if isinstance(shape, Circle):
            made.append(Disc(np.array(shape.center) * mirror, shape.radius * unit))
        else:
            made.append(PlanePolygon(_counterclockwise(_corners(shape) * mirror)))
    return tuple(made)


def _corners(shape: object) -> FloatArray:
    if isinstance(shape, Polygon):
        return np.array(shape.vertices)
    assert isinstance(shape, Box)
    return np.asarray(np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]) * np.array(shape.size) / 2)


def _counterclockwise(vertices: FloatArray) -> FloatArray:
    x, y = vertices.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return np.asarray(vertices[:: 1 if area > 0 else -1])


def planar_geometry(body: Body, own: Sequence[Piece], unit: float, depth: float) -> tuple[Primitive | Mesh, str]:
    """A planar body's geometry, ``depth`` m deep along y, and its collision shape."""
    if len(own) == 1 and isinstance(own[0], Disc) and not own[0].center.any():
        return Primitive(kind="sphere", dimensions=(2 * own[0].radius,) * 3), "SPHERE"
    if len(body.shapes) == 1 and isinstance(body.shapes[0], Box):
        width, height = (float(s) * unit for s in body.shapes[0].size)
        return Primitive(kind="cube", dimensions=(width, depth, height)), "BOX"
    return _mesh([_ball(p) if isinstance(p, Disc) else _prism(p.vertices, depth) for p in own]), _collision(len(own))


def solid_geometry(body: Body, unit: float) -> tuple[Primitive | Mesh, str]:
    """A body's geometry in three dimensions, and its collision shape. Raises TraceError if a hull is flat."""
    match body.shapes:
        case (Box(size=(x, y, z)),):
            return Primitive(kind="cube", dimensions=(x * unit, y * unit, z * unit)), "BOX"
        case (Sphere(radius=radius),):
            return Primitive(kind="sphere", dimensions=(2 * radius * unit,) * 3), "SPHERE"
        case (Upright(type=kind, radius=radius, length=length),):
            across = 2 * radius * unit
            return Primitive(kind=kind, dimensions=(across, across, length * unit)), kind.upper()
    parts = [_solid(shape, unit, body.id) for shape in body.shapes]
    hull = len(parts) == 1 and isinstance(body.shapes[0], Hull)
    return _mesh(parts), "CONVEX_HULL" if hull else "MESH"


def _solid(shape: object, unit: float, name: str) -> tuple[FloatArray, Faces]:
    if isinstance(shape, Surface):
        return np.array(shape.vertices).reshape(-1, 3) * unit, shape.faces
    if isinstance(shape, Hull):
        return _hull(np.array(shape.vertices) * unit, name)
    if isinstance(shape, Sphere):
        return mesh_of(Primitive(kind="sphere", dimensions=(2 * shape.radius * unit,) * 3))
    assert isinstance(shape, Upright)
    across = 2 * shape.radius * unit
    return mesh_of(Primitive(kind=shape.type, dimensions=(across, across, shape.length * unit)))


def _hull(points: FloatArray, name: str) -> tuple[FloatArray, Faces]:
    """The corners and outward triangles of a convex hull."""
    try:
        hull = ConvexHull(points)
    except QhullError:
        raise TraceError(f"body '{name}': its hull is flat; give it some thickness") from None
    number = {int(v): i for i, v in enumerate(hull.vertices)}
    faces = []
    for corners, normal in zip(hull.simplices, hull.equations[:, :3], strict=True):
        a, b, c = points[corners]
        order = corners if np.cross(b - a, c - a) @ normal > 0 else corners[::-1]
        faces.append(tuple(number[int(v)] for v in order))
    return np.asarray(points[hull.vertices]), tuple(faces)


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


def _mesh(parts: Sequence[tuple[FloatArray, Faces]]) -> Mesh:
    vertices: list[tuple[float, ...]] = []
    faces: list[tuple[int, ...]] = []
    for points, own in parts:
        faces += [tuple(v + len(vertices) for v in face) for face in own]
        vertices += [tuple(p) for p in points.tolist()]
    return Mesh(vertices=tuple(vertices), faces=tuple(faces))


def _collision(count: int) -> str:
    return "CONVEX_HULL" if count == 1 else "MESH"
