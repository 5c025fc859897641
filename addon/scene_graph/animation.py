"""Motion that a scene prescribes: keyframes, drivers, paths and constraints, as poses."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .base import Model, Quaternion, Vec3

Step = Annotated[int, Field(ge=0)]


class Animation(Model):
    """Prescribed poses at ``steps`` of a run, linear between them and constant before and after.

    Poses (m, unit quaternion ``wxyz``) are relative to the parent as it stands at the start, in the world where there
    is none; ``location``, ``rotation`` and ``scale`` have one entry for each of ``steps``. ``kinematic`` has the
    steps from which on the body follows its poses (True) or physics (False). A body follows its poses while it is
    kinematic or PASSIVE, an object without a body always.
    """

    steps: tuple[Step, ...] = ()
    location: tuple[Vec3, ...] = ()
    rotation: tuple[Quaternion, ...] = ()
    scale: tuple[Vec3, ...] = ()
    kinematic: tuple[tuple[Step, bool], ...] = ()

    @model_validator(mode="after")
    def _lengths_agree(self) -> Animation:
        if {len(self.location), len(self.rotation), len(self.scale)} != {len(self.steps)}:
            raise ValueError("location, rotation and scale need one entry for each of steps")
        for times in (self.steps, tuple(step for step, _ in self.kinematic)):
            if list(times) != sorted(set(times)):
                raise ValueError(f"steps must rise, got {list(times)}")
        return self
