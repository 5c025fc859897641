"""The scenes that the sentences of changes are said in: the example room, and a yard."""

from addon.rules import Vocabulary
from addon.rules.room import room
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject


def _thing(name, place, kind="cube", **fields):
    return SceneObject(
        name=name, location=(2.0 * place, 0, 1), geometry=Primitive(kind=kind, dimensions=(0.5,) * 3), **fields
    )


FREE, FIXED = RigidBody(type="ACTIVE"), RigidBody(type="PASSIVE")
MOVED = RigidBody(type="PASSIVE", kinematic=True)
YARD = SceneGraph(
    name="yard",
    objects=(
        _thing("Red Ball", 0, "sphere", body=FREE),
        _thing("Cube", 1, body=FREE),
        _thing("Target", 2, body=FIXED),
        _thing("Gate", 3, body=MOVED),
        _thing("Shutter", 4, body=MOVED),
        _thing("Fan", 5, body=MOVED),
        _thing("Lamp", 6, properties={"on": False}),
        _thing("Floor", -2, body=FIXED),
    ),
)

_ROOM, _YARD = Vocabulary(room()), Vocabulary(YARD)
SCENES = dict.fromkeys(("door", "two", "jump", "crates", "again", "colours", "turns", "states"), _ROOM)
SCENES |= {"gate": _YARD, "forces": _YARD}
