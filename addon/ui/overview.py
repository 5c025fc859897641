"""How the scene is understood, as the panel tells it; kept until the scene changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import bpy
from bpy.app.handlers import persistent

from ..engine.applied import edited, playing
from ..engine.keeping import is_kinematic
from ..fields import moved_by_physics
from .session import Fix
from .text import tr

MOST_ALERTS = 4
MOST_NAMES = 3
"""Names that are listed; the rest are counted."""


@dataclass(frozen=True)
class Alert:
    """Something wrong, in words, and the buttons that mend it."""

    text: str
    fixes: tuple[Fix, ...] = ()


@dataclass
class Overview:
    """Counts, and what is missing."""

    objects: int = 0
    active: int = 0
    passive: int = 0
    plain: int = 0
    joints: int = 0
    dynamic: int = 0
    """Bodies that physics moves."""

    animated: int = 0
    alerts: list[Alert] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    """Objects that the user has changed since a run was put on the timeline."""

    astray: bool = False
    """Whether physics moves what plays a run."""

    @property
    def can_move(self) -> bool:
        """Whether anything would move in a run without a script."""
        return bool(self.dynamic or self.animated)


_overviews: dict[int, Overview] = {}


def overview(scene: bpy.types.Scene) -> Overview:
    """The scene's overview."""
    found = _overviews.get(scene.session_uid)
    if found is None:
        found = _overviews[scene.session_uid] = look_at(scene)
    return found


def look_at(scene: bpy.types.Scene) -> Overview:
    """Count the scene's objects and find what keeps it from being simulated."""
    found = Overview(edited=edited(scene), astray=_is_astray(scene))
    for obj in scene.objects:
        body = obj.rigid_body
        found.joints += obj.rigid_body_constraint is not None
        found.animated += _is_animated(obj)
        if obj.type not in ("MESH", "EMPTY"):
            continue
        found.objects += 1
        if obj.library is not None or (obj.data is not None and obj.data.library is not None):
            found.linked.append(obj.name)
        if body is None:
            found.plain += obj.type == "MESH"
            continue
        found.active += body.type == "ACTIVE"
        found.passive += body.type == "PASSIVE"
        found.dynamic += mover_of(obj) == "physics"
        if obj.type == "MESH" and not obj.data.polygons:
            found.alerts.append(Alert(tr("scene_no_mesh", name=obj.name)))
        if not all(obj.scale):
            found.alerts.append(Alert(tr("scene_zero_scale", name=obj.name)))
    del found.alerts[MOST_ALERTS:]
    return found


def _is_astray(scene: bpy.types.Scene) -> bool:
    world: Any = scene.rigidbody_world
    return world is not None and world.enabled and any(moved_by_physics(obj.rigid_body) for obj in playing(scene))


def _is_animated(obj: bpy.types.Object) -> bool:
    data = obj.animation_data
    return data is not None and bool(data.action or data.nla_tracks or data.drivers)


def listed(names: list[str], quote: str = "'") -> str:
    """Names in a row: the first of them, and how many more there are."""
    more = len(names) - MOST_NAMES
    shown = ", ".join(f"{quote}{name}{quote}" for name in names[:MOST_NAMES])
    return tr("and_more", names=shown, count=more) if more > 0 else shown


def mover_of(obj: bpy.types.Object) -> str:
    """Who moves an object: ``physics``, ``script`` (a body that physics does not move, or none) or ``joint``."""
    if obj.rigid_body_constraint is not None:
        return "joint"
    body: Any = obj.rigid_body
    moves = body is not None and body.type == "ACTIVE" and body.enabled and not is_kinematic(obj)
    return "physics" if moves else "script"


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
