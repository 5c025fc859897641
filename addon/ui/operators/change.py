"""Changing the rules in words, which runs them at once, and stepping through the changes."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.props import BoolProperty, IntProperty

from .. import changes, readings
from ..session import SESSION, Asked, Line
from ..text import ENGLISH, tr
from ..work import ask, scene_of
from .run import run_at_once
from .script import can_start, rules_of

PLACE = "change"
"""The panel that tells of changes."""


def request_change(context: bpy.types.Context) -> bool:
    """Start the task that reads what is wished; False, with the reason told, if it cannot be started."""
    from ...engine.protocol import SceneFileError

    scene: Any = context.scene
    window: Any = context.window_manager.cdyn
    settings, key, said = scene.cdyn, scene.session_uid, window.wish.strip()
    try:
        outline = readings.outline_of(scene)
    except SceneFileError as error:
        SESSION.say(error=str(error), scene=key, place=PLACE)
        return False
    history, own = changes.history_of(settings), changes.places(settings)
    request = {
        "task": "change",
        "said": said,
        "lists": history.lists,
        "at": history.at,
        "selected": own.index(settings.rule_index) if settings.rule_index in own else None,
        "scene": outline.model_dump_json(),
    }
    rules = tuple(rules_of(settings))
    SESSION.asked.pop(key, None)
    return ask(context, request, lambda result: _end(key, said, rules, result), PLACE)


def _end(key: int, said: str, rules: tuple[str, ...], result: Line | None) -> None:
    """Change the rules, as one step that can be undone; or tell why not, or ask which change is meant."""
    scene: Any = scene_of(key)
    SESSION.scene = key
    if result is None or scene is None:
        return
    if tuple(rules_of(scene.cdyn)) != rules:
        SESSION.say(error=tr("change_late"), scene=key, place=PLACE)
    elif result.get("choices"):
        SESSION.asked[key] = Asked(said, rules, tuple(result["choices"]))
    elif "reason" in result:
        SESSION.say(error=result["reason"], scene=key, place=PLACE)
    else:
        changes.put(scene.cdyn, result)
        forget_wish(said)
        bpy.ops.ed.undo_push(message=ENGLISH["change"])
        run_at_once(scene)


def forget_wish(said: str) -> None:
    """Empty the field in which something was wished, unless there is something else in it by now."""
    window: Any = bpy.context.window_manager.cdyn
    if window.wish.strip() == said:
        window.wish = ""


def asked_of(scene: bpy.types.Scene) -> Asked | None:
    """What is asked about the rules of a scene; None if nothing is, or they are others by now."""
    settings: Any = scene.cdyn
    asked = SESSION.asked.get(scene.session_uid)
    return asked if asked is not None and asked.rules == tuple(rules_of(settings)) else None


class CDYN_OT_change(bpy.types.Operator):
    """Change the rules as is wished."""

    bl_idname = "cdyn.change"
    bl_label = ENGLISH["change"]
    bl_description = ENGLISH["change_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be rules and a wish, and nothing be running."""
        if not rules_of(context.scene.cdyn):
            cls.poll_message_set(tr("no_rules"))
            return False
        if not context.window_manager.cdyn.wish.strip():
            cls.poll_message_set(tr("no_wish"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_change(context) else {"CANCELLED"}


class CDYN_OT_choose_change(bpy.types.Operator):
    """Make one of the changes that could be meant."""

    bl_idname = "cdyn.choose_change"
    bl_label = ENGLISH["choose_change"]
    bl_description = ENGLISH["choose_change_tip"]
    bl_options = {"REGISTER", "UNDO"}

    number: IntProperty(options={"SKIP_SAVE", "HIDDEN"})

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        """The tooltip: the whole change, of which a narrow panel shows a part."""
        asked = asked_of(context.scene)
        return difference_of(asked.choices[properties.number]) if asked is not None else tr("choose_change_tip")

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Something must be asked, and nothing be running."""
        return asked_of(context.scene) is not None and can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Make it."""
        asked = asked_of(context.scene)
        assert asked is not None
        changes.put(context.scene.cdyn, asked.choices[self.number])
        forget_wish(asked.said)
        del SESSION.asked[context.scene.session_uid]
        run_at_once(context.scene)
        return {"FINISHED"}


def difference_of(told: Line) -> str:
    """What a change does, in a line."""
    return "; ".join(tr("change_of", **edit) for edit in told["edits"])


class CDYN_OT_step_change(bpy.types.Operator):
    """Step through the changes of the rules."""

    bl_idname = "cdyn.step_change"
    bl_label = ENGLISH["change_back"]
    bl_description = ENGLISH["change_back_tip"]
    bl_options = {"REGISTER", "UNDO"}

    forward: BoolProperty(options={"SKIP_SAVE", "HIDDEN"})

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        """The tooltip, which depends on the direction."""
        return tr("change_forward_tip" if properties.forward else "change_back_tip")

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Step, as far as there is a change."""
        settings: Any = context.scene.cdyn
        if can_start(type(self)) and changes.can_step(settings, back=not self.forward):
            changes.step(settings, back=not self.forward)
            SESSION.say(scene=context.scene.session_uid, place=PLACE)
            return {"FINISHED"}
        return {"CANCELLED"}


CLASSES = (CDYN_OT_change, CDYN_OT_choose_change, CDYN_OT_step_change)
