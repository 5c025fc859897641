"""Who else moves an object: keyframes, drivers, strips and object constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import bpy

POSE = ("location", "rotation_quaternion", "rotation_euler", "rotation_axis_angle", "scale")
"""An object's own channels of its pose."""


DELTAS = ("delta_location", "delta_rotation_euler", "delta_rotation_quaternion", "delta_scale")
"""What is added to them."""


@dataclass(frozen=True)
class Holder:
    """Something that sets a property at every frame. ``path`` and ``index`` name the property (index -1: all of it),
    ``words`` the holder, and ``switch`` is what has ``mute``."""

    path: str
    index: int
    words: str
    switch: Any

    def mute(self) -> None:
        """Take the property out of its hands."""
        self.switch.mute = True


def holders(data_block: Any) -> Iterator[Holder]:
    """What sets properties of an object, scene or other data-block at every frame, constraints apart."""
    data = data_block.animation_data
    if data is None:
        return
    if data.action is not None:
        for curve in curves_of(data.action, getattr(data, "action_slot", None)):
            if not (curve.mute or curve.is_empty):
                yield Holder(curve.data_path, curve.array_index, _action_words(data.action), curve)
    for driver in data.drivers:
        if not driver.mute:
            yield Holder(driver.data_path, driver.array_index, "a driver", driver)
    for track in data.nla_tracks if data.use_nla else ():
        for strip in () if track.mute else track.strips:
            if strip.mute or strip.action is None:
                continue
            for curve in curves_of(strip.action, getattr(strip, "action_slot", None)):
                yield Holder(curve.data_path, curve.array_index, f"the strip '{strip.name}' of its NLA", track)


def data_blocks() -> list[bpy.types.ID]:
    """All data-blocks of the open file, without those that are within others."""
    kinds = [kind.identifier for kind in bpy.data.bl_rna.properties if kind.type == "COLLECTION"]
    return [one for kind in kinds for one in getattr(bpy.data, kind)]


def animated_blocks() -> list[Any]:
    """All data-blocks of the open file, and their trees of nodes, that have animation or drivers."""
    blocks: list[Any] = list(data_blocks())
    trees = [tree for one in blocks if (tree := getattr(one, "node_tree", None)) is not None]
    return [one for one in (*blocks, *trees) if getattr(one, "animation_data", None) is not None]


def _action_words(action: Any) -> str:
    first, last = (round(f) for f in action.frame_range)
    when = f"a keyframe at frame {first}" if first == last else f"keyframes from frame {first} to {last}"
    return f"the action '{action.name}' ({when})"


def curves_of(action: Any, slot: Any) -> list[Any]:
    """The F-curves of an action for a slot, in every version of Blender."""
    if not hasattr(action, "slots"):
        return list(action.fcurves)
    if slot is None:
        return []
    bags = [strip.channelbag(slot) for layer in action.layers for strip in layer.strips if strip.type == "KEYFRAME"]
    return [curve for bag in bags if bag is not None for curve in bag.fcurves]


def constraint_holders(obj: bpy.types.Object) -> list[Holder]:
    """The object's constraints that are in force."""
    active = [c for c in obj.constraints if not c.mute and c.influence > 0]
    return [Holder("pose", -1, _constraint_words(c), c) for c in active]


def _constraint_words(constraint: Any) -> str:
    items: Any = constraint.bl_rna.properties["type"].enum_items
    kind = str(items[constraint.type].name)
    return f"the constraint '{constraint.name}'" + ("" if constraint.name.startswith(kind) else f" ({kind})")


def pose_holders(obj: bpy.types.Object) -> list[Holder]:
    """What sets channels of the object's pose at every frame, constraints apart."""
    return [h for h in holders(obj) if h.path in (*POSE, *DELTAS)]
