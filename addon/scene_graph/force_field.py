"""Force fields that act on rigid bodies, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Finite, Fraction, Model, NonNegative

FieldType = Literal["FORCE", "WIND", "VORTEX", "TURBULENCE", "DRAG", "MAGNET", "HARMONIC", "CHARGE", "LENNARDJ"]
FieldWeight = Literal[
    "all", "gravity", "force", "wind", "vortex", "turbulence", "drag", "magnetic", "harmonic", "charge", "lennardjones"
]
WEIGHTS: dict[FieldType, FieldWeight] = {
    "FORCE": "force",
    "WIND": "wind",
    "VORTEX": "vortex",
    "TURBULENCE": "turbulence",
    "DRAG": "drag",
    "MAGNET": "magnetic",
    "HARMONIC": "harmonic",
    "CHARGE": "charge",
    "LENNARDJ": "lennardjones",
}
"""By which weight of a world each type of field counts."""

Power = Annotated[float, Field(ge=0.0, le=10.0)]


class ForceField(Model):
    """A force field at the pose of the object that has it; it acts along the object's z axis or towards its origin.

    ``strength`` and ``damping`` are the linear and quadratic part of a DRAG, ``size`` is a HARMONIC's rest length.
    Distances are in metres from the object, ``radial`` ones from its z axis. ``seed`` is that of ``noise``.
    """

    type: FieldType
    shape: Literal["POINT", "LINE", "PLANE", "SURFACE", "POINTS"] = "POINT"
    strength: Finite = 1.0
    damping: Finite = 1.0
    flow: Finite = 0.0
    size: NonNegative = 0.0
    wind_factor: Fraction = 0.0
    noise: Power = 0.0
    seed: Annotated[int, Field(ge=1, le=128)] = 1
    falloff_type: Literal["SPHERE", "TUBE", "CONE"] = "SPHERE"
    z_direction: Literal["BOTH", "POSITIVE", "NEGATIVE"] = "BOTH"
    falloff_power: Power = 0.0
    distance_min: NonNegative | None = None
    distance_max: NonNegative | None = None
    radial_falloff: Power = 0.0
    radial_min: NonNegative | None = None
    radial_max: NonNegative | None = None
    apply_to_location: bool = True
    apply_to_rotation: bool = True
    use_absorption: bool = False
    use_global_coords: bool = False
    use_2d_force: bool = False
    use_gravity_falloff: bool = False
    use_multiple_springs: bool = False
