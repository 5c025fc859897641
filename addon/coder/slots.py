"""Python texts with places for numbers, and what they are as GBNF."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .said import SLOTS, Said, Slot

_SLOT = re.compile(rf"\bSLOT_({'|'.join(SLOTS)})\b")


def slot(name: Slot) -> str:
    """The place of a number in a text; a Python name, so that the text can be parsed."""
    return f"SLOT_{name}"


def slots_of(text: str) -> tuple[Slot, ...]:
    """The places in a text, in their order."""
    return tuple(s for s in _SLOT.findall(text) if s in SLOTS)


def sayable(texts: Sequence[str], said: Said) -> list[str]:
    """Those texts for whose places the rule has numbers."""
    return [text for text in texts if all(said.values(s) for s in slots_of(text))]


def gbnf(text: str) -> str:
    """A text as GBNF; its places are symbols."""
    pieces = _SLOT.split(text)
    return " ".join(literal(piece) if number % 2 == 0 else piece for number, piece in enumerate(pieces) if piece)


def literal(text: str) -> str:
    """A GBNF literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
