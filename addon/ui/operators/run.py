"""Running a scene, and putting the motion on its timeline."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
from bpy.props import IntProperty, StringProperty

from ...engine.applied import mark, note_edits, run_of, take_off
from ...engine.markers import set_markers
from ...engine.motions import load_motions
from ...engine.playback import is_played_back, play_back
from .. import overlay, results
from ..browser import show
from ..overview import listed, overview
from ..preferences import budgets
from ..refusals import tell_refused
from ..report_task import FRAMES
from ..session import SESSION, Failed, Fix, Line
from ..tasks import JOB, MOTIONS, SCRIPT, SUMMARY
from ..text import ENGLISH, english, tr
from ..why_panel import open_first
from ..work import copy_scene, in_slices, new_folder, scene_of, start_task, stop
from .runs import delete_run, list_runs
from .script import Stream, can_start, is_unreachable, is_unwritten, rules_of, understood_in, writer_of, writing


def script_of(settings: Any) -> str:
    """The script that a scene is run with; "" without one, if it is blank, or if it says rules that are gone."""
    text = settings.script.as_string() if settings.script is not None else ""
    is_gone = understood_in(settings.script) and not rules_of(settings) and not settings.goal.strip()
    return text if text.strip() and not is_gone else ""


def request_run(context: bpy.types.Context) -> bool:
    """Start the task that runs the scene, for which what the rules say is first written if it is not yet.

    False, with the reason told, if that makes no sense.
    """
    scene: Any = context.scene
    settings, key, script = scene.cdyn, scene.session_uid, script_of(scene.cdyn)
    is_written = not is_unwritten(settings)
    if is_written and not script and not overview(scene).can_move:
        SESSION.say(error=tr("nothing_moves"), scene=key, fixes=(Fix("cdyn.make_active"),))
        return False
    if not is_written and is_unreachable(context):
        SESSION.say(error=tr("offline"), scene=key, fixes=(Fix("cdyn.allow_online"), Fix("cdyn.preferences")))
        return False
    if not is_written and tell_refused(scene):
        return False
    note_edits(scene)
    folder = new_folder(scene.name)
    try:
        copy_scene(folder)
    except RuntimeError as error:
        SESSION.say(error=tr("cannot_save", reason=error), scene=key)
        return False
    if script and is_written:
        (folder / SCRIPT).write_text(script, encoding="utf-8")
    request = {
        "task": "run",
        "title": scene.name,
        "rules": rules_of(settings),
        "goal": settings.goal.strip(),
        "understood": understood_in(settings.script),
        "writer": writer_of(settings.script),
        "assertions": [a.text.strip() for a in settings.assertions if a.text.strip()],
        "steps": settings.steps,
        "seed": settings.seed,
        "override": settings.override,
        "start": scene.frame_start,
        "budgets": budgets(context),
        **({} if is_written else writing(context)),
    }
    stream = Stream(key, folder, request)
    SESSION.failed.pop(key, None)
    SESSION.findings.pop(key, None)
    SESSION.report = ""
    if not start_task(context, folder, request, lambda result: _end(stream, result), stream.line):
        return False
    if not is_written:
        stream.begin()
    if SESSION.work is not None:
        SESSION.work.first = scene.frame_start
    return True


def run_at_once(scene: bpy.types.Scene) -> None:
    """Run a scene, as its button does, after something was done to it that is to be seen; not one that nobody sees."""
    if bpy.context.scene == scene and bpy.ops.cdyn.run.poll():
        request_run(bpy.context)


def _end(stream: Stream, result: Line | None) -> None:
    """Put a run's motion on the timeline if its script went through, else tell why it did not."""
    key, folder = stream.scene, stream.folder
    if stream.refused:
        delete_run(folder)
    SESSION.scene = key
    if result is None:
        stream.give_up()
    else:
        SESSION.find(key, result)
        if stream.kept:
            SESSION.findings[key].warnings.append(tr("edits_beside", name=stream.kept))
        if result["ok"]:
            apply_run(key, folder)
        else:
            show_problem(key, result, folder)
            open_first(result, None)
    list_runs()


def show_problem(key: int, summary: Line, folder: Path) -> None:
    """Tell why the script of a run failed, and where; its figures are shown."""
    SESSION.failed[key] = Failed(summary, folder.name)
    missing = _bodiless(summary)
    SESSION.say(
        error=problem_words(summary, tr),
        line=int((summary["problem"] or {}).get("line") or 0),
        scene=key,
        fixes=(Fix("cdyn.make_active", missing),) if missing else (),
        problem=problem_words(summary, english),
    )


def problem_words(summary: Line, said_as: Callable[..., str]) -> str:
    """Why the script of a run failed, and where: as `tr` has it for the user, or `english` for a coder."""
    problem = summary["problem"] or {}
    missing = _bodiless(summary)
    reason = said_as("no_body", names=repr(missing)) if missing else str(problem.get("reason", ""))
    if problem.get("line"):
        reason = said_as("in_line", reason=reason, line=problem["line"])
    if problem.get("kind") in ("syntax", "refused"):
        return f"{said_as('script_refused')}: {reason}"
    return said_as("script_failed", frame=failed_at(summary), reason=reason)


def _bodiless(summary: Line) -> str:
    """The object whose rigid body the line that failed asks for, if that has none; else ""."""
    source = str((summary["problem"] or {}).get("source_line", ""))
    return next((name for name in summary.get("bodiless", ()) if name in source), "")


def failed_at(summary: Line) -> int:
    """The frame of the timeline at which the script of a run failed."""
    return int(summary.get("start", 0)) + int(summary["problem_frame"] or 0)


def apply_run(key: int, folder: Path) -> None:
    """Put a run on the timeline of a scene, bit by bit, and make one undo step of it."""
    scene = scene_of(key)
    if scene is None:
        SESSION.say(error=tr("scene_gone"))
        return
    try:
        told: Line = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        summary = results.begun_at(told, scene.frame_start, scene.objects.keys())
        motions = load_motions(folder / MOTIONS)
    except (OSError, ValueError, KeyError):
        SESSION.say(error=tr("run_incomplete", run=folder.name), scene=key)
        return
    there = {obj.name for obj in scene.objects if obj.library is None}
    missing = [motion.name for motion in motions if motion.name not in there]
    if motions and len(missing) == len(motions):
        SESSION.say(error=tr("run_of_other_scene", names=listed(missing)), scene=key)
        return
    SESSION.say(tr("phase_apply"), scene=key)
    SESSION.failed.pop(key, None)
    SESSION.report = ""
    if is_played_back(scene):
        take_off(scene)

    def end() -> None:
        found = scene_of(key)
        assert found is not None
        set_markers(found, [(frame, label) for frame, label in summary["markers"]])
        found.frame_set(found.frame_start)
        told = {"run": folder.name, "start": found.frame_start, "summary": results.kept(summary)}
        told |= {"moved": len(motions) - len(missing), "missing": missing, "markers": len(summary["markers"])}
        mark(found, told)
        overlay.show(folder)
        open_first(summary, found.cdyn)
        SESSION.say(scene=key)
        bpy.ops.ed.undo_push(message=ENGLISH["run_button"])

    in_slices(play_back(scene, motions, summary["frames"]), end)


def applied_words(scene: bpy.types.Scene) -> str:
    """What is told of the run that is on a scene's timeline; "" without one."""
    told = run_of(scene)
    if told is None:
        return ""
    moved, missing = told["moved"], told["missing"]
    moving, events = tr("things_moving", count=moved), tr("events", count=told.get("markers", 0))
    if not told["run"]:
        return tr("applied_world", moving=moving)
    words = tr("applied", moving=moving, events=events) if moved else tr("applied_still")
    return f"{words} {tr('applied_without', names=listed(missing))}" if missing else words


class CDYN_OT_run(bpy.types.Operator):
    """Run the scene."""

    bl_idname = "cdyn.run"
    bl_label = ENGLISH["run_button"]
    bl_description = ENGLISH["run_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Something must be there to simulate, and nothing else running."""
        if not any(o.type == "MESH" for o in context.scene.objects):
            cls.poll_message_set(tr("scene_empty"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_run(context) else {"CANCELLED"}


class CDYN_OT_cancel(bpy.types.Operator):
    """End what runs."""

    bl_idname = "cdyn.cancel"
    bl_label = ENGLISH["cancel"]
    bl_description = ENGLISH["cancel_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Something must run."""
        return SESSION.busy

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Kill it."""
        work = SESSION.work
        if stop() and work is not None:
            SESSION.say(tr("cancelled"), place=work.place)
            work.on_end(None)
        return {"FINISHED"}


class CDYN_OT_go_to(bpy.types.Operator):
    """Show something that happened. It is no step of its own to undo: the next takes back the run."""

    bl_idname = "cdyn.go_to"
    bl_label = ENGLISH["go_to"]
    bl_description = ENGLISH["go_to_tip"]

    frame: IntProperty(options={"SKIP_SAVE", "HIDDEN"})
    objects: StringProperty(options={"SKIP_SAVE", "HIDDEN"})
    """Their names, as a JSON list."""

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Go to the frame; what is hidden or gone since is not selected."""
        context.scene.frame_set(self.frame)
        about = set(json.loads(self.objects or "[]"))
        for obj in context.view_layer.objects:
            obj.select_set(obj.name in about and obj.visible_get())
        return {"FINISHED"}


class CDYN_OT_take_out(bpy.types.Operator):
    """Take the run off the timeline."""

    bl_idname = "cdyn.take_out"
    bl_label = ENGLISH["take_out"]
    bl_description = ENGLISH["take_out_tip"]
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """One must be there."""
        return is_played_back(context.scene)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Take it out, markers too."""
        kept = take_off(context.scene)
        set_markers(context.scene, [])
        overlay.hide()
        key = context.scene.session_uid
        SESSION.failed.pop(key, None)
        SESSION.say(tr("edits_kept", names=listed(kept)) if kept else "", scene=key)
        return {"FINISHED"}


class CDYN_OT_report(bpy.types.Operator):
    """Open the report of the run that is shown."""

    bl_idname = "cdyn.report"
    bl_label = ENGLISH["report"]
    bl_description = ENGLISH["report_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        return _report(context) is not None

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open it in the browser, once pictures are in it."""
        path = _report(context)
        assert path is not None
        is_whole = path.parent.name != JOB or (path.parent / FRAMES).exists()
        if is_whole or SESSION.busy or not _request_pictures(context, path):
            show(path)
        return {"FINISHED"}


def _request_pictures(context: bpy.types.Context, path: Path) -> bool:
    """Start the task that puts pictures into a report, and open it then, even if none could be taken; False if the task
    cannot be started."""
    shown, key = results.shown(context.scene), context.scene.session_uid
    start = int(shown.summary.get("start", 0)) if shown is not None else 0
    folder = new_folder(context.scene.name)

    def end(result: Line | None) -> None:
        delete_run(folder)
        SESSION.scene = key
        show(path)

    return start_task(context, folder, {"task": "pictures", "job": str(path.parent), "start": start}, end)


def _report(context: bpy.types.Context) -> Path | None:
    """The report of an evaluation that has just been done, else that of the run that is shown."""
    if SESSION.report:
        return Path(SESSION.report)
    shown = results.shown(context.scene)
    return shown.report if shown is not None else None


CLASSES = (CDYN_OT_run, CDYN_OT_cancel, CDYN_OT_go_to, CDYN_OT_take_out, CDYN_OT_report)
