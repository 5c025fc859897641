"""What a body met between two frames, of all that lies along the path it would have gone.

The path of a body that hit something is not known between the frames. Gone on along its old velocity it would pass
through what it hit, and meet what lies behind. So it is walked in small steps, and at each contact the body loses the
velocity towards what it touches: it slides along the first thing, and comes to the next one only where that is in
its way.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import Contacts, FloatArray
from .near import Near, Poses

LEAST_STEP = 1 / 64
"""The smallest step, as a share of a frame."""


class Walk:
    """The walk of some bodies between two frames.

    ``near`` gives contacts at the poses of some frames; ``gap`` the distance ``[K]`` at which pairs ``[K, 2]`` of
    objects touch; ``row`` the poses' row of each object, -1 for those without one.
    """

    def __init__(
        self,
        near: Callable[[Poses], Near],
        gap: Callable[[NDArray[np.int32]], FloatArray],
        row: NDArray[np.intp],
    ) -> None:
        self._near, self._gap, self._row = near, gap, row

    def met(
        self,
        at: Callable[[float], Poses],
        velocity: FloatArray,
        walks: NDArray[np.bool_],
        step: float,
    ) -> NDArray[np.int64]:
        """The numbers of the pairs that the bodies that walk ``[N]`` came to touch.

        ``at`` gives the poses at a share of the frame; ``velocity`` ``[N, 3]`` is in m a frame; ``step`` is the
        greatest step, as a share of a frame.
        """
        velocity, start = velocity.copy(), at(0.0)
        position, share, size = start.position.copy(), 0.0, step
        contacts, keys = self._near_at(start.position, start.rotation)
        numbers = [self._touched(contacts, keys, velocity, walks)]
        depth = dict(zip(keys.tolist(), contacts.distance.tolist(), strict=True))
        while share < 1.0:
            size = min(2 * size, step, 1.0 - share)
            while True:
                poses = at(share + size)
                ahead = np.where(walks[:, None], position + size * velocity, poses.position)
                contacts, keys = self._near_at(ahead, poses.rotation)
                if size <= LEAST_STEP or not self._too_deep(contacts, keys, depth, walks):
                    break
                size /= 2
            position, share = ahead, share + size
            numbers.append(self._touched(contacts, keys, velocity, walks))
            depth = dict(zip(keys.tolist(), contacts.distance.tolist(), strict=True))
        return np.unique(np.concatenate(numbers))

    def _near_at(self, position: FloatArray, rotation: FloatArray) -> tuple[Contacts, NDArray[np.int64]]:
        near = self._near(Poses(position[None], rotation[None]))
        return near.contacts, near.keys

    def _too_deep(
        self, contacts: Contacts, keys: NDArray[np.int64], depth: dict[int, float], walks: NDArray[np.bool_]
    ) -> bool:
        """Whether a body went into something by more than the gap at which they touch."""
        before = np.array([min(depth.get(key, 0.0), 0.0) for key in keys.tolist()])
        deep = contacts.distance < before - self._gap(contacts.pairs)
        return bool((deep & self._walking(contacts.pairs, walks).any(axis=1)).any())

    def _walking(self, pairs: NDArray[np.int32], walks: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the pairs' ``[K, 2]`` objects walk."""
        rows = self._row[pairs]
        return np.asarray((rows >= 0) & walks[rows])

    def _touched(
        self, contacts: Contacts, keys: NDArray[np.int64], velocity: FloatArray, walks: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """The numbers of the pairs that touch; those that walk lose the velocity towards the other."""
        walking = self._walking(contacts.pairs, walks)
        touching = (contacts.distance <= self._gap(contacts.pairs)) & walking.any(axis=1)
        for k in np.flatnonzero(touching).tolist():
            for side, outward in enumerate((-contacts.normal[k], contacts.normal[k])):
                if walking[k, side]:
                    body = self._row[contacts.pairs[k, side]]
                    velocity[body] -= min(0.0, float(velocity[body] @ outward)) * outward
        return np.asarray(keys[touching])
