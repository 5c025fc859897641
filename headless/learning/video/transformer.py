"""The network that denoises: a diffusion transformer (Peebles and Xie, arXiv 2212.09748) with attention in space and in
time by turns (Ho et al., arXiv 2204.03458; Ma et al., arXiv 2401.03048) and one modulation by time for all blocks
(Chen et al., arXiv 2310.00426). As in Stable Video Diffusion (arXiv 2311.15127) each frame also sees the last given one
beside its own latent."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from .autoencoder import CHANNELS

GIVEN, MADE = 4, 12
"""Frames of a window that are given, and that are made."""
WINDOW = GIVEN + MADE
PATCH = 2
"""Places of a latent along each side of a token."""
HEAD = 32
PARTS = 9
"""Shift, scale and gate for the attention in space, in time, and the layer behind them."""
FREQUENCIES = 64


class Transformer(nn.Module):
    """Velocities of the made frames' latents, from these with noise, the given frames' latents, and the time."""

    def __init__(self, width: int, depth: int, side: int) -> None:
        super().__init__()
        self.side = side
        seen = PATCH * PATCH * (2 * CHANNELS + 1)
        self.enter = nn.Linear(seen, width)
        self.place = nn.Parameter(0.02 * torch.randn((side // PATCH) ** 2, width))
        self.when = nn.Parameter(0.02 * torch.randn(WINDOW, 1, width))
        self.time = nn.Sequential(nn.Linear(2 * FREQUENCIES, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU())
        self.modulation = _nothing(nn.Linear(width, PARTS * width))
        self.blocks = nn.ModuleList(Block(width) for _ in range(depth))
        self.last = nn.Linear(width, 2 * width)
        self.leave = _nothing(nn.Linear(width, PATCH * PATCH * CHANNELS))

    def forward(self, noisy: Tensor, given: Tensor, time: Tensor) -> Tensor:
        """``noisy`` ``[B, 12, 4, S, S]``, ``given`` ``[B, 4, 4, S, S]``, ``time`` ``[B]`` to ``[B, 12, 4, S, S]``."""
        frames = torch.cat([given, noisy], 1)
        known = torch.zeros_like(frames[:, :, :1])
        known[:, :GIVEN] = 1
        seen = torch.cat([frames, given[:, -1:].expand_as(frames), known], 2)
        x = self.enter(_patches(seen)) + self.place + self.when
        told = self.time(_waves(time))
        parts = self.modulation(told).reshape(-1, PARTS, x.shape[-1])
        for block in self.blocks:
            x = block(x, parts)
        shift, scale = self.last(told)[:, None, None].chunk(2, -1)
        made = _normal(x[:, GIVEN:]) * (1 + scale) + shift
        return _places(self.leave(made), self.side).float()


class Block(nn.Module):
    """Attention within each frame, then of each place through time, then a layer for each token."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.parts = nn.Parameter(torch.zeros(PARTS, width))
        self.space, self.time = Attention(width), Attention(width)
        inner = 7 * width // 2
        self.layer = nn.Sequential(nn.Linear(width, inner), nn.GELU("tanh"), nn.Linear(inner, width))

    def forward(self, x: Tensor, parts: Tensor) -> Tensor:
        """``x`` ``[B, T, P, width]`` and the modulation ``[B, 9, width]`` to the shape of ``x``."""
        own = [part[:, None, None] for part in (parts + self.parts).unbind(1)]
        x = x + own[2] * self.space(_normal(x) * (1 + own[1]) + own[0])
        x = x + own[5] * self.time((_normal(x) * (1 + own[4]) + own[3]).transpose(1, 2)).transpose(1, 2)
        return x + own[8] * self.layer(_normal(x) * (1 + own[7]) + own[6])


class Attention(nn.Module):
    """Attention along the last but one axis, with several heads."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.enter, self.leave = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """``[A, B, N, width]`` to the same shape."""
        first, second, count, width = x.shape
        heads = self.enter(x).reshape(first * second, count, 3, width // HEAD, HEAD).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(heads[0], heads[1], heads[2])
        return self.leave(mixed.transpose(1, 2).reshape(first, second, count, width))


def _nothing(layer: nn.Linear) -> nn.Linear:
    """Blocks change nothing and the network predicts 0 before it is trained."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def _normal(x: Tensor) -> Tensor:
    return functional.layer_norm(x, x.shape[-1:], eps=1e-6)


def _patches(frames: Tensor) -> Tensor:
    """``[B, T, C, S, S]`` to ``[B, T, P, 4 C]``."""
    count, length, channels, side, _ = frames.shape
    cut = frames.reshape(count, length, channels, side // PATCH, PATCH, side // PATCH, PATCH)
    return cut.permute(0, 1, 3, 5, 2, 4, 6).reshape(count, length, (side // PATCH) ** 2, -1)


def _places(tokens: Tensor, side: int) -> Tensor:
    """The inverse of `_patches`."""
    count, length = tokens.shape[:2]
    cut = tokens.reshape(count, length, side // PATCH, side // PATCH, -1, PATCH, PATCH)
    return cut.permute(0, 1, 4, 2, 5, 3, 6).reshape(count, length, -1, side, side)


def _waves(time: Tensor) -> Tensor:
    """Sines and cosines ``[B, 128]`` of times in 0 to 1."""
    spread = torch.arange(FREQUENCIES, device=time.device) / FREQUENCIES
    angles = 1000 * time[:, None] * torch.exp(-math.log(10_000) * spread)
    return torch.cat([angles.cos(), angles.sin()], -1)
