"""How well a simulator foretells one frame and whole rollouts, against two trivial predictors, and what is in what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from addon.perception.classes import FPS

from ..frames.camera import camera_of
from ..frames.caster import draw
from ..frames.clips import Clip
from .features import State
from .geometry import conjugate, logarithm, product
from .scenes import HISTORY, Objects, Scenes, Track, rests
from .simulate import SURE, Simulator, advance, roll, rollout, starting

HORIZONS = (5, 15, 60, 150, 240)
"""Frames after the start at which rollouts are compared with the truth."""
SHOWN = (0, 15, 30, 60, 120, 240)
GRAVITY = 9.81 / FPS**2
"""Metres a frame, every frame."""
MOVED = 0.01
"""Metres from its start from which a mover counts as moved."""
EVERY_STEP, EVERY_DEPTH = 4, 10
"""Of how many frames one is looked at for one-step errors, and for depths."""
AT_ONCE = 128
"""Windows simulated at a time."""


@dataclass(frozen=True, eq=False)
class _Ahead:
    """One-step errors ``[n]`` of movers in metres, by predictor, and of turns in radians; which movers are awake."""

    ours: Tensor
    ballistic: Tensor
    stays: Tensor
    turn: Tensor
    spins: Tensor
    awake: Tensor
    rested: Tensor


@torch.no_grad()
def measure(simulator: Simulator, clips: Sequence[Clip]) -> dict[str, Any]:
    """Errors of movers over clips; no shape can change, so that its drift is 0 by construction.

    ``one_step`` errors are means in metres from true states, over all movers and over those awake. ``rollout`` gives,
    for each horizon in frames, medians and means over all movers and over those that truly moved until then, in metres
    and in sizes of the object (twice the geometric mean of its half extents): of the simulator (``ours``), of constant
    velocity and gravity down to the floor (``ballistic``), and of movers that stay (``stays``). ``depth`` is the mean
    over movers and frames of how deep, in metres, each is in what it is deepest in, in the rollouts and in truth. In
    ``without_launches`` the simulator is not told what a script throws; the trivial predictors never are.
    """
    scenes = Scenes(clips, simulator.device)
    aided = _rollouts(simulator, scenes)
    numbers: dict[str, Any] = {"machines": len(clips), "movers": int(scenes.objects.is_mover.sum()), "shape_drift": 0.0}
    numbers |= {"launches": int(scenes.launched.sum()), "one_step": _one_step(simulator, scenes)} | aided
    unaided = _rollouts(simulator, Scenes(clips, simulator.device, launches=False))
    return numbers | {"without_launches": unaided}


def _horizons(scenes: Scenes) -> list[int]:
    """Those that end within the shortest clip; the first in any case."""
    return [frames for frames in HORIZONS if frames in (HORIZONS[0], *range(int(scenes.lengths.min()) - HISTORY))]


def _rollouts(simulator: Simulator, scenes: Scenes) -> dict[str, Any]:
    parts = torch.arange(len(scenes), device=simulator.device).split(AT_ONCE)
    rolled = [_rolled(simulator, scenes, part) for part in parts]
    error, moved, size = (torch.cat([one[k] for one in rolled]) for k in range(3))
    depths = torch.stack([one[3] for one in rolled]).mean(0).tolist()
    return {
        "rollout": {str(frames): _at(error[:, :, k], moved[:, k], size) for k, frames in enumerate(_horizons(scenes))},
        "depth": {"rollout": _rounded(depths[0]), "truth": _rounded(depths[1])},
    }


def ballistic(objects: Objects, position: Tensor, velocity: Tensor, frames: int) -> Tensor:
    """Positions ``[B, M, 3]`` after so many frames of free flight that the floor stops, from ``[B, M, 3]``."""
    count = objects.movers
    fall = torch.tensor([0.0, 0.0, GRAVITY * frames * (frames + 1) / 2], device=position.device)
    new = position + velocity * frames - fall
    # What lies below its own height over the floor at the start, if that is less than its size, has landed.
    height = torch.minimum(position[..., 2], objects.floor[:, None] + objects.half[:, :count].amin(-1))
    return torch.cat([new[..., :2], torch.maximum(new[..., 2], height)[..., None]], -1)


def _one_step(simulator: Simulator, scenes: Scenes) -> dict[str, Any]:
    device = simulator.device
    places = [
        (n, first)
        for n, length in enumerate(scenes.lengths.tolist())
        for first in range(0, length - HISTORY - 2, EVERY_STEP)
    ]
    found = []
    for part in torch.tensor(places, device=device).split(AT_ONCE):
        objects = scenes.objects.pick(part[:, 0])
        found.append(_ahead(simulator, objects, scenes.track(part[:, 0], part[:, 1], HISTORY + 3)))
    names = _Ahead.__annotations__
    whole = _Ahead(**{name: torch.cat([getattr(one, name) for one in found]) for name in names})
    awake = whole.awake
    numbers: dict[str, Any] = {"awake": _rounded(awake.float().mean())}
    for name in ("ours", "ballistic", "stays"):
        values = getattr(whole, name)
        numbers[name] = {"all": _rounded(values.mean()), "awake": _rounded(values[awake].mean())}
    numbers["turn"] = {"ours": _rounded(whole.turn[awake].mean()), "constant_spin": _rounded(whole.spins[awake].mean())}
    numbers["rest_found"] = _rounded(whole.rested[~awake].float().mean())
    numbers["rest_invented"] = _rounded(whole.rested[awake].float().mean())
    return numbers


def _ahead(simulator: Simulator, objects: Objects, track: Track) -> _Ahead:
    count, moves = objects.movers, objects.is_mover
    state = starting(track, objects)
    graph = simulator.graph(state, objects)
    made = simulator.predict(graph, objects)
    new = advance(state, made, graph, simulator.network.scale, objects, track, HISTORY)
    true = track.position[:, HISTORY + 1, :count]
    position, velocity = state.position[:, :count], state.velocity[:, -1, :count]
    free = ballistic(objects, position, velocity, 1)
    turn = product(track.quaternion[:, HISTORY + 1, :count], conjugate(new.quaternion[:, :count]))
    spins = track.spin[:, HISTORY, :count] - state.spin[:, -1, :count]
    awake = ~rests(track.velocity[:, HISTORY, :count], track.spin[:, HISTORY, :count])
    values = (
        (new.position[:, :count] - true).norm(dim=-1), (free - true).norm(dim=-1), (position - true).norm(dim=-1),
        logarithm(turn).norm(dim=-1), spins.norm(dim=-1), awake, made[..., 6] > SURE,
    )  # fmt: skip
    return _Ahead(*(one[moves & ~track.launched[:, HISTORY]] for one in values))


def _rolled(simulator: Simulator, scenes: Scenes, part: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Errors ``[n, 3, H]`` of movers by predictor and horizon, which moved ``[n, H]``, sizes, mean depths ``[2]``."""
    objects, start = scenes.objects.pick(part), HISTORY
    count, moves = objects.movers, objects.is_mover
    horizons = _horizons(scenes)
    track = scenes.track(part, torch.zeros_like(part), start + horizons[-1] + 2)
    deep: list[Tensor] = []

    def heard(at: int, state: State) -> None:
        if at % EVERY_DEPTH == (start + 1) % EVERY_DEPTH:
            both = (state, starting(track, objects, at))
            deep.append(torch.stack([_deepest(simulator, one, objects)[moves].mean() for one in both]))

    made = roll(simulator, objects, track, start, heard)
    begin, velocity = track.position[:, start, :count], track.velocity[:, start - 1, :count]
    errors, moved = [], []
    for frames in horizons:
        true = track.position[:, start + frames, :count]
        guesses = (made.position[:, start + frames, :count], ballistic(objects, begin, velocity, frames), begin)
        errors.append(torch.stack([(guess - true).norm(dim=-1)[moves] for guess in guesses], -1))
        path = (track.position[:, start : start + frames + 1, :count] - begin[:, None]).norm(dim=-1).amax(1)
        moved.append(path[moves] > MOVED)
    size = 2 * objects.half[:, :count].log().mean(-1).exp()[moves]
    return torch.stack(errors, -1), torch.stack(moved, -1), size, torch.stack(deep).mean(0)


def _deepest(simulator: Simulator, state: State, objects: Objects) -> Tensor:
    graph = simulator.graph(state, objects)
    return (-graph.distance.masked_fill(~graph.near, torch.inf).amin(-1)).clamp(min=0)


def _at(error: Tensor, moved: Tensor, size: Tensor) -> dict[str, Any]:
    found: dict[str, Any] = {"moved": int(moved.sum())}
    for k, name in enumerate(("ours", "ballistic", "stays")):
        found[name] = {}
        for group, chosen in (("all", torch.ones_like(moved)), ("moved", moved)):
            metres, sizes = error[chosen, k], (error[:, k] / size)[chosen]
            found[name][group] = {
                "median_m": _rounded(metres.median()), "mean_m": _rounded(metres.mean()),
                "median_sizes": _rounded(sizes.median()), "mean_sizes": _rounded(sizes.mean()),
            } if len(metres) else None  # fmt: skip
    return found


def _rounded(value: Tensor | float) -> float | None:
    """Five places; None where there was nothing to take a mean of."""
    number = float(value)
    return round(number, 5) if np.isfinite(number) else None


def picture(simulator: Simulator, clips: Sequence[Clip], path: Path, size: int = 96) -> None:
    """Draw clips as they were and as they are rolled out, one over the other; columns are the frames `SHOWN`."""
    from PIL import Image

    rows = []
    for clip in clips:
        frames = np.minimum(np.array(SHOWN), len(clip) - 1)
        made = rollout(simulator, clip)
        for position, quaternion in ((clip.position, clip.quaternion), made):
            shown = replace(clip, position=position[frames], quaternion=quaternion[frames], lit=clip.lit[frames])
            color = draw(shown, camera_of(clip), size, samples=3, device=simulator.device).color
            rows.append(np.concatenate(list(color.cpu().numpy()), 1))
    Image.fromarray(np.concatenate(rows, 0)).save(path)
