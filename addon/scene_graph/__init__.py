"""S_t: the scene as validated data, as arrays and as text for prompts."""

from .animation import Animation
from .errors import SceneGraphError
from .files import load_scene_graph, parse_scene_graph, save_scene_graph, write_text
from .force_field import ForceField
from .looks import Light, LookValue, Material, ShapeKey, Text
from .models import (
    SCHEMA_VERSION,
    Camera,
    Constraint,
    Limit,
    Mesh,
    Motor,
    Note,
    Primitive,
    Relation,
    RigidBody,
    SceneGraph,
    SceneObject,
    Spring,
    World,
)
from .mover import Mover, can_be_moved_by_script, is_fixed, is_free, is_held, is_part, mover
from .relations import compute_relations, scene_size, with_relations, world_bounds
from .state import NO_CONTACTS, Contact, Contacts, FloatArray, StepState, Write
from .text import COLORS, color_name, scene_text

__all__ = [
    "COLORS",
    "NO_CONTACTS",
    "SCHEMA_VERSION",
    "Animation",
    "Camera",
    "Constraint",
    "Contact",
    "Contacts",
    "FloatArray",
    "ForceField",
    "Light",
    "Limit",
    "LookValue",
    "Material",
    "Mesh",
    "Motor",
    "Mover",
    "Note",
    "Primitive",
    "Relation",
    "RigidBody",
    "SceneGraph",
    "SceneGraphError",
    "SceneObject",
    "ShapeKey",
    "Spring",
    "StepState",
    "Text",
    "World",
    "Write",
    "can_be_moved_by_script",
    "color_name",
    "compute_relations",
    "is_fixed",
    "is_free",
    "is_held",
    "is_part",
    "load_scene_graph",
    "mover",
    "parse_scene_graph",
    "save_scene_graph",
    "scene_size",
    "scene_text",
    "with_relations",
    "world_bounds",
    "write_text",
]
