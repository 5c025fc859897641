"""What an action is worth to each goal, seen from the scene's semantic grid: ResNet18 with FiLM on the action.

He et al. (2016) for the network, Perez et al. (2018) for FiLM; together as in PHYRE (Bakhtin et al., 2019). All goals
share one network with an output each, for fifteen of their own would be many times larger and see nothing of what the
others learn about the same runs. `ValueNetwork` with one goal is the paper's.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

CHANNELS = 7
PLACED = 5
"""The channel of the body that the action places."""

PIXELS, SMALLEST, LARGEST = 256.0, 4.0, 32.0
"""The width of a scene, and the least and greatest radius of the ball, in pixels."""


class ValueNetwork(nn.Module):
    """From grids ``[B, S, S]`` (see `judged.grid_of`) and actions ``[B, 3]`` in 0 to 1 to logits ``[B, goals]``.

    ``width`` is the number of channels of the first stage, ``stride`` that of the stem.
    """

    def __init__(self, goals: int, width: int = 32, stride: int = 2) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(CHANNELS, width, 7, stride, 3, bias=False), nn.BatchNorm2d(width), nn.ReLU()
        )
        wide = [width, width, 2 * width, 4 * width, 8 * width]
        self.films = nn.ModuleList(Film(channels) for channels in wide[:4])
        self.stages = nn.ModuleList(
            nn.Sequential(Block(wide[k], wide[k + 1], 1 if k == 0 else 2), Block(wide[k + 1], wide[k + 1], 1))
            for k in range(4)
        )
        self.head = nn.Linear(wide[4], goals)

    def forward(self, grid: Tensor, action: Tensor) -> Tensor:
        """Logits of the worth."""
        seen = self.stem(channels(grid, action).contiguous(memory_format=torch.channels_last))
        for film, stage in zip(self.films, self.stages, strict=True):
            seen = stage(film(seen, action))
        return self.head(seen.mean((2, 3)))


class Film(nn.Module):
    """Scales and shifts channels by what a small network makes of the action (Perez et al., 2018)."""

    def __init__(self, channels: int, hidden: int = 256) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, hidden), nn.ReLU(), nn.Linear(hidden, 2 * channels))

    def forward(self, seen: Tensor, action: Tensor) -> Tensor:
        """The channels ``[B, C, H, W]`` under an action ``[B, 3]``."""
        scale, shift = self.layers(action * 2 - 1)[..., None, None].chunk(2, 1)
        return seen * (1 + scale) + shift


class Block(nn.Module):
    """Two convolutions with a way around them (He et al., 2016)."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU(),
            nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after),
        )  # fmt: skip
        self.around: nn.Module = nn.Identity()
        if stride != 1 or before != after:
            self.around = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, seen: Tensor) -> Tensor:
        """The next channels ``[B, after, H / stride, W / stride]``."""
        return functional.relu(self.layers(seen) + self.around(seen))


def channels(grid: Tensor, action: Tensor) -> Tensor:
    """Seven channels ``[B, 7, S, S]`` of 0 and 1, with the ball of the action drawn into its own."""
    size = grid.shape[-1]
    middles = (torch.arange(size, device=grid.device, dtype=torch.float32) + 0.5) * (PIXELS / size)
    x, y, radius = action.float().unbind(-1)
    across = (middles - x[:, None] * PIXELS).square()
    up = (middles - y[:, None] * PIXELS).square()
    reach = (SMALLEST + (LARGEST - SMALLEST) * radius).square()[:, None, None]
    seen = torch.where(up[:, :, None] + across[:, None, :] <= reach, PLACED, grid)
    kinds = torch.arange(CHANNELS, device=grid.device, dtype=seen.dtype)
    return (seen[:, None] == kinds[:, None, None]).float()


def mirrored(grid: Tensor, action: Tensor, which: Tensor) -> tuple[Tensor, Tensor]:
    """The scenes and actions of a batch, the ones of ``which`` ``[B]`` in their mirror image, left for right."""
    other = torch.cat([1 - action[:, :1], action[:, 1:]], 1)
    grid = torch.where(which[:, None, None], grid.flip(-1), grid)
    return grid, torch.where(which[:, None], other, action)
