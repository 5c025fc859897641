"""Writes against what a scene's own animation, drivers and constraints hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import bpy

from ..scene_graph import FloatArray, Write
from .animation import POSE, Holder, constraint_holders, holders, pose_holders
from .objects import place
from .prescribed import KINEMATIC
from .protocol import EngineError

CHANGED = 1e-5
"""A channel that a write changes by less is not changed."""


class Held:
    """Knows what is held in a scene. With ``override``, a write takes it out of its holder's hands; without, it is
    refused by name."""

    def __init__(
        self,
        scene: bpy.types.Scene,
        objects: Sequence[bpy.types.Object],
        joints: Mapping[str, bpy.types.Object],
        override: bool,
    ) -> None:
        self._scene, self._objects, self._joints, self._override = scene, objects, joints, override
        self._by_name = {o.name: o for o in objects}
        self._animated = {i for i, o in enumerate(objects) if o.animation_data is not None}
        self._constrained = {i for i, o in enumerate(objects) if constraint_holders(o)}
        self._keyed = {i for i in self._animated if any(h.path == KINEMATIC for h in holders(objects[i]))}
        self._released: set[int] = set()

    def is_kinematic_keyed(self, i: int) -> bool:
        """Whether keyframes or a driver switch between physics and the object's own motion."""
        return i in self._keyed

    def release(self, i: int) -> bool:
        """Note that a body's pose is set by us from now on; True at the first time."""
        if i in self._released:
            return False
        self._released.add(i)
        self._keyed.discard(i)
        return True

    def check_setting(self, write: Write) -> None:
        """Raise EngineError if a property, setting of a body or joint, or gravity is held."""
        owner, path = self._place(write)
        if owner.animation_data is None:
            return
        self._judge([h for h in holders(owner) if h.path == path], write.name or "the scene", write.field)

    def _place(self, write: Write) -> tuple[Any, str]:
        """The data-block and the path in it that a write sets."""
        if write.target == "scene":
            return self._scene, write.field
        if write.target == "constraint":
            return self._joints[write.name], f"rigid_body_constraint.{write.field}"
        group, _, name = write.field.partition(".")
        key = f'["{bpy.utils.escape_identifier(name)}"]'
        return self._by_name[write.name], key if group in ("property", "delete") else write.field

    def check_kinematic(self, i: int, write: Write) -> None:
        """Raise EngineError if a body that physics moves now is switched by keys: they would undo a hand-off."""
        if i in self._keyed:
            found = [h for h in holders(self._objects[i]) if h.path == KINEMATIC]
            self._judge(found, self._objects[i].name, f"{write.field}: the switch between physics and animation")

    def check_pose(self, i: int, location: FloatArray, quaternion: FloatArray, scale: FloatArray) -> None:
        """Raise EngineError if the object cannot be put there: a channel that would change, or all of its pose, is
        held. ``scale`` is that of the object in the world."""
        if i not in self._animated and i not in self._constrained:
            return
        obj = self._objects[i]
        if self._override:
            for holder in pose_holders(obj) + constraint_holders(obj):
                holder.mute()
            self._animated.discard(i)
            self._constrained.discard(i)
            return
        before = _channels(obj)
        try:
            place(obj, location, quaternion, scale)
            after = _channels(obj)
        finally:
            for path, values in before.items():
                setattr(obj, path, values)
        held = [h for h in pose_holders(obj) if h.path.startswith("delta_") or _differs(before, after, h)]
        self._judge(held, obj.name, "pose")

    def _judge(self, found: Sequence[Holder], name: str, field: str) -> None:
        if found and self._override:
            for holder in found:
                holder.mute()
        elif found:
            words = " and ".join(dict.fromkeys(h.words for h in found))
            raise EngineError(
                f"object '{name}': {field} is held by {words}, so that the write would be lost; remove that, or let "
                "scripts win with --override-animation"
            )


Channels = dict[str, tuple[float, ...]]


def _channels(obj: bpy.types.Object) -> Channels:
    return {path: tuple(getattr(obj, path)) for path in POSE}


def _differs(before: Channels, after: Channels, holder: Holder) -> bool:
    if holder.path not in before:
        return False
    pairs = list(zip(before[holder.path], after[holder.path], strict=True))
    chosen = pairs if holder.index < 0 else pairs[holder.index : holder.index + 1]
    return any(abs(a - b) > CHANGED for a, b in chosen)
