"""The boxes in which fluids are solved, in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import FluidDomain
from ..fluid_bakes import load_bake
from ..force_fields import read_weights
from ..names import PREFIX
from ..numbers import single
from ..unusual import unusual
from .baked import show
from .settings import read_fields, write_fields, write_weights

MODIFIER = "FLUID"
"""The type of Blender's modifier."""

FLUID_TYPE = "DOMAIN"

BAKE = PREFIX + "bake"
"""The custom property of an object that names what was solved of it."""

OTHERWISE = ("type", "weights", "bake")
"""Fields that are no single setting of Blender's."""

PLAIN = tuple(name for name in FluidDomain.model_fields if name not in OTHERWISE)

UNSEEN = (
    *(
        "cache_",
        "is_cache",
        "has_cache",
        "openvdb_",
        "display_",
        "show_",
        "slice_",
        "use_slice",
        "vector_",
        "gridlines_",
    ),
    *("use_color_ramp", "color_ramp", "clipping", "export_", "velocity_scale", "sndparticle_", "particle_scale"),
    *("sys_", "highres_", "additional_res", "adapt_", "guide_", "use_flip"),
)
"""What the names of settings begin with that change nothing of what is carried, or only where a switch is set that is
told."""


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """The domain that an object is, as plain data."""
    settings = modifier.domain_settings
    told = read_fields(settings, PLAIN)
    return told | {"weights": read_weights(settings, single), "bake": str(obj.get(BAKE, ""))}


def add(obj: bpy.types.Object, domain: FluidDomain) -> None:
    """Make an object a domain, switched off: where Blender cannot solve it, it would end this process.
    Raises FluidError where what was solved of it is gone."""
    modifier: Any = obj.modifiers.new("Fluid", MODIFIER)
    modifier.show_viewport = modifier.show_render = False
    modifier.fluid_type = FLUID_TYPE
    settings = modifier.domain_settings
    settings.cache_type = "ALL"
    write_fields(settings, {name: getattr(domain, name) for name in PLAIN})
    write_weights(settings.effector_weights, domain.weights)
    if domain.bake:
        obj[BAKE] = domain.bake
        show(obj, load_bake(domain.bake))


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of a domain that the scene graph has not."""
    # Blender gives a domain gravity of its own, which counts only where the scene has none.
    return unusual(modifier.domain_settings, (*PLAIN, "gravity"), UNSEEN)
