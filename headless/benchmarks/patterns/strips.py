"""Strips of frames to judge events by: bodies in their colours with their numbers, their trails, contacts, the time.

A planar run is seen from the side; one in space from the side, x to the right, and from above, y upwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from addon.geometry.plane import Disc, pieces_of
from addon.geometry.poses import rotation_matrix
from addon.geometry.separation import ConvexShape
from addon.patterns.observation import Observation
from addon.scene_graph import FloatArray, SceneObject
from addon.trace import Trace

from ...planar.drawing import shown_color

SIDE, ABOVE = (0, 2), (0, 1)
"""The two coordinates that a view shows."""

FINE = 2
"""Pixels are drawn so many times finer, then averaged."""

TRAIL = 60
"""Frames over which a trail reaches back."""

MARGIN = 0.06
"""Room about what a picture must show, as a share of it."""

View = tuple[int, int]
Window = tuple[tuple[float, float], tuple[float, float]]
"""Lower and upper corner of what a picture shows, in m."""


@dataclass(frozen=True)
class Outline:
    """A part of a body: a ball of a radius about a point of its frame, or the corners ``[V, 3]`` of a convex solid."""

    points: FloatArray
    radius: float = 0.0


class Strip:
    """A run ready to be drawn. Pictures are arrays ``[H, W, 3]`` of bytes."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.planar = trace.scene.world.plane is not None
        self.views: tuple[View, ...] = (SIDE,) if self.planar else (SIDE, ABOVE)
        objects = {o.name: o for o in trace.scene.objects}
        self.objects = [objects[name] for name in trace.bodies]
        self.parts = [_outlines(o, self.planar) for o in self.objects]

    @cached_property
    def movable(self) -> NDArray[np.bool_]:
        """``[B]``: bodies that move in this run or could."""
        return Observation(self.trace).movable

    def spread(self, count: int) -> list[int]:
        """Frames from the first to the last motion, nearer to each other where more moves."""
        o = Observation(self.trace)
        speed = (o.point_speed / o.scales.speed)[:, o.movable].clip(max=4.0)
        weight = np.sqrt(speed).sum(axis=1) * (speed.max(axis=1, initial=0.0) > 0.02)
        if not weight.any():
            return [0, o.frames - 1]
        total = np.cumsum(weight)
        at = np.searchsorted(total, np.linspace(0.0, total[-1] * 0.9999, count - 1))
        return sorted({0, *at.tolist(), min(int(at[-1]) + 30, o.frames - 1)})

    def sheet(self, frames: Sequence[int], pixels: int, columns: int) -> NDArray[np.uint8]:
        """The whole scene in some frames, views of one frame above each other."""
        windows = [
            self.window(view, range(len(self.objects)), range(0, len(self.trace.position), 20)) for view in self.views
        ]
        return _grid([self._stacked(frame, windows, pixels) for frame in frames], columns)

    def moment(self, frames: Sequence[int], bodies: Sequence[int], pixels: int) -> NDArray[np.uint8]:
        """Some frames around a few bodies, side by side."""
        windows = [self.window(view, bodies, frames, 1.5) for view in self.views]
        return _grid([self._stacked(frame, windows, pixels) for frame in frames], len(frames))

    def window(self, view: View, bodies: Sequence[int], frames: Sequence[int], zoom: float = 1.0) -> Window:
        """What must be seen of bodies in some frames: movable ones whole, fixed ones as far as they are near."""
        plane = self.trace.scene.world.plane
        if plane is not None and plane.size is not None and zoom == 1.0:
            unit = plane.meters_per_unit
            return (-0.5, -0.5), (plane.size[0] * unit + 0.5, plane.size[1] * unit + 0.5)
        own = [b for b in bodies if self.movable[b]] or list(bodies)
        reach = np.array([np.linalg.norm(self.objects[b].dimensions) / 2 for b in own])
        place = self.trace.position[np.ix_(list(frames), own)][:, :, list(view)]
        low = np.nanmin(place - reach[:, None] * zoom, axis=(0, 1))
        high = np.nanmax(place + reach[:, None] * zoom, axis=(0, 1))
        middle, half = (low + high) / 2, (high - low) / 2 * (1 + MARGIN)
        if zoom != 1.0:
            half = np.full(2, half.max())
        return tuple((middle - half).tolist()), tuple((middle + half).tolist())

    def _stacked(self, frame: int, windows: Sequence[Window], pixels: int) -> NDArray[np.uint8]:
        images = [self.picture(frame, v, w, pixels) for v, w in zip(self.views, windows, strict=True)]
        return np.concatenate(images)

    def picture(self, frame: int, view: View, window: Window, pixels: int) -> NDArray[np.uint8]:
        """One frame in one view; ``pixels`` is the width."""
        from PIL import Image, ImageDraw  # Comes with matplotlib.

        (x0, y0), (x1, y1) = window
        scale = FINE * pixels / (x1 - x0)
        height = max(1, round((y1 - y0) * scale))
        image = Image.new("RGB", (FINE * pixels, height), "white")
        pen = ImageDraw.Draw(image)

        def at(points: FloatArray) -> list[tuple[float, float]]:
            return [((p[0] - x0) * scale, height - (p[1] - y0) * scale) for p in points.reshape(-1, 2).tolist()]

        order = np.argsort(self.movable, kind="stable")
        present = [int(b) for b in order if self.trace.present[frame, b] and not self.objects[b].hidden]
        for b in present:
            self._body(pen, frame, b, view, at, scale)
        for b in present:
            if self.movable[b]:
                trail = self.trace.position[max(frame - TRAIL, 0) : frame + 1, b][:, list(view)]
                pen.line(at(trail[np.isfinite(trail).all(axis=1)]), fill="#c000c0", width=FINE)
        for point in self.trace.contacts.point[self.trace.contacts.frame == frame][:, list(view)]:
            (x, y), r = at(point)[0], 2 * FINE
            pen.ellipse((x - r, y - r, x + r, y + r), fill="#ffd000", outline="black")
        for b in present:
            if self.movable[b] or self.planar:
                x, y = at(self.trace.position[frame, b, list(view)])[0]
                edge = 6 * FINE
                place = min(max(x, edge), FINE * pixels - edge), min(max(y, edge), height - edge)
                pen.text(
                    place,
                    str(b),
                    fill="white",
                    anchor="mm",
                    font_size=11 * FINE,
                    stroke_width=FINE,
                    stroke_fill="black",
                )
        pen.text((4 * FINE, 2 * FINE), str(frame), fill="#000080", font_size=13 * FINE)
        return np.asarray(image.resize((pixels, max(1, height // FINE)), Image.Resampling.BOX))

    def _body(self, pen: Any, frame: int, b: int, view: View, at: Any, scale: float) -> None:
        turn = rotation_matrix(self.trace.quaternion[frame, b])
        color = tuple(round(255 * c) for c in shown_color(self.objects[b]))
        for part in self.parts[b]:
            points = (self.trace.position[frame, b] + part.points @ turn.T)[:, list(view)]
            if part.radius:
                (x, y), r = at(points[:1])[0], part.radius * scale
                pen.ellipse((x - r, y - r, x + r, y + r), fill=color, outline="#505050")
                spoke = self.trace.position[frame, b] + (part.points[0] + [0.8 * part.radius, 0, 0]) @ turn.T
                pen.line([(x, y), *at(spoke[list(view)])], fill="white", width=FINE)
            else:
                pen.polygon(at(_hull(points)), fill=color, outline="#505050")


def _outlines(obj: SceneObject, planar: bool) -> list[Outline]:
    """The parts of a body in its own frame."""
    if planar:
        found = []
        for piece in pieces_of(obj):
            flat = piece.center[None] if isinstance(piece, Disc) else piece.vertices
            points = np.column_stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]])
            found.append(Outline(points, piece.radius if isinstance(piece, Disc) else 0.0))
        return found
    shape = ConvexShape.of(obj)
    if shape.corners is None:
        return [Outline(np.zeros((1, 3)), float(shape.half.max()))]
    if len(shape.corners) < 4:
        return [Outline(np.array(list(product((-1, 1), repeat=3))) * shape.half)]
    return [Outline(shape.corners)]


def _hull(points: FloatArray) -> FloatArray:
    try:
        return np.asarray(points[ConvexHull(points).vertices])
    except QhullError:
        return points


def _grid(images: Sequence[NDArray[np.uint8]], columns: int) -> NDArray[np.uint8]:
    """Pictures of one size in rows, with lines between."""
    height, width = (n + 3 for n in images[0].shape[:2])
    rows = -(-len(images) // columns)
    whole = np.full((rows * height, columns * width, 3), 120, dtype=np.uint8)
    for k, image in enumerate(images):
        y, x = k // columns * height, k % columns * width
        whole[y : y + height - 3, x : x + width - 3] = image
    return whole
