"""Having a script written, repaired and shown."""

from __future__ import annotations

import re
from typing import Any

import bpy

from ..preferences import chosen_coder, may_ask, preferences
from ..session import SESSION, Line
from ..text import ENGLISH, tr
from ..work import copy_scene, new_folder, start_task

TEXT = "Dynamics script"


def rules_of(settings: Any) -> list[str]:
    """The rules that say something."""
    return [rule.text.strip() for rule in settings.rules if rule.text.strip()]


def can_start(cls: Any) -> bool:
    """Whether nothing runs; says so if not."""
    if SESSION.busy:
        cls.poll_message_set(tr("busy"))
        return False
    return True


def request_script(context: bpy.types.Context, problem: str = "") -> bool:
    """Start the task that has a script written; with a problem, the present script is to be repaired."""
    scene: Any = context.scene
    settings = scene.cdyn
    folder = new_folder(scene.name)
    try:
        copy_scene(folder)
    except RuntimeError as error:
        SESSION.say(error=tr("cannot_save", reason=error))
        return False
    request = {
        "task": "write",
        "rules": rules_of(settings),
        "goal": settings.goal,
        "coder": chosen_coder(context),
        "attempts": preferences(context).attempts,
        "script": settings.script.as_string() if problem else "",
        "problem": problem,
        "online": bool(bpy.app.online_access),
        "served": SESSION.server_address,
    }
    text = bpy.data.texts.new(TEXT)
    show_text(context, text)
    stream = _Stream(scene.name, text.name, settings.script.name if settings.script else "")
    settings.script = text
    return start_task(context, folder, request, stream.end, stream.line)


class _Stream:
    """An answer that grows in a text block, known by its name, for undo makes the block another one."""

    def __init__(self, scene: str, text: str, before: str) -> None:
        self.scene, self.text, self.before = scene, text, before

    def line(self, line: Line) -> None:
        """Append what came."""
        text = bpy.data.texts.get(self.text)
        if text is not None and "text" in line:
            text.write(line["text"])

    def end(self, result: Line | None) -> None:
        """Put the finished script in the answer's place; without one, the script before comes back."""
        text, scene = bpy.data.texts.get(self.text), bpy.data.scenes.get(self.scene)
        if text is None:
            return
        if result is None:
            bpy.data.texts.remove(text)
            if scene is not None:
                scene.cdyn.script = bpy.data.texts.get(self.before)
            return
        text.from_string(result["script"])
        show_line(text, first_rule(result["script"]))
        if result["problem"]:
            SESSION.say(error=f"{tr('script_refused')}: {result['problem']}", line=line_in(result["problem"]))
        else:
            name = " ".join(part for part in (result["coder"], result["model"]) if part)
            SESSION.say(tr("written", coder=name, tokens=sum(result["tokens"])))
        bpy.ops.ed.undo_push(message=ENGLISH["write"])


def first_rule(script: str) -> int:
    """The line of a script where its rules begin, after the helpers; 1 if it has none."""
    lines = script.splitlines()
    return next((number - 1 for number, line in enumerate(lines, 1) if line.startswith("def rule_")), 1)


def line_in(problem: str) -> int:
    """The line that a problem names, 0 if it names none."""
    found = re.search(r"\bline (\d+)", problem)
    return int(found[1]) if found else 0


def show_text(context: bpy.types.Context, text: bpy.types.Text, line: int = 0) -> None:
    """Show a text in an editor of this window, which is opened beside the viewport if there is none."""
    window: Any = context.window
    area = next((a for a in window.screen.areas if a.type == "TEXT_EDITOR"), None)
    if area is None:
        view = next((a for a in window.screen.areas if a.type == "VIEW_3D"), None)
        if view is None:
            return
        known = {a.as_pointer() for a in window.screen.areas}
        with context.temp_override(window=window, area=view):
            bpy.ops.screen.area_split(direction="VERTICAL", factor=0.35)
        area = next(a for a in window.screen.areas if a.as_pointer() not in known)
        area.type = "TEXT_EDITOR"
    space = area.spaces.active
    space.text, space.show_line_numbers, space.show_syntax_highlight = text, True, True
    if line:
        show_line(text, line, above=10)
    area.tag_redraw()


def show_line(text: bpy.types.Text, line: int, above: int = 1) -> None:
    """Have every editor of a text show a line, with some lines above it."""
    text.cursor_set(line - 1)
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "TEXT_EDITOR" and area.spaces.active.text == text:
                area.spaces.active.top = max(0, line - above)
                area.tag_redraw()


class CDYN_OT_write(bpy.types.Operator):
    """Have a script written for the rules."""

    bl_idname = "cdyn.write"
    bl_label = ENGLISH["write"]
    bl_description = ENGLISH["write_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be rules, and a coder that may be asked."""
        settings: Any = context.scene.cdyn
        if not rules_of(settings) and not settings.goal:
            cls.poll_message_set(tr("no_rules"))
            return False
        if chosen_coder(context) == "openai" and not may_ask(context):
            cls.poll_message_set(tr("offline"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_script(context) else {"CANCELLED"}


class CDYN_OT_repair(bpy.types.Operator):
    """Have the script repaired."""

    bl_idname = "cdyn.repair"
    bl_label = ENGLISH["repair"]
    bl_description = ENGLISH["repair_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a problem with a script."""
        return bool(SESSION.error and context.scene.cdyn.script) and CDYN_OT_write.poll(context)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_script(context, SESSION.error) else {"CANCELLED"}


class CDYN_OT_show_script(bpy.types.Operator):
    """Show the script, at the line that is wrong if there is one."""

    bl_idname = "cdyn.show_script"
    bl_label = ENGLISH["show_script"]
    bl_description = ENGLISH["show_script_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        return context.scene.cdyn.script is not None

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Show it."""
        show_text(context, context.scene.cdyn.script, SESSION.error_line)
        return {"FINISHED"}


CLASSES = (CDYN_OT_write, CDYN_OT_repair, CDYN_OT_show_script)
