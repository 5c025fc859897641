"""How the scene graph's fields are called in Blender."""

from __future__ import annotations

PREFIX = "cdyn_"
"""Custom properties of ours begin so; they are not the scene's own properties."""

SHOWN = PREFIX + "shown"
"""Modifiers and meshes of this name show a body's geometry where physics has another shape."""

DEFAULT_MARGIN = 0.04
"""Blender's default collision margin in metres."""

OUR_OBJECT_KEYS = {
    "velocity": PREFIX + "velocity",
    "angular_velocity": PREFIX + "angular_velocity",
    "semantic_class": PREFIX + "class",
    "tags": PREFIX + "tags",
}
"""Fields of an object that Blender has no place for, and the custom properties that keep them."""

BODY_FIELDS = {
    "type": "type",
    "shape": "collision_shape",
    "mesh_source": "mesh_source",
    "mass": "mass",
    "friction": "friction",
    "restitution": "restitution",
    "linear_damping": "linear_damping",
    "angular_damping": "angular_damping",
    "kinematic": "kinematic",
    "enabled": "enabled",
    "use_deform": "use_deform",
    "use_deactivation": "use_deactivation",
    "start_deactivated": "use_start_deactivated",
    "deactivate_linear_velocity": "deactivate_linear_velocity",
    "deactivate_angular_velocity": "deactivate_angular_velocity",
}
"""Rigid-body settings: the scene graph's name and Blender's."""

MOTORS = {"linear_motor": "lin", "angular_motor": "ang"}
