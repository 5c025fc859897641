"""Colliders: what cloth, soft bodies and particles bounce off."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..base import Fraction
from .common import ElementBase

Thickness = Annotated[float, Field(ge=0.001, le=1.0)]


class Collider(ElementBase):
    """An object that cloth, soft bodies and particles hit, by Blender's names and in its units; rigid bodies do not
    need it. The thicknesses, in m, are how far off its faces it is felt."""

    type: Literal["COLLIDER"] = "COLLIDER"
    use: bool = True
    damping_factor: Fraction = 0.0
    damping_random: Fraction = 0.0
    friction_factor: Fraction = 0.0
    friction_random: Fraction = 0.0
    permeability: Fraction = 0.0
    stickiness: Annotated[float, Field(ge=0.0, le=10.0)] = 0.0
    use_particle_kill: bool = False
    thickness_inner: Thickness = 0.2
    thickness_outer: Thickness = 0.02
    damping: Fraction = 0.1
    absorption: Fraction = 0.0
    cloth_friction: Annotated[float, Field(ge=0.0, le=80.0)] = 5.0
    use_culling: bool = True
    use_normal: bool = False

    def text(self) -> str:
        """What it is, for prompts."""
        return "stops cloth and particles"
