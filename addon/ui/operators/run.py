"""Running a scene, and putting the motion on its timeline."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path
from typing import Any

import bpy

from ...engine.markers import set_markers
from ...engine.motions import load_motions
from ...engine.playback import is_played_back, play_back, take_out
from .. import overlay
from ..preferences import budgets
from ..session import SESSION, Line
from ..tasks import JOB, MOTIONS, OVERLAY, SCRIPT, SUMMARY
from ..text import ENGLISH, tr
from ..work import copy_scene, in_slices, new_folder, start_task
from .runs import list_runs
from .script import can_start, line_in, rules_of


def request_run(context: bpy.types.Context) -> bool:
    """Start the task that runs the scene with its script."""
    scene: Any = context.scene
    settings = scene.cdyn
    folder = new_folder(scene.name)
    try:
        copy_scene(folder)
    except RuntimeError as error:
        SESSION.say(error=tr("cannot_save", reason=error))
        return False
    if settings.script is not None:
        (folder / SCRIPT).write_text(settings.script.as_string(), encoding="utf-8")
    request = {
        "task": "run",
        "title": scene.name,
        "rules": rules_of(settings),
        "assertions": [a.text.strip() for a in settings.assertions if a.text.strip()],
        "steps": settings.steps,
        "seed": settings.seed,
        "budgets": budgets(context),
    }
    name = scene.name
    return start_task(context, folder, request, lambda result: _end(name, folder, result))


def _end(scene: str, folder: Path, result: Line | None) -> None:
    """Show what a run gave, and put its motion on the timeline if its script went through."""
    list_runs()
    if result is None:
        SESSION.error_line = line_in(SESSION.error)
        return
    if not result["ok"]:
        show_problem(result)
        show_result(result, folder)
        return
    apply_run(scene, folder)


def show_result(summary: Line, folder: Path) -> None:
    """Show the figures of a run."""
    SESSION.result, SESSION.result_folder = summary, str(folder)
    SESSION.report = str(folder / JOB / "report.html")


def show_problem(result: Line) -> None:
    """Tell why the script of a run failed, and where."""
    problem = result["problem"] or {}
    line = int(problem.get("line") or 0)
    reason = str(problem.get("reason", "")) + (f" (line {line})" if line else "")
    SESSION.say(error=tr("script_failed", frame=result["problem_frame"], reason=reason), line=line)


def apply_run(name: str, folder: Path) -> None:
    """Put a run on the timeline of a scene, bit by bit, and make one undo step of it."""
    scene = bpy.data.scenes.get(name)
    if scene is None:
        SESSION.say(error=tr("scene_gone", name=name))
        return
    summary: Line = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    motions = load_motions(folder / MOTIONS)
    SESSION.say(tr("phase_apply"))
    if is_played_back(scene):
        take_out(scene)

    def end() -> None:
        found = bpy.data.scenes[name]
        set_markers(found, [(frame, label) for frame, label in summary["markers"]])
        found.frame_set(found.frame_start)
        show_result(summary, folder)
        overlay.show(folder / OVERLAY, summary["markers"])
        SESSION.say(tr("applied", motions=len(motions), markers=len(summary["markers"])))
        bpy.ops.ed.undo_push(message=ENGLISH["run_button"])

    in_slices(play_back(scene, motions, summary["frames"]), end)


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
        if SESSION.stop() and work is not None:
            SESSION.say(tr("cancelled"))
            work.on_end(None)
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
        take_out(context.scene)
        set_markers(context.scene, [])
        overlay.hide()
        SESSION.say()
        return {"FINISHED"}


class CDYN_OT_report(bpy.types.Operator):
    """Open the report of the run that is shown."""

    bl_idname = "cdyn.report"
    bl_label = ENGLISH["report"]
    bl_description = ENGLISH["report_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        return bool(SESSION.report)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open it in the browser."""
        webbrowser.open(Path(SESSION.report).as_uri())
        return {"FINISHED"}


CLASSES = (CDYN_OT_run, CDYN_OT_cancel, CDYN_OT_take_out, CDYN_OT_report)
