"""Triangles of polygon meshes, concave polygons included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray

Indices = NDArray[np.intp]

AT_ONCE = 1 << 14
"""Faces that are worked on at once, to save memory."""


def triangulated(vertices: FloatArray, faces: Sequence[Sequence[int]]) -> Indices:
    """Triangles ``[T, 3]`` that cover the polygons ``faces`` over ``vertices`` ``[V, 3]``, face after face of the same
    number of corners, turned as they are."""
    made = [np.zeros((0, 3), dtype=np.intp)]
    for _, block in by_corners(*packed(faces)):
        if block.shape[1] == 3:
            made.append(block)
        elif block.shape[1] == 4:
            parts = np.array_split(block, len(block) // AT_ONCE + 1)
            made.extend(_split_quads(vertices, part) for part in parts)
        else:
            made.extend(_clip_ears(vertices[face], face) for face in block)
    return np.concatenate(made)


def packed(faces: Sequence[Sequence[int]]) -> tuple[Indices, Indices]:
    """The faces' numbers of corners ``[F]``, and all their corners in a row ``[L]``."""
    lengths = np.fromiter(map(len, faces), dtype=np.intp, count=len(faces))
    return lengths, np.fromiter(chain.from_iterable(faces), dtype=np.intp, count=int(lengths.sum()))


def polygons(lengths: Indices, corners: Indices) -> tuple[tuple[int, ...], ...]:
    """The faces of which `packed` gives these arrays."""
    if not len(lengths):
        return ()
    if (lengths == lengths[0]).all():
        return tuple(map(tuple, corners.reshape(len(lengths), -1).tolist()))
    flat, ends = corners.tolist(), np.cumsum(lengths).tolist()
    return tuple(tuple(flat[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True))


def by_corners(lengths: Indices, corners: Indices) -> Iterator[tuple[Indices, Indices]]:
    """`packed` faces grouped by their number of corners n: their numbers ``[F]`` and corners ``[F, n]``, n growing."""
    start = np.cumsum(lengths) - lengths
    for n in np.unique(lengths):
        numbers = np.flatnonzero(lengths == n)
        yield numbers, corners[start[numbers, None] + np.arange(n)]


def _split_quads(vertices: FloatArray, quads: Indices) -> Indices:
    """Both triangles of each quad, along the diagonal that lies inside it."""
    corner = vertices[quads]
    first = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    second = np.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 0])
    other = np.einsum("fi,fi->f", first, second) < 0
    turned = np.where(other[:, None], np.roll(quads, -1, axis=1), quads)
    return np.concatenate([turned[:, [0, 1, 2]], turned[:, [0, 2, 3]]])


def _clip_ears(corners: FloatArray, face: Indices) -> Indices:
    """Triangles ``[n - 2, 3]`` of one polygon by clipping ears in the plane of its normal."""
    normal = np.cross(corners, np.roll(corners, -1, axis=0)).sum(axis=0)
    axis = int(np.abs(normal).argmax())
    flat = np.delete(corners, axis, axis=1) * ([1.0, -1.0] if axis == 1 else [1.0, 1.0])
    if normal[axis] < 0:
        flat = flat * [-1.0, 1.0]
    left, made = list(range(len(face))), []
    while len(left) > 3:
        k = next((k for k in range(len(left)) if _is_ear(flat, left, k)), 0)
        made.append([left[k - 1], left[k], left[(k + 1) % len(left)]])
        del left[k]
    return np.asarray(face[np.array([*made, left])])


def _is_ear(flat: FloatArray, left: list[int], k: int) -> bool:
    """Whether corner ``k`` of the polygon that is ``left`` is convex and no other corner lies in its triangle."""
    a, b, c = left[k - 1], left[k], left[(k + 1) % len(left)]
    corners = flat[[a, b, c]]
    if _turn(*corners) <= 0:
        return False
    others = flat[[i for i in left if i not in (a, b, c)]]
    sides = [_turn(corners[i], corners[(i + 1) % 3], others.T) for i in range(3)]
    return not bool(np.any(np.min(sides, axis=0) >= 0))


def _turn(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Twice the signed area of the triangle of points ``[2]``; ``c`` may be ``[2, N]``."""
    return np.asarray((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
