"""The list of rules, what is proposed for it, and the list of assertions."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.props import IntProperty, StringProperty

from ..drawing import LETTER, folded
from ..text import ENGLISH, tr
from .script import show_text

POPUP = 420
"""Width of a popup in pixels, at a scale of 1."""

REFERENCE = "What rules can say"
"""Name of the text with the table."""


class _Add:
    """Adds an entry to a list of the scene's settings."""

    entries = index = ""

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Add it, and choose it."""
        settings = context.scene.cdyn
        getattr(settings, self.entries).add()
        setattr(settings, self.index, len(getattr(settings, self.entries)) - 1)
        return {"FINISHED"}


class _Remove:
    """Removes the chosen entry from a list of the scene's settings."""

    entries = index = ""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        return len(getattr(context.scene.cdyn, cls.entries)) > 0

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Remove it, and choose the one before."""
        settings = context.scene.cdyn
        place = getattr(settings, self.index)
        getattr(settings, self.entries).remove(place)
        setattr(settings, self.index, max(0, min(place, len(getattr(settings, self.entries)) - 1)))
        return {"FINISHED"}


class CDYN_OT_add_rule(_Add, bpy.types.Operator):
    """Add a rule."""

    bl_idname = "cdyn.add_rule"
    bl_label = ENGLISH["add_rule"]
    bl_description = ENGLISH["add_rule_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "rules", "rule_index"


class CDYN_OT_add_idea(bpy.types.Operator):
    """Add a rule that was proposed."""

    bl_idname = "cdyn.add_idea"
    bl_label = ENGLISH["add_rule"]
    bl_description = ENGLISH["add_idea_tip"]
    bl_options = {"REGISTER", "UNDO"}

    text: StringProperty(options={"SKIP_SAVE", "HIDDEN"})

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        """The tooltip: the whole rule, of which a narrow panel shows a part."""
        return f"{tr('add_idea_tip')}: {properties.text}"

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Add it, in the place of an empty one that is chosen, and choose it."""
        settings: Any = context.scene.cdyn
        chosen = settings.rules[settings.rule_index] if settings.rule_index < len(settings.rules) else None
        if chosen is None or chosen.text.strip():
            chosen = settings.rules.add()
            settings.rule_index = len(settings.rules) - 1
        chosen.text = self.text
        return {"FINISHED"}


class CDYN_OT_move_rule(bpy.types.Operator):
    """Move the chosen rule up or down."""

    bl_idname = "cdyn.move_rule"
    bl_label = ENGLISH["move_rule"]
    bl_description = ENGLISH["move_rule_tip"]
    bl_options = {"REGISTER", "UNDO"}

    by: IntProperty(default=-1, options={"SKIP_SAVE", "HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Move it, as far as there is room."""
        settings: Any = context.scene.cdyn
        place = min(max(settings.rule_index + self.by, 0), len(settings.rules) - 1)
        settings.rules.move(settings.rule_index, place)
        settings.rule_index = place
        return {"FINISHED"}


class CDYN_OT_what_to_write(bpy.types.Operator):
    """Open the table of what rules can say."""

    bl_idname = "cdyn.what_to_write"
    bl_label = ENGLISH["what_to_write"]
    bl_description = ENGLISH["what_to_write_tip"]

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Show it in a text editor beside the viewport."""
        from ...rules.document import rules_document

        text = bpy.data.texts.get(REFERENCE) or bpy.data.texts.new(REFERENCE)
        text.from_string(rules_document())
        show_text(context, text, 1)
        return {"FINISHED"}


class CDYN_OT_remove_rule(_Remove, bpy.types.Operator):
    """Remove a rule."""

    bl_idname = "cdyn.remove_rule"
    bl_label = ENGLISH["remove_rule"]
    bl_description = ENGLISH["remove_rule_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "rules", "rule_index"


class CDYN_OT_explain_rule(bpy.types.Operator):
    """Show all that is to be said of a rule that is not understood, as a tooltip and on a click."""

    bl_idname = "cdyn.explain_rule"
    bl_label = ENGLISH["explain_rule"]
    bl_description = ENGLISH["explain_rule_tip"]

    why: StringProperty(options={"SKIP_SAVE"})

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        """The tooltip."""
        return str(properties.why).rstrip(".")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Open a popup."""
        return context.window_manager.invoke_popup(self, width=POPUP)

    def draw(self, context: bpy.types.Context) -> None:
        """Draw it."""
        for line in folded(self.why, int(POPUP / LETTER)):
            self.layout.label(text=line, translate=False)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Nothing is done."""
        return {"FINISHED"}


class CDYN_OT_add_assertion(_Add, bpy.types.Operator):
    """Add an assertion."""

    bl_idname = "cdyn.add_assertion"
    bl_label = ENGLISH["add_assertion"]
    bl_description = ENGLISH["add_assertion_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "assertions", "assertion_index"


class CDYN_OT_remove_assertion(_Remove, bpy.types.Operator):
    """Remove an assertion."""

    bl_idname = "cdyn.remove_assertion"
    bl_label = ENGLISH["remove_assertion"]
    bl_description = ENGLISH["remove_assertion_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "assertions", "assertion_index"


def fill_settings(settings: Any, rules: tuple[str, ...], assertions: tuple[str, ...]) -> None:
    """Set the rules and assertions of a scene."""
    for entries, texts in ((settings.rules, rules), (settings.assertions, assertions)):
        entries.clear()
        for text in texts:
            entries.add().text = text


CLASSES = (
    CDYN_OT_add_rule,
    CDYN_OT_add_idea,
    CDYN_OT_move_rule,
    CDYN_OT_what_to_write,
    CDYN_OT_remove_rule,
    CDYN_OT_explain_rule,
    CDYN_OT_add_assertion,
    CDYN_OT_remove_assertion,
)
