"""What slots are made of, and the blocks that both networks share."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

SIDE = 64
"""Pixels of a picture's side."""
MOVERS = 11
"""Slots for things that move; one more, the first, is for all the rest."""
POSE = 4
"""A slot begins with its place: centre (right, up) in −1 to 1, and the logarithms of its half sizes."""
PIXEL = 2 / SIDE
LEAST, MOST = -4.5, 0.5
"""Bounds of the logarithms of half sizes."""


def grid(side: int = SIDE) -> Tensor:
    """Where the middles of pixels are, ``[side², 2]`` in −1 to 1, right and up, row by row from the top."""
    across = (torch.arange(side) + 0.5) / side * 2 - 1
    up, right = torch.meshgrid(-across, across, indexing="ij")
    return torch.stack([right, up], -1).reshape(-1, 2)


def present(boxes: Tensor) -> Tensor:
    """Which slots ``[B, 1 + MOVERS]`` are in use; a box ``[B, MOVERS, 4]`` of no width stands for an empty one."""
    used = boxes[..., 2] > 0
    return torch.cat([torch.ones_like(used[:, :1]), used], 1)


def movable(used: Tensor) -> Tensor:
    """Which slots ``[B, K]`` have a place of their own: those in use but the first."""
    return torch.cat([torch.zeros_like(used[:, :1]), used[:, 1:]], 1)


def changed(slots: Tensor, change: Tensor, used: Tensor) -> Tensor:
    """Slots ``[B, K, D]`` after a change; places stay in bounds and the rest at length √D, also over 1,000 frames."""
    pose = slots[..., :POSE] + 0.1 * change[..., :POSE].float() * movable(used)[..., None]
    pose = torch.cat([pose[..., :2].clamp(-1.5, 1.5), pose[..., 2:].clamp(LEAST, MOST)], -1)
    content = slots[..., POSE:] + change[..., POSE:].float()
    return torch.cat([pose, functional.layer_norm(content, content.shape[-1:]) * used[..., None]], -1)


class Block(nn.Module):
    """A layer of a transformer, normalised first."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.ask, self.answer = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.think = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, tokens: Tensor, used: Tensor) -> Tensor:
        """Tokens ``[B, N, width]``, of which only those in ``used`` ``[B, N]`` are looked at."""
        batch, count, width = tokens.shape
        asked = self.ask(self.before(tokens)).reshape(batch, count, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        heard = functional.scaled_dot_product_attention(*asked, attn_mask=used[:, None, None])
        tokens = tokens + self.answer(heard.transpose(1, 2).reshape(batch, count, width))
        return tokens + self.think(self.between(tokens))


class Pyramid(nn.Module):
    """A small U-Net (Ronneberger et al. 2015): features of each pixel that know a wide surrounding."""

    def __init__(self, inputs: int, widths: tuple[int, int, int], outputs: int) -> None:
        super().__init__()
        fine, middle, coarse = widths

        def pair(before: int, after: int, stride: int) -> nn.Module:
            first = nn.Conv2d(before, after, 3, stride, 1)
            return nn.Sequential(first, nn.ReLU(), nn.Conv2d(after, after, 3, 1, 1), nn.ReLU())

        self.fine, self.middle, self.coarse = pair(inputs, fine, 1), pair(fine, middle, 2), pair(middle, coarse, 2)
        self.rise = nn.Conv2d(coarse, middle, 1)
        self.rise_again = nn.Conv2d(middle, fine, 1)
        self.out = nn.Conv2d(fine, outputs, 3, 1, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """From ``[B, inputs, H, H]`` to ``[B, outputs, H, H]``."""
        fine = self.fine(pictures.contiguous(memory_format=torch.channels_last))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        middle = functional.relu(middle + functional.interpolate(self.rise(coarse), scale_factor=2))
        fine = functional.relu(fine + functional.interpolate(self.rise_again(middle), scale_factor=2))
        return self.out(fine)
