"""What is seen of objects besides their pose, on the timeline: materials, lights, shape keys and texts.

An object whose material or light others have too gets one of its own while the run plays. Blender cannot animate what a
text reads, so each text that a run shows is an object of its own, visible at its time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import bpy
import numpy as np

from .keeping import OWN, hold, let_go
from .keys import CONSTANT, curves_for, fill
from .looks import Place, has_own, make_own, places, put
from .motions import Array, Changes, Motion
from .names import PREFIX
from .shaders import input_of

STAND_IN = PREFIX + "stand_in"
"""Custom property of objects that show another text in the place of one."""

SURFACE = ("material.color", "material.emission_color", "material.emission_strength")


def own_looks(obj: bpy.types.Object, motion: Motion) -> dict[str, Any]:
    """Give an object the materials and lights of its own that a run needs; returns what it had, for `give_back`."""
    kept: dict[str, Any] = {}
    for field in motion.looks:
        if field.startswith(("material.", "light.")) and not has_own(obj, field):
            kept |= make_own(obj, field)
    return kept


def animate_looks(obj: bpy.types.Object, motion: Motion, times: Array) -> None:
    """Key the data-blocks that hold what is seen of an object; the object's own channels are left out."""
    for owner, paths in _owners(obj, motion).items():
        if owner != obj:
            kept, state = hold(owner, paths)
            state["values"] = {path: _plain(owner.path_resolve(path)) for path in paths}
            action = bpy.data.actions.new(f"Dynamics {obj.name} {owner.name}")
            if "action" in kept:
                bpy.data.actions.remove(action)
                action = kept["action"].copy()
            owner.animation_data.action = action
            curves = curves_for(action, owner.animation_data, owner, state["slot"])
            for curve in [c for c in curves if c.data_path in paths]:
                curves.remove(curve)
            action[OWN] = kept | {"state": json.dumps(state)}
            for path, changes in paths.items():
                key(curves, path, changes, times)


def key(curves: Any, path: str, changes: Changes, times: Array) -> None:
    """Keys of a property where it changes; of one of several numbers, a curve each."""
    last = dict(changes)
    values = np.array(list(last.values()), dtype=np.float64).reshape(len(last), -1)
    for index in range(values.shape[1]):
        fill(curves, path, index, times[list(last)], values[:, index], CONSTANT)


def own_paths(motion: Motion) -> dict[str, Changes]:
    """Those of an object's looks that are channels of its own."""
    return {field: changes for field, changes in motion.looks.items() if field == "color"}


def _owners(obj: bpy.types.Object, motion: Motion) -> dict[Any, dict[str, Changes]]:
    """The properties that hold an object's looks, by data-block, with their changes."""
    found: dict[Any, dict[str, Changes]] = {}
    for field, changes in motion.looks.items():
        for owner, path in places(obj, field) if field != "text.body" else ():
            found.setdefault(owner, {})[path] = changes
    surface = {field: motion.looks[field] for field in SURFACE if field in motion.looks}
    if surface:
        found.setdefault(obj.active_material, {})["diffuse_color"] = _in_viewport(obj, surface)
    return found


def _in_viewport(obj: bpy.types.Object, surface: dict[str, Changes]) -> Changes:
    """The colour that the viewport shows for a surface as it changes, for it shows no light that is emitted: what
    shines is the lighter, the more it does. Where nothing is changed it is that of the user."""
    material: Any = obj.active_material
    start: dict[str, Any] = {}
    for field in SURFACE:
        socket = input_of(material, field.partition(".")[2])
        before = _plain(socket.default_value) if socket is not None else None
        start[field] = surface[field][0][1] if field in surface else before
    found: Changes = []
    for frame in sorted({frame for changes in surface.values() for frame, _ in changes}):
        now = start | {f: [v for at, v in changes if at <= frame][-1] for f, changes in surface.items()}
        shown = _plain(material.diffuse_color) if _same(now, start) else shown_color(*(now[f] for f in SURFACE))
        found.append((frame, shown))
    return found


def _same(now: dict[str, Any], start: dict[str, Any]) -> bool:
    return all(now[f] is None or np.allclose(now[f], start[f]) for f in now)


def shown_color(color: Sequence[float] | None, emitted: Sequence[float] | None, strength: float | None) -> list[float]:
    """The colour (linear RGBA) by which a picture without light shows a surface that emits."""
    base = np.array(color or (0.8, 0.8, 0.8, 1.0))
    part = min(max(strength or 0.0, 0.0), 1.0)
    hot = (np.array(emitted or (1.0, 1.0, 1.0, 1.0)) + 1.0) / 2
    mixed = (1 - part) * base[:3] + part * hot[:3]
    return [*(float(v) for v in mixed), float(base[3])]


def texts_of(motion: Motion, frames: int) -> list[str] | None:
    """What a text reads at each frame; None where it stays as it is."""
    changes = motion.looks.get("text.body")
    if changes is None:
        return None
    read = [str(changes[0][1])] * frames
    for frame, text in changes:
        read[frame:] = [str(text)] * (frames - frame)
    return read


def show_texts(obj: bpy.types.Object, read: Sequence[str], hidden: dict[str, Array], times: Array) -> None:
    """Add objects that show the other texts of a text object at their time; ``hidden`` is when it is hidden itself."""
    for number, text in enumerate(dict.fromkeys(t for t in read if t != obj.data.body)):
        made = obj.copy()
        made.animation_data_clear()
        made.constraints.clear()
        made.name, made[STAND_IN] = f"{PREFIX}{obj.name} {number + 1}", True
        made.data = obj.data.copy()
        made.data.body = text
        for collection in obj.users_collection:
            collection.objects.link(made)
        made.parent, made.parent_type = obj, "OBJECT"
        made.matrix_parent_inverse.identity()
        for path in ("delta_location", "delta_rotation_euler"):
            setattr(made, path, (0.0, 0.0, 0.0))
        made.delta_rotation_quaternion, made.delta_scale = (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
        made.matrix_basis.identity()  # by way of the deltas
        if obj.hide_get():
            made.hide_set(True)
        data = made.animation_data_create()
        action = bpy.data.actions.new(made.name)
        data.action = action
        curves = curves_for(action, data, made)
        absent = np.array([t != text for t in read])
        for path, own in hidden.items():
            fill(curves, path, 0, times, absent | own, CONSTANT)


def take_out_looks(objects: Sequence[bpy.types.Object], seen: Sequence[Any]) -> None:
    """Take a run's looks out of the ``seen`` data-blocks, before the objects' own actions are: they look as before."""
    for owner in seen:
        action: Any = owner.animation_data.action if owner.animation_data is not None else None
        if action is not None and OWN in action:
            values = json.loads(action[OWN]["state"])["values"]
            let_go(owner, action[OWN])
            for path, value in values.items():
                put(Place(owner, path), value)
            bpy.data.actions.remove(action)
    for obj in objects:
        if STAND_IN in obj:
            action = obj.animation_data.action if obj.animation_data is not None else None
            data = obj.data
            bpy.data.objects.remove(obj)
            for block, kept in ((action, bpy.data.actions), (data, bpy.data.curves)):
                if block is not None and not block.users:
                    kept.remove(block)


def all_seen() -> list[Any]:
    """All data-blocks that can hold looks."""
    return [*_with_trees(bpy.data.materials), *bpy.data.lights, *bpy.data.shape_keys]


def seen_of(objects: Iterable[bpy.types.Object]) -> list[Any]:
    """The data-blocks that hold the looks of objects."""
    materials = {slot.material for obj in objects for slot in obj.material_slots if slot.material is not None}
    data: list[Any] = list({obj.data for obj in objects if obj.data is not None})
    keys = [one.shape_keys for one in data if getattr(one, "shape_keys", None) is not None]
    return [*_with_trees(materials), *(one for one in data if isinstance(one, bpy.types.Light)), *keys]


def _with_trees(materials: Iterable[Any]) -> list[Any]:
    found = list(materials)
    return [*found, *(m.node_tree for m in found if m.node_tree is not None)]


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str) else list(value)
