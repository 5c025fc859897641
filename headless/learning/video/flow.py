"""The scheduler: rectified flow (Liu et al., arXiv 2209.03003; Lipman et al., arXiv 2210.02747).

At time 0 there are latents, at 1 normal noise, and between them a straight line, along which a network predicts the
velocity. Times are drawn as the sigmoid of normal numbers (Esser et al., arXiv 2403.03206, Section 3.1); Euler's method
goes back from noise.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def times(count: int, generator: torch.Generator) -> Tensor:
    """Times in 0 to 1 to train at, ``[count]``, more of them in the middle; on the generator's device."""
    return torch.randn(count, generator=generator, device=generator.device).sigmoid()


def between(clean: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    """What is at ``time`` ``[B]`` on the lines from ``clean`` to ``noise``, both ``[B, ...]``."""
    share = time.reshape(-1, *[1] * (clean.dim() - 1))
    return torch.lerp(clean, noise, share)


def velocity(clean: Tensor, noise: Tensor) -> Tensor:
    """What the network has to predict."""
    return noise - clean


def sample(predict: Callable[[Tensor, Tensor], Tensor], noise: Tensor, steps: int) -> Tensor:
    """Go from ``noise`` ``[B, ...]`` to latents in equal steps; ``predict`` gives velocities at times ``[B]``."""
    now = noise
    for step in range(steps):
        time = torch.full((len(now),), 1 - step / steps, device=now.device)
        now = now - predict(now, time) / steps
    return now
