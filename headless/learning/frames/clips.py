"""What is to be seen of a machine's run: boxes and balls with their poses at the frames of a video."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from addon.perception.classes import DIM

from ..errors import LearningError

BOX, BALL = 0, 1
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
    def digest(self) -> str:
        """Of all that is to be seen of it."""
        told = hashlib.sha256()
        for name in ("shape", "half", "position", "quaternion", "shown"):
            told.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return told.hexdigest()[:16]

    @property
    def shown(self) -> NDArray[np.float32]:
        """Colours as seen at each frame ``[T, N, 3]``, linear: what is off is dim."""
        return (self.color * np.where(self.lit, 1.0, DIM)[..., None]).astype(np.float32)


ARRAYS = ("shape", "half", "color", "kind", "moves")
TRACKS = ("position", "quaternion", "lit")


def save_clips(clips: Iterable[Clip], path: Path) -> None:
    """Write clips into one file; what keeps still is written once."""
    parts: dict[str, Any] = {}
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


def load_clips(path: Path, split: Split | None = None) -> list[Clip]:
    """The clips of a file, or of all of a folder, of a split or all. Raises LearningError if there are none."""
    paths = sorted(path.glob("clips_*.npz")) if path.is_dir() else [path]
    if not paths or not paths[0].exists():
        raise LearningError(f"there are no clips at {path}; make them: python -m headless learning frames --out {path}")
    found = [clip for one in paths for clip in _stored(one) if split in (None, clip.split)]
    if not found:
        raise LearningError(f"{path} has no clip of the split '{split}'; make clips of more machines")
    return found


def _stored(path: Path) -> list[Clip]:
    try:
        with np.load(path) as stored:
            return [_clip(stored, number, head) for number, head in enumerate(json.loads(str(stored["heads"])))]
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise LearningError(f"{path} holds no clips ({problem}); make them again") from None


def _clip(stored: Any, number: int, head: dict[str, Any]) -> Clip:
    tracks: dict[str, Any] = {}
    for name in TRACKS:
        first, moving, track = (stored[f"{number}/{name}{end}"] for end in ("", "/moving", "/track"))
        whole = np.repeat(first[None], len(track), axis=0)
        whole[:, moving] = track
        tracks[name] = whole
    arrays: dict[str, Any] = {name: stored[f"{number}/{name}"] for name in ARRAYS}
    return Clip(**{**head, "objects": tuple(head["objects"])}, **arrays, **tracks)
