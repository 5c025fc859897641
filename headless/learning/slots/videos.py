"""Videos of machines on a device: drawn once, cut into windows that favour motion."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from addon.perception.camera import Camera

from ..errors import LearningError
from ..frames.camera import camera_of
from ..frames.clips import Clip
from ..frames.drawn import seen
from ..training import Report
from .parts import MOVERS

CORNERS = np.array(list(itertools.product((-1.0, 1.0), repeat=3)))
SEEN = 12
"""A pixel moves where a colour differs by more than this, of 255."""


def movers_of(clip: Clip, camera: Camera) -> NDArray[np.int64]:
    """The objects that get a slot: what moves or changes its light, the `MOVERS` nearest to the camera."""
    turned = (clip.position != clip.position[0]).any((0, 2)) | (clip.quaternion != clip.quaternion[0]).any((0, 2))
    found = np.flatnonzero(clip.moves | turned | (clip.lit != clip.lit[0]).any(0))
    near = np.argsort(camera.project(clip.position[0, found])[:, 2], kind="stable")[:MOVERS]
    return np.sort(found[near])


def boxes_of(clip: Clip, camera: Camera, objects: NDArray[np.int64], frames: slice = slice(None)) -> Tensor:
    """Boxes ``[T, MOVERS, 4]`` around objects as projected: centre and half size, right and up, in −1 to 1.

    Places without an object have a box of no size.
    """
    position, (w, x, y, z) = clip.position[frames][:, objects], np.moveaxis(clip.quaternion[frames][:, objects], -1, 0)
    local = CORNERS * clip.half[objects][:, None]
    axis = np.stack([x, y, z], -1)[..., None, :]
    swept = 2 * np.cross(axis, local)
    corners = position[..., None, :] + local + w[..., None, None] * swept + np.cross(axis, swept)
    seen = camera.project(corners)[..., :2]
    low, high = seen.min(-2), seen.max(-2)
    boxes = np.zeros((len(position), MOVERS, 4), dtype=np.float32)
    boxes[:, : len(objects)] = np.concatenate([(low + high) / 2, (high - low) / 2], -1)
    return torch.from_numpy(boxes)


@dataclass(frozen=True, eq=False)
class Videos:
    """Clips one after the other: F frames of all.

    ``color`` uint8 sRGB ``[F, H, H, 3]``, ``boxes`` ``[F, MOVERS, 4]``, ``slot`` uint8 ``[F, H, H]`` (the slot that
    each pixel truly belongs to, 0 for the rest), ``middle`` uint8 ``[N, H, H, 3]`` the median picture of each clip,
    ``clip`` ``[F]`` the clip of each frame, ``spans`` the first and last + 1 frame of each clip, ``pace`` ``[F]`` how
    many pixels change to the next frame.
    """

    color: Tensor
    boxes: Tensor
    slot: Tensor
    middle: Tensor
    clip: Tensor
    spans: tuple[tuple[int, int], ...]
    pace: Tensor

    def starts(self, length: int, stride: int = 1) -> tuple[Tensor, Tensor]:
        """The first frames of all windows of some length, and how much each is worth: more with motion."""
        first = torch.cat([torch.arange(low, high - length + 1, stride) for low, high in self.spans])
        total = torch.cat([self.pace.new_zeros(1), self.pace.cumsum(0)])
        first = first.to(total.device)
        return first, 0.15 + ((total[first + length - 1] - total[first]) / (2 * length)).clamp(max=1)

    def pictures(self, frames: Tensor) -> Tensor:
        """Pictures ``[..., 3, H, H]`` in 0 to 1 of frames ``[...]``."""
        return self.color[frames].movedim(-1, -3).float() / 255

    def moving(self, frames: Tensor) -> Tensor:
        """Which pixels ``[..., H, H]`` of frames ``[...]`` differ from the median picture of their clip."""
        return _differ(self.color[frames], self.middle[self.clip[frames]])


class Windows:
    """Windows drawn by chance, in proportion to what they are worth."""

    def __init__(self, worth: Tensor) -> None:
        self.total = worth.double().cumsum(0)

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """The places ``[count]`` of some windows."""
        chance = torch.rand(count, generator=generator, dtype=torch.float64).to(self.total.device, non_blocking=True)
        return torch.searchsorted(self.total, chance * self.total[-1]).clamp(max=len(self.total) - 1)


def videos_of(
    clips: Sequence[Clip], length: int, device: torch.device, report: Report = print, drawn: Path | None = None
) -> Videos:
    """Draw clips, or take them from the folder ``drawn``.

    Raises LearningError for none, or for one of fewer than ``length`` frames.
    """
    if not clips:
        raise LearningError("the data hold no machines of this split; write them anew with all splits")
    color, boxes, slot, middle, pace, spans, low = [], [], [], [], [], [], 0
    for number, clip in enumerate(clips):
        if len(clip) < length:
            raise LearningError(f"{clip.name} has {len(clip)} frames, slots need {length}; record longer runs")
        camera = camera_of(clip)
        movers = movers_of(clip, camera)
        pictures, instance = seen(clip, device, drawn)
        place = torch.zeros(len(clip.objects) + 1, dtype=torch.uint8)
        place[torch.from_numpy(movers)] = torch.arange(1, len(movers) + 1, dtype=torch.uint8)
        # The last place is that of nothing, −1.
        slot.append(place.to(device)[instance.long()])
        color.append(pictures)
        boxes.append(boxes_of(clip, camera, movers))
        middle.append(pictures.median(0).values)
        changes = _differ(pictures[1:], pictures[:-1]).sum((1, 2)).float()
        pace.append(torch.cat([changes, changes.new_zeros(1)]))
        spans.append((low, low + len(clip)))
        low += len(clip)
        if number % 50 == 49:
            report(f"drew {number + 1} of {len(clips)} machines")
    lengths = torch.tensor([high - low for low, high in spans])
    return Videos(
        torch.cat(color), torch.cat(boxes).to(device), torch.cat(slot), torch.stack(middle),
        torch.repeat_interleave(torch.arange(len(clips)), lengths).to(device), tuple(spans), torch.cat(pace),
    )  # fmt: skip


def _differ(one: Tensor, other: Tensor) -> Tensor:
    return (one.to(torch.int16) - other.to(torch.int16)).abs().amax(-1) > SEEN
