"""Both networks as one model: its sizes, its file, and videos from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import LearningError
from ..training import Size, load_weights, save_weights
from .parts import present
from .savi import Savi
from .slotformer import HISTORY, SlotFormer

AT_ONCE = 400
"""Pictures decoded at a time."""


@dataclass(frozen=True)
class Plan:
    """How large the networks and their training are.

    ``width`` of a slot, ``widths`` of the U-Nets, ``features`` of a pixel, ``hidden`` of the decoder; ``inner``,
    ``layers`` and ``heads`` of the SlotFormer. ``batch`` windows of ``frames`` for SAVi; ``roll_batch`` windows rolled
    out over ``roll`` frames, of which ``shown`` are decoded, for the SlotFormer. ``steps`` of each; ``clips`` are
    trained on and ``dev`` measured at most.
    """

    width: int
    widths: tuple[int, int, int]
    features: int
    hidden: int
    inner: int
    layers: int
    heads: int
    batch: int
    frames: int
    roll_batch: int
    roll: int
    shown: int
    steps: int
    clips: int
    dev: int


PLANS: dict[Size, Plan] = {
    "tiny": Plan(16, (8, 8, 8), 16, 8, 32, 1, 2, 2, 3, 2, 4, 1, 20, 4, 2),
    "small": Plan(64, (16, 32, 48), 32, 16, 64, 2, 4, 8, 6, 16, 8, 2, 1000, 40, 8),
    "full": Plan(128, (48, 64, 96), 64, 32, 128, 4, 8, 64, 6, 128, 10, 3, 4000, 1000, 50),
}


class SlotModel(nn.Module):
    """SAVi and the SlotFormer on its slots."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        if size not in PLANS:
            raise LearningError(f"--size knows no '{size}'; take tiny, small or full")
        self.size, self.plan = size, PLANS[size]
        plan = self.plan
        self.savi = Savi(plan.width, plan.widths, plan.features, plan.hidden)
        self.slotformer = SlotFormer(plan.width, plan.inner, plan.layers, plan.heads)


def save_model(model: SlotModel, path: Path, about: dict[str, Any]) -> Path:
    """Write the weights of both networks."""
    return save_weights(model.state_dict(), path, {**about, "size": model.size})


def load_model(path: Path, device: str | torch.device = "cpu") -> SlotModel:
    """A trained model. Raises LearningError if the file holds none."""
    values, about = load_weights(path)
    model = SlotModel(about.get("size", "full"))
    try:
        model.load_state_dict(values)
    except RuntimeError as problem:
        raise LearningError(f"{path} holds other weights than those of slots ({problem}); train them anew") from None
    model.to(device).eval()
    return model


@dataclass(frozen=True, eq=False)
class Rollout:
    """Predicted videos: ``pictures`` uint8 sRGB ``[B, F, H, H, 3]``, ``masks`` uint8 ``[B, F, H, H]``.

    A mask's numbers are slots: 0 is the rest, k is the k-th box.
    """

    pictures: Tensor
    masks: Tensor


@torch.no_grad()
def rollout(model: SlotModel, first: Tensor, boxes: Tensor, frames: int) -> Rollout:
    """The ``frames`` after the first six ones, without chance, on the model's device.

    ``first`` uint8 ``[B, 6, H, H, 3]``; ``boxes`` ``[B, MOVERS, 4]`` of the first of them, as `boxes_of` makes them.
    """
    return show(model, *imagine(model, first, boxes, frames))


@torch.no_grad()
def imagine(model: SlotModel, first: Tensor, boxes: Tensor, frames: int) -> tuple[Tensor, Tensor, Tensor]:
    """The slots ``[B, frames, K, width]`` after the first six frames, their scenes, and which are in use."""
    if first.dim() != 5 or first.shape[1] != HISTORY:
        raise LearningError(f"a rollout starts from {HISTORY} frames [B, {HISTORY}, H, H, 3], not {list(first.shape)}")
    slots, scene, used = watch(model, first, boxes)
    return model.slotformer.roll(slots, used, frames), scene, used


@torch.no_grad()
def watch(model: SlotModel, video: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The slots ``[B, T, K, width]`` of videos uint8 ``[B, T, H, H, 3]``, their scenes, and which are in use."""
    device = next(model.parameters()).device
    pictures, boxes = video.to(device).movedim(-1, -3).float() / 255, boxes.to(device)
    return model.savi.watch(pictures, boxes), model.savi.scene(pictures[:, 0], boxes), present(boxes)


@torch.no_grad()
def show(model: SlotModel, slots: Tensor, scene: Tensor, used: Tensor) -> Rollout:
    """Decode slots ``[B, T, K, width]``, a few frames at a time."""
    step, pictures, masks = max(1, AT_ONCE // len(slots)), [], []
    for k in range(0, slots.shape[1], step):
        drawn, shares = model.savi.show(slots[:, k : k + step], scene, used)
        pictures.append((drawn.clamp(0, 1) * 255).round().to(torch.uint8).movedim(2, -1))
        masks.append(shares.argmax(2).to(torch.uint8))
    return Rollout(torch.cat(pictures, 1), torch.cat(masks, 1))
