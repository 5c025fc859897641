"""Scenes of boxes in a row."""

from addon.rules import Vocabulary
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))


def boxes(free, standing):
    """The words for boxes that physics moves, and for those that rules move, by name with their custom properties."""
    held = RigidBody(type="PASSIVE", kinematic=True)
    named = {name: (RigidBody(), {}) for name in free} | {name: (held, has) for name, has in standing.items()}
    made = (
        SceneObject(name=name, location=(2.0 * place, 0, 1), geometry=CUBE, body=body, properties=has)
        for place, (name, (body, has)) in enumerate(named.items())
    )
    return Vocabulary(SceneGraph(objects=tuple(made)), freed=free)
