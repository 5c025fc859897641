"""Meshes of the scene graph's parametric shapes, and finding the shape behind a mesh."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..scene_graph import FloatArray, Mesh, Primitive

Faces = tuple[tuple[int, ...], ...]


def mesh_of(geometry: Primitive | Mesh) -> tuple[FloatArray, Faces]:
    """Vertices ``[V, 3]`` (m, local frame) and faces, outward by the right-hand rule; closed for primitives."""
    if isinstance(geometry, Mesh):
        return np.array(geometry.vertices, dtype=np.float64), geometry.faces
    x, y, z = geometry.dimensions
    n = geometry.segments
    match geometry.kind:
        case "cube":
            vertices, faces = _cube()
        case "sphere":
            vertices, faces = _revolved([(math.sin(a), math.cos(a)) for a in _half_circle(_rings(n))], n)
        case "cylinder":
            vertices, faces = _revolved([(1.0, 1.0), (1.0, -1.0)], n, poles=False)
        case "cone":
            vertices, faces = _cone(n)
        case "capsule":
            return _capsule(geometry.dimensions, n)
    return vertices * (np.array([x, y, z]) / 2), faces


def _rings(segments: int) -> int:
    return max(segments // 2, 3)


def _half_circle(rings: int) -> list[float]:
    """Polar angles of the rings between the poles."""
    return [math.pi * i / rings for i in range(1, rings)]


def _cube() -> tuple[FloatArray, Faces]:
    corners = [(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)]
    faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    return np.array(corners), faces


def _circle(n: int, radius: float, z: float) -> list[tuple[float, float, float]]:
    angles = (2 * math.pi * i / n for i in range(n))
    return [(radius * math.cos(a), radius * math.sin(a), z) for a in angles]


def _revolved(profile: Sequence[tuple[float, float]], n: int, poles: bool = True) -> tuple[FloatArray, Faces]:
    """Revolve ``(radius, height)`` rings, top first, around z; close with pole vertices or with flat caps."""
    vertices = [v for radius, z in profile for v in _circle(n, radius, z)]
    faces: list[tuple[int, ...]] = []
    for ring in range(len(profile) - 1):
        top, bottom = ring * n, (ring + 1) * n
        faces += [(top + i, bottom + i, bottom + (i + 1) % n, top + (i + 1) % n) for i in range(n)]
    last = (len(profile) - 1) * n
    if not poles:
        faces += [tuple(range(n)), tuple(range(last + n - 1, last - 1, -1))]
        return np.array(vertices), tuple(faces)
    north, south = len(vertices), len(vertices) + 1
    vertices += [(0.0, 0.0, 1.0), (0.0, 0.0, -1.0)]
    faces += [(north, i, (i + 1) % n) for i in range(n)]
    faces += [(south, last + (i + 1) % n, last + i) for i in range(n)]
    return np.array(vertices), tuple(faces)


def _cone(n: int) -> tuple[FloatArray, Faces]:
    vertices = [*_circle(n, 1.0, -1.0), (0.0, 0.0, 1.0)]
    sides = [(i, (i + 1) % n, n) for i in range(n)]
    return np.array(vertices), (*sides, tuple(range(n - 1, -1, -1)))


def _capsule(dimensions: Sequence[float], n: int) -> tuple[FloatArray, Faces]:
    """Two half spheres of radius max(x, y) / 2 and a cylinder between, z in all; flattened to the smaller of x, y."""
    x, y, z = dimensions
    radius = min(max(x, y), z) / 2
    straight = z / 2 - radius
    quarter = max(_rings(n) // 2, 2)
    angles = [math.pi / 2 * i / quarter for i in range(1, quarter + 1)]
    top = [(radius * math.sin(a), straight + radius * math.cos(a)) for a in angles]
    bottom = [(r, -h) for r, h in reversed(top)]
    profile = top + bottom if straight > 0 else top + bottom[1:]
    vertices, faces = _revolved(profile, n)
    vertices[-2, 2], vertices[-1, 2] = z / 2, -z / 2
    return vertices * [x / (2 * radius), y / (2 * radius), 1.0], faces


def recognise(vertices: FloatArray, faces: Sequence[Sequence[int]], tolerance: float = 1e-6) -> Primitive | Mesh:
    """The primitive whose mesh this is, to ``tolerance`` of its extent (Blender has single precision), else a Mesh."""
    vertices = np.asarray(vertices, dtype=np.float64)
    extent = np.ptp(vertices, axis=0) if len(vertices) else np.zeros(3)
    polygons = tuple(tuple(int(i) for i in face) for face in faces)
    if np.all(extent > 0):
        for candidate in _candidates(len(vertices), len(polygons), extent):
            expected, expected_faces = mesh_of(candidate)
            same = expected.shape == vertices.shape and expected_faces == polygons
            if same and np.max(np.abs(expected - vertices)) <= tolerance * np.max(extent):
                return candidate
    return Mesh(vertices=tuple((float(x), float(y), float(z)) for x, y, z in vertices), faces=polygons)


def _candidates(vertex_count: int, face_count: int, extent: FloatArray) -> list[Primitive]:
    """Primitives with these counts. Their true dimensions are the mesh's extents along z and, where a vertex lies on
    the x and y axes (an even or fourfold number of segments), along x and y; others are tried from the circle."""
    found: list[Primitive] = []
    if (vertex_count, face_count) == (8, 6):
        found.append(_primitive("cube", extent, 32))
    for n in range(3, 257):
        rings = _rings(n)
        if vertex_count == n * (rings - 1) + 2:
            found.append(_primitive("sphere", extent / _reach(n, math.sin(math.pi * (rings // 2) / rings)), n))
        if vertex_count == 2 * n:
            found.append(_primitive("cylinder", extent / _reach(n), n))
        if vertex_count == n + 1:
            found.append(_primitive("cone", extent / _reach(n), n))
        quarter = max(rings // 2, 2)
        if vertex_count in (n * 2 * quarter + 2, n * (2 * quarter - 1) + 2):
            found.append(_primitive("capsule", extent / _reach(n), n))
    return found


def _reach(n: int, ring: float = 1.0) -> FloatArray:
    """Extents of a unit circle of n vertices along x, y as shares of its diameter, and 1 for z."""
    circle = np.array(_circle(n, ring, 0.0))
    return np.array([np.ptp(circle[:, 0]) / 2, np.ptp(circle[:, 1]) / 2, 1.0])


def _primitive(kind: str, extent: FloatArray, segments: int) -> Primitive:
    return Primitive.model_validate({"kind": kind, "dimensions": [_tidy(e) for e in extent], "segments": segments})


def _tidy(value: float) -> float:
    """Seven digits, what single precision holds, so that 0.4 comes back from Blender as 0.4."""
    return float(f"{value:.7g}")
