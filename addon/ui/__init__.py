"""The extension in Blender's window: panel, preferences, operators and commands.

Nothing here loads the packages that simulation and models need; child processes do.
"""

from __future__ import annotations

import bpy

from . import commands, menus, operators, overlay, overview, panels, preferences, properties, text, work

MODULES = (properties, preferences, operators, panels, menus, overview, overlay, work, commands)


def register() -> None:
    """Add everything."""
    bpy.app.translations.register(preferences.PACKAGE, text.translations())
    for module in MODULES:
        module.register()
    if not bpy.app.background:
        bpy.app.timers.register(_list_runs, first_interval=0.1)


def unregister() -> None:
    """Remove everything, in the opposite order; children are ended."""
    if bpy.app.timers.is_registered(_list_runs):
        bpy.app.timers.unregister(_list_runs)
    for module in reversed(MODULES):
        module.unregister()
    bpy.app.translations.unregister(preferences.PACKAGE)


def _list_runs() -> None:
    from .operators.runs import list_runs

    list_runs()
