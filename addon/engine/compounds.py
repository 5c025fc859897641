"""Compounds, of which Blender makes the shape anew after a write: from where their parts are just then.

It does so in the next step, while threads of its own evaluate the parts, which may be where they were or where they go.
The body itself is where its own channels have it: at the start, where physics moves it. So before a step that follows
a write, the channels of compounds that physics moves are set to where these are, and all is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bpy

from ..scene_graph import RigidBody
from .force_fields import acts


class Compounds:
    """The compounds of one scene by their place among its objects, and what was written since the last step."""

    def __init__(
        self, scene: bpy.types.Scene, objects: Sequence[bpy.types.Object], bodies: Sequence[RigidBody | None]
    ) -> None:
        self._objects, self._bodies = objects, bodies
        self._has_fields = any(acts(obj) for obj in scene.objects)
        """Whether the scene has force fields of its own, which may hang on anything that is written."""
        self._written: set[int] = set()
        self._is_all_written = False

    def wrote(self, written: Iterable[int]) -> None:
        """Take note of writes to objects."""
        before = len(self._written)
        self._written.update(written)
        self._is_all_written = self._is_all_written or (self._has_fields and len(self._written) > before)

    def wrote_all(self) -> None:
        """Take note of a write that reaches all bodies."""
        self._is_all_written = True

    def join(self, made: bpy.types.Object) -> None:
        """Take note of an object that has joined the scene, last of ``objects``."""
        self._has_fields = self._has_fields or acts(made)
        self.wrote_all()

    def take(self) -> list[int] | None:
        """The compounds that Blender makes anew in the coming step; None where there is no compound, or nothing was
        written. What was written is forgotten."""
        written, every = self._written, self._is_all_written
        if not (written or every):
            return None
        self._written, self._is_all_written = set(), False
        found = [i for i, body in enumerate(self._bodies) if body is not None and body.shape == "COMPOUND"]
        if not found:
            return None
        return [i for i in found if every or i in written]
