"""What things are made of: one table of how it weighs, rubs, bounces and looks."""

from __future__ import annotations

from typing import NamedTuple


class Stuff(NamedTuple):
    """Density in kg/m³, friction and restitution as Blender has them, and how its surface looks without a colour said.

    ``color`` is linear RGB. ``transmission`` is how much light goes through, all three from 0 to 1.
    """

    density: float
    friction: float
    restitution: float
    color: tuple[float, float, float]
    roughness: float = 0.6
    metallic: float = 0.0
    transmission: float = 0.0


STUFFS = {
    "wood": Stuff(650, 0.5, 0.2, (0.34, 0.19, 0.09)),
    "bark": Stuff(700, 0.8, 0.1, (0.13, 0.08, 0.05), 0.9),
    "leaf": Stuff(600, 0.5, 0.05, (0.06, 0.22, 0.04), 0.7),
    "straw": Stuff(120, 0.6, 0.1, (0.62, 0.47, 0.18), 0.9),
    "steel": Stuff(7800, 0.4, 0.3, (0.56, 0.57, 0.58), 0.3, 1.0),
    "brass": Stuff(8500, 0.4, 0.3, (0.62, 0.42, 0.13), 0.3, 1.0),
    "stone": Stuff(2500, 0.7, 0.1, (0.28, 0.27, 0.25), 0.9),
    "brick": Stuff(1900, 0.7, 0.1, (0.35, 0.11, 0.06), 0.9),
    "plaster": Stuff(1200, 0.6, 0.1, (0.72, 0.69, 0.62), 0.9),
    "soil": Stuff(1600, 0.8, 0.0, (0.11, 0.07, 0.04), 1.0),
    "sand": Stuff(1600, 0.7, 0.0, (0.62, 0.48, 0.28), 1.0),
    "snow": Stuff(300, 0.2, 0.0, (0.88, 0.9, 0.95), 0.8),
    "ice": Stuff(917, 0.05, 0.1, (0.7, 0.85, 0.93), 0.1, 0.0, 0.6),
    "water": Stuff(1000, 0.0, 0.0, (0.25, 0.5, 0.6), 0.02, 0.0, 0.9),
    "glass": Stuff(2500, 0.4, 0.4, (0.9, 0.95, 0.95), 0.02, 0.0, 0.95),
    "china": Stuff(2300, 0.4, 0.3, (0.85, 0.84, 0.8), 0.15),
    "rubber": Stuff(1100, 0.9, 0.7, (0.03, 0.03, 0.03), 0.8),
    "plastic": Stuff(950, 0.4, 0.4, (0.6, 0.05, 0.05), 0.4),
    "foam": Stuff(40, 0.6, 0.3, (0.75, 0.75, 0.7), 0.9),
    "cloth": Stuff(400, 0.7, 0.1, (0.5, 0.08, 0.08), 0.95),
    "paper": Stuff(700, 0.5, 0.1, (0.85, 0.83, 0.76), 0.9),
    "rope": Stuff(500, 0.8, 0.1, (0.45, 0.33, 0.18), 0.95),
    "leather": Stuff(860, 0.6, 0.3, (0.2, 0.09, 0.04), 0.5),
    "fur": Stuff(900, 0.6, 0.1, (0.3, 0.19, 0.1), 0.95),
    "flesh": Stuff(1000, 0.6, 0.1, (0.6, 0.35, 0.25), 0.6),
    "fruit": Stuff(950, 0.5, 0.2, (0.5, 0.05, 0.03), 0.4),
    "bread": Stuff(280, 0.6, 0.1, (0.5, 0.28, 0.1), 0.85),
    "wax": Stuff(900, 0.5, 0.1, (0.85, 0.8, 0.65), 0.5),
}

DRINKS: dict[str, tuple[float, float, float]] = {
    "coffee": (0.05, 0.02, 0.01),
    "tea": (0.3, 0.1, 0.02),
    "milk": (0.9, 0.88, 0.82),
    "water": (0.25, 0.5, 0.6),
    "juice": (0.9, 0.4, 0.03),
    "wine": (0.2, 0.005, 0.02),
    "beer": (0.75, 0.4, 0.05),
}
"""What can be in vessels, with its colour."""
