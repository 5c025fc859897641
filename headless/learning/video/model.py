"""The whole model: an autoencoder and a transformer on its latents, and how it goes on with a video."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import LearningError
from ..training import Size, device_of, load_weights, mixed_precision, save_weights
from .autoencoder import CHANNELS, SHRINK, Autoencoder, from_bytes, to_bytes
from .data import SIZE
from .flow import sample
from .transformer import GIVEN, MADE, Transformer

SIDE = SIZE // SHRINK
"""Places along each side of a latent."""
FRAMES_AT_ONCE = 512
VIDEOS_AT_ONCE = 64


@dataclass(frozen=True)
class Settings:
    """How large the networks and their trainings are.

    ``clips`` is the most of them to take, ``measured`` counts the windows that predictions are measured on, ``euler``
    the steps from noise to latents. Batches are frames for the autoencoder, and windows for the transformer.
    """

    vae_width: int
    width: int
    depth: int
    clips: int
    measured: int
    vae_batch: int
    batch: int
    vae_steps: int
    steps: int
    vae_rate: float = 1e-3
    rate: float = 6e-4
    warm_up: int = 200
    euler: int = 24


SIZES: dict[Size, Settings] = {
    "tiny": Settings(8, 32, 1, 4, 4, 8, 4, 20, 20, 3e-3, 2e-3, 5, 3),
    "small": Settings(24, 96, 3, 24, 32, 32, 8, 400, 800, 2e-3, 1e-3, 50, 12),
    "full": Settings(48, 192, 6, 1000, 256, 128, 128, 5000, 16000),
}


@dataclass(frozen=True, eq=False)
class VideoModel:
    """Latents are used less their ``mean`` and by their ``spread``, both ``[4, 1, 1]``, over the training's frames."""

    settings: Settings
    vae: Autoencoder
    dit: Transformer
    mean: Tensor
    spread: Tensor
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def device(self) -> torch.device:
        """Where the networks are."""
        return self.mean.device

    @torch.no_grad()
    def encode(self, frames: Tensor) -> Tensor:
        """Latents ``[..., 4, 16, 16]`` of bytes ``[..., 64, 64, 3]``."""
        flat = frames.reshape(-1, *frames.shape[-3:])
        parts = [self.vae.encode(from_bytes(part.to(self.device)))[0] for part in flat.split(FRAMES_AT_ONCE)]
        return ((torch.cat(parts) - self.mean) / self.spread).reshape(*frames.shape[:-3], CHANNELS, SIDE, SIDE)

    @torch.no_grad()
    def decode(self, latents: Tensor) -> Tensor:
        """The inverse of `encode`, as bytes."""
        flat = latents.reshape(-1, *latents.shape[-3:])
        parts = [to_bytes(self.vae.decode(part * self.spread + self.mean)) for part in flat.split(FRAMES_AT_ONCE)]
        return torch.cat(parts).reshape(*latents.shape[:-3], SIZE, SIZE, 3)

    @torch.no_grad()
    def go_on(self, given: Tensor, noise: Tensor) -> Tensor:
        """12 new latents ``[B, 12, 4, 16, 16]`` behind 4 ``given`` ones, from noise of the new ones' shape."""
        with mixed_precision(self.device):
            return sample(lambda now, time: self.dit(now, given, time), noise, self.settings.euler)


def autoencoder(settings: Settings, device: torch.device) -> Autoencoder:
    """An untrained autoencoder."""
    return Autoencoder(settings.vae_width).to(device)


def transformer(settings: Settings, device: torch.device) -> Transformer:
    """An untrained transformer."""
    return Transformer(settings.width, settings.depth, SIDE).to(device)


def save(model: VideoModel, path: Path, about: dict[str, Any], parts: tuple[str, ...] = ("vae", "dit")) -> Path:
    """Write a model's weights, or those of one of its parts, with what is to be known of them."""
    values = {"latent.mean": model.mean, "latent.spread": model.spread}
    for part in parts:
        module: nn.Module = getattr(model, part)
        values |= {f"{part}.{name}": value for name, value in module.state_dict().items()}
    return save_weights(values, path, {**about, "settings": asdict(model.settings)})


def load(path: Path, device: str | torch.device = "auto", parts: tuple[str, ...] = ("vae", "dit")) -> VideoModel:
    """A model from its weights; what is not among ``parts`` is untrained. Raises LearningError for other files."""
    values, about = load_weights(path)
    place = device_of(device) if isinstance(device, str) else device
    try:
        settings = Settings(**about["settings"])
        vae, dit = autoencoder(settings, place), transformer(settings, place)
        for part, module in (("vae", vae), ("dit", dit)):
            if part in parts:
                own = {name.removeprefix(f"{part}."): v for name, v in values.items() if name.startswith(f"{part}.")}
                module.load_state_dict(own)
        mean, spread = values["latent.mean"].to(place), values["latent.spread"].to(place)
    except (KeyError, TypeError, RuntimeError) as problem:
        raise LearningError(f"{path} holds no weights of a video model ({problem}); train them again") from None
    return VideoModel(settings, vae.eval(), dit.eval(), mean, spread, about)


def rollout(
    weights: VideoModel | Path, first_frames: Tensor, frames: int, seed: int = 0, device: str | torch.device = "auto"
) -> Tensor:
    """Go on with videos of which the first four frames are given.

    ``first_frames`` uint8 ``[4, 64, 64, 3]``, or ``[B, 4, 64, 64, 3]`` for B videos at once, to uint8 of ``frames``
    frames, ``[F, 64, 64, 3]`` or ``[B, F, 64, 64, 3]``; the given frames come first as they are. Each window of 12 new
    frames follows the last 4 latents of what is before it. Noise depends on the seed and the video's place alone.
    Raises LearningError for frames of other shapes.
    """
    if first_frames.shape[-4:] != (GIVEN, SIZE, SIZE, 3) or first_frames.dtype != torch.uint8:
        raise LearningError(
            f"a video goes on from {GIVEN} frames of {SIZE}×{SIZE} pixels with three bytes each, "
            f"not from {first_frames.dtype} of shape {tuple(first_frames.shape)}; draw or resize them so"
        )
    model = weights if isinstance(weights, VideoModel) else load(weights, device)
    given = first_frames.reshape(-1, GIVEN, SIZE, SIZE, 3)
    chances = [torch.Generator().manual_seed(seed * 1_000_003 + n) for n in range(len(given))]
    parts = [
        _rollout(model, given[n : n + VIDEOS_AT_ONCE], frames, chances[n : n + VIDEOS_AT_ONCE])
        for n in range(0, len(given), VIDEOS_AT_ONCE)
    ]
    return torch.cat(parts).reshape(*first_frames.shape[:-4], frames, SIZE, SIZE, 3)


def _rollout(model: VideoModel, given: Tensor, frames: int, chances: list[torch.Generator]) -> Tensor:
    last, made = model.encode(given), [given.cpu()]
    for _ in range(-(-(frames - GIVEN) // MADE)):
        noise = torch.stack([torch.randn(MADE, CHANNELS, SIDE, SIDE, generator=chance) for chance in chances])
        new = model.go_on(last, noise.to(model.device))
        made.append(model.decode(new).cpu())
        last = new[:, -GIVEN:]
    return torch.cat(made, 1)[:, :frames]
