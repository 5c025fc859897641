"""In what lengths and speeds of a scene are told: metres, or the units of a plane."""

from __future__ import annotations

from dataclasses import dataclass

from ..scene_graph import World


def seconds(duration: float) -> str:
    """A duration in s in words: ``0.25 s``, ``328 s``."""
    return f"{duration:.0f} s" if duration >= 99.5 else f"{duration:.2g} s"


@dataclass(frozen=True)
class Unit:
    """A unit of length by its name and how many ``metres`` it has."""

    name: str = "m"
    metres: float = 1.0

    @classmethod
    def of(cls, world: World) -> Unit:
        """The units of a plane, in which places in it are given; metres in space."""
        return cls() if world.plane is None else cls("units", world.plane.meters_per_unit)

    def number(self, metres: float) -> str:
        """The number of a length in m in this unit, in words."""
        value = metres / self.metres
        return f"{value:.0f}" if abs(value) >= 99.5 else f"{value:.2g}"

    def length(self, metres: float) -> str:
        """A length in m with its unit, in words: ``0.25 m``, ``184 units``."""
        return f"{self.number(metres)} {self.name}"

    def speed(self, metres: float) -> str:
        """A speed in m/s with its unit, in words."""
        return f"{self.length(metres)}/s"
