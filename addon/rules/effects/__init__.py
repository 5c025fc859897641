"""Families of effects: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    cycle,
    door,
    glide,
    gravity,
    hold,
    joint,
    later,
    launch,
    orbit,
    place,
    spin,
    stop,
    switching,
    tie,
    turn,
)

FAMILIES = (
    cycle,
    door,
    glide,
    gravity,
    hold,
    joint,
    later,
    launch,
    orbit,
    place,
    spin,
    stop,
    switching,
    tie,
    turn,
)
