"""Kinds of stages: each a function that builds one in a bay of its own."""

from __future__ import annotations

from collections.abc import Callable

from .bay import WIDTH, Bay, Claim, Names, Say, Stage, stays
from .doors import gate, hatch, hook, turnstile
from .driven import conveyor, fan, lift, piston
from .gates import and_gate, counter, not_gate, or_gate, sequence, xor_gate
from .passing import trigger_door
from .plans import blinker, crane, parade
from .pushed import breeze, bungee, magnet, moon, thruster
from .rolling import funnel, ramp, staircase, toggle, valley
from .signals import flag, relay, timer
from .swinging import counterweight, pendulum, seesaw, swing_door, wrecking_ball
from .thrown import cannon, catapult, spring
from .toppling import branch, curve, domino, tower
from .watched import passer_by, speed_gate, standstill, tumbler

STAGES: dict[str, Callable[[Bay], Stage]] = {
    maker.__name__: maker
    for maker in (
        *(ramp, staircase, funnel, valley, domino, curve, branch, tower, seesaw, counterweight, pendulum),
        *(wrecking_ball, swing_door, cannon, catapult, spring, gate, turnstile, hatch, hook, piston, conveyor),
        *(fan, lift, relay, timer, flag, and_gate, or_gate, not_gate, xor_gate, sequence, counter, toggle),
    )
}
"""Maker of each kind of stage that machines of the first series are drawn from, by its name."""

NEWER: dict[str, Callable[[Bay], Stage]] = {
    maker.__name__: maker
    for maker in (
        *(magnet, bungee, breeze, thruster, moon, speed_gate, standstill, tumbler, passer_by, blinker, parade, crane),
    )
}
"""Makers of those kinds that the second series has besides: forces, states and plans."""

MAKERS: dict[str, Callable[[Bay], Stage]] = {**STAGES, **NEWER, trigger_door.__name__: trigger_door}
"""Maker of every kind of stage, those that only the bundled examples have included."""

GIVES_A_BALL = ("ramp", "staircase", "gate")
"""Kinds out of which a ball rolls."""

TAKES_A_BALL = ("domino", "tower", "swing_door", "tumbler")
"""Kinds that a ball rolling out of the stage before may set going."""

__all__ = [
    "GIVES_A_BALL",
    "MAKERS",
    "NEWER",
    "STAGES",
    "TAKES_A_BALL",
    "WIDTH",
    "Bay",
    "Claim",
    "Names",
    "Say",
    "Stage",
    "stays",
]
