"""Pictures as few numbers: a convolutional variational autoencoder (Kingma and Welling, arXiv 1312.6114), shaped like
that of latent diffusion (Rombach et al., arXiv 2112.10752) with 4 times fewer rows and columns: balls are 2 to 4 pixels
wide, and would be lost with 8."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

CHANNELS = 4
"""Numbers at each place of a latent."""
SHRINK = 4
"""Pixels along each side of a place."""
MOVING_WEIGHT = 9.0
"""How much more than others pixels weigh that show what moves: they are few."""
SQUARE_WEIGHT = 2.0
KL_WEIGHT = 5e-4


class Autoencoder(nn.Module):
    """Pictures ``[B, 3, H, H]`` in −1 to 1 to latents ``[B, 4, H/4, H/4]`` and back."""

    def __init__(self, width: int) -> None:
        super().__init__()
        wide = 2 * width
        self.encoder = nn.Sequential(
            nn.Conv2d(3, width, 3, padding=1), Residual(width),
            nn.Conv2d(width, wide, 3, stride=2, padding=1), Residual(wide),
            nn.Conv2d(wide, wide, 3, stride=2, padding=1), Residual(wide), *_last(wide, 2 * CHANNELS),
        )  # fmt: skip
        self.decoder = nn.Sequential(
            nn.Conv2d(CHANNELS, wide, 3, padding=1), Residual(wide),
            nn.Upsample(scale_factor=2.0), nn.Conv2d(wide, wide, 3, padding=1), Residual(wide),
            nn.Upsample(scale_factor=2.0), nn.Conv2d(wide, width, 3, padding=1), Residual(width), *_last(width, 3),
        )  # fmt: skip

    def encode(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and logarithm of the variance of each latent, both ``[B, 4, H/4, H/4]``."""
        mean, spread = self.encoder(pictures).float().chunk(2, 1)
        return mean, spread.clamp(-20, 10)

    def decode(self, latents: Tensor) -> Tensor:
        """Pictures ``[B, 3, H, H]``, about in −1 to 1."""
        return self.decoder(latents).float()

    def loss(self, pictures: Tensor, moving: Tensor, noise: Tensor) -> Tensor:
        """Absolute and squared error, more for pixels that are ``moving`` ``[B, H, H]``, and a little of the divergence
        from the normal distribution; ``noise`` is normal and of the latents' shape."""
        mean, spread = self.encode(pictures)
        made = self.decode(mean + (0.5 * spread).exp() * noise)
        away = (made - pictures).abs()
        # Absolute error alone leaves small things out for long: their floor is the median.
        error = ((away + SQUARE_WEIGHT * away.square()).mean(1) * (1 + MOVING_WEIGHT * moving)).mean()
        divergence = 0.5 * (mean.square() + spread.exp() - 1 - spread).mean()
        return error + KL_WEIGHT * divergence


class Residual(nn.Module):
    """Two convolutions, of what is normalised, added to what came in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.GroupNorm(8, width) for _ in range(2))
        self.convolutions = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:
        """``[B, width, H, H]`` to the same shape."""
        inner = x
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            inner = convolution(functional.silu(norm(inner)))
        return x + inner


def _last(width: int, channels: int) -> tuple[nn.Module, ...]:
    return nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, channels, 3, padding=1)


def from_bytes(frames: Tensor) -> Tensor:
    """uint8 ``[B, H, H, 3]`` as ``[B, 3, H, H]`` in −1 to 1."""
    return (frames.float() / 127.5 - 1).movedim(-1, 1)


def to_bytes(pictures: Tensor) -> Tensor:
    """The inverse of `from_bytes`."""
    return ((pictures.movedim(1, -1).float() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
