"""Rules played to made-up motions: their code runs as a script does, with things that stand where a test puts them."""

import math
import re
from types import SimpleNamespace

from addon.coder.link import link
from addon.executor.worker import vectors
from addon.executor.worker.rotations import Quaternion
from addon.executor.worker.vectors import Vector
from addon.rules.python import python
from addon.rules.read import Reading, read

DT = 1 / 60


class Thing(dict):
    """An object as scripts see one; its items are the custom properties."""

    def __init__(self, obj):
        super().__init__(obj.properties)
        self.location, self.velocity, self.angular_velocity = Vector(obj.location), Vector((0, 0, 0)), Vector((0, 0, 0))
        self.rotation_quaternion, self.dimensions = Quaternion(obj.rotation), Vector(obj.dimensions)
        self.rigid_body = SimpleNamespace(kinematic=bool(obj.body and obj.body.kinematic))
        self.rigid_body_constraint = SimpleNamespace(enabled=True)
        self.contacts = []
        self.type = "MESH"
        inputs = {"Emission Color": (1, 1, 1, 1), "Emission Strength": 0.0}
        inputs = {name: SimpleNamespace(default_value=value) for name, value in inputs.items()}
        shader = SimpleNamespace(nodes={"Principled BSDF": SimpleNamespace(inputs=inputs)})
        self.active_material = SimpleNamespace(diffuse_color=(0.8, 0.8, 0.8, 1), node_tree=shader)

    def touching(self, name):
        return name in self.contacts


class Stage:
    """The things of a scene; ``put`` moves one and gives it the velocity of that."""

    def __init__(self, scene):
        self.things = {o.name: Thing(o) for o in scene.objects}
        for joint in scene.constraints:
            self.things[joint.name] = Thing(SimpleNamespace(
                properties={}, location=joint.location, rotation=joint.rotation, dimensions=(0, 0, 0), body=None
            ))  # fmt: skip
        self.first = True

    def put(self, name, x=0.0, y=0.0, z=0.0):
        thing, place = self.things[name], Vector((x, y, z))
        thing.velocity = Vector((0, 0, 0)) if self.first else (place - thing.location) / DT
        thing.location = place

    def tip(self, name, degrees):
        half = math.radians(degrees) / 2
        self.things[name].rotation_quaternion = Quaternion((math.cos(half), math.sin(half), 0, 0))

    def touch(self, name, *others):
        before = self.things[name].contacts
        for other in {*before, *others}:
            ends = self.things[other].contacts
            if other in others and name not in ends:
                ends.append(name)
            elif other not in others and name in ends:
                ends.remove(name)
        self.things[name].contacts = list(others)


def compared(stage, limit, name, field, part, other=None):
    """As scripts have it."""
    value = getattr(stage.things[name], field)
    value = value - getattr(stage.things[other], field) if other else value
    gap = (part(value) if callable(part) else getattr(value, part)) - limit
    return (gap > 0) - (gap < 0)


def fired_at(text, scene, act, seconds=3.0):
    """The times at which a rule acts while ``act(stage, t)`` moves things; ``t`` is in seconds, from 0 on."""
    reading = read(text, scene)
    assert isinstance(reading, Reading), str(reading)
    return played(python(*reading.rules), scene, act, seconds)


def played(code, scene, act, seconds=3.0):
    """The same of a rule's code."""
    stage, found = Stage(scene), []
    space = {
        "bpy": SimpleNamespace(data=SimpleNamespace(objects=stage.things)),
        "math": math,
        "mathutils": vectors,
        "state": {},
        "dt": DT,
        "wake_at": lambda *seconds: None,
        "compared": lambda *asked: compared(stage, *asked),
    }
    code = re.sub(r"(open|close)_door\(.*\)", "pass", code)
    code = re.sub(r"^import \w+$", "", link(code + "\n"), flags=re.MULTILINE)
    code = compile(code, "rule", "exec")
    for frame in range(1, round(seconds / DT) + 2):
        time = (frame - 1) * DT
        act(stage, time)
        stage.first = False
        space |= {"frame": frame, "fired": lambda rule, time=time: found.append(round(time, 3))}
        exec(code, space)
    return found
