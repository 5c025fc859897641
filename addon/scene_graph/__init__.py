"""S_t: the scene as validated data, as arrays and as text for prompts."""

from .animation import Animation
from .body import RigidBody
from .elements import (
    AnyElement,
    Cloth,
    Collider,
    Drops,
    FluidDomain,
    FluidEffector,
    FluidFlow,
    Ocean,
    Particles,
    SoftBody,
)
from .errors import SceneGraphError, first_problem
from .files import load_scene_graph, parse_scene_graph, save_scene_graph, write_text
from .flat import FlatPart, flat_parts, outline, plane_angle, signed_area
from .force_field import ForceField
from .joint import Constraint, Limit, Motor, Spring
from .looks import Light, LookValue, Material, ShapeKey, Text, Texture
from .models import SCHEMA_VERSION, Note, Relation, SceneGraph, SceneObject
from .mover import Mover, can_be_moved_by_script, is_fixed, is_free, is_held, is_part, mover
from .relations import compute_relations, scene_size, with_relations, world_bounds
from .shapes import Mesh, Primitive
from .sky import Course, Fog, Sky, Sun
from .state import NO_CONTACTS, Contact, Contacts, FloatArray, StepState, Write
from .text import COLORS, color_name, one_line, scene_text
from .world import TASK_STEPS, Camera, Plane, World

__all__ = [
    "COLORS",
    "NO_CONTACTS",
    "SCHEMA_VERSION",
    "TASK_STEPS",
    "Animation",
    "AnyElement",
    "Camera",
    "Cloth",
    "Collider",
    "Constraint",
    "Contact",
    "Contacts",
    "Course",
    "Drops",
    "FlatPart",
    "FloatArray",
    "FluidDomain",
    "FluidEffector",
    "FluidFlow",
    "Fog",
    "ForceField",
    "Light",
    "Limit",
    "LookValue",
    "Material",
    "Mesh",
    "Motor",
    "Mover",
    "Note",
    "Ocean",
    "Particles",
    "Plane",
    "Primitive",
    "Relation",
    "RigidBody",
    "SceneGraph",
    "SceneGraphError",
    "SceneObject",
    "ShapeKey",
    "Sky",
    "SoftBody",
    "Spring",
    "StepState",
    "Sun",
    "Text",
    "Texture",
    "World",
    "Write",
    "can_be_moved_by_script",
    "color_name",
    "compute_relations",
    "first_problem",
    "flat_parts",
    "is_fixed",
    "is_free",
    "is_held",
    "is_part",
    "load_scene_graph",
    "mover",
    "one_line",
    "outline",
    "parse_scene_graph",
    "plane_angle",
    "save_scene_graph",
    "scene_size",
    "scene_text",
    "signed_area",
    "with_relations",
    "world_bounds",
    "write_text",
]
