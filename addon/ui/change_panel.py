"""The panel in which rules are changed in words: the wish, what it did, and the way back."""

from __future__ import annotations

from typing import Any

import bpy

from . import changes
from .drawing import Panel, alert, draw_lines, lines_of, wrapped
from .operators.change import PLACE, asked_of, difference_of
from .operators.script import rules_of
from .panels import draw_work
from .session import SESSION, Line
from .text import ENGLISH, tr

NUMBER_BUTTON = 1
"""Letters that the button of a choice takes from a line, besides what an icon would."""


class CDYN_PT_change(Panel, bpy.types.Panel):
    """What is to be different about the rules, in words."""

    bl_idname = "CDYN_PT_change"
    bl_label = ENGLISH["change"]
    bl_parent_id = "CDYN_PT_rules"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Whether there are rules to change, or some to step back to."""
        settings: Any = context.scene.cdyn
        return bool(rules_of(settings)) or changes.can_step(settings, back=True)

    def draw(self, context: bpy.types.Context) -> None:
        """Draw the field, how it came out, and the steps."""
        layout: Any = self.layout
        settings: Any = context.scene.cdyn
        row = layout.row(align=True)
        row.prop(context.window_manager.cdyn, "wish", text="", placeholder=tr("wish_example"))
        row.operator("cdyn.change", text="", icon="GREASEPENCIL")
        for forward, icon in ((False, "LOOP_BACK"), (True, "LOOP_FORWARDS")):
            button = row.row(align=True)
            button.enabled = changes.can_step(settings, back=not forward)
            button.operator("cdyn.step_change", text="", icon=icon).forward = forward
        if SESSION.work is not None and SESSION.work.place == PLACE:
            draw_work(layout, SESSION.work)
            return
        asked = asked_of(context.scene)
        if SESSION.concerns(context.scene.session_uid, PLACE) and SESSION.error:
            alert(layout, SESSION.error)
        elif asked is not None:
            wrapped(layout, tr("change_asked", said=asked.said), "QUESTION")
            for number, choice in enumerate(asked.choices):
                row = layout.row(align=True)
                row.alignment = "LEFT"
                row.operator("cdyn.choose_change", text=str(number + 1), translate=False).number = number
                draw_lines(row, lines_of(difference_of(choice), NUMBER_BUTTON))
        elif changes.stands(settings):
            _draw_done(layout, changes.kept(settings))


def _draw_done(layout: Any, told: Line) -> None:
    """What the last change did: each rule in words, or its text before and after where there are none."""
    if not told["edits"]:
        return
    box = layout.box()
    if told["said"]:
        wrapped(box, f"'{told['said']}'", "CHECKMARK")
    for edit in told["edits"]:
        if edit["difference"]:
            wrapped(box, tr("change_of", **edit))
            continue
        for text, icon in ((edit["before"], "REMOVE"), (edit["after"], "ADD")):
            if text:
                wrapped(box, text, icon)


CLASSES = (CDYN_PT_change,)

register, unregister = bpy.utils.register_classes_factory(CLASSES)
