"""Scenes that are a plane, in pixels; the user places the red ball, which is all that a run's numbers say."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from addon.geometry.plane import Path, nearest, pieces_of
from addon.scene_graph import SceneGraph, plane_angle

from ..puzzles.scene import METRES, RESTITUTION, Point, Role, Shape, Thing, box, puzzle_scene, walls
from .scenes import Numbers, Scene

ROOM = 1.5
"""Gap in pixels that the red ball has at least to everything when it is placed."""

RED = "red ball"
PLACES = ((8.0, 248.0), (8.0, 246.0), (5.0, 15.0))
"""Bounds of x, y and radius in pixels."""


def bar(name: str, x: float, y: float, width: float, height: float, **more: Any) -> Thing:
    """A bar with its middle at (x, y); ``degrees`` turn it counterclockwise."""
    return _thing("bar", name, x, y, (box(width, height),), **more)


def ball(name: str, x: float, y: float, radius: float, role: Role = "", color: str = "gray") -> Thing:
    """A ball that falls and rolls."""
    return Thing("ball", x, y, radius=radius, dynamic=True, role=role, color=color, name=name)


def jar(name: str, x: float, y: float, width: float, height: float, **more: Any) -> Thing:
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


def _with_red(name: str, bounce: float, *things: Thing) -> Callable[[Numbers], SceneGraph]:
    """The scene of a run: the things, the walls and the red ball where the user placed it."""

    def build(numbers: Numbers) -> SceneGraph:
        x, y, radius = numbers
        graph = puzzle_scene(name, (ball(RED, x, y, radius, "actor"), *things, *walls()))
        red = graph.objects[0]
        assert red.body is not None
        red = red.model_copy(update={"rigid_body": red.body.model_copy(update={"restitution": bounce})})
        return graph.model_copy(update={"objects": (red, *graph.objects[1:])})

    return build


def has_room(graph: SceneGraph) -> bool:
    """Whether the red ball is apart from everything."""
    red = graph.objects[0]
    return all(_gap(graph, red.name, o.name) > ROOM * METRES for o in graph.objects[1:])


def _gap(graph: SceneGraph, first: str, second: str) -> float:
    objects = [next(o for o in graph.objects if o.name == name) for name in (first, second)]
    paths = [Path(np.array([[o.location[0], o.location[2]]]), np.array([plane_angle(o.rotation)])) for o in objects]
    (one, other), (here, there) = map(pieces_of, objects), paths
    return float(nearest(one, here, other, there).distance[0])


def _scene(
    name: str,
    steps: int,
    *things: Thing,
    places: tuple[tuple[float, float], ...] = PLACES,
    bounce: float = RESTITUTION,
) -> Scene:
    return Scene(name, _with_red(name, bounce, *things), places, steps, fits=has_room)


TRACK = _scene(
    "track",
    540,
    bar("track", 85, 138, 130, 6, degrees=-11),
    ball("green ball", 32, 160, 9, "goal_object"),
    bar("blue bar", 214, 30, 8, 60, dynamic=True, role="goal_target"),
    bar("left block", 30, 18, 10, 36),
    bar("right block", 72, 18, 10, 36),
    bar("stopper", 160, 10, 6, 20),
)
"""A green ball rolls down a track by itself and falls towards a standing blue bar; two blocks make a pit below."""

CHUTE = _scene(
    "chute",
    720,
    bar("chute", 60, 122, 110, 6, degrees=-14),
    ball("green ball", 42, 139.5, 9, "goal_object"),
    bar("table", 165, 50, 110, 100),
    bar("blue bar", 208, 120, 12, 40, role="goal_target"),
)
"""A green ball rolls down a chute by itself and over a table to an upright blue bar, which is fixed."""

HILL = _scene(
    "hill",
    420,
    bar("left slope", 84, 40, 130, 6, degrees=24),
    bar("right slope", 202, 40, 130, 6, degrees=-24),
    ball("green ball", 122, 72, 9, "goal_object"),
    bar("blue bar", 12, 3, 20, 6, role="goal_target"),
    bar("shelf", 56, 90, 30, 4),
    ball("gray ball", 44, 99.05, 7),
)
"""A green ball rolls down the left side of a hill by itself, at whose foot a blue bar lies by the left wall; a gray
ball lies on a shelf above."""

ON_TOP = ((75.0, 130.0), (185.0, 246.0), (5.0, 15.0))
"""Places above what stands on a pedestal."""

LEDGE = _scene(
    "ledge",
    480,
    bar("pedestal", 105, 84, 90, 168),
    ball("green ball", 96, 176.05, 8, "goal_object"),
    ball("gray ball", 116, 175.05, 7),
    ball("blue ball", 137, 175.05, 7, "goal_target"),
    bar("ramp", 30, 185, 70, 6, degrees=-35),
    places=((8.0, 165.0), (185.0, 248.0), (5.0, 15.0)),
)
"""Three balls in a row on a high pedestal, with a ramp that leads there."""

BRINK = _scene(
    "brink",
    150,
    bar("pedestal", 120, 84, 76, 168),
    ball("green ball", 100, 176.05, 8, "goal_object"),
    bar("blue bar", 114, 182, 8, 28, dynamic=True, role="goal_target"),
    places=ON_TOP,
)
"""A ball and a standing bar on a pedestal so high that what falls off is in the air for long."""

DOMINOES = _scene(
    "dominoes",
    420,
    bar("table", 110, 42, 130, 84),
    bar("first domino", 68, 101, 6, 34, dynamic=True, color="yellow"),
    bar("second domino", 96, 101, 6, 34, dynamic=True, color="orange"),
    bar("third domino", 124, 101, 6, 34, dynamic=True, color="brown"),
    ball("green ball", 157, 92.05, 8, "goal_object"),
    jar("blue jar", 205, 0, 48, 40, role="goal_target"),
    places=((50.0, 190.0), (100.0, 246.0), (5.0, 15.0)),
)
"""Three dominoes on a table, a green ball after them, and a jar on the ground beside the table."""

SLOPE = _scene(
    "slope",
    420,
    bar("slope", 70, 112, 150, 6, degrees=-25),
    bar("green box", 47.05, 133.8, 26, 14, dynamic=True, degrees=-25, role="goal_object"),
    ball("gray ball", 178, 10.05, 10),
    bar("blue bar", 222, 22, 9, 44, dynamic=True, role="goal_target"),
    bounce=0.7,
)
"""A box that lies on a slope, a ball at rest and a standing bar on the ground; the red ball is of rubber."""

YARD = _scene(
    "yard",
    420,
    jar("blue jar", 70, 0, 46, 44, role="goal_target"),
    bar("shelf", 50, 96, 44, 6),
    ball("green ball", 40, 107.05, 8, "goal_object"),
    bar("left post", 136, 31, 10, 60, degrees=12),
    bar("right post", 168, 31, 10, 60, degrees=-12),
    bar("crate", 215, 12, 30, 24, dynamic=True, color="brown"),
)
"""A jar below a shelf with a ball on it, two posts that lean apart, and a crate."""

SEESAW = _scene(
    "seesaw",
    420,
    bar("wedge", 110, 9, 8, 18),
    bar("plank", 110, 20.55, 120, 5, dynamic=True, color="brown"),
    ball("green ball", 162, 29.1, 6, "goal_object"),
    bar("blue bar", 105, 110, 50, 6, role="goal_target"),
    bar("rest", 158, 9, 6, 18),
)
"""A plank on a wedge with a green ball on its right end, and a blue shelf above."""

NOOK = _scene(
    "nook",
    300,
    bar("blue bar", 128, 50, 8, 100, role="goal_target"),
    ball("green ball", 60, 8.05, 8, "goal_object"),
    bar("black block", 190, 15, 12, 30),
    places=((60.0, 200.0), (8.0, 246.0), (5.0, 15.0)),
)
"""An upright blue bar between a green ball and a block on the ground."""

PLANE_SCENES = (TRACK, CHUTE, HILL, LEDGE, BRINK, DOMINOES, SLOPE, YARD, SEESAW, NOOK)
