"""The extension in Blender's window: panel, preferences, operators and commands.

Nothing here loads the packages that simulation and models need; child processes do.
"""

from __future__ import annotations

import bpy

from . import (
    change_panel,
    commands,
    gallery,
    menus,
    operators,
    overlay,
    overview,
    panels,
    preferences,
    properties,
    readings,
    search_panel,
    serving,
    text,
    timeline,
    watch,
    work,
    world_panel,
)

MODULES = (
    properties,
    preferences,
    operators,
    gallery,
    panels,
    change_panel,
    world_panel,
    search_panel,
    menus,
    watch,
    overview,
    readings,
    serving,
    overlay,
    timeline,
    work,
    commands,
)


def register() -> None:
    """Add everything."""
    bpy.app.translations.register(preferences.PACKAGE, text.translations())
    for module in MODULES:
        module.register()


def unregister() -> None:
    """Remove everything, in the opposite order; children are ended."""
    for module in reversed(MODULES):
        module.unregister()
    bpy.app.translations.unregister(preferences.PACKAGE)
