"""Elements: what an object can have beside its body and its looks. One file a type; an object has at most one of each,
and any number of systems of particles."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from ..base import Model
from .cloth import Cloth
from .collider import Collider
from .fluid_domain import FluidDomain
from .fluid_effector import FluidEffector
from .fluid_flow import FluidFlow
from .ocean import Ocean
from .particles import Drops, Particles
from .soft_body import SoftBody

AnyElement = Cloth | SoftBody | Collider | Particles | Ocean | FluidDomain | FluidFlow | FluidEffector

Element = Annotated[AnyElement, Field(discriminator="type")]

ELEMENTS: dict[str, type[Model]] = {kind.model_fields["type"].default: kind for kind in get_args(AnyElement)}
"""The types of elements by the names that JSON has for them."""

DEFORMING = (Cloth, SoftBody, Ocean, FluidDomain)
"""Those that move an object's vertices, or put others in their place."""

FLUIDS = (FluidDomain, FluidFlow, FluidEffector)
"""The parts that objects have in a fluid; each object has one at most."""

__all__ = [
    "DEFORMING",
    "ELEMENTS",
    "FLUIDS",
    "AnyElement",
    "Cloth",
    "Collider",
    "Drops",
    "Element",
    "FluidDomain",
    "FluidEffector",
    "FluidFlow",
    "Ocean",
    "Particles",
    "SoftBody",
]
