"""The one table of what may be varied of a scene: each number with how it is read, changed and bounded.

Sizes are changed by an object's scale alone, so that they mean the same for meshes and parametric shapes. In a planar
world places, sizes and speeds are in the units of the plane, whose y is the graph's z.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from ...fields import REACH
from ...geometry.poses import from_rotation_vector, multiply
from ...scene_graph import SceneObject, World

SMALLEST = 1e-4
"""The least size (m) and mass (kg) that may be tried."""

Needs = Literal["", "mesh", "body"]


@dataclass(frozen=True)
class Quantity:
    """One kind of number of an object or of the world: how it is read and changed, its limits, and what it needs.

    ``changes`` is the part of the object that it sets; of two that set the same part only one may be open.
    """

    unit: str
    read: Callable[[Any], float]
    write: Callable[[Any, float], Any]
    changes: str
    low: float = -REACH
    high: float = REACH
    needs: Needs = ""


def object_quantities(world: World) -> Mapping[str, Quantity]:
    """What may be varied of an object, by the names that follow the object's."""
    axes = _axes(world)
    metres = {f"location.{name}": _part("location", axis, "m") for name, axis in axes.items()}
    metres |= {f"velocity.{name}": _part("velocity", axis, "m/s") for name, axis in axes.items()}
    metres |= {f"dimensions.{name}": _extent(axis) for name, axis in axes.items()}
    metres["radius"] = _radius(tuple(axes.values())[:2])
    if world.plane is not None:
        metres["radius"] = replace(metres["radius"], write=_keeping_density(metres["radius"]))
        metres = {name: _in_units(quantity, world.plane.meters_per_unit) for name, quantity in metres.items()}
    return metres | {"scale": _SCALE} | _turns(world) | {f"body.{name}": _body(*how) for name, how in _BODY.items()}


def world_quantities(world: World) -> Mapping[str, Quantity]:
    """What may be varied of the world, by the names that follow ``world``."""
    return {f"gravity.{name}": _part("gravity", axis, "m/s²") for name, axis in _axes(world).items()}


def _axes(world: World) -> dict[str, int]:
    return {"x": 0, "y": 1, "z": 2} if world.plane is None else {"x": 0, "y": 2}


def _part(field: str, axis: int, unit: str) -> Quantity:
    """One coordinate of a vector."""

    def write(model: Any, value: float) -> Any:
        vector = list(getattr(model, field))
        vector[axis] = value
        return model.model_copy(update={field: tuple(vector)})

    return Quantity(unit, lambda model: float(getattr(model, field)[axis]), write, f"{field}.{axis}")


def _scaled(obj: SceneObject, *factors: float) -> SceneObject:
    scale = tuple(s * factor for s, factor in zip(obj.scale, factors, strict=True))
    return obj.model_copy(update={"scale": scale})


def _extent(axis: int) -> Quantity:
    """The full width of an object along one of its own axes."""

    def write(obj: SceneObject, value: float) -> SceneObject:
        factors = [1.0, 1.0, 1.0]
        factors[axis] = value / obj.dimensions[axis]
        return _scaled(obj, *factors)

    return Quantity("m", lambda obj: obj.dimensions[axis], write, f"size.{axis}", low=SMALLEST, needs="mesh")


def _radius(axes: tuple[int, ...]) -> Quantity:
    """Half the greater width along two axes; the object keeps its proportions."""

    def read(obj: SceneObject) -> float:
        return max(obj.dimensions[axis] for axis in axes) / 2

    def write(obj: SceneObject, value: float) -> SceneObject:
        return _scaled(obj, *[value / read(obj)] * 3)

    return Quantity("m", read, write, "size", low=SMALLEST, needs="mesh")


def _keeping_density(radius: Quantity) -> Callable[[SceneObject, float], SceneObject]:
    """Change a planar body's radius, and its mass as its area: a larger ball of the same stuff, as PHYRE has it."""

    def write(obj: SceneObject, value: float) -> SceneObject:
        factor = value / radius.read(obj)
        after: SceneObject = radius.write(obj, value)
        if after.rigid_body is None:
            return after
        body = after.rigid_body.model_copy(update={"mass": after.rigid_body.mass * factor**2})
        return after.model_copy(update={"rigid_body": body})

    return write


_SCALE = Quantity(
    "times", lambda obj: 1.0, lambda obj, value: _scaled(obj, value, value, value), "size", low=SMALLEST, needs="mesh"
)
"""How many times as large as it is the object becomes."""


def _turns(world: World) -> dict[str, Quantity]:
    """Angles by which an object is turned from how it stands, about axes of the world."""
    if world.plane is not None:
        return {"turn": _turn((0.0, -1.0, 0.0))}
    return {f"turn.{name}": _turn(tuple(float(k == axis) for k in range(3))) for name, axis in _axes(world).items()}


def _turn(axis: tuple[float, ...]) -> Quantity:
    def write(obj: SceneObject, value: float) -> SceneObject:
        turned = multiply(from_rotation_vector(math.radians(value) * np.array(axis)), np.array(obj.rotation))
        return obj.model_copy(update={"rotation": tuple(float(part) for part in turned)})

    return Quantity("degrees", lambda obj: 0.0, write, "rotation", low=-360.0, high=360.0)


_BODY: Mapping[str, tuple[str, str, float, float]] = {
    "mass": ("mass", "kg", SMALLEST, REACH),
    "friction": ("friction", "", 0.0, REACH),
    "restitution": ("restitution", "", 0.0, REACH),
    "linear_damping": ("linear_damping", "", 0.0, 1.0),
    "angular_damping": ("angular_damping", "", 0.0, 1.0),
}
"""Settings of a rigid body: the field, its unit and its limits."""


def _body(field: str, unit: str, low: float, high: float) -> Quantity:
    def write(obj: SceneObject, value: float) -> SceneObject:
        assert obj.rigid_body is not None
        return obj.model_copy(update={"rigid_body": obj.rigid_body.model_copy(update={field: value})})

    return Quantity(unit, lambda obj: float(getattr(obj.body, field)), write, f"body.{field}", low, high, "body")


def _in_units(quantity: Quantity, size: float) -> Quantity:
    """The same in units of so many metres."""
    return replace(
        quantity,
        unit=quantity.unit.replace("m", "units", 1),
        read=lambda model: quantity.read(model) / size,
        write=lambda model, value: quantity.write(model, value * size),
        low=quantity.low / size,
        high=quantity.high / size,
    )
