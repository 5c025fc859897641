"""Videos to learn from, drawn once and kept on the device as bytes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..errors import LearningError
from ..frames import Clip, load_clips
from ..frames.clips import Split
from ..frames.drawn import SIDE, seen
from ..training import Report
from .transformer import WINDOW

SIZE = SIDE
"""Pixels along each side of a picture."""
CHANGE = 10
"""A pixel has changed where one of its colours differs by more than this, of 255."""


@dataclass(frozen=True, eq=False)
class Videos:
    """V videos, one behind another.

    ``frames`` uint8 ``[M, 64, 64, 3]``, ``video`` ``[M]`` tells which one each frame is of, ``mean`` uint8
    ``[V, 64, 64, 3]`` is the average frame of each, ``changed`` ``[M]`` how many pixels changed since the frame before.
    ``lengths`` has the frames of each.
    """

    frames: Tensor
    video: Tensor
    mean: Tensor
    changed: Tensor
    lengths: tuple[int, ...]

    def moving(self, places: Tensor) -> Tensor:
        """Pixels ``[B, 64, 64]`` of the frames at ``places`` ``[B]`` that differ from their video's average."""
        return changes(self.frames[places], self.mean[self.video[places]])

    def windows(self) -> tuple[Tensor, Tensor]:
        """Where windows begin ``[W]``, and how likely each is to be drawn: half of it is even, half goes with the root
        of how much changes, as most of a machine stands still most of the time."""
        begins = np.cumsum((0, *self.lengths[:-1]))
        starts = [np.arange(b, b + n - WINDOW + 1) for b, n in zip(begins, self.lengths, strict=True)]
        start = torch.from_numpy(np.concatenate(starts)).long()
        total = self.changed.cpu().double().cumsum(0)
        change = (total[start + WINDOW - 1] - total[start]).sqrt()
        return start, 0.5 / len(start) + 0.5 * change / change.sum().clamp(min=1e-9)


def changes(one: Tensor, other: Tensor) -> Tensor:
    """Which pixels ``[..., H, H]`` of bytes ``[..., H, H, 3]`` differ."""
    return (one.int() - other.int()).abs().amax(-1) > CHANGE


def clips_of(data: Path, split: Split, most: int) -> list[Clip]:
    """At most ``most`` clips of a split that are long enough for a window. Raises LearningError if there are none."""
    clips = [clip for clip in load_clips(data, split) if len(clip) >= WINDOW][:most]
    if not clips:
        raise LearningError(f"{data} has no clip of {WINDOW} frames or more in its {split} split; record some machines")
    return clips


def draw_videos(
    clips: Sequence[Clip], device: torch.device, report: Report, mirror: bool = False, drawn: Path | None = None
) -> Videos:
    """Draw clips from the front, or take them from the folder ``drawn``; ``mirror`` adds each once more with left and
    right exchanged."""
    begun = time.monotonic()
    lengths = tuple(len(clip) for clip in clips)
    frames = torch.empty(sum(lengths), SIZE, SIZE, 3, dtype=torch.uint8, device=device)
    changed = torch.zeros(sum(lengths), dtype=torch.int64, device=device)
    video = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths)).to(device)
    means, at = [], 0
    for number, clip in enumerate(clips, 1):
        color, _ = seen(clip, device, drawn)
        frames[at : at + len(clip)] = color
        changed[at + 1 : at + len(clip)] = changes(color[1:], color[:-1]).sum((1, 2))
        means.append(color.float().mean(0).round().to(torch.uint8))
        at += len(clip)
        if number % 50 == 0 or number == len(clips):
            report(f"drew {number} of {len(clips)} {clip.split} clips, {time.monotonic() - begun:.0f} s")
    mean = torch.stack(means)
    if not mirror:
        return Videos(frames, video, mean, changed, lengths)
    both = torch.cat([frames, frames.flip(2)]), torch.cat([video, video + len(clips)]), torch.cat([mean, mean.flip(2)])
    return Videos(*both, changed.repeat(2), lengths * 2)
