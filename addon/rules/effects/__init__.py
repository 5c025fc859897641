"""Families of effects: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    cycle,
    door,
    glide,
    stop,
    tie,
    turn,
)

FAMILIES = (
    cycle,
    door,
    glide,
    stop,
    tie,
    turn,
)
