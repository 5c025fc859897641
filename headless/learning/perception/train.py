"""Training of the network that reads pictures."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from addon.perception.reading import THRESHOLD

from ..errors import LearningError
from ..frames.clips import Clip, load_clips
from ..training import (
    Budget,
    Report,
    Run,
    Size,
    device_name,
    device_of,
    load_weights,
    mixed_precision,
    save_weights,
)
from .bank import Bank, Batch
from .evaluate import best_summary, colors_of, readings, write_examples
from .losses import loss_of
from .network import WIDTHS, Network, folded, normalised, unfolded

RESERVE = 30.0
"""Seconds for reading the dev split."""


@dataclass(frozen=True)
class Plan:
    """How a size is trained: pictures' pixels, scenes kept and had at first, pairs of pictures of each, a fresh scene
    every so many steps, pictures and points a step, steps, and frames read of each clip at the end."""

    picture: int
    room: int
    first: int
    pairs: int
    every: int
    batch: int
    points: int
    steps: int
    rate: float
    frames: int
    warm_up: int = 200


PLANS: dict[Size, Plan] = {
    "tiny": Plan(64, 8, 4, 2, 20, 4, 32, 60, 3e-3, 2, 10),
    "small": Plan(128, 150, 30, 6, 10, 8, 96, 4000, 2e-3, 3),
    "full": Plan(128, 1000, 150, 8, 2, 64, 192, 12000, 2e-3, 5),
}
GENTLER = 0.4
"""Of the rate, where a training begins with weights that are good already."""
SAMPLE = 256
"""Pictures that these weights' normalisations are measured on."""


def train(
    data: Path, out: Path, *, size: Size = "full", steps: int | None = None, seconds: float = float("inf"),
    seed: int = 0, device: str = "auto", resume: bool = False, start: Path | None = None, report: Report = print,
) -> dict[str, Any]:  # fmt: skip
    """Train on the train split within the budget, write weights, and give the errors on the dev split.

    ``start`` are weights to begin with; the seed should be another one, so that the pictures are others too.
    Writes ``checkpoint.pt``, ``perception.safetensors``, ``dev.json`` and ``examples.png``. Raises LearningError.
    """
    begun = time.monotonic()
    plan, place = PLANS[size], device_of(device)
    clips = load_clips(data)
    torch.manual_seed(seed)
    torch.backends.cudnn.benchmark = True
    train_clips = load_clips(data, "train")
    bank = Bank(train_clips, room=plan.room, pairs=plan.pairs, size=plan.picture, seed=seed, device=place)
    network = (Network(WIDTHS[size]) if start is None else begun_with(start, bank, plan)).to(
        place, memory_format=torch.channels_last
    )
    rate = plan.rate if start is None else GENTLER * plan.rate
    run = Run(network, out / "checkpoint.pt", rate=rate, seed=seed, warm_up=plan.warm_up, report=report, resume=resume)
    bank.fill_to(plan.first + run.step // plan.every)
    report(f"{bank.drawn} scenes drawn in {time.monotonic() - begun:.0f} s on {place}")
    # What drawing took and reading the dev split will take is taken off.
    left = seconds - (time.monotonic() - begun) - min(RESERVE, 0.15 * seconds) if seconds < float("inf") else seconds
    try:
        fit(run, bank, plan, Budget(steps or plan.steps, max(left, 1.0)))
    finally:
        about = {
            "network": "perception", "size": size, "widths": network.widths, "picture": plan.picture, "step": run.step,
            "seed": seed, "device": device_name(place), "minutes": round(run.minutes, 2), "threshold": THRESHOLD,
        }  # fmt: skip
        network.load_state_dict(run.averaged())
        network.eval()
        save_weights(folded(network), out / "perception.safetensors", about)
    return _judged(network, [clip for clip in clips if clip.split == "dev"], plan, out, about, report)


def begun_with(start: Path, bank: Bank, plan: Plan) -> Network:
    """The network of a file of weights, to be trained on. Raises LearningError if there are none."""
    values, about = load_weights(start)
    try:
        network = unfolded(values, about).to(bank.device)
    except (KeyError, RuntimeError) as problem:
        raise LearningError(f"{start} holds no weights of the perception network ({problem})") from None
    bank.fill_to(plan.first)
    sample = bank.batch(min(SAMPLE, 4 * plan.batch), 1, torch.Generator().manual_seed(0))
    return normalised(network, sample.inputs)


def fit(run: Run, bank: Bank, plan: Plan, budget: Budget) -> None:
    """Go through the steps; where the card's memory is too small, with fewer pictures a step."""
    count = plan.batch
    # Closed at once when interrupted, so that the checkpoint is of the network as it is now.
    with contextlib.closing(run.steps(budget)) as numbers:
        for step in numbers:
            bank.fill_to(plan.first + step // plan.every)
            try:
                run.after_step(step_loss(run.module, bank.batch(count, plan.points, run.generator(step))))
            except torch.cuda.OutOfMemoryError:
                if count == 1:
                    raise LearningError("the card has no memory left; free some, or take --size small") from None
                count //= 2
                torch.cuda.empty_cache()
                run.report(f"the graphics card's memory is full: from here on {count} pictures a step")


def step_loss(network: torch.nn.Module, batch: Batch) -> Tensor:
    """The loss of a batch; in bfloat16 on a graphics card."""
    network.train()
    inputs = batch.inputs.contiguous(memory_format=torch.channels_last)
    with mixed_precision(inputs.device):
        heat, features = network(inputs)
    assert isinstance(network, Network)
    return loss_of(heat, network.say(features, batch.pixels), batch)


def _judged(
    network: Network, clips: list[Clip], plan: Plan, out: Path, about: dict[str, Any], report: Report
) -> dict[str, Any]:
    if not clips:
        report("there is no clip of the dev split: no errors are measured")
        return about
    device = next(network.parameters()).device
    read = readings(network, clips, plan.picture, device, plan.frames, 0.1)
    errors = best_summary(read, colors_of(clips))
    about["threshold"] = errors["threshold"]
    save_weights(folded(network), out / "perception.safetensors", about)
    result = {**about, **errors}
    (out / "dev.json").write_text(json.dumps(result) + "\n")
    report(json.dumps(result))
    write_examples(out / "examples.png", network, clips[:8], plan.picture, device, errors["threshold"])
    return result
