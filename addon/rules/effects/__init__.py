"""Families of effects: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    door,
    switching,
)

FAMILIES = (
    door,
    switching,
)
