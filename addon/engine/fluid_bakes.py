"""What was solved of fluids: the surface of a liquid or of smoke at each step of a run, kept in the user's cache folder
under a name that is made of all it depends on."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..geometry.surface_nets import surface
from ..models.local import model_folder
from ..scene_graph import FloatArray
from .protocol import EngineError

DENSE = 0.05
"""From which density on smoke counts as seen."""


class FluidError(EngineError):
    """A fluid that was not solved; the message says why and what to do. The scene is as it was."""


@dataclass(frozen=True, eq=False)
class Bake:
    """The surface of a fluid in the frame of its domain, closed triangles: ``vertices`` ``[N, 3]`` in m before the
    object's scale and ``triangles`` ``[M, 3]`` of all frames in a row, each frame's numbered from 0, and ``counts``
    ``[F, 2]`` of both."""

    vertices: NDArray[np.float32]
    triangles: NDArray[np.int32]
    counts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.counts)

    def frame(self, step: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Vertices and triangles at a step of the run; from the last on it stands still."""
        step = min(step, len(self.counts) - 1)
        ends = self.counts[: step + 1].sum(axis=0)
        (v, t), (nv, nt) = ends - self.counts[step], self.counts[step]
        return self.vertices[v : v + nv], self.triangles[t : t + nt]


def from_density(density: NDArray[np.floating], low: FloatArray, high: FloatArray) -> Bake:
    """The surface of smoke in cells that fill a box from ``low`` to ``high``; ``density`` is ``[F, Z, Y, X]``."""
    cell = (high - low) / np.array(density.shape[:0:-1])
    parts = [surface(frame.transpose(2, 1, 0), DENSE) for frame in density]
    places = [(low + (vertices + 0.5) * cell).astype(np.float32) for vertices, _ in parts]
    counts = np.array([[len(v), len(t)] for v, t in parts], dtype=np.int64)
    return Bake(np.concatenate(places), np.concatenate([t for _, t in parts]).astype(np.int32), counts)


def fluids_folder() -> Path:
    """Where what was solved is kept: ``CDYN_FLUID_DIR``, else a folder of ours in the user's cache folder."""
    chosen = os.environ.get("CDYN_FLUID_DIR")
    return Path(chosen) if chosen else model_folder().parent / "fluids"


def bake_path(key: str) -> Path:
    """The file of what was solved by its name."""
    return fluids_folder() / f"{key}.npz"


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> Bake:
    with np.load(path) as data:
        return Bake(data["vertices"], data["triangles"], data["counts"])


def load_bake(key: str) -> Bake:
    """What was solved, by its name. Raises FluidError where it is not there any more."""
    path = bake_path(key)
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):
        raise FluidError(f"what was solved of a fluid is not in {path}: solve it again with --solve") from None


def save_bake(key: str, bake: Bake) -> None:
    """Keep what was solved, whole or not at all. Raises FluidError."""
    path = bake_path(key)
    part = path.with_name(f".{key}.{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(part, vertices=bake.vertices, triangles=bake.triangles, counts=bake.counts)
        part.replace(path)
    except OSError as error:
        raise FluidError(disk_words(path.parent, error)) from None
    finally:
        part.unlink(missing_ok=True)


def disk_words(folder: Path, error: OSError) -> str:
    """Why a folder cannot be written, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk of {folder} is full: make room there, or choose another with CDYN_FLUID_DIR"
    return f"{folder} cannot be written: {error.strerror or error}"
