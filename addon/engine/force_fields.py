"""Force fields of Blender's objects as those of the scene graph, and back."""

from __future__ import annotations

from typing import Any, get_args

import bpy

from ..scene_graph import ForceField
from ..scene_graph.force_field import FieldType, FieldWeight

TYPES = frozenset(get_args(FieldType))
WEIGHTS: tuple[FieldWeight, ...] = get_args(FieldWeight)
_OPTIONAL = ("distance_min", "distance_max", "radial_min", "radial_max")
"""Bounds that Blender has switches for: ``use_min_distance`` and so on."""


def _switch(bound: str) -> str:
    kind, end = bound.split("_")
    return f"use_{end}_distance" if kind == "distance" else f"use_{kind}_{end}"


def _attribute(name: str, kind: str) -> str:
    """Blender has several names for one number: a drag's quadratic part is what others have as their damping."""
    if name == "damping":
        return "quadratic_drag" if kind == "DRAG" else "harmonic_damping"
    return name


def acts(obj: bpy.types.Object) -> bool:
    """Whether the object has a force field of a kind that moves rigid bodies."""
    field: Any = obj.field
    return field is not None and field.type in TYPES


def read_field(obj: bpy.types.Object, number: Any) -> dict[str, Any]:
    """The field's settings as plain data; ``number`` makes a single-precision number plain."""
    settings: Any = obj.field
    found: dict[str, Any] = {}
    for name in ForceField.model_fields:
        if name in _OPTIONAL and not getattr(settings, _switch(name)):
            continue
        value = getattr(settings, _attribute(name, settings.type))
        found[name] = number(value) if isinstance(value, float) else value
    return found


def add_field(obj: bpy.types.Object, field: ForceField) -> None:
    """Give an object of the view layer a force field."""
    settings = _made(obj)
    settings.type = field.type
    for name in _OPTIONAL:
        setattr(settings, _switch(name), getattr(field, name) is not None)
    for name, value in field:
        if name != "type" and value is not None:
            setattr(settings, _attribute(name, field.type), value)


def add_nothing(obj: bpy.types.Object) -> None:
    """Give an object a force field that does nothing."""
    settings = _made(obj)
    settings.strength = settings.flow = 0.0


def _made(obj: bpy.types.Object) -> Any:
    bpy.context.view_layer.objects.active = obj
    with bpy.context.temp_override(object=obj, active_object=obj, selected_objects=[obj]):
        if obj.field is None or obj.field.type == "NONE":
            bpy.ops.object.forcefield_toggle()
    return obj.field


def read_weights(settings: Any, number: Any) -> dict[str, float]:
    """The weights of gravity and force fields in settings that have them, those of 1 left out."""
    found = {name: number(getattr(settings.effector_weights, name)) for name in WEIGHTS}
    return {name: value for name, value in found.items() if value != 1.0}
