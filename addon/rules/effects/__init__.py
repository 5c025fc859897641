"""Families of effects: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    door,
    gravity,
    hold,
    joint,
    later,
    launch,
    spin,
    switching,
)

FAMILIES = (
    door,
    gravity,
    hold,
    joint,
    later,
    launch,
    spin,
    switching,
)
