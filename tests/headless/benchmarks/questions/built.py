"""Built runs of planes and of machines, for questions with known answers."""

from addon.scene_graph import Plane
from addon.trace import Event
from headless.benchmarks.questions.facts import Facts
from headless.benchmarks.questions.registry import templates
from tests.patterns.builder import Body, ball, build

FPS = 60


def changed(trace, classes=(), **world):
    """A trace whose objects have classes by name and whose world has other settings."""
    scene = trace.scene
    given = dict(classes)
    objects = tuple(o.model_copy(update={"semantic_class": given.get(o.name, "")}) for o in scene.objects)
    made = scene.model_copy(update={"objects": objects, "world": scene.world.model_copy(update=world)})
    trace.meta = trace.meta.model_copy(update={"scene": made})
    return trace


def plane(bodies, touches=(), cut=0):
    """A run in a plane of 256 units of 1 m; red, green and blue are the actor, the goal object and the goal target."""
    trace = build([wall("ground", (128.0, 0.0, -2.5)), wall("left wall", (-2.5, 0.0, 128.0)), *bodies], touches)
    walls = {"ground": "wall", "left wall": "wall"}
    return Facts(changed(trace, walls, plane=Plane(size=(256.0, 256.0), meters_per_unit=1.0)), cut)


def wall(name, place):
    return Body(name, place, (256.0, 4.0, 5.0) if name == "ground" else (5.0, 4.0, 256.0), type="PASSIVE")


def red(path, **more):
    return ball("red", path, tags=("actor",), size=(10.0, 10.0, 10.0), **more)


def green(path, **more):
    return ball("green", path, tags=("goal_object",), size=(10.0, 10.0, 10.0), **more)


def blue(path, **more):
    return ball("blue", path, tags=("goal_target",), size=(10.0, 10.0, 10.0), **more)


def machine(bodies, touches=(), cut=0, classes=(), events=(), rules=(), **more):
    """A run of a machine with events and rules."""
    trace = changed(build(bodies, touches), classes)
    trace.meta.scene = trace.scene.model_copy(update={"rules": tuple(rules)})
    trace.events = [*trace.events, *events]
    return Facts(trace, cut, **more)


def fired(rule, frame):
    return Event(uid="RuleFired", frame=frame, time=frame / FPS, parameters={"rule": rule})


def lit(lamp, frame):
    told = {"object_id": lamp, "property": "on", "old": False, "new": True}
    return Event(uid="PropertyChanged", frame=frame, time=frame / FPS, parameters=told)


def answer(template, facts, **slots):
    """The answer to a template whose slots are filled so."""
    return templates()[template].answer(facts, **slots)
