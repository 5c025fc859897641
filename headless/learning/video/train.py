"""The training: first the autoencoder, then, on its latents, the transformer."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from ..errors import LearningError
from ..training import Budget, Report, Run, Size, device_name, device_of, mixed_precision
from . import flow
from .autoencoder import CHANNELS, from_bytes
from .data import Videos, clips_of, draw_videos
from .measure import measure
from .model import FRAMES_AT_ONCE, SIDE, SIZES, Settings, VideoModel, autoencoder, load, save, transformer
from .transformer import GIVEN, WINDOW, Transformer

Part = Literal["vae", "dit", "both"]

VAE_FILE = "vae.safetensors"
"""The finished autoencoder; as long as it is missing the first part is not finished."""
VAE_SHARE = 0.25
"""Of the seconds."""
CONTEXT_NOISE = 0.15
"""Given latents get up to this much noise, as later they are made ones (Ho et al., arXiv 2106.15282)."""


@dataclass(frozen=True, eq=False)
class Job:
    """What both parts of a training share; ``about`` is kept beside the weights."""

    settings: Settings
    out: Path
    seed: int
    resume: bool
    report: Report
    about: dict[str, Any]


def train(
    data: Path, out: Path, *, size: Size = "full", part: Part = "both", steps: int | None = None,
    seconds: float = float("inf"), seed: int = 0, device: str = "auto", resume: bool = False, drawn: Path | None = None,
    report: Report = print,
) -> dict[str, Any]:  # fmt: skip
    """Train on the clips of ``data`` and measure on its dev split; returns the measured numbers.

    ``steps`` of each part and ``seconds`` of both together end it, drawing included and measuring not. Leaves
    ``vae.safetensors``, from which the second part goes on, ``video.safetensors``, ``dev.json`` and ``examples.png`` in
    ``out``. With ``resume`` it goes on with the part that is not finished. ``drawn`` is a folder of pictures, which
    trainings share. Raises LearningError.
    """
    begun = time.monotonic()
    settings, place, vae_file = SIZES[size], device_of(device), out / VAE_FILE
    job = Job(settings, out, seed, resume, report, {"size": size, "seed": seed, "device": device_name(place)})
    if part == "dit" and not vae_file.exists():
        raise LearningError(f"{vae_file} is missing, on whose latents this part is trained; train with --part both")
    if part != "dit" and not resume:
        # What an earlier training left would be taken for this one's, if this one is stopped and gone on with.
        for name in (VAE_FILE, "checkpoint_vae.pt", "checkpoint_dit.pt"):
            (out / name).unlink(missing_ok=True)
    videos = draw_videos(clips_of(data, "train", settings.clips), place, report, mirror=True, drawn=drawn)
    if part != "dit" and not vae_file.exists():
        share = VAE_SHARE if part == "both" else 1
        _train_vae(job, videos, Budget(steps or settings.vae_steps, seconds * share))
    # As read from the file, in half precision: its latents are those that later ones are decoded from.
    model = load(vae_file, place, ("vae",))
    if model.settings != settings:
        raise LearningError(f"{vae_file} is not of the size '{size}'; name its own --size, or train without --resume")
    if part != "vae":
        budget = Budget(steps or settings.steps, seconds - (time.monotonic() - begun))
        model = _train_dit(job, videos, model, budget)
    del videos
    dev = draw_videos(clips_of(data, "dev", settings.clips), place, report, drawn=drawn)
    measured = measure(model, dev, out / "examples.png", seed, made=part != "vae")
    found = {name: value for name, value in model.about.items() if name != "settings"} | measured
    (out / "dev.json").write_text(json.dumps(found, indent=1) + "\n")
    report(json.dumps(found))
    return found


def _train_vae(job: Job, videos: Videos, budget: Budget) -> None:
    settings, device = job.settings, videos.frames.device
    torch.manual_seed(job.seed)
    vae = autoencoder(settings, device)
    run = Run(
        vae, job.out / "checkpoint_vae.pt", rate=settings.vae_rate, seed=job.seed, warm_up=settings.warm_up, decay=0.0,
        report=lambda line: job.report(f"autoencoder, {line}"), resume=job.resume,
    )  # fmt: skip
    for step in run.steps(budget):
        run.after_step(vae_loss(run, videos, settings.vae_batch, step))
    vae.load_state_dict(run.averaged())
    model = VideoModel(settings, vae.eval(), transformer(settings, device), *_unit(device))
    model = replace(model, **dict(zip(("mean", "spread"), _moments(model, videos), strict=True)))
    save(model, job.out / VAE_FILE, {**job.about, "steps": run.step, "minutes": round(run.minutes, 2)}, ("vae",))


def vae_loss(run: Run, videos: Videos, batch: int, step: int) -> Tensor:
    """The autoencoder's loss on frames drawn by chance."""
    device, chance = videos.frames.device, run.generator(step)
    places = torch.randint(len(videos.frames), (batch,), generator=chance).to(device, non_blocking=True)
    noise = torch.randn(batch, CHANNELS, SIDE, SIDE, generator=chance).to(device, non_blocking=True)
    with mixed_precision(device):
        loss: Tensor = run.module.loss(from_bytes(videos.frames[places]), videos.moving(places), noise)
    return loss


def _train_dit(job: Job, videos: Videos, model: VideoModel, budget: Budget) -> VideoModel:
    begun = time.monotonic()
    latents = encoded(model, videos)
    job.report(f"encoded {len(latents)} frames in {time.monotonic() - begun:.0f} s")
    budget = Budget(budget.steps, budget.seconds - (time.monotonic() - begun))
    torch.manual_seed(job.seed)
    settings, dit = model.settings, transformer(model.settings, model.device)
    run = Run(
        dit, job.out / "checkpoint_dit.pt", rate=settings.rate, seed=job.seed, warm_up=settings.warm_up, average=0.998,
        report=lambda line: job.report(f"transformer, {line}"), resume=job.resume,
    )  # fmt: skip
    start, likely = videos.windows()
    until = likely.cumsum(0)
    for step in run.steps(budget):
        chance = run.generator(step)
        drawn = torch.rand(settings.batch, generator=chance, dtype=torch.float64) * until[-1]
        begin = start[torch.searchsorted(until, drawn).clamp(max=len(start) - 1)].to(model.device, non_blocking=True)
        run.after_step(dit_loss(dit, windows(latents, begin), chance))
    dit.load_state_dict(run.averaged())
    about = {**job.about, "vae_steps": model.about["steps"], "vae_minutes": model.about["minutes"]}
    about |= {"steps": run.step, "minutes": round(run.minutes, 2)}
    return load(save(replace(model, dit=dit), job.out / "video.safetensors", about), model.device)


def dit_loss(dit: Transformer, clean: Tensor, chance: torch.Generator) -> Tensor:
    """The squared error of velocities, for windows of latents ``[B, 16, 4, 16, 16]``, times and noise by chance."""
    device = clean.device
    # Only a seed comes from the processor: so much noise would take longer to bring over than the step.
    source = torch.Generator(device).manual_seed(int(torch.randint(2**62, (), generator=chance)))
    noise = torch.randn(clean.shape, generator=source, device=device)
    level = CONTEXT_NOISE * torch.rand(len(clean), 1, 1, 1, 1, generator=source, device=device)
    given = clean[:, :GIVEN] + level * noise[:, :GIVEN]
    clean, noise = clean[:, GIVEN:], noise[:, GIVEN:]
    when = flow.times(len(clean), source)
    with mixed_precision(device):
        made = dit(flow.between(clean, noise, when), given, when)
    return (made - flow.velocity(clean, noise)).square().mean()


def encoded(model: VideoModel, videos: Videos) -> Tensor:
    """Latents of all frames, half precision ``[M, 4, 16, 16]``."""
    return torch.cat([model.encode(part).half() for part in videos.frames.split(FRAMES_AT_ONCE)])


def windows(latents: Tensor, begin: Tensor) -> Tensor:
    """Windows ``[B, 16, 4, 16, 16]`` that begin at some frames ``[B]``."""
    return latents[begin[:, None] + torch.arange(WINDOW, device=begin.device)].float()


def _moments(model: VideoModel, videos: Videos) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of each of a latent's channels ``[4, 1, 1]``, over every eighth frame."""
    latents = torch.cat([model.encode(part) for part in videos.frames[::8].split(FRAMES_AT_ONCE)])
    return latents.mean((0, 2, 3))[:, None, None], latents.std((0, 2, 3)).clamp(min=1e-4)[:, None, None]


def _unit(device: torch.device) -> tuple[Tensor, Tensor]:
    return torch.zeros(CHANNELS, 1, 1, device=device), torch.ones(CHANNELS, 1, 1, device=device)
