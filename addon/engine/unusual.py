"""Which settings of a block of Blender's are not as Blender makes them: what is told where they are not carried."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .numbers import singles


def unusual(block: Any, carried: Collection[str], unseen: tuple[str, ...] = ()) -> list[str]:
    """Settings that are not as in a new block, as ``name = value``, in Blender's order; those that are ``carried`` and
    those whose names begin with one of ``unseen`` are left out."""
    found = []
    for prop in block.bl_rna.properties:
        name = prop.identifier
        if prop.is_readonly or name in carried or name.startswith(("rna_type", "name", *unseen)):
            continue
        value = getattr(block, name)
        if prop.type == "POINTER":
            found += [f"{name} = {getattr(value, 'name', 'set')}"] if value is not None else []
        elif prop.type in ("FLOAT", "BOOLEAN", "INT", "ENUM", "STRING") and value != (usual := _usual(prop)):
            if not isinstance(usual, list):
                found.append(f"{name} = {value:.4g}" if isinstance(value, float) else f"{name} = {value}")
            elif singles(value) != usual:
                found.append(f"{name} = {singles(value)}")
    return found


def _usual(prop: Any) -> Any:
    if getattr(prop, "is_array", False):
        return singles(prop.default_array)
    return prop.default_flag if prop.type == "ENUM" and prop.is_enum_flag else prop.default
