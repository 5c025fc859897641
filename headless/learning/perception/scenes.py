"""From clips to pictures with what is true of their objects: changed at random for training, as they are for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from addon.perception.camera import ELEVATION, Camera
from addon.perception.classes import CLASSES, FPS
from addon.perception.outputs import Level, symmetries

from ..frames.camera import camera_of
from ..frames.caster import draw, encoded, matrices
from ..frames.clips import Clip

OBJECTS = 64
"""Most objects of a scene."""
FLOOR, WALL = CLASSES.index("floor"), CLASSES.index("wall")
WHITE = (0.95, 0.95, 0.95)


@dataclass(frozen=True, eq=False)
class Scene:
    """P pairs of pictures of one clip under one camera, and what is true of its objects, M = `OBJECTS` places.

    ``now`` and ``before`` uint8 ``[P, 3, H, H]``, ``instance`` int8 ``[P, H, H]``, ``paired`` bool ``[P]`` (is there a
    picture before), ``view`` float16 ``[6, H, H]``, ``axes`` ``[3, 3]`` and ``eye`` (its height, ``[]``) of the level
    camera. ``kind`` ``[M]``, ``ball`` ``[M]``, ``half`` ``[M, 3]``, ``same`` ``[M, 24]``; ``color`` (sRGB as seen)
    ``[P, M, 3]``, ``lit`` ``[P, M]``, and in the level frame ``position`` ``[P, M, 3]``, ``turn`` ``[P, M, 3, 3]`` and
    ``velocity`` ``[P, M, 3]``, over the last 1/15 s.
    """

    now: torch.Tensor
    before: torch.Tensor
    instance: torch.Tensor
    paired: torch.Tensor
    view: torch.Tensor
    axes: torch.Tensor
    eye: torch.Tensor
    kind: torch.Tensor
    ball: torch.Tensor
    half: torch.Tensor
    same: torch.Tensor
    color: torch.Tensor
    lit: torch.Tensor
    position: torch.Tensor
    turn: torch.Tensor
    velocity: torch.Tensor


def scene_of(clip: Clip, camera: Camera, times: NDArray[np.int64], size: int, device: torch.device) -> Scene:
    """Draw a clip at some of its frames, each with the one before it."""
    if len(clip.kind) > OBJECTS:
        raise ValueError(f"{clip.name} has {len(clip.kind)} objects; the network is trained for at most {OBJECTS}")
    level = Level.of(camera)
    pairs = _frames(clip, np.concatenate([times, np.maximum(times - 1, 0)]))
    pictures = draw(pairs, camera, size, device=device)
    now, before = pictures.color.permute(0, 3, 1, 2).chunk(2)
    speed = (pairs.position[: len(times)] - pairs.position[len(times) :]) * FPS
    turn = level.frame @ matrices(torch.as_tensor(pairs.quaternion[: len(times)])).double().numpy()

    def put(values: NDArray[np.generic], where: int, kind: torch.dtype = torch.float32) -> torch.Tensor:
        wide = [(0, OBJECTS - len(clip.kind)) if axis == where else (0, 0) for axis in range(values.ndim)]
        return torch.as_tensor(np.pad(values, wide, mode="edge"), dtype=kind).to(device)

    def plain(values: NDArray[np.generic] | float, kind: torch.dtype = torch.float32) -> torch.Tensor:
        return torch.as_tensor(values, dtype=kind).to(device)

    return Scene(
        now,
        before,
        pictures.instance[: len(times)].to(torch.int8),
        plain(times > 0, torch.bool),
        plain(level.view(size), torch.float16),
        plain(level.axes),
        plain(level.height),
        put(clip.kind, 0, torch.int64),
        put(clip.shape == 1, 0),
        put(clip.half, 0),
        put(symmetries(clip.half), 0, torch.bool),
        put(encoded(torch.as_tensor(pairs.shown[: len(times)])).numpy(), 1),
        put(pairs.lit[: len(times)], 1),
        put((pairs.position[: len(times)] - level.ground) @ level.frame.T, 1),
        put(turn, 1),
        put(speed @ level.frame.T, 1),
    )


def varied(clip: Clip, rng: np.random.Generator, palette: NDArray[np.float32]) -> tuple[Clip, Camera]:
    """A clip changed at random, and a camera that sees it: mirrored, recoloured, with objects moved or left out, and
    turned around; so a few hundred layouts go a long way. A third is left in place, as tests will see them."""
    if rng.random() < 0.5:
        clip = _mirrored(clip)
    if rng.random() < 0.8:
        clip = replace(clip, color=_recolored(clip, rng, palette))
    if rng.random() < 0.5:
        clip = _moved(clip, rng)
    if rng.random() < 0.35:
        return clip, camera_of(clip)
    return clip, camera_of(clip, rng.uniform(-0.35, 0.35), ELEVATION + rng.uniform(-0.1, 0.1))


def palette_of(clips: Sequence[Clip]) -> NDArray[np.float32]:
    """The colours ``[K, 3]`` that objects have but white and the floor's grey, linear, in a fixed order."""
    found = np.unique(np.concatenate([clip.color[clip.kind != FLOOR] for clip in clips]), axis=0)
    return found[np.abs(found - np.array(WHITE, dtype=np.float32)).max(1) > 1e-3]


def times_of(clip: Clip, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Some frames of a clip; the first is always among them, for it is what machines are run from."""
    times = rng.integers(1, max(2, len(clip)), count)
    times[0] = 0
    return np.minimum(times, len(clip) - 1)


def _frames(clip: Clip, times: NDArray[np.int64]) -> Clip:
    return replace(clip, position=clip.position[times], quaternion=clip.quaternion[times], lit=clip.lit[times])


def _mirrored(clip: Clip) -> Clip:
    across, turn = np.array([-1, 1, 1], np.float32), np.array([1, 1, -1, -1], np.float32)
    return replace(clip, position=clip.position * across, quaternion=clip.quaternion * turn)


def _recolored(clip: Clip, rng: np.random.Generator, palette: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours of the palette are exchanged among themselves, so that what shared one still does."""
    if len(palette) == 0:
        return clip.color
    away = np.abs(clip.color[:, None] - palette).max(2)
    drawn = rng.permutation(len(palette))[away.argmin(1)]
    fresh = np.where(rng.random(len(drawn)) < 0.1, rng.integers(0, len(palette), len(drawn)), drawn)
    ours = (away.min(1) < 1e-3) & (clip.kind != FLOOR)
    return np.where(ours[:, None], palette[fresh], clip.color).astype(np.float32)


def _moved(clip: Clip, rng: np.random.Generator) -> Clip:
    count = len(clip.kind)
    fixed = (clip.kind == FLOOR) | (clip.kind == WALL)
    away = rng.normal(0, 0.15, (count, 3)) * (rng.random((count, 1)) < 0.3) * ~fixed[:, None]
    away[:, 2] = 0
    kept = fixed | (rng.random(count) > 0.06)
    arrays = {name: getattr(clip, name)[kept] for name in ("shape", "half", "color", "kind", "moves")}
    tracks = {
        "position": (clip.position + away.astype(np.float32))[:, kept],
        "quaternion": clip.quaternion[:, kept],
        "lit": clip.lit[:, kept],
    }
    names = tuple(name for name, keep in zip(clip.objects, kept, strict=True) if keep)
    return replace(clip, objects=names, **arrays, **tracks)
