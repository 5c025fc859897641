"""How rules are put together: what is waited for, what is done, in either order, with delays, limits and exceptions.

Nothing here knows a family of conditions or effects.
"""

from __future__ import annotations

from ..grammar import Grammar
from . import alike, breaths, conditions, effects, orders, speech, things, times, triggers, whole, windows


def add_structure(grammar: Grammar) -> None:
    """All phrases of these modules."""
    for part in (things, conditions, times, triggers, effects, whole, speech, orders, breaths, alike, windows):
        part.add(grammar)
