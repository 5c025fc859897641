"""Whether pairs of objects can touch: a test of a few pairs that is cheap and never misses a contact."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray, SceneGraph, is_part
from ..evaluated import EvaluatedState
from .clearance import TURN, Clearance
from .gaps import ABRUPT, HOP, RELEASE_TIMES, SCALE_NOISE, TOUCH, touch_gaps
from .scene import Pieces
from .shapes import Geom, collision_mask, excluded_pairs, parent_pairs

NUMERIC = 1e-5, 1e-6
"""What the detector's distances may be off by: in metres, and as a share of both bodies' reach (it has hulls in single
precision)."""

MOST = 16
"""Pieces up to which a shape has a box around each; more have one around them all."""

_OWN = np.flatnonzero(np.kron(np.eye(2), np.triu(np.ones((3, 3)))))
"""Of the 36 products of a pair's six axes, those of two axes of the same body."""

_ORTHONORMAL = np.eye(6).ravel()[_OWN]


@dataclass(frozen=True)
class _Bounds:
    """A box around a piece of a body's shape in the body's frame, and what the detector allows the body, all in m."""

    middle: FloatArray  # [3]
    half: FloatArray  # [3]
    radius: float
    """Of a sphere around the box's middle that holds the piece."""
    reach: float
    """How far the body extends from its origin."""
    turned: float
    """How far turning the body by a unit moves the piece: not at all a sphere about the origin."""
    gap: float
    loose: float
    """What may be between it and another one that it touches, at most, besides the other one's."""
    fast: float
    abrupt: float
    """The way and the change of it, in a frame, up to which its motion is not swept."""


@dataclass(frozen=True)
class _Pairs:
    """What does not change of pairs of bodies, and of the K pairs of their pieces, in their order."""

    possible: NDArray[np.bool_]  # of each pair of bodies: whether the detector ever tells it
    starts: NDArray[np.intp]  # of each pair of bodies: the first of its pairs of pieces
    rows: NDArray[np.intp]  # [2K]: the objects that are the bodies
    unscaled: FloatArray  # [2K, 3, 1]: 1 / scale
    middle: FloatArray  # [K, 6, 1]: of the first box, and the negative of the second
    half: FloatArray  # [K, 6, 2]: of each box, zero at the other's axes
    radius: FloatArray  # [K, 1, 2]
    slack: FloatArray  # [K]: the gap at which they may touch; -inf for those that the detector never tells
    turned: FloatArray  # [2K]
    unswept: FloatArray  # [2, 2K]: the squares of what is neither fast nor abrupt
    slow: FloatArray  # [2, 2K, 1]: what is neither along each axis


class Proximity:
    """Tells which pairs of a graph's objects the detector cannot report as touching."""

    def __init__(self, graph: SceneGraph) -> None:
        self._graph = graph
        self._rows = {name: row for row, name in enumerate(graph.names)}
        self._scale = np.array([o.scale for o in graph.objects]).reshape(-1, 3)
        self._signs: FloatArray = np.sign(self._scale)
        self._gravity = np.array(graph.world.gravity) * graph.world.dt**2
        self._never = excluded_pairs(graph) | parent_pairs(graph)
        self._bounds: dict[int, list[_Bounds]] = {}
        self._known: tuple[bytes, _Pairs] | None = None
        self._clearance: Clearance | None = None

    def may_touch(
        self, state: EvaluatedState, before: Sequence[EvaluatedState], pairs: NDArray[np.integer]
    ) -> NDArray[np.bool_]:
        """Whether each of the ``pairs`` ``[K, 2]`` of object indices may touch in ``state``; ``[K]``.

        False only where the detector does not report the pair at this frame, whatever else is in the scene; ``before``
        are the states of the one or two frames before, the later last, none at the first frame. A compound's parts
        count as the compound. True where an object has another scale than at the start, or is sheared. All objects of
        the pairs are taken to be there.
        """
        known = self._of(pairs)
        if state.signs is not self._signs and np.array_equal(state.signs, self._signs):
            self._signs = state.signs
        is_mirrored = state.signs is not self._signs
        if self._clearance is not None and not is_mirrored and self._clearance.lasts(state, before):
            return np.zeros(len(pairs), dtype=np.bool_)
        matrix = state.matrix.take(known.rows, axis=0)
        axes, position = (matrix[:, :3, :3] * known.unscaled).reshape(-1, 6, 3), matrix[:, 3, :3]
        products = axes @ axes.transpose(0, 2, 1)
        apart = axes @ (position[::2] - position[1::2])[:, :, None] + products @ known.middle
        extent = np.minimum(np.abs(products) @ known.half, known.radius)
        gap = np.abs(apart[:, :, 0]) - extent[:, :, 0] - extent[:, :, 1]
        room = gap.max(axis=1) - known.slack
        may = ~(room > self._way(known, axes, position, before))
        own = products.reshape(-1, 36).take(_OWN, axis=1) - _ORTHONORMAL
        if not np.vdot(own, own) <= SCALE_NOISE**2:
            may |= ~(np.abs(own).max(axis=1) <= SCALE_NOISE)
        if is_mirrored:
            may |= (state.signs != self._signs).take(known.rows, axis=0).reshape(-1, 6).any(axis=1)
        found = np.asarray(np.logical_or.reduceat(may, known.starts) & known.possible)
        self._clearance = None
        if before and not may.any():
            self._clearance = Clearance(known.rows, known.unscaled, known.turned, room, state, before[-1])
        return found

    def _way(
        self, known: _Pairs, axes: FloatArray, position: FloatArray, before: Sequence[EvaluatedState]
    ) -> FloatArray | float:
        """How far ``[K]`` in m the pieces of each pair may have been between the frames from where they are, both
        together; 0 where neither was fast or changed its velocity abruptly."""
        if not before:
            return 0.0
        last = before[-1].position.take(known.rows, axis=0)
        ways = np.empty((3, *position.shape))
        np.subtract(position, last, out=ways[0])
        if len(before) > 1:
            np.subtract(last, before[-2].position.take(known.rows, axis=0), out=ways[2])
            np.subtract(ways[0] - ways[2], self._gravity, out=ways[1])
        else:
            ways[1], ways[2] = 0.0, ways[0]
        if not (np.abs(ways[:2]) > known.slow).any():
            return 0.0
        squares = np.einsum("sni,sni->sn", ways, ways)
        is_swept = squares[:2] > known.unswept
        if not is_swept.any():
            return 0.0
        turn = axes.reshape(-1, 3, 3) - before[-1].matrix.take(known.rows, axis=0)[:, :3, :3] * known.unscaled
        turned = np.minimum(TURN * np.sqrt(np.einsum("nij,nij->n", turn, turn)), 2.0) * known.turned
        way = np.sqrt(squares[0]) + np.sqrt(squares[2]) + turned
        chosen = is_swept.any(axis=0).reshape(-1, 2).any(axis=1)
        return np.asarray(np.where(chosen, way.reshape(-1, 2).sum(axis=1), 0.0))

    def _of(self, pairs: NDArray[np.integer]) -> _Pairs:
        """What does not change of these pairs; that of the pairs of the call before is kept."""
        key = pairs.tobytes()
        if self._known is None or self._known[0] != key:
            self._clearance = None
            self._known = key, self._gathered([(self._owner(a), self._owner(b)) for a, b in pairs.tolist()])
        return self._known[1]

    def _owner(self, row: int) -> int:
        """The row of the body that an object belongs to."""
        obj = self._graph.objects[row]
        while is_part(obj, self._graph) and obj.parent is not None:
            obj = self._graph.object(obj.parent)
        return self._rows[obj.name]

    def _gathered(self, pairs: Sequence[tuple[int, int]]) -> _Pairs:
        pieces = [list(itertools.product(self._bounds_of(a), self._bounds_of(b))) for a, b in pairs]
        counts = np.array([len(both) for both in pieces], dtype=np.intp)
        rows = np.repeat(np.array(pairs, dtype=np.intp).reshape(-1, 2), counts, axis=0).ravel()
        bounds = [piece for both in pieces for pair in both for piece in pair]
        middle, half = np.zeros((len(rows) // 2, 6, 1)), np.zeros((len(rows) // 2, 6, 2))
        for k, (a, b) in enumerate(zip(bounds[::2], bounds[1::2], strict=True)):
            middle[k, :3, 0], middle[k, 3:, 0] = a.middle, -b.middle
            half[k, :3, 0], half[k, 3:, 1] = a.half, b.half
        radius, turned, gap, loose, fast, abrupt = (
            np.array([(b.radius, b.turned, b.gap, b.loose, b.fast, b.abrupt) for b in bounds]).reshape(-1, 6).T
        )
        hop = HOP * float(np.linalg.norm(self._gravity))
        slack = RELEASE_TIMES * gap.reshape(-1, 2).min(axis=1) + hop + loose.reshape(-1, 2).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):  # A scale of 0, of which nothing is ruled out.
            unscaled = 1 / self._scale[rows]
            numeric = NUMERIC[1] + 2 * SCALE_NOISE * np.abs(unscaled).max(axis=1)
            numeric *= [b.reach for b in bounds]
        possible = np.array([self._is_possible(a, b) for a, b in pairs], dtype=np.bool_)
        slack[~np.repeat(possible, counts)] = -np.inf
        return _Pairs(
            possible=possible,
            starts=np.cumsum(counts) - counts,
            rows=rows,
            unscaled=unscaled[:, :, None],
            middle=middle,
            half=half,
            radius=radius.reshape(-1, 1, 2),
            slack=slack + NUMERIC[0] + numeric.reshape(-1, 2).sum(axis=1),
            turned=turned,
            unswept=np.square([fast, abrupt]),
            slow=np.array([fast, abrupt])[:, :, None] / 2,  # Less than by the square root of 3, for rounding.
        )

    def _is_possible(self, a: int, b: int) -> bool:
        """Whether the detector tells the pair if both are near."""
        one, other = self._graph.objects[a], self._graph.objects[b]
        if a == b or one.geometry is None or other.geometry is None:
            return False
        names = min(one.name, other.name), max(one.name, other.name)
        return names not in self._never and bool(collision_mask(one) & collision_mask(other))

    def _bounds_of(self, row: int) -> list[_Bounds]:
        if row not in self._bounds:
            pieces = Pieces(self._graph, [row], self._scale, {})
            self._bounds[row] = _bounds(pieces, float(np.linalg.norm(self._gravity)))
        return self._bounds[row]


def _bounds(pieces: Pieces, gravity_step: float) -> list[_Bounds]:
    """Of the one shape in ``pieces``; ``gravity_step`` is how much further a body falls in a step than before, in m."""
    geoms = pieces.geoms[0]
    if not geoms:
        return [_Bounds(np.zeros(3), np.zeros(3), *(0.0,) * 5, np.inf, np.inf)]
    gap = float(touch_gaps(pieces.bound)[0])
    least = min(gap, TOUCH)  # The detector may cap a large body's.
    fast = max(float(pieces.thin[0]), least) * (1 - NUMERIC[1])
    abrupt = (ABRUPT * gravity_step + RELEASE_TIMES * least) * (1 - NUMERIC[1])
    body = float(pieces.bound[0]), gap, float(pieces.loose[0]), fast, abrupt
    return [_bounds_of_pieces(group, *body) for group in ([[g] for g in geoms] if len(geoms) <= MOST else [geoms])]


def _bounds_of_pieces(
    geoms: Sequence[Geom], reach: float, gap: float, loose: float, fast: float, abrupt: float
) -> _Bounds:
    """Around some pieces of a body."""
    corners = np.concatenate([g.corners for g in geoms])
    middle, outer = (corners.max(axis=0) + corners.min(axis=0)) / 2, max(g.outer for g in geoms)
    is_round = [g.type == mujoco.mjtGeom.mjGEOM_SPHERE for g in geoms]
    places = [np.array([g.position]) if is_ball else g.corners for g, is_ball in zip(geoms, is_round, strict=True)]
    radii = [g.size[0] if is_ball else 0.0 for g, is_ball in zip(geoms, is_round, strict=True)]
    ends = [np.linalg.norm(p - middle, axis=1).max() + r for p, r in zip(places, radii, strict=True)]
    half, radius = (corners.max(axis=0) - corners.min(axis=0)) / 2 + outer, float(max(ends)) + outer
    turned = float(max(np.linalg.norm(p, axis=1).max() for p in places))
    return _Bounds(middle, half, radius, reach, turned, gap, loose, fast, abrupt)
