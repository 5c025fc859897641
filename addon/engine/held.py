"""Writes against what a scene's own animation, drivers and constraints hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import bpy
import numpy as np

from ..fields import PUSHES, look
from ..scene_graph import FloatArray, World, Write
from .animation import DELTAS, POSE, Holder, animated_blocks, constraint_holders, holders, pose_holders
from .looks import has_own, others_with, places
from .objects import place, resize
from .prescribed import KINEMATIC
from .protocol import EngineError, WriteRefused

MOTION = ("location", "rotation_quaternion", "scale", "velocity", "angular_velocity", *PUSHES)
"""Fields of a write that move an object."""

CHANGED = 1e-5
"""A channel that a write changes by less is not changed."""


class Mover(NamedTuple):
    """An object that a write is to move: its index, whether Bullet moves it now, the compound body it is a part of, and
    what gives its pose in the world (m, unit quaternion) and its own scale."""

    index: int
    active: bool
    whole: str | None
    pose: Callable[[], tuple[FloatArray, FloatArray, FloatArray]]


class Held:
    """Knows what is held in a scene. With ``override``, a write takes it out of its holder's hands; without, it is
    refused by name."""

    def __init__(
        self,
        scene: bpy.types.Scene,
        objects: Mapping[str, bpy.types.Object],
        joints: Mapping[str, bpy.types.Object],
        world: World,
        override: bool,
    ) -> None:
        self._scene, self._by_name, self._joints, self._override = scene, dict(objects), joints, override
        self._frame_map = world.frame_map
        self._objects = list(objects.values())
        self._animated = {i for i, o in enumerate(self._objects) if o.animation_data is not None}
        self._constrained = {i for i, o in enumerate(self._objects) if constraint_holders(o)}
        self._keyed = {i for i in self._animated if any(h.path == KINEMATIC for h in holders(self._objects[i]))}
        self._released: set[int] = set()
        animated = animated_blocks()
        self._is_animated = bool(animated)
        self.has_drivers = any(len(one.animation_data.drivers) for one in animated)
        """Whether anything in the file is worked out of something else of it, by drivers."""

    def add(self, name: str, obj: bpy.types.Object) -> None:
        """Take note of an object that has joined the scene."""
        self._by_name[name] = obj
        self._objects.append(obj)
        self._is_animated = self._is_animated or obj.animation_data is not None

    def check(self, write: Write, mover: Mover | None) -> None:
        """Raise EngineError if a write would be lost, or would change what it does not name. ``mover`` is given for
        writes of `MOTION`."""
        if write.target == "object" and self._by_name[write.name].library is not None:
            problem = "it is linked from another file and cannot be written; make it local (Object > Relations)"
            raise WriteRefused(write, problem)
        if mover is None:
            self._check_setting(write)
        elif mover.whole is not None:
            raise WriteRefused(write, f"it is a part of the compound body '{mover.whole}'; write that one instead")
        elif mover.active and write.field != "scale":
            self._check_hand_off(mover.index, write)
        elif write.field in ("location", "rotation_quaternion", "scale"):
            self._check_pose(write, mover)

    def _check_hand_off(self, i: int, write: Write) -> None:
        old, new = self._frame_map
        if old != new:
            problem = f"a body that physics moves cannot be given one while time remapping is on ({old} to {new}); "
            raise WriteRefused(write, problem + "set both to 100 in the output properties")
        if i in self._keyed:  # Keys that switch between physics and animation would undo the hand-off.
            found = [h for h in holders(self._objects[i]) if h.path == KINEMATIC]
            self._judge(found, write, "the switch between physics and animation")

    @property
    def has_keyed(self) -> bool:
        """Whether any body is switched between physics and the object's own motion."""
        return bool(self._keyed)

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

    def _check_setting(self, write: Write) -> None:
        """Raise EngineError if a property, setting of a body or joint, or gravity is held."""
        if write.field.startswith("shape_key."):
            self._check_shape(self._by_name[write.name], write)
        for owner, path in self._places(write) if self._is_animated else ():
            if owner.animation_data is not None:
                self._judge([h for h in holders(owner) if h.path == path], write, "it")

    def _places(self, write: Write) -> Sequence[tuple[Any, str]]:
        """The data-blocks and the paths in them that a write sets."""
        if write.target == "scene":
            return [(self._scene, write.field)]
        if write.target == "constraint":
            return [(self._joints[write.name], f"rigid_body_constraint.{write.field}")]
        obj = self._by_name[write.name]
        if look(write.field) is not None:
            return places(obj, write.field)
        group, _, name = write.field.partition(".")
        key = f'["{bpy.utils.escape_identifier(name)}"]'
        return [(obj, key if group in ("property", "delete") else write.field)]

    def _check_shape(self, obj: bpy.types.Object, write: Write) -> None:
        """Raise WriteRefused for a shape key that other objects have too."""
        if not has_own(obj, write.field):
            shared = [o.name for o in others_with(obj, write.field)]
            others = f"'{shared[0]}' has the same mesh" if shared else "its mesh is linked from another file"
            raise WriteRefused(
                write, f"{others}, so that its shape would change too; make it single user (Object > Relations)"
            )

    def _check_pose(self, write: Write, mover: Mover) -> None:
        """Raise EngineError if the object cannot be put there: a channel that would change, or all of its pose, is
        held."""
        i = mover.index
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
        pose = dict(zip(("location", "rotation_quaternion", "scale"), mover.pose(), strict=True))
        location, quaternion, scale = (pose | {write.field: np.array(write.value, dtype=np.float64)}).values()
        try:
            (resize if write.field == "scale" else place)(obj, location, quaternion, scale)
            after = _channels(obj)
        except EngineError as error:
            choice = ", or let scripts win over animation (--override-animation)" if constraint_holders(obj) else ""
            raise WriteRefused(write, f"{error}{choice}") from None
        finally:
            for path, values in before.items():
                setattr(obj, path, values)
        # Of a body that physics moves, Blender takes the scale alone from the object's own channels.
        paths = ("scale", "delta_scale") if mover.active else (*POSE, *DELTAS)
        held = [h for h in pose_holders(obj) if h.path in paths and (h.path in DELTAS or _differs(before, after, h))]
        self._judge(held, write, "the pose")

    def _judge(self, found: Sequence[Holder], write: Write, what: str) -> None:
        if found and self._override:
            for holder in found:
                holder.mute()
        elif found:
            words = " and ".join(dict.fromkeys(h.words for h in found))
            problem = (
                f"{what} is held by {words}, so that the write would be lost; remove that, or let scripts win over"
            )
            raise WriteRefused(write, f"{problem} animation (--override-animation)")


Channels = dict[str, tuple[float, ...]]


def _channels(obj: bpy.types.Object) -> Channels:
    return {path: tuple(getattr(obj, path)) for path in POSE}


def _differs(before: Channels, after: Channels, holder: Holder) -> bool:
    if holder.path not in before:
        return False
    pairs = list(zip(before[holder.path], after[holder.path], strict=True))
    chosen = pairs if holder.index < 0 else pairs[holder.index : holder.index + 1]
    return any(abs(a - b) > CHANGED for a, b in chosen)
