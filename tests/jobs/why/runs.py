"""Small scenes, run by Blender, and what is asked of them."""

from addon.jobs.why import Answer, Plan, answers
from addon.jobs.why.proof import proof, run
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World


def solid(name, at, size, kind="cube", geometry=None, body=True, velocity=(0, 0, 0), scale=(1, 1, 1), **settings):
    """A body; ``settings`` are those of its rigid body, none if that is not ``body``."""
    shape = "SPHERE" if kind == "sphere" else "BOX"
    size = (size,) * 3 if isinstance(size, int | float) else size
    return SceneObject(
        name=name,
        location=at,
        scale=scale,
        velocity=velocity,
        geometry=geometry or Primitive(kind=kind, dimensions=size),
        body=RigidBody(**{"shape": shape, **settings}) if body else None,
    )


def ball(name="Ball", at=(0, 0, 1), size=0.5, **more):
    return solid(name, at, size, "sphere", **more)


def fixed(name, at, size, **more):
    return solid(name, at, size, **{"type": "PASSIVE", **more})


def floor(**more):
    return fixed("Floor", (0, 0, -0.5), (10, 10, 1), **more)


def lamp(**more):
    return SceneObject(
        name="Lamp",
        location=(4, 4, 3),
        geometry=Primitive(kind="cube", dimensions=(0.2, 0.2, 0.2)),
        properties={"on": False},
        **more,
    )


def plan(*objects, rules=(), steps=90, script=None, joints=(), **world):
    graph = SceneGraph(world=World(**{"fps": 60, **world}), objects=objects, constraints=joints)
    return Plan(graph, tuple(rules), steps, script)


def asked(plan):
    """The run of a plan, and its answers."""
    case = run(plan)
    return case, answers(case)


def causes_of(plan, rule=None, name=None):
    """The causes that a plan's run gives for a rule, or for an object; none if it is not asked about."""
    _, found = asked(plan)
    return [cause for one in found if (one.rule, one.object) == (rule, name) for cause in one.causes]


def proved(plan, mend, **about):
    """Whether a mend does what it is for: ``rule`` acts, ``object`` stays, or the script runs."""
    found = proof(run(plan), Answer(told="", **about), mend)
    return found.holds
