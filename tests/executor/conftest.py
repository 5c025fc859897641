import numpy as np
import pytest

from addon.executor import ScriptSession
from addon.scene_graph import Contact, Primitive, RigidBody, SceneGraph, SceneObject, StepState


@pytest.fixture
def scene():
    """A sphere that scripts move, a cube that physics moves, and an empty lamp with a property."""
    cube = Primitive(kind="cube", dimensions=(2, 2, 2))
    return SceneGraph(
        objects=(
            SceneObject(name="Sphere", location=(0, 0, 1), geometry=Primitive(kind="sphere", dimensions=(1, 1, 1))),
            SceneObject(name="Cube", geometry=cube, body=RigidBody()),
            SceneObject(name="Lamp", properties={"on": False}),
        )
    )


class Bench:
    """Runs a script against plain arrays: writes to poses and velocities are what the next step sees."""

    def __init__(self, scene):
        count = len(scene.objects)
        self.scene = scene
        self.values = {}
        self.printed = ""
        self.arrays = {
            "location": np.array([o.location for o in scene.objects], dtype=float),
            "rotation_quaternion": np.tile([1.0, 0, 0, 0], (count, 1)),
            "scale": np.ones((count, 3)),
            "velocity": np.array([o.velocity for o in scene.objects], dtype=float),
            "angular_velocity": np.zeros((count, 3)),
        }

    def run(self, source, steps=1, touching=lambda frame: [], **options):
        with ScriptSession(source, self.scene, **options) as session:
            for frame in range(1, steps + 1):
                contacts = [Contact(a, b, (0, 0, 0), (0, 0, 1), 0.0) for a, b in touching(frame)]
                result = session.step(StepState(frame, *(a.copy() for a in self.arrays.values()), contacts))
                self.printed += result.printed
                for write in result.writes:
                    self.apply(write)
        return self

    def apply(self, write):
        if write.field in self.arrays:
            self.arrays[write.field][self.scene.names.index(write.name)] = write.value
        else:
            self.values[write.name, write.field] = write.value

    def at(self, name, field="location"):
        return self.arrays[field][self.scene.names.index(name)]


@pytest.fixture
def bench(scene):
    return Bench(scene)
