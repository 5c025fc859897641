"""The three steps from a scene to a run, of which the next one is lit."""

from __future__ import annotations

from typing import Any

import bpy

from . import results
from .operators.run import script_of
from .operators.script import is_unwritten, rules_of
from .overview import overview
from .refusals import refused

STEPS = 3


def next_step(scene: bpy.types.Scene) -> int:
    """The number of the step that is next, from 1; one more than there are once a run of all that is said was made."""
    settings: Any = scene.cdyn
    found = overview(scene)
    says = bool(rules_of(settings) or settings.goal.strip() or script_of(settings))
    is_refused = is_unwritten(settings) and bool(refused(scene))
    shown = results.shown(scene)
    is_run = shown is not None and shown.is_on_timeline and not found.edited and not is_unwritten(settings)
    is_run = is_run and shown.summary["frames"] == settings.steps + 1
    done = (found.can_move or found.passive > 0 or says, (says and not is_refused) or is_run, is_run)
    return next((number for number, is_done in enumerate(done, 1) if not is_done), STEPS + 1)


def draw_number(layout: Any, scene: bpy.types.Scene, number: int) -> None:
    """The number of a step in the header of its panel, lit if it is the next one."""
    due = next_step(scene)
    icon = "RADIOBUT_ON" if number == due else "CHECKMARK" if number < due else "RADIOBUT_OFF"
    layout.label(text=str(number), icon=icon, translate=False)
