"""Slots from pictures: SAVi (Kipf et al. 2022), conditioned on the boxes of the first frame.

What differs, since things here are a few pixels large: a slot holds its place beside its content, looks near it, and is
decoded in coordinates relative to it (invariant slot attention, Biza et al. 2023); and what stands still is not held by
slots but painted from the first frame, with the boxes of all movers cut out of it and filled in.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from .parts import LEAST, MOST, PIXEL, POSE, SIDE, Block, Pyramid, changed, grid, movable, present

WAVES = 4
"""Octaves of the position embedding."""
FIRST, LATER = 2, 1
"""Rounds of slot attention in the first frame and in later ones."""
AT_ONCE = 8
"""Frames of a video encoded at a time."""


class Savi(nn.Module):
    """Slots ``[B, T, K, width]`` of videos, and pictures of slots."""

    def __init__(self, width: int, widths: tuple[int, int, int], features: int, hidden: int) -> None:
        super().__init__()
        self.width = width
        content = width - POSE
        self.begin = nn.Sequential(nn.Linear(POSE, 2 * width), nn.ReLU(), nn.Linear(2 * width, content))
        self.rest = nn.Parameter(torch.randn(content) * 0.5)
        self.encoder = Encoder(widths, features)
        self.corrector = Corrector(width, features)
        self.predictor = Predictor(width)
        self.painter = Painter(widths, hidden)
        self.decoder = Decoder(width, hidden)

    def start(self, boxes: Tensor) -> Tensor:
        """Slots ``[B, K, width]`` of the boxes ``[B, K − 1, 4]`` of the first frame: centre and half size."""
        pose = torch.cat([boxes[..., :2], boxes[..., 2:].clamp(min=1e-3).log().clamp(LEAST, MOST)], -1)
        content = self.begin(pose).float()
        slots = torch.cat([pose, content], -1)
        rest = torch.cat([self.rest.new_zeros(POSE), self.rest]).expand(len(boxes), 1, -1)
        used = present(boxes)
        whole = torch.cat([rest, slots], 1)
        return changed(whole * used[..., None], torch.zeros_like(whole), used)

    def watch(self, pictures: Tensor, boxes: Tensor) -> Tensor:
        """Slots ``[B, T, K, width]`` of videos ``[B, T, 3, H, H]`` in 0 to 1."""
        found: list[Tensor] = []
        used, slots = present(boxes), self.start(boxes)
        for part in pictures.split(AT_ONCE, 1):
            for keys, values in zip(*(seen.unbind(1) for seen in self.encoder(part)), strict=True):
                if found:
                    slots = self.predictor(slots, used)
                for _ in range(LATER if found else FIRST):
                    slots = self.corrector(slots, keys, values, used)
                found.append(slots)
        return torch.stack(found, 1)

    def scene(self, first: Tensor, boxes: Tensor) -> Tensor:
        """What stands still in the first pictures ``[B, 3, H, H]``, as the decoder takes it."""
        return self.painter(first, boxes)

    def show(self, slots: Tensor, scene: Tensor, used: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures ``[B, T, 3, H, H]`` and each slot's share of a pixel ``[B, T, K, H, H]`` of ``[B, T, K, width]``."""
        batch, frames = slots.shape[:2]
        spread = scene[:, None].expand(-1, frames, -1, -1).flatten(0, 1)
        pictures, shares = self.decoder(slots.flatten(0, 1), spread, used.repeat_interleave(frames, 0))
        shape = (batch, frames, -1, SIDE, SIDE)
        return pictures.reshape(shape), shares.reshape(shape)


class Encoder(nn.Module):
    """Keys and values ``[B, T, H², features]`` of the pixels of videos, with where they are."""

    where: Tensor

    def __init__(self, widths: tuple[int, int, int], features: int) -> None:
        super().__init__()
        self.pyramid = Pyramid(3, widths, features)
        turns = grid()[:, None] * math.pi * 2.0 ** torch.arange(WAVES)[:, None]
        self.register_buffer("where", torch.cat([turns.sin(), turns.cos()], 1).flatten(1), persistent=False)
        self.place = nn.Linear(self.where.shape[1], features)
        self.norm = nn.LayerNorm(features)
        self.key = nn.Linear(features, features)
        self.value = nn.Sequential(nn.Linear(features, features), nn.ReLU(), nn.Linear(features, features))

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Of videos ``[B, T, 3, H, H]``."""
        seen = self.pyramid(pictures.flatten(0, 1) - 0.5).flatten(2).transpose(1, 2)
        seen = self.norm(seen + self.place(self.where)).unflatten(0, pictures.shape[:2])
        return self.key(seen), self.value(seen)


class Corrector(nn.Module):
    """A round of slot attention (Locatello et al. 2020), each slot looking around its place."""

    places: Tensor

    def __init__(self, width: int, features: int) -> None:
        super().__init__()
        content = width - POSE
        self.register_buffer("places", grid().T.contiguous(), persistent=False)
        self.query = nn.Linear(width, features)
        self.reach = nn.Parameter(torch.tensor(math.log(3 * PIXEL)))
        self.level = nn.Parameter(torch.tensor(-2.0))
        self.told, self.held = nn.Linear(features + 3, 3 * content), nn.Linear(content, 3 * content)
        self.think = nn.Sequential(
            nn.LayerNorm(content), nn.Linear(content, 2 * width), nn.ReLU(), nn.Linear(2 * width, content)
        )
        self.move = nn.Linear(content + 2, POSE + 1)

    def forward(self, slots: Tensor, keys: Tensor, values: Tensor, used: Tensor) -> Tensor:
        """Slots ``[B, K, width]`` after a look at keys and values ``[B, H², features]``."""
        own, content = movable(used)[..., None], slots[..., POSE:]
        logits = (self.query(slots) @ keys.transpose(1, 2)).float() * keys.shape[-1] ** -0.5
        logits = logits + torch.where(own, self._window(slots[..., :POSE]), self.level)
        share = logits.masked_fill(~used[..., None], -torch.inf).softmax(1)
        mass = share.sum(-1, keepdim=True) + 1e-6
        share = share / mass
        # In single precision, since half a pixel counts.
        middle = torch.stack([(share * axis).sum(-1) for axis in self.places], -1)
        offset = (middle - slots[..., :2]) * own / PIXEL
        told = torch.cat([(share @ values).float(), offset, mass.log()], -1)
        content = self._recalled(told, content)
        content = content + self.think(content).float()
        move = self.move(torch.cat([content, offset], -1)).float()
        shift = torch.cat([offset * PIXEL * 10 * move[..., :1].sigmoid(), torch.zeros_like(offset)], -1) + move[..., 1:]
        return changed(slots, torch.cat([shift, content - slots[..., POSE:]], -1), used)

    def _recalled(self, told: Tensor, content: Tensor) -> Tensor:
        """A gated recurrent unit (Cho et al. 2014) over contents ``[B, K, C]``."""
        new, old = self.told(told).float().chunk(3, -1), self.held(content).float().chunk(3, -1)
        fresh = (new[0] + (old[0] + new[1]).sigmoid() * old[2]).tanh()
        return fresh + (old[1] + new[2]).sigmoid() * (content - fresh)

    def _window(self, pose: Tensor) -> Tensor:
        """A Gaussian around each place, as logits ``[B, K, H²]``."""
        reach = pose[..., 2:].exp() + self.reach.exp()
        away = [(axis - pose[..., n, None]) / reach[..., n, None] for n, axis in enumerate(self.places)]
        return -0.5 * (away[0].square() + away[1].square())


class Predictor(nn.Module):
    """What slots will be in the next frame: a layer of a transformer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.block = Block(width, 4)
        self.out = nn.Linear(width, width)
        nn.init.normal_(self.out.weight, std=1e-3)
        nn.init.zeros_(self.out.bias)

    def forward(self, slots: Tensor, used: Tensor) -> Tensor:
        """From ``[B, K, width]`` to the same."""
        return changed(slots, self.out(self.block(slots, used)), used)


class Painter(nn.Module):
    """What stands still: the first picture without its movers, and features to fill the holes with."""

    places: Tensor

    def __init__(self, widths: tuple[int, int, int], hidden: int) -> None:
        super().__init__()
        self.register_buffer("places", grid(), persistent=False)
        self.pyramid = Pyramid(4, widths, hidden)

    def forward(self, first: Tensor, boxes: Tensor) -> Tensor:
        """``[B, 3 + hidden, H²]`` of pictures ``[B, 3, H, H]``."""
        away = (self.places[:, None] - boxes[:, None, :, :2]).abs() - boxes[:, None, :, 2:]
        hole = ((away < PIXEL).all(-1) & (boxes[:, None, :, 2] > 0)).any(-1).view(-1, 1, SIDE, SIDE)
        kept = torch.where(hole, 0.0, first - 0.5)
        features = self.pyramid(torch.cat([kept, hole.float()], 1)).float()
        return torch.cat([kept + 0.5, features], 1).flatten(2)


class Decoder(nn.Module):
    """Spatial broadcast (Watters et al. 2019): a network shared by slots and pixels gives colour and opacity."""

    places: Tensor

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.register_buffer("places", grid(), persistent=False)
        self.content, self.near = nn.Linear(width, hidden), nn.Linear(5, hidden, bias=False)
        self.mix = nn.Sequential(nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 4))
        self.light, self.paint = nn.Linear(width, hidden), nn.Linear(hidden, 3)
        nn.init.normal_(self.paint.weight, std=1e-2)
        nn.init.zeros_(self.paint.bias)

    def forward(self, slots: Tensor, scene: Tensor, used: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures ``[B, 3, H²]`` and shares ``[B, K, H²]`` of slots ``[B, K, width]`` and scenes ``[B, C, H²]``."""
        own = slots[:, 1:]
        size = own[..., None, 2:POSE].exp() + PIXEL
        near = ((self.places - own[..., None, :2]) / size).clamp(-4, 4)
        round_ = near.square()
        told = torch.cat([near, round_, near[..., :1] * near[..., 1:]], -1)
        painted = self.mix(self.near(told) + self.content(own)[:, :, None])
        # An ellipse as large as the box to begin with.
        opacity = painted[..., 3].float() + 3 - 3 * round_.sum(-1)
        opacity = opacity.masked_fill(~used[:, 1:, None], -torch.inf)
        shares = torch.cat([torch.zeros_like(opacity[:, :1]), opacity], 1).softmax(1)
        still = functional.relu(scene[:, 3:].transpose(1, 2) + self.light(slots[:, 0])[:, None])
        back = scene[:, :3] + self.paint(still).float().transpose(1, 2)
        front = torch.einsum("bkp,bkpc->bcp", shares[:, 1:], painted[..., :3].sigmoid())
        return front.float() + shares[:, :1] * back, shares
