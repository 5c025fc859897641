"""The start of a simulation, the same in every run.

Blender builds Bullet's world while it evaluates the frame after the cache's first, in a thread of its own that waits
for no object: a body that moves in that frame is built where it was, or where it is going, whichever thread is first.
So the world is built here a frame early, in an evaluation in which nothing moves and no time passes.
"""

from __future__ import annotations

from typing import Any

import bpy

from .read import rewind

LAST_FRAME = 1_048_573
"""The greatest frame number that Blender knows, less one."""


def settle(scene: bpy.types.Scene, frame: int, last: int, later: int | None = None) -> None:
    """Evaluate all objects at ``frame``, where a simulation up to ``last`` is to start, without Bullet; `build_world`
    is next. A simulation that starts ``later``, if at all, is not made ready.

    Where time is remapped, frames are not Bullet's steps: there Blender builds the world when it comes to it.
    """
    if later is not None:
        rewind(scene, later, last, frame)
        return
    if scene.render.frame_map_old != scene.render.frame_map_new:
        rewind(scene, frame, last)
        return
    rewind(scene, frame - 1, last)
    world: Any = scene.rigidbody_world
    world.enabled = False
    scene.update_tag()
    scene.frame_set(frame)


def build_world(scene: bpy.types.Scene) -> None:
    """Build Bullet's world from the poses that `settle` left, as those of its first frame."""
    world: Any = scene.rigidbody_world
    if world is None:
        return
    time_scale = world.time_scale
    world.enabled, world.time_scale = True, 0.0
    scene.update_tag()
    bpy.context.view_layer.update()
    world.time_scale = time_scale
    scene.update_tag()
