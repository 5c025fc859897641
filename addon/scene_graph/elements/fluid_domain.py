"""The box in which a liquid or a gas is solved, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..base import Fraction, NonNegative
from .common import ElementBase, Weights

Ten = Annotated[float, Field(ge=0.0, le=10.0)]
Buoyancy = Annotated[float, Field(ge=-5.0, le=5.0)]
Hundred = Annotated[int, Field(ge=1, le=100)]
Shade = tuple[NonNegative, NonNegative, NonNegative]


class FluidDomain(ElementBase):
    """The box, which is the object's bounding box, in which what flows into it is solved: a LIQUID, or as GAS smoke and
    fire. Its longest edge has ``resolution_max`` cells.

    ``use_collision_border_front`` and so on close its sides. A GAS rises by its density times ``alpha`` and its heat
    times ``beta``, whirls by ``vorticity``, and is gone after ``dissolve_speed`` steps where ``use_dissolve_smoke``;
    what burns does as ``burning_rate`` and ``flame_…`` have it. A LIQUID is shown as a mesh where ``use_mesh``.
    ``bake`` names what was solved of it, see `addon.engine.fluid_bakes`; without it a run has none of the fluid, for
    nothing is solved in the process that holds the scene.
    """

    type: Literal["FLUID_DOMAIN"] = "FLUID_DOMAIN"
    domain_type: Literal["GAS", "LIQUID"] = "GAS"
    resolution_max: Annotated[int, Field(ge=6, le=10000)] = 32
    time_scale: Annotated[float, Field(ge=0.0001, le=10.0)] = 1.0
    use_adaptive_timesteps: bool = True
    cfl_condition: Ten = 2.0
    timesteps_max: Hundred = 4
    timesteps_min: Hundred = 1
    use_collision_border_front: bool = False
    use_collision_border_back: bool = False
    use_collision_border_right: bool = False
    use_collision_border_left: bool = False
    use_collision_border_top: bool = False
    use_collision_border_bottom: bool = False
    delete_in_obstacle: bool = False
    alpha: Buoyancy = 1.0
    beta: Buoyancy = 1.0
    vorticity: Annotated[float, Field(ge=0.0, le=4.0)] = 0.0
    use_dissolve_smoke: bool = False
    use_dissolve_smoke_log: bool = True
    dissolve_speed: Annotated[int, Field(ge=1, le=10000)] = 5
    burning_rate: Annotated[float, Field(ge=0.01, le=4.0)] = 0.75
    flame_smoke: Annotated[float, Field(ge=0.0, le=8.0)] = 1.0
    flame_vorticity: Annotated[float, Field(ge=0.0, le=2.0)] = 0.5
    flame_ignition: Annotated[float, Field(ge=0.5, le=5.0)] = 1.5
    flame_max_temp: Annotated[float, Field(ge=1.0, le=10.0)] = 3.0
    flame_smoke_color: Shade = (0.7, 0.7, 0.7)
    use_noise: bool = False
    noise_scale: Hundred = 2
    noise_strength: Ten = 1.0
    noise_pos_scale: Annotated[float, Field(ge=0.0001, le=10.0)] = 2.0
    noise_time_anim: Annotated[float, Field(ge=0.0001, le=10.0)] = 0.1
    simulation_method: Literal["FLIP", "APIC"] = "FLIP"
    flip_ratio: Fraction = 0.97
    particle_radius: Ten = 1.0
    particle_number: Annotated[int, Field(ge=1, le=5)] = 2
    particle_min: Annotated[int, Field(ge=0, le=1000)] = 8
    particle_max: Annotated[int, Field(ge=0, le=1000)] = 16
    particle_randomness: Ten = 0.1
    particle_band_width: Annotated[float, Field(ge=0.0, le=1000.0)] = 3.0
    use_fractions: bool = False
    fractions_threshold: Annotated[float, Field(ge=0.001, le=1.0)] = 0.05
    fractions_distance: Annotated[float, Field(ge=-5.0, le=5.0)] = 0.5
    use_viscosity: bool = False
    viscosity_value: Ten = 0.05
    use_diffusion: bool = False
    surface_tension: Annotated[float, Field(ge=0.0, le=100.0)] = 0.0
    viscosity_base: Ten = 1.0
    viscosity_exponent: Annotated[int, Field(ge=0, le=10)] = 6
    use_mesh: bool = True
    mesh_scale: Hundred = 2
    mesh_particle_radius: Ten = 2.0
    mesh_generator: Literal["IMPROVED", "UNION"] = "IMPROVED"
    mesh_smoothen_pos: Annotated[int, Field(ge=0, le=100)] = 1
    mesh_smoothen_neg: Annotated[int, Field(ge=0, le=100)] = 1
    mesh_concave_upper: Ten = 3.5
    mesh_concave_lower: Ten = 0.4
    weights: Weights = Field(default_factory=dict)
    bake: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")] = ""

    def text(self) -> str:
        """What it is, for prompts."""
        return "box that liquid is in" if self.domain_type == "LIQUID" else "box that smoke is in"
