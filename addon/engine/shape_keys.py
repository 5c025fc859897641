"""Shape keys as the scene graph has them, read from Blender's meshes and built for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..scene_graph import ShapeKey
from .numbers import single, singles

STILL = 1e-7
"""A vertex that a key moves by less (m) is not moved."""


def keys_of(obj: bpy.types.Object) -> list[Any]:
    """The shape keys of a mesh that can be written, the basis left out: relative ones that act on all of it; none where
    a single one is shown, and none of any other object."""
    data: Any = obj.data
    keys = data.shape_keys if obj.type == "MESH" else None
    if keys is None or not keys.use_relative or obj.show_only_shape_key:
        return []
    return [key for key in keys.key_blocks[1:] if not (key.mute or key.vertex_group)]


def read_shape_keys(obj: bpy.types.Object, vertices: int) -> list[dict[str, Any]]:
    """The shape keys of an object that is shown with so many vertices; none where modifiers change their number."""
    data: Any = obj.data
    keys = keys_of(obj)
    return [_read(key) for key in keys] if keys and len(data.vertices) == vertices else []


def left_out(obj: bpy.types.Object, vertices: int) -> list[str]:
    """The names of the shape keys that `read_shape_keys` does not give."""
    data: Any = obj.data
    keys = data.shape_keys.key_blocks[1:] if obj.type == "MESH" and data.shape_keys is not None else []
    carried = {key.name for key in keys_of(obj)} if keys and len(data.vertices) == vertices else set()
    return [key.name for key in keys if key.name not in carried]


def _read(key: Any) -> dict[str, Any]:
    moves = _places(key) - _places(key.relative_key)
    moved = np.flatnonzero(np.abs(moves).max(axis=1) > STILL)
    return {
        "name": key.name,
        "value": single(key.value),
        "low": single(key.slider_min),
        "high": single(key.slider_max),
        "moves": {int(i): singles(moves[i]) for i in moved},
    }


def _places(key: Any) -> NDArray[np.float32]:
    found = np.empty(3 * len(key.data), dtype=np.float32)
    key.data.foreach_get("co", found)
    return found.reshape(-1, 3)


def add_shape_keys(obj: bpy.types.Object, keys: Sequence[ShapeKey]) -> None:
    """Give an object, whose mesh is its basis, shape keys."""
    obj.shape_key_add(name="Basis", from_mix=False)
    data: Any = obj.data
    basis = _places(data.shape_keys.key_blocks[0])
    for key in keys:
        made = obj.shape_key_add(name=key.name, from_mix=False)
        places = basis.copy()
        for number, move in key.moves.items():
            places[number] += move
        made.data.foreach_set("co", places.ravel())
        made.slider_min, made.slider_max, made.value = key.low, key.high, key.value
