"""What code of a thing can call: meshes as dicts of ``vertices`` and ``faces``, in m, with faces outward.

This is source that goes to the script worker behind a model's code; it needs nothing but Python and ``math``.
"""

import math
from typing import Any


def box(width: float, depth: float, height: float) -> dict[str, Any]:
    """A box on the ground: x and y centred, from z = 0 up."""
    x, y = width / 2, depth / 2
    return loft(
        [
            [(-x, -y, 0.0), (x, -y, 0.0), (x, y, 0.0), (-x, y, 0.0)],
            [(-x, -y, height), (x, -y, height), (x, y, height), (-x, y, height)],
        ]
    )


def lathe(profile: Any, n: int = 24) -> dict[str, Any]:
    """A solid of revolution about z of (radius, height) points, from the bottom outside up; both ends are closed.

    A point of radius 0 may be the first and the last. For a vessel go up the outside, down the inside, and end at
    radius 0.
    """
    points = [(max(r, 0.0), z) for r, z in profile]
    if points[0][0] > 0.0:
        points = [(0.0, points[0][1]), *points]
    if points[-1][0] > 0.0:
        points = [*points, (0.0, points[-1][1])]
    rings = [[(r * math.cos(t), r * math.sin(t), z) for t in turns(n)] for r, z in points[1:-1]]
    return skin(rings, (0.0, 0.0, points[0][1]), (0.0, 0.0, points[-1][1]))


def cylinder(radius: float, height: float, n: int = 24) -> dict[str, Any]:
    """An upright cylinder on the ground."""
    return lathe([(radius, 0.0), (radius, height)], n)


def cone(radius: float, height: float, n: int = 24) -> dict[str, Any]:
    """An upright cone on the ground."""
    return lathe([(radius, 0.0), (0.0, height)], n)


def ball(radius: float, n: int = 24) -> dict[str, Any]:
    """A ball about the origin."""
    half = max(n // 2, 3)
    bows = [math.pi * i / half - math.pi / 2 for i in range(half + 1)]
    return lathe([(radius * math.cos(b) if 0 < i < half else 0.0, radius * math.sin(b)) for i, b in enumerate(bows)], n)


def tube(path: Any, radius: float, n: int = 10) -> dict[str, Any]:
    """A round bar along a path of (x, y, z) points, no two that follow each other the same."""
    rings = []
    side = None
    for i, point in enumerate(path):
        before, after = path[max(i - 1, 0)], path[min(i + 1, len(path) - 1)]
        along = unit([b - a for a, b in zip(before, after, strict=True)])
        if side is None or abs(dot(side, along)) > 0.99:
            side = [0.0, 0.0, 0.0]
            side[[abs(c) for c in along].index(min(abs(c) for c in along))] = 1.0
        flat = dot(side, along)
        side = unit([s - flat * a for s, a in zip(side, along, strict=True)])
        other = cross(along, side)
        rings.append(
            [
                tuple(
                    p + radius * (math.cos(t) * s + math.sin(t) * o) for p, s, o in zip(point, side, other, strict=True)
                )
                for t in turns(n)
            ]
        )
    return loft(rings)


def sheet(width: float, height: float, columns: int = 12, rows: int = 12) -> dict[str, Any]:
    """An open sheet in the plane of x and z, seen from -y: x centred, from z = 0 up. For cloth alone."""
    vertices = [
        ((c / columns - 0.5) * width, 0.0, r / rows * height) for r in range(rows + 1) for c in range(columns + 1)
    ]
    w = columns + 1
    faces = [
        [r * w + c, r * w + c + 1, (r + 1) * w + c + 1, (r + 1) * w + c] for r in range(rows) for c in range(columns)
    ]
    return {"vertices": vertices, "faces": faces}


def extruded(outline: Any, height: float) -> dict[str, Any]:
    """A flat outline of (x, y) points, anticlockwise from above, raised from z = 0."""
    return loft([[(x, y, 0.0) for x, y in outline], [(x, y, height) for x, y in outline]])


def loft(rings: Any) -> dict[str, Any]:
    """A solid through rings of as many (x, y, z) points each, anticlockwise as seen from where the last ring lies."""
    return skin(rings, None, None)


def skin(rings: Any, first: Any, last: Any) -> dict[str, Any]:
    """A solid through rings; its ends are a point each, or the flat rings themselves."""
    n = len(rings[0])
    vertices = [tuple(point) for ring in rings for point in ring]
    faces = []
    for k in range(len(rings) - 1):
        for i in range(n):
            j = (i + 1) % n
            faces.append([k * n + i, k * n + j, (k + 1) * n + j, (k + 1) * n + i])
    top = (len(rings) - 1) * n
    if first is None:
        faces.append(list(range(n - 1, -1, -1)))
    else:
        faces += [[len(vertices), (i + 1) % n, i] for i in range(n)]
        vertices.append(first)
    if last is None:
        faces.append(list(range(top, top + n)))
    else:
        faces += [[top + i, top + (i + 1) % n, len(vertices)] for i in range(n)]
        vertices.append(last)
    return {"vertices": vertices, "faces": faces}


def moved(mesh: Any, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> dict[str, Any]:
    """The same mesh elsewhere."""
    return {"vertices": [(a + x, b + y, c + z) for a, b, c in mesh["vertices"]], "faces": mesh["faces"]}


def stretched(mesh: Any, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> dict[str, Any]:
    """The same mesh stretched about the origin by factors above 0."""
    return {"vertices": [(a * x, b * y, c * z) for a, b, c in mesh["vertices"]], "faces": mesh["faces"]}


def turned(mesh: Any, degrees: float, axis: str = "z") -> dict[str, Any]:
    """The same mesh turned about an axis through the origin, anticlockwise as seen from its tip."""
    c, s, i = math.cos(math.radians(degrees)), math.sin(math.radians(degrees)), "xyz".index(axis)
    j, k = (i + 1) % 3, (i + 2) % 3
    found = []
    for point in mesh["vertices"]:
        new = list(point)
        new[j], new[k] = c * point[j] - s * point[k], s * point[j] + c * point[k]
        found.append(tuple(new))
    return {"vertices": found, "faces": mesh["faces"]}


def joined(meshes: Any) -> dict[str, Any]:
    """Several as one mesh; they may overlap."""
    vertices: list[Any] = []
    faces: list[Any] = []
    for mesh in meshes:
        faces += [[i + len(vertices) for i in face] for face in mesh["faces"]]
        vertices += mesh["vertices"]
    return {"vertices": vertices, "faces": faces}


def turns(n: int) -> list[float]:
    """Angles once round, in radians."""
    return [2 * math.pi * i / n for i in range(n)]


def dot(a: Any, b: Any) -> float:
    """The inner product of two vectors."""
    return float(sum(p * q for p, q in zip(a, b, strict=True)))


def cross(a: Any, b: Any) -> list[float]:
    """The outer product of two vectors."""
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def unit(a: Any) -> list[float]:
    """A vector of length 1 in a direction."""
    length = math.sqrt(dot(a, a)) or 1.0
    return [c / length for c in a]
