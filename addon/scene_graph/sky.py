"""What surrounds a scene: the sky that lights it, the sun in it, and fog."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .animation import Step
from .base import Finite, Model, NonNegative

Shade = tuple[NonNegative, NonNegative, NonNegative]
"""Linear RGB; light may be brighter than 1."""


DARK = (0.05, 0.05, 0.05)


class Sun(Model):
    """A sky as air makes it of a sun: its ``elevation`` over the horizon and its ``rotation`` in radians, from +y
    clockwise as seen from above.

    ``intensity`` is that of its disc, which is ``size`` radians wide and shown where ``disc``. The densities of air,
    dust and ozone are 1 on a clear day, ``altitude`` is that of the viewer in m.
    """

    elevation: Finite = 0.261799
    rotation: Finite = 0.0
    intensity: NonNegative = 1.0
    size: Annotated[float, Field(ge=0.0, le=1.5708)] = 0.009512
    disc: bool = True
    altitude: NonNegative = 100.0
    air: NonNegative = 1.0
    dust: NonNegative = 1.0
    ozone: NonNegative = 1.0


class Course(Model):
    """How a sky goes on at ``steps`` of a run, linear between them and constant before and after: its strength, and
    where it has a sun, that one's elevation and rotation in radians. Each has one entry for each step."""

    steps: tuple[Step, ...] = Field(min_length=1)
    strength: tuple[NonNegative, ...]
    elevation: tuple[Finite, ...] = ()
    rotation: tuple[Finite, ...] = ()

    @model_validator(mode="after")
    def _lengths_agree(self) -> Course:
        if list(self.steps) != sorted(set(self.steps)):
            raise ValueError(f"steps must rise, got {list(self.steps)}")
        lengths = {len(self.strength), *(len(part) for part in (self.elevation, self.rotation) if part)}
        if lengths != {len(self.steps)} or bool(self.elevation) != bool(self.rotation):
            raise ValueError("strength, elevation and rotation need one entry for each of steps")
        return self


class Sky(Model):
    """The light that comes from all around: one ``color``, or what a ``sun`` makes of the air, ``strength`` times. It
    changes as ``course`` has it."""

    color: Shade = DARK
    strength: NonNegative = 1.0
    sun: Sun | None = None
    course: Course | None = None

    @model_validator(mode="after")
    def _has_one_colour(self) -> Sky:
        if self.sun is not None and self.color != DARK:
            raise ValueError("a sky with a sun has the colours that air makes: leave its color out")
        if self.course is not None and bool(self.course.elevation) != (self.sun is not None):
            raise ValueError("the course of a sky has elevation and rotation where the sky has a sun, and only there")
        return self

    def text(self) -> str:
        """What it is, for prompts."""
        if self.course is not None:
            return "sky that changes"
        return "sky with a sun" if self.sun is not None else "sky of one colour"


class Fog(Model):
    """Mist that fills the world: how much light it scatters a metre, in which colour, and how much of it forwards."""

    density: NonNegative
    color: Shade = (1.0, 1.0, 1.0)
    anisotropy: Annotated[float, Field(ge=-1.0, le=1.0)] = 0.0

    def text(self) -> str:
        """What it is, for prompts."""
        return f"fog of density {self.density:.3g}"
