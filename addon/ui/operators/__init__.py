"""What buttons do."""

from __future__ import annotations

import bpy

from ..text import CONTEXT
from . import change, documentation, model, physibench, rules, run, runs, scene, script, search, seen, why, world

MODULES = (scene, rules, change, script, run, runs, model, physibench, world, search, why, seen, documentation)


def register() -> None:
    """Add the operators and menus."""
    for module in MODULES:
        for cls in module.CLASSES:
            cls.bl_translation_context = CONTEXT
            bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for module in reversed(MODULES):
        for cls in reversed(module.CLASSES):
            bpy.utils.unregister_class(cls)
