"""Who moves an object: one answer, from its body, animation and parent.

It holds at the start of a run, for a script may change the settings of a body, and with them who moves it.
`moved_by_physics` tells that of settings as they are at any moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..fields import moved_by_physics
from .models import SceneGraph, SceneObject

if TYPE_CHECKING:
    from ..fields import BodySettings

Mover = Literal["physics", "animation", "parent", "script", "nothing"]


def mover(graph: SceneGraph, name: str) -> Mover:
    """Who moves an object of the scene. Raises KeyError with the names that exist.

    ``physics``: forces, for its body is ACTIVE. ``animation``: keyframes, drivers or constraints. ``parent``: its
    parent, which it hangs on or whose compound body it is a part of. ``script``: nothing but a script. ``nothing``: not
    even a script, for the graph does not hold it: a light, a camera, the holder of a joint.
    """
    if name not in graph.names:
        graph.kind_of(name)
        return "nothing"
    obj = graph.object(name)
    if is_part(obj, graph):
        return "parent"
    if graph.world.enabled and has_simulated_pose(obj.body):
        return "physics" if is_free(obj) else "script"
    if obj.animation is not None and obj.animation.steps:
        return "animation"
    return "parent" if obj.parent is not None else "script"


def can_be_moved_by_script(graph: SceneGraph, name: str) -> bool:
    """Whether a script's write of a pose or velocity has its effect: not where animation holds the object, unless
    scripts win over that, nor for parts of a compound and what the graph does not hold. Raises KeyError."""
    found = mover(graph, name)
    if found in ("animation", "nothing"):
        return False
    obj = graph.object(name)
    is_switched = found == "physics" and obj.animation is not None and bool(obj.animation.kinematic)
    return not is_switched and not is_part(obj, graph)


def is_free(obj: SceneObject) -> bool:
    """Whether forces move the object's body."""
    return moved_by_physics(obj.body)


def is_held(obj: SceneObject) -> bool:
    """Whether the object's ACTIVE body is kinematic or not enabled, so that a script can release it to physics."""
    return obj.body is not None and obj.body.type == "ACTIVE" and not is_free(obj)


def is_fixed(obj: SceneObject) -> bool:
    """Whether the object's body is PASSIVE and not meant to move: others bump into it where it is."""
    return obj.body is not None and obj.body.type == "PASSIVE" and not obj.body.kinematic


def is_part(obj: SceneObject, graph: SceneGraph) -> bool:
    """Whether the object's shape belongs to a compound parent, so that it is no body of its own."""
    if obj.parent is None or obj.body is None:
        return False
    parent = graph.object(obj.parent)
    return parent.body is not None and parent.body.shape == "COMPOUND"


def has_simulated_pose(body: BodySettings | None) -> bool:
    """Whether Blender shows an object where physics has its body, whatever keyframes and parents say: it does so for
    ACTIVE bodies that are not kinematic, those that are not enabled and stand still included."""
    return body is not None and body.type == "ACTIVE" and not body.kinematic
