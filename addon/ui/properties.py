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
from .text import ENGLISH, said

# Here, for the reason that the preferences give.
NUMBERS = [(name, name, ENGLISH[f"number_{name}"]) for name in VARIED]


class CDYN_Rule(bpy.types.PropertyGroup):
    """One rule."""

    text: StringProperty(**said("rule"), options={"TEXTEDIT_UPDATE"}, update=readings.typed)
    is_muted: BoolProperty(**said("mute"))


class CDYN_Assertion(bpy.types.PropertyGroup):
    """One assertion."""

    text: StringProperty(**said("assertion"))


def _opened(number: Any, context: Any) -> None:
    """A number that the user changes is the user's."""
    number.wish = ""


class CDYN_Open(bpy.types.PropertyGroup):
    """One open number of an object, with its bounds."""

    object: PointerProperty(type=bpy.types.Object, **said("open_object"), update=_opened)
    number: EnumProperty(
        **said("open_number"),
        items=NUMBERS,
        default="velocity.x",
        update=_opened,
    )
    low: FloatProperty(**said("low"), default=0.0, update=_opened)
    high: FloatProperty(**said("high"), default=5.0, update=_opened)
    wish: StringProperty(options={"HIDDEN"})
    """The plain wish that opened it; "" if the user did."""


def _is_typed(context: Any) -> bool:
    """Whether somebody has entered a text in the sidebar: what scripts set starts nothing."""
    return context.region is not None and context.region.type == "UI"


def _sentence(settings: Any, context: Any) -> None:
    """Make the world of a sentence once it is entered."""
    from .operators.world import request_world

    if _is_typed(context) and bpy.ops.cdyn.make_world.poll():
        request_world(context)


def _wanted(settings: Any, context: Any) -> None:
    """Search for what is wanted once it is entered."""
    from .operators.search import request_search

    if _is_typed(context) and bpy.ops.cdyn.find_numbers.poll():
        request_search(context)


class CDYN_Settings(bpy.types.PropertyGroup):
    """What the user sets for a scene: ``scene.cdyn``."""

    rules: CollectionProperty(type=CDYN_Rule)
    rule_index: IntProperty(options={"SKIP_SAVE"})
    goal: StringProperty(**said("goal"), options={"TEXTEDIT_UPDATE"}, update=readings.typed)
    changes: StringProperty(options={"HIDDEN"})
    """JSON of the changes of the rules in words, see `changes.kept`."""

    assertions: CollectionProperty(type=CDYN_Assertion)
    assertion_index: IntProperty(options={"SKIP_SAVE"})
    script: PointerProperty(type=bpy.types.Text, **said("script_text"))
    steps: IntProperty(**said("steps"), default=250, min=1, max=100_000)
    seed: IntProperty(**said("seed"), default=0, min=0)
    sentence: StringProperty(**said("sentence"), update=_sentence)
    world_seed: IntProperty(**said("world_seed"), default=0, min=0)
    open_numbers: CollectionProperty(type=CDYN_Open)
    wanted: StringProperty(**said("wanted"), update=_wanted)
    search_budget: IntProperty(**said("search_budget"), default=100, min=1, max=100_000)
    override: BoolProperty(**said("override"))


class CDYN_Run(bpy.types.PropertyGroup):
    """One run in the list of runs; ``name`` is that of its folder, ``title`` that of its scene, ``size`` in MB."""

    title: StringProperty()
    shown: StringProperty()
    size: FloatProperty()
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


def _wish(window: Any, context: Any) -> None:
    """Do what is wished once it is entered."""
    from .operators.change import request_change

    if bpy.ops.cdyn.change.poll():
        request_change(context)


class CDYN_Window(bpy.types.PropertyGroup):
    """What belongs to the window and not to a file: ``window_manager.cdyn``."""

    picked: PointerProperty(type=bpy.types.Object, **said("picked"), update=_pick)
    wish: StringProperty(**said("wish"), update=_wish)
    why: StringProperty(options={"HIDDEN"})
    """Which answer to *Why?* is open, see `why_panel.key_of`."""

    shows_movers: BoolProperty(**said("scene"))
    shows_objects: BoolProperty(**said("objects"))
    shows_script: BoolProperty(**said("script"))
    shows_advanced: BoolProperty(**said("advanced"))

    runs: CollectionProperty(type=CDYN_Run)
    run_index: IntProperty()
    stored_runs: IntProperty()
    stored: FloatProperty()
    object_index: IntProperty()
    contacts: BoolProperty(**said("show_contacts"))
    velocities: BoolProperty(**said("show_velocities"))
    trails: BoolProperty(**said("show_trails"))
    events: BoolProperty(**said("show_events"))


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
