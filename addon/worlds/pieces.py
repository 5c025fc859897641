"""Convex pieces of things: what is put together of them is met more firmly as hulls than as a mesh of triangles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..geometry.hulls import hull
from ..geometry.volume import mesh_volume
from .solids import Solid

MOST = 40
"""Pieces of a thing up to which it is met as these."""

LARGE = 4000
"""Faces from which on a thing is not looked at."""

BEYOND = 0.03
"""By how much, as a share of all, the hulls of pieces may be larger than they: a handle may be bent."""


def convex_pieces(solids: Sequence[Solid]) -> tuple[Solid, ...]:
    """The hulls of the separate pieces of some solids where these are convex; none where they are not, or too many."""
    if sum(len(solid.faces) for solid in solids) > LARGE:
        return ()
    found: list[Solid] = []
    full, filled = 0.0, 0.0
    for solid in solids:
        for piece in separate(solid):
            whole = hulled(piece)
            full += mesh_volume(whole.vertices, whole.faces)
            filled += mesh_volume(piece.vertices, piece.faces)
            found.append(whole)
            if len(found) > MOST:
                return ()
    return tuple(found) if full - filled <= BEYOND * full else ()


def hulled(solid: Solid) -> Solid:
    """The convex hull of a solid, or what is flat as it is."""
    found = hull(solid.vertices)
    if found is None:
        return solid
    corners, triangles = found
    return Solid(corners, tuple(map(tuple, triangles.tolist())))


def separate(solid: Solid) -> Iterator[Solid]:
    """The parts of a mesh that share no corner."""
    label = list(range(len(solid.vertices)))

    def root(one: int) -> int:
        while label[one] != one:
            label[one] = label[label[one]]
            one = label[one]
        return one

    for face in solid.faces:
        first = root(face[0])
        for corner in face[1:]:
            label[root(corner)] = first
    faces: dict[int, list[tuple[int, ...]]] = {}
    for face in solid.faces:
        faces.setdefault(root(face[0]), []).append(tuple(face))
    for own in faces.values():
        used, numbers = np.unique([corner for face in own for corner in face], return_inverse=True)
        ends = np.cumsum([len(face) for face in own])[:-1]
        yield Solid(solid.vertices[used], tuple(tuple(part.tolist()) for part in np.split(numbers, ends)))
