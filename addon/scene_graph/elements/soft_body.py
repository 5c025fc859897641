"""Soft bodies: a mesh of springs, by Blender's names and in its units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field

from ..base import Fraction
from .common import CLOTH_RATE, Simulated, Weights

Spring = Annotated[float, Field(ge=0.0, le=0.999)]


class SoftBody(Simulated):
    """A soft body, ``mass`` kg a vertex.

    Where ``use_goal``, each vertex is drawn to its place in the mesh, by ``goal_default`` or as ``goals`` has it for
    its number. ``bend`` stiffens the mesh, ``use_stiff_quads`` its faces by ``shear``. It takes between ``step_min``
    and ``step_max`` steps a frame, as many as errors of ``error_threshold`` need. Without ``collides`` it goes through
    all colliders.
    """

    type: Literal["SOFT_BODY"] = "SOFT_BODY"
    friction: Annotated[float, Field(ge=0.0, le=50.0)] = 0.5
    mass: Annotated[float, Field(gt=0.0, le=50000.0)] = 1.0
    speed: Annotated[float, Field(ge=0.01, le=100.0)] = 1.0
    use_goal: bool = True
    goals: dict[int, Fraction] = Field(default_factory=dict)
    goal_min: Fraction = 0.0
    goal_max: Fraction = 1.0
    goal_default: Fraction = 0.7
    goal_spring: Spring = 0.5
    goal_friction: Annotated[float, Field(ge=0.0, le=50.0)] = 0.0
    use_edges: bool = True
    pull: Spring = 0.5
    push: Spring = 0.5
    damping: Annotated[float, Field(ge=0.0, le=50.0)] = 0.5
    plastic: Annotated[int, Field(ge=0, le=100)] = 0
    bend: Annotated[float, Field(ge=0.0, le=10.0)] = 0.0
    spring_length: Annotated[int, Field(ge=0, le=200)] = 0
    use_stiff_quads: bool = False
    shear: Fraction = 1.0
    aerodynamics_type: Literal["SIMPLE", "LIFT_FORCE"] = "SIMPLE"
    aero: Annotated[int, Field(ge=0, le=30000)] = 0
    use_edge_collision: bool = False
    use_face_collision: bool = False
    use_self_collision: bool = False
    collision_type: Literal["MANUAL", "AVERAGE", "MINIMAL", "MAXIMAL", "MINMAX"] = "AVERAGE"
    ball_size: Annotated[float, Field(ge=-10.0, le=10.0)] = 0.49
    ball_stiff: Annotated[float, Field(ge=0.001, le=100.0)] = 1.0
    ball_damp: Annotated[float, Field(ge=0.001, le=1.0)] = 0.5
    error_threshold: Annotated[float, Field(ge=0.001, le=10.0)] = 0.1
    step_min: Annotated[int, Field(ge=0, le=30000)] = 10
    step_max: Annotated[int, Field(ge=0, le=30000)] = 300
    use_auto_step: bool = True
    choke: Annotated[int, Field(ge=0, le=100)] = 3
    fuzzy: Annotated[int, Field(ge=1, le=100)] = 1
    collides: bool = True
    weights: Weights = Field(default_factory=dict)

    def text(self) -> str:
        """What it is, for prompts."""
        return "soft body"

    @property
    def held(self) -> Mapping[int, float]:
        """See `ElementBase.held`."""
        return self.goals

    def in_time(self, fps: float) -> Self:
        """See `ElementBase.in_time`."""
        return self.model_copy(update={"speed": CLOTH_RATE / fps})
