"""A submenu of the viewport's Object menu, which also makes what the panel does findable by Blender's search."""

from __future__ import annotations

import bpy

from .text import CONTEXT, ENGLISH

OPERATORS = (
    ("cdyn.write", "CONSOLE"),
    ("cdyn.copy_prompt", "COPYDOWN"),
    ("cdyn.paste_answer", "PASTEDOWN"),
    ("cdyn.run", "PLAY"),
    ("cdyn.make_world", "WORLD"),
    ("cdyn.cancel", "CANCEL"),
    ("cdyn.take_out", "X"),
    ("cdyn.report", "URL"),
    None,
    ("cdyn.gallery", "IMAGE_DATA"),
    ("cdyn.make_active", "RIGID_BODY"),
    ("cdyn.make_passive", "RIGID_BODY"),
    None,
    ("cdyn.documentation", "HELP"),
)


class CDYN_MT_dynamics(bpy.types.Menu):
    """What the panel does."""

    bl_idname = "CDYN_MT_dynamics"
    bl_label = ENGLISH["tab"]
    bl_translation_context = CONTEXT

    def draw(self, context: bpy.types.Context) -> None:
        """Draw it."""
        for entry in OPERATORS:
            if entry is None:
                self.layout.separator()
            else:
                self.layout.operator(entry[0], icon=entry[1])


def _draw_entry(self: bpy.types.Menu, context: bpy.types.Context) -> None:
    self.layout.separator()
    self.layout.menu("CDYN_MT_dynamics", icon="PHYSICS")


def register() -> None:
    """Add the menu."""
    bpy.utils.register_class(CDYN_MT_dynamics)
    bpy.types.VIEW3D_MT_object.append(_draw_entry)


def unregister() -> None:
    """Remove it."""
    bpy.types.VIEW3D_MT_object.remove(_draw_entry)
    bpy.utils.unregister_class(CDYN_MT_dynamics)
