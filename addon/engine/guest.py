"""A packed world in a scene that has other things: brought in, kept, or taken out again without a trace.

Everything is in a collection of its own. Of the scene, these may change with it: the last frame, where the world is
longer; the rigid-body world, where there is none; the sky, where it is Blender's plain grey; the camera, where there is
none. What was there is kept in a custom property of the scene, so that undo and files keep it in step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import bpy

from .animation import data_blocks
from .applied import mark, playing, run_of, take_off
from .markers import set_markers
from .names import PREFIX
from .physics_world import ensure_physics, remove_physics
from .playback import OWN, is_played_back, stop_playing

GUEST = PREFIX + "guest"
"""Custom property of a scene with a world that may still be taken out: its data-blocks, the sky before, plain data."""

GREY = 0.0508761
"""The colour of Blender's plain sky, in each channel."""


def bring_in(scene: bpy.types.Scene, path: Path, told: Mapping[str, Any]) -> bpy.types.Collection:
    """Bring a packed world into a scene, and have it play; what came before it stays for good.

    ``told`` is plain data that is kept: ``collection`` and ``sky`` by their names in the file, the ``frames`` of its
    run, ``physics`` with the settings of a rigid-body world, and whatever else `guest` is to give back. Raises OSError
    for a file that cannot be read.
    """
    keep_guest(scene)
    plain, known, libraries = has_plain_sky(scene), set(data_blocks()), set(bpy.data.libraries)
    files: Any = bpy.data.libraries
    with files.load(str(path), link=False) as (found, wanted):
        if told["collection"] not in found.collections:
            raise OSError(f"{path} holds no collection '{told['collection']}'")
        wanted.collections = [told["collection"]]
        wanted.worlds = [told["sky"]] if told["sky"] and plain else []
    collection, skies = wanted.collections[0], wanted.worlds
    for library in set(bpy.data.libraries) - libraries:  # Nothing stays linked to the file.
        bpy.data.libraries.remove(library)
    made = {str(number): one for number, one in enumerate(set(data_blocks()) - known)}
    state = {
        **told,
        "last": scene.frame_end,
        "current": scene.frame_current,
        "physics_made": scene.rigidbody_world is None,
        "sky_kept": bool(told["sky"]) and not plain,
    }
    before = {"sky": scene.world} if scene.world is not None else {}
    _join_physics(scene, collection, told["physics"])
    scene.collection.children.link(collection)
    if skies:
        scene.world = skies[0]
    if scene.camera is None:
        scene.camera = next((obj for obj in collection.objects if obj.type == "CAMERA"), None)
    _play(scene, collection, told["frames"])
    state["ends"] = scene.frame_end
    scene[GUEST] = {"collection": collection, "made": made, "before": before, "state": json.dumps(state)}
    return collection


def guest(scene: bpy.types.Scene) -> dict[str, Any] | None:
    """What was told of the world that may still be taken out, with ``sky_kept``, whether the scene's own sky stayed;
    None without one."""
    if GUEST not in scene:
        return None
    state: dict[str, Any] = json.loads(scene[GUEST]["state"])
    return state


def keep_guest(scene: bpy.types.Scene) -> None:
    """Let the world that came last stay for good."""
    scene.pop(GUEST, None)


def take_guest_out(scene: bpy.types.Scene) -> None:
    """Take the world that came last out of a scene with all that was made for it; what the user has put into its
    collection, or what else uses of it, stays."""
    state = guest(scene)
    assert state is not None
    stop_playing([one for one in _made(scene) if isinstance(one, bpy.types.Object)])
    own, made = scene[GUEST].to_dict(), _made(scene)
    del scene[GUEST]
    _free_others(scene, own.get("collection"), made)
    if scene.world in made:
        scene.world = own["before"].get("sky")
    _remove(made)
    if is_played_back(scene) and not playing(scene):
        take_off(scene)
        set_markers(scene, [])
    if scene.frame_end == state["ends"]:
        scene.frame_end = state["last"]
    if (run := run_of(scene)) is not None:
        mark(scene, run, ())
    world: Any = scene.rigidbody_world
    if state["physics_made"] and world is not None and not (world.collection.objects or world.constraints.objects):
        remove_physics(scene)
    scene.frame_set(state["current"])


def has_plain_sky(scene: bpy.types.Scene) -> bool:
    """Whether a scene has no sky, or the plain grey one that Blender gives it."""
    world: Any = scene.world
    if world is None:
        return True
    tree = world.node_tree
    if tree is None or (bpy.app.version < (5, 0) and not world.use_nodes) or tree.animation_data is not None:
        return False
    shaders = [node for node in tree.nodes if node.type != "OUTPUT_WORLD"]
    if [node.type for node in shaders] != ["BACKGROUND"] or shaders[0].inputs["Color"].is_linked:
        return False
    color, strength = shaders[0].inputs["Color"].default_value, shaders[0].inputs["Strength"].default_value
    return strength == 1.0 and all(abs(part - GREY) < 1e-4 for part in color[:3])


def _made(scene: bpy.types.Scene) -> list[bpy.types.ID]:
    """What there is still of all that came with the world."""
    return [one for one in scene[GUEST].to_dict()["made"].values() if one is not None]


def _collections(scene: bpy.types.Scene) -> list[bpy.types.Collection]:
    return [scene.collection, *scene.collection.children_recursive]


def _join_physics(scene: bpy.types.Scene, collection: bpy.types.Collection, settings: Mapping[str, Any]) -> None:
    """Give bodies and constraints to the scene's rigid-body world; ``settings`` are those of one that is made."""
    bodies = [obj for obj in collection.objects if obj.rigid_body is not None]
    joints = [obj for obj in collection.objects if obj.rigid_body_constraint is not None]
    is_new = scene.rigidbody_world is None
    world = ensure_physics(scene)
    for name, value in settings.items() if is_new else ():
        setattr(world, name, value)
    for obj in bodies:
        world.collection.objects.link(obj)
    for obj in joints:
        world.constraints.objects.link(obj)


def _play(scene: bpy.types.Scene, collection: bpy.types.Collection, frames: int) -> None:
    """Say that the world's run is on the timeline, which becomes as long; at its first frame."""
    last, world = scene.frame_end, scene.rigidbody_world
    if not is_played_back(scene):
        scene[OWN] = {"enabled": bool(world is not None and world.enabled), "frame_end": last}
    scene.frame_end = max(last, scene.frame_start + frames - 1)
    scene.frame_set(scene.frame_start)
    ours = [obj for obj in playing(scene) if obj.name in collection.objects]
    told = run_of(scene) or {"run": "", "start": scene.frame_start, "missing": [], "markers": 0, "moved": len(ours)}
    mark(scene, told, ours)


def _free_others(scene: bpy.types.Scene, collection: bpy.types.Collection | None, made: Iterable[bpy.types.ID]) -> None:
    """Put what the user has in a collection that goes into the scene itself."""
    if collection is None:
        return
    others = {obj for other in _collections(scene) if other != collection for obj in other.objects}
    for obj in [obj for obj in collection.objects if obj not in made and obj not in others]:
        scene.collection.objects.link(obj)
    for child in [child for child in collection.children if child not in made]:
        scene.collection.children.link(child)


def _remove(made: list[bpy.types.ID]) -> None:
    """Remove objects and collections, and of the rest what nothing uses then."""
    gone = [one for one in made if isinstance(one, bpy.types.Object | bpy.types.Collection)]
    rest = [one for one in made if one not in gone]
    bpy.data.batch_remove(gone)
    while unused := [one for one in rest if one.users == 0]:
        rest = [one for one in rest if one.users != 0]
        bpy.data.batch_remove(unused)
