"""Contact detection for every frame of a run, live or afterwards.

MuJoCo's collision pipeline does the geometry: all objects are bodies of one model, whose poses are set, and
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

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import NO_CONTACTS, Contacts, FloatArray, SceneGraph, is_fixed, is_free, is_part
from ..evaluated import EvaluatedState
from .gaps import ABRUPT, HELD, HOP, RELEASE_TIMES, SCALE_NOISE, TOUCH, touch_gaps
from .hysteresis import Touches
from .motion import Motion, frames_of, lengths
from .near import Near, Poses, among, picked
from .scene import CollisionScene, CrowdError, Pieces
from .shapes import Geom
from .sweep import Sweep, have_neighbours, poses_between


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
        self._row = np.full(len(graph.objects), -1, dtype=np.intp)
        self._row[self._objects] = np.arange(len(self._objects))
        self.reset()
        self._geoms: list[list[Geom]] = []
        self._scale = np.array([o.scale for o in graph.objects]).reshape(-1, 3)
        self._build(self._scale)

    def reset(self) -> None:
        """Forget the frames seen so far."""
        self._touched = np.zeros(0, dtype=np.int64)
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

    def update(self, state: EvaluatedState, present: NDArray[np.bool_]) -> Contacts:
        """Contacts of the next frame, one for each touching pair (its deepest point), sorted by pair.

        ``present`` ``[B]`` tells which objects are there. Raises CrowdError.
        """
        return self.update_all([state], present[None])[0]

    def update_all(self, states: Sequence[EvaluatedState], present: NDArray[np.bool_]) -> list[Contacts]:
        """Contacts of the next frames, of each what `update` gives; ``present`` ``[F, B]``. Raises CrowdError."""
        if not self._objects:
            return [NO_CONTACTS] * len(states)
        position, axes, scale = frames_of(states)
        rotation = axes.take(self._objects, axis=1).transpose(0, 1, 3, 2)
        poses = Poses(position.take(self._objects, axis=1), rotation)
        found: list[Contacts] = []
        try:
            while len(found) < len(states):
                rest = slice(len(found), None)
                self._find(self._alike(poses[rest], scale[rest], present[rest]), found)
        except CrowdError as error:
            error.found = found
            raise
        return found

    def _alike(self, poses: Poses, scale: FloatArray, present: NDArray[np.bool_]) -> Poses:
        """The first of these frames, as many as have the same shapes of what is there or not, and of what can move."""
        rescaled = np.abs(scale - self._scale).max(axis=(1, 2)) > SCALE_NOISE
        if rescaled[0]:
            self._build(scale[0])
            rescaled = np.abs(scale - self._scale).max(axis=(1, 2)) > SCALE_NOISE
        lacks = ~present.all(axis=1)
        poses = poses[: 1 if self._shapes.depends_on_order else _until(rescaled | (lacks != lacks[0]))]
        if lacks[0]:
            poses.put_away(~present[: len(poses), self._objects])
        return poses[: self._free_moved(poses)]

    def _free_moved(self, poses: Poses) -> int:
        """Let go what moves at the first of these frames although it was not expected to: animated, moved or set free
        by a script. Tells how many frames it is before more does."""
        now = Poses(poses.position[:, self._still], poses.rotation[:, self._still])
        if self._still_at is None:
            self._still_at = now[0]
        shifted, turned = now.position != self._still_at.position, now.rotation != self._still_at.rotation
        if not shifted.any() and not turned.any():
            return len(poses)
        moved = shifted.any(axis=2) | turned.any(axis=(2, 3))
        first = moved[0]
        if first.any():
            self._shapes.set_free(self._still[first])
            self._freed = np.union1d(self._freed, self._still[first])
            self._still, self._still_at = self._still[~first], self._still_at[~first]
        return _until(moved[:, ~first].any(axis=1))

    def _find(self, poses: Poses, found: list[Contacts]) -> None:
        """Add the contacts of the next frames to those ``found``."""
        try:
            near = self._shapes.near(poses)
        except CrowdError:
            if len(poses) == 1:
                raise
            for k in range(len(poses)):
                self._find(poses[k : k + 1], found)
            return
        motion = Motion.of([p.position for p in self._poses], poses.position, self._gravity)
        touches = self._touches(near, motion.push_length > HELD * self._gravity_step)
        lonely, chosen = touches.lonely_frames(), self._chosen(poses, motion)
        fast, swept, count = set(np.flatnonzero(chosen.any(axis=1)).tolist()), {}, len(poses)
        ends = near.frame.searchsorted(np.arange(count + 1)).tolist()
        try:
            for k in sorted(lonely | fast):
                rows = np.arange(ends[k], ends[k + 1])
                if k in lonely:
                    touches.hold_lonely(k, rows)
                if k in fast:
                    swept[k] = self._swept(poses, motion, k, chosen[k], near[rows[touches.kept[rows]]])
                    after = np.arange(ends[k + 1], ends[min(k + 2, count)])
                    touches.go_on(after[among(near.keys[after], swept[k].keys)])
        except CrowdError:
            self._add(touches.touching(), swept, k, found)
            raise
        self._add(touches.touching(), swept, count, found)
        self._poses = [*self._poses, *(poses[k] for k in range(max(count - 2, 0), count))][-2:]

    def _touches(self, near: Near, is_held: NDArray[np.bool_]) -> Touches:
        """Which near pairs touch, at frames at which bodies are held up ``[F, N]``."""
        held = np.zeros((len(is_held), len(self._graph.objects)), dtype=np.bool_)
        held[:, self._objects] = is_held & self._falls
        pairs = near.contacts.pairs
        gap = self._gap(pairs)
        ends = self._release_times * gap
        most = ends + self._hop + self._loose[pairs].sum(axis=1)
        return Touches(near, gap, ends, most, held, held & ~self._jointed, self._touched)

    def _add(self, near: Near, swept: Mapping[int, Near], count: int, found: list[Contacts]) -> None:
        """Add the first frames' contacts to those found: those ``swept``, and those ``near``."""
        ends = near.frame.searchsorted(np.arange(count + 1)).tolist()
        for k, (start, end) in enumerate(itertools.pairwise(ends)):
            found.append(swept[k].contacts if k in swept else picked(near.contacts, slice(start, end)))
        if count:
            self._touched = swept[count - 1].keys if count - 1 in swept else near.keys[ends[-2] :]

    def _gap(self, pairs: NDArray[np.int32]) -> FloatArray:
        """Gaps ``[K]`` in m at which these pairs ``[K, 2]`` begin to touch."""
        return np.minimum(self._touch[pairs[:, 0]], self._touch[pairs[:, 1]])

    def _chosen(self, poses: Poses, motion: Motion) -> NDArray[np.bool_]:
        """Which bodies ``[F, N]`` are swept: fast ones, and those whose velocity changed abruptly."""
        distance = lengths(motion.moved)
        chosen = (distance > self._size) | (motion.push_length > self._abrupt)
        if not chosen.any():
            return chosen
        bound = self._reach + np.maximum(distance, lengths(motion.old))
        return have_neighbours(poses.position, bound, chosen)

    def _swept(self, poses: Poses, motion: Motion, k: int, chosen: NDArray[np.bool_], found: Near) -> Near:
        """The contacts of a frame, with those between it and the frame before of the bodies ``chosen`` ``[N]``."""
        before = poses[k - 1] if k else self._poses[-1]
        abrupt = motion.push_length[k] > self._abrupt
        reach = np.maximum(lengths(motion.moved[k]), lengths(motion.old[k]))
        count = poses_between(reach[chosen], self._size[chosen])
        sweep = Sweep(self._shapes, self._gap, self._row, before, poses[k], motion.old[k], abrupt, count)
        return sweep.met(found, chosen, self._loose)


def _until(ends: NDArray[np.bool_]) -> int:
    """How many come before the first that holds, the very first left out."""
    return 1 + int(ends[1:].argmax()) if ends[1:].any() else len(ends)
