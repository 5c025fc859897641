"""Objects of a plane as the circles and convex polygons that they are in x and z."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import SceneGraphError
from .models import SceneObject
from .shapes import Mesh, Primitive
from .state import FloatArray

Faces = tuple[tuple[int, ...], ...]

ROUND = 1e-4
"""How much the distances of a ball's vertices from its centre may differ, as a share of its radius."""


@dataclass(frozen=True, eq=False)
class FlatPart:
    """A convex polygon by its corners ``[V, 2]``, counterclockwise; with a ``radius`` a circle. In m."""

    points: FloatArray
    radius: float = 0.0


def flat_parts(obj: SceneObject) -> tuple[FlatPart, ...]:
    """The parts of a planar object, in its frame after its scale.

    Raises SceneGraphError that names the object if its shape is none that a plane can hold.
    """
    geometry, scale = obj.geometry, np.array(obj.scale)
    if isinstance(geometry, Primitive):
        x, _, z = obj.dimensions
        if geometry.kind == "sphere" and np.isclose(x, z):
            return (FlatPart(np.zeros((1, 2)), x / 2),)
        if geometry.kind == "cube":
            return (FlatPart(np.array([[-x, -z], [x, -z], [x, z], [-x, z]]) / 2),)
    elif isinstance(geometry, Mesh):
        whole = obj.rigid_body is not None and obj.rigid_body.shape != "MESH"
        points = np.array(geometry.vertices) * scale
        parts = [points] if whole else [points[own] for own in _connected(len(points), geometry.faces)]
        return tuple(_part(part, obj.name) for part in parts)
    what = geometry.kind if geometry is not None else "object without a mesh"
    raise SceneGraphError(
        f"object '{obj.name}': a {what} has no place in a plane; use spheres, cubes, and prisms along y"
    )


def _part(points: FloatArray, name: str) -> FlatPart:
    """The circle of a ball's vertices, else the outline of a prism's."""
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    away = np.linalg.norm(points - middle, axis=1)
    if len(points) > 16 and np.ptp(away) < ROUND * away.mean():
        return FlatPart(middle[None, [0, 2]], float(away.mean()))
    found = outline(points[:, [0, 2]])
    if len(found) < 3:
        raise SceneGraphError(f"object '{name}': a part of it has no area in the plane of x and z")
    return FlatPart(found)


def _connected(count: int, faces: Faces) -> list[NDArray[np.intp]]:
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
