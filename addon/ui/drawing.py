"""Parts of panels: texts in several lines, and what is wrong with the buttons that mend it."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import bpy

from .session import Fix
from .text import CONTEXT, ENGLISH, tr

LETTER = 7.0
"""Mean width of a letter in pixels, at a scale of 1."""

MARGIN = 8
"""Letters that borders and icons take from a line."""

LEAST = 16
"""Letters in a line of the narrowest sidebar."""

WIDE = re.compile("([\u2e80-\uffef])(?![，。、：；！？）])")
"""Letters of Chinese, each as wide as two others: a line may end after one, but not before a full stop and the like."""

MOST_SHARE = 0.7
"""The part of a line that is given to what must not be cut, at most."""

MOST_LINES = 2
"""Lines of what is wrong; *Details* has the rest."""


class Panel:
    """A panel of the tab."""

    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = ENGLISH["tab"]
    bl_translation_context = CONTEXT


def wrapped(layout: bpy.types.UILayout, text: str, icon: str = "NONE") -> None:
    """Labels that show a whole text in the sidebar's width."""
    draw_lines(layout, lines_of(text), icon)


def lines_of(text: str, aside: int = 0, most: int = 0) -> list[str]:
    """A text in lines as long as the sidebar is wide, but for ``aside`` letters; ``most`` of them unless that is 0."""
    lines = folded(text, max(LEAST, letters() - aside)) or [""]
    return lines if not most or len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" .,;") + " …"]


def letters() -> int:
    """Letters that fit into a line of the sidebar."""
    context = bpy.context
    width = context.region.width / (LETTER * context.preferences.system.ui_scale) if context.region else 0
    return max(LEAST, int(width) - MARGIN)


def share(taken: int, of: int) -> float:
    """The part of a line of ``of`` letters that ``taken`` of them take, which leaves some to the rest."""
    return min(MOST_SHARE, taken / max(of, 1))


def folded(text: str, width: int) -> list[str]:
    """A text in lines of so many letters; one of Chinese counts as two."""
    spread = WIDE.sub(r"\1 ", text).split("\n")
    return [re.sub("([\u2e80-\uffef]) ", r"\1", part) for line in spread for part in textwrap.wrap(line, width)]


def draw_lines(layout: bpy.types.UILayout, lines: list[str], icon: str = "NONE") -> None:
    """Labels one below the other, the icon before the first."""
    column = layout.column(align=True)
    for number, line in enumerate(lines):
        column.label(text=line, icon=icon if number == 0 else "BLANK1" if icon != "NONE" else "NONE", translate=False)


def alert(layout: bpy.types.UILayout, text: str, *fixes: Fix) -> Any:
    """A box that says what is wrong in two lines, the rest behind a button, with buttons that mend it."""
    box: Any = layout.box()
    box.alert = True
    shown = lines_of(text, most=MOST_LINES)
    draw_lines(box, shown, "ERROR")
    box.alert = False
    if len(lines_of(text)) > len(shown):
        box.operator("cdyn.explain_rule", icon="INFO").why = text
    for fix in fixes:
        draw_fix(box, fix)
    return box


def draw_fix(layout: Any, fix: Fix) -> None:
    """A button that mends something, with the object that it is for."""
    if fix.name:
        text = f"{tr(fix.operator.removeprefix('cdyn.'))}: {fix.name}"
        layout.operator(fix.operator, text=text, translate=False).name = fix.name
    else:
        layout.operator(fix.operator)
