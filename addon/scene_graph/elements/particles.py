"""Particles: rain, snow, leaves, sparks and drops, by Blender's names and in its units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..base import Fraction, Model, Name, Vec3
from .common import PARTICLE_RATE, ElementBase, Weights

Wide = Annotated[float, Field(ge=-200.0, le=200.0)]
Time = Annotated[float, Field(ge=-1048574.0, le=1048574.0)]


class Drops(Model):
    """What makes particles a liquid (smoothed particle hydrodynamics)."""

    stiffness: Annotated[float, Field(ge=0.0, le=1000.0)] = 1.0
    linear_viscosity: Annotated[float, Field(ge=0.0, le=100.0)] = 2.0
    buoyancy: Annotated[float, Field(ge=0.0, le=10.0)] = 0.0
    fluid_radius: Annotated[float, Field(ge=0.0, le=20.0)] = 1.0
    rest_density: Annotated[float, Field(ge=0.0, le=10000.0)] = 1.0
    stiff_viscosity: Annotated[float, Field(ge=0.0, le=100.0)] = 0.1
    repulsion: Annotated[float, Field(ge=0.0, le=100.0)] = 1.0


class Particles(ElementBase):
    """A system of particles that the object's mesh gives off between two steps of a run; each lives ``lifetime`` steps.

    ``mass`` is in kg and ``particle_size`` in m, a particle. They leave with ``normal_factor`` m/s along the mesh's
    normals, ``object_align_factor`` m/s along the object's axes and the object's own motion ``object_factor`` times;
    ``factor_random`` m/s by chance. ``drops`` makes them a liquid. ``instance`` is the object that each of them shows,
    ``particle_size`` times as large.
    """

    type: Literal["PARTICLES"] = "PARTICLES"
    name: Name = "Particles"
    count: Annotated[int, Field(ge=0, le=10_000_000)] = 1000
    seed: Annotated[int, Field(ge=0)] = 0
    begins: Time = 0.0
    ends: Time = 199.0
    lifetime: Annotated[float, Field(ge=1.0, le=1048574.0)] = 50.0
    lifetime_random: Fraction = 0.0
    time_tweak: Annotated[float, Field(ge=0.0, le=100.0)] = 1.0
    emit_from: Literal["VERT", "FACE", "VOLUME"] = "FACE"
    distribution: Literal["JIT", "RAND", "GRID"] = "JIT"
    use_emit_random: bool = True
    use_even_distribution: bool = True
    physics: Literal["NO", "NEWTON"] = "NEWTON"
    drops: Drops | None = None
    mass: Annotated[float, Field(ge=1e-8, le=100000.0)] = 1.0
    use_multiply_size_mass: bool = False
    particle_size: Annotated[float, Field(ge=0.001, le=100000.0)] = 0.05
    size_random: Fraction = 0.0
    normal_factor: Annotated[float, Field(ge=-1000.0, le=1000.0)] = 1.0
    tangent_factor: Annotated[float, Field(ge=-1000.0, le=1000.0)] = 0.0
    object_align_factor: Vec3 = (0.0, 0.0, 0.0)
    object_factor: Wide = 0.0
    factor_random: Annotated[float, Field(ge=0.0, le=200.0)] = 0.0
    drag_factor: Fraction = 0.0
    brownian_factor: Annotated[float, Field(ge=0.0, le=200.0)] = 0.0
    damping: Fraction = 0.0
    use_die_on_collision: bool = False
    use_size_deflect: bool = False
    use_rotations: bool = False
    use_dynamic_rotation: bool = False
    angular_velocity_factor: Wide = 0.0
    rotation_factor_random: Fraction = 0.0
    phase_factor_random: Annotated[float, Field(ge=0.0, le=2.0)] = 0.0
    integrator: Literal["EULER", "VERLET", "MIDPOINT", "RK4"] = "MIDPOINT"
    subframes: Annotated[int, Field(ge=0, le=1000)] = 0
    show_unborn: bool = False
    use_dead: bool = False
    instance: str | None = None
    use_rotation_instance: bool = False
    render: Literal["NONE", "HALO", "OBJECT"] = "HALO"
    weights: Weights = Field(default_factory=dict)

    @model_validator(mode="after")
    def _shows_something(self) -> Particles:
        if (self.render == "OBJECT") != (self.instance is not None):
            raise ValueError("particles that are rendered as OBJECT name an instance, and others name none")
        if self.ends < self.begins:
            raise ValueError("particles end before they begin")
        if self.drops is not None and self.physics != "NEWTON":
            raise ValueError("particles that are drops move by NEWTON")
        return self

    def text(self) -> str:
        """What it is, for prompts."""
        return f"gives off {self.count} {'drops' if self.drops else 'particles'}"

    @property
    def named(self) -> tuple[str, ...]:
        """See `ElementBase.named`."""
        return (self.instance,) if self.instance is not None else ()

    def renamed(self, names: Mapping[str, str]) -> Self:
        """See `ElementBase.renamed`."""
        return self.model_copy(update={"instance": names.get(self.instance, self.instance) if self.instance else None})

    def in_time(self, fps: float) -> Self:
        """See `ElementBase.in_time`."""
        return self.model_copy(update={"time_tweak": PARTICLE_RATE / fps})
