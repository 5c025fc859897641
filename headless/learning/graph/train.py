"""Training on windows of clips, on states that the network's own predictions led to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from ..errors import LearningError
from ..frames.clips import load_clips
from ..training import Budget, Report, Run, Size, device_name, device_of, save_weights
from .features import State
from .geometry import exponential, product, turned_back
from .measure import measure, picture
from .network import GraphNetwork
from .scenes import HISTORY, Objects, Scenes, Track, rests
from .simulate import Simulator, advance, load_simulator, starting

NOISE_VELOCITY, NOISE_SPIN = 3e-3, 1.5e-2
"""The most noise of the newest velocity and spin, a random walk over the history, as standard deviations a frame."""
PULL = 0.2
"""What share of its drift in position an object is taught to make good in a frame."""
LARGEST = 20.0
"""Changes of velocity beyond so many scales count no more: what a script throws cannot be foretold."""
BETA = 0.1
"""Scales up to which errors count by their squares: collisions are rare and large."""
RESTING = 0.1
"""How much a resting mover counts against a moving one in the loss of accelerations."""
SHOWN_RESTING = 0.1
"""How often a frame comes in which nothing moves, against one with one moving object."""


@dataclass(frozen=True)
class Options:
    """Width and number of message-passing blocks, neighbours of each mover, windows a batch, frames a window is rolled
    out for, steps, and the highest learning rate."""

    width: int
    blocks: int
    neighbours: int
    batch: int
    horizon: int
    steps: int
    rate: float
    evaluated: int
    """Clips of the dev split that are rolled out at the end, at most."""


SIZES: dict[Size, Options] = {
    "tiny": Options(24, 2, 6, 8, 2, 100, 2e-3, 2),
    "small": Options(64, 3, 10, 16, 2, 6000, 1e-3, 16),
    "full": Options(128, 6, 12, 128, 4, 20000, 7e-4, 1000),
}


def said(line: str) -> None:
    """Print a line of a report at once."""
    print(line, flush=True)


def train(
    data: Path, out: Path, *, size: Size = "full", steps: int | None = None, seconds: float = float("inf"),
    seed: int = 0, device: str = "auto", resume: bool = False, classes: bool = False,
    report: Report = said,
) -> dict[str, Any]:  # fmt: skip
    """Train on a file's train split, write ``graph.safetensors``, ``dev.json`` and ``examples.png`` to ``out``.

    Returns the numbers of the dev split (see `measure`). With ``classes`` the network is told semantic classes.
    """
    options, chip = SIZES[size], device_of(device)
    clips = load_clips(data)
    scenes = Scenes([clip for clip in clips if clip.split == "train"], chip)
    torch.manual_seed(seed)
    network = GraphNetwork(options.width, options.blocks, classes=classes).to(chip)
    batches = Batches(scenes, options.batch, options.horizon)
    network.scale.copy_(batches.scale)
    run = Run(network, out / "checkpoint.pt", rate=options.rate, seed=seed, report=report, resume=resume)
    simulator = Simulator(network, options.neighbours)
    count = sum(parameter.numel() for parameter in network.parameters())
    report(f"{len(scenes)} machines, {count:,} parameters, {chip}")
    for step in run.steps(Budget(options.steps if steps is None else steps, seconds)):
        objects, track, state = batches.draw(run.generator(step))
        run.after_step(loss_of(simulator, objects, track, state))
    about = {
        "width": options.width, "blocks": options.blocks, "classes": classes, "neighbours": options.neighbours,
        "size": size, "steps": run.step, "seed": seed, "device": device_name(chip), "minutes": round(run.minutes, 2),
    }  # fmt: skip
    path = save_weights(run.averaged(), out / "graph.safetensors", about)
    held = [clip for clip in clips if clip.split == "dev"][: options.evaluated]
    if not held:
        report("there are no machines of the dev split in the data, so that nothing is measured")
        return about
    trained = load_simulator(path, str(chip))
    numbers = about | measure(trained, held)
    (out / "dev.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    report(json.dumps(numbers))
    picture(trained, held[:2], out / "examples.png")
    return numbers


class Batches:
    """Windows of clips by chance, those with more moving objects more often, and noise for their histories."""

    def __init__(self, scenes: Scenes, size: int, horizon: int) -> None:
        self.scenes, self.size, self.horizon = scenes, size, horizon
        awake, self.scale = _motion(scenes)
        frames = awake.shape[1]
        # A window begins HISTORY frames before the one that it goes on from, and ends with a coming velocity.
        last = scenes.lengths[:, None] - (HISTORY + horizon + 2)
        weight = awake[:, HISTORY:].sqrt() + SHOWN_RESTING
        weight = torch.where(torch.arange(frames - HISTORY) <= last, weight, 0.0)
        self.chances, self.wide = weight.double().flatten().cumsum(0), frames - HISTORY
        if self.chances[-1] == 0:
            raise LearningError(
                f"all clips are shorter than the {HISTORY + horizon + 2} frames of a window; record longer"
            )

    def draw(self, generator: torch.Generator) -> tuple[Objects, Track, State]:
        """The batch of a step: objects, true tracks, and states that they go on from, with noise."""
        device = self.scenes.position.device
        chance = torch.rand(self.size, generator=generator, dtype=torch.float64) * self.chances[-1]
        places = torch.searchsorted(self.chances, chance, right=True).clamp(max=len(self.chances) - 1)
        movers = self.scenes.objects.movers
        walk = torch.randn(self.size, HISTORY, movers, 6, generator=generator).cumsum(1) / HISTORY**0.5
        amount = torch.rand(self.size, 1, 1, 1, generator=generator)
        some = torch.rand(self.size, 1, movers, 1, generator=generator) < 0.5
        drawn = [places, walk * amount * some]
        if device.type == "cuda":
            drawn = [one.pin_memory().to(device, non_blocking=True) for one in drawn]
        places, noise = drawn
        which = torch.div(places, self.wide, rounding_mode="floor")
        objects = self.scenes.objects.pick(which)
        track = self.scenes.track(which, places % self.wide, HISTORY + self.horizon + 2)
        return objects, track, _noisy(starting(track, objects), objects, noise)


def _noisy(state: State, objects: Objects, noise: Tensor) -> State:
    """Noise on histories, and on the poses that they lead to (Sanchez-Gonzalez et al. 2020, Appendix)."""
    noise = noise * objects.is_mover[:, None, :, None]
    still = state.velocity.shape[2] - objects.movers
    moved, turned = (
        functional.pad(part * most, (0, 0, 0, still))
        for part, most in ((noise[..., :3], NOISE_VELOCITY), (noise[..., 3:], NOISE_SPIN))
    )
    return State(
        state.position + moved.sum(1),
        product(exponential(turned.sum(1)), state.quaternion),
        state.velocity + moved,
        state.spin + turned,
    )


def loss_of(simulator: Simulator, objects: Objects, track: Track, state: State) -> Tensor:
    """Mean loss of all frames of a batch's windows, each from the state that the prediction before led to.

    No gradient goes through time (the pushforward trick of Brandstetter et al. 2022). Wanted is the acceleration to the
    true coming velocity, and to a part of the way back to the true position.
    """
    count, scale, moves = objects.movers, simulator.network.scale, objects.is_mover
    frames = track.velocity.shape[1] - 1 - HISTORY
    total = torch.zeros((), device=scale.device)
    for at in range(HISTORY, HISTORY + frames):
        graph = simulator.graph(state, objects)
        made = simulator.predict(graph, objects)
        with torch.no_grad():
            velocity, spin = track.velocity[:, at, :count], track.spin[:, at, :count]
            resting = rests(velocity, spin) & moves
            drift = state.position[:, :count] - track.position[:, at, :count]
            linear = turned_back(graph.turn, velocity - PULL * drift - state.velocity[:, -1, :count]) / scale[2]
            angular = turned_back(graph.turn, spin - state.spin[:, -1, :count]) / scale[3]
            wanted = torch.cat([linear, angular], -1).clamp(-LARGEST, LARGEST)
            learnt = moves & ~track.launched[:, at]
            weight = torch.where(resting, RESTING, 1.0) * learnt
            state = advance(state, made, graph, scale, objects, track, at)
        apart = functional.smooth_l1_loss(made[..., :6], wanted, reduction="none", beta=BETA).sum(-1)
        gate = functional.binary_cross_entropy_with_logits(made[..., 6], resting.float(), reduction="none")
        total = (
            total
            + (apart * weight).sum() / weight.sum().clamp(min=1)
            + (gate * learnt).sum() / learnt.sum().clamp(min=1)
        )
    return total / frames


def _motion(scenes: Scenes) -> tuple[Tensor, Tensor]:
    """How many movers are awake in the step from each frame ``[C, T-1]``, and typical values ``[4]`` of what is awake:
    velocity, spin, and changes of both, a frame (the root mean square of one axis)."""
    count = scenes.objects.movers
    track_parts: list[list[Tensor]] = []
    awake = []
    for n in range(len(scenes)):
        one = torch.tensor([n], device=scenes.position.device)
        track = scenes.track(one, torch.zeros_like(one), scenes.position.shape[1])
        velocity, spin = track.velocity[0, :, :count], track.spin[0, :, :count]
        moving = ~rests(velocity, spin) & scenes.objects.is_mover[n]
        awake.append(moving.sum(-1))
        then = moving[1:]
        track_parts.append([velocity[1:][then], spin[1:][then], velocity.diff(dim=0)[then], spin.diff(dim=0)[then]])
    scale = [_typical(torch.cat([part[k] for part in track_parts])) for k in range(4)]
    return torch.stack(awake).float().cpu(), torch.stack(scale)


def _typical(values: Tensor) -> Tensor:
    return values.square().mean().sqrt().clamp(min=1e-3) if len(values) else torch.tensor(1e-2, device=values.device)
