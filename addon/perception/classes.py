"""What can be seen in pictures of machines, and how."""

from __future__ import annotations

FPS = 15
"""Frames a second of videos; a run has four times as many steps."""

CLASSES = (
    "ball", "block", "bucket", "bucket side", "conveyor", "counter", "crate", "domino", "door", "fan", "flag", "floor",
    "funnel", "hatch", "lamp", "lever", "lift", "load", "piston", "ramp", "rod", "stand", "step", "support", "table",
    "target", "trigger", "wall", "weight",
)  # fmt: skip
"""What the objects of PhysiBench are, by their semantic classes."""

DIM = 0.3
"""How much of its colour a lamp or device shows that is off."""
