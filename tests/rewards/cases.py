"""A trace of 40 steps at 10 fps: a ball goes 8 m along x towards a trigger that it touches twice."""

import numpy as np

from addon.scene_graph import Material, Plane, Primitive, SceneGraph, SceneObject
from addon.trace import Event
from tests.patterns.examples import trace

COLORS = {"red": (1, 0, 0, 1), "green": (0, 0.6, 0.1, 1), "blue": (0.05, 0.15, 0.8, 1), "black": (0.02, 0.02, 0.02, 1)}


def mesh(name, color, location=(0, 0, 0), kind="sphere"):
    geometry = Primitive(kind=kind, dimensions=(1, 1, 1))
    return SceneObject(name=name, geometry=geometry, location=location, material=Material(color=COLORS[color]))


SCENE = SceneGraph(objects=(mesh("Ball", "red"), mesh("Trigger", "green", (9, 0, 0)), SceneObject(name="Marker")))


def event(uid, frame, **parameters):
    return Event(uid=uid, frame=frame, time=frame / 10, parameters=parameters)


PAIR = {"a_id": "Ball", "b_id": "Trigger"}
EVENTS = (
    event("CollisionStart", 10, **PAIR, normal_speed=2.0),
    event("CollisionEnd", 12, **PAIR),
    event("PropertyChanged", 20, object_id="Trigger", property="on", old=False, new=True),
    event("CollisionStart", 30, **PAIR, normal_speed=1.0),
)


def make_trace(events=EVENTS, end=8.0, planar=False, axis=0, pixels=None):
    """The ball's origin goes from 0 to ``end`` on an axis; a plane of so many pixels has 6 in a metre."""
    position = np.zeros((41, 2, 3))
    position[:, 0, axis] = np.linspace(0, end, 41)
    position[:, 1, 0] = 9
    made = trace(position, ("Ball", "Trigger"), fps=10)
    size = Plane(size=None, meters_per_unit=1.0) if pixels is None else Plane(size=(pixels, pixels))
    plane = size if planar else None
    scene = SCENE.model_copy(update={"world": SCENE.world.model_copy(update={"plane": plane})})
    made.meta = made.meta.model_copy(update={"scene": scene})
    made.events = list(events)
    return made
