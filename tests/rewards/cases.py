"""A trace of 40 steps at 10 fps: a ball goes 8 m along x towards a trigger that it touches twice."""

import numpy as np

from addon.scene_graph import Material, Primitive, SceneGraph, SceneObject
from addon.trace import ContactColumns, Event, Trace, TraceMeta

COLORS = {"red": (1, 0, 0, 1), "green": (0, 0.6, 0.1, 1)}


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


def make_trace(events=EVENTS, end=8.0, planar=False, axis=0):
    """The ball's origin goes from 0 to ``end`` on an axis."""
    shape = (41, 2)
    position = np.zeros((*shape, 3))
    position[:, 0, axis] = np.linspace(0, end, 41)
    position[:, 1, 0] = 9
    return Trace(
        meta=TraceMeta(fps=10, substeps=1, seed=0, steps=40, engine="test", scene=SCENE, planar=planar),
        bodies=("Ball", "Trigger"),
        present=np.ones(shape, dtype=bool),
        position=position,
        quaternion=np.tile([1.0, 0, 0, 0], (*shape, 1)),
        scale=np.ones((*shape, 3)),
        velocity=np.zeros((*shape, 3)),
        angular_velocity=np.zeros((*shape, 3)),
        volume=np.ones(shape),
        contacts=ContactColumns.empty(),
        events=list(events),
    )
