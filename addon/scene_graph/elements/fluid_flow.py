"""What gives liquid, smoke or fire into a domain, or takes it out, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..animation import Step
from ..base import Fraction, NonNegative
from .common import ElementBase

Ten = Annotated[float, Field(ge=0.0, le=10.0)]
Speed = Annotated[float, Field(ge=-1000.1, le=1000.1)]
Factor = Annotated[float, Field(ge=-100.0, le=100.0)]


class FluidFlow(ElementBase):
    """An object whose mesh is a fluid at first (GEOMETRY), or gives it off (INFLOW) or takes it away (OUTFLOW) while
    ``use_inflow``; ``switches`` are the steps of a run from which on it does (True) or not.

    Where ``use_initial_velocity`` the fluid leaves with ``velocity_coord`` m/s, ``velocity_normal`` m/s along the
    mesh's normals and the object's own motion ``velocity_factor`` times. Smoke is as dense as ``density`` and as much
    hotter than the air as ``temperature``; what burns has ``fuel_amount``.
    """

    type: Literal["FLUID_FLOW"] = "FLUID_FLOW"
    flow_type: Literal["SMOKE", "BOTH", "FIRE", "LIQUID"] = "SMOKE"
    flow_behavior: Literal["INFLOW", "OUTFLOW", "GEOMETRY"] = "GEOMETRY"
    use_inflow: bool = True
    density: Ten = 1.0
    temperature: Annotated[float, Field(ge=-10.0, le=10.0)] = 1.0
    fuel_amount: Ten = 1.0
    smoke_color: tuple[NonNegative, NonNegative, NonNegative] = (0.7, 0.7, 0.7)
    use_absolute: bool = True
    use_initial_velocity: bool = False
    velocity_factor: Factor = 1.0
    velocity_normal: Factor = 0.0
    velocity_random: Ten = 0.0
    velocity_coord: tuple[Speed, Speed, Speed] = (0.0, 0.0, 0.0)
    volume_density: Fraction = 0.0
    surface_distance: Ten = 1.0
    use_plane_init: bool = False
    subframes: Annotated[int, Field(ge=0, le=200)] = 0
    switches: tuple[tuple[Step, bool], ...] = ()

    @model_validator(mode="after")
    def _goes_forward(self) -> FluidFlow:
        steps = [step for step, _ in self.switches]
        if steps != sorted(set(steps)):
            raise ValueError(f"the steps of a flow's switches must rise, got {steps}")
        return self

    def text(self) -> str:
        """What it is, for prompts."""
        what = {"BOTH": "smoke and fire"}.get(self.flow_type, self.flow_type.lower())
        return {"INFLOW": f"gives off {what}", "OUTFLOW": f"takes away {what}", "GEOMETRY": what}[self.flow_behavior]
