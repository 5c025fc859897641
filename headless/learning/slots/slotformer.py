"""How slots go on: SlotFormer (Wu et al. 2023), a transformer over the slots of the last frames."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .parts import PIXEL, POSE, Block, changed

HISTORY = 6
"""Frames that it looks back at."""


class SlotFormer(nn.Module):
    """The slots of the next frame from those of the last `HISTORY`, again and again."""

    def __init__(self, width: int, inner: int, layers: int, heads: int) -> None:
        super().__init__()
        self.into = nn.Linear(width + POSE, inner)
        self.when = nn.Parameter(torch.randn(HISTORY, 1, inner) * 0.02)
        self.rest = nn.Parameter(torch.randn(inner) * 0.02)
        self.blocks = nn.ModuleList(Block(inner, heads) for _ in range(layers))
        self.norm, self.out = nn.LayerNorm(inner), nn.Linear(inner, width)
        nn.init.normal_(self.out.weight, std=1e-3)
        nn.init.zeros_(self.out.bias)

    def forward(self, slots: Tensor, used: Tensor) -> Tensor:
        """From ``[B, HISTORY, K, width]`` to ``[B, K, width]``; ``used`` ``[B, K]`` are the slots in use."""
        # Speeds are differences of places, which half precision would lose.
        back = (slots[..., :POSE] - slots[:, -1:, :, :POSE]) / PIXEL
        tokens = self.into(torch.cat([slots, back], -1)) + self.when
        tokens = torch.cat([tokens[:, :, :1] + self.rest, tokens[:, :, 1:]], 2).flatten(1, 2)
        everywhere = used.repeat(1, HISTORY)
        for block in self.blocks:
            tokens = block(tokens, everywhere)
        return changed(slots[:, -1], self.out(self.norm(tokens[:, -used.shape[1] :])), used)

    def roll(self, slots: Tensor, used: Tensor, count: int) -> Tensor:
        """The next ``count`` frames ``[B, count, K, width]`` after ``[B, HISTORY, K, width]``."""
        frames = list(slots.unbind(1))
        for _ in range(count):
            frames.append(self(torch.stack(frames[-HISTORY:], 1), used))
        return torch.stack(frames[HISTORY:], 1)
