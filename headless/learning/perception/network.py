"""The network: a U-Net that sees the whole picture at its bottom, a heat of object centres and a head for points.

Each object is found at one pixel of its own, as in CenterNet (Zhou et al., Objects as Points, 2019); what is said of it
is read from the features of all scales at that pixel (hypercolumns, Hariharan et al., 2015). Assigning objects to
pixels needs no matching within the training, which converges in minutes where set prediction with queries takes days.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from addon.perception.outputs import INPUTS, OUTPUTS, parts_of

from ..training import Size

WIDTHS: dict[Size, tuple[int, ...]] = {
    "tiny": (8, 8, 12, 16, 16), "small": (16, 32, 48, 64, 96), "full": (32, 64, 96, 160, 224),
}  # fmt: skip
"""Channels at strides 1, 2, 4, 8 and 16."""
HIDDEN = 256


class Unit(nn.Module):
    """Convolution and batch normalisation, which `folded` makes one."""

    def __init__(self, inside: int, outside: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, kernel, stride, kernel // 2, bias=False)
        self.norm = nn.BatchNorm2d(outside, momentum=0.03)

    def forward(self, x: Tensor) -> Tensor:
        """``[B, C, H, H]``, not yet rectified."""
        result: Tensor = self.norm(self.conv(x))
        return result

    def folded(self) -> tuple[Tensor, Tensor]:
        """The weight and bias of one convolution that does the same when nothing is learned."""
        norm = self.norm
        assert norm.running_mean is not None
        assert norm.running_var is not None
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        return self.conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale

    def unfold(self, weight: Tensor, bias: Tensor) -> None:
        """Take weights that `folded` gave."""
        norm = self.norm
        assert norm.running_mean is not None
        assert norm.running_var is not None
        with torch.no_grad():
            self.conv.weight.copy_(weight)
            norm.bias.copy_(bias)
            norm.weight.fill_(1)
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)


class Block(nn.Module):
    """Two convolutions beside a straight way (He et al., 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = Unit(width, width), Unit(width, width)
        nn.init.zeros_(self.second.norm.weight)

    def forward(self, x: Tensor) -> Tensor:
        """``[B, C, H, H]``."""
        return torch.relu(x + self.second(torch.relu(self.first(x))))


class Network(nn.Module):
    """From channels ``[B, INPUTS, H, H]`` to features of five scales and heat ``[B, 1, H, H]``; H is a multiple of 16.

    Down: a unit (of stride 2 but at the top) and two blocks a scale. Up: one scale's features, made as wide as the
    next's, doubled and added to it, and a block.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self.widths = tuple(widths)
        scales = range(len(widths))
        before = (INPUTS, *widths)
        self.enter = nn.ModuleList(Unit(before[k], widths[k], 3, 2 if k else 1) for k in scales)
        self.down = nn.ModuleList(
            nn.Sequential(*(Block(widths[k]) for _ in range(2))) if k else nn.Sequential() for k in scales
        )
        self.narrow = nn.ModuleList(Unit(widths[k + 1], widths[k], 1) for k in scales[:-1])
        self.up = nn.ModuleList(Block(widths[k]) for k in scales[:-1])
        self.heat = nn.Conv2d(widths[0], 1, 1)
        self.head = nn.ModuleList(
            [nn.Linear(sum(widths), HIDDEN), nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, OUTPUTS)]
        )
        self._begin()

    def _begin(self) -> None:
        nn.init.constant_(self.heat.bias, -4.6)
        last = self.head[2]
        nn.init.normal_(last.weight, std=0.01)
        with torch.no_grad():
            parts = parts_of(last.bias.zero_())
            parts["half"].fill_(-1.2)
            parts["turn"][[0, 4]] = 1.0

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Logits of the heat, and features ``[B, C_k, H / 2^k, H / 2^k]``."""
        skips = []
        for enter, blocks in zip(self.enter, self.down, strict=True):
            x = blocks(torch.relu(enter(x)))
            skips.append(x)
        features = [x]
        for k in reversed(range(len(self.up))):
            x = nn.functional.interpolate(self.narrow[k](x), scale_factor=2.0, mode="nearest")
            x = self.up[k](torch.relu(x + skips[k]))
            features.append(x)
        return self.heat(x), features[::-1]

    def say(self, features: list[Tensor], pixels: Tensor) -> Tensor:
        """Outputs ``[B, K, OUTPUTS]`` at pixels ``[B, K, 2]``, columns and rows."""
        rows = torch.arange(len(pixels), device=pixels.device)[:, None]
        column = [one[rows, :, pixels[..., 1] >> k, pixels[..., 0] >> k] for k, one in enumerate(features)]
        with torch.autocast(pixels.device.type, enabled=False):
            x = torch.cat([one.float() for one in column], -1)
            x = torch.relu(self.head[0](x))
            x = torch.relu(x + self.head[1](x))
            said: Tensor = self.head[2](x)
        return said


def folded(network: Network) -> dict[str, Tensor]:
    """The network's values with each normalisation folded into its convolution, as `forward` and `unfolded` take."""
    values = {name: value for name, value in network.state_dict().items() if name.startswith(("heat", "head"))}
    for name, unit in network.named_modules():
        if isinstance(unit, Unit):
            values[f"{name}.weight"], values[f"{name}.bias"] = unit.folded()
    return {name: value.detach() for name, value in values.items()}


def unfolded(values: dict[str, Tensor], about: dict[str, Any]) -> Network:
    """The network of weights that `folded` gave, ready to read with."""
    network = Network(about["widths"])
    for name, unit in network.named_modules():
        if isinstance(unit, Unit):
            unit.unfold(values[f"{name}.weight"], values[f"{name}.bias"])
    rest = {name: value for name, value in values.items() if name.startswith(("heat", "head"))}
    network.load_state_dict(rest, strict=False)
    network.eval()
    return network


@torch.no_grad()
def normalised(network: Network, inputs: Tensor) -> Network:
    """Give an `unfolded` network, whose normalisations do nothing, those of its pictures ``[B, INPUTS, H, H]``.

    It says the same as before, but can be trained on: there, pictures are normalised by their own mean and spread.
    """

    def taken_up(unit: nn.Module, _: Any, made: Tensor) -> None:
        assert isinstance(unit, nn.BatchNorm2d)
        # What the convolution made, for the normalisation only added its bias.
        x = made.float() - unit.bias[:, None, None]
        spread, mean = torch.var_mean(x, (0, 2, 3), correction=0)
        found.append((unit, mean, spread))

    found: list[tuple[nn.BatchNorm2d, Tensor, Tensor]] = []
    hooks = [unit.norm.register_forward_hook(taken_up) for unit in network.modules() if isinstance(unit, Unit)]
    network.eval()(inputs)
    for hook in hooks:
        hook.remove()
    for norm, mean, spread in found:
        assert norm.running_mean is not None
        assert norm.running_var is not None
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(spread)
        norm.weight.copy_((spread + norm.eps).sqrt())
        norm.bias.add_(mean)
    return network
