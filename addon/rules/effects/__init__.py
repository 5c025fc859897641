"""Families of effects: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    cycle,
    door,
    giving,
    glide,
    gravity,
    hold,
    joint,
    later,
    launch,
    orbit,
    place,
    sending,
    spin,
    stop,
    switching,
    tie,
    toggling,
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
    giving,
    sending,
    orbit,
    place,
    spin,
    stop,
    switching,
    toggling,
    tie,
    turn,
)
