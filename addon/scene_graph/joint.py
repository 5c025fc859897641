"""Rigid-body constraints, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Finite, Model, Name, NonNegative, Quaternion, Vec3

Axis = Literal["lin_x", "lin_y", "lin_z", "ang_x", "ang_y", "ang_z"]
ConstraintType = Literal["FIXED", "POINT", "HINGE", "SLIDER", "PISTON", "GENERIC", "GENERIC_SPRING", "MOTOR"]


class Limit(Model):
    """Bounds of one constraint axis: metres for ``lin_*``, radians for ``ang_*``."""

    lower: Finite
    upper: Finite


class Spring(Model):
    """Stiffness and damping of one constraint axis."""

    stiffness: NonNegative
    damping: NonNegative


class Motor(Model):
    """Target velocity (m/s or rad/s) and greatest impulse (N s or N m s) of a motor constraint."""

    target_velocity: Finite
    max_impulse: NonNegative


class Constraint(Model):
    """A rigid-body constraint; ``name`` is the object that holds it, its pose is the joint's frame."""

    name: Name
    type: ConstraintType
    object1: str
    object2: str | None = None
    location: Vec3 = (0.0, 0.0, 0.0)
    rotation: Quaternion = (1.0, 0.0, 0.0, 0.0)
    enabled: bool = True
    disable_collisions: bool = True
    breaking_threshold: NonNegative | None = None
    solver_iterations: Annotated[int, Field(ge=1, le=1000)] | None = None
    limits: dict[Axis, Limit] = Field(default_factory=dict)
    springs: dict[Axis, Spring] = Field(default_factory=dict)
    spring_type: Literal["SPRING1", "SPRING2"] = "SPRING2"
    linear_motor: Motor | None = None
    angular_motor: Motor | None = None

    @property
    def settable(self) -> dict[str, bool | float]:
        """The fields that can be written during a run, with their values: speeds of motors only where those act."""
        motors = {"lin": self.linear_motor, "ang": self.angular_motor} if self.type == "MOTOR" else {}
        speeds = {f"motor_{short}_target_velocity": motor.target_velocity for short, motor in motors.items() if motor}
        return {"enabled": self.enabled, **speeds}
