"""Families of conditions: one module each, with ``add(grammar)`` for the ways to say them."""

from __future__ import annotations

from . import (
    attitude,
    comparing,
    done,
    impact,
    lasting,
    near,
    parted,
    position,
    properties,
    rest,
    speed,
    touch,
)

FAMILIES = (
    attitude,
    comparing,
    done,
    impact,
    lasting,
    near,
    parted,
    position,
    properties,
    rest,
    speed,
    touch,
)
