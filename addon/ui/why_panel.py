"""*Why?* beside what went otherwise than was meant, and below it the causes with the buttons that mend them."""

from __future__ import annotations

import json
from typing import Any

import bpy

from ..frames import on_timeline
from . import changes, results
from .drawing import draw_lines, lines_of, wrapped
from .session import Line
from .text import tr

BUTTON, WIDTH = 9, 3.2
"""Letters that the button takes from a line, and its width in buttons' heights."""

MOST_CAUSES = 2
MOST_MENDS = 2

SCRIPT = "script"
"""The key of the script; that of a rule and of an object has a word before its text or name."""


def key_of(answer: Line) -> str:
    """By what the window knows which answer is open."""
    if answer["rule"] is not None:
        return f"rule {answer['text']}"
    return f"object {answer['object']}" if answer["object"] is not None else SCRIPT


def answers(scene: bpy.types.Scene) -> dict[str, Line]:
    """What the run that is shown gives causes for, by keys."""
    shown = results.shown(scene)
    return {key_of(one): one for one in shown.summary.get("why", ())} if shown is not None else {}


def open_first(summary: Line, settings: Any) -> None:
    """Open the first answer that a run gives with something that mends it, close what is open if there is none.

    A rule that it is about is chosen in the scene's ``settings``, unless those are None. Nothing opens while the panel
    shows what a change in words did.
    """
    window: Any = bpy.context.window_manager.cdyn
    if settings is not None and changes.stands(settings) and changes.kept(settings)["edits"]:
        window.why = ""
        return
    mended = (one for one in summary.get("why", ()) if any(cause["mends"] for cause in one["causes"][:MOST_CAUSES]))
    first = next(mended, None)
    window.why = "" if first is None else key_of(first)
    if settings is not None and first is not None and first["rule"] is not None:
        about = (n for n, rule in enumerate(settings.rules) if rule.text.strip() == first["text"])
        settings.rule_index = next(about, settings.rule_index)


def draw_never(layout: Any, context: bpy.types.Context, rule: str, told: str, icon: str) -> None:
    """That a rule did not act, and why."""
    answer = answers(context.scene).get(f"rule {rule}")
    if answer is None:
        wrapped(layout, told, icon)
    else:
        _draw(layout, context, answer, told, icon)


def draw_flown(layout: Any, context: bpy.types.Context) -> None:
    """What flew away, and why."""
    for answer in answers(context.scene).values():
        if answer["object"] is not None:
            _draw(layout, context, answer, _on_timeline(answer["told"], context), "ERROR")


def draw_failed(layout: Any, context: bpy.types.Context) -> None:
    """Why the script failed."""
    if (answer := answers(context.scene).get(SCRIPT)) is not None:
        _draw(layout, context, answer, "", "NONE")


def _draw(layout: Any, context: bpy.types.Context, answer: Line, told: str, icon: str) -> None:
    """What there is to ask about, the button, and below them the causes if it is open."""
    window: Any = context.window_manager.cdyn
    key = key_of(answer)
    is_open = window.why == key
    row = layout.row()
    if told:
        draw_lines(row.column(), lines_of(told, BUTTON, 1 if is_open else 0), icon)
    side = row.row()
    side.ui_units_x = WIDTH
    side.operator("cdyn.why", depress=is_open).key = key
    if is_open:
        box = layout.box()
        for cause in answer["causes"][:MOST_CAUSES]:
            _draw_cause(box, context, cause)


def _start(context: bpy.types.Context) -> int:
    """The frame of the timeline at which the run that is shown begins; answers tell those of the run."""
    shown = results.shown(context.scene)
    return int(shown.summary.get("start", 0)) if shown is not None else 0


def _on_timeline(told: str, context: bpy.types.Context) -> str:
    return on_timeline(told, _start(context), context.scene.objects.keys())


def _draw_cause(layout: Any, context: bpy.types.Context, cause: Line) -> None:
    wrapped(layout, _on_timeline(cause["text"], context), "DOT")
    column = layout.column(align=True)
    row = column.row(align=True)
    for mend in cause["mends"][:MOST_MENDS]:
        is_rule = mend["kind"] == "reword"
        if is_rule:
            wrapped(column, mend["difference"], "BLANK1")
        words = tr("mend_rule") if is_rule else f"{mend['words'][:1].upper()}{mend['words'][1:]}"
        row = column.row(align=True)
        row.operator("cdyn.mend", text=words, icon="TOOL_SETTINGS", translate=False).told = json.dumps(mend)
    if cause["frame"] is not None:
        there = row.operator("cdyn.go_to", text="" if cause["mends"] else tr("go_to"), icon="TIME", translate=False)
        there.frame, there.objects = _start(context) + cause["frame"], json.dumps(cause["objects"])
