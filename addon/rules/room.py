"""The scene that the example rules speak of."""

from __future__ import annotations

from functools import cache

from ..scene_graph import (
    Constraint,
    Light,
    Mesh,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneObject,
    ShapeKey,
    Text,
    World,
)

Vector = tuple[float, float, float]


def _solid(name: str, location: Vector, size: Vector, body: RigidBody | None = None, **fields: object) -> SceneObject:
    round_ = body is not None and body.shape == "SPHERE"
    shape = Primitive(kind="sphere" if round_ or (body is None and name == "Lamp") else "cube", dimensions=size)
    return SceneObject(name=name, location=location, geometry=shape, body=body, **fields)


_CORNERS = tuple((x, y, z) for x in (-0.3, 0.3) for y in (-0.3, 0.3) for z in (-0.3, 0.3))
_BLOB = Mesh(
    vertices=_CORNERS,
    faces=((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)),
)
_SQUASHED = ShapeKey(name="Squashed", moves=dict.fromkeys((1, 3, 5, 7), (0.0, 0.0, -0.4)))


@cache
def room() -> SceneGraph:
    """A floor, a ball above a plate, a box, a door, a lamp, a counter, three held crates and a hinge; a bulb that gives
    light, a sign and a blob."""
    fixed, free = RigidBody(type="PASSIVE", shape="BOX"), RigidBody(type="ACTIVE", shape="BOX")
    round_ = RigidBody(type="ACTIVE", shape="SPHERE")
    moved, held = fixed.model_copy(update={"kinematic": True}), free.model_copy(update={"kinematic": True})
    crates = [_solid(f"Crate {n}", (-5.5 + 0.5 * n, 2, 2), (0.4, 0.4, 0.4), held) for n in (1, 2, 3)]
    return SceneGraph(
        name="room",
        world=World(fps=60),
        objects=(
            _solid("Floor", (0, 0, -0.2), (20, 6, 0.4), fixed),
            _solid("Ball", (-2, 0, 1.5), (0.5, 0.5, 0.5), round_, semantic_class="ball"),
            _solid("Box", (3, 1, 0.3), (0.6, 0.6, 0.6), free),
            _solid("Plate", (-2, 0, 0.03), (1, 1, 0.06), fixed),
            _solid("Door", (2, 0, 0.7), (0.2, 2, 1.4), moved, semantic_class="door"),
            _solid("Lamp", (0, 2, 2), (0.4, 0.4, 0.4), properties={"on": False}, semantic_class="lamp"),
            _solid("Counter", (0, -2, 1), (0.4, 0.4, 0.4), properties={"count": 0}),
            *crates,
            SceneObject(name="Bulb", location=(2, -2, 2.5), light=Light(energy=60)),
            SceneObject(name="Sign", location=(4, 2, 1), text=Text(body="Closed", size=0.5)),
            SceneObject(
                name="Blob",
                location=(-4, -2, 0.3),
                geometry=_BLOB,
                shape_keys=(_SQUASHED,),
                properties={"awake": False},
            ),
        ),
        constraints=(Constraint(name="Hinge", type="HINGE", object1="Box", object2="Floor", location=(3, 1, 0)),),
    )
