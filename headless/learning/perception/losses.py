"""What a wrong heat and a wrong description cost."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from addon.perception.camera import FOCAL
from addon.perception.outputs import ROTATIONS, parts_of, place

from .bank import SURE, Batch


def loss_of(heat: Tensor, said: Tensor, batch: Batch) -> Tensor:
    """Of logits of heat ``[B, 1, H, H]`` and outputs ``[B, K, OUTPUTS]`` at a batch's points."""
    found = heat_loss(heat[:, 0].float(), batch.heat, batch.matters)
    weight = batch.weight / batch.weight.sum().clamp(min=1)
    return found + sum((weight * part).sum() for part in descriptions(said, batch).values())


def heat_loss(logits: Tensor, wanted: Tensor, matters: Tensor) -> Tensor:
    """The focal loss of CornerNet (Law and Deng, 2018): by the number of objects, gentler near their centres."""
    centre = (wanted > SURE).float()
    sure = torch.sigmoid(logits)
    hit = -functional.logsigmoid(logits) * (1 - sure).square() * centre
    miss = -functional.logsigmoid(-logits) * sure.square() * (1 - wanted) ** 4 * (1 - centre)
    return ((hit + miss) * matters).sum() / (centre * matters).sum().clamp(min=1)


def descriptions(said: Tensor, batch: Batch) -> dict[str, Tensor]:
    """What each part of the outputs costs at each point ``[B, K]``; positions are in the object's largest dimension."""
    parts, true = parts_of(said.float()), batch.truth
    box = 1 - true["ball"]
    camera = (batch.axes[:, None], batch.eye[:, None], FOCAL)
    position = torch.stack(place(batch.pixels, parts["centre"], parts["height"], batch.inputs.shape[-1], camera), -1)
    extent = (2 * true["half"].amax(-1)).clamp(min=0.3)
    away = (position - true["position"]).abs().sum(-1) / extent
    faster = functional.smooth_l1_loss(parts["velocity"], true["velocity"], reduction="none", beta=0.2).sum(-1)
    return {
        "kind": functional.cross_entropy(parts["kind"].transpose(1, 2), true["kind"], reduction="none"),
        "ball": 0.5 * _binary(parts["ball"], true["ball"]),
        "color": 2 * (torch.sigmoid(parts["color"]) - true["color"]).abs().mean(-1),
        "lit": 0.5 * _binary(parts["lit"], true["lit"]),
        "half": (parts["half"] - true["half"].clamp(min=1e-3).log()).abs().mean(-1),
        # Far away ones count less: at first all are, and they would drown the rest.
        "position": 2 * torch.log1p(2 * away),
        "turn": turn_loss(parts["turn"], true["turn"], true["same"]) * box,
        "velocity": 0.5 * faster * batch.paired[:, None],
    }


def turn_loss(said: Tensor, turn: Tensor, same: Tensor) -> Tensor:
    """How far two columns of a rotation ``[..., 6]`` are from the nearest that looks the ``same`` ``[..., 24]``."""
    alike = torch.einsum("...ij,sjk->...sik", turn, torch.as_tensor(ROTATIONS, dtype=turn.dtype, device=turn.device))
    columns = alike[..., :2].transpose(-1, -2).flatten(-2)
    away = (said[..., None, :] - columns).abs().mean(-1)
    return torch.where(same, away, torch.inf).amin(-1)


def _binary(logits: Tensor, wanted: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(logits[..., 0], wanted, reduction="none")
