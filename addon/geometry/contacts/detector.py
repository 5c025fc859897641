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
(see `walk`). Such contacts carry the distance 0. What is PASSIVE stops of itself where scripts and keyframes move it:
unless it has fallen freely before, so that a script must have set it free, only what goes on another way has hit
something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import NO_CONTACTS, Contacts, FloatArray, SceneGraph, is_fixed, is_free, is_part
from ..evaluated import EvaluatedState
from .gaps import ABRUPT, HELD, HOP, RELEASE_TIMES, SCALE_NOISE, TOUCH, touch_gaps
from .hysteresis import Touches
from .motion import Motion, frames_of, lengths
from .near import Near, Poses, among
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
        is_body = [o.geometry is not None and not is_part(o, graph) for o in graph.objects]
        self._objects = np.flatnonzero(is_body)
        self._gravity = np.array(graph.world.gravity) * graph.world.dt**2
        self._gravity_step = float(np.linalg.norm(self._gravity))
        self._hop = HOP * self._gravity_step if touch is None else 0.0
        jointed = {n for c in graph.constraints if c.object2 is not None for n in (c.object1, c.object2)}
        self._unjointed = np.array([name not in jointed for name in graph.names], dtype=np.bool_)
        self._row = np.full(len(graph.objects), -1, dtype=np.intp)
        self._row[self._objects] = np.arange(len(self._objects))
        self.reset()
        self._geoms: list[list[Geom]] = []
        self._scale = np.array([o.scale for o in graph.objects]).reshape(-1, 3)
        self._build(self._scale)

    def reset(self) -> None:
        """Forget the frames seen so far."""
        self._touched = np.zeros(0, dtype=np.int64)
        self._before, self._known = np.zeros((2, len(self._objects), 3)), 0
        self._last: Poses | None = None
        objects = [self._graph.objects[i] for i in self._objects]
        self._still = np.flatnonzero([is_fixed(obj) for obj in objects])
        self._falls = np.array([is_free(obj) for obj in objects], dtype=np.bool_)
        self._by_physics = np.array([o.body is not None and o.body.type == "ACTIVE" for o in objects], dtype=np.bool_)
        self._still_at: Poses | None = None
        self._freed = np.zeros(0, dtype=np.intp)

    def _build(self, scale: FloatArray) -> None:
        """The shapes at these object scales ``[B, 3]``, and the gaps at which they touch."""
        same = np.abs(scale - self._scale).max(axis=1) <= SCALE_NOISE
        known = {row: geoms for row, geoms in enumerate(self._geoms) if same[self._objects[row]]}
        objects = self._objects.tolist()
        pieces = Pieces(self._graph, objects, scale, known)
        self._scale, self._geoms = scale.copy(), pieces.geoms
        touch = touch_gaps(pieces.bound)
        if self._given is not None:
            touch[:] = self._given
        else:  # The smaller one of a pair counts, of which one moves; a huge floor need not look far.
            touch = np.minimum(touch, np.delete(touch, self._still).max(initial=TOUCH))
        release = self._release_times * touch
        self._shapes = CollisionScene(self._graph, objects, pieces, (release + self._hop) / 2)
        self._shapes.set_free(self._freed)
        self._touch, self._loose = np.zeros((2, len(self._graph.objects)))
        self._touch[self._objects], self._loose[self._objects] = touch, pieces.loose
        self._reach = pieces.bound + release + self._hop
        self._size = np.maximum(pieces.thin, touch)
        self._unswept = np.stack([self._size, ABRUPT * self._gravity_step + release])[:, None]

    def update(self, state: EvaluatedState, present: NDArray[np.bool_]) -> Contacts:
        """Contacts of the next frame, one for each touching pair (its deepest point), sorted by pair.

        ``present`` ``[B]`` tells which objects are there. Raises CrowdError.
        """
        return self.update_all([state], present[None])[0]

    def update_all(self, states: Sequence[EvaluatedState], present: NDArray[np.bool_]) -> list[Contacts]:
        """Contacts of the next frames, of each what `update` gives; ``present`` ``[F, B]``. Raises CrowdError."""
        if not len(self._objects) or not states:
            return [NO_CONTACTS] * len(states)
        position, axes, scale = frames_of(states)
        poses = Poses(position, axes.transpose(0, 1, 3, 2)).of(self._objects)
        found: list[Contacts] = []
        try:
            while True:
                alike = self._alike(poses, scale, present)
                self._find(alike, found)
                if len(found) == len(states):
                    return found
                rest = slice(len(alike), None)
                poses, scale, present = poses[rest], scale[rest], present[rest]
        except CrowdError as error:
            error.found = found
            raise

    def _alike(self, poses: Poses, scale: FloatArray, present: NDArray[np.bool_]) -> Poses:
        """The first of these frames, as many as have the same shapes of what is there or not, and of what can move."""
        if self._is_rescaled(scale[0]):
            self._build(scale[0])
        if self._shapes.depends_on_order:
            poses = poses[:1]
        elif len(poses) > 1:
            lacks = ~present.all(axis=1)
            poses = poses[: _until(self._is_rescaled(scale) | (lacks != lacks[0]))]
        if not present[0].all():
            poses.put_away(~present[: len(poses), self._objects])
        count = self._free_moved(poses)
        return poses if count == len(poses) else poses[:count]

    def _is_rescaled(self, scale: FloatArray) -> NDArray[np.bool_]:
        """Whether objects have other scales ``[..., B, 3]`` than their shapes; ``[...]``."""
        return np.asarray((np.abs(scale - self._scale) > SCALE_NOISE).any(axis=(-2, -1)))

    def _free_moved(self, poses: Poses) -> int:
        """Let go what moves at the first of these frames although it was not expected to: animated, moved or set free
        by a script. Tells how many frames it is before more does."""
        now = poses.of(self._still)
        if self._still_at is None:
            self._still_at = now[0]
        if len(poses) == 1 and now.packed() == self._still_at.packed():
            return 1
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
        motion = Motion.of(self._before, self._known, poses.position, self._gravity)
        by_physics = self._by_physics | self._fallen(motion)
        abrupt = motion.push > self._unswept[1]
        if abrupt.any():
            abrupt &= by_physics | motion.turned
        touches, fast = self._touches(near, motion), self._fast(poses, motion, abrupt)
        lonely, swept = touches.lonely_frames(), {}
        try:
            for k in sorted(lonely | fast.keys()):
                start, end, next_end = near.ends(k + 2)[k:]
                rows = np.arange(start, end)
                if k in lonely:
                    touches.hold_lonely(k, rows)
                if k in fast:
                    swept[k] = self._swept(poses, motion, k, fast[k], abrupt[k], near[rows[touches.kept[rows]]])
                    after = np.arange(end, next_end)
                    touches.go_on(after[among(near.keys[after], swept[k].keys)])
        except CrowdError:
            self._add(touches.touching(), swept, k, found)
            raise
        self._add(touches.touching(), swept, len(poses), found)
        self._before, self._known, self._last = motion.last, min(self._known + len(poses), 2), poses[-1]
        self._by_physics = by_physics[-1]

    def _touches(self, near: Near, motion: Motion) -> Touches:
        """Which near pairs touch."""
        pairs = near.contacts.pairs
        gap = self._gap(pairs)
        touches = Touches(near, near.contacts.distance <= gap)
        if not touches.all_begin:
            held = np.zeros((len(motion.push), len(self._graph.objects)), dtype=np.bool_)
            held[:, self._objects] = (motion.push > HELD * self._gravity_step) & self._falls
            ends = self._release_times * gap
            loose = self._loose.take(pairs)
            most = ends + self._hop + (loose[:, 0] + loose[:, 1])
            touches.stay(ends, most, held, held & self._unjointed, self._touched)
        return touches

    def _add(self, near: Near, swept: Mapping[int, Near], count: int, found: list[Contacts]) -> None:
        """Add the first frames' contacts to those found: those ``swept``, and those ``near``."""
        found += [swept[k].contacts if k in swept else own for k, own in enumerate(near.split(count))]
        if count:
            self._touched = swept[count - 1].keys if count - 1 in swept else near.keys[near.ends(count)[-2] :]

    def _gap(self, pairs: NDArray[np.int32]) -> FloatArray:
        """Gaps ``[K]`` in m at which these pairs ``[K, 2]`` begin to touch."""
        gaps = self._touch.take(pairs)
        return np.asarray(np.minimum(gaps[:, 0], gaps[:, 1]))

    def _fallen(self, motion: Motion) -> NDArray[np.bool_]:
        """Which bodies ``[F, N]`` have moved by gravity alone at a frame, or at one before of these."""
        freely = motion.push < HELD * self._gravity_step
        freely[: max(2 - self._known, 0)] = False
        return np.asarray(np.logical_or.accumulate(freely, axis=0))

    def _fast(self, poses: Poses, motion: Motion, abrupt: NDArray[np.bool_]) -> dict[int, NDArray[np.bool_]]:
        """The frames at which bodies are swept, and which ``[N]``: fast ones, and those whose velocity changed
        abruptly ``[F, N]``."""
        is_over = np.stack([motion.moved > self._unswept[0], abrupt])
        if not is_over.any():
            return {}
        chosen = is_over.any(axis=0)
        bound = self._reach + np.maximum(motion.moved, lengths(motion.old))
        chosen = have_neighbours(poses.position, bound, chosen)
        return {k: chosen[k] for k in np.flatnonzero(chosen.any(axis=1)).tolist()}

    def _swept(
        self, poses: Poses, motion: Motion, k: int, chosen: NDArray[np.bool_], abrupt: NDArray[np.bool_], found: Near
    ) -> Near:
        """The contacts of a frame, with those between it and the frame before of the bodies ``chosen`` ``[N]``, of
        which the velocities of some changed abruptly."""
        before = poses[k - 1] if k else self._last
        assert before is not None  # At the very first frame nothing has moved.
        reach = np.maximum(motion.moved[k], lengths(motion.old[k]))
        count = poses_between(reach[chosen], self._size[chosen])
        sweep = Sweep(self._shapes, self._gap, self._row, before, poses[k], motion.old[k], abrupt, count)
        return sweep.met(found, chosen, self._loose)


def _until(ends: NDArray[np.bool_]) -> int:
    """How many come before the first that holds, the very first left out."""
    return 1 + int(ends[1:].argmax()) if ends[1:].any() else len(ends)
