"""What is to be seen of a machine's run: boxes and balls with their poses at the frames of a video."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

FPS = 15
"""Frames a second of the videos; a run has four times as many steps."""

CLASSES = (
    "ball", "block", "bucket", "bucket side", "conveyor", "counter", "crate", "domino", "door", "fan", "flag", "floor",
    "funnel", "hatch", "lamp", "lever", "lift", "load", "piston", "ramp", "rod", "stand", "step", "support", "table",
    "target", "trigger", "wall", "weight",
)  # fmt: skip
"""What the objects of PhysiBench are, by their semantic classes."""

BOX, BALL = 0, 1
DIM = 0.3
"""How much of its colour a lamp or device shows that is off."""

Split = Literal["train", "dev", "test"]


@dataclass(frozen=True, eq=False)
class Clip:
    """N objects over T frames at `FPS`; metres, the world's frame with z up, unit quaternions ``wxyz``.

    ``shape`` ``[N]`` is `BOX` or `BALL`, ``half`` ``[N, 3]`` the half extents, ``color`` ``[N, 3]`` linear RGB,
    ``kind`` ``[N]`` the place of its class in `CLASSES`. ``position`` ``[T, N, 3]``, ``quaternion`` ``[T, N, 4]``,
    ``lit`` ``[T, N]`` is False where an object that can be on is off. ``moves`` ``[N]`` tells what physics moves.
    """

    name: str
    split: Split
    seed: int
    objects: tuple[str, ...]
    shape: NDArray[np.uint8]
    half: NDArray[np.float32]
    color: NDArray[np.float32]
    kind: NDArray[np.int64]
    moves: NDArray[np.bool_]
    position: NDArray[np.float32]
    quaternion: NDArray[np.float32]
    lit: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.position)

    @property
    def shown(self) -> NDArray[np.float32]:
        """Colours as seen at each frame ``[T, N, 3]``, linear: what is off is dim."""
        return (self.color * np.where(self.lit, 1.0, DIM)[..., None]).astype(np.float32)


ARRAYS = ("shape", "half", "color", "kind", "moves")
TRACKS = ("position", "quaternion", "lit")


def save_clips(clips: Iterable[Clip], path: Path) -> None:
    """Write clips into one file; what keeps still is written once."""
    parts: dict[str, NDArray[Any]] = {}
    heads = []
    for number, clip in enumerate(clips):
        heads.append({"name": clip.name, "split": clip.split, "seed": clip.seed, "objects": clip.objects})
        parts |= {f"{number}/{name}": getattr(clip, name) for name in ARRAYS}
        for name in TRACKS:
            track = getattr(clip, name)
            moving = np.array([bool((track[:, n] != track[0, n]).any()) for n in range(track.shape[1])], dtype=bool)
            parts[f"{number}/{name}"] = track[0]
            parts[f"{number}/{name}/moving"] = moving
            parts[f"{number}/{name}/track"] = track[:, moving]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.npz")
    np.savez_compressed(beside, heads=np.array(json.dumps(heads)), **parts)
    beside.replace(path)


def load_clips(paths: Path | Sequence[Path], split: Split | None = None) -> list[Clip]:
    """The clips of one or several files, of a split or all."""
    found = []
    for path in [paths] if isinstance(paths, Path) else paths:
        with np.load(path) as stored:
            heads = json.loads(str(stored["heads"]))
            found += [_clip(stored, n, head) for n, head in enumerate(heads) if split in (None, head["split"])]
    return found


def _clip(stored: Any, number: int, head: dict[str, Any]) -> Clip:
    tracks = {}
    for name in TRACKS:
        first, moving, track = (stored[f"{number}/{name}{end}"] for end in ("", "/moving", "/track"))
        whole = np.repeat(first[None], len(track), axis=0)
        whole[:, moving] = track
        tracks[name] = whole
    arrays = {name: stored[f"{number}/{name}"] for name in ARRAYS}
    return Clip(**{**head, "objects": tuple(head["objects"])}, **arrays, **tracks)
