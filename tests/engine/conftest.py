from collections.abc import Callable

import pytest

from addon.engine.blender import BlenderEngine
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World, Write

SHAPES = {"sphere": "SPHERE", "cube": "BOX", "cylinder": "CYLINDER", "cone": "CONE", "capsule": "CAPSULE"}


@pytest.fixture
def solid() -> Callable[..., SceneObject]:
    """Makes an undamped body: ``solid(name, location, kind="cube", size=(1, 1, 1), type="ACTIVE", **fields)``.

    Fields of the rigid body go to the body, the others to the object.
    """

    def make(name, location, kind="cube", size=(1.0, 1.0, 1.0), **fields):
        settings = {"shape": SHAPES[kind], "linear_damping": 0.0, "angular_damping": 0.0}
        settings |= {key: fields.pop(key) for key in list(fields) if key in RigidBody.model_fields}
        geometry = Primitive(kind=kind, dimensions=size)
        return SceneObject(name=name, location=location, geometry=geometry, body=RigidBody(**settings), **fields)

    return make


@pytest.fixture
def load():
    """Loads objects into an engine: ``load(*objects, constraints=(), **world)``; 60 fps unless told otherwise."""
    engines = []

    def make(*objects, constraints=(), **world):
        graph = SceneGraph(world=World(**{"fps": 60.0, **world}), objects=objects, constraints=constraints)
        engines.append(BlenderEngine.from_graph(graph))
        return engines[-1]

    yield make
    for engine in engines[-1:]:
        engine.close()


@pytest.fixture
def steps():
    """Steps an engine and gives the last state: ``steps(engine, 10)``."""

    def run(engine, count):
        for _ in range(count):
            engine.step()
        return engine.state()

    return run


@pytest.fixture
def write():
    """Writes one field of an object: ``write(engine, "Ball", "velocity", (1, 0, 0))``."""

    def apply(engine, name, field, value, target="object"):
        engine.apply([Write(target, name, field, value)])

    return apply
