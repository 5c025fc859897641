"""What is saved with a scene, and lists that the panel shows."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.props import (
    BoolProperty,
    CollectionProperty,
    EnumProperty,
    FloatProperty,
    IntProperty,
    PointerProperty,
    StringProperty,
)

from ..fields import VARIED
from . import readings
from .text import ENGLISH


class CDYN_Rule(bpy.types.PropertyGroup):
    """One rule."""

    text: StringProperty(
        name=ENGLISH["rule"], description=ENGLISH["rule_tip"], options={"TEXTEDIT_UPDATE"}, update=readings.typed
    )
    is_muted: BoolProperty(name=ENGLISH["mute"], description=ENGLISH["mute_tip"])


class CDYN_Assertion(bpy.types.PropertyGroup):
    """One assertion."""

    text: StringProperty(name=ENGLISH["assertion"], description=ENGLISH["assertion_tip"])


class CDYN_Open(bpy.types.PropertyGroup):
    """One open number of an object, with its bounds."""

    object: PointerProperty(type=bpy.types.Object, name=ENGLISH["open_object"], description=ENGLISH["open_object_tip"])
    number: EnumProperty(
        name=ENGLISH["open_number"],
        description=ENGLISH["open_number_tip"],
        items=[(name, name, meaning) for name, meaning in VARIED.items()],
        default="velocity.x",
    )
    low: FloatProperty(name=ENGLISH["low"], description=ENGLISH["low_tip"], default=0.0)
    high: FloatProperty(name=ENGLISH["high"], description=ENGLISH["high_tip"], default=5.0)


class CDYN_Settings(bpy.types.PropertyGroup):
    """What the user sets for a scene: ``scene.cdyn``."""

    rules: CollectionProperty(type=CDYN_Rule)
    rule_index: IntProperty(options={"SKIP_SAVE"})
    goal: StringProperty(
        name=ENGLISH["goal"], description=ENGLISH["goal_tip"], options={"TEXTEDIT_UPDATE"}, update=readings.typed
    )
    assertions: CollectionProperty(type=CDYN_Assertion)
    assertion_index: IntProperty(options={"SKIP_SAVE"})
    script: PointerProperty(type=bpy.types.Text, name=ENGLISH["script_text"], description=ENGLISH["script_text_tip"])
    steps: IntProperty(name=ENGLISH["steps"], description=ENGLISH["steps_tip"], default=250, min=1, max=100_000)
    seed: IntProperty(name=ENGLISH["seed"], description=ENGLISH["seed_tip"], default=0, min=0)
    sentence: StringProperty(name=ENGLISH["sentence"], description=ENGLISH["sentence_tip"])
    world_seed: IntProperty(name=ENGLISH["seed"], description=ENGLISH["world_seed_tip"], default=0, min=0)
    open_numbers: CollectionProperty(type=CDYN_Open)
    wanted: StringProperty(name=ENGLISH["wanted"], description=ENGLISH["wanted_tip"])
    search_budget: IntProperty(
        name=ENGLISH["search_budget"], description=ENGLISH["search_budget_tip"], default=100, min=1, max=100_000
    )
    override: BoolProperty(name=ENGLISH["override"], description=ENGLISH["override_tip"])


class CDYN_Run(bpy.types.PropertyGroup):
    """One run in the list of runs; ``name`` is that of its folder."""

    title: StringProperty()
    shown: StringProperty()
    ended: StringProperty()
    ok: BoolProperty()
    told: StringProperty()


def _pick(window: Any, context: Any) -> None:
    """Select what was picked, and nothing else."""
    if window.picked is None or window.picked.name not in context.view_layer.objects:
        return
    for obj in context.view_layer.objects:
        obj.select_set(obj == window.picked)
    context.view_layer.objects.active = window.picked


class CDYN_Window(bpy.types.PropertyGroup):
    """What belongs to the window and not to a file: ``window_manager.cdyn``."""

    picked: PointerProperty(
        type=bpy.types.Object, name=ENGLISH["picked"], description=ENGLISH["picked_tip"], update=_pick
    )
    why: StringProperty()
    """Which answer to *Why?* is open, see `why_panel.key_of`."""

    shows_script: BoolProperty(name=ENGLISH["script"])
    shows_advanced: BoolProperty(name=ENGLISH["advanced"])

    runs: CollectionProperty(type=CDYN_Run)
    run_index: IntProperty()
    stored_runs: IntProperty()
    stored: FloatProperty()
    object_index: IntProperty()
    contacts: BoolProperty(name=ENGLISH["show_contacts"], description=ENGLISH["show_contacts_tip"])
    velocities: BoolProperty(name=ENGLISH["show_velocities"], description=ENGLISH["show_velocities_tip"])
    trails: BoolProperty(name=ENGLISH["show_trails"], description=ENGLISH["show_trails_tip"])
    events: BoolProperty(name=ENGLISH["show_events"], description=ENGLISH["show_events_tip"])


CLASSES = (CDYN_Rule, CDYN_Assertion, CDYN_Open, CDYN_Settings, CDYN_Run, CDYN_Window)


def register() -> None:
    """Add the properties."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)
    bpy.types.Scene.cdyn = PointerProperty(type=CDYN_Settings)
    bpy.types.WindowManager.cdyn = PointerProperty(type=CDYN_Window)


def unregister() -> None:
    """Remove them."""
    del bpy.types.WindowManager.cdyn
    del bpy.types.Scene.cdyn
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
