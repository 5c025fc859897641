"""What bodies met between two frames: those that were fast along their path, and those whose velocity changed abruptly
along their old velocity, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import Contacts, FloatArray
from ...scene_graph.windows import in_windows
from .motion import lengths
from .near import Near, Poses, among
from .scene import CollisionScene
from .walk import Walk

MAX_SWEEP = 64
"""Most intermediate poses a frame."""

SWEEP_STEP = 1.5
"""Distance between intermediate poses in units of half the least extent of the body; at 2 it could pass something."""

WIDEST = 128
"""How many bodies others are held against wherever they are: the floors that most have below them."""

AT_ONCE = 256
"""How many bodies are held against these at once: as many as fit into a processor's cache."""

Keys = NDArray[np.int64]
Gap = Callable[[NDArray[np.int32]], FloatArray]


@dataclass(frozen=True)
class Sweep:
    """The motion of N bodies from the poses ``before`` to those ``after``.

    ``old`` ``[N, 3]`` is the way in the frame before, ``abrupt`` ``[N]`` whose velocity changed, ``count`` how many
    poses to take between. ``shapes`` tells what is near, ``gap`` the gaps ``[K]`` at which pairs of objects touch,
    ``row`` the body of each object, -1 for those without one.
    """

    shapes: CollisionScene
    gap: Gap
    row: NDArray[np.intp]
    before: Poses
    after: Poses
    old: FloatArray
    abrupt: NDArray[np.bool_]
    count: int

    def met(self, found: Near, chosen: NDArray[np.bool_], loose: FloatArray) -> Near:
        """The contacts that the ``chosen`` bodies ``[N]`` had between the frames, besides those ``found`` at ``after``.

        The latter come with them; those between have the distance 0. ``loose`` ``[B]`` is by how much more than the gap
        an object may be held up.
        """
        slack = np.where(self._of_objects(self.abrupt), loose, 0.0)
        poses, goes_on = self._paths()
        near = self.shapes.near(poses)
        pairs = near.contacts.pairs
        wanted = near.contacts.distance <= self.gap(pairs) + slack[pairs].sum(axis=1)
        near = near[wanted & self._of_objects(chosen)[pairs].any(axis=1)]
        near.contacts.distance[:] = 0.0
        is_guess = goes_on[near.frame]
        known = _first(found, near[~is_guess])
        if not self.abrupt.any():
            return known
        guessed = _first(near[is_guess])
        if self._is_doubtful(known, guessed):
            guessed = guessed[among(guessed.keys, self._walk(slack))]
        return _first(known, guessed)

    def _of_objects(self, bodies: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The same ``[B]`` of the objects, False for those without a body."""
        return np.append(bodies, False)[self.row]

    def _paths(self) -> tuple[Poses, NDArray[np.bool_]]:
        """Poses between the frames, each with the one that had come if the abrupt bodies had gone on as they went; and
        which are such ones."""
        places, turns, goes_on = [], [], []
        for share in np.arange(1, self.count + 1) / self.count:
            poses = self._at(share)
            places.append(poses.position)
            if self.abrupt.any():
                onward = poses.position.copy()
                onward[self.abrupt] = self.before.position[self.abrupt] + share * self.old[self.abrupt]
                places.append(onward)
            kinds = [False, True] if self.abrupt.any() else [False]
            turns += [poses.rotation] * len(kinds)
            goes_on += kinds
        return Poses(np.stack(places), np.stack(turns)), np.array(goes_on)

    def _at(self, share: float) -> Poses:
        """The poses at a share of the way."""
        before, after = self.before, self.after
        position = before.position + share * (after.position - before.position)
        rotation = _orthonormal(before.rotation + share * (after.rotation - before.rotation))
        lost = lengths(rotation[:, :, 2]) < 0.5  # Half a turn, of which there is no middle.
        if lost.any():
            rotation[lost] = after.rotation[lost]
        return Poses(position, rotation)

    def _is_doubtful(self, known: Near, guessed: Near) -> bool:
        """Whether a body whose path is guessed met two things, so that the first may have kept it from the other."""
        extra = guessed.contacts.pairs[~among(guessed.keys, known.keys)]
        met = np.bincount(np.concatenate([known.contacts.pairs, extra]).ravel(), minlength=len(self.row))
        return bool(((met > 1) & self._of_objects(self.abrupt))[extra].any())

    def _walk(self, slack: FloatArray) -> Keys:
        """The numbers of the pairs that bodies which go on as they went come to touch, and do not pass through."""
        walk = Walk(self.shapes.near, lambda pairs: self.gap(pairs) + slack[pairs].sum(axis=1), self.row)
        return walk.met(self._at, self.old, self.abrupt, 1 / self.count)


def poses_between(reach: FloatArray, size: FloatArray) -> int:
    """How many poses to take between two frames of bodies that go ``reach`` ``[K]`` and have ``size`` ``[K]``, in m."""
    return int(np.clip(np.ceil(np.max(reach / size) / SWEEP_STEP), 1, MAX_SWEEP))


def have_neighbours(position: FloatArray, bound: FloatArray, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the ``chosen`` bodies ``[F, N]`` can have met others since the frame before; not one that falls forever.

    ``position`` ``[F, N, 3]``, and within ``bound`` ``[F, N]`` of it all of a body and of its way.
    """
    found = np.zeros_like(chosen)
    frame, body = np.nonzero(chosen)
    widest_first = np.argsort(-bound.max(axis=0), kind="stable")
    widest, others = widest_first[:WIDEST], widest_first[WIDEST:]
    place, within = np.moveaxis(position[:, widest], 2, 0), bound[:, widest]
    for start in range(0, len(frame), AT_ONCE):
        f, b = frame[start : start + AT_ONCE], body[start : start + AT_ONCE]
        apart = np.sqrt(np.square(place[:, f] - position[f, b].T[:, :, None]).sum(axis=0))
        found[f, b] = ((apart < bound[f, b][:, None] + within[f]) & (widest != b[:, None])).any(axis=1)
    for k in np.unique(frame[~found[frame, body]]).tolist() if len(others) else ():
        alone = np.flatnonzero(chosen[k] & ~found[k])
        along = others[np.argsort(position[k, others, 0], kind="stable")]
        middle, half = position[k, alone, 0], bound[k, alone] + bound[k, others].max()
        for row, other in in_windows(position[k, along, 0], middle - half, middle + half):
            one, another = alone[row], along[other]
            apart = np.linalg.norm(position[k, one] - position[k, another], axis=1)
            found[k, one[(apart < bound[k, one] + bound[k, another]) & (one != another)]] = True
    return found


def _orthonormal(matrices: FloatArray) -> FloatArray:
    """The rotations ``[N, 3, 3]`` with the first column's direction and the plane of the first two."""
    x = matrices[:, :, 0] / np.maximum(lengths(matrices[:, :, 0]), 1e-12)[:, None]
    y = matrices[:, :, 1] - np.einsum("ni,ni->n", x, matrices[:, :, 1])[:, None] * x
    y /= np.maximum(lengths(y), 1e-12)[:, None]
    return np.stack([x, y, np.cross(x, y)], axis=2)


def _first(*sets: Near) -> Near:
    """All contacts of some sets, sorted by pair; of a pair the first."""
    keys, first = np.unique(np.concatenate([near.keys for near in sets]), return_index=True)
    columns = (
        np.concatenate([getattr(near.contacts, name) for near in sets])[first]
        for name in ("pairs", "point", "normal", "distance")
    )
    return Near(np.zeros(len(keys), dtype=np.intp), keys, Contacts(*columns))
