"""Settings of Blender's as fields of a model of the same names, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import bpy

from ...scene_graph.force_field import FieldWeight
from ..numbers import single, singles


def read_fields(settings: Any, names: Iterable[str]) -> dict[str, Any]:
    """The values of settings as plain data."""
    return {name: _plain(getattr(settings, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return single(value)
    return value if isinstance(value, bool | int | str) else singles(value)


def write_fields(settings: Any, values: Mapping[str, Any]) -> None:
    """Set them."""
    for name, value in values.items():
        setattr(settings, name, value)


def read_starts(obj: bpy.types.Object, modifier: Any) -> dict[str, int]:
    """The step at which Blender begins to deform an object; what begins before the scene does so with it."""
    scene = next(iter(obj.users_scene), bpy.context.scene)
    return {"starts": max(modifier.point_cache.frame_start - scene.frame_start, 0)}


def early(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """What is told of an object that Blender deforms before the scene begins."""
    scene, first = next(iter(obj.users_scene), bpy.context.scene), modifier.point_cache.frame_start
    return [f"point_cache.frame_start = {first}"] if first < scene.frame_start else []


def write_starts(modifier: Any, starts: int) -> None:
    """Let Blender begin at a step of the scene that is open."""
    cache, first = modifier.point_cache, bpy.context.scene.frame_start + starts
    cache.frame_end = max(cache.frame_end, first + 1)
    cache.frame_start = first


def write_weights(weights: Any, values: Mapping[FieldWeight, float]) -> None:
    """Set them."""
    write_fields(weights, values)


def read_group(obj: bpy.types.Object, name: str) -> dict[int, float]:
    """The weights of the shown mesh's vertices in a vertex group, those of 0 left out; none without such a group."""
    group = obj.vertex_groups.get(name) if name else None
    if group is None:
        return {}
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh: Any = evaluated.to_mesh()
    try:
        found = {v.index: single(g.weight) for v in mesh.vertices for g in v.groups if g.group == group.index}
    finally:
        evaluated.to_mesh_clear()
    return {number: weight for number, weight in found.items() if weight > 0.0}


def write_group(obj: bpy.types.Object, name: str, weights: Mapping[int, float]) -> str:
    """Make a vertex group; returns what it is called."""
    group = obj.vertex_groups.new(name=name)
    for number, weight in weights.items():
        group.add([number], weight, "REPLACE")
    return group.name
