"""What the custom properties of an object tell: properties of its own, and fields that Blender has no place for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import bpy

from .names import OUR_OBJECT_KEYS, PREFIX
from .notes import is_held, row_of
from .numbers import single, singles


def custom_fields(obj: bpy.types.Object, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Fields of the scene graph's object as plain data; values of ``kept`` are taken before the object's own."""
    own = {**dict(obj.items()), **(kept or {})}
    data: dict[str, Any] = {"properties": {k: _plain(v) for k, v in own.items() if _is_own(k, v)}}
    for field, key in OUR_OBJECT_KEYS.items():
        value = obj.get(key)
        if value is not None:
            data[field] = value if isinstance(value, str) else singles(value)
    if "tags" in data:
        data["tags"] = data["tags"].split("\n")
    return data


def _is_own(key: str, value: object) -> bool:
    return not key.startswith((PREFIX, "_")) and is_held(value)


def _plain(value: Any) -> Any:
    if numbers := row_of(value):
        return [_plain(number) for number in numbers]
    return single(value) if isinstance(value, float) else value
