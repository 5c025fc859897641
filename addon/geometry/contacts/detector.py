"""Contact detection for every frame of a run, live or afterwards.

MuJoCo's collision pipeline does the geometry: all objects are free bodies of one model, whose poses are set, and
`mj_collision` runs with a margin. For 20 boxes on a floor (80 contact points) it took 16 µs a frame on two idle
cores; python-fcl's broad-phase manager took 25 to 30 times as long on the same scene under the same load, and knows
no margins. Surfaces are MuJoCo's flexes of triangles with their bounding volumes: 10 bodies on 160,000 triangles took
1.2 ms a frame.

Contacts are sampled at frames. A pair begins to touch at a gap and ends beyond twice that gap (hysteresis against
flicker). While something holds a body up, that is, while its motion is not that of gravity alone, what it touched
goes on touching it over a little more, and if it touches nothing, the nearest thing within as much does. Between two
frames, the motion is swept in two cases: a body that moved far is followed along its path, and a body whose velocity
changed abruptly is followed along its old velocity, for it hit something that it may have left again before the frame
(see `walk`). Such contacts carry the distance 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import NO_CONTACTS, Contacts, FloatArray, SceneGraph, is_fixed, is_free, is_part
from ..evaluated import EvaluatedState
from .gaps import ABRUPT, HELD, HOP, RELEASE_TIMES, SCALE_NOISE, TOUCH, touch_gaps
from .scene import CollisionScene, Pieces, Poses
from .shapes import Geom
from .walk import Walk

_DIAGONAL = 3**0.5

_Found = tuple[Contacts, NDArray[np.int32]]

MAX_SWEEP = 64
"""Most intermediate poses a frame."""

SWEEP_STEP = 1.5
"""Distance between intermediate poses in units of half the least extent of the body; at 2 it could pass something."""


class ContactDetector:
    """Finds the touching pairs of a scene, frame after frame; states are over all objects in graph order.

    Pairs of which neither can move are left out until one of them does, as are pairs in disjoint collision collections,
    parents with children that move with them, and pairs whose collisions a constraint switches off. A compound's
    children count as their parent. Contacts begin at a gap of ``touch`` and end beyond ``release``, in m; by the sizes
    of the bodies unless given.
    """

    def __init__(self, graph: SceneGraph, touch: float | None = None, release: float | None = None) -> None:
        self._graph = graph
        self._given = touch
        self._release_times = RELEASE_TIMES if touch is None or release is None else release / touch
        self._objects = [i for i, o in enumerate(graph.objects) if o.geometry is not None and not is_part(o, graph)]
        self._gravity = np.array(graph.world.gravity) * graph.world.dt**2
        self._gravity_step = float(np.linalg.norm(self._gravity))
        self._hop = HOP * self._gravity_step if touch is None else 0.0
        jointed = {n for c in graph.constraints if c.object2 is not None for n in (c.object1, c.object2)}
        self._jointed = np.array([name in jointed for name in graph.names], dtype=np.bool_)
        self._all = self._objects == list(range(len(graph.objects)))
        self.reset()
        self._geoms: list[list[Geom]] = []
        self._scale = np.array([o.scale for o in graph.objects]).reshape(-1, 3)
        self._build(self._scale)

    def reset(self) -> None:
        """Forget the frames seen so far."""
        count = len(self._graph.objects)
        self._touching = np.zeros(count * count, dtype=np.bool_)
        self._touched = np.zeros(0, dtype=np.int32)
        self._poses: list[Poses] = []
        still = [row for row, i in enumerate(self._objects) if is_fixed(self._graph.objects[i])]
        self._still = np.array(still, dtype=np.intp)
        self._falls = np.array([is_free(self._graph.objects[i]) for i in self._objects], dtype=np.bool_)
        self._still_at: Poses | None = None
        self._freed = np.zeros(0, dtype=np.intp)

    def _build(self, scale: FloatArray) -> None:
        """The shapes at these object scales ``[B, 3]``, and the gaps at which they touch."""
        same = np.abs(scale - self._scale).max(axis=1) <= SCALE_NOISE
        known = {row: geoms for row, geoms in enumerate(self._geoms) if same[self._objects[row]]}
        pieces = Pieces(self._graph, self._objects, scale, known)
        self._scale, self._geoms = scale.copy(), pieces.geoms
        touch = touch_gaps(pieces.bound)
        if self._given is not None:
            touch[:] = self._given
        else:  # The smaller one of a pair counts, of which one moves; a huge floor need not look far.
            touch = np.minimum(touch, np.delete(touch, self._still).max(initial=TOUCH))
        release = self._release_times * touch
        self._shapes = CollisionScene(self._graph, self._objects, pieces, (release + self._hop) / 2)
        self._shapes.set_free(self._freed)
        self._touch, self._loose = np.zeros((2, len(self._graph.objects)))
        self._touch[self._objects], self._loose[self._objects] = touch, pieces.loose
        self._reach = pieces.bound + release + self._hop
        self._abrupt = ABRUPT * self._gravity_step + release
        self._size = np.maximum(pieces.thin, touch)
        self._least_abrupt = float(self._abrupt.min(initial=np.inf))
        self._least_size = float(self._size.min(initial=np.inf))

    def update(self, state: EvaluatedState, present: NDArray[np.bool_]) -> Contacts:
        """Contacts of the next frame, one for each touching pair (its deepest point), sorted by pair.

        ``present`` ``[B]`` tells which objects are there.
        """
        if not self._objects:
            return NO_CONTACTS
        scale = state.scale
        if np.abs(scale - self._scale).max() > SCALE_NOISE:
            self._build(scale)
        rows = slice(None) if self._all else self._objects
        poses = Poses(state.position[rows], state.axes[rows].transpose(0, 2, 1))
        if not present.all():
            poses.put_away(~present[self._objects])
        self._free_moved(poses)
        found, keys = self._shapes.near(poses)
        kept = found.distance <= self._gap(found.pairs) * np.where(self._touching[keys], self._release_times, 1.0)
        if not kept.all():
            kept |= self._goes_on(poses, found, keys, kept)
            found, keys = _pick(found, kept), keys[kept]
        found, keys = self._with_swept(poses, found, keys)
        self._touching[self._touched] = False
        self._touching[keys] = True
        self._touched = keys
        self._poses = [*self._poses[-1:], poses]
        return found

    def _gap(self, pairs: NDArray[np.int32]) -> FloatArray:
        """Gaps ``[K]`` in m at which these pairs ``[K, 2]`` begin to touch."""
        return np.asarray(self._touch[pairs].min(axis=1))

    def _goes_on(
        self, poses: Poses, found: Contacts, keys: NDArray[np.int32], kept: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Which of the contacts ``[K]``, besides those ``kept``, are of bodies that something holds up."""
        none = np.zeros(len(found), dtype=np.bool_)
        if len(self._poses) < 2:
            return none
        held = np.zeros(len(self._graph.objects), dtype=np.bool_)
        held[self._objects] = self._falls & (_lengths(self._push(poses)) > HELD * self._gravity_step)
        most = self._release_times * self._gap(found.pairs) + self._hop + self._loose[found.pairs].sum(axis=1)
        near = (found.distance <= most) & held[found.pairs].any(axis=1)
        goes_on = near & self._touching[keys]
        alone = held & ~self._jointed
        alone[found.pairs[kept | goes_on]] = False
        for row in np.flatnonzero(near & alone[found.pairs].any(axis=1)).tolist():
            one = found.pairs[row][alone[found.pairs[row]]][0]
            mine = near & (found.pairs == one).any(axis=1)
            goes_on[row] |= found.distance[row] == found.distance[mine].min()
        return np.asarray(goes_on)

    def _push(self, poses: Poses) -> FloatArray:
        """How much further ``[N, 3]`` in m each body went since the frame before than by its motion before and by
        gravity; there must be two frames before."""
        last, earlier = self._poses[-1].position, self._poses[-2].position
        return np.asarray(poses.position - 2 * last + earlier - self._gravity)

    def _free_moved(self, poses: Poses) -> None:
        """Note what moves although it was not expected to: animated, moved or set free by a script."""
        if not len(self._still):
            return
        now = Poses(poses.position[self._still], poses.rotation[self._still])
        if self._still_at is None:
            self._still_at = now
            return
        moved = (now.position != self._still_at.position).any(axis=1)
        moved |= (now.rotation != self._still_at.rotation).any(axis=(1, 2))
        if moved.any():
            self._shapes.set_free(self._still[moved])
            self._freed = np.union1d(self._freed, self._still[moved])
            self._still = self._still[~moved]
            self._still_at = Poses(now.position[~moved], now.rotation[~moved])

    def _with_swept(self, poses: Poses, found: Contacts, keys: NDArray[np.int32]) -> tuple[Contacts, NDArray[np.int32]]:
        """Add the contacts between the frame before and ``poses``, of bodies that were fast or whose velocity changed
        abruptly, to those ``found`` at the frame."""
        if not self._poses:
            return found, keys
        before = self._poses[-1]
        moved = poses.position - before.position
        old = before.position - self._poses[-2].position if len(self._poses) > 1 else moved
        change = self._push(poses) if len(self._poses) > 1 else np.zeros_like(moved)
        most = np.abs(moved).max() * _DIAGONAL, np.abs(change).max() * _DIAGONAL
        if most[0] <= self._least_size and most[1] <= self._least_abrupt:
            return found, keys  # By coordinates, without lengths: the case of most frames.
        distance = _lengths(moved)
        abrupt = _lengths(change) > self._abrupt
        reach = np.maximum(distance, _lengths(old))
        chosen = (distance > self._size) | abrupt
        chosen[chosen] = self._has_neighbour(poses.position, reach, chosen)
        if not chosen.any():
            return found, keys
        count = int(np.clip(np.ceil(np.max((reach / self._size)[chosen]) / SWEEP_STEP), 1, MAX_SWEEP))
        is_chosen, slack = np.zeros(len(self._graph.objects), dtype=np.bool_), np.zeros(len(self._graph.objects))
        is_chosen[np.asarray(self._objects)[chosen]] = True
        slack[np.asarray(self._objects)[abrupt]] = self._loose[np.asarray(self._objects)[abrupt]]
        sets: list[_Found] = [(found, keys)]
        onward: list[_Found] = []
        for path, goes_on in _paths(before, poses, old, abrupt, count):
            between, numbers = self._shapes.near(path)
            gap = self._gap(between.pairs) + slack[between.pairs].sum(axis=1)
            wanted = (between.distance <= gap) & is_chosen[between.pairs].any(axis=1)
            between = _pick(between, wanted)
            one = replace(between, distance=np.zeros(len(between))), numbers[wanted]
            (onward if goes_on else sets).append(one)
        if not onward:
            return _first(sets)
        known, guessed = _first(sets), _first(onward)
        if self._is_doubtful(known, guessed, abrupt):
            kept = np.isin(guessed[1], self._walk(before, poses, old, abrupt, slack, count))
            guessed = _pick(guessed[0], kept), guessed[1][kept]
        return _first([known, guessed])

    def _is_doubtful(self, known: _Found, guessed: _Found, abrupt: NDArray[np.bool_]) -> bool:
        """Whether a body whose path is guessed met two things, so that the first may have kept it from the other."""
        extra = guessed[0].pairs[~np.isin(guessed[1], known[1])]
        met = np.bincount(np.concatenate([known[0].pairs, extra]).ravel(), minlength=len(self._graph.objects))
        goes_on = np.zeros(len(met), dtype=np.bool_)
        goes_on[np.asarray(self._objects)[abrupt]] = True
        return bool(((met > 1) & goes_on)[extra].any())

    def _walk(
        self,
        before: Poses,
        after: Poses,
        old: FloatArray,
        abrupt: NDArray[np.bool_],
        slack: FloatArray,
        count: int,
    ) -> NDArray[np.int32]:
        """The numbers of the pairs that bodies which go on as they went come to touch, and do not pass through."""
        row = np.full(len(self._graph.objects), -1, dtype=np.intp)
        row[self._objects] = np.arange(len(self._objects))
        walk = Walk(self._shapes.near, lambda pairs: self._gap(pairs) + slack[pairs].sum(axis=1), row)
        return walk.met(lambda share: _between(before, after, share), old, abrupt, 1 / count)

    def _has_neighbour(self, position: FloatArray, reach: FloatArray, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the ``chosen`` bodies can have met another since the frame before; not one that falls forever."""
        bound = self._reach + reach
        apart = np.linalg.norm(position[chosen, None] - position[None], axis=2)
        return np.asarray(np.sum(apart < bound[chosen, None] + bound, axis=1) > 1)


def _paths(
    before: Poses, after: Poses, old: FloatArray, abrupt: NDArray[np.bool_], count: int
) -> Iterator[tuple[Poses, bool]]:
    """Poses between two frames, and those that had come if the ``abrupt`` ones had gone on by ``old`` ``[N, 3]``,
    which is told with them."""
    for share in np.arange(1, count + 1) / count:
        poses = _between(before, after, share)
        yield poses, False
        if abrupt.any():
            onward = poses.position.copy()
            onward[abrupt] = before.position[abrupt] + share * old[abrupt]
            yield Poses(onward, poses.rotation), True


def _between(before: Poses, after: Poses, share: float) -> Poses:
    """The poses at a share of the way from one frame to the next."""
    position = before.position + share * (after.position - before.position)
    return Poses(position, _orthonormal(before.rotation + share * (after.rotation - before.rotation)))


def _orthonormal(matrices: FloatArray) -> FloatArray:
    """The rotations ``[N, 3, 3]`` with the first column's direction and the plane of the first two."""
    x = matrices[:, :, 0] / np.maximum(_lengths(matrices[:, :, 0]), 1e-12)[:, None]
    y = matrices[:, :, 1] - np.einsum("ni,ni->n", x, matrices[:, :, 1])[:, None] * x
    y /= np.maximum(_lengths(y), 1e-12)[:, None]
    return np.stack([x, y, np.cross(x, y)], axis=2)


def _lengths(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(np.einsum("ni,ni->n", vectors, vectors)))


def _pick(contacts: Contacts, rows: NDArray[Any]) -> Contacts:
    return Contacts(contacts.pairs[rows], contacts.point[rows], contacts.normal[rows], contacts.distance[rows])


def _first(sets: list[_Found]) -> _Found:
    """All contacts of some sets with their pairs' numbers, sorted by these; of a pair the first."""
    numbers = np.concatenate([numbers for _, numbers in sets])
    unique, first = np.unique(numbers, return_index=True)
    return _pick(_joined([contacts for contacts, _ in sets]), first), unique


def _joined(sets: list[Contacts]) -> Contacts:
    columns = ([getattr(s, name) for s in sets] for name in ("pairs", "point", "normal", "distance"))
    return Contacts(*(np.concatenate(column) for column in columns))
