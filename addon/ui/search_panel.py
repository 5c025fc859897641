"""The panel in which numbers are found with which a run earns a reward."""

from __future__ import annotations

from typing import Any

import bpy

from .drawing import Panel, alert, wrapped
from .operators.search import PLACE
from .panels import draw_work
from .session import SESSION, Line
from .text import ENGLISH, tr


class CDYN_PT_search(Panel, bpy.types.Panel):
    """Open numbers, what is wanted, and the best that was found."""

    bl_idname = "CDYN_PT_search"
    bl_label = ENGLISH["search"]
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout: Any = self.layout
        settings: Any = context.scene.cdyn
        key = context.scene.session_uid
        layout.prop(settings, "wanted", text="", placeholder=tr("wanted_example"))
        layout.operator("cdyn.find_numbers", icon="VIEWZOOM")
        if SESSION.work is not None and SESSION.work.place == PLACE:
            draw_work(layout, SESSION.work)
        elif SESSION.concerns(key, PLACE):
            _draw_said(layout)
        if key in SESSION.wanted:
            wrapped(layout, tr("wanted_is", wanted=SESSION.wanted[key]), "INFO")
        if key in SESSION.best:
            _draw_best(layout.box(), SESSION.best[key])
        for index, one in enumerate(settings.open_numbers):
            _draw_open(layout, one, index)
        layout.operator("cdyn.add_open", icon="ADD")
        layout.prop(settings, "search_budget")


def _draw_open(layout: Any, one: Any, index: int) -> None:
    column = layout.column(align=True)
    row = column.row(align=True)
    row.prop(one, "object", text="")
    row.prop(one, "number", text="")
    row.operator("cdyn.remove_open", text="", icon="REMOVE").index = index
    row = column.row(align=True)
    row.prop(one, "low")
    row.prop(one, "high")


def _draw_said(layout: Any) -> None:
    if SESSION.error:
        alert(layout, SESSION.error, *SESSION.fixes)
    elif SESSION.message:
        wrapped(layout, SESSION.message, "INFO")


def _draw_best(layout: Any, best: Line) -> None:
    """The best numbers so far, with what they are worth."""
    worth = f"{best['value']:.3f}"
    wrapped(layout, tr("best_held" if best["held"] else "best", value=worth), "CHECKMARK" if best["held"] else "INFO")
    for name, value in best["values"].items():
        layout.label(text=f"{name} = {value:.6g}", translate=False)
    layout.operator("cdyn.use_numbers", icon="CHECKMARK")


CLASSES = (CDYN_PT_search,)

register, unregister = bpy.utils.register_classes_factory(CLASSES)
