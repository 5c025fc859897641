"""Blender's stepping and nothing else: the floor of every speed comparison."""

from __future__ import annotations

import bpy


def bare_loop(steps: int) -> None:
    """Step the loaded scene ``steps`` times by ``frame_set`` alone."""
    scene = bpy.context.scene
    first = scene.frame_current
    for frame in range(first + 1, first + steps + 1):
        scene.frame_set(frame)
