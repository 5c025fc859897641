"""A text with its names, quantities and directions spelt as in plain sentences, so that nobody has to convert them."""

from __future__ import annotations

import re

from .lexer import Lattice, Token
from .mentions import best_token
from .modifiers import WAY_NAMES
from .naming import is_name
from .reference import Ref
from .templates import told_with_unit
from .units import Quantity
from .vocabulary import Vocabulary

_UNIT = re.compile(r"\s*(m/s|m)\b")


def respelled(text: str, vocabulary: Vocabulary) -> str:
    """The text with names as the scene has them, quantities in SI units, and vectors along an axis in words."""
    lattice = Lattice(text, vocabulary)
    told, place, found = lattice.text, 0, ""
    while place < len(told):
        end, token = (place, None) if place and told[place - 1 : place + 1].isalnum() else best_token(lattice, place)
        spelt = _spelt(told, place, token) if token is not None and end > place else None
        if spelt is None:
            end = max(end, place + 1)
            found, place = found + told[place:end], end
            continue
        end = place + len(told[place:end].rstrip())
        if token is not None and token.kind == "vector" and (unit := _UNIT.match(told, end)):
            spelt, end = spelt.replace(" ", f" {unit[1]} ", 1), unit.end()
        found, place = found + spelt, end
    return found


def _spelt(told: str, place: int, token: Token) -> str | None:
    """How a plain sentence has what stands here, if it has it otherwise."""
    value = token.value
    if isinstance(value, Ref):
        return value.name if len(value.names) == 1 and is_name(told, place, token) else None
    if isinstance(value, Quantity):
        return told_with_unit(value) if value.dimension not in ("number", "count") else None
    if token.kind != "vector" or sum(map(bool, value)) != 1:
        return None
    size = max(map(abs, value))
    return f"{size:g} {WAY_NAMES[tuple(round(part / size) for part in value)]}"
