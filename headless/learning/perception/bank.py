"""Pictures kept on the device, replaced by fresh ones while the training runs, and batches of them with targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from addon.perception.classes import CLASSES
from addon.perception.outputs import COUNTED

from ..frames.clips import Clip
from .scenes import OBJECTS, Scene, palette_of, scene_of, times_of, varied

FAVOURED = {"step": 3.0, "block": 2.0, "hatch": 2.0, "bucket side": 2.0, "rod": 1.5, "table": 1.5, "counter": 1.5}
"""How much more often than others machines are drawn that have one of these, which are rare and mostly hidden."""
TAUGHT = 4
"""What shows fewer pixels is not described either. From here up to `COUNTED` the heat is free, a description is not."""
WIDEST = 5.0
"""Most pixels around the own one of a large object at which its heat is 1 too."""
EDGED = 25.0
"""Root of the pixels from which on an object's heat is 1 at more than one of them."""
SURE = 0.999
"""Heat that is as good as 1."""


@dataclass(frozen=True, eq=False)
class Batch:
    """What the network is given ``[B, INPUTS, H, H]``, the heat wanted and how much it matters ``[B, H, H]``, points
    ``[B, K, 2]`` (columns and rows) with the places of what they show ``[B, K]`` and weights ``[B, K]``, and what is
    true of these, each ``[B, K, …]``, as in `Scene`."""

    inputs: Tensor
    heat: Tensor
    matters: Tensor
    pixels: Tensor
    weight: Tensor
    axes: Tensor
    eye: Tensor
    paired: Tensor
    truth: dict[str, Tensor]


class Bank:
    """Up to ``room`` scenes of ``pairs`` pictures each, drawn from clips that are changed at random.

    Scene number v depends on the seed and v alone; `fill_to` draws up to a number, the newest ones stay.
    """

    def __init__(
        self, clips: Sequence[Clip], *, room: int, pairs: int, size: int, seed: int, device: torch.device
    ) -> None:
        self.clips, self.room, self.pairs, self.size, self.seed, self.device = clips, room, pairs, size, seed, device
        self.palette = palette_of(clips)
        favour = np.array([favour_of(clip) for clip in clips])
        self.chance = favour / favour.sum()
        self.drawn = 0
        self._kept: dict[str, Tensor] = {}

    def fill_to(self, number: int) -> None:
        """Have scenes up to this number; what would be replaced at once is not drawn."""
        self.drawn = max(self.drawn, number - self.room)
        while self.drawn < number:
            self._put(self.drawn % self.room, self._scene(self.drawn))
            self.drawn += 1

    def batch(self, count: int, points: int, chance: torch.Generator, absent: float = 0.3) -> Batch:
        """Pictures drawn at random, the one before left out of a share of them, as the network sees them."""

        def put(values: Tensor) -> Tensor:
            # Without waiting for the step before.
            return values.to(self.device, non_blocking=True)

        scene = put(torch.randint(min(self.drawn, self.room), (count,), generator=chance))
        pair = put(torch.randint(self.pairs, (count,), generator=chance))
        keep = put(torch.rand(count, generator=chance) >= absent)
        where = put(torch.rand(count, points, generator=chance))
        noise = torch.Generator(self.device).manual_seed(int(torch.randint(2**62, (1,), generator=chance)))
        held = self._kept
        paired = held["paired"][scene, pair] & keep
        inputs = self._inputs(scene, pair, paired, noise)
        heat, matters, pixels, shown, weight = targets(held["instance"][scene, pair], where)
        rows = torch.arange(count, device=self.device)[:, None]
        truth = {name: held[name][scene][rows, shown] for name in ("kind", "ball", "half", "same")}
        changing = ("color", "lit", "position", "turn", "velocity")
        truth |= {name: held[name][scene, pair][rows, shown] for name in changing}
        return Batch(inputs, heat, matters, pixels, weight, held["axes"][scene], held["eye"][scene], paired, truth)

    def _inputs(self, scene: Tensor, pair: Tensor, paired: Tensor, noise: torch.Generator) -> Tensor:
        now, before = (self._kept[name][scene, pair].float() / 255 for name in ("now", "before"))
        both = torch.cat([now, before], 1)
        rough = torch.rand(len(both), 1, 1, 1, generator=noise, device=self.device) * 0.02
        bright = 1 + torch.randn(len(both), 1, 1, 1, generator=noise, device=self.device) * 0.02
        both = (both * bright + torch.randn(both.shape, generator=noise, device=self.device) * rough).clamp(0, 1)
        return inputs_of(both[:, :3], both[:, 3:], paired, self._kept["view"][scene].float())

    def _scene(self, number: int) -> Scene:
        rng = np.random.default_rng([self.seed, number])
        clip, camera = varied(self.clips[rng.choice(len(self.clips), p=self.chance)], rng, self.palette)
        return scene_of(clip, camera, times_of(clip, self.pairs, rng), self.size, self.device)

    def _put(self, slot: int, scene: Scene) -> None:
        for field in fields(scene):
            value = getattr(scene, field.name)
            if field.name not in self._kept:
                self._kept[field.name] = torch.zeros((self.room, *value.shape), dtype=value.dtype, device=self.device)
            self._kept[field.name][slot] = value


def favour_of(clip: Clip) -> float:
    """How much more often than others a clip is drawn."""
    return max(FAVOURED.get(CLASSES[kind], 1.0) for kind in clip.kind)


def inputs_of(now: Tensor, before: Tensor, paired: Tensor, view: Tensor) -> Tensor:
    """The network's channels ``[B, INPUTS, H, H]`` from pictures in 0 to 1 ``[B, 3, H, H]`` and the camera's view."""
    flag = paired.to(now.dtype)[:, None, None, None]
    return torch.cat([now, before * flag, flag.expand(-1, 1, *now.shape[2:]), view], 1)


def targets(instance: Tensor, where: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Heat, its weight, points, the places of what they show, and their weights, of instances ``[B, H, H]``.

    An object's own pixel is that of its pixels which is nearest to their middle. The middle of a large object, whose
    parts are hidden by others, is hard to tell to a pixel: its heat is 1 around it too, but for its edges, where it
    would outshine small things beside it. Points are own pixels, and ``where`` ``[B, S]`` in 0 to 1 picks more, each
    object as often as any other.
    """
    count, size = instance.shape[0], instance.shape[-1]
    owner = instance.reshape(count, -1).long()
    owner = torch.where(owner < 0, OBJECTS, owner)
    place = torch.arange(size * size, device=instance.device)
    column, row = place % size, place // size

    def total(values: Tensor) -> Tensor:
        zeros = torch.zeros(count, OBJECTS + 1, device=instance.device)
        return zeros.scatter_add_(1, owner, values.float().expand(count, -1))

    number = total(torch.ones_like(place))
    number[:, OBJECTS] = 0
    middle_x, middle_y = (total(values) / number.clamp(min=1) for values in (column, row))
    away = (column - middle_x.gather(1, owner)).square() + (row - middle_y.gather(1, owner)).square()
    # The nearest pixel, and among several the first: both in one whole number, so that the least is taken at once.
    ranked = (away * 16).long() * (size * size) + place
    least = torch.full((count, OBJECTS + 1), torch.iinfo(torch.int64).max, device=instance.device)
    own = least.scatter_reduce_(1, owner, ranked, "amin") % (size * size)

    width = number.sqrt().gather(1, owner)
    mine = own.gather(1, owner)
    away = ((column - mine % size).square() + (row - mine // size).square()).sqrt()
    beyond = (away - (0.1 * width - 1.5).floor().clamp(0, WIDEST)).clamp(min=0)
    heat = torch.exp(-beyond.square() / (2 * (0.2 * width).clamp(0.6, 3.0).square())) * (owner < OBJECTS)
    edge = edges(instance).reshape(count, -1) & (place != mine) & (width >= EDGED)
    heat = torch.where(edge, 0.5 * heat, heat)
    seen = number.gather(1, owner)
    # Each object counts once, however many pixels are its middle.
    middles = total(heat > SURE).clamp(min=1).gather(1, owner)
    matters = ((seen >= COUNTED) | (owner == OBJECTS)) / torch.where(heat > SURE, middles, 1)

    chosen = (number >= TAUGHT).float()
    chosen[:, OBJECTS] = 0
    chance = (chosen.gather(1, owner) / seen.clamp(min=1)).cumsum(1)
    drawn = torch.searchsorted(chance, where * chance[:, -1:]).clamp(max=size * size - 1)
    points = torch.cat([torch.where(chosen[:, :-1] > 0, own[:, :-1], 0), drawn], 1)
    shown = owner.gather(1, points)
    weight = torch.cat([chosen[:, :-1], 0.5 * chosen.gather(1, owner.gather(1, drawn))], 1)
    pixels = torch.stack([points % size, points // size], -1)
    shape = (count, size, size)
    return heat.reshape(shape), matters.reshape(shape), pixels, shown.clamp(max=OBJECTS - 1), weight


def edges(instance: Tensor) -> Tensor:
    """Which pixels of instances ``[B, H, H]`` have one of another instance beside them."""
    wide = torch.nn.functional.pad(instance[:, None].float(), (1, 1, 1, 1), mode="replicate")[:, 0]
    beside = (wide[:, 1:-1, :-2], wide[:, 1:-1, 2:], wide[:, :-2, 1:-1], wide[:, 2:, 1:-1])
    return torch.stack([one != instance for one in beside]).any(0)
