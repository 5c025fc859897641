"""Objects of a plane as the circles and convex polygons that they are in x and z."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import SceneGraphError
from .models import SceneObject
from .shapes import Mesh, Primitive
from .state import FloatArray

Faces = tuple[tuple[int, ...], ...]

ANY_SHAPE = ("CONVEX_HULL", "MESH")
"""Collision shapes that are what an object looks like."""

BALL = 1.9
"""Least width of a ball along y in radii."""

CONVEX = 1e-3
"""Share of its hull that a convex part may lack."""

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
    geometry = obj.geometry
    if isinstance(geometry, Primitive):
        x, _, z = obj.dimensions
        if geometry.kind == "sphere" and np.isclose(x, z):
            return _shaped(obj, "sphere", "SPHERE", (FlatPart(np.zeros((1, 2)), x / 2),))
        if geometry.kind == "cube":
            return _shaped(obj, "cube", "BOX", (FlatPart(np.array([[-x, -z], [x, -z], [x, z], [-x, z]]) / 2),))
        what: str = "sphere that is not round" if geometry.kind == "sphere" else geometry.kind
    elif isinstance(geometry, Mesh):
        return _shaped(obj, "mesh", "", _mesh_parts(obj, geometry))
    else:
        what = "thing without a mesh"
    raise SceneGraphError(
        f"object '{obj.name}': a {what} has no place in a plane; use round spheres, cubes, and prisms along y"
    )


def _shaped(obj: SceneObject, what: str, own: str, parts: tuple[FlatPart, ...]) -> tuple[FlatPart, ...]:
    """The parts, if the collision shape of the object's body is what they are. Raises SceneGraphError."""
    known = tuple(filter(None, (own, *ANY_SHAPE)))
    if obj.rigid_body is not None and obj.rigid_body.shape not in known:
        told = f"a {what} has the collision shape {' or '.join(known)} in a plane, not {obj.rigid_body.shape}"
        raise SceneGraphError(f"object '{obj.name}': {told}")
    return parts


def _mesh_parts(obj: SceneObject, mesh: Mesh) -> tuple[FlatPart, ...]:
    """A mesh whole, as its hull, or by its connected parts, of which each must be convex."""
    points = np.array(mesh.vertices) * np.array(obj.scale)
    if obj.rigid_body is not None and obj.rigid_body.shape == "CONVEX_HULL":
        return (_part(points, obj.name),)
    found = []
    for own in _connected(len(points), mesh.faces):
        part = _part(points[own], obj.name)
        faces = [face for face in mesh.faces if face[0] in set(own.tolist())]
        if not part.radius and _seen(points, faces) < (1 - CONVEX) * _area(part.points):
            raise SceneGraphError(
                f"object '{obj.name}': a part of it is not convex in the plane; make it of convex parts"
            )
        found.append(part)
    return tuple(found)


def _part(points: FloatArray, name: str) -> FlatPart:
    """The circle of a ball's vertices, else the outline of a prism's."""
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    away = np.linalg.norm(points - middle, axis=1)
    is_ball = np.ptp(points[:, 1]) > BALL * away.mean()
    if len(points) > 16 and is_ball and np.ptp(away) < ROUND * away.mean():
        return FlatPart(middle[None, [0, 2]], float(away.mean()))
    found = _outline(points)
    if len(found) < 3:
        raise SceneGraphError(f"object '{name}': a part of it has no area in the plane of x and z")
    if not _is_prism(points, found):
        raise SceneGraphError(f"object '{name}': a part of it is neither a ball nor a prism along y")
    return FlatPart(found)


def _is_prism(points: FloatArray, hull: FloatArray) -> bool:
    """Whether all points lie at two places along y, and both ends have the hull's outline."""
    low, high = points[:, 1].min(), points[:, 1].max()
    slack = ROUND * float(np.ptp(points, axis=0).max())
    near, far = points[:, 1] <= low + slack, points[:, 1] >= high - slack
    if not (near | far).all():
        return False
    return all(_area(_outline(points[end])) > (1 - CONVEX) * _area(hull) for end in (near, far))


def _outline(points: FloatArray) -> FloatArray:
    return outline(points[:, [0, 2]])


def _seen(points: FloatArray, faces: Sequence[tuple[int, ...]]) -> float:
    """The area in m² of the faces at the least y, as it is seen along y."""
    low = points[[v for face in faces for v in face], 1].min()
    near = [face for face in faces if points[list(face), 1].max() <= low + 1e-6]
    return sum(_area(points[list(face)][:, [0, 2]]) for face in near)


def _area(corners: FloatArray) -> float:
    return abs(signed_area(corners)) if len(corners) >= 3 else 0.0


def signed_area(vertices: FloatArray) -> float:
    """The area in m² of a polygon ``[V, 2]``, negative for vertices that go clockwise."""
    x, y = vertices.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def plane_angle(rotation: Sequence[float]) -> float:
    """The angle in radians, counterclockwise, of a body of a plane that is turned about y by a quaternion wxyz."""
    return -2.0 * math.atan2(rotation[2], rotation[0])


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
