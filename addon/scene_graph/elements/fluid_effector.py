"""What a fluid flows around, or is led by, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .common import ElementBase


class FluidEffector(ElementBase):
    """An object that stops fluids (COLLISION), its motion felt ``velocity_factor`` times, or leads them (GUIDE).
    ``surface_distance`` is how far off its mesh it is felt, in cells; ``use_plane_init`` for a mesh that is not
    closed."""

    type: Literal["FLUID_EFFECTOR"] = "FLUID_EFFECTOR"
    effector_type: Literal["COLLISION", "GUIDE"] = "COLLISION"
    use_effector: bool = True
    surface_distance: Annotated[float, Field(ge=0.0, le=10.0)] = 0.0
    use_plane_init: bool = False
    velocity_factor: Annotated[float, Field(ge=-100.0, le=100.0)] = 1.0
    guide_mode: Literal["MAXIMUM", "MINIMUM", "OVERRIDE", "AVERAGED"] = "OVERRIDE"
    subframes: Annotated[int, Field(ge=0, le=200)] = 0

    def text(self) -> str:
        """What it is, for prompts."""
        return "stops fluids" if self.effector_type == "COLLISION" else "leads fluids"
