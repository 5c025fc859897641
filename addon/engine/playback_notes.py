"""What of a scene a run on the timeline will not show as it was, found before the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import bpy
import numpy as np

from ..scene_graph import Note
from .animation import curves_of
from .keeping import DELTAS, ROTATIONS, has_layers
from .notes import listed
from .numbers import is_sheared
from .selection import SHOWN


def playback_notes(scene: bpy.types.Scene) -> tuple[Note, ...]:
    """What the timeline cannot show, or shows otherwise, of any run of the scene, object by object."""
    objects = sorted(scene.objects, key=lambda obj: (obj.name, obj.library is not None))
    return tuple(note for obj in objects for note in _object_notes(obj, scene))


def _object_notes(obj: bpy.types.Object, scene: bpy.types.Scene) -> Iterator[Note]:
    if obj.type not in (*SHOWN, "EMPTY") or obj.library is not None:
        return
    others = sorted(other.name for other in obj.users_scene if other != scene) if len(bpy.data.scenes) > 1 else ()
    if others:
        yield _note(
            obj, "several scenes", f"is also in {_names('the scene', others)}, where it will move in the same way"
        )
    if obj.parent is not None and is_sheared(obj):
        yield _note(
            obj, "skew", "is skewed by its parent's scale; where a script moves it, it is shown without the skew"
        )
    if obj.parent_type in ("ARMATURE", "LATTICE") and obj.parent is not None and not _is_even(obj.parent):
        text = f"is deformed by '{obj.parent.name}', whose scale differs from axis to axis"
        yield _note(obj, "deforming parent", f"{text}; while a run turns it, it may be shown as it is undeformed")
    if _is_blended(obj.animation_data):
        text = "has an action that is mixed with the tracks below it; what it animates besides the pose replaces them"
        yield _note(obj, "mixed action", f"{text} while the run plays")


def _note(obj: bpy.types.Object, feature: str, what: str) -> Note:
    return Note(subject=obj.name, feature=feature, text=f"'{obj.name}' {what}", missing_in=("playback",))


def _names(kind: str, names: Sequence[str]) -> str:
    """A few names with what they are: ``the scenes 'A', 'B', 'C' and 2 more``."""
    return f"{kind}{'s' if len(names) > 1 else ''} {listed(names)}"


def _is_even(obj: bpy.types.Object) -> bool:
    """Whether an object's scale is the same along all axes."""
    lengths = np.linalg.norm(np.array(obj.matrix_world)[:3, :3], axis=0)
    return bool(np.ptp(lengths) <= 1e-4 * lengths.max())


def _is_blended(data: Any) -> bool:
    """Whether an action is mixed with tracks, and animates something that a run does not replace."""
    if data is None or data.action is None or not has_layers(data):
        return False
    if data.action_blend_type == "REPLACE" and data.action_influence == 1.0:
        return False
    pose = {"location", "scale", *ROTATIONS, *DELTAS}
    return any(curve.data_path not in pose for curve in curves_of(data.action, getattr(data, "action_slot", None)))
