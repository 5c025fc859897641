"""Meshes of the scene graph's parametric shapes, and finding the shape behind a mesh."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..scene_graph import FloatArray, Mesh, Primitive
from .triangulate import polygons

Faces = tuple[tuple[int, ...], ...]


def mesh_of(geometry: Primitive | Mesh) -> tuple[FloatArray, Faces]:
    """Vertices ``[V, 3]`` (m, local frame) and faces, outward by the right-hand rule; closed for primitives."""
    if isinstance(geometry, Mesh):
        return np.array(geometry.vertices, dtype=np.float64), geometry.faces
    vertices, faces = _primitive_mesh(geometry)
    return vertices.copy(), faces


@lru_cache(maxsize=512)
def _primitive_mesh(geometry: Primitive) -> tuple[FloatArray, Faces]:
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
    if np.all(extent > 0):
        for candidate in _candidates(len(vertices), len(faces), extent):
            expected, expected_faces = _primitive_mesh(candidate)
            if expected.shape != vertices.shape or np.abs(expected - vertices).max() > tolerance * extent.max():
                continue
            if expected_faces == tuple(tuple(int(i) for i in face) for face in faces):
                return candidate
    return Mesh.model_validate({"vertices": vertices.tolist(), "faces": faces})


@lru_cache(maxsize=64)
def recognise_packed(vertices: bytes, lengths: bytes, corners: bytes) -> Primitive | Mesh:
    """`recognise` for packed arrays: vertices ``[V, 3]`` in single precision, and the faces' numbers of corners ``[F]``
    and all their corners in a row as int32. Objects of the same mesh get the same geometry object."""
    faces = polygons(np.frombuffer(lengths, dtype=np.int32), np.frombuffer(corners, dtype=np.int32))
    return recognise(np.frombuffer(vertices, dtype=np.float32).reshape(-1, 3).astype(np.float64), faces)


def _candidates(vertex_count: int, face_count: int, extent: FloatArray) -> list[Primitive]:
    """Primitives with these counts. Their true dimensions are the mesh's extents along z and, where a vertex lies on
    the x and y axes (an even or fourfold number of segments), along x and y; others are tried from the circle."""
    return [_primitive(kind, extent / reach, n) for kind, reach, n in _counted(vertex_count, face_count)]


@lru_cache(maxsize=4096)
def _counted(vertex_count: int, face_count: int) -> list[tuple[str, FloatArray, int]]:
    """Kind, extents as shares of the dimensions, and segments of primitives with these counts."""
    found: list[tuple[str, FloatArray, int]] = []
    if (vertex_count, face_count) == (8, 6):
        found.append(("cube", np.ones(3), 32))
    for n in range(3, 257):
        rings = _rings(n)
        if vertex_count == n * (rings - 1) + 2:
            found.append(("sphere", _reach(n, math.sin(math.pi * (rings // 2) / rings)), n))
        if vertex_count == 2 * n:
            found.append(("cylinder", _reach(n), n))
        if vertex_count == n + 1:
            found.append(("cone", _reach(n), n))
        quarter = max(rings // 2, 2)
        if vertex_count in (n * 2 * quarter + 2, n * (2 * quarter - 1) + 2):
            found.append(("capsule", _reach(n), n))
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
