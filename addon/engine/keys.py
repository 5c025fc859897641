"""Keyframes written in bulk, in every version of Blender. Read in the window, so it imports little."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

LINEAR, CONSTANT = 1, 0
"""How a curve goes from one key to the next."""

CLOSEST = 0.01
"""Blender's `FCurve.update` makes one of keys that are closer (frames of animation)."""


def curves_for(action: Any, data: Any, obj: bpy.types.ID, handle: int | None = None) -> Any:
    """Where an action keeps its curves for a data-block: since actions have slots, in a channel bag of the slot of this
    ``handle``, else of a new one; before that in itself."""
    if not hasattr(action, "slots"):
        return action.fcurves
    slot = next((slot for slot in action.slots if slot.handle == handle), None)
    data.action_slot = slot or action.slots.new(id_type=obj.id_type, name=obj.name)
    layer = action.layers[0] if action.layers else action.layers.new("Layer")
    strip = layer.strips[0] if layer.strips else layer.strips.new(type="KEYFRAME")
    return strip.channelbag(data.action_slot, ensure=True).fcurves


def fill(curves: Any, path: str, index: int, times: NDArray[Any], values: NDArray[Any], interpolation: int) -> None:
    """A new curve with keys of one interpolation."""
    curve = curves.new(path, index=index)
    points = curve.keyframe_points
    points.add(len(times))
    points.foreach_set("co", np.column_stack([times, values]).astype(np.float32).ravel())
    points.foreach_set("interpolation", np.full(len(times), interpolation, dtype=np.int32))
    if np.diff(times).min(initial=1.0) > CLOSEST:
        curve.update()
