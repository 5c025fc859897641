"""How rules are put together: what is waited for, what is done, in either order, with delays, limits and exceptions.

Nothing here knows a family of conditions or effects.
"""

from __future__ import annotations

from ..grammar import Grammar
from . import (
    alike,
    breaths,
    conditions,
    consequences,
    effects,
    moments,
    orders,
    sentences,
    speech,
    things,
    times,
    triggers,
    waiting,
    whole,
    windows,
)

SHARED = (
    things,
    conditions,
    times,
    triggers,
    effects,
    whole,
    speech,
    orders,
    breaths,
    alike,
    sentences,
    windows,
    moments,
)
"""Modules whose words say nothing by themselves, in rules of all families."""

TELLING = (waiting, consequences)
"""Modules of which some words, such as ``release`` and ``throw``, say what is done as well."""


def add_structure(grammar: Grammar, telling: bool = True) -> None:
    """All phrases of these modules, or only those whose words all families share."""
    for part in (*SHARED, *(TELLING if telling else ())):
        part.add(grammar)
