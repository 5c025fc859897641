"""What slots are good for on the dev machines: reconstruction, masks and prediction, in numbers and as a picture."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..training import Report
from .model import SlotModel, imagine, show, watch
from .parts import MOVERS, SIDE
from .slotformer import HISTORY
from .videos import Videos

HORIZONS = 10, 30, 60
"""Frames ahead of the last given one at which predictions are measured."""
COLUMNS = 0, 15, 30, 60, 120, 240
"""Frames shown in the examples."""
EXAMPLES = 3


@torch.no_grad()
def measure(model: SlotModel, videos: Videos, out: Path, about: dict[str, Any], report: Report) -> dict[str, Any]:
    """The numbers of dev videos, also as ``dev.json``, and ``examples.png``, in the folder ``out``.

    PSNR in dB over all frames and machines together; ``moving`` where the truth differs from the clip's median picture
    (predictions: at that frame or at the last given one). ARI over the true pixels of movers, mean over frames with
    two of them or more (Kipf et al. 2022).
    """
    length = min(high - low for low, high in videos.spans)
    frames = torch.tensor([low for low, _ in videos.spans])[:, None] + torch.arange(length)
    frames = frames.to(videos.color.device)
    true, boxes, moving = videos.color[frames], videos.boxes[frames[:, 0]], videos.moving(frames)
    seen = show(model, *watch(model, true, boxes))
    ahead = show(model, *imagine(model, true[:, :HISTORY], boxes, length - HISTORY))
    last, numbers = true[:, HISTORY - 1], {}
    for horizon in HORIZONS:
        k = HISTORY - 1 + horizon
        if k >= length:
            continue
        there = moving[:, k] | moving[:, HISTORY - 1]
        numbers[str(horizon)] = {
            "slots": psnr(ahead.pictures[:, horizon - 1], true[:, k], there), "copy": psnr(last, true[:, k], there),
        }  # fmt: skip
    found = {
        "psnr": psnr(seen.pictures, true), "psnr_moving": psnr(seen.pictures, true, moving),
        "ari": foreground_ari(seen.masks, videos.slot[frames]), "prediction_psnr_moving": numbers,
        "ari_prediction": foreground_ari(ahead.masks, videos.slot[frames[:, HISTORY:]]), **about,
    }  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    (out / "dev.json").write_text(json.dumps(found) + "\n")
    rolled = torch.cat([seen.pictures[:, :HISTORY], ahead.pictures], 1)
    masks = torch.cat([seen.masks[:, :HISTORY], ahead.masks], 1)
    columns = [k for k in COLUMNS if k < length]
    rows = [row[:EXAMPLES, columns].cpu().numpy() for row in (true, seen.pictures, rolled, painted(masks))]
    write_png(sheet(rows), out / "examples.png")
    report(json.dumps(found))
    return found


def psnr(shown: Tensor, true: Tensor, where: Tensor | None = None) -> float:
    """Of pictures uint8 ``[..., 3]``, over all pixels or those ``where`` ``[...]``, in dB."""
    pick = slice(None) if where is None else where
    error = (shown[pick].float() - true[pick].float()).square().mean()
    return round(float(10 * torch.log10(255**2 / error.clamp(min=1e-6))), 3)


def foreground_ari(masks: Tensor, true: Tensor) -> float | None:
    """The adjusted Rand index of slots ``[B, T, H, H]`` against true ones, over pixels whose true slot is not 0.

    The mean over frames that show two objects or more, none without such frames.
    """
    count = MOVERS + 1
    masks, true = masks.flatten(0, 1).flatten(1).long(), true.flatten(0, 1).flatten(1).long()
    table = torch.zeros(len(true), count * count, device=true.device, dtype=torch.float64)
    table.scatter_add_(1, true * count + masks, (true > 0).double())
    table = table.view(-1, count, count)

    def pairs(counts: Tensor) -> Tensor:
        return counts * (counts - 1) / 2

    both, rows, columns = pairs(table).sum((1, 2)), pairs(table.sum(2)).sum(1), pairs(table.sum(1)).sum(1)
    expected = rows * columns / pairs(table.sum((1, 2))).clamp(min=1)
    most = (rows + columns) / 2
    # Where all pairs agree by necessity the index is 1, as in scikit-learn.
    index = torch.where(most == expected, 1.0, (both - expected) / (most - expected))
    index = index[(table.sum(2) > 0).sum(1) > 1]
    return round(float(index.mean()), 4) if len(index) else None


def painted(masks: Tensor) -> Tensor:
    """Slots as colours uint8 ``[..., 3]``: the rest dark, others around the wheel of hues."""
    hue = torch.arange(MOVERS)[:, None] / MOVERS + torch.tensor([0.0, 1 / 3, 2 / 3])
    wheel = ((hue * 2 * torch.pi).cos() * 110 + 145).round().to(torch.uint8)
    return torch.cat([torch.full((1, 3), 30, dtype=torch.uint8), wheel]).to(masks.device)[masks.long()]


def sheet(rows: list[NDArray[np.uint8]], scale: int = 2) -> NDArray[np.uint8]:
    """One picture of rows ``[examples, columns, H, H, 3]``, the rows of an example one under the other."""
    lines = [np.concatenate(list(row[k]), 1) for k in range(len(rows[0])) for row in rows]
    gaps = [np.full((SIDE // 8, lines[0].shape[1], 3), 255, np.uint8)] * len(lines)
    parts = [part for k, line in enumerate(lines) for part in ([line, gaps[k]] if k % len(rows) == 3 else [line])]
    return np.concatenate(parts).repeat(scale, 0).repeat(scale, 1)


def write_png(picture: NDArray[np.uint8], path: Path) -> None:
    """Write a picture ``[H, W, 3]``; here, since machines for training need not have a library for it."""
    high, wide, _ = picture.shape
    lines = np.concatenate([np.zeros((high, 1), np.uint8), picture.reshape(high, -1)], 1).tobytes()
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
