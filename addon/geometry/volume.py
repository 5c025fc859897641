"""Volumes of polygon meshes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..scene_graph import FloatArray


def triangles(faces: Sequence[Sequence[int]]) -> np.ndarray:
    """Fan triangulation ``[T, 3]`` of polygons."""
    fans = [(face[0], face[i], face[i + 1]) for face in faces for i in range(1, len(face) - 1)]
    return np.array(fans, dtype=np.intp).reshape(-1, 3)


def mesh_volume(vertices: FloatArray, faces: Sequence[Sequence[int]]) -> float:
    """Volume in m³ of a closed mesh by signed tetrahedra; positive when faces point outward."""
    corners = np.asarray(vertices, dtype=np.float64)[triangles(faces)]
    if not len(corners):
        return 0.0
    centred = corners - corners.reshape(-1, 3).mean(axis=0)
    return float(np.einsum("ti,ti->", centred[:, 0], np.cross(centred[:, 1], centred[:, 2])) / 6.0)


def is_manifold(faces: Sequence[Sequence[int]]) -> bool:
    """Whether every edge joins exactly two faces, that is, whether the mesh encloses a volume."""
    edges: Counter[tuple[int, int]] = Counter()
    for face in faces:
        for a, b in zip(face, [*face[1:], face[0]], strict=True):
            edges[min(a, b), max(a, b)] += 1
    return bool(edges) and set(edges.values()) == {2}
