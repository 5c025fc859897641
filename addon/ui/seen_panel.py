"""What reading a picture of the scene would cost: the button that tries it, and what came of it."""

from __future__ import annotations

from typing import Any

import bpy

from ..engine.playback import is_played_back
from .drawing import wrapped
from .overview import listed
from .session import SESSION, Line
from .text import tr


def draw_seen(layout: Any, context: bpy.types.Context) -> None:
    """The button, and below it the comparison while the scene is as it was."""
    layout.operator("cdyn.compare_picture", icon="HIDE_OFF")
    told = SESSION.seen.get(context.scene.session_uid)
    if told is None or told["scene"] != look_of(context.scene):
        return
    box = layout.box()
    for words, icon in lines_of(told):
        wrapped(box, words, icon)
    if any(name in context.scene.objects for name in told["missing"]):
        box.operator("cdyn.select_missing", icon="RESTRICT_SELECT_OFF")


def look_of(scene: bpy.types.Scene) -> int:
    """What tells whether a scene is as it was: its objects and their places, but for those that a run moves."""
    moves = is_played_back(scene)
    places: list[Any] = (
        [] if moves else [tuple(o.location) + tuple(o.rotation_euler) + tuple(o.scale) for o in scene.objects]
    )
    return hash((tuple((o.name, o.hide_viewport, o.hide_render) for o in scene.objects), tuple(places)))


def lines_of(told: Line) -> list[tuple[str, str]]:
    """What is told of a comparison, each line with its icon."""
    away = "–" if told["away"] is None else f"{told['away']:.0%}"
    lines = [(tr("seen_found", found=told["found"], of=told["of"], away=away), "HIDE_OFF")]
    if told["is_strange"]:
        lines.append((tr("seen_strange"), "ERROR"))
    if told["missing"]:
        lines.append((tr("seen_missing", names=listed(told["missing"])), "DOT"))
    if told["misread"]:
        taken = [tr("seen_taken", name=name, kind=kind) for name, kind in told["misread"]]
        lines.append((tr("seen_misread", names=", ".join(taken)), "DOT"))
    if told["invented"]:
        lines.append((tr("seen_invented", names=listed(told["invented"])), "DOT"))
    lines.append((tr("seen_never", count=told["joints"]), "INFO"))
    return lines
