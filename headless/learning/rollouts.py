"""Predicted videos of machines: a video model or slots go on from the first frames, with nothing true after these."""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import torch
from numpy.typing import NDArray

from .errors import LearningError
from .frames import Clip, camera_of, load_clips
from .frames.caster import draw
from .frames.clips import Split
from .frames.drawn import SIDE
from .slots.model import Rollout, imagine, load_model, show, watch
from .slots.slotformer import HISTORY
from .slots.videos import boxes_of, movers_of
from .training import Report, device_of, load_weights
from .video.model import VideoModel, load, rollout
from .video.transformer import GIVEN

PREDICTORS = ("video", "slots")
LAST = 1000
"""The last frame that is predicted."""
ALL, EVERY = 16, 20
"""So many frames are all kept, later ones now and then unless told."""
COARSER = (1, 2, 4, 8, 16, 32)
"""What colours may be rounded to for a smaller file; 1 is no rounding."""
HEADER = 400
"""Bytes at most that a machine's part of a file takes beside its own."""
AT_ONCE = 50
"""Machines at a time."""


@dataclass(frozen=True, eq=False)
class Rollouts:
    """B machines by ``names`` at F ``frames`` of which those before ``given`` are the true ones.

    ``pictures`` uint8 sRGB ``[B, F, 64, 64, 3]``; ``masks`` uint8 ``[B, F, 64, 64]`` has the slot that each pixel is
    of, 0 for none, where there are slots. ``about`` tells network, weights and what colours were rounded to.
    """

    names: tuple[str, ...]
    frames: tuple[int, ...]
    given: int
    pictures: NDArray[np.uint8]
    masks: NDArray[np.uint8] | None
    about: dict[str, Any]


def kept_of(last: int = LAST, every: int = EVERY) -> tuple[int, ...]:
    """The frames that are kept of those up to ``last``: the first ones, and of later ones each so many-th."""
    return tuple(k for k in range(last + 1) if k < ALL or k % every == 0)


def predict(
    network: str, weights: Path, data: Path, *, split: Split = "test", machines: Sequence[str] = (), last: int = LAST,
    every: int = EVERY, count: int | None = None, seed: int = 0, euler: int | None = None, device: str = "auto",
    report: Report = print,
) -> Rollouts:  # fmt: skip
    """Predict the first ``count`` machines of a split, or all, or those of some names, up to a ``last`` frame.

    The video model is given four frames, slots six and the boxes of what moves in the first; ``euler`` are the video
    model's steps from noise to frames, instead of its own. Raises LearningError.
    """
    if network not in PREDICTORS:
        raise LearningError(f"'{network}' predicts no videos; take {' or '.join(PREDICTORS)}")
    given = GIVEN if network == "video" else HISTORY
    if last < given:
        raise LearningError(f"the last frame has to be {given} or later, for those before are given")
    clips, kept, place = load_clips(data, split), kept_of(last, every), device_of(device)
    if unknown := set(machines) - {clip.name for clip in clips}:
        raise LearningError(f"{data} has no machine '{min(unknown)}' of the split '{split}'")
    clips = [clip for clip in clips if not machines or clip.name in machines][:count]
    made: list[Rollout] = []
    model = _video(weights, place, euler) if network == "video" else load_model(weights, place)
    for n in range(0, len(clips), AT_ONCE):
        part = clips[n : n + AT_ONCE]
        first = torch.stack([draw(clip, camera_of(clip), SIDE, slice(0, given), device=place).color for clip in part])
        if network == "video":
            made.append(Rollout(rollout(model, first, last + 1, seed + n)[:, list(kept)], torch.empty(0)))
        else:
            made.append(_slots(model, part, first, kept))
        report(f"predicted {n + len(part)} of {len(clips)} machines up to frame {last}")
    masks = torch.cat([one.masks for one in made]).cpu().numpy() if network == "slots" else None
    trained = {name: value for name, value in load_weights(weights)[1].items() if name != "settings"}
    about = {**trained, "network": network, "split": split, "rounded": 1, "noise": seed}
    if network == "video":
        about["euler"] = model.settings.euler
    return Rollouts(
        tuple(clip.name for clip in clips), kept, given, torch.cat([one.pictures.cpu() for one in made]).numpy(), masks,
        about,
    )  # fmt: skip


def _video(weights: Path, place: torch.device, euler: int | None) -> VideoModel:
    model = load(weights, place)
    return model if euler is None else replace(model, settings=replace(model.settings, euler=euler))


def _slots(model: Any, clips: Sequence[Clip], first: torch.Tensor, kept: Sequence[int]) -> Rollout:
    boxes = []
    for clip in clips:
        camera = camera_of(clip)
        boxes.append(boxes_of(clip, camera, movers_of(clip, camera), slice(0, 1))[0])
    known = torch.stack(boxes).to(first.device)
    seen, scene, used = watch(model, first, known)
    ahead, _, _ = imagine(model, first, known, max(kept) + 1 - HISTORY)
    later = [k - HISTORY for k in kept if k >= HISTORY]
    shown = show(model, torch.cat([seen, ahead[:, later]], 1), scene, used)
    return Rollout(torch.cat([first, shown.pictures[:, HISTORY:]], 1).cpu(), shown.masks.cpu())


def save_rollouts(made: Rollouts, path: Path, most: float = 15.0) -> int:
    """Write rollouts into at most so many megabytes; what colours had to be rounded to for it.

    Raises LearningError if even the coarsest are too many.
    """
    masks = {} if made.masks is None else _all_packed("masks", made.masks)
    for coarse in COARSER:
        parts = masks | _all_packed("pictures", _rounded(made.pictures, coarse))
        if sum(one.nbytes + HEADER for one in parts.values()) <= 1e6 * most:
            break
    else:
        raise LearningError(f"{len(made.names)} machines do not go into {most} megabytes; predict fewer, or allow more")
    head = {"names": made.names, "frames": made.frames, "given": made.given, **made.about, "rounded": coarse}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.npz")
    everything: dict[str, Any] = {"head": np.array(json.dumps(head)), **parts}
    np.savez(beside, **everything)
    beside.replace(path)
    return coarse


def load_rollouts(path: Path) -> Rollouts:
    """Read what `save_rollouts` wrote. Raises LearningError for other files."""
    try:
        with np.load(path) as stored:
            head = json.loads(str(stored["head"]))
            shape = (len(head["frames"]), SIDE, SIDE)
            count = range(len(head["names"]))
            pictures = np.stack([_unpacked(stored[f"pictures/{n}"], (*shape, 3)) for n in count])
            masks = np.stack([_unpacked(stored[f"masks/{n}"], shape) for n in count]) if "masks/0" in stored else None
    except (OSError, ValueError, KeyError, BadZipFile, lzma.LZMAError) as problem:
        raise LearningError(f"{path} holds no predicted videos ({problem}); make them again") from None
    names, frames, given = tuple(head.pop("names")), tuple(head.pop("frames")), head.pop("given")
    return Rollouts(names, frames, given, pictures, masks, head)


def _all_packed(name: str, values: NDArray[np.uint8]) -> dict[str, NDArray[np.uint8]]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {f"{name}/{n}": packed for n, packed in enumerate(pool.map(_packed, values))}


def _rounded(pictures: NDArray[np.uint8], coarse: int) -> NDArray[np.uint8]:
    if coarse == 1:
        return pictures
    return ((pictures.astype(np.uint16) + coarse // 2) // coarse * coarse).clip(0, 255).astype(np.uint8)


def _packed(frames: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bytes of ``[F, …]``, each frame as its difference from the one before."""
    away = np.diff(frames, axis=0, prepend=np.zeros_like(frames[:1]))
    return np.frombuffer(lzma.compress(away.tobytes(), preset=2), np.uint8)


def _unpacked(packed: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    away = np.frombuffer(lzma.decompress(packed.tobytes()), np.uint8).reshape(shape)
    return np.cumsum(away, axis=0, dtype=np.uint8)
