"""Pictures of planar bodies: x to the right, y up, no perspective."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path as File

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.patches import Polygon as Patch
from numpy.typing import NDArray

from addon.geometry.plane import Disc, Path, Piece, Pose, pieces_of
from addon.scene_graph import SceneObject, plane_angle, world_bounds
from addon.trace import Trace

Image = NDArray[np.uint8]
"""Rows, columns, red, green and blue."""

Color = str | tuple[float, float, float]

PIXELS = 512
"""Pixels along the longer side of a run's pictures."""

PLAIN: tuple[float, float, float] = (0.55, 0.55, 0.55)
"""The colour of what has no material."""


@dataclass(frozen=True)
class Drawn:
    """A body in a picture: its pieces, where it is (x, y in m, angle), and its colour."""

    pieces: Sequence[Piece]
    pose: Pose
    color: Color


def draw(bodies: Iterable[Drawn], low: tuple[float, float], high: tuple[float, float], pixels: int) -> Image:
    """A picture of the field between two corners in m; balls have a spoke, so that one sees them turn."""
    width, height = high[0] - low[0], high[1] - low[1]
    scale = pixels / max(width, height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    figure = Figure(figsize=(size[0] / 256, size[1] / 256), dpi=256)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.set_axis_off()
    for body in bodies:
        path = Path(np.array([body.pose[:2]]), np.array([body.pose[2]]))
        for piece in body.pieces:
            if isinstance(piece, Disc):
                center = path.place(piece.center[None])[0, 0]
                axes.add_patch(Circle(center, piece.radius, color=body.color, linewidth=0))
                spoke = path.place(np.array([[0.0, 0.0], [piece.radius * 0.8, 0.0]]))[0]
                axes.plot(*spoke.T, color="white", linewidth=0.3)
            else:
                axes.add_patch(Patch(path.place(piece.vertices)[0], color=body.color, linewidth=0))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="rgba")
    return np.frombuffer(buffer.getvalue(), dtype=np.uint8).reshape(size[1], size[0], 4)[..., :3]


def draw_run(trace: Trace, folder: File, frames: Sequence[int] = ()) -> list[File]:
    """Draw frames of a planar run (default: `Trace.spread`) as PNG files; returns their paths in order.

    The picture is the plane's field, or what the bodies take up over the run where it has none.
    """
    from PIL import Image as Picture  # Comes with matplotlib.

    folder.mkdir(parents=True, exist_ok=True)
    shown = {o.name: o for o in trace.scene.objects if o.geometry is not None and o.body is not None and not o.hidden}
    pieces = {name: pieces_of(obj) for name, obj in shown.items()}
    low, high = _field(trace, list(shown.values()))
    paths = []
    for frame in frames or trace.spread():
        bodies = [
            Drawn(pieces[name], _pose(trace, frame, b), shown_color(shown[name]))
            for b, name in enumerate(trace.bodies)
            if name in shown and trace.present[frame, b]
        ]
        paths.append(folder / f"frame_{frame:06d}.png")
        Picture.fromarray(draw(bodies, low, high, PIXELS)).save(paths[-1])
    return paths


def _pose(trace: Trace, frame: int, body: int) -> Pose:
    x, _, z = trace.position[frame, body]
    return float(x), float(z), plane_angle(trace.quaternion[frame, body].tolist())


def _field(trace: Trace, objects: Sequence[SceneObject]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Two corners in m."""
    plane = trace.scene.world.plane
    if plane is not None and plane.size is not None:
        unit = plane.meters_per_unit
        return (0.0, 0.0), (plane.size[0] * unit, plane.size[1] * unit)
    if not objects:
        return (0.0, 0.0), (1.0, 1.0)
    corners = [world_bounds(obj) for obj in objects]
    low, high = np.min([c[0] for c in corners], axis=0), np.max([c[1] for c in corners], axis=0)
    seen = trace.position[np.isfinite(trace.position).all(axis=2)]
    low, high = np.minimum(low, seen.min(axis=0)), np.maximum(high, seen.max(axis=0))
    return (float(low[0]), float(low[2])), (float(high[0]), float(high[2]))


def shown_color(obj: SceneObject) -> tuple[float, float, float]:
    """The colour of an object's material as a screen shows it."""
    if obj.material is None:
        return PLAIN
    light = np.clip(np.array(obj.material.color[:3]), 0.0, 1.0)
    r, g, b = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return float(r), float(g), float(b)
