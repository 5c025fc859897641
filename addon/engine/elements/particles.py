"""Systems of particles in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import Drops, Particles
from ..force_fields import read_weights
from ..numbers import single
from ..unusual import unusual
from .settings import read_fields, write_fields, write_weights

MODIFIER = "PARTICLE_SYSTEM"
"""The type of Blender's modifier."""

OTHERWISE = ("type", "name", "seed", "begins", "ends", "physics", "drops", "instance", "render", "weights")
"""Fields that are no single setting of Blender's of the same name."""

PLAIN = tuple(name for name in Particles.model_fields if name not in OTHERWISE)
DROPS = tuple(Drops.model_fields)
UNSEEN = (
    *("display_", "child_", "clump_", "kink_", "roughness_", "hair_", "trail_", "render_step", "path_", "line_"),
    *("use_react", "react", "material", "keyed_", "adaptive_", "use_global_instance", "use_collection", "active_"),
    *("is_", "tag", "use_fake_user", "use_extra_user", "session_uid", "bending_", "rendered_child", "virtual_parents"),
    *("color_", "preview", "asset_", "override_", "library", "original", "fluid", "force_field_", "effector_weights"),
    *("twist", "shape", "root_radius", "tip_radius", "radius_scale", "show_", "grid_", "userjit", "jitter_factor"),
    *("use_regrow", "use_advanced_hair", "use_hair", "use_strand", "use_close_tip", "create_long", "apply_guide"),
    *("effector_amount", "effect_hair", "length_random", "branch_", "use_modifier_stack", "boids", "animation_data"),
    *("instance_collection", "id_type", "courant_target", "use_absolute", "use_parent", "use_velocity_length"),
)
"""What the names of settings begin with that change nothing of emitted particles, or are told apart."""


def is_carried(system: Any) -> bool:
    """Whether the scene graph has particles of this kind: no hair, no herds, nothing keyed."""
    settings = system.settings
    shown = settings.render_type in ("NONE", "HALO", "OBJECT")
    shown = shown and (settings.render_type == "OBJECT") == (settings.instance_object is not None)
    return settings.type == "EMITTER" and settings.physics_type in ("NO", "NEWTON", "FLUID") and shown


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """A system of particles as plain data; steps count from the scene's first frame."""
    system = modifier.particle_system
    settings, first = system.settings, bpy.context.scene.frame_start
    drops = settings.physics_type == "FLUID"
    return read_fields(settings, PLAIN) | {
        "name": system.name,
        "seed": system.seed,
        "begins": single(settings.frame_start) - first,
        "ends": single(settings.frame_end) - first,
        "physics": "NEWTON" if drops else settings.physics_type,
        "drops": read_fields(settings.fluid, DROPS) if drops else None,
        "instance": settings.instance_object.name if settings.instance_object is not None else None,
        "render": settings.render_type,
        "weights": read_weights(settings, single),
    }


def add(obj: bpy.types.Object, particles: Particles) -> None:
    """Give an object a system of particles."""
    obj.modifiers.new(particles.name, "PARTICLE_SYSTEM")
    system: Any = obj.particle_systems[-1]
    system.name, system.seed = particles.name, particles.seed
    settings, first = system.settings, bpy.context.scene.frame_start
    settings.frame_end = max(settings.frame_end, first + particles.ends)  # Blender keeps the start before the end.
    settings.frame_start, settings.frame_end = first + particles.begins, first + particles.ends
    settings.physics_type = "FLUID" if particles.drops is not None else particles.physics
    write_fields(settings, {name: getattr(particles, name) for name in PLAIN})
    if particles.drops is not None:
        write_fields(settings.fluid, {name: getattr(particles.drops, name) for name in DROPS})
    settings.render_type = particles.render
    if particles.instance is not None:
        settings.instance_object = bpy.context.scene.objects[particles.instance]
    write_weights(settings.effector_weights, particles.weights)


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of a system of particles that the scene graph has not."""
    system = modifier.particle_system
    carried = (*PLAIN, "timestep", "frame_start", "frame_end", "type", "physics_type", "render_type", "instance_object")
    told = unusual(system.settings, carried, UNSEEN)
    told += unusual(system, ("seed", "settings"), ("child_seed", "is_", "active_", "use_hair", "reactor", "invert_"))
    return told + (unusual(system.settings.fluid, DROPS) if system.settings.physics_type == "FLUID" else [])
