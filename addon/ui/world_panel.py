"""The panel in which a sentence becomes a world."""

from __future__ import annotations

from typing import Any

import bpy
import bpy.utils.previews

from ..engine.guest import guest
from .drawing import Panel, alert, wrapped
from .operators.world import PLACE
from .panels import draw_work
from .preferences import chosen_coder, may_ask, storage
from .session import SESSION, Fix, Line
from .text import ENGLISH, tr
from .world_task import PICTURE, WORLD

SCALE = 7.5
"""Height of the picture, in buttons."""

MOST = 6
"""Lines of a kind that are told; the report has all."""

_pictures: dict[str, Any] = {}
"""Blender's store of small pictures, as ``store``."""


class CDYN_PT_world(Panel, bpy.types.Panel):
    """A sentence, and the world that was made of it."""

    bl_idname = "CDYN_PT_world"
    bl_label = ENGLISH["world"]
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout: Any = self.layout
        settings: Any = context.scene.cdyn
        if chosen_coder(context) == "openai" and not may_ask(context):
            alert(layout, tr("offline"), Fix("cdyn.allow_online"), Fix("cdyn.preferences"))
        layout.prop(settings, "sentence", text="", placeholder=tr("sentence_example"))
        if settings.sentence.strip():
            wrapped(layout, settings.sentence)
        layout.operator("cdyn.make_world", icon="WORLD")
        told = guest(context.scene)
        work = SESSION.work
        if work is not None and work.place == PLACE:
            draw_work(layout, work)
            return
        if SESSION.concerns(context.scene.session_uid, PLACE):
            _draw_said(layout)
        if told is not None:
            _draw_world(layout.box(), told)


def _draw_said(layout: Any) -> None:
    if SESSION.error:
        alert(layout, SESSION.error)
    elif SESSION.message:
        wrapped(layout, SESSION.message, "INFO")


def _draw_world(layout: Any, told: Line) -> None:
    """The world that may still be taken out: its picture, the choice, and what is to be told of it."""
    picture = _picture(told["folder"])
    if picture:
        layout.template_icon(icon_value=picture, scale=SCALE)
    row = layout.row(align=True)
    row.scale_y = 1.3
    row.operator("cdyn.keep_world", icon="CHECKMARK")
    row.operator("cdyn.undo_world", icon="LOOP_BACK")
    layout.operator("cdyn.video", icon="RENDER_ANIMATION")
    wrapped(layout, told["collection"], "OUTLINER_COLLECTION")
    made = tr("world_made", things=tr("things", count=told["objects"]), met=told["met"], checks=told["checks"])
    wrapped(layout, made, "CHECKMARK" if told["met"] == told["checks"] else "INFO")
    if told["left_out"]:
        wrapped(layout, tr("world_left_out", words=", ".join(told["left_out"])), "ERROR")
    for check in told["broken"][:MOST]:
        wrapped(layout, tr("world_broken", check=check), "CANCEL")
    for check in told["missed"][:MOST]:
        wrapped(layout, tr("world_missed", check=check), "ERROR")
    if told["sky_kept"]:
        wrapped(layout, tr("world_sky_kept"), "INFO")
    if told["rules"]:
        wrapped(layout, tr("world_rules", count=len(told["rules"])), "INFO")


def _picture(folder: str) -> int:
    """The number of the picture of a world, 0 if there is none."""
    store, path = _pictures["store"], storage() / folder / WORLD / PICTURE
    if folder not in store and path.is_file():
        store.load(folder, str(path), "IMAGE")
    return store[folder].icon_id if folder in store else 0


class CDYN_PT_world_options(Panel, bpy.types.Panel):
    """The seed, and the report."""

    bl_idname = "CDYN_PT_world_options"
    bl_label = ENGLISH["world_options"]
    bl_parent_id = "CDYN_PT_world"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        self.layout.prop(context.scene.cdyn, "world_seed")
        self.layout.operator("cdyn.world_report", icon="URL")


CLASSES = (CDYN_PT_world, CDYN_PT_world_options)


def register() -> None:
    """Add the panel."""
    _pictures["store"] = bpy.utils.previews.new()
    for cls in CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove it."""
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
    bpy.utils.previews.remove(_pictures.pop("store"))
