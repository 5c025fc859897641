"""Pictures and videos as files, and reading them into scene graphs; numpy and Pillow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from addon.scene_graph import Note, SceneGraph

from ..errors import LearningError
from ..frames.camera import Camera
from ..frames.clips import FPS
from .graph import graph_of
from .readers import SIDE, STRANGE, Reader

if TYPE_CHECKING:
    from PIL.Image import Image

SLACK = 0.2
"""By how much of 1/15 s two frames may be further apart or nearer: formats round times to 1 or 10 ms."""

Square = NDArray[np.uint8]
"""A square picture in sRGB ``[H, H, 3]``."""


def load_pictures(path: Path, frame: int | None = None) -> tuple[Square, Square | None]:
    """A picture and the one of 1/15 s before; None for that where the file holds one picture.

    Of a video (an animated WebP, PNG or GIF) it is ``frame``, else the first that has one 1/15 s before it. Raises
    LearningError for files that are none, of other shapes, or whose frames are at other times.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            count = getattr(opened, "n_frames", 1)
            if count == 1:
                if frame:
                    raise LearningError(f"{path} is a single picture, so it has no frame {frame}")
                return _square(opened, path), None
            if frame is not None and not 0 <= frame < count:
                raise LearningError(f"{path} has no frame {frame}: they are 0 to {count - 1}")
            starts = _starts(opened, count if frame is None else frame + 1)
            now, before = _pair(starts, frame, path)
            shots = []
            for number in (now, before):
                opened.seek(number)
                shots.append(_square(opened, path))
            return shots[0], shots[1] if now != before else None
    except (OSError, EOFError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise LearningError(f"{path} cannot be read as a picture: {problem}") from None


def _square(opened: Image, path: Path) -> Square:
    width, height = opened.size
    if width != height or width < SIDE:
        raise LearningError(
            f"{path} is {width} × {height} pixels; square pictures of {SIDE} or more can be read, as their camera is"
        )
    return np.asarray(opened.convert("RGB"), dtype=np.uint8)


def _starts(opened: Image, count: int) -> list[float]:
    """Seconds at which the first frames of a video begin."""
    starts, time = [], 0.0
    for number in range(count):
        opened.seek(number)
        opened.load()
        starts.append(time)
        time += float(opened.info.get("duration", 0.0)) / 1000
    return starts


def _pair(starts: list[float], frame: int | None, path: Path) -> tuple[int, int]:
    """The frame that is read, and the one 1/15 s before it; the same for the first, before which there is none."""
    for now in range(1, len(starts)) if frame is None else [frame]:
        if now == 0:
            return 0, 0
        apart = [abs((starts[now] - start) * FPS - 1) for start in starts[:now]]
        if min(apart) <= SLACK:
            return now, apart.index(min(apart))
    raise LearningError(
        f"{path} has no two frames that are 1/{FPS} s apart, over which speeds are read: give a video of {FPS}, "
        f"{2 * FPS} or {4 * FPS} frames a second, or a single picture"
    )


def graph_of_picture(
    picture: Path, camera: Camera, reader: Reader, before: Path | None = None, frame: int | None = None
) -> SceneGraph:
    """The scene graph of a picture or video; velocities are read where there is a picture of 1/15 s before.

    What is not sure is told in its notes, and whether it shows a machine at all. Raises LearningError for files that
    cannot be used, and what the reader raises.
    """
    now, earlier = load_pictures(picture, frame)
    if before is not None:
        earlier = load_pictures(before, 0)[0]
        if earlier.shape != now.shape:
            raise LearningError(f"{before} has another size than {picture}; give two of the same size, 1/{FPS} s apart")
    return told(graph_of(reader.read(now, camera, earlier)))


def told(graph: SceneGraph) -> SceneGraph:
    """The graph of what was read, with a note where it is likely that no machine was there to be read."""
    if not is_strange(graph):
        return graph
    text = "the picture most likely shows something else than a machine of this kind: little of it is sure"
    if not graph.objects:
        text = "nothing was recognised"
    note = Note(feature="confidence", text=f"{text}; what can be read is told in docs/learning.md")
    return graph.model_copy(update={"notes": (note, *graph.notes)})


def is_strange(graph: SceneGraph) -> bool:
    """Whether what was read is so little sure that the picture shows something else."""
    sure = [float(one.properties["confidence"]) for one in graph.objects]  # type: ignore[arg-type]
    return not sure or sum(sure) / len(sure) < STRANGE
