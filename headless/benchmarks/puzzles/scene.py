"""Scenes of one-ball puzzles, given as PHYRE gives them: pixels, x to the right, y up, the origin at the lower left.

A scene graph has them in metres in the plane of x and z (`addon.scene_graph.Plane`). Objects are named by colour, shape
and number, as "green ball 4", and the four walls around the scene by where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from addon.geometry.plane import Disc, Piece, Polygon, area, counterclockwise, plane_geometry
from addon.scene_graph import COLORS, Material, Plane, RigidBody, SceneGraph, SceneObject, World
from addon.trace.foreign.phyre import DENSITY, SURFACE, VELOCITY_ITERATIONS

SIZE = 256.0
"""Width and height of a scene in pixels."""

METRES = 1 / 6
"""Metres a pixel."""

FRICTION, RESTITUTION, ANGULAR_DAMPING = (SURFACE[name] for name in ("friction", "restitution", "angular_damping"))
GRAVITY = -9.8
"""m/s²."""

FPS, STEPS = 60.0, 1000

WALL = 5.0
"""How thick the walls around a scene are, in pixels."""

DEPTH = 4.0
"""How deep bodies are along y, in m, where they are drawn in space."""

Role = Literal["goal_object", "goal_target", "actor", ""]
Shape = Literal["ball", "bar", "jar", "standingsticks", "wall"]
Point = tuple[float, float]

GOAL_COLORS: dict[Role, str] = {"goal_object": "green", "goal_target": "blue", "actor": "red"}


@dataclass(frozen=True)
class Thing:
    """One body of a puzzle: ``radius`` of a ball, else convex ``polygons`` in its own frame, all in pixels."""

    shape: Shape
    x: float
    y: float
    angle: float = 0.0
    radius: float | None = None
    polygons: tuple[tuple[Point, ...], ...] = ()
    dynamic: bool = False
    role: Role = ""
    color: str = field(default="black")
    name: str = ""

    def pieces(self) -> tuple[Piece, ...]:
        """Its circle or polygons in metres, counterclockwise."""
        if self.radius is not None:
            return (Disc(np.zeros(2), self.radius * METRES),)
        return tuple(Polygon(counterclockwise(np.array(p) * METRES)) for p in self.polygons)


def walls() -> tuple[Thing, ...]:
    """The four walls around a scene."""
    half, middle = WALL / 2, SIZE / 2
    flat, upright = box(SIZE, WALL), box(WALL, SIZE)
    return (
        Thing("wall", middle, -half, polygons=(flat,), name="ground"),
        Thing("wall", -half, middle, polygons=(upright,), name="left wall"),
        Thing("wall", middle, SIZE + half, polygons=(flat,), name="top wall"),
        Thing("wall", SIZE + half, middle, polygons=(upright,), name="right wall"),
    )


def box(width: float, height: float) -> tuple[Point, ...]:
    """The corners of a rectangle about the origin."""
    x, y = width / 2, height / 2
    return ((x, y), (-x, y), (-x, -y), (x, -y))


def puzzle_scene(name: str, things: Sequence[Thing]) -> SceneGraph:
    """The scene graph of things, walls and all, with PHYRE's constants."""
    world = World(
        fps=FPS,
        substeps=1,
        solver_iterations=VELOCITY_ITERATIONS,
        gravity=(0.0, 0.0, GRAVITY),
        plane=Plane(size=(SIZE, SIZE), meters_per_unit=METRES),
    )
    return SceneGraph(name=name, world=world, objects=tuple(scene_object(t, i) for i, t in enumerate(things)))


def scene_object(thing: Thing, number: int) -> SceneObject:
    """A thing as the object with this number."""
    pieces = thing.pieces()
    geometry, shape = plane_geometry(pieces, DEPTH)
    color = GOAL_COLORS.get(thing.role, thing.color)
    body = RigidBody(
        type="ACTIVE" if thing.dynamic else "PASSIVE",
        shape=shape,
        mass=DENSITY * sum(map(area, pieces)),
        friction=FRICTION,
        restitution=RESTITUTION,
        linear_damping=0.0,
        angular_damping=ANGULAR_DAMPING if thing.dynamic else 0.0,
        margin=0.0,
    )
    return SceneObject(
        name=thing.name or f"{color} {thing.shape} {number}",
        location=(thing.x * METRES, 0.0, thing.y * METRES),
        rotation=(float(np.cos(thing.angle / 2)), 0.0, -float(np.sin(thing.angle / 2)), 0.0),
        geometry=geometry,
        body=body,
        material=Material(name=color, color=(*COLORS[color], 1.0)),
        semantic_class=thing.shape,
        tags=(thing.role,) if thing.role else (),
    )
