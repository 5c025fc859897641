"""Having a script written, repaired and shown."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy
from bpy.props import BoolProperty

from ...engine.applied import note_edits
from ..preferences import chosen_coder, may_ask, preferences
from ..refusals import tell_refused
from ..serving import serving
from ..session import SESSION, Line
from ..text import ENGLISH, said, tr
from ..work import copy_scene, new_folder, scene_of, start_task
from .runs import delete_run

TEXT = "Dynamics script"
WRITING = "Dynamics script, being written"
KEPT = "{name}, before"
WRITTEN = "cdyn_written"
"""Custom property of a text: the hash of what a coder wrote there."""

WRITER = "cdyn_writer"
"""Custom property of a text: the coder that wrote it, and its model."""

UNDERSTOOD = "cdyn_understood"
"""Custom property of a text: JSON of how the rules were understood of which it was written."""


def rules_of(settings: Any) -> list[str]:
    """The rules that say something and are not muted."""
    return [rule.text.strip() for rule in settings.rules if rule.text.strip() and not rule.is_muted]


def can_start(cls: Any) -> bool:
    """Whether nothing runs; says so if not."""
    if SESSION.busy:
        cls.poll_message_set(tr("busy"))
        return False
    return True


def request_script(context: bpy.types.Context, problem: str = "", answer: str = "") -> bool:
    """Start the task that has a script written; with a problem, the present script is to be repaired.

    With the answer of a chat page, nobody else is asked.
    """
    if not (problem or answer) and tell_refused(context.scene):
        return False
    folder = _folder(context)
    if folder is None:
        return False
    request = {"task": "write", **writing(context, problem)}
    if answer:
        request |= {"answer": answer, "attempts": 1}
    stream = Stream(context.scene.session_uid, folder, request)
    if not start_task(context, folder, request, stream.end, stream.line):
        return False
    show_text(context, stream.begin())
    return True


def request_prompt(context: bpy.types.Context, problem: str = "") -> bool:
    """Start the task that puts the prompt on the clipboard; with a problem, for a repair of the present script."""
    folder, key = _folder(context), context.scene.session_uid

    def end(result: Line | None) -> None:
        assert folder is not None
        delete_run(folder)
        SESSION.scene = key
        if result is not None:
            bpy.context.window_manager.clipboard = SESSION.prompt = result["prompt"]
            SESSION.say(tr("prompt_copied"), scene=key)

    return folder is not None and start_task(context, folder, _request(context, problem) | {"task": "prompt"}, end)


def _folder(context: bpy.types.Context) -> Path | None:
    """A folder with a copy of the scene; None, with an error told, if it cannot be copied."""
    scene: Any = context.scene
    note_edits(scene)
    folder = new_folder(scene.name)
    try:
        copy_scene(folder)
    except RuntimeError as error:
        SESSION.say(error=tr("cannot_save", reason=error), scene=scene.session_uid)
        return None
    return folder


def writing(context: bpy.types.Context, problem: str = "") -> Line:
    """What a task needs to have a script written."""
    return _request(context, problem) | {
        "coder": chosen_coder(context),
        "attempts": preferences(context).attempts,
        "online": bool(bpy.app.online_access),
        **serving(context),
    }


def _request(context: bpy.types.Context, problem: str) -> Line:
    """What a script is asked for by."""
    settings: Any = context.scene.cdyn
    return {
        "rules": rules_of(settings),
        "goal": settings.goal.strip(),
        "script": settings.script.as_string() if problem else "",
        "problem": problem,
    }


class Stream:
    """An answer that grows in a text of its own, and takes the place of the scene's script once it is whole.

    Texts are known by name, for undo makes each another one.
    """

    def __init__(self, scene: int, folder: Path, request: Line) -> None:
        self._begun, self._expected = time.monotonic(), float(request.get("expected", 0.0))
        self.scene, self.folder, self.refused = scene, folder, ""
        self.kept = ""
        """The text that holds what the user had edited in the script before."""

    def begin(self) -> bpy.types.Text:
        """The text in which the answer grows."""
        text = bpy.data.texts.get(WRITING) or bpy.data.texts.new(WRITING)
        text.clear()
        return text

    def line(self, line: Line) -> None:
        """Append what came."""
        text = bpy.data.texts.get(WRITING)
        if text is not None and "text" in line:
            text.write(line["text"])
        if line.get("kind") == "rule":
            self.refused = line["reason"]
        if self._expected and (self.refused or "written" in line or "result" in line):
            SESSION.pace *= (time.monotonic() - self._begun) / self._expected
            self._expected = 0.0
        if "written" in line:
            self.take(line["written"])

    def end(self, result: Line | None) -> None:
        """Take over the finished script; without one, the script is what it was."""
        delete_run(self.folder)
        SESSION.scene = self.scene
        if result is None:
            self.give_up()
        elif self.take(result):
            self._tell(result)
            bpy.ops.ed.undo_push(message=ENGLISH["write"])

    def give_up(self) -> None:
        """Nothing was written: the script is what it was, and why is told where the rules are the reason."""
        if self.refused:
            scene = scene_of(self.scene)
            if scene is None or not tell_refused(scene):
                SESSION.say(error=tr("rules_refused", reason=self.refused), scene=self.scene, of_rules=True)
        self._leave(scene_of(self.scene))

    def take(self, result: Line) -> bool:
        """Make what was written the script of the scene; False if that is gone."""
        scene: Any = scene_of(self.scene)
        if scene is not None:
            self.kept = keep_edits(scene.cdyn.script, is_needed=bool(result["problem"]))
            writer = writer_in(result)
            scene.cdyn.script = take_over(scene.cdyn.script, result["script"], result["understood"], writer)
            SESSION.find(self.scene, result)
        self._leave(scene)
        if scene is not None:
            show_line(scene.cdyn.script, first_line(result["script"]))
        return scene is not None

    def _tell(self, result: Line) -> None:
        if result["problem"]:
            problem = f"{tr('script_refused')}: {result['problem']}"
            line = line_in(result["problem"])
            SESSION.say(error=problem, line=line, scene=self.scene, problem=result["problem"])
        elif result["understood"] and all(one["way"] == "words" for one in result["understood"]):
            SESSION.say(tr("written_read"), scene=self.scene)
        else:
            SESSION.say(tr("written", coder=writer_in(result), tokens=sum(result["tokens"])), scene=self.scene)

    def _leave(self, scene: Any) -> None:
        """Show the scene's script again in the editors that showed the growing answer, which goes."""
        growing = bpy.data.texts.get(WRITING)
        if growing is None:
            return
        for window in bpy.context.window_manager.windows:
            for area in window.screen.areas:
                if area.type == "TEXT_EDITOR" and area.spaces.active.text == growing:
                    area.spaces.active.text = scene.cdyn.script if scene is not None else None
        bpy.data.texts.remove(growing)


def writer_in(written: Line) -> str:
    """The coder and the model that wrote a script."""
    return " ".join(part for part in (written["coder"], written["model"]) if part)


def writer_of(text: bpy.types.Text | None) -> str:
    """Who wrote a script, in words of the report; "" for none."""
    if text is None:
        return ""
    if not text.get(WRITER):
        return "hand"
    coder = f"the coder {text[WRITER]}"
    return coder if text.get(WRITTEN) == _hash(text.as_string()) else f"{coder}, and edited by hand since"


def take_over(
    text: bpy.types.Text | None, script: str, understood: Sequence[Line] = (), writer: str = ""
) -> bpy.types.Text:
    """Put a script that was written into the text that holds the one before; files of the user's own stay.

    ``understood`` tells of each rule its text, its reading in one line, and the way in which it came about; ``writer``
    is the coder, and its model.
    """
    if text is None or text.filepath or text.library is not None:
        text = bpy.data.texts.new(TEXT)
    text.from_string(script)
    text[WRITTEN] = _hash(text.as_string())
    text[WRITER] = writer
    text[UNDERSTOOD] = json.dumps(list(understood))
    return text


def is_unwritten(settings: Any) -> bool:
    """Whether the rules and the goal say something else than what the script was written of.

    A script of the user's own is never so, for nobody knows of what it was written.
    """
    wanted, text = list(filter(None, (*rules_of(settings), settings.goal.strip()))), settings.script
    if text is None or not text.as_string().strip():
        return bool(wanted)
    if WRITTEN not in text:
        return False
    return [one["text"] for one in json.loads(text.get(UNDERSTOOD, "[]"))] != wanted


def understood_in(text: bpy.types.Text | None) -> list[Line]:
    """How the rules were understood of which a script was written; nothing if it was edited since."""
    if text is None or text.get(WRITTEN) != _hash(text.as_string()):
        return []
    found: list[Line] = json.loads(text.get(UNDERSTOOD, "[]"))
    return found


def keep_edits(text: bpy.types.Text | None, is_needed: bool = False) -> str:
    """Keep a script beside its text before another one takes its place there, if the user edited it or may need it.

    Gives the name of the text that holds it, "" for none.
    """
    if text is None or text.filepath or text.library is not None:
        return ""
    content, name = text.as_string(), KEPT.format(name=text.name)
    if content.strip() and (is_needed or text.get(WRITTEN) != _hash(content)):
        kept = bpy.data.texts.get(name) or bpy.data.texts.new(name)
        kept.from_string(content)
        return name
    return ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def first_line(script: str) -> int:
    """The line of a script from which on it is to be read: free code comes after its helpers, rules before them."""
    from ...coder.link import STEP

    lines, step = script.splitlines(), STEP.rstrip()
    has_rules = any(line.startswith("def rule_") for line in lines)
    return lines.index(step) + 1 if step in lines and not has_rules else 1


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
    space.show_word_wrap = True
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


def has_rules(cls: Any, context: bpy.types.Context) -> bool:
    """Whether there are rules or a goal; says so if not."""
    settings: Any = context.scene.cdyn
    if not rules_of(settings) and not settings.goal:
        cls.poll_message_set(tr("no_rules"))
        return False
    return True


def has_problem(context: bpy.types.Context) -> bool:
    """Whether something is told to be wrong with the scene's script."""
    is_mine = SESSION.concerns(context.scene.session_uid)
    return bool(SESSION.error_line and is_mine and context.scene.cdyn.script)


def is_unreachable(context: bpy.types.Context) -> bool:
    """Whether scripts are written by an endpoint that Blender may not ask."""
    return chosen_coder(context) == "openai" and not may_ask(context)


class CDYN_OT_write(bpy.types.Operator):
    """Have a script written for the rules."""

    bl_idname = "cdyn.write"
    bl_label = ENGLISH["write"]
    bl_description = ENGLISH["write_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be rules, and a coder that may be asked."""
        if not has_rules(cls, context):
            return False
        if is_unreachable(context):
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
        return has_problem(context) and CDYN_OT_write.poll(context)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_script(context, SESSION.problem) else {"CANCELLED"}


class CDYN_OT_copy_prompt(bpy.types.Operator):
    """Put the prompt for a chat page on the clipboard."""

    bl_idname = "cdyn.copy_prompt"
    bl_label = ENGLISH["copy_prompt"]
    bl_description = ENGLISH["copy_prompt_tip"]

    repair: BoolProperty(**said("repair"), options={"SKIP_SAVE"})

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be rules."""
        return has_rules(cls, context) and can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        problem = SESSION.problem if self.repair and has_problem(context) else ""
        return {"FINISHED"} if request_prompt(context, problem) else {"CANCELLED"}


class CDYN_OT_paste_answer(bpy.types.Operator):
    """Take the answer of a chat page from the clipboard."""

    bl_idname = "cdyn.paste_answer"
    bl_label = ENGLISH["paste_answer"]
    bl_description = ENGLISH["paste_answer_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be rules."""
        return has_rules(cls, context) and can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task, unless the clipboard holds no answer."""
        answer = context.window_manager.clipboard
        wrong = "clipboard_empty" if not answer.strip() else ""
        if answer.strip() and answer.strip() == SESSION.prompt.strip():
            wrong = "clipboard_prompt"
        if wrong:
            SESSION.say(error=tr(wrong), scene=context.scene.session_uid)
            return {"CANCELLED"}
        return {"FINISHED"} if request_script(context, answer=answer) else {"CANCELLED"}


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
        is_mine = SESSION.concerns(context.scene.session_uid)
        show_text(context, context.scene.cdyn.script, SESSION.error_line if is_mine else 0)
        return {"FINISHED"}


CLASSES = (CDYN_OT_write, CDYN_OT_repair, CDYN_OT_copy_prompt, CDYN_OT_paste_answer, CDYN_OT_show_script)
