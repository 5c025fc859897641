"""How good a video model is on machines that it did not see: a few numbers and one picture."""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..training import mixed_precision
from . import flow
from .data import Videos, changes
from .model import VideoModel, rollout
from .transformer import GIVEN, MADE, WINDOW

STILLS = 2000
"""Frames at most that the autoencoder is measured on."""
TIMES = 8
"""Times that the loss is measured at."""
SHOWN = 3
COLUMNS = (0, 15, 30, 60, 120, 240)
"""Frames of the examples."""
ENLARGED = 2


def measure(model: VideoModel, videos: Videos, picture: Path, seed: int, made: bool = True) -> dict[str, Any]:
    """PSNR of the autoencoder, and where the transformer is ``made`` its loss, the PSNR of predictions beside that of
    a copy of the last given frame, on all pixels and on those that change in the window; writes the examples."""
    found = _stills(model, videos)
    if made:
        found |= _predictions(model, videos, seed)
        _write_png(picture, examples(model, videos, seed))
    return {name: round(value, 4) for name, value in found.items()}


def examples(model: VideoModel, videos: Videos, seed: int) -> Tensor:
    """A picture, uint8 ``[rows, columns, 3]``: for each of three videos a row of its true frames, one of what the
    autoencoder makes of them, and one of generated frames; in columns the frames `COLUMNS`, as far as there are."""
    begins = [sum(videos.lengths[:n]) for n in range(len(videos.lengths))][:SHOWN]
    columns = [column for column in COLUMNS if column < min(videos.lengths[: len(begins)])]
    first = torch.stack([videos.frames[begin : begin + GIVEN] for begin in begins])
    generated = rollout(model, first, max(GIVEN, columns[-1] + 1), seed)[:, columns]
    truth = torch.stack([videos.frames[[begin + column for column in columns]] for begin in begins])
    rows = torch.stack([truth.cpu(), model.decode(model.encode(truth)).cpu(), generated], 1)
    sheet = rows.permute(0, 1, 3, 2, 4, 5).reshape(-1, len(columns) * rows.shape[-2], 3)
    return sheet.repeat_interleave(ENLARGED, 0).repeat_interleave(ENLARGED, 1)


def _stills(model: VideoModel, videos: Videos) -> dict[str, float]:
    every = max(1, len(videos.frames) // STILLS)
    places = torch.arange(0, len(videos.frames), every, device=videos.frames.device)
    truth, moving = videos.frames[places], videos.moving(places)
    made = model.decode(model.encode(truth))
    return {"vae_psnr": psnr(made, truth), "vae_psnr_moving": psnr(made, truth, moving)}


def _predictions(model: VideoModel, videos: Videos, seed: int) -> dict[str, float]:
    chance = torch.Generator().manual_seed(seed)
    start, likely = videos.windows()
    drawn = torch.multinomial(likely, model.settings.measured, replacement=True, generator=chance)
    begin = start[drawn].to(videos.frames.device)
    truth = videos.frames[begin[:, None] + torch.arange(WINDOW, device=begin.device)]
    clean = model.encode(truth)
    given, future = clean[:, :GIVEN], clean[:, GIVEN:]
    noise = torch.randn(future.shape, generator=chance).to(clean.device)
    made = model.decode(torch.cat([model.go_on(*part) for part in zip(given.split(64), noise.split(64), strict=True)]))
    truth, copied = truth[:, GIVEN:], truth[:, GIVEN - 1 : GIVEN].expand(-1, MADE, -1, -1, -1)
    moving = changes(truth, copied).any(1, keepdim=True).expand(-1, MADE, -1, -1)
    return {
        "loss": _loss(model, given, future, noise),
        "predicted_psnr": psnr(made, truth), "copied_psnr": psnr(copied, truth),
        "predicted_psnr_moving": psnr(made, truth, moving), "copied_psnr_moving": psnr(copied, truth, moving),
    }  # fmt: skip


@torch.no_grad()
def _loss(model: VideoModel, given: Tensor, clean: Tensor, noise: Tensor) -> float:
    """The squared error of velocities at times that are evenly spread."""
    errors = []
    for when in (torch.arange(TIMES) + 0.5) / TIMES:
        for one, future, mixed in zip(given.split(64), clean.split(64), noise.split(64), strict=True):
            time = torch.full((len(one),), float(when), device=one.device)
            with mixed_precision(one.device):
                made = model.dit(flow.between(future, mixed, time), one, time)
            errors.append((made - flow.velocity(future, mixed)).square().mean())
    return float(torch.stack(errors).mean())


def psnr(made: Tensor, truth: Tensor, where: Tensor | None = None) -> float:
    """Peak signal to noise in decibels of bytes ``[..., H, H, 3]``, on all pixels or on some ``[..., H, H]``; 99 at
    most, and where there are none."""
    error = (made.float() - truth.to(made.device).float()).square().mean(-1)
    chosen = error if where is None else error[where.to(made.device)]
    mean = float(chosen.mean()) if chosen.numel() else 0.0
    return min(99.0, 10 * math.log10(255**2 / mean)) if mean > 0 else 99.0


def _write_png(path: Path, pixels: Tensor) -> None:
    height, width = pixels.shape[:2]
    rows = torch.cat([torch.zeros(height, 1, dtype=torch.uint8), pixels.reshape(height, -1)], 1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.numpy().tobytes())), (b"IEND", b""))
    parts = [struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in chunks]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
