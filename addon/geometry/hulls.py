"""Convex hulls: their planes, moving those inwards, and keeping hulls from being flat.

MuJoCo, which finds the contacts, makes the hulls too (with Qhull), so nothing else need be installed for them.
"""

from __future__ import annotations

from itertools import combinations

import mujoco
import numpy as np

from ..scene_graph import FloatArray
from .triangulate import Indices

THINNEST = 1e-3
"""Least thickness of a solid hull, as a share of its size."""

FEW = 24
"""Up to this many planes all their triples are tried for corners, which is exact; more are turned into a dual hull."""

TRIES = 2000
"""Steps of the search for a point inside."""


def inset(points: FloatArray, depth: float) -> FloatArray | None:
    """Corners ``[V, 3]`` of the convex hull of ``points`` ``[N, 3]`` with every face moved inwards by ``depth`` (m).

    None where nothing is left of it, or where the points are flat.
    """
    centre = points.mean(axis=0)
    size = float(np.abs(points - centre).max())
    faces = _faces((points - centre) / size) if size > 0 else None
    if faces is None:
        return None
    planes = _planes((points - centre) / size, faces)
    planes[:, 3] += depth / size
    inside = _inside(planes)
    if inside is None:
        return None
    corners = _few_corners(planes) if len(planes) <= FEW else _many_corners(planes, inside)
    return None if corners is None else np.asarray(np.unique((corners * size + centre).round(12), axis=0))


def hull(points: FloatArray) -> tuple[FloatArray, Indices] | None:
    """The convex hull of ``points`` ``[N, 3]``: its corners ``[V, 3]`` and triangles ``[T, 3]``, which go anticlockwise
    as seen from outside; None if it is flat."""
    faces = _faces(points)
    if faces is None:
        return None
    a, b, c = (points[column] for column in faces.T)
    inward = np.einsum("fi,fi->f", np.cross(b - a, c - a), a - points.mean(axis=0)) < 0.0
    faces[inward] = faces[inward][:, ::-1]
    used, triangles = np.unique(faces, return_inverse=True)
    return points[used], triangles.reshape(-1, 3)


def _faces(points: FloatArray) -> Indices | None:
    """Triangles ``[F, 3]`` of the convex hull; None if it is flat."""
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    if len(points) < 4 or spread[-1] < 1e-6 * spread[0]:
        return None
    spec = mujoco.MjSpec()
    shell = mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL
    spec.add_mesh(name="hull", uservert=points.ravel(), inertia=shell)
    spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_MESH, meshname="hull")
    try:
        graph = spec.compile().mesh_graph
    except ValueError:
        return None
    vertices, faces = int(graph[0]), int(graph[1])
    start = 2 + 3 * vertices + 3 * faces
    return np.asarray(graph[start : start + 3 * faces].reshape(-1, 3).astype(np.intp))


def _planes(points: FloatArray, faces: Indices) -> FloatArray:
    """The hull's different planes ``[P, 4]``: outward unit normal and offset, which is less than 0 inside."""
    a, b, c = (points[column] for column in faces.T)
    normal = np.cross(b - a, c - a)
    length = np.sqrt(np.square(normal).sum(axis=1))
    kept = length > 1e-12
    normal = normal[kept] / length[kept, None]
    offset = -np.einsum("fi,fi->f", normal, a[kept])
    outward = np.where(normal @ points.mean(axis=0) + offset > 0, -1.0, 1.0)
    planes = np.column_stack([normal, offset]) * outward[:, None]
    _, first = np.unique(planes.round(7) + 0.0, axis=0, return_index=True)
    return np.asarray(planes[np.sort(first)])


def _inside(planes: FloatArray) -> FloatArray | None:
    """A point on the inner side of all planes, None if there is none: each step goes behind the worst one."""
    point = np.zeros(3)
    for step in range(TRIES):
        over = planes[:, :3] @ point + planes[:, 3]
        worst = int(over.argmax())
        if over[worst] < -1e-6:
            return point
        point = point - planes[worst, :3] * (over[worst] + 0.1 / (1 + step))
    return None


def _few_corners(planes: FloatArray) -> FloatArray | None:
    """Where three planes meet and no other one is in the way."""
    triples = planes[np.array(list(combinations(range(len(planes)), 3)))]
    triples = triples[np.abs(np.linalg.det(triples[:, :, :3])) > 1e-7]
    points = np.linalg.solve(triples[:, :, :3], -triples[:, :, 3:])[:, :, 0]
    points = points[np.all(points @ planes[:, :3].T + planes[:, 3] < 1e-9, axis=1)]
    return points if len(points) else None


def _many_corners(planes: FloatArray, inside: FloatArray) -> FloatArray | None:
    """The same by duality: each corner is a face of the hull of the planes' poles about a point inside."""
    poles = planes[:, :3] / -(planes[:, :3] @ inside + planes[:, 3])[:, None]
    faces = _faces(poles)
    if faces is None:
        return None
    dual = _planes(poles, faces)
    return np.asarray(dual[:, :3] / -dual[:, 3:] + inside)


def solid(points: FloatArray) -> FloatArray:
    """The points ``[N, 3]``, doubled along those directions in which they are flat, so that they enclose a volume."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=len(points) < 3)
    spread = np.ptp(centred @ axes.T, axis=0)
    least = max(THINNEST * float(spread.max()), 1e-6)
    for axis, width in zip(axes, spread, strict=True):
        if width < least:
            points = np.concatenate([points + axis * least / 2, points - axis * least / 2])
    return points
