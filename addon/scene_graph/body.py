"""Rigid bodies, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Fraction, Model, NonNegative, Positive
from .shapes import Geometry

BodyType = Literal["ACTIVE", "PASSIVE"]
CollisionShape = Literal["BOX", "SPHERE", "CAPSULE", "CYLINDER", "CONE", "CONVEX_HULL", "MESH", "COMPOUND"]


class RigidBody(Model):
    """Rigid-body settings as Blender names them. Mass in kg, ``margin`` in m, damping in 0..1.

    ``margin`` is None where Blender's own default margin is used. ``collections`` are the collision
    collections (0..19) in which the body takes part. ``collision`` is the shape that physics sees where that is not
    the object's geometry: Blender takes it before or after the modifiers, as ``mesh_source`` says. Without
    ``simulated`` the object is not in Blender's rigid-body world, which then ignores these settings.
    """

    type: BodyType = "ACTIVE"
    shape: CollisionShape = "CONVEX_HULL"
    mass: Positive = 1.0
    friction: NonNegative = 0.5
    restitution: NonNegative = 0.0
    linear_damping: Fraction = 0.04
    angular_damping: Fraction = 0.1
    margin: NonNegative | None = None
    kinematic: bool = False
    enabled: bool = True
    use_deform: bool = False
    mesh_source: Literal["BASE", "DEFORM", "FINAL"] = "DEFORM"
    use_deactivation: bool = False
    start_deactivated: bool = False
    deactivate_linear_velocity: NonNegative = 0.4
    deactivate_angular_velocity: NonNegative = 0.5
    collections: tuple[Annotated[int, Field(ge=0, le=19)], ...] = (0,)
    collision: Geometry | None = None
    simulated: bool = True
