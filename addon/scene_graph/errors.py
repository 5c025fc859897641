"""Readable errors for scene graphs that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from .elements import ELEMENTS


class SceneGraphError(ValueError):
    """A scene graph that cannot be used; the message names the object, the field and what is wrong."""


def _place(location: Sequence[int | str], data: Any) -> str:
    """Turn a pydantic location into words: ``object 'Ball': body.mass``."""
    words: list[str] = []
    parts = list(location)
    if len(parts) >= 2 and parts[0] in ("objects", "constraints") and isinstance(parts[1], int):
        kind = str(parts[0])[:-1]
        items = data.get(parts[0], ()) if isinstance(data, Mapping) else ()
        item = items[parts[1]] if parts[1] < len(items) else None
        name = item.get("name") if isinstance(item, Mapping) else None
        words.append(f"{kind} '{name}'" if name else f"{kind} number {parts[1]}")
        parts = parts[2:]
    path = ".".join(str(p) for p in parts if p not in ("PRIMITIVE", "MESH"))
    return ": ".join([*words, path] if path else words)


def _choice(place: Sequence[int | str]) -> str:
    """The types of which one is needed at a place."""
    tags = [f'"{tag}"' for tag in (ELEMENTS if "elements" in place else ("PRIMITIVE", "MESH"))]
    return f"{', '.join(tags[:-1])} or {tags[-1]}"


def explain(error: ValidationError, data: Any) -> SceneGraphError:
    """The same error for a reader: one line for each problem, with object and field."""
    lines = []
    for problem in error.errors(include_url=False):
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"].startswith("union_tag"):
            message = f'needs a "type", which is {_choice(problem["loc"])}'
        place = _place(problem["loc"], data)
        given = problem.get("input")
        shown = f" (got {given!r})" if place and isinstance(given, bool | int | float | str) else ""
        lines.append(f"{place}: {message}{shown}" if place else f"{message}{shown}")
    return SceneGraphError("\n".join(dict.fromkeys(lines)))


def first_problem(error: ValidationError) -> str:
    """What is wrong first, in one line with the field: ``meta.fps: Input should be greater than 0``."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place + ': ' if place else ''}{first['msg'].removeprefix('Value error, ')}"
