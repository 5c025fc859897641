"""Clips side by side in tensors, so that windows of many are taken by index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from addon.perception.classes import CLASSES

from ..errors import LearningError
from ..frames.caster import matrices
from ..frames.clips import BALL, Clip
from .geometry import Bodies, conjugate, gathered, logarithm, neighbours, product

HISTORY = 3
"""How many differences of frames the network sees."""
PADDING, STATIC, SCRIPTED, MOVER = range(4)
"""What an object is: nothing, one that stays, one that a script moves, one that physics moves."""
MOST = 64
"""Objects in a scene."""

REST_VELOCITY, REST_SPIN = 1e-3, 5e-3
"""Metres and radians a frame up to which an object rests: 1.5 cm and 4 degrees a second."""

LAUNCH = 0.05
"""Metres a frame that are too much for a start from rest by itself: gravity alone gives 0.044."""


@dataclass(frozen=True, eq=False)
class Objects:
    """What stays the same of N objects in each of B scenes, movers first: ``half`` ``[B, N, 3]`` metres, ``ball``,
    ``role`` and ``kind`` ``[B, N]``, ``floor`` ``[B]`` its height; the first ``movers`` places hold all movers."""

    half: Tensor
    ball: Tensor
    role: Tensor
    kind: Tensor
    floor: Tensor
    movers: int

    def pick(self, scenes: Tensor) -> Objects:
        """Those of some scenes ``[B]``."""
        half, ball, role, kind, floor = (
            one[scenes] for one in (self.half, self.ball, self.role, self.kind, self.floor)
        )
        return Objects(half, ball, role, kind, floor, self.movers)

    @property
    def is_mover(self) -> Tensor:
        """Which of the first places hold a mover ``[B, M]``."""
        return self.role[:, : self.movers] == MOVER

    def bodies(self, position: Tensor, quaternion: Tensor) -> Bodies:
        """The objects at poses ``[B, N, 3]`` and ``[B, N, 4]``; a ball's frame is the world's."""
        turn = torch.where(self.ball[..., None, None], torch.eye(3, device=position.device), matrices(quaternion))
        core = self.half.masked_fill(self.ball[..., None], 0.0)
        return Bodies(position, turn, core, torch.where(self.ball, self.half[..., 0], 0.0))


@dataclass(frozen=True, eq=False)
class Track:
    """Poses over S frames ``[B, S, N, 3]`` and ``[B, S, N, 4]``, and what leads from each frame to the next
    ``[B, S-1, N, 3]``: metres and rotation vectors a frame, in the world's frame; ``launched`` ``[B, S-1, M]`` tells
    which movers a script throws there."""

    position: Tensor
    quaternion: Tensor
    velocity: Tensor
    spin: Tensor
    launched: Tensor


def track_of(position: Tensor, quaternion: Tensor, launched: Tensor) -> Track:
    """Poses with their differences."""
    spin = logarithm(product(quaternion[:, 1:], conjugate(quaternion[:, :-1])))
    return Track(position, quaternion, position[:, 1:] - position[:, :-1], spin, launched)


def rests(velocity: Tensor, spin: Tensor) -> Tensor:
    """Which objects ``[...]`` rest, by what they do in a frame, ``[..., 3]`` each."""
    return (velocity.norm(dim=-1) < REST_VELOCITY) & (spin.norm(dim=-1) < REST_SPIN)


class Scenes:
    """All clips on one device; each clip's objects are in a new ``order``, and its last frame goes on for ever.

    ``launched`` ``[C, T, M]`` tells which movers a script throws in the step from a frame; with ``launches`` off, none.
    """

    def __init__(self, clips: Sequence[Clip], device: torch.device | str = "cpu", *, launches: bool = True) -> None:
        if not clips:
            raise LearningError("there are no clips of this split in the data; give --data a file that has them")
        roles = [_roles(clip) for clip in clips]
        self.order = [np.argsort(-role, kind="stable") for role in roles]
        self.lengths = torch.tensor([len(clip) for clip in clips])
        count, most = max(len(role) for role in roles), max(int((role == MOVER).sum()) for role in roles)
        if count > MOST or most == 0:
            raise LearningError(
                f"scenes of 1 to {MOST} objects, some of which move, can be simulated; here are {count}"
            )
        frames = int(self.lengths.max())
        shape = (len(clips), frames, count)
        position, quaternion = np.zeros((*shape, 3), np.float32), np.zeros((*shape, 4), np.float32)
        quaternion[..., 0] = 1
        half = np.full((len(clips), count, 3), 0.1, np.float32)
        ball, role, kind = (np.zeros((len(clips), count), kind) for kind in (bool, np.int64, np.int64))
        for n, (clip, order) in enumerate(zip(clips, self.order, strict=True)):
            held, used = np.minimum(np.arange(frames), len(clip) - 1), slice(len(order))
            position[n, :, used] = clip.position[held][:, order]
            quaternion[n, :, used] = clip.quaternion[held][:, order]
            half[n, used], ball[n, used] = clip.half[order], (clip.shape == BALL)[order]
            role[n, used], kind[n, used] = roles[n][order], clip.kind[order]
        floor = np.array([_floor(clip) for clip in clips], np.float32)
        self.position = torch.as_tensor(position, device=device)
        self.quaternion = torch.nn.functional.normalize(torch.as_tensor(quaternion, device=device), dim=-1)
        parts = [torch.as_tensor(one, device=device) for one in (half, ball, role, kind, floor)]
        self.objects = Objects(parts[0], parts[1], parts[2], parts[3], parts[4], most)
        self.launched = torch.zeros(len(clips), frames, most, dtype=torch.bool, device=device)
        if launches:
            for n in range(len(clips)):
                self._find_launches(n)

    def __len__(self) -> int:
        return len(self.lengths)

    def track(self, scenes: Tensor, first: Tensor, frames: int) -> Track:
        """Windows of so many frames from the frames ``first`` ``[B]`` of ``scenes`` ``[B]``."""
        times = first[:, None] + torch.arange(frames, device=first.device)
        times, scenes = times.clamp(max=self.position.shape[1] - 1), scenes[:, None]
        launched = self.launched[scenes, times[:, :-1]]
        return track_of(self.position[scenes, times], self.quaternion[scenes, times], launched)

    def _find_launches(self, scene: int) -> None:
        """A mover that rested is thrown if it jumps off while nothing within reach of it moves."""
        one, count = torch.tensor([scene], device=self.position.device), self.objects.movers
        track = self.track(one, torch.zeros_like(one), self.position.shape[1])
        awake = ~rests(track.velocity, track.spin)[0]
        jumps = (track.velocity[0, 1:, :count].norm(dim=-1) > LAUNCH) & ~awake[:-1, :count]
        jumps = jumps & self.objects.pick(one).is_mover
        frames = jumps.any(-1).nonzero()[:, 0] + 1
        if not len(frames):
            return
        objects = self.objects.pick(one.expand(len(frames)))
        bodies = objects.bodies(track.position[0, frames], track.quaternion[0, frames])
        index, _, near = neighbours(bodies, objects.role != PADDING, count, MOST)
        caused = gathered((awake[frames] | awake[frames - 1])[..., None], index)[..., 0] & near
        self.launched[scene, frames] = jumps[frames - 1] & ~caused.any(-1)


def _roles(clip: Clip) -> np.ndarray:
    changed = (clip.position != clip.position[0]).any((0, 2)) | (clip.quaternion != clip.quaternion[0]).any((0, 2))
    return np.where(clip.moves, MOVER, np.where(changed, SCRIPTED, STATIC))


def _floor(clip: Clip) -> float:
    floor = clip.kind == CLASSES.index("floor")
    return float((clip.position[0, floor, 2] + clip.half[floor, 2]).max()) if floor.any() else 0.0
