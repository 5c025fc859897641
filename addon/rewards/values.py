"""What values the parameters of events can have."""

from __future__ import annotations

from typing import Any

from ..patterns.model import Parameter
from ..scene_graph import SceneGraph
from .errors import DslError, nearest
from .nodes import ObjectId, value_text
from .objects import resolve

NEEDED = {
    "body": "the name of an object with a mesh, its number or OBJECT_ID(...)",
    "object": "the name of an object, its number or OBJECT_ID(...)",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "text": "a text in quotes",
    "choice": "one of these words",
    "choices": "a list of these words",
    "vector": "three numbers [x, y, z]",
    "any": "a text, a number, true, false, none or a list of these",
}
"""What a value must be, in words, by its kind; those of cells are in `_needed_cells`."""


def fitting(value: Any, parameter: Parameter, name: str, scene: SceneGraph, place: str) -> Any:
    """The value as events have it: objects by name, words as the entry writes them.

    Raises DslError that says what is needed if it does not fit.
    """
    kind = parameter.kind
    if kind in ("body", "object") and isinstance(value, str | int | ObjectId) and not isinstance(value, bool):
        return resolve(value, scene, place, solid=kind == "body")
    if kind == "any":
        return _named(value, scene, place)
    if kind == "choice" and isinstance(value, str):
        return _word(value, parameter, name, place)
    if kind == "choices" and isinstance(value, tuple) and all(isinstance(v, str) for v in value):
        return tuple(_word(v, parameter, name, place) for v in value)
    planar = scene.world.plane is not None
    if kind == "cell" and _is_cell(value, planar):
        return _cell(value, planar)
    if kind == "cells" and isinstance(value, tuple) and all(_is_cell(v, planar) for v in value):
        return tuple(_cell(v, planar) for v in value)
    if _is_plain(value, kind):
        return value
    words = f": {', '.join(parameter.choices)}" if parameter.choices else ""
    needed = NEEDED.get(kind) or _needed_cells(kind, planar)
    raise DslError(f"{place}: '{name}' ({parameter.text}) must be {needed}{words}; it is {value_text(value)}")


def _named(value: Any, scene: SceneGraph, place: str) -> Any:
    """Any value, with names in the place of OBJECT_ID."""
    if isinstance(value, tuple):
        return tuple(_named(item, scene, place) for item in value)
    return resolve(value, scene, place) if isinstance(value, ObjectId) else value


def _word(value: str, parameter: Parameter, name: str, place: str) -> str:
    found = next((word for word in parameter.choices if word.casefold() == value.casefold()), None)
    if found is None:
        raise DslError(f"{place}: '{name}' cannot be '{value}'; {nearest(value, parameter.choices)}")
    return found


def _is_plain(value: Any, kind: str) -> bool:
    match kind:
        case "number":
            return _is_number(value)
        case "integer":
            return _is_number(value) and value == int(value)
        case "boolean":
            return isinstance(value, bool)
        case "text":
            return isinstance(value, str)
        case "vector":
            return isinstance(value, tuple) and len(value) == 3 and all(map(_is_number, value))
    return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_cell(value: Any, planar: bool) -> bool:
    sizes = (2, 3) if planar else (3,)
    return isinstance(value, tuple) and len(value) in sizes and all(v is None or _is_plain(v, "integer") for v in value)


def _cell(value: tuple[Any, ...], planar: bool) -> tuple[Any, ...]:
    """A cell as events have it; what a plane's says of the depth is left out."""
    return (value[0], value[2]) if planar and len(value) == 3 else value


def _needed_cells(kind: str, planar: bool) -> str:
    one = "[east, north]" if planar else "[east, north, up]"
    return f"a cell {one} of whole numbers" if kind == "cell" else f"a list of cells {one} of whole numbers"
