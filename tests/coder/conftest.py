"""Scripts run without an engine."""

import numpy as np
import pytest

from addon.scene_graph import Constraint, Contact, Primitive, RigidBody, SceneGraph, SceneObject, StepState, World


def scene(objects, constraints=()):
    """Boxes of 0.5 x 0.5 x 2 m, held; a value that is a dict gives custom properties, True an ACTIVE body.

    "free" is an ACTIVE body that is not held.
    """
    box = Primitive(kind="cube", dimensions=(0.5, 0.5, 2.0))
    made = []
    for index, (name, what) in enumerate(objects.items()):
        body = RigidBody(type="ACTIVE" if what in (True, "free") else "PASSIVE", kinematic=what != "free", shape="BOX")
        properties = what if isinstance(what, dict) else {}
        made.append(SceneObject(name=name, location=(index, 0, 1), geometry=box, body=body, properties=properties))
    names = list(objects)
    joints = [Constraint(name=c, type="FIXED", object1=names[0], object2=names[1]) for c in constraints]
    return SceneGraph(world=World(fps=20), objects=tuple(made), constraints=tuple(joints))


def play(script, graph, touches, steps):
    """Run a script without an engine: ``touches`` are (a, b, first frame, last frame), bodies stay unless written.

    Returns {(name, field): [(frame, value), …]} with repeated equal values left out.
    """
    from addon.executor import ScriptSession

    count = len(graph.objects)
    position = np.array([o.location for o in graph.objects])
    quaternion = np.tile([1.0, 0.0, 0.0, 0.0], (count, 1))
    written = {}
    with ScriptSession(script, graph) as session:
        for frame in range(1, steps + 1):
            contacts = [
                Contact(graph.names.index(a), graph.names.index(b), (0, 0, 0), (0, 0, 1), 0.0)
                for a, b, first, last in touches
                if first <= frame <= last
            ]
            zero = np.zeros((count, 3))
            state = StepState(frame, position.copy(), quaternion.copy(), np.ones((count, 3)), zero, zero, contacts)
            for write in session.step(state).writes:
                value = write.value
                if write.field == "location":
                    position[graph.names.index(write.name)] = value
                if write.field == "rotation_quaternion":
                    quaternion[graph.names.index(write.name)] = value
                if isinstance(value, tuple):
                    value = tuple(round(v, 6) + 0.0 for v in value)
                history = written.setdefault((write.name, write.field), [])
                if not history or history[-1][1] != value or write.field == "velocity":
                    history.append((frame, value))
    return written


@pytest.fixture(name="scene")
def scene_fixture():
    return scene


@pytest.fixture(name="play")
def play_fixture():
    return play
