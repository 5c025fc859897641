"""Pictures for whoever looks at things and runs: a thing from two sides, and a run as sheets of small frames.

The files hold nothing but the picture, so that the same picture is the same file.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import bpy
import numpy as np

from ..scene_graph import Camera, SceneGraph, SceneObject, world_bounds
from ..scene_graph.base import Quaternion, Vec3
from ..trace import Trace
from .build import build_scene
from .film import put_on_timeline, take_pictures
from .protocol import EngineError
from .render import set_up, write_picture

FRAMES = 24
COLUMNS, ROWS = 4, 3
"""Frames of a sheet, in reading order."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"

SMALL = (320, 180)
RAYS = 8
"""Rays a pixel of a small frame."""

SQUARE = (384, 384)
LENS = 50.0
FAR = 3.4
"""How far the camera stands from a thing, over half its diagonal."""

SIDES: dict[str, tuple[Vec3, Quaternion]] = {
    "front": ((0.0, -1.0, 0.0), (0.5**0.5, 0.5**0.5, 0.0, 0.0)),
    "side": ((1.0, 0.0, 0.0), (0.5, 0.5, 0.5, 0.5)),
}
"""Where the camera stands, and how it is turned."""


def thing_pictures(objects: Sequence[SceneObject], folder: Path) -> list[Path]:
    """Pictures of objects, ``front.png`` and ``side.png``; not made anew where they are there and whole.

    Raises EngineError.
    """
    paths = [folder / f"{side}.png" for side in SIDES]
    if all(is_whole(path) for path in paths):
        return paths
    _make(folder)
    bare = tuple(o.model_copy(update={"rigid_body": None, "parent": None, "elements": ()}) for o in objects)
    boxes = [world_bounds(o) for o in bare if o.geometry is not None and not o.hidden]
    low, high = np.min([b[0] for b in boxes], axis=0), np.max([b[1] for b in boxes], axis=0)
    middle, far = (low + high) / 2, FAR * float(np.linalg.norm(high - low)) / 2
    for path, (way, turn) in zip(paths, SIDES.values(), strict=True):
        x, y, z = (float(c) for c in middle + far * np.array(way))
        camera = Camera(location=(x, y, z), rotation=turn, lens=LENS)
        scene = build_scene(SceneGraph(name="thing", objects=bare, camera=camera))
        set_up(scene, SQUARE)
        with tempfile.TemporaryDirectory() as temporary:
            _write(path, pixels_of(write_picture(scene, Path(temporary), 0)))
    return paths


def run_sheets(graph: SceneGraph, trace: Trace, folder: Path) -> list[Path]:
    """`FRAMES` frames spread over a run, on sheets ``sheet-1.png`` and so on; not made anew where they are there and
    whole.

    Raises EngineError.
    """
    last, each = len(trace.position) - 1, COLUMNS * ROWS
    frames = sorted({round(i * last / (FRAMES - 1)) for i in range(FRAMES)})
    paths = [folder / f"sheet-{n + 1}.png" for n in range(-(-len(frames) // each))]
    if all(is_whole(path) for path in paths):
        return paths
    _make(folder)
    scene = put_on_timeline(graph, trace)
    with tempfile.TemporaryDirectory() as temporary:
        small = [pixels_of(p) for p in take_pictures(scene, Path(temporary), frames, SMALL, RAYS)]
    for number, path in enumerate(paths):
        _write(path, _sheet(small[number * each : (number + 1) * each]))
    return paths


def is_whole(path: Path) -> bool:
    """Whether a file is a PNG picture with all its chunks, each of which fits its checksum."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    at, kind = len(SIGNATURE) if data.startswith(SIGNATURE) else len(data), b""
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind, told = data[at + 4 : at + 8], data[end - 4 : end]
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(told, "big"):
            return False
        at = end
    return kind == b"IEND" and at == len(data)


def _make(folder: Path) -> None:
    """Make the folder of pictures before any is taken, which takes long. Raises EngineError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "a file is in the way" if isinstance(error, (FileExistsError, NotADirectoryError)) else error.strerror
        raise EngineError(f"the folder of pictures {folder} cannot be written: {why}") from None


def pixels_of(path: Path) -> np.ndarray:
    """The pixels ``[height, width, 3]`` of a picture, bytes from the top left. Raises EngineError."""
    try:
        image = bpy.data.images.load(str(path), check_existing=False)
    except RuntimeError as error:
        raise EngineError(f"the picture {path} cannot be read: {error}") from None
    try:
        width, height = image.size
        flat = np.empty(width * height * image.channels, dtype=np.float32)
        image.pixels.foreach_get(flat)
    finally:
        bpy.data.images.remove(image)
    whole = flat.reshape(height, width, -1)[::-1, :, :3]
    return np.round(whole * 255.0).clip(0, 255).astype(np.uint8)


def _sheet(small: Sequence[np.ndarray]) -> np.ndarray:
    """Frames in rows, with white where there are none."""
    height, width = small[0].shape[:2]
    whole = np.full((-(-len(small) // COLUMNS) * height, COLUMNS * width, 3), 255, dtype=np.uint8)
    for number, frame in enumerate(small):
        row, column = divmod(number, COLUMNS)
        whole[row * height : (row + 1) * height, column * width : (column + 1) * width] = frame
    return whole


def _write(path: Path, pixels: np.ndarray) -> None:
    """Write a PNG file under a temporary name, then rename it. Raises EngineError."""
    height, width = pixels.shape[:2]
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), pixels.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    parts = [struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in chunks]
    part = path.with_suffix(".part")
    try:
        part.write_bytes(SIGNATURE + b"".join(parts))
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise EngineError(f"the picture {path} cannot be written: {error.strerror}") from None
