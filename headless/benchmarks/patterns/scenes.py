"""Scenes in space of the held-out corpus: bodies dropped, let down a slope, piled up, and swung at others."""

from __future__ import annotations

import math

from addon.scene_graph import Constraint, SceneGraph, SceneObject, World

from ..goals.scenes import Numbers, Scene
from ..physibench.parts import ball, box, floor, on_ramp, ramp, turn, y_hinge

STEPS = 240


def _graph(name: str, objects: list[SceneObject], constraints: tuple[Constraint, ...] = ()) -> SceneGraph:
    return SceneGraph(name=name, world=World(fps=60.0), objects=tuple(objects), constraints=constraints)


def _tagged(obj: SceneObject, tag: str) -> SceneObject:
    return obj.model_copy(update={"tags": (tag,)})


def _drop(numbers: Numbers) -> SceneGraph:
    height, tilt, across = numbers
    plate = box("Plate", (1.0, 1.0, 0.1), (0.0, 0.0, 0.6), "white", rotation=turn("y", tilt), restitution=0.8)
    return _graph(
        "drop",
        [
            *floor(-2.0, 3.0, 3.0),
            plate,
            _tagged(ball("Marble", 0.15, (0.0, across, height), "red", restitution=0.9), "actor"),
            box("Brick", (0.5, 0.25, 0.25), (-1.2, 0.0, height), "orange", rotation=turn("y", 30.0), type="ACTIVE"),
            _tagged(box("Post", (0.2, 0.2, 0.7), (1.3, 0.0, 0.35), "green", type="ACTIVE", mass=0.5), "goal_object"),
            _tagged(box("Pad", (0.8, 0.8, 0.06), (2.1, 0.0, 0.03), "blue"), "goal_target"),
        ],
    )


def _slope(numbers: Numbers) -> SceneGraph:
    top, friction, share = numbers
    plank = ramp("Slope", (-2.2, top), (0.0, 0.05), "white", width=1.6)
    angle = math.degrees(math.atan2(top - 0.05, 2.2))
    x, _, z = on_ramp(plank, 0.2, 0.16, 0.0)
    along = turn("y", angle)
    sledge = box("Sledge", (0.4, 0.3, 0.3), (x, 0.4, z), "orange", rotation=along, type="ACTIVE", friction=friction)
    roller = ball("Roller", 0.16, on_ramp(plank, share, 0.16, 0.01), "red")
    return _graph(
        "slope",
        [
            *floor(-2.5, 3.0, 3.0),
            plank,
            sledge,
            _tagged(roller.model_copy(update={"location": (roller.location[0], -0.3, roller.location[2])}), "actor"),
            _tagged(ball("Egg", 0.2, (0.8, -0.3, 0.2), "green", mass=0.4), "goal_object"),
            _tagged(box("Chest", (0.4, 0.6, 0.4), (2.0, -0.3, 0.2), "blue", type="ACTIVE", mass=2.0), "goal_target"),
        ],
    )


def _pile(numbers: Numbers) -> SceneGraph:
    offset, gap, along = numbers
    shot = ball("Shot", 0.12, (-1.8, 0.0, 0.5), "red", mass=1.5)
    return _graph(
        "pile",
        [
            *floor(-2.5, 3.0, 3.0),
            box("Base", (0.6, 0.6, 0.4), (0.0, 0.0, 0.2), "yellow", type="ACTIVE", mass=2.0),
            box("Crate", (0.4, 0.4, 0.4), (offset, 0.0, 0.6 + gap), "green", type="ACTIVE", mass=0.6),
            box("Plank", (1.2, 0.3, 0.08), (0.25, 0.0, 0.84 + 3 * gap), "brown", type="ACTIVE", mass=0.4),
            shot.model_copy(update={"velocity": (along, 0.0, 2.0)}),
        ],
    )


def _bob(numbers: Numbers) -> SceneGraph:
    degrees, far, height = numbers
    tilt, arm = math.radians(degrees), 1.1
    pivot = height + arm + 0.25
    place = (-arm * math.sin(tilt), 0.0, pivot - arm * math.cos(tilt))
    return _graph(
        "bob",
        [
            *floor(-2.5, 3.0, 3.0),
            box("Arm", (0.2, 1.2, 0.2), (0.0, 0.0, pivot + 0.1), "white"),
            ball("Bob", 0.2, place, "purple", mass=1.5),
            box("Table", (1.0, 0.8, height), (0.55, 0.0, height / 2), "white"),
            box("Can", (0.25, 0.25, 0.5), (far, 0.0, height + 0.25), "green", type="ACTIVE", mass=0.5),
            ball("Pea", 0.12, (far + 0.3, 0.0, height + 0.12), "blue", mass=0.2, linear_damping=0.3),
        ],
        (y_hinge("Hinge", "Bob", "Arm", (0.0, 0.0, pivot)),),
    )


DROP = Scene("drop", _drop, ((0.9, 2.5), (-25.0, 25.0), (-0.3, 0.3)), STEPS)
"""A marble and a brick fall; numbers: height in m, tilt of the plate in degrees, and the marble's place across."""

SLOPE = Scene("slope", _slope, ((0.5, 1.4), (0.02, 0.9), (0.1, 0.5)), STEPS)
"""A sledge and a ball go down; numbers: height in m, the sledge's friction, where on the slope the ball starts."""

PILE = Scene("pile", _pile, ((-0.2, 0.3), (0.0, 0.2), (1.0, 7.0)), STEPS)
"""Boxes fall onto each other, and one is shot at; numbers: offset and gap in m, the shot's speed in m/s."""

BOB = Scene("bob", _bob, ((20.0, 80.0), (0.25, 0.7), (0.3, 0.9)), STEPS)
"""A bob swings at what stands on a table; numbers: tilt in degrees, place of the can and height of the table in m."""

OWN_SCENES = {scene.name: scene for scene in (DROP, SLOPE, PILE, BOB)}
