"""Families of effects: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    door,
    launch,
    switching,
)

FAMILIES = (
    door,
    launch,
    switching,
)
