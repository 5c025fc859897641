"""Kinds of machines: one module each, with ``make(rng) -> Machine``."""

from __future__ import annotations

import random
from collections.abc import Callable

from ..machine import Machine
from . import domino, gates, lever, pendulum, piston, projectile, ramp, trigger_door

KINDS: dict[str, Callable[[random.Random], Machine]] = {
    "trigger_door": trigger_door.make,
    "domino": domino.make,
    "ramp": ramp.make,
    "lever": lever.make,
    "pendulum": pendulum.make,
    "projectile": projectile.make,
    "gates": gates.make,
    "piston": piston.make,
}
"""Maker of each kind, in the order in which a series of machines goes through them."""
