"""The room of the rules' examples."""

from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject, World


def _box(x, y, z):
    return Primitive(kind="cube", dimensions=(x, y, z))


def _ball(size):
    return Primitive(kind="sphere", dimensions=(size, size, size))


def room() -> SceneGraph:
    """A ball over a plate, a box, a door, a lamp, a counter, three held crates and a hinge."""
    held = RigidBody(shape="BOX", kinematic=True)
    still = RigidBody(type="PASSIVE", shape="BOX")
    objects = [
        SceneObject(name="Floor", location=(0, 0, -0.2), geometry=_box(20, 6, 0.4), body=still),
        SceneObject(
            name="Ball",
            location=(-2, 0, 1.5),
            geometry=_ball(0.5),
            body=RigidBody(shape="SPHERE"),
            semantic_class="ball",
        ),
        SceneObject(name="Box", location=(3, 1, 0.3), geometry=_box(0.6, 0.6, 0.6), body=RigidBody(shape="BOX")),
        SceneObject(name="Plate", location=(-2, 0, 0.03), geometry=_box(1, 1, 0.06), body=still),
        SceneObject(
            name="Door",
            location=(2, 0, 0.7),
            geometry=_box(0.2, 2, 1.4),
            body=RigidBody(type="PASSIVE", shape="BOX", kinematic=True),
            semantic_class="door",
        ),
        SceneObject(
            name="Lamp", location=(0, 2, 2), geometry=_ball(0.4), properties={"on": False}, semantic_class="lamp"
        ),
        SceneObject(name="Counter", location=(0, -2, 1), geometry=_box(0.4, 0.4, 0.4), properties={"count": 0}),
        *(
            SceneObject(name=f"Crate {n}", location=(-5.5 + n * 0.5, 2, 2), geometry=_box(0.4, 0.4, 0.4), body=held)
            for n in (1, 2, 3)
        ),
    ]
    hinge = Constraint(name="Hinge", type="HINGE", object1="Box", object2="Floor", location=(3, 1, 0))
    return SceneGraph(name="room", world=World(fps=60), objects=tuple(objects), constraints=(hinge,))
