"""What several kinds of elements share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from ..base import Finite, Model
from ..force_field import FieldWeight

CLOTH_RATE = math.sqrt(1000.0)
"""Frames a second at which Blender's cloth and soft bodies fall as things do."""

PARTICLE_RATE = 25.0
"""The same of particles."""

LATEST = 1_000_000
"""The last step at which something may begin: Blender counts frames up to about so many."""

Stiffness = Annotated[float, Field(ge=0.0, le=10000.0)]

Weights = dict[FieldWeight, Finite]
"""By how much gravity and kinds of force fields count; 1 unless given."""


class ElementBase(Model):
    """What all kinds of elements answer; each has a ``type`` of its own."""

    def text(self) -> str:
        """What it is, in a few words for prompts."""
        raise NotImplementedError

    @property
    def held(self) -> Mapping[int, float]:
        """Vertices that it holds, by number, and by how much."""
        return {}

    @property
    def named(self) -> tuple[str, ...]:
        """Other objects that it speaks of."""
        return ()

    def in_time(self, fps: float) -> Self:
        """The same, keeping time with a scene of ``fps`` steps a second.

        Blender's cloth, soft bodies and particles have a clock of their own that does not ask for the scene's: they
        fall as in a scene of sqrt(1000) frames a second, and particles as in one of 25.
        """
        return self

    def renamed(self, names: Mapping[str, str]) -> Self:
        """The same with those objects called otherwise."""
        return self


class Simulated(ElementBase):
    """What Blender deforms step by step. Up to step ``starts`` it has the shape of its mesh."""

    starts: Annotated[int, Field(ge=0, le=LATEST)] = 0
