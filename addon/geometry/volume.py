"""Volumes of polygon meshes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..scene_graph import FloatArray, Mesh
from .triangulate import AT_ONCE, Indices, by_corners, packed


def triangles(lengths: Indices, corners: Indices) -> Indices:
    """Fan triangulation ``[T, 3]`` of `packed` polygons, in their order."""
    fans, owners = [np.zeros((0, 3), dtype=np.intp)], [np.zeros(0, dtype=np.intp)]
    for numbers, block in by_corners(lengths, corners):
        for i in range(1, block.shape[1] - 1):
            fans.append(block[:, [0, i, i + 1]])
            owners.append(numbers)
    return np.concatenate(fans)[np.argsort(np.concatenate(owners), kind="stable")]


def mesh_volume(vertices: FloatArray, faces: Sequence[Sequence[int]]) -> float:
    """Volume in m³ of a closed mesh by signed tetrahedra; positive when faces point outward."""
    return packed_volume(vertices, *packed(faces))


def mesh_centroid(vertices: FloatArray, faces: Sequence[Sequence[int]]) -> FloatArray:
    """The middle ``[3]`` of what a closed mesh encloses; that of its vertices where it encloses nothing."""
    points = np.asarray(vertices, dtype=np.float64)
    middle: FloatArray = points.mean(axis=0)
    corner = points[triangles(*packed(faces))] - middle
    volumes = np.einsum("ti,ti->t", corner[:, 0], np.cross(corner[:, 1], corner[:, 2]))
    if abs(volumes.sum()) <= 1e-12 * max(np.ptp(points, axis=0).max(), 1e-12) ** 3:
        return middle
    return np.asarray(middle + (volumes[:, None] * corner.sum(axis=1) / 4).sum(axis=0) / volumes.sum())


def mesh_area(vertices: FloatArray, faces: Sequence[Sequence[int]]) -> float:
    """Area in m² of a mesh of flat faces."""
    a, b, c = (np.asarray(vertices)[triangles(*packed(faces))[:, i]] for i in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def packed_volume(vertices: FloatArray, lengths: Indices, corners: Indices) -> float:
    """`mesh_volume` of `packed` faces."""
    corner = triangles(lengths, corners)
    if not len(corner):
        return 0.0
    points = np.asarray(vertices, dtype=np.float64)
    centre = points[corner].reshape(-1, 3).mean(axis=0)
    parts = (points[part] - centre for part in np.array_split(corner, len(corner) // AT_ONCE + 1))
    return float(sum(np.einsum("ti,ti->", p[:, 0], np.cross(p[:, 1], p[:, 2])) for p in parts) / 6.0)


def is_manifold(faces: Sequence[Sequence[int]]) -> bool:
    """Whether every edge joins exactly two faces, that is, whether the mesh encloses a volume."""
    blocks = [block for _, block in by_corners(*packed(faces))]
    if not blocks:
        return False
    edges = [np.stack([block, np.roll(block, -1, axis=1)], axis=-1).reshape(-1, 2) for block in blocks]
    ends = np.sort(np.concatenate(edges), axis=1)
    counts = np.unique(ends[:, 0] * (int(ends.max()) + 1) + ends[:, 1], return_counts=True)[1]
    return bool(np.all(counts == 2))


@lru_cache(maxsize=64)
def enclosed_volume(mesh: Mesh) -> float | None:
    """Volume in m³ that a mesh encloses; None where it is not closed."""
    return abs(mesh_volume(np.array(mesh.vertices), mesh.faces)) if is_manifold(mesh.faces) else None
