"""Parts of panels: texts in several lines, and what is wrong with the buttons that mend it."""

from __future__ import annotations

import textwrap
from typing import Any

import bpy

from .session import Fix
from .text import ENGLISH

LETTER = 7.0
"""Mean width of a letter in pixels, at a scale of 1."""

MARGIN = 8
"""Letters that borders and icons take from a line."""

LEAST = 16
"""Letters in a line of the narrowest sidebar."""


class Panel:
    """A panel of the tab."""

    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = ENGLISH["tab"]


def wrapped(layout: bpy.types.UILayout, text: str, icon: str = "NONE", most: int = 0) -> bool:
    """Labels that show a text in the sidebar's width, of ``most`` lines unless that is 0; whether it is whole."""
    context = bpy.context
    letters = context.region.width / (LETTER * context.preferences.system.ui_scale) if context.region else 0
    column = layout.column(align=True)
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, max(LEAST, int(letters) - MARGIN))]
    shown = lines[:most] if most else lines
    if len(shown) < len(lines):
        shown[-1] = shown[-1].rstrip(" .,;") + " …"
    for number, line in enumerate(shown or [""]):
        column.label(text=line, icon=icon if number == 0 else "BLANK1" if icon != "NONE" else "NONE", translate=False)
    return len(shown) == len(lines)


def alert(layout: bpy.types.UILayout, text: str, *fixes: Fix) -> Any:
    """A box that says what is wrong, with buttons that mend it."""
    box = layout.box()
    box.alert = True
    wrapped(box, text, "ERROR")
    box.alert = False
    for fix in fixes:
        draw_fix(box, fix)
    return box


def draw_fix(layout: Any, fix: Fix) -> None:
    """A button that mends something, with the object that it is for."""
    if fix.name:
        label = bpy.app.translations.pgettext_iface(fix_label(fix.operator))
        layout.operator(fix.operator, text=f"{label}: {fix.name}", translate=False).name = fix.name
    else:
        layout.operator(fix.operator)


def fix_label(operator: str) -> str:
    """The label of an operator of ours."""
    return ENGLISH[operator.removeprefix("cdyn.")]
