"""The scene that examples and tests of rules speak of."""

from __future__ import annotations

from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject, World


def _solid(name, location, size, kind="cube", **fields):
    settings = {key: fields.pop(key) for key in list(fields) if key in RigidBody.model_fields}
    body = RigidBody(shape="SPHERE" if kind == "sphere" else "BOX", **settings) if settings else None
    return SceneObject(
        name=name, location=location, geometry=Primitive(kind=kind, dimensions=size), body=body, **fields
    )


def room() -> SceneGraph:
    """A floor, a ball above a plate, a box, a door, a lamp, a counter, three held crates and a hinge."""
    crates = [
        _solid(f"Crate {n}", (-5.5 + 0.5 * n, 2, 2), (0.4, 0.4, 0.4), type="ACTIVE", kinematic=True) for n in (1, 2, 3)
    ]
    return SceneGraph(
        name="room",
        world=World(fps=60),
        objects=(
            _solid("Floor", (0, 0, -0.2), (20, 6, 0.4), type="PASSIVE"),
            _solid("Ball", (-2, 0, 1.5), (0.5, 0.5, 0.5), "sphere", type="ACTIVE", semantic_class="ball"),
            _solid("Box", (3, 1, 0.3), (0.6, 0.6, 0.6), type="ACTIVE"),
            _solid("Plate", (-2, 0, 0.03), (1, 1, 0.06), type="PASSIVE"),
            _solid("Door", (2, 0, 0.7), (0.2, 2, 1.4), type="PASSIVE", kinematic=True, semantic_class="door"),
            _solid("Lamp", (0, 2, 2), (0.4, 0.4, 0.4), "sphere", properties={"on": False}, semantic_class="lamp"),
            _solid("Counter", (0, -2, 1), (0.4, 0.4, 0.4), properties={"count": 0}),
            *crates,
        ),
        constraints=(Constraint(name="Hinge", type="HINGE", object1="Box", object2="Floor", location=(3, 1, 0)),),
    )
