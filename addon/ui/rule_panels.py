"""Panels of rules: what is to happen, how it was understood, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import bpy

from . import readings, results, why_panel
from .drawing import MOST_LINES, Panel, draw_fix, draw_lines, lines_of
from .operators.script import rules_of, understood_in
from .overview import listed
from .preferences import chosen_coder, model_is_fetched
from .readings import Told, texts_of, told
from .refusals import fixes_of
from .session import SESSION, Fix, Line
from .steps import draw_number
from .text import ENGLISH, tr

BUTTON = 5
"""Letters that a button beside a text takes."""

ICONS = {
    "empty": "BLANK1",
    "words": "CHECKMARK",
    "free code": "SCRIPT",
    "asked": "QUESTION",
    "refused": "ERROR",
    "unread": "SORTTIME",
}


@dataclass(frozen=True)
class State:
    """How a rule is understood: the kind of it, a key of `ICONS`, and a line that says so; ``why`` tells all of it, and
    ``fixes`` mend what is missing."""

    kind: str
    line: str
    why: str = ""
    fixes: tuple[Fix, ...] = ()


def state_of(context: bpy.types.Context, text: str) -> State:
    """How a rule of the context's scene is understood: as its script was written, else as its words are read."""
    scene: Any = context.scene
    written = next((one for one in understood_in(scene.cdyn.script) if one["text"] == text), None)
    if written is not None and written["way"] == "free code":
        return State("free code", tr("reading_free"))
    if written is not None and written["way"] == "model":
        return State("words", tr("reading_chosen", sentence=written["sentence"]))
    found, coder = told(scene, text), chosen_coder(context)
    if found is None:
        return State("unread", tr("reading_unread"))
    if coder == "openai" and found.sentence and not _is_all_read(scene):
        return State("free code", tr("reading_free_too", sentence=found.sentence))
    return replace(state_read(found, coder), fixes=fixes_of(scene, found))


def _is_all_read(scene: Any) -> bool:
    """Whether every rule has a reading, as far as is known: an endpoint writes all of a script or nothing."""
    return all(found is None or found.sentence for found in (told(scene, text) for text in texts_of(scene)))


def state_read(found: Told, coder: str) -> State:
    """How a rule is understood that was read with this result, if this coder writes the script."""
    if found.sentence:
        return State("words", found.sentence)
    short = listed(list(found.words)) if found.words else found.reason
    why = "\n".join(filter(None, (_sentence(found.reason), *(tr("reading_say", rule=rule) for rule in found.nearest))))
    if found.bodiless:
        kind = "free code" if coder == "openai" else "refused"
        return State(kind, tr("reading_bodiless", name=found.bodiless), why)
    if coder == "openai":
        return State("free code", tr("reading_will_be_free", reason=short), why)
    if coder == "local" and found.is_open and model_is_fetched():
        return State("asked", tr("reading_asked", reason=short), why)
    return State("refused", tr("reading_refused", reason=short), why)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def outcome_of(scene: bpy.types.Scene, text: str) -> Line | None:
    """What became of a rule in the run that is shown; None if that had no such rule."""
    shown = results.shown(scene)
    return next((rule for rule in outcomes(shown) if rule["text"] == text), None)


def outcomes(shown: results.Shown | None) -> list[Line]:
    """What became of the rules of a run whose script went through."""
    return shown.summary.get("rules", []) if shown is not None and shown.summary["ok"] else []


def draw_rule(layout: Any, context: bpy.types.Context, text: str, least: int = 1) -> None:
    """How a rule is understood, in ``least`` lines or more, and what became of it."""
    state = state_of(context, text) if text else State("empty", "")
    place = layout.column(align=True)
    row = place.row()
    lines = lines_of(state.line, BUTTON if state.why else 0, MOST_LINES if state.why else 0)
    column = row.column()
    column.alert = state.kind == "refused"
    draw_lines(column, lines + [""] * (least - len(lines)), ICONS[state.kind])
    if state.why:
        row.operator("cdyn.explain_rule", text="", icon="INFO").why = state.why
    for fix in state.fixes:
        draw_fix(place, fix)
    outcome = outcome_of(context.scene, text)
    if outcome is not None and outcome["fired"]:
        draw_outcome(place, outcome, acted_words(outcome))
    elif outcome is not None:
        why_panel.draw_never(place, context, text, acted_words(outcome), acted_icon(outcome))


def draw_outcome(layout: Any, outcome: Line, text: str) -> None:
    """What became of a rule; a button that goes there if it acted."""
    if not outcome["fired"]:
        layout.label(text=text, icon=acted_icon(outcome), translate=False)
        return
    there = layout.operator("cdyn.go_to", text=text, icon=acted_icon(outcome), emboss=bool(text), translate=False)
    there.frame, there.objects = int(outcome.get("at", 0)), json.dumps(outcome.get("objects", []))


def acted_icon(outcome: Line) -> str:
    """A full or an empty diamond."""
    return "KEYTYPE_KEYFRAME_VEC" if outcome["fired"] else "KEYFRAME"


def acted_words(outcome: Line) -> str:
    """What became of a rule, in words: ``acted at frame 63 (1.05 s)``."""
    if "times" not in outcome:
        return str(outcome["told"])
    times, more = outcome["times"], outcome["more"]
    shown = tr("and_more", names=times, count=more) if more else times
    return tr("rule_acted" if outcome["fired"] == 1 else "rule_acted_often", times=shown)


class CDYN_UL_texts(bpy.types.UIList):
    """Assertions, edited in place."""

    bl_idname = "CDYN_UL_texts"

    def draw_item(self, context: Any, layout: Any, data: Any, item: Any, icon: Any, active: Any, name: Any) -> None:
        """Draw one."""
        layout.prop(item, "text", text="", emboss=False, translate=False)


class CDYN_UL_rules(bpy.types.UIList):
    """Rules, edited in place, each with signs of how it is understood, whether it acted and whether it counts."""

    bl_idname = "CDYN_UL_rules"

    def draw_item(self, context: Any, layout: Any, data: Any, item: Any, icon: Any, active: Any, name: Any) -> None:
        """Draw one."""
        row, text = layout.row(align=True), item.text.strip()
        row.active = not item.is_muted
        row.label(text="", icon=ICONS[state_of(context, text).kind if text and not item.is_muted else "empty"])
        row.prop(item, "text", text="", emboss=False, translate=False)
        outcome = None if item.is_muted else outcome_of(context.scene, text)
        if outcome is not None:
            draw_outcome(row, outcome, "")
        row.prop(item, "is_muted", text="", icon="HIDE_ON" if item.is_muted else "HIDE_OFF", emboss=False)


class CDYN_PT_rules(Panel, bpy.types.Panel):
    """What is to happen."""

    bl_idname = "CDYN_PT_rules"
    bl_label = ENGLISH["rules"]

    def draw_header(self, context: bpy.types.Context) -> None:
        """The number of the step."""
        draw_number(self.layout, context.scene, 2)

    def draw_header_preset(self, context: bpy.types.Context) -> None:
        """*Run* or *Cancel* once more, so that it is in view however much is told of the rules."""
        layout: Any = self.layout
        if rules_of(context.scene.cdyn):
            name, icon = ("cancel", "CANCEL") if SESSION.busy else ("run", "PLAY")
            layout.operator(f"cdyn.{name}", text="", icon=icon, emboss=False)

    def draw(self, context: bpy.types.Context) -> None:
        """Draw the rules, the chosen one in a field of its own with what it says."""
        layout: Any = self.layout
        settings: Any = context.scene.cdyn
        readings.prepare(context.scene)
        proposed = [] if rules_of(settings) or settings.goal else readings.ideas(context.scene)
        chosen = draw_texts(layout, settings, "CDYN_UL_rules", "rules", "rule_index", "rule", *proposed[:1])
        if chosen is not None:
            draw_rule(layout, context, chosen, MOST_LINES)  # What is below stays where it is while one types.
        if proposed:
            column = layout.column(align=True)
            column.label(text=tr("rules_proposed"), translate=False)
            for text in proposed:
                column.operator("cdyn.add_idea", text=text, icon="ADD", translate=False).text = text
            layout.operator("cdyn.what_to_write", icon="HELP")


def draw_texts(
    layout: Any, settings: Any, kind: str, entries: str, index: str, operator: str, placeholder: str = ""
) -> str | None:
    """A list of texts, the chosen one in a field of its own; returns that, None if none is chosen."""
    texts = getattr(settings, entries)
    row = layout.row()
    row.template_list(kind, entries, settings, entries, settings, index, rows=max(1, min(4, len(texts))))
    column = row.column(align=True)
    column.operator(f"cdyn.add_{operator}", icon="ADD", text="")
    column.operator(f"cdyn.remove_{operator}", icon="REMOVE", text="")
    if len(texts) > 1 and entries == "rules":
        column.operator("cdyn.move_rule", icon="TRIA_UP", text="").by = -1
        column.operator("cdyn.move_rule", icon="TRIA_DOWN", text="").by = 1
    if not 0 <= getattr(settings, index) < len(texts):
        return None
    chosen = texts[getattr(settings, index)]
    row = layout.row(align=True)
    row.prop(chosen, "text", text="", placeholder=placeholder)
    if entries == "rules":
        row.operator("cdyn.what_to_write", icon="HELP", text="")
    return str(chosen.text.strip())


class CDYN_PT_readings(Panel, bpy.types.Panel):
    """How all rules are understood, and what became of them."""

    bl_idname = "CDYN_PT_readings"
    bl_label = ENGLISH["readings"]
    bl_parent_id = "CDYN_PT_rules"
    bl_options = {"DEFAULT_CLOSED"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Whether there are several: one alone is told where it is written."""
        return len(rules_of(context.scene.cdyn)) > 1

    def draw(self, context: bpy.types.Context) -> None:
        """List them."""
        settings: Any = context.scene.cdyn
        for text in rules_of(settings):
            draw_rule(self.layout, context, text)


CLASSES = (CDYN_UL_texts, CDYN_UL_rules, CDYN_PT_rules, CDYN_PT_readings)
