"""S_t: the scene as validated data, as arrays and as text for prompts."""

from .errors import SceneGraphError
from .models import (
    SCHEMA_VERSION,
    Camera,
    Constraint,
    Limit,
    Material,
    Mesh,
    Motor,
    Primitive,
    Relation,
    RigidBody,
    SceneGraph,
    SceneObject,
    Spring,
    World,
)
from .state import Contact, StepState, Write

__all__ = [
    "SCHEMA_VERSION",
    "Camera",
    "Constraint",
    "Contact",
    "Limit",
    "Material",
    "Mesh",
    "Motor",
    "Primitive",
    "Relation",
    "RigidBody",
    "SceneGraph",
    "SceneGraphError",
    "SceneObject",
    "Spring",
    "StepState",
    "World",
    "Write",
]
