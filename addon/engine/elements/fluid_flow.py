"""What gives fluids off, or takes them away, in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import FluidFlow
from ..keys import CONSTANT
from ..unusual import unusual
from .keyed import add_keys, path_of, read_keys
from .settings import read_fields, write_fields

MODIFIER = "FLUID"
"""The type of Blender's modifier."""

FLUID_TYPE = "FLOW"

OTHERWISE = ("type", "switches")
"""Fields that are no single setting of Blender's."""

PLAIN = tuple(name for name in FluidFlow.model_fields if name not in OTHERWISE)


def keyed_path(modifier: Any) -> str:
    """How an object calls the switch of what it gives off."""
    return path_of(modifier, "flow_settings.use_inflow")


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """What an object gives off, as plain data. Its switch is that at the start of its switches, where there are any."""
    switches = [(step, bool(on)) for step, on in read_keys(obj, keyed_path(modifier), "CONSTANT")]
    told = read_fields(modifier.flow_settings, PLAIN)
    return told | {"switches": switches, "use_inflow": switches[0][1] if switches else told["use_inflow"]}


def add(obj: bpy.types.Object, flow: FluidFlow) -> None:
    """Let an object give off a fluid."""
    modifier: Any = obj.modifiers.new("Fluid", MODIFIER)
    modifier.fluid_type = FLUID_TYPE
    write_fields(modifier.flow_settings, {name: getattr(flow, name) for name in PLAIN})
    add_keys(obj, keyed_path(modifier), [(step, float(on)) for step, on in flow.switches], CONSTANT)


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of what an object gives off that the scene graph has not."""
    # Blender gives the source of a flow an empty list of values to compare with.
    settings = modifier.flow_settings
    told = unusual(settings, (*PLAIN, "flow_source"), ("particle_size", "use_particle_size", "texture_", "uv_layer"))
    return told + (["flow_source = PARTICLES"] if settings.flow_source == "PARTICLES" else [])
