"""Shapes of foreign bodies as pieces of a plane, or as geometry of the scene graph, in metres."""

from __future__ import annotations

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from ...geometry.plane import Disc, Piece, counterclockwise, joined
from ...geometry.plane import Polygon as PlanePolygon
from ...geometry.plane.shapes import Faces
from ...geometry.primitives import mesh_of
from ...scene_graph import FloatArray, Mesh, Primitive
from ..errors import TraceError
from .model import Body, Box, Circle, ForeignTrace, Hull, Polygon, Sphere, Surface, Upright


def body_pieces(body: Body, foreign: ForeignTrace) -> tuple[Piece, ...]:
    """A planar body's circles and polygons in metres, y up."""
    unit = foreign.meters_per_unit
    mirror = np.array([unit, -unit if foreign.up == "-y" else unit])
    made: list[Piece] = []
    for shape in body.shapes:
        if isinstance(shape, Circle):
            made.append(Disc(np.array(shape.center) * mirror, shape.radius * unit))
        else:
            made.append(PlanePolygon(counterclockwise(_corners(shape) * mirror)))
    return tuple(made)


def _corners(shape: object) -> FloatArray:
    if isinstance(shape, Polygon):
        return np.array(shape.vertices)
    assert isinstance(shape, Box)
    return np.asarray(np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]) * np.array(shape.size) / 2)


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
    return joined(parts), "CONVEX_HULL" if hull else "MESH"


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
