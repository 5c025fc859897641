"""What all trainings share: steps within a budget, going on where one stopped, and weights as safetensors."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from .errors import LearningError

Size = Literal["tiny", "small", "full"]
"""How large a network and its training are: for tests, for two cores, for a graphics card."""

Report = Callable[[str], None]
"""Hears a line about the training."""

KEEP_EVERY = 60.0
"""Seconds between two checkpoints."""


@dataclass(frozen=True)
class Budget:
    """A training ends after ``steps``, or after ``seconds`` of this start."""

    steps: int
    seconds: float = float("inf")


def device_of(wanted: str = "auto") -> torch.device:
    """``auto`` takes a graphics card where there is one. Raises LearningError where the one wanted is missing."""
    if wanted == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if wanted.startswith("cuda") and not torch.cuda.is_available():
        raise LearningError("there is no graphics card that PyTorch can use here; take --device cpu")
    try:
        return torch.device(wanted)
    except RuntimeError:
        raise LearningError(f"--device knows no '{wanted}'; take auto, cpu or cuda") from None


def device_name(device: torch.device) -> str:
    """What a device is called beside a figure."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else str(device)


def mixed_precision(device: torch.device) -> AbstractContextManager[Any]:
    """Half precision (bfloat16) on a graphics card, and nothing elsewhere."""
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")


class Run:
    """One training: the step that it is at, its network's moving average and its checkpoint, which it goes on from.

    ``for step in run.steps(budget): …`` counts; call `after_step` with the loss at the end of each. The learning rate
    rises over ``warm_up`` steps and then falls as a cosine to nothing over ``steps`` of the budget, or over its seconds
    where these end first. Numbers by chance have to be drawn from ``run.generator(step)``, so that going on draws the
    same ones.
    """

    def __init__(
        self, module: nn.Module, checkpoint: Path, *, rate: float, seed: int = 0, warm_up: int = 200,
        decay: float = 0.01, average: float = 0.995, betas: tuple[float, float] = (0.9, 0.99), clip: float = 1.0,
        report: Report = print, resume: bool = False,
    ) -> None:  # fmt: skip
        self.module, self.checkpoint, self.report, self.seed = module, checkpoint, report, seed
        self.rate, self.warm_up, self.clip, self.average = rate, warm_up, clip, average
        self.step, self.minutes, self.losses = 0, 0.0, list[float]()
        self.optimizer = torch.optim.AdamW(module.parameters(), lr=rate, betas=betas, weight_decay=decay)
        self.mean = {name: value.detach().clone().float() for name, value in module.state_dict().items()}
        if resume and checkpoint.exists():
            self._take_up()

    def steps(self, budget: Budget) -> Generator[int, None, None]:
        """The numbers of the steps that are left; a checkpoint is kept now and then and at the end."""
        begun = kept = time.monotonic()
        first, before = self.step, self.minutes
        try:
            while self.step < budget.steps:
                now = time.monotonic() - begun
                self.minutes = before + now / 60
                if now > budget.seconds:
                    break
                share = max(self.step / budget.steps, now / budget.seconds)
                self._set_rate(self.rate * min(1.0, (self.step + 1) / self.warm_up) * _falling(share))
                yield self.step
                self.step += 1
                if self.step % max(1, min(100, budget.steps // 10)) == 0:
                    pace = (time.monotonic() - begun) / (self.step - first)
                    self.report(
                        f"step {self.step}: loss {sum(self.losses) / max(1, len(self.losses)):.4f}, {pace:.3f} s a step"
                    )
                    self.losses = self.losses[-1:]
                if time.monotonic() - kept > KEEP_EVERY:
                    self.keep()
                    kept = time.monotonic()
        finally:
            self.keep()

    def generator(self, step: int) -> torch.Generator:
        """Numbers by chance for one step; on the processor, so that they are the same on any device."""
        return torch.Generator().manual_seed(self.seed * 1_000_003 + step)

    def after_step(self, loss: Tensor) -> None:
        """Go down the gradient of a loss, and keep the moving average."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), self.clip)
        self.optimizer.step()
        mix = min(self.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            values = self.module.state_dict()
            means = [self.mean[name] for name in values]
            torch._foreach_lerp_(means, [value.detach().float() for value in values.values()], 1 - mix)
        if self.step % 10 == 0 or not self.losses:
            self.losses.append(float(loss.detach()))

    def keep(self) -> None:
        """Write the checkpoint."""
        self.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        beside = self.checkpoint.with_name(f".{self.checkpoint.name}")
        state = {
            "module": self.module.state_dict(), "optimizer": self.optimizer.state_dict(), "mean": self.mean,
            "step": self.step, "minutes": self.minutes,
        }  # fmt: skip
        torch.save(state, beside)
        os.replace(beside, self.checkpoint)

    def averaged(self) -> dict[str, Tensor]:
        """The moving average of the network's values, which is what is given away."""
        return {name: self.mean[name].to(value.dtype) for name, value in self.module.state_dict().items()}

    def _set_rate(self, rate: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = rate

    def _take_up(self) -> None:
        device = next(self.module.parameters()).device
        try:
            state = torch.load(self.checkpoint, map_location=device, weights_only=True)
            self.module.load_state_dict(state["module"])
            self.optimizer.load_state_dict(state["optimizer"])
        except Exception as problem:
            raise LearningError(
                f"{self.checkpoint} is no checkpoint of this training ({problem}); remove it, or start without --resume"
            ) from None
        self.mean = {name: value.float() for name, value in state["mean"].items()}
        self.step, self.minutes = state["step"], state["minutes"]


def _falling(share: float) -> float:
    return 0.5 + 0.5 * float(torch.cos(torch.tensor(min(1.0, share) * torch.pi)))


def save_weights(values: dict[str, Tensor], path: Path, about: dict[str, Any]) -> Path:
    """Write weights in half precision with what is to be known of them: size, steps, seed, device, minutes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = {k: (v.half() if v.is_floating_point() else v).contiguous().cpu() for k, v in values.items()}
    beside = path.with_name(f".{path.name}")
    save_file(half, beside, metadata={"about": json.dumps(about)})
    os.replace(beside, path)
    return path


def load_weights(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The weights in single precision, and what is to be known of them. Raises LearningError if there are none."""
    try:
        with safe_open(path, framework="pt") as stored:
            values = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118
            about = json.loads((stored.metadata() or {}).get("about", "{}"))
    except (OSError, SafetensorError, ValueError) as problem:
        raise LearningError(f"{path} holds no weights ({problem}); train them, or fetch the file again") from None
    return {k: v.float() if v.is_floating_point() else v for k, v in values.items()}, about
