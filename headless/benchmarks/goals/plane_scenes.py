"""Scenes that are a plane, in pixels; the user places the red ball, which is all that a run's numbers say."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from addon.geometry.plane import Path, nearest, pieces_of
from addon.scene_graph import SceneGraph

from ..puzzles.scene import METRES, Point, Role, Shape, Thing, box, puzzle_scene, walls
from .scenes import Numbers, Scene

ROOM = 1.5
"""Gap in pixels that the red ball has at least to everything when it is placed."""

RED = "red ball"
PLACES = ((8.0, 248.0), (8.0, 246.0), (5.0, 15.0))
"""Bounds of x, y and radius in pixels."""


def bar(name: str, x: float, y: float, width: float, height: float, **more: object) -> Thing:
    """A bar with its middle at (x, y); ``degrees`` turn it counterclockwise."""
    return _thing("bar", name, x, y, (box(width, height),), **more)


def ball(name: str, x: float, y: float, radius: float, role: Role = "", color: str = "gray") -> Thing:
    """A ball that falls and rolls."""
    return Thing("ball", x, y, radius=radius, dynamic=True, role=role, color=color, name=name)


def jar(name: str, x: float, y: float, width: float, height: float, **more: object) -> Thing:
    """A jar that is open at the top, on whose bottom (x, y) is."""
    wall = 4.0
    side, bottom = box(wall, height), box(width, wall)
    reach = (width - wall) / 2
    polygons = (bottom, _moved(side, -reach, (height - wall) / 2), _moved(side, reach, (height - wall) / 2))
    return _thing("jar", name, x, y + wall / 2, polygons, **more)


def _moved(polygon: tuple[Point, ...], x: float, y: float) -> tuple[Point, ...]:
    return tuple((px + x, py + y) for px, py in polygon)


def _thing(
    shape: Shape,
    name: str,
    x: float,
    y: float,
    polygons: tuple[tuple[Point, ...], ...],
    *,
    degrees: float = 0.0,
    dynamic: bool = False,
    role: Role = "",
    color: str = "black",
) -> Thing:
    angle = math.radians(degrees)
    return Thing(shape, x, y, angle, polygons=polygons, dynamic=dynamic, role=role, color=color, name=name)


def _with_red(name: str, *things: Thing) -> Callable[[Numbers], SceneGraph]:
    """The scene of a run: the things, the walls and the red ball where the user placed it."""

    def build(numbers: Numbers) -> SceneGraph:
        x, y, radius = numbers
        return puzzle_scene(name, (ball(RED, x, y, radius, "actor"), *things, *walls()))

    return build


def has_room(graph: SceneGraph) -> bool:
    """Whether the red ball is apart from everything."""
    red = graph.objects[0]
    return all(_gap(graph, red.name, o.name) > ROOM * METRES for o in graph.objects[1:])


def _gap(graph: SceneGraph, first: str, second: str) -> float:
    objects = [next(o for o in graph.objects if o.name == name) for name in (first, second)]
    paths = [
        Path(np.array([[o.location[0], o.location[2]]]), np.array([-2.0 * math.atan2(o.rotation[2], o.rotation[0])]))
        for o in objects
    ]
    (one, other), (here, there) = map(pieces_of, objects), paths
    return float(nearest(one, here, other, there).distance[0])


def _scene(name: str, steps: int, *things: Thing) -> Scene:
    return Scene(name, _with_red(name, *things), PLACES, steps, fits=has_room)


TRACK = _scene(
    "track",
    540,
    bar("track", 85, 138, 130, 6, degrees=-9),
    ball("green ball", 32, 156, 9, "goal_object"),
    bar("blue bar", 214, 30, 12, 60, dynamic=True, role="goal_target"),
    bar("left block", 30, 18, 10, 36),
    bar("right block", 72, 18, 10, 36),
    bar("stopper", 160, 10, 6, 20),
)
"""A green ball rolls down a track by itself and falls towards a standing blue bar; two blocks make a pit below."""

LEDGE = _scene(
    "ledge",
    240,
    bar("pedestal", 110, 84, 90, 168),
    ball("green ball", 88, 176.5, 8, "goal_object"),
    ball("gray ball", 112, 175.5, 7),
    bar("blue bar", 142, 182, 8, 28, dynamic=True, role="goal_target"),
)
"""Two balls and a standing bar in a row on a high pedestal."""

BRINK = _scene(
    "brink",
    150,
    bar("pedestal", 120, 84, 76, 168),
    ball("green ball", 100, 176.5, 8, "goal_object"),
    bar("blue bar", 140, 182, 8, 28, dynamic=True, role="goal_target"),
)
"""A ball and a standing bar on a pedestal so high that what falls off is in the air for long."""

DOMINOES = _scene(
    "dominoes",
    420,
    bar("table", 110, 42, 130, 84),
    bar("first domino", 76, 101, 6, 34, dynamic=True, color="yellow"),
    bar("second domino", 96, 101, 6, 34, dynamic=True, color="orange"),
    bar("third domino", 116, 101, 6, 34, dynamic=True, color="brown"),
    ball("green ball", 150, 92.5, 8, "goal_object"),
    jar("blue jar", 205, 0, 48, 40, role="goal_target"),
)
"""Three dominoes on a table, a green ball after them, and a jar on the ground beside the table."""

SLOPE = _scene(
    "slope",
    420,
    bar("slope", 70, 112, 150, 6, degrees=-33),
    bar("green box", 45, 140.5, 26, 14, dynamic=True, degrees=-33, role="goal_object"),
    bar("peg", 73, 118, 5, 10, degrees=-33),
    ball("gray ball", 178, 10.5, 10),
    bar("blue bar", 222, 22, 14, 44, dynamic=True, role="goal_target"),
)
"""A box that a peg holds on a slope, a ball at rest and a standing bar on the ground."""

YARD = _scene(
    "yard",
    420,
    jar("blue jar", 70, 0, 46, 44, role="goal_target"),
    bar("shelf", 50, 96, 44, 6),
    ball("green ball", 40, 107.5, 8, "goal_object"),
    bar("left post", 136, 31, 10, 60, degrees=12),
    bar("right post", 168, 31, 10, 60, degrees=-12),
    bar("crate", 215, 12, 30, 24, dynamic=True, color="brown"),
)
"""A jar below a shelf with a ball on it, two posts that lean apart, and a crate."""

SEESAW = _scene(
    "seesaw",
    420,
    bar("wedge", 110, 9, 8, 18),
    bar("plank", 110, 20.5, 120, 5, dynamic=True, color="brown"),
    ball("green ball", 160, 30.5, 7, "goal_object"),
    bar("blue bar", 215, 60, 50, 8, role="goal_target"),
    bar("rest", 158, 8, 6, 16),
)
"""A plank on a wedge with a green ball on its right end, and a blue shelf to the right."""

PLANE_SCENES = (TRACK, LEDGE, BRINK, DOMINOES, SLOPE, YARD, SEESAW)
