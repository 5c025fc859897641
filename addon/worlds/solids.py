"""Meshes as the library makes them: closed solids and open sheets, built, moved and joined as plain arrays.

Metres; faces are outward by the right-hand rule. All builders are deterministic.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from ..geometry.primitives import Faces, mesh_of
from ..scene_graph import FloatArray, Primitive
from .noise import noise

Point = tuple[float, float, float]
AnyPoint = TypeVar("AnyPoint", tuple[float, float], Point)


@dataclass(frozen=True, eq=False)
class Solid:
    """A mesh: vertices ``[V, 3]`` in m and faces as numbers of vertices."""

    vertices: FloatArray
    faces: Faces

    def finer(self) -> Solid:
        """The same with each face in as many quads as it has corners, which meet in its middle."""
        mids: dict[tuple[int, int], int] = {}
        points, faces = list(self.vertices), list[tuple[int, ...]]()

        def middle(a: int, b: int) -> int:
            key = (min(a, b), max(a, b))
            if key not in mids:
                mids[key] = len(points)
                points.append((self.vertices[a] + self.vertices[b]) / 2)
            return mids[key]

        for face in self.faces:
            sides = [middle(a, b) for a, b in zip(face, (*face[1:], face[0]), strict=True)]
            centre = len(points)
            points.append(self.vertices[list(face)].mean(axis=0))
            faces += [(corner, sides[n], centre, sides[n - 1]) for n, corner in enumerate(face)]
        return Solid(np.array(points), tuple(faces))

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
        """The same elsewhere, in m."""
        return Solid(self.vertices + np.array([x, y, z]), self.faces)

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Solid:
        """The same stretched about the origin, by ``x`` unless others are given for y and z; below 0 it is mirrored."""
        factors = np.array([x, x if y is None else y, x if z is None else z])
        turned = self.faces if np.prod(factors) > 0 else tuple(face[::-1] for face in self.faces)
        return Solid(self.vertices * factors, turned)

    def turned(self, degrees: float, axis: str = "z") -> Solid:
        """The same turned about an axis through the origin, anticlockwise as seen from its tip."""
        angle, i = math.radians(degrees), "xyz".index(axis)
        j, k = (i + 1) % 3, (i + 2) % 3
        matrix = np.eye(3)
        matrix[j, j], matrix[j, k], matrix[k, j], matrix[k, k] = (
            math.cos(angle),
            -math.sin(angle),
            math.sin(angle),
            math.cos(angle),
        )
        return Solid(self.vertices @ matrix.T, self.faces)

    def shaped(self, by: Callable[[FloatArray], FloatArray]) -> Solid:
        """The same with its vertices ``[V, 3]`` taken elsewhere by a function: bent, tapered, made rough."""
        return Solid(np.asarray(by(self.vertices), dtype=np.float64), self.faces)

    def standing(self) -> Solid:
        """The same on z = 0, the middle of its bounds in x and y over the origin."""
        x, y, _ = ((self.low + self.high) / 2).tolist()
        return self.moved(-x, -y, -float(self.low[2]))

    @property
    def low(self) -> FloatArray:
        """The smallest coordinates, ``[3]``."""
        low: FloatArray = self.vertices.min(axis=0)
        return low

    @property
    def high(self) -> FloatArray:
        """The greatest coordinates, ``[3]``."""
        high: FloatArray = self.vertices.max(axis=0)
        return high


def joined(solids: Iterable[Solid]) -> Solid:
    """Several as one mesh; they keep their own surfaces where they overlap. Raises ValueError for none."""
    vertices: list[FloatArray] = []
    faces: list[tuple[int, ...]] = []
    count = 0
    for solid in solids:
        vertices.append(solid.vertices)
        faces += [tuple(i + count for i in face) for face in solid.faces]
        count += len(solid.vertices)
    if not vertices:
        raise ValueError("there is nothing to join")
    return Solid(np.concatenate(vertices), tuple(faces))


def box(width: float, depth: float, height: float) -> Solid:
    """A box on the ground: x, y centred, from z = 0 up."""
    return _primitive("cube", width, depth, height).moved(z=height / 2)


def cylinder(radius: float, height: float, n: int = 24) -> Solid:
    """An upright cylinder on the ground."""
    return _primitive("cylinder", 2 * radius, 2 * radius, height, n).moved(z=height / 2)


def cone(radius: float, height: float, n: int = 24) -> Solid:
    """An upright cone on the ground."""
    return _primitive("cone", 2 * radius, 2 * radius, height, n).moved(z=height / 2)


def ball(radius: float, n: int = 24) -> Solid:
    """A sphere about the origin."""
    return _primitive("sphere", 2 * radius, 2 * radius, 2 * radius, n)


def egg(width: float, depth: float, height: float, n: int = 24) -> Solid:
    """An ellipsoid about the origin."""
    return _primitive("sphere", width, depth, height, n)


def _primitive(kind: str, x: float, y: float, z: float, n: int = 32) -> Solid:
    return Solid(*mesh_of(Primitive.model_validate({"kind": kind, "dimensions": (x, y, z), "segments": n})))


def lathe(profile: Sequence[tuple[float, float]], n: int = 32) -> Solid:
    """A solid of revolution about z of ``(radius, height)`` points, from the bottom outside up.

    A radius of 0 is a point of the axis; at an end that is not on the axis the solid is closed by a flat cap. For a
    vessel go up the outside and down the inside, and end on the axis.
    """
    rings: list[list[int]] = []
    vertices: list[Point] = []
    for radius, height in profile:
        count = 1 if radius <= 0.0 else n
        rings.append(list(range(len(vertices), len(vertices) + count)))
        angles = (2 * math.pi * i / n for i in range(count))
        vertices += [(max(radius, 0.0) * math.cos(a), max(radius, 0.0) * math.sin(a), height) for a in angles]
    faces: list[tuple[int, ...]] = []
    for low, high in itertools.pairwise(rings):
        faces += _band(low, high)
    if len(rings[0]) > 1:
        faces.append(tuple(reversed(rings[0])))
    if len(rings[-1]) > 1:
        faces.append(tuple(rings[-1]))
    return Solid(np.array(vertices), tuple(faces))


def _band(low: Sequence[int], high: Sequence[int]) -> list[tuple[int, ...]]:
    """The faces between two rings, of which one may be a point."""
    n = max(len(low), len(high))
    if len(low) == len(high) == 1:
        return []
    faces: list[tuple[int, ...]] = []
    for i in range(n):
        j = (i + 1) % n
        if len(low) == 1:
            faces.append((low[0], high[j], high[i]))
        elif len(high) == 1:
            faces.append((low[i], low[j], high[0]))
        else:
            faces.append((low[i], low[j], high[j], high[i]))
    return faces


def tube(path: Sequence[Point], radius: float | Sequence[float], n: int = 12, closed: bool = False) -> Solid:
    """A round bar along a path, with one radius or one a point; ``closed`` joins its ends to a ring.

    Two points of the path that follow each other must not be the same.
    """
    points = np.array(path, dtype=np.float64)
    radii = np.broadcast_to(np.array(radius, dtype=np.float64), (len(points),))
    before = np.roll(points, 1, axis=0) if closed else np.vstack([points[:1], points[:-1]])
    after = np.roll(points, -1, axis=0) if closed else np.vstack([points[1:], points[-1:]])
    along = after - before
    along /= np.linalg.norm(along, axis=1)[:, None]
    side = _any_across(along[0])
    rings = []
    for i, direction in enumerate(along):
        side = side - direction * float(side @ direction)
        side = side / np.linalg.norm(side) if np.linalg.norm(side) > 1e-9 else _any_across(direction)
        other = np.cross(direction, side)
        angles = 2 * math.pi * np.arange(n) / n
        rings.append(points[i] + radii[i] * (np.cos(angles)[:, None] * side + np.sin(angles)[:, None] * other))
    return _skin(np.array(rings), closed)


def _any_across(direction: FloatArray) -> FloatArray:
    axis = np.eye(3)[int(np.argmin(np.abs(direction)))]
    across = axis - direction * float(axis @ direction)
    unit: FloatArray = across / np.linalg.norm(across)
    return unit


def loft(rings: Sequence[Sequence[Point]]) -> Solid:
    """A solid through rings of as many points each, which run anticlockwise as seen from where the last ring lies."""
    return _skin(np.array(rings, dtype=np.float64), closed=False)


def _skin(rings: FloatArray, closed: bool) -> Solid:
    count, n = rings.shape[:2]
    numbers = np.arange(count * n).reshape(count, n).tolist()
    faces: list[tuple[int, ...]] = []
    for low, high in zip(numbers, numbers[1:] + (numbers[:1] if closed else []), strict=False):
        faces += _band(low, high)
    if not closed:
        faces += [tuple(reversed(numbers[0])), tuple(numbers[-1])]
    return Solid(rings.reshape(-1, 3), tuple(faces))


def extruded(outline: Sequence[tuple[float, float]], height: float) -> Solid:
    """A flat outline in x and y, anticlockwise, raised from z = 0 by a height in m."""
    return loft([[(x, y, 0.0) for x, y in outline], [(x, y, height) for x, y in outline]])


def profiled(outline: Sequence[tuple[float, float]], thick: float, axis: str = "x", bevel: float = 0.0) -> Solid:
    """A flat outline as seen from the side, as thick as said and centred along an axis, with its rims bevelled.

    For ``x`` its points are ``(y, z)`` seen from +x, for ``y`` they are ``(x, z)`` seen from -y; both anticlockwise.
    """
    points = np.array(outline, dtype=np.float64)
    middle, size = (points.min(axis=0) + points.max(axis=0)) / 2, np.ptp(points, axis=0)
    small, half = middle + (points - middle) * (1.0 - 2.0 * bevel / size), thick / 2
    layers = [(points, -half), (points, half)]
    if bevel > 0.0:
        layers = [(small, -half), (points, bevel - half), (points, half - bevel), (small, half)]
    if axis == "x":
        return loft([[(x, a, b) for a, b in flat.tolist()] for flat, x in layers])
    return loft([[(a, -y, b) for a, b in flat.tolist()] for flat, y in layers])


def ring(radius: float, thickness: float, n: int = 32, sides: int = 12) -> Solid:
    """A torus about z through the origin: radius of its middle line, and of the bar."""
    angles = [2 * math.pi * i / n for i in range(n)]
    return tube([(radius * math.cos(a), radius * math.sin(a), 0.0) for a in angles], thickness, sides, closed=True)


def sheet(width: float, height: float, columns: int, rows: int) -> Solid:
    """An open sheet in the plane of x and z, seen from -y: x centred, from z = 0 up. For cloth, flags and leaves."""
    x, z = np.linspace(-width / 2, width / 2, columns + 1), np.linspace(0.0, height, rows + 1)
    grid = np.stack([np.tile(x, rows + 1), np.zeros((columns + 1) * (rows + 1)), np.repeat(z, columns + 1)], axis=1)
    w = columns + 1
    faces = [
        (r * w + c, r * w + c + 1, (r + 1) * w + c + 1, (r + 1) * w + c) for r in range(rows) for c in range(columns)
    ]
    return Solid(grid, tuple(faces))


def relief(heights: FloatArray, width: float, depth: float, base: float) -> Solid:
    """A closed block whose top is a grid of heights ``[rows, columns]`` in m, and whose bottom is flat at z = ``base``.

    Its columns go along x and its rows along y, centred. ``base`` must be below all heights.
    """
    rows, columns = heights.shape
    x, y = np.linspace(-width / 2, width / 2, columns), np.linspace(-depth / 2, depth / 2, rows)
    top = np.stack([np.tile(x, rows), np.repeat(y, columns), heights.ravel()], axis=1)
    faces: list[tuple[int, ...]] = [
        (r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1, (r + 1) * columns + c)
        for r in range(rows - 1)
        for c in range(columns - 1)
    ]
    numbers = np.arange(rows * columns).reshape(rows, columns)
    rim = [*numbers[0, :-1], *numbers[:-1, -1], *numbers[-1, :0:-1], *numbers[:0:-1, 0]]
    low = np.array([[*top[i, :2], base] for i in rim])
    below = [rows * columns + i for i in range(len(rim))]
    faces += _band(below, [int(i) for i in rim])
    return Solid(np.concatenate([top, low]), (*faces, tuple(reversed(below))))


def rounded(width: float, depth: float, height: float, radius: float, n: int = 3) -> Solid:
    """A box on the ground with edges rounded by a radius of up to half its shortest side, in ``n`` steps."""
    r = min(radius, 0.49 * min(width, depth, height))
    steps = [math.pi / 2 * (i + 0.5) / n for i in range(n)]
    turns = [math.pi / 2 * quarter + a for quarter in range(4) for a in steps]
    x, y, z = width / 2 - r, depth / 2 - r, height / 2 - r

    def corner(t: float, up: float) -> Point:
        across, along, flat = math.cos(t), math.sin(t), r * math.cos(up)
        return (
            math.copysign(x, across) + flat * across,
            math.copysign(y, along) + flat * along,
            math.copysign(z, up) + r * math.sin(up),
        )

    whole = loft([[corner(t, up) for t in turns] for up in (*(-a for a in reversed(steps)), *steps)])
    fx, fy, fz = np.array([width, depth, height]) / (whole.high - whole.low)
    return whole.scaled(float(fx), float(fy), float(fz)).moved(z=height / 2)


def curve(points: Sequence[AnyPoint], steps: int = 4) -> list[AnyPoint]:
    """A smooth line through points of the plane or of space, with so many steps from each to the next."""
    p = np.array(points, dtype=np.float64)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    found: list[AnyPoint] = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        for t in np.arange(steps) / steps:
            at = b + (c - a) * t / 2 + (a - 2.5 * b + 2 * c - d / 2) * t**2 + (1.5 * (b - c) + (d - a) / 2) * t**3
            found.append(cast(AnyPoint, tuple(at.tolist())))
    found.append(points[-1])
    return found


def bars(path: Sequence[Point], radius: float, n: int = 6) -> tuple[Solid, ...]:
    """A straight bar from each point of a path to the next: the convex pieces of a `tube`."""
    return tuple(tube(ends, radius, n) for ends in itertools.pairwise(path))


def sectors(
    outside: Sequence[tuple[float, float]], inside: Sequence[tuple[float, float]], n: int = 10
) -> tuple[Solid, ...]:
    """The wall between two profiles of as many ``(radius, height)`` points, from the bottom up, in convex pieces.

    There are ``n`` around for each step of the profiles.
    """

    def corners(out: tuple[float, float], into: tuple[float, float], i: int) -> list[Point]:
        angles = [2 * math.pi * (i + k) / n for k in (0, 1)]
        ends = [(out, angles[0]), (out, angles[1]), (into, angles[1]), (into, angles[0])]
        return [(r * math.cos(a), r * math.sin(a), z) for (r, z), a in ends]

    bands = itertools.pairwise(zip(outside, inside, strict=True))
    return tuple(loft([corners(*low, i), corners(*high, i)]) for low, high in bands for i in range(n))


def hoop(outline: Sequence[tuple[float, float]], n: int = 32) -> Solid:
    """A ring about z with a closed outline of ``(radius, height)`` points, anticlockwise, as its section."""
    turns = 2 * math.pi * np.arange(n) / n
    section = np.array(outline, dtype=np.float64)
    x, y = np.cos(turns)[:, None] * section[:, 0], np.sin(turns)[:, None] * section[:, 0]
    rows = np.stack([x, y, np.broadcast_to(section[:, 1], x.shape)], axis=2)
    k = len(section)
    faces = [
        (i * k + j, (i + 1) % n * k + j, (i + 1) % n * k + (j + 1) % k, i * k + (j + 1) % k)
        for i in range(n)
        for j in range(k)
    ]
    return Solid(rows.reshape(-1, 3), tuple(faces))


def spindle(points: Sequence[Point], widths: Sequence[tuple[float, float]], n: int = 12, steps: int = 3) -> Solid:
    """A rounded body along a smooth line through points, as limbs, trunks and fish have it.

    ``widths`` has half its width (along x, as far as the line lets it) and half its height at each point. The ends are
    rounded off beyond the first and the last point.
    """
    line, sizes = np.array(curve(points, steps)), np.maximum(np.array(curve(widths, steps)), 1e-4)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    for end, way in ((0, -1.0), (-1, 1.0)):
        caps = [(way * rise * sizes[end].min(), part) for rise, part in ((0.6, 0.8), (0.92, 0.4))]
        extra = np.array([line[end] + rise * along[end] for rise, _ in caps])
        wide, ways = np.array([part * sizes[end] for _, part in caps]), np.repeat(along[[end]], 2, axis=0)
        order = (extra[::-1], wide[::-1], ways) if end == 0 else (extra, wide, ways)
        line, sizes, along = (
            np.vstack([new, old] if end == 0 else [old, new])
            for new, old in zip(order, (line, sizes, along), strict=True)
        )
    side = np.array([1.0, 0.0, 0.0]) - along * along[:, :1]
    flat = np.linalg.norm(side, axis=1) < 1e-6
    side[flat] = [0.0, 1.0, 0.0]
    side /= np.linalg.norm(side, axis=1)[:, None]
    up = np.cross(along, side)
    angles = 2 * math.pi * np.arange(n) / n
    across = np.cos(angles)[None, :, None] * (side * sizes[:, :1])[:, None]
    return _skin(line[:, None] + across + np.sin(angles)[None, :, None] * (up * sizes[:, 1:])[:, None], closed=False)


def rough(solid: Solid, share: float, size: float, seed: int) -> Solid:
    """A solid whose surface goes out from its middle and in by up to a share, over lengths of ``size`` m."""
    middle = (solid.low + solid.high) / 2
    return solid.shaped(lambda v: middle + (v - middle) * (1.0 + share * noise(v, size, seed))[:, None])


def flakes(bases: FloatArray, tips: FloatArray, sides: FloatArray) -> Solid:
    """Many flat leaves as closed meshes of four corners each: from bases to tips ``[N, 3]``, and half their widths as
    vectors ``[N, 3]`` across."""
    long = tips - bases
    normals = np.cross(long, sides)
    normals *= 0.25 * (np.linalg.norm(sides, axis=1) / np.linalg.norm(normals, axis=1))[:, None]
    middles = bases + 0.45 * long + normals
    corners = np.stack([bases, middles - sides, tips, middles + sides], axis=1)
    four = ((0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3))
    faces = tuple((4 * i + a, 4 * i + b, 4 * i + c) for i in range(len(bases)) for a, b, c in four)
    return Solid(corners.reshape(-1, 3), faces)
