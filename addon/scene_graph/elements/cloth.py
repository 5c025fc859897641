"""Cloth: a mesh that physics drapes, by Blender's names and in its units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field

from ..base import Fraction, NonNegative, Positive
from .common import CLOTH_RATE, Simulated, Stiffness, Weights


class Cloth(Simulated):
    """Cloth. ``mass`` is in kg a vertex.

    ``pins`` hold vertices, by number, at their place: 1 wholly. Where ``pressure`` is given, the closed mesh is blown
    up by so much. It keeps ``distance_min`` m from colliders where ``use_collision``, and ``self_distance_min`` from
    itself where ``use_self_collision``.
    """

    type: Literal["CLOTH"] = "CLOTH"
    quality: Annotated[int, Field(ge=1, le=80)] = 5
    time_scale: NonNegative = 1.0
    mass: Positive = 0.3
    air_damping: Annotated[float, Field(ge=0.0, le=10.0)] = 1.0
    bending_model: Literal["ANGULAR", "LINEAR"] = "ANGULAR"
    tension_stiffness: Stiffness = 15.0
    compression_stiffness: Stiffness = 15.0
    shear_stiffness: Stiffness = 5.0
    bending_stiffness: Stiffness = 0.5
    tension_damping: Annotated[float, Field(ge=0.0, le=50.0)] = 5.0
    compression_damping: Annotated[float, Field(ge=0.0, le=50.0)] = 5.0
    shear_damping: Annotated[float, Field(ge=0.0, le=50.0)] = 5.0
    bending_damping: Annotated[float, Field(ge=0.0, le=1000.0)] = 0.5
    pins: dict[int, Fraction] = Field(default_factory=dict)
    pin_stiffness: Annotated[float, Field(ge=0.0, le=50.0)] = 1.0
    pressure: Annotated[float, Field(ge=-10000.0, le=10000.0)] | None = None
    shrink: Annotated[float, Field(le=1.0)] = 0.0
    use_collision: bool = True
    collision_quality: Annotated[int, Field(ge=1, le=32767)] = 2
    distance_min: Annotated[float, Field(ge=0.001, le=1.0)] = 0.015
    impulse_clamp: Annotated[float, Field(ge=0.0, le=100.0)] = 0.0
    use_self_collision: bool = False
    self_distance_min: Annotated[float, Field(ge=0.001, le=0.1)] = 0.015
    self_friction: Annotated[float, Field(ge=0.0, le=80.0)] = 5.0
    self_impulse_clamp: Annotated[float, Field(ge=0.0, le=100.0)] = 0.0
    weights: Weights = Field(default_factory=dict)

    def text(self) -> str:
        """What it is, for prompts."""
        return f"cloth pinned at {len(self.pins)} vertices" if self.pins else "cloth"

    @property
    def held(self) -> Mapping[int, float]:
        """See `ElementBase.held`."""
        return self.pins

    def in_time(self, fps: float) -> Self:
        """See `ElementBase.in_time`."""
        return self.model_copy(update={"time_scale": CLOTH_RATE / fps})
