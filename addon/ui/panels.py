"""The tab in the sidebar of the 3D viewport. Drawing only shows what is known already."""

from __future__ import annotations

import json
from typing import Any

import bpy

from ..engine.names import PREFIX
from ..engine.playback import is_played_back
from . import results, rule_panels, why_panel
from .drawing import Panel, alert, draw_lines, letters, lines_of, share, wrapped
from .operators.physibench import project_python
from .operators.run import applied_words, failed_at
from .operators.runs import number_of, size_words
from .operators.script import is_unreachable
from .overview import Overview, listed, mover_of, overview
from .preferences import chosen_coder
from .seen_panel import draw_seen
from .session import SESSION, Findings, Fix, Work
from .steps import draw_number
from .text import ENGLISH, tr

FRAME_BUTTON = 2
"""Letters that the button with a frame takes from a line, besides what an icon would."""

RUN_HEIGHT = 1.5
"""Height of the button that runs, in buttons."""

MOST_NOTES = 30
"""Notes that are listed; the report has all."""


class CDYN_PT_scene(Panel, bpy.types.Panel):
    """What moves by itself, what stands still, and what rules move."""

    bl_idname = "CDYN_PT_scene"
    bl_label = ENGLISH["scene"]

    def draw_header(self, context: bpy.types.Context) -> None:
        """The number of the step."""
        draw_number(self.layout, context.scene, 1)

    def draw_header_preset(self, context: bpy.types.Context) -> None:
        """The way to the documentation."""
        self.layout.operator("cdyn.documentation", icon="HELP", text="", emboss=False)

    def draw(self, context: bpy.types.Context) -> None:
        """Draw it."""
        layout, found = self.layout, overview(context.scene)
        layout.operator("cdyn.gallery", icon="IMAGE_DATA")
        if not found.objects:
            wrapped(layout, tr("scene_empty"), "INFO")
        elif not found.active + found.passive:
            _draw_movers(layout, context, found)
        else:  # It is done, and leaves room for what comes next.
            header, body = layout.panel_prop(context.window_manager.cdyn, "shows_movers")
            header.label(text=_counts(found), translate=False)
            if body is not None:
                _draw_movers(body, context, found)
        if is_played_back(context.scene):
            _draw_played(layout, context.scene, found)
        if found.linked:
            wrapped(layout, tr("scene_linked", names=listed(found.linked)), "LINKED")
            layout.operator("cdyn.make_local")
        for problem in found.alerts:
            alert(layout, problem.text, *problem.fixes)


def _draw_movers(layout: Any, context: bpy.types.Context, found: Overview) -> None:
    """How many things move by themselves, stand still or are moved by rules, how to choose it, and their names."""
    wrapped(layout, _counts(found), "RIGID_BODY")
    if found.joints:
        wrapped(layout, tr("scene_joints", count=found.joints), "RIGID_BODY_CONSTRAINT")
    if not found.active + found.passive:
        wrapped(layout, tr("scene_no_bodies"), "INFO")
    layout.prop(context.window_manager.cdyn, "picked", text="")
    row = layout.row(align=True)
    row.operator("cdyn.make_active")
    row.operator("cdyn.make_passive")
    window: Any = context.window_manager.cdyn
    header, body = layout.panel_prop(window, "shows_objects")
    header.label(text=tr("objects"), translate=False)
    if body is not None:
        body.template_list("CDYN_UL_objects", "", context.scene, "objects", window, "object_index", rows=5)


def _counts(found: Overview) -> str:
    counts = {"moving": found.active, "still": found.passive, "plain": found.plain}
    return " · ".join(tr(f"count_{name}", count=count) for name, count in counts.items() if count)


def _draw_played(layout: Any, scene: bpy.types.Scene, found: Overview) -> None:
    """What a run on the timeline means for the scene, where that is not plain."""
    world: Any = scene.rigidbody_world
    if found.astray:
        alert(layout, tr("scene_played_on"), Fix("cdyn.take_out"))
    elif world is not None and world.enabled:
        wrapped(layout, tr("scene_played_beside"), "INFO")
    if found.edited:
        wrapped(layout, tr("scene_edited", names=listed(found.edited)), "GREASEPENCIL")


def findings(context: bpy.types.Context) -> Findings:
    """What was found of the scene."""
    return SESSION.findings.get(context.scene.session_uid) or Findings()


class CDYN_PT_notes(Panel, bpy.types.Panel):
    """What of the scene is not carried, and what was guessed."""

    bl_idname = "CDYN_PT_notes"
    bl_label = ENGLISH["notes"]
    bl_parent_id = "CDYN_PT_result"
    bl_options = {"DEFAULT_CLOSED"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Whether there are any."""
        return bool(findings(context).notes)

    def draw_header_preset(self, context: bpy.types.Context) -> None:
        """Their number."""
        self.layout.label(text=str(len(findings(context).notes)), icon="ERROR", translate=False)

    def draw(self, context: bpy.types.Context) -> None:
        """List them."""
        for note in findings(context).notes[:MOST_NOTES]:
            wrapped(self.layout, note_words(note), "DOT")
        if len(findings(context).notes) > MOST_NOTES:
            wrapped(self.layout, tr("notes_more", count=len(findings(context).notes) - MOST_NOTES))


def note_words(note: dict[str, Any]) -> str:
    """A note as a line: what it is about, and its sentence."""
    subject, text = note.get("subject", ""), note.get("text", "")
    return text if not subject or subject in text else f"'{subject}': {text}"


class CDYN_UL_objects(bpy.types.UIList):
    """Objects by the names that rules use, with who moves each and the properties that rules can speak of."""

    bl_idname = "CDYN_UL_objects"

    def draw_item(self, context: Any, layout: Any, data: Any, item: Any, icon: Any, active: Any, name: Any) -> None:
        """Draw one."""
        row = layout.split(factor=0.45)
        row.label(text=item.name, translate=False)
        scalars = [key for key, value in item.items() if isinstance(value, bool | int | float | str)]
        properties = ", ".join(key for key in scalars if not key.startswith(PREFIX))
        row.label(text=" · ".join(filter(None, (tr(f"moved_{mover_of(item)}"), properties))), translate=False)


class CDYN_PT_run(Panel, bpy.types.Panel):
    """The run, what is going on, and the script."""

    bl_idname = "CDYN_PT_run"
    bl_label = ENGLISH["run"]

    def draw_header(self, context: bpy.types.Context) -> None:
        """The number of the step."""
        draw_number(self.layout, context.scene, 3)

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout: Any = self.layout
        settings: Any = context.scene.cdyn
        if SESSION.work is None:
            _draw_told(layout, context)
        elif SESSION.work.place == "run":
            draw_work(layout, SESSION.work)
        row = layout.row()
        row.scale_y = RUN_HEIGHT
        row.operator("cdyn.run", icon="PLAY")
        layout.prop(settings, "steps")
        for name, draw in (("script", _draw_script), ("advanced", _draw_advanced)):
            header, body = layout.panel_prop(context.window_manager.cdyn, f"shows_{name}")
            header.label(text=tr(name), translate=False)
            if body is not None:
                draw(body, context)


def _draw_script(layout: Any, context: bpy.types.Context) -> None:
    """Who writes the script, and the script."""
    coder = chosen_coder(context)
    if is_unreachable(context):
        alert(layout, tr("offline"), Fix("cdyn.allow_online"), Fix("cdyn.preferences"))
    row = layout.row(align=True)
    text = tr("write_with", coder=tr(f"coder_{coder}"))
    row.operator("cdyn.write", icon="CONSOLE", text=text, translate=False)
    row.operator("cdyn.preferences", icon="PREFERENCES", text="")
    row = layout.row(align=True)
    row.operator("cdyn.copy_prompt", icon="COPYDOWN")
    row.operator("cdyn.paste_answer", icon="PASTEDOWN")
    row = layout.row(align=True)
    row.template_ID(context.scene.cdyn, "script", open="text.open", new="text.new", text="")
    row.operator("cdyn.show_script", icon="WINDOW", text="")


def _draw_advanced(layout: Any, context: bpy.types.Context) -> None:
    """What few need: a goal, the seed, scripts over animation, assertions, reading a picture, and the benchmark."""
    settings: Any = context.scene.cdyn
    layout.prop(settings, "goal")
    if settings.goal.strip():
        rule_panels.draw_rule(layout, context, settings.goal.strip())
    layout.prop(settings, "seed")
    layout.prop(settings, "override")
    layout.label(text=tr("assertions"), translate=False)
    rule_panels.draw_texts(layout, settings, "CDYN_UL_texts", "assertions", "assertion_index", "assertion")
    draw_seen(layout, context)
    if project_python(context) is not None:
        layout.operator("cdyn.evaluate", icon="SORTSIZE")


def draw_work(layout: Any, work: Work) -> None:
    """What runs, with how far it is."""
    values = {"phase": tr(f"phase_{work.phase}", round=work.round), "done": work.done, "total": work.total}
    if work.phase == "run" and work.total:
        values = {"phase": tr("phase_run_frames"), "done": work.first + work.done, "total": work.first + work.total}
    left = work.seconds_left
    text = values["phase"] if not work.total else tr("progress", **values)
    if left is not None:
        text = tr("left", **values, seconds=round(left))
    elif work.seconds_about:
        text = tr("about", phase=values["phase"], seconds=work.seconds_about)
    layout.progress(factor=work.done / work.total if work.total else 0.0, text=text)
    layout.operator("cdyn.cancel", icon="CANCEL")


def _draw_told(layout: Any, context: bpy.types.Context) -> None:
    """What is to be told of the scene, or of no scene."""
    is_ours = SESSION.concerns(context.scene.session_uid)
    if is_ours and SESSION.error:
        box = alert(layout, SESSION.error, *SESSION.fixes)
        if SESSION.error_line and context.scene.cdyn.script is not None:
            text = tr("show_line", line=SESSION.error_line)
            box.operator("cdyn.show_script", text=text, icon="WINDOW", translate=False)
            row = box.row(align=True)
            row.operator("cdyn.repair", icon="TOOL_SETTINGS")
            row.operator("cdyn.copy_prompt", icon="COPYDOWN").repair = True
            why_panel.draw_failed(box, context)
    elif is_ours and SESSION.message:
        wrapped(layout, SESSION.message, "INFO")
    found = findings(context)
    for warning in found.warnings:
        wrapped(layout, warning, "ERROR")
    objects = context.scene.objects
    missing = [name for name in found.bodiless if name in objects and objects[name].rigid_body is None]
    if missing and not SESSION.fixes:
        alert(layout, tr("no_body", names=listed(missing)), *[Fix("cdyn.make_active", name) for name in missing])


class CDYN_PT_result(Panel, bpy.types.Panel):
    """The figures of the run that is shown."""

    bl_idname = "CDYN_PT_result"
    bl_label = ENGLISH["result"]

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout: Any = self.layout
        shown = results.shown(context.scene)
        is_failed = context.scene.session_uid in SESSION.failed
        if (applied := applied_words(context.scene)) and not is_failed:
            wrapped(layout, applied, "CHECKMARK")
        elif shown is None:
            wrapped(layout, tr("result_empty"), "INFO")
        if shown is not None:
            if not shown.is_on_timeline:
                wrapped(layout, tr("result_failed", frame=failed_at(shown.summary)), "ERROR")
            why_panel.draw_flown(layout, context)
            _draw_figures(layout, shown.summary)
        column = layout.column(align=True)
        column.operator("cdyn.report", icon="URL")
        column.operator("cdyn.take_out", icon="X")


def _draw_figures(layout: Any, result: dict[str, Any]) -> None:
    logic = {True: tr("logic_success"), False: tr("logic_failed"), None: tr("logic_none")}[result["logic_success"]]
    start, end = result["energy"]
    energy = f"{start:.3g} J → {end:.3g} J" + (f" ({tr('energy_gained')})" if result["gains_energy"] else "")
    depth = f"{1000 * result['deepest_penetration']:.1f}"
    rows = (
        ("volume_drift", f"{result['volume_drift']:.1f} %"),
        ("logic", logic if result["ok"] else tr("logic_broken")),
        ("energy", energy),
        ("contacts", tr("contacts_value", count=result["contacts"], depth=depth)),
    )
    column = layout.column(align=True)
    for name, value in rows:
        split = column.split(factor=0.35)
        split.label(text=tr(name))
        split.label(text=value, translate=False)


class CDYN_PT_moments(Panel, bpy.types.Panel):
    """What happened in the run on the timeline, each line with a button that goes there."""

    bl_idname = "CDYN_PT_moments"
    bl_label = ENGLISH["happened"]
    bl_parent_id = "CDYN_PT_result"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Whether a run is on the timeline, and anything is told of it."""
        shown = results.shown(context.scene)
        return shown is not None and shown.is_on_timeline and bool(shown.summary.get("moments"))

    def draw(self, context: bpy.types.Context) -> None:
        """List them."""
        shown = results.shown(context.scene)
        assert shown is not None
        for moment in shown.summary["moments"]:
            frame = int(shown.summary.get("start", 0)) + int(moment["frame"])
            row: Any = self.layout.row(align=True)
            row.alignment = "LEFT"
            is_now = frame == context.scene.frame_current
            here = row.operator("cdyn.go_to", text=str(frame), translate=False, depress=is_now)
            here.frame, here.objects = frame, json.dumps(moment["objects"])
            draw_lines(row, lines_of(moment["text"], FRAME_BUTTON))


class CDYN_PT_verdicts(Panel, bpy.types.Panel):
    """Which assertions held in the run that is shown, and why. A run whose script failed is not judged."""

    bl_idname = "CDYN_PT_verdicts"
    bl_label = ENGLISH["assertions"]
    bl_parent_id = "CDYN_PT_result"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Whether there are any."""
        shown = results.shown(context.scene)
        return shown is not None and shown.summary["ok"] and bool(shown.summary["assertions"])

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout: Any = self.layout
        shown = results.shown(context.scene)
        for assertion in shown.summary["assertions"] if shown is not None else ():
            wrapped(layout, assertion.get("words", assertion["text"]), "CHECKMARK" if assertion["held"] else "CANCEL")
            wrapped(layout, assertion["reason"], "BLANK1")


class CDYN_PT_overlay(Panel, bpy.types.Panel):
    """Switches of what is drawn over the viewport."""

    bl_idname = "CDYN_PT_overlay"
    bl_label = ENGLISH["overlay"]
    bl_parent_id = "CDYN_PT_result"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        for name in ("contacts", "velocities", "trails", "events"):
            self.layout.prop(context.window_manager.cdyn, name)


SIGN = 4
"""Letters that the icon of a run and the edges of its number take."""


class CDYN_UL_runs(bpy.types.UIList):
    """Runs by number, the latest first, with the assertions that held and the size; those of other scenes are dim."""

    bl_idname = "CDYN_UL_runs"

    def draw_item(self, context: Any, layout: Any, data: Any, item: Any, icon: Any, active: Any, name: Any) -> None:
        """Draw one."""
        first, last = f"{number_of(item.name)}  {item.ended}", f"{item.told}  {size_words(item.size)}".strip()
        width, taken = letters(), len(first) + SIGN
        row = layout.split(factor=share(taken, width))
        row.active = item.title == context.scene.name
        row.label(text=first, icon="CHECKMARK" if item.ok else "ERROR", translate=False)
        row = row.split(factor=1 - share(len(last) + 2, width - taken))
        row.label(text=item.shown, translate=False)
        side = row.row()
        side.alignment = "RIGHT"
        side.label(text=last, translate=False)


class CDYN_PT_runs(Panel, bpy.types.Panel):
    """Earlier runs."""

    bl_idname = "CDYN_PT_runs"
    bl_label = ENGLISH["runs"]
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout: Any = self.layout
        window: Any = context.window_manager.cdyn
        if not len(window.runs):
            wrapped(layout, tr("runs_empty"), "INFO")
        layout.template_list("CDYN_UL_runs", "", window, "runs", window, "run_index", rows=4)
        row = layout.row(align=True)
        row.operator("cdyn.reopen", icon="FILE_REFRESH")
        row.operator("cdyn.export", icon="EXPORT")
        row.operator("cdyn.delete_run", icon="TRASH", text="")
        if window.stored_runs:
            row = layout.row(align=True)
            row.label(text=tr("stored", count=window.stored_runs, size=f"{window.stored:.0f}"), translate=False)
            row.operator("cdyn.clean_up")


CLASSES = (
    CDYN_UL_objects,
    CDYN_UL_runs,
    CDYN_PT_scene,
    *rule_panels.CLASSES,
    CDYN_PT_run,
    CDYN_PT_result,
    CDYN_PT_notes,
    CDYN_PT_moments,
    CDYN_PT_overlay,
    CDYN_PT_verdicts,
    CDYN_PT_runs,
)

register, unregister = bpy.utils.register_classes_factory(CLASSES)
