"""The network read on frames of clips as they are, and pictures of what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from addon.perception.camera import Camera
from addon.perception.classes import CLASSES
from addon.perception.outputs import Level
from addon.perception.reading import SIDE, Found, found_of, peaks

from ..frames.camera import camera_of
from ..frames.caster import draw
from ..frames.clips import Clip
from ..training import load_weights
from .bank import inputs_of
from .errors import Errors, Truth, at_threshold, truth_of
from .network import Network, unfolded
from .readers import Reader
from .scenes import scene_of

THRESHOLDS = (0.15, 0.175, 0.2, 0.225, 0.25, 0.3, 0.35, 0.4, 0.5)
INVENTED = 0.02
"""The largest share of invented readings that a threshold may let through."""

Reading = tuple[list[Found], Truth]


def read_many(
    network: Network, now: torch.Tensor, before: torch.Tensor, paired: torch.Tensor, camera: Camera, threshold: float
) -> list[list[Found]]:
    """What `reading.read_picture` gives, for B pictures uint8 ``[B, 3, H, H]`` under one camera, on their device."""
    size = now.shape[-1]
    view = torch.as_tensor(Level.of(camera).view(size), device=now.device).expand(len(now), -1, -1, -1)
    with torch.no_grad():
        logits, features = network(inputs_of(now.float() / 255, before.float() / 255, paired, view))
        heats = torch.sigmoid(logits[:, 0]).float().cpu().numpy()
        places = [peaks(heat) for heat in heats]
        most = max(1, *(len(one) for one in places))
        pixels = np.stack([np.pad(one, ((0, most - len(one)), (0, 0))) for one in places])
        said = network.say(features, torch.as_tensor(pixels, device=now.device)).cpu().numpy()
    return [
        found_of(said[n][: len(places[n])], places[n], heats[n], camera, bool(paired[n]), threshold)
        for n in range(len(now))
    ]


def readings(
    network: Network, clips: Sequence[Clip], size: int, device: torch.device, frames: int, threshold: float
) -> list[Reading]:
    """Readings and truth of some frames of each clip, evenly spread from the first on."""
    result = []
    for clip in clips:
        camera = camera_of(clip)
        times = np.linspace(0, len(clip) - 1, frames).round().astype(np.int64)
        scene = scene_of(clip, camera, times, size, device)
        found = read_many(network, scene.now, scene.before, scene.paired, camera, threshold)
        instance = scene.instance.cpu().numpy()
        result += [(found[n], truth_of(clip, int(time), instance[n])) for n, time in enumerate(times)]
    return result


def summary_at(read: Sequence[Reading], colors: NDArray[np.float32], threshold: float) -> dict[str, Any]:
    """The errors of readings that are at least so sure."""
    errors = Errors(colors)
    for found, truth in read:
        errors.add(at_threshold(found, threshold), truth)
    return {"threshold": threshold, **errors.summary()}


def best_summary(read: Sequence[Reading], colors: NDArray[np.float32]) -> dict[str, Any]:
    """The errors at the threshold that finds most with the right class, of those that invent few if there are any."""
    every = [summary_at(read, colors, threshold) for threshold in THRESHOLDS]
    modest = [one for one in every if one["read"] and one["invented"] <= INVENTED]
    if modest:
        return max(modest, key=lambda one: float(one["found_right_class"]))
    return max(every, key=lambda one: float(one["found_right_class"]) - 2 * float(one["invented"]))


def measure(weights: Path, clips: Sequence[Clip], frames: int, device: torch.device) -> dict[str, Any]:
    """The errors of a file of weights on frames of clips, at its own threshold; for the test split."""
    values, about = load_weights(weights)
    network = unfolded(values, about).to(device)
    read = readings(network, clips, about["picture"], device, frames, about["threshold"])
    return {**about, **summary_at(read, colors_of(clips), about["threshold"])}


def measure_reader(reader: Reader, clips: Sequence[Clip], frames: int) -> dict[str, Any]:
    """The errors of any reader on frames of clips, one picture at a time, each with the one before it."""
    errors = Errors(colors_of(clips))
    for clip in clips:
        camera = camera_of(clip)
        for time in np.linspace(0, len(clip) - 1, frames).round().astype(np.int64).tolist():
            shots = draw(clip, camera, SIDE, slice(max(time - 1, 0), time + 1))
            before, now = shots.color[0].numpy(), shots.color[-1].numpy()
            found = reader.read(now, camera, before if time else None)
            errors.add(found, truth_of(clip, time, shots.instance[-1].numpy()))
    return {"reader": reader.name, **errors.summary()}


def colors_of(clips: Sequence[Clip]) -> NDArray[np.float32]:
    """Each colour that is to be seen in clips ``[K, 3]``, linear."""
    seen = [np.unique(clip.shown.reshape(-1, 3), axis=0) for clip in clips]
    return np.unique(np.concatenate(seen).round(3), axis=0)


def as_clip(found: Sequence[Found]) -> Clip:
    """What was read, as a clip of one frame that can be drawn."""
    quaternion = np.array([one.quaternion for one in found], np.float32).reshape(1, -1, 4)
    return Clip(
        "found",
        "dev",
        0,
        tuple(f"{one.kind} {n}" for n, one in enumerate(found)),
        np.array([one.shape == "ball" for one in found], np.uint8),
        np.array([one.half for one in found], np.float32).reshape(-1, 3),
        np.array([one.color for one in found], np.float32).reshape(-1, 3),
        np.array([CLASSES.index(one.kind) for one in found], np.int64),
        np.zeros(len(found), bool),
        np.array([one.position for one in found], np.float32).reshape(1, -1, 3),
        quaternion,
        np.ones((1, len(found)), bool),
    )


def write_examples(
    path: Path, network: Network, clips: Sequence[Clip], size: int, device: torch.device, threshold: float
) -> None:
    """Pictures of clips' middles on the left, what was read from them on the right, two clips a row."""
    from PIL import Image

    tiles = []
    for clip in clips:
        camera = camera_of(clip)
        scene = scene_of(clip, camera, np.array([len(clip) // 2]), size, device)
        found = read_many(network, scene.now, scene.before, scene.paired, camera, threshold)[0]
        true = scene.now[0].permute(1, 2, 0)
        right = draw(as_clip(found), camera, size, device=device).color[0] if found else torch.zeros_like(true)
        tiles.append(torch.cat([true, right], 1).cpu().numpy())
    tiles += [np.zeros_like(tiles[0])] * (len(tiles) % 2)
    rows = [np.concatenate(tiles[n : n + 2], 1) for n in range(0, len(tiles), 2)]
    whole = Image.fromarray(np.concatenate(rows))
    whole.resize((whole.width * 2, whole.height * 2), Image.Resampling.NEAREST).save(path)
