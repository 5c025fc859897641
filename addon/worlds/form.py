"""What a generator of the library gives: parts with their surfaces, how it is moved, and where things can be put."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from ..scene_graph import FloatArray
from .solids import Point, Solid
from .stuffs import STUFFS, Stuff

Rgb = tuple[float, float, float]
"""A colour, linear from 0 to 1."""

Moves = Literal["rigid", "fixed", "none", "cloth", "soft"]
"""What moves a thing unless said otherwise: physics as a rigid body, nothing though things hit it, nothing and nothing
hits it, or physics as cloth or as a soft body."""


@dataclass(frozen=True, eq=False)
class Part:
    """A mesh of one stuff and colour. ``glow`` is the strength of the light that it emits in its colour.

    ``color`` is the stuff's own unless given. ``share`` is how much of its volume is filled with its stuff. A
    ``rotor`` is a part that can turn by itself, about the form's anchor ``axle``.
    """

    solid: Solid
    stuff: str
    color: Rgb | None = None
    glow: float = 0.0
    share: float = 1.0
    rotor: bool = False

    @property
    def of(self) -> Stuff:
        """What it is made of. Raises KeyError for a stuff that there is not."""
        return STUFFS[self.stuff]


@dataclass(frozen=True)
class Anchor:
    """A place of a thing, in its own frame (m), and the unit vector that points away from it there.

    ``reach`` is how far around it (m) other things have room.
    """

    at: Point
    out: Point = (0.0, 0.0, 1.0)
    reach: float = 0.0


@dataclass(frozen=True, eq=False)
class Form:
    """A thing as a generator makes it: it stands on z = 0, centred in x and y, its front to -y.

    ``hulls`` are convex solids that physics sees in place of the parts, for a thing of the shape COMPOUND; the parts
    themselves where there are none. Anchors that others rely on: ``top`` (things stand on it), ``inside`` (things lie
    in it), ``seat``, ``mouth`` (things go in and out), ``handle``.
    """

    parts: tuple[Part, ...]
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    hulls: tuple[Solid, ...] = ()

    @property
    def low(self) -> FloatArray:
        """Its smallest coordinates in m, ``[3]``."""
        low: FloatArray = np.array([p.solid.low for p in self.parts]).min(axis=0)
        return low

    @property
    def high(self) -> FloatArray:
        """Its greatest coordinates in m, ``[3]``."""
        high: FloatArray = np.array([p.solid.high for p in self.parts]).max(axis=0)
        return high

    @property
    def stuff(self) -> str:
        """What most of it is made of, by volume."""
        volumes: dict[str, float] = {}
        for part in self.parts:
            width, depth, height = part.solid.high - part.solid.low
            volumes[part.stuff] = volumes.get(part.stuff, 0.0) + part.share * float(width * depth * height)
        return max(volumes, key=lambda stuff: volumes[stuff])

    def of(self, stuff: str, coloured: bool = False) -> Form:
        """The same, with what most of it is made of in another stuff, in its own colours where it is ``coloured``."""
        usual = self.stuff
        parts = tuple(
            replace(p, stuff=stuff, color=p.color if coloured else None) if p.stuff == usual else p for p in self.parts
        )
        return replace(self, parts=parts)

    @property
    def faces(self) -> int:
        """How many faces all its parts have."""
        return sum(len(part.solid.faces) for part in self.parts)
