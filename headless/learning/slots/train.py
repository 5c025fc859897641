"""Training both networks, one after the other: SAVi on short windows, then the SlotFormer on SAVi's slots."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from ..frames.clips import load_clips
from ..training import Budget, Report, Run, Size, device_name, device_of, mixed_precision
from .measure import measure
from .model import Plan, SlotModel, save_model
from .parts import PIXEL, POSE, movable, present
from .slotformer import HISTORY
from .videos import Videos, Windows, videos_of

SAVI_SHARE = 0.55
"""SAVi's part of the seconds; the rest is the SlotFormer's."""
MOVING = 40.0
"""How much more a pixel counts that moves: without it, what is three pixels large is never learnt."""
STRIDE = 8
"""Frames between the windows that the SlotFormer learns from."""
PICTURE, PLACE = 10.0, 0.05
"""What the errors of pictures and of places, in pixels, count."""
RATES = {"savi": 8e-4, "slotformer": 5e-4}


def train(
    data: Path, out: Path, *, size: Size = "full", steps: int | None = None, seconds: float = float("inf"),
    seed: int = 0, device: str = "auto", resume: bool = False, drawn: Path | None = None, report: Report = print,
) -> dict[str, Any]:  # fmt: skip
    """Train one seed into the folder ``out`` and give its dev numbers, which are written there too.

    ``steps`` are those of each network; ``seconds`` are shared by drawing and both trainings, measuring comes on top.
    Going on takes up the part that is unfinished: once the SlotFormer has begun, SAVi stays as it is. ``drawn`` is
    a folder of pictures, which trainings share.
    """
    begun, where = time.monotonic(), device_of(device)
    torch.manual_seed(seed)
    model = SlotModel(size).to(where)
    plan = model.plan if steps is None else replace(model.plan, steps=steps)
    report(f"slots: {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M weights, on {where}")
    length = HISTORY + plan.roll
    videos = videos_of(load_clips(data, "train")[: plan.clips], length, where, report, drawn)
    left = seconds - (time.monotonic() - begun)
    report(f"drew {len(videos.spans)} machines, {len(videos.color)} frames, in {time.monotonic() - begun:.0f} s")

    files = {name: out / f"checkpoint-{name}.pt" for name in RATES}
    begun_before = resume and files["slotformer"].exists()
    savi, slotformer = (
        Run(getattr(model, name), files[name], rate=rate, seed=seed, report=report, resume=resume)
        for name, rate in RATES.items()
    )
    if not begun_before:
        if not resume:
            files["slotformer"].unlink(missing_ok=True)
        report("SAVi:")
        train_savi(model, savi, videos, plan, Budget(plan.steps, left * SAVI_SHARE))
    model.savi.load_state_dict(savi.averaged())
    slotformer.keep()
    report("SlotFormer:")
    budget = Budget(plan.steps, seconds - (time.monotonic() - begun))
    train_slotformer(model, slotformer, videos, plan, budget)
    model.slotformer.load_state_dict(slotformer.averaged())

    about = {
        "seed": seed, "device": device_name(where), "minutes": round(savi.minutes + slotformer.minutes, 2),
        "steps": {"savi": savi.step, "slotformer": slotformer.step}, "machines": len(videos.spans),
    }  # fmt: skip
    save_model(model, out / "slots.safetensors", about)
    del videos
    dev = videos_of(load_clips(data, "dev")[: plan.dev], length, where, report, drawn)
    return measure(model.eval(), dev, out, about, report)


def train_savi(model: SlotModel, run: Run, videos: Videos, plan: Plan, budget: Budget) -> None:
    """Reconstruct windows of ``plan.frames``; the places of slots are told the true centres of their objects."""
    first, worth = videos.starts(plan.frames)
    windows, offsets = Windows(worth), torch.arange(plan.frames, device=first.device)
    for step in run.steps(budget):
        frames = first[windows.draw(plan.batch, run.generator(step)), None] + offsets
        with mixed_precision(frames.device):
            run.after_step(savi_loss(model, videos, frames))


def savi_loss(model: SlotModel, videos: Videos, frames: Tensor) -> Tensor:
    """The loss on windows ``[B, T]``: weighted squared error of pictures, and error of centres in pixels."""
    pictures, boxes = videos.pictures(frames), videos.boxes[frames]
    used = present(boxes[:, 0])
    slots = model.savi.watch(pictures, boxes[:, 0])
    shown, _ = model.savi.show(slots, model.savi.scene(pictures[:, 0], boxes[:, 0]), used)
    away = functional.smooth_l1_loss(slots[:, :, 1:, :2] / PIXEL, boxes[..., :2] / PIXEL, reduction="none").mean(-1)
    # Also hidden things have a place, things out of view none.
    seen = (boxes[..., :2].abs() < 1).all(-1) & used[:, None, 1:]
    return PICTURE * picture_loss(shown, pictures, videos.moving(frames)) + PLACE * average(away, seen)


def train_slotformer(model: SlotModel, run: Run, videos: Videos, plan: Plan, budget: Budget) -> None:
    """Roll out SAVi's slots, which stays as it is."""
    begun = time.monotonic()
    model.savi.requires_grad_(False)
    first, worth = videos.starts(HISTORY + plan.roll, STRIDE)
    slots, scenes = watched(model, videos, first, plan)
    run.report(f"watched {len(first)} windows in {time.monotonic() - begun:.0f} s")
    windows = Windows(worth)
    for step in run.steps(Budget(budget.steps, budget.seconds - (time.monotonic() - begun))):
        generator = run.generator(step)
        picked = windows.draw(plan.roll_batch, generator)
        ahead = torch.randperm(plan.roll, generator=generator)[: plan.shown].to(first.device)
        with mixed_precision(first.device):
            run.after_step(slotformer_loss(model, videos, first[picked], slots[picked], scenes[picked].float(), ahead))
    model.savi.requires_grad_(True)


def slotformer_loss(
    model: SlotModel, videos: Videos, first: Tensor, slots: Tensor, scenes: Tensor, ahead: Tensor
) -> Tensor:
    """The loss of rollouts of windows that begin at ``first`` ``[B]`` with ``slots`` ``[B, T, K, width]``.

    Error of slots (SlotFormer's Eq. 4) at all frames, of pictures (Eq. 5) at some of those ahead.
    """
    used = present(videos.boxes[first])
    rolled = model.slotformer.roll(slots[:, :HISTORY], used, slots.shape[1] - HISTORY)
    true = slots[:, HISTORY:]
    content = (rolled - true)[..., POSE:].square().mean(-1)
    away = functional.smooth_l1_loss(rolled[..., :POSE] / PIXEL, true[..., :POSE] / PIXEL, reduction="none").mean(-1)
    frames = first[:, None] + HISTORY + ahead
    shown, _ = model.savi.show(rolled[:, ahead], scenes, used)
    error = picture_loss(shown, videos.pictures(frames), videos.moving(frames))
    everywhere = used[:, None].expand(-1, rolled.shape[1], -1)
    return PICTURE * error + average(content, everywhere) + PLACE * average(away, movable(used)[:, None] & everywhere)


@torch.no_grad()
def watched(model: SlotModel, videos: Videos, first: Tensor, plan: Plan) -> tuple[Tensor, Tensor]:
    """Slots ``[W, T, K, width]`` and scenes of the windows that begin at ``first`` ``[W]``."""
    offsets, slots, scenes = torch.arange(HISTORY + plan.roll, device=first.device), [], []
    for starts in first.split(plan.batch):
        pictures, boxes = videos.pictures(starts[:, None] + offsets), videos.boxes[starts]
        with mixed_precision(first.device):
            slots.append(model.savi.watch(pictures, boxes))
            scenes.append(model.savi.scene(pictures[:, 0], boxes).to(torch.bfloat16))
    return torch.cat(slots), torch.cat(scenes)


def picture_loss(shown: Tensor, true: Tensor, moving: Tensor) -> Tensor:
    """Squared error of pictures ``[B, T, 3, H, H]``, of which ``moving`` ``[B, T, H, H]`` count `MOVING` times more."""
    return ((shown.float() - true).square().mean(2) * (1 + MOVING * moving)).mean()


def average(values: Tensor, where: Tensor) -> Tensor:
    """The mean of values where a mask holds, 0 where it never does."""
    return (values * where).sum() / where.sum().clamp(min=1)
