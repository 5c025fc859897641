"""How the scene is understood, as the panel tells it; kept until the scene changes."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy
from bpy.app.handlers import persistent

from .text import tr

MOST_ALERTS = 4


@dataclass(frozen=True)
class Alert:
    """Something wrong, in words, and the operator that mends it ("" if none does)."""

    text: str
    operator: str = ""


@dataclass
class Overview:
    """Counts, and what is missing."""

    objects: int = 0
    active: int = 0
    passive: int = 0
    plain: int = 0
    joints: int = 0
    alerts: list[Alert] = field(default_factory=list)


_overviews: dict[str, Overview] = {}


def overview(scene: bpy.types.Scene) -> Overview:
    """The scene's overview."""
    found = _overviews.get(scene.name)
    if found is None:
        found = _overviews[scene.name] = look_at(scene)
    return found


def look_at(scene: bpy.types.Scene) -> Overview:
    """Count the scene's objects and find what keeps it from being simulated."""
    found = Overview()
    linked: list[str] = []
    for obj in scene.objects:
        body = obj.rigid_body
        found.joints += obj.rigid_body_constraint is not None
        if obj.type not in ("MESH", "EMPTY"):
            continue
        found.objects += 1
        if obj.library is not None or (obj.data is not None and obj.data.library is not None):
            linked.append(obj.name)
        if body is None:
            found.plain += obj.type == "MESH"
            continue
        found.active += body.type == "ACTIVE"
        found.passive += body.type == "PASSIVE"
        if obj.type == "MESH" and not obj.data.polygons:
            found.alerts.append(Alert(tr("scene_no_mesh", name=obj.name)))
        if not all(obj.scale):
            found.alerts.append(Alert(tr("scene_zero_scale", name=obj.name)))
    if linked:
        found.alerts.insert(0, Alert(tr("scene_linked", name=linked[0]), "cdyn.make_local"))
    if found.objects and scene.rigidbody_world is None:
        found.alerts.insert(0, Alert(tr("scene_no_world"), "cdyn.add_world"))
    elif found.objects and not found.active + found.passive:
        found.alerts.append(Alert(tr("scene_no_bodies"), "cdyn.make_active"))
    del found.alerts[MOST_ALERTS:]
    return found


def mover_of(obj: bpy.types.Object) -> str:
    """Who moves an object: ``physics``, ``script`` (a passive or kinematic body, or none at all) or ``joint``."""
    if obj.rigid_body_constraint is not None:
        return "joint"
    body = obj.rigid_body
    return "physics" if body is not None and body.type == "ACTIVE" and not body.kinematic else "script"


@persistent
def _forget(*_: object) -> None:
    _overviews.clear()


HANDLERS = ("depsgraph_update_post", "undo_post", "redo_post", "load_post")


def register() -> None:
    """Look anew when the scene changes."""
    for name in HANDLERS:
        getattr(bpy.app.handlers, name).append(_forget)


def unregister() -> None:
    """Do so no more."""
    for name in HANDLERS:
        getattr(bpy.app.handlers, name).remove(_forget)
    _overviews.clear()
