"""Small planar scenes."""

from addon.scene_graph import Plane, Primitive, RigidBody, SceneGraph, SceneObject, World

FLOOR = SceneObject(
    name="Floor",
    geometry=Primitive(kind="cube", dimensions=(40, 4, 1)),
    location=(0, 0, -0.5),
    body=RigidBody(type="PASSIVE", shape="BOX"),
)


def ball(name="Ball", at=(0, 0, 5), radius=0.5, geometry=None, **settings):
    body = {"shape": "SPHERE", "linear_damping": 0.0, "angular_damping": 0.0, **settings.pop("body", {})}
    kind = geometry or Primitive(kind="sphere", dimensions=(2 * radius,) * 3)
    return SceneObject(name=name, geometry=kind, location=at, body=RigidBody(**body), **settings)


def scene(*objects, fps=60, gravity=(0, 0, -9.8), plane=None):
    world = World(fps=fps, gravity=gravity, solver_iterations=15, plane=plane or Plane(size=None, meters_per_unit=1.0))
    return SceneGraph(world=world, objects=objects)
