"""Small scenes, each from a seed, that show patterns on Blender: marbles and boxes on a floor, sizes about 0.5 m."""

import random
from functools import cache

from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.patterns.annotation import annotate
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World

SEED = 7
ACTOR, OBJECT, TARGET = ("actor",), ("goal_object",), ("goal_target",)


def marble(name, x, y=0.0, z=0.25, size=0.5, velocity=(0.0, 0.0, 0.0), tags=(), **body):
    settings = {"type": "ACTIVE", "shape": "SPHERE", "friction": 0.5, "restitution": 0.3, **body}
    geometry = Primitive(kind="sphere", dimensions=(size,) * 3)
    return SceneObject(
        name=name, location=(x, y, z), velocity=velocity, geometry=geometry, body=RigidBody(**settings), tags=tags
    )


def block(name, size, location, velocity=(0.0, 0.0, 0.0), rotation=(1.0, 0.0, 0.0, 0.0), **body):
    settings = {"type": "ACTIVE", "shape": "BOX", "friction": 0.5, "restitution": 0.0, **body}
    return SceneObject(
        name=name,
        location=location,
        rotation=rotation,
        velocity=velocity,
        geometry=Primitive(kind="cube", dimensions=size),
        body=RigidBody(**settings),
    )


def fixed(name, size, location, **body):
    return block(name, size, location, type="PASSIVE", **body)


def ground(**body):
    return fixed("Floor", (40.0, 40.0, 1.0), (0.0, 0.0, -0.5), **body)


def carom(r):
    """Red rolls into green, green rolls on into blue and stays with it, for blue is heavy and damped."""
    return [
        ground(),
        marble("Red", -2.0, velocity=(r(4.0), 0, 0), tags=ACTOR),
        marble("Green", 0.0, tags=OBJECT, restitution=0.0),
        marble("Blue", r(2.0), size=0.5, tags=TARGET, mass=60.0, restitution=0.0, linear_damping=0.9),
        fixed("Gutter", (6.0, 0.2, 0.3), (0.0, 0.36, 0.15)),
        fixed("Gutter 2", (6.0, 0.2, 0.3), (0.0, -0.36, 0.15)),
    ]


def arrival(r):
    """The same, watched until green lies at blue."""
    return carom(r)


def rest(r):
    """Nothing happens."""
    return [ground(), marble("Red", r(1.0), tags=ACTOR), block("Base", (0.6, 0.6, 0.6), (r(-1.0), 0.0, 0.3))]


def relay(r):
    """Red meets black, which meets green; green runs to blue, touches it and comes back."""
    return [
        ground(),
        marble("Red", -1.5, velocity=(r(4.0), 0, 0), tags=ACTOR),
        marble("Black", 0.0),
        marble("Green", 0.7, tags=OBJECT, restitution=0.9),
        marble("Blue", 1.9, tags=TARGET, mass=20.0, restitution=0.9),
    ]


def ricochet(r):
    """Red hits a round bumper hard and comes back; then it rolls into blue."""
    return [
        ground(),
        marble("Red", 0.0, velocity=(r(6.0), 0, 0), restitution=1.0, tags=ACTOR),
        marble("Bumper", 3.0, z=0.25, size=2.0, type="PASSIVE", restitution=1.0),
        marble("Blue", -1.5, tags=TARGET),
        marble("Green", 0.0, 3.0, tags=OBJECT),
    ]


def throw(r):
    """Green flies over blue, lands behind it and bounces on."""
    return [
        ground(restitution=1.0),
        marble("Green", -2.0, velocity=(r(3.0), 0, r(5.0)), restitution=1.0, tags=OBJECT),
        marble("Blue", 0.0, tags=TARGET),
        marble("Red", 0.0, 4.0, tags=ACTOR),
    ]


def chase(r):
    """Green and blue roll towards each other, meet and stay together between two gutters and a stop."""
    return [
        ground(),
        marble("Green", -2.0, velocity=(r(3.0), 0, 0), mass=20.0, restitution=0.0, tags=OBJECT),
        marble("Blue", 2.0, velocity=(r(-2.0), 0, 0), restitution=0.0, tags=TARGET),
        fixed("Stop", (0.4, 2.0, 1.0), (3.0, 0.0, 0.5), restitution=0.0),
        marble("Red", 0.0, 4.0, tags=ACTOR),
        fixed("Gutter", (6.0, 0.2, 0.3), (0.0, 0.36, 0.15)),
        fixed("Gutter 2", (6.0, 0.2, 0.3), (0.0, -0.36, 0.15)),
    ]


def deflect(r):
    """Green rolls towards blue, but a round bumper on one side of its way throws it aside."""
    return [
        ground(),
        marble("Green", -3.0, velocity=(r(4.0), 0, 0), restitution=1.0, tags=OBJECT),
        marble("Bumper", 0.0, 0.6, size=2.0, type="PASSIVE", restitution=1.0),
        marble("Blue", 2.5, tags=TARGET),
    ]


def kick(r):
    """Green rolls slowly to blue; a fast red comes from behind and knocks it on."""
    return [
        ground(),
        marble("Red", -4.0, velocity=(r(6.0), 0, 0), restitution=0.8, tags=ACTOR),
        marble("Green", 0.0, velocity=(0.8, 0, 0), restitution=0.8, tags=OBJECT),
        marble("Blue", 5.0, tags=TARGET),
    ]


def tower(r):
    """A block drops on a block; a second one slides off a shelf, and a marble rolls off another."""
    return [
        ground(),
        block("Base", (0.6, 0.6, 0.6), (0.0, 0.0, 0.3)),
        block("Top", (0.5, 0.5, 0.5), (0.0, 0.0, r(1.2))),
        fixed("Shelf", (1.0, 1.0, 0.2), (3.0, 0.0, 0.9)),
        block("Slider", (0.5, 0.5, 0.3), (3.0, 0.0, 1.15), velocity=(r(2.6), 0, 0), friction=0.2),
        fixed("Shelf 2", (2.0, 1.0, 0.2), (3.0, 3.0, 0.9)),
        marble("Roller", 2.4, 3.0, 1.25, velocity=(r(2.0), 0, 0)),
    ]


def slide(r):
    """A block slides down a slope on to the floor; a tall one is knocked over."""
    slope = (0.96593, 0.0, 0.25882, 0.0)
    return [
        ground(),
        block("Slope", (4.0, 1.0, 0.2), (0.0, 0.0, 1.2), rotation=slope, type="PASSIVE", friction=0.1),
        block("Sled", (0.4, 0.4, 0.3), (-1.07, 0.0, 2.115), rotation=slope, friction=0.1),
        block("Tall", (0.2, 0.4, 1.2), (4.0, 3.0, 0.6)),
        marble("Pusher", 2.0, 3.0, z=1.0, velocity=(r(5.0), 0, 1.0), mass=3.0),
    ]


def dominoes(r):
    """A slow marble pushes over the first of four dominoes, which push over each other."""
    row = [block(f"Domino {i + 1}", (0.15, 0.6, 1.2), (0.6 * i, 0.0, 0.6), friction=0.8) for i in range(4)]
    return [ground(friction=0.8), marble("Pusher", -0.8, z=0.9, velocity=(r(2.5), 0, 0.5)), *row]


def cradle(r):
    """A marble hits a row of three that touch; the last one goes off."""
    row = [marble(f"Row {i + 1}", 0.5 * i, restitution=0.9) for i in range(3)]
    return [ground(), marble("Striker", -1.5, velocity=(r(3.0), 0, 0), restitution=0.9), *row]


def groove(r):
    """A marble drops between two steep planks and stays; another skids, then rolls; two pass closely."""
    left, right = (0.81915, 0.0, 0.57358, 0.0), (0.81915, 0.0, -0.57358, 0.0)
    return [
        ground(),
        block("Left", (1.2, 1.0, 0.1), (-0.45, 0.0, 0.6), rotation=left, type="PASSIVE"),
        block("Right", (1.2, 1.0, 0.1), (0.45, 0.0, 0.6), rotation=right, type="PASSIVE"),
        marble("Held", 0.0, z=r(1.5), restitution=0.0),
        marble("Skidder", -4.0, 3.0, velocity=(r(4.0), 0, 0), friction=0.4),
        marble("North", 3.0, -3.0, velocity=(0, r(1.5), 0)),
        marble("South", 3.56, -1.0, velocity=(0, r(-1.5), 0)),
    ]


def lever(r):
    """A heavy weight falls on the left end of a plank on a hinge; the ball on its right end is thrown up."""
    return [
        ground(),
        fixed("Pivot", (0.1, 0.5, 0.5), (0.0, 0.0, 0.2)),
        block("Plank", (3.0, 0.5, 0.1), (0.0, 0.0, 0.55)),
        block("Weight", (0.4, 0.4, 0.4), (-1.2, 0.0, r(2.0)), mass=20.0),
        marble("Ball", 1.2, z=0.75, size=0.3, mass=0.5),
    ]


def convoy(r):
    """A block rides on a sled that glides over ice; a light ball taps a heavy one and goes its way."""
    return [
        ground(friction=0.0),
        block("Sled", (1.2, 0.8, 0.2), (0.0, 0.0, 0.1), velocity=(r(2.0), 0, 0), friction=0.9),
        block("Rider", (0.4, 0.4, 0.4), (0.0, 0.0, 0.4), velocity=(r(2.0), 0, 0), friction=0.9),
        marble("Light", -2.0, 4.0, velocity=(r(3.0), 0, 0), restitution=0.9),
        marble("Heavy", 0.0, 4.0, mass=10.0, restitution=0.9),
    ]


STEPS = {"arrival": 120}


SCENES = (
    *("carom", "arrival", "rest", "relay", "ricochet", "throw", "chase", "deflect", "kick", "tower", "slide"),
    *("dominoes", "cradle", "groove", "lever", "convoy"),
)


@cache
def recorded(name):
    """The trace of a scene over 4 s, or its own time, on Blender; 60 steps a second."""
    rng = random.Random(SEED)
    objects = globals()[name](lambda value: round(value * rng.uniform(0.97, 1.03), 3))
    engine = BlenderEngine.from_graph(SceneGraph(name=name, world=World(fps=60.0), objects=tuple(objects)))
    try:
        return rollout(engine, None, RolloutOptions(steps=STEPS.get(name, 240))).trace
    finally:
        engine.close()


@cache
def annotated(name):
    """The annotation of a scene's trace."""
    return annotate(recorded(name))
