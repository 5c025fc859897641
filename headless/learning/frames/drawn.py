"""Pictures from the front that several trainings share: drawn once, and kept as files."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..errors import LearningError
from .camera import camera_of
from .caster import draw
from .clips import Clip

SIDE = 64
"""Pixels along each side."""


def seen(clip: Clip, device: torch.device, folder: Path | None = None) -> tuple[Tensor, Tensor]:
    """Colours uint8 sRGB ``[T, 64, 64, 3]`` and instances int8 ``[T, 64, 64]`` of a clip, on a device.

    They are taken from the ``folder`` where it has them, and kept there else. Raises LearningError for a file of
    another shape.
    """
    path = None if folder is None else folder / f"{clip.name}_{clip.digest}.npy"
    if path is not None and path.exists():
        return _kept(path, len(clip), device)
    pictures = draw(clip, camera_of(clip), SIDE, device=device)
    color, instance = pictures.color, pictures.instance.to(torch.int8)
    if path is not None:
        _keep(torch.cat([color, instance.view(torch.uint8)[..., None]], -1).cpu().numpy(), path)
    return color, instance


def draw_all(clips: Sequence[Clip], device: torch.device, folder: Path) -> float:
    """Have all clips in a folder; the seconds that it took."""
    begun = time.monotonic()
    for clip in clips:
        seen(clip, device, folder)
    return time.monotonic() - begun


def _kept(path: Path, length: int, device: torch.device) -> tuple[Tensor, Tensor]:
    try:
        stored = np.load(path)
    except (OSError, ValueError) as problem:
        raise LearningError(f"{path} holds no pictures ({problem}); remove it") from None
    if stored.shape != (length, SIDE, SIDE, 4) or stored.dtype != np.uint8:
        raise LearningError(f"{path} holds other pictures than this clip's; remove it")
    both = torch.from_numpy(stored).to(device)
    return both[..., :3].contiguous(), both[..., 3].contiguous().view(torch.int8)


def _keep(both: np.ndarray, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under a name of its own, as another training may be writing the same.
    beside = path.with_name(f".{path.stem}.{os.getpid()}.npy")
    np.save(beside, both)
    os.replace(beside, path)
