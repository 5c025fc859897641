"""Balls of force as force fields of Blender: a WIND field that ends at a distance, with the force along its z axis.

Blender applies fields to rigid bodies in every substep and wakes what they act on. It leaves out bodies that have a
field themselves: so all bodies that are not pushed get one that does nothing, where the scene has no fields that should
act on them. That keeps balls from them and saves time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from ..scene_graph import ForceField
from .force_fields import acts, add_field, add_nothing
from .forces import Ball, Kind
from .names import PREFIX

_FIELD = ForceField(type="WIND", strength=0.0, flow=0.0, distance_max=0.0)


class Balls:
    """The fields of one scene by body and kind, each made when it is first needed and gone with the session."""

    def __init__(self, scene: bpy.types.Scene, objects: Sequence[bpy.types.Object], fps: float, weight: float) -> None:
        self._scene, self._objects, self._fps, self._weight = scene, objects, fps, weight
        self._fields: dict[tuple[int, Kind], bpy.types.Object] = {}
        self._shown: dict[tuple[int, Kind], Ball] = {}
        self._collection: bpy.types.Collection | None = None
        self._ours = False
        self._shielded: dict[int, bool] = {}
        """Bodies that were looked at, and whether they have a field that does nothing."""

    def problem(self, i: int) -> str | None:
        """Why no ball can push a body, or None."""
        if acts(self._objects[i]) and not self._shielded.get(i):
            return "the object has a force field itself, and Blender pushes no such body; put the field on an Empty"
        if not self._weight:
            return "the rigid-body world's field weights All and Wind are 0, so that nothing can push bodies"
        return None

    @property
    def rivals(self) -> list[int] | None:
        """The bodies that a ball can push, by whomever; None is all."""
        if self._collection is None or not self._shielded:
            return None
        return [i for i, shielded in self._shielded.items() if not shielded]

    def open(self, pushed: Sequence[int], moved: NDArray[np.bool_]) -> bool:
        """Let balls act on some bodies ``[K]``, and on no others that Bullet moves ``[B]`` if that can be helped.
        Returns whether anything was written."""
        wrote = self._collection is None
        if self._collection is None:
            self._collection = self._begin()
        if not self._ours:
            return wrote
        for i in pushed:
            if self._shielded.get(i, True):
                if i in self._shielded:
                    self._objects[i].field.type = "NONE"
                self._shielded[i] = False
                wrote = True
        for i in np.flatnonzero(moved):
            if i not in self._shielded:
                add_nothing(self._objects[i])
                self._shielded[i] = True
                wrote = True
        return wrote

    @property
    def are_shown(self) -> bool:
        """Whether any ball acted in the last step."""
        return bool(self._shown)

    @property
    def count(self) -> int:
        """The number of objects that were made."""
        return len(self._fields)

    def show(self, balls: Sequence[Ball]) -> bool:
        """Let these balls act in the coming step, and no others; returns whether any field was written."""
        changed = [ball for ball in balls if self._shown.get((ball.body, ball.kind)) is not ball]
        for ball in changed:
            self._show(ball)
        shown = {(ball.body, ball.kind): ball for ball in balls}
        ended = self._shown.keys() - shown.keys()
        for key in ended:
            settings: Any = self._fields[key].field
            settings.strength = settings.flow = 0.0
        self._shown = shown
        return bool(changed or ended)

    def _show(self, ball: Ball) -> None:
        obj = self._fields.get((ball.body, ball.kind))
        if obj is None:
            obj = self._fields[ball.body, ball.kind] = self._made(f"{PREFIX}{ball.kind}_{ball.body}")
        last = self._shown.get((ball.body, ball.kind))
        obj.location = ball.centre
        settings: Any = obj.field
        if last is None or last.force.tolist() != ball.force.tolist():
            if ball.force.any():
                obj.rotation_quaternion = Vector(ball.force).to_track_quat("Z", "Y")
            settings.strength = float(np.linalg.norm(ball.force)) * self._fps / self._weight
        if last is None or last.flow != ball.flow:
            settings.flow = ball.flow / self._weight
        if last is None or last.radius != ball.radius:
            settings.distance_max = ball.radius

    def remove(self) -> None:
        """Take all fields out of the scene again."""
        for i, shielded in self._shielded.items():
            if shielded:
                self._objects[i].field.type = "NONE"
        bpy.data.batch_remove(list(self._fields.values()))
        if self._ours and self._collection is not None:
            self._scene.rigidbody_world.effector_weights.collection = None
            bpy.data.collections.remove(self._collection)

    def _begin(self) -> bpy.types.Collection:
        """The collection whose fields act on bodies: the user's own, the scene's, or one of ours where nothing acts."""
        weights: Any = self._scene.rigidbody_world.effector_weights
        if weights.collection is not None:
            return weights.collection
        if any(acts(obj) for obj in self._scene.objects):
            return self._scene.collection
        made = bpy.data.collections.new(PREFIX + "forces")
        self._scene.collection.children.link(made)
        weights.collection = made
        self._ours = True
        return made

    def _made(self, name: str) -> bpy.types.Object:
        made = bpy.data.objects.new(name, None)
        assert self._collection is not None
        self._collection.objects.link(made)
        made.rotation_mode = "QUATERNION"
        add_field(made, _FIELD)
        return made
