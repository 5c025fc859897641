"""The scene graph S_t as validated data (Code as Dynamics, Section III-A, Eq. 1).

SI units. Positions and rotations are world-space poses of the object's origin; quaternions are
``(w, x, y, z)``. An object's identifier is its name, which Blender keeps unique.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from ..fields import moved_by_physics
from .animation import Animation
from .base import Held, Model, Name, Quaternion, Scalar, Vec3
from .body import RigidBody
from .elements import FLUIDS, Element, Particles
from .elements.common import ElementBase
from .force_field import ForceField
from .instances import check_instances, with_shared_meshes
from .joint import Constraint
from .looks import Color, Light, LookValue, Material, ShapeKey, Text, shaped
from .shapes import Geometry, Mesh, Primitive
from .sky import Fog, Sky
from .world import Camera, World

Kind = TypeVar("Kind", bound=ElementBase)

SCHEMA_VERSION: Literal[2] = 2
READ_VERSIONS = (1, SCHEMA_VERSION)
"""What version 1 has, version 2 has by the same names."""

Part = Literal["json", "contacts", "run", "playback"]
RelationKind = Literal["touches", "supports", "inside", "above", "left_of", "in_front_of"]


class SceneObject(Model):
    """One object: pose in the world frame (m, unit quaternion), shape, body and custom properties.

    ``velocity`` (m/s) and ``angular_velocity`` (rad/s) are initial values in the world frame.
    ``geometry`` is None for what is no mesh: an empty, a ``light`` or a ``text``, which may carry no body.
    ``rigid_body`` (in JSON ``body``) are the settings that the object has, `body` those that count. ``color`` is the
    object's own, linear RGBA, beside its material's; ``surfaces`` are its materials other than the active one, by their
    slots. A ``smooth`` object is shaded as if it were round, but for its sharp edges. ``shape_keys`` deform a `Mesh`;
    ``elements`` are what else it has, such as cloth. ``collections`` are the names of all Blender collections that hold
    the object, those around its own included and the scene itself left out; they are a set and kept in order of the
    alphabet. ``mesh_of`` is an object of the same shape whose mesh it shares; its geometry may be left out then. An
    empty may show a whole collection again, ``instances``, at its own pose.
    """

    name: Name
    location: Vec3 = (0.0, 0.0, 0.0)
    rotation: Quaternion = (1.0, 0.0, 0.0, 0.0)
    scale: Vec3 = (1.0, 1.0, 1.0)
    velocity: Vec3 = (0.0, 0.0, 0.0)
    angular_velocity: Vec3 = (0.0, 0.0, 0.0)
    geometry: Geometry | None = None
    rigid_body: RigidBody | None = Field(default=None, alias="body")
    material: Material | None = None
    surfaces: dict[int, Material] = Field(default_factory=dict)
    color: Color = (1.0, 1.0, 1.0, 1.0)
    light: Light | None = None
    text: Text | None = None
    shape_keys: tuple[ShapeKey, ...] = ()
    smooth: bool = False
    parent: str | None = None
    semantic_class: str = ""
    tags: tuple[str, ...] = ()
    collections: tuple[Name, ...] = ()
    properties: dict[str, Held] = Field(default_factory=dict)
    hidden: bool = False
    hide_render: bool = False
    field: ForceField | None = None
    elements: tuple[Element, ...] = ()
    animation: Animation | None = None
    mesh_of: str | None = None
    instances: Name | None = None

    @field_validator("collections")
    @classmethod
    def _as_a_set(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(set(names)))

    @model_validator(mode="after")
    def _body_has_mesh(self) -> SceneObject:
        if self.rigid_body is not None and self.geometry is None:
            raise ValueError("a rigid body needs a mesh: give the object a geometry or remove its body")
        if sum(part is not None for part in (self.geometry, self.light, self.text)) > 1:
            raise ValueError("an object is a mesh, a light or a text: give one of geometry, light and text only")
        if self.instances is not None and self.kind != "empty":
            raise ValueError("only an empty instances a collection: leave out geometry, light and text")
        return self

    @model_validator(mode="after")
    def _keys_fit(self) -> SceneObject:
        if self.shape_keys and not isinstance(self.geometry, Mesh):
            raise ValueError("shape keys need a geometry of the type MESH")
        for key in self.shape_keys:
            vertices = len(self.geometry.vertices) if isinstance(self.geometry, Mesh) else 0
            if any(not 0 <= number < vertices for number in key.moves):
                raise ValueError(f"the shape key '{key.name}' moves a vertex outside 0..{vertices - 1}")
        if len({key.name for key in self.shape_keys}) != len(self.shape_keys):
            raise ValueError("two shape keys have the same name")
        return self

    @model_validator(mode="after")
    def _elements_fit(self) -> SceneObject:
        kinds = Counter(e.type for e in self.elements if not isinstance(e, Particles))
        if self.elements and self.geometry is None:
            raise ValueError(f"{self.elements[0].type} needs a mesh: give the object a geometry")
        if any(count > 1 for count in kinds.values()):
            raise ValueError(f"an object has at most one {max(kinds, key=lambda kind: kinds[kind])}")
        if len(fluid := [e.type for e in self.elements if isinstance(e, FLUIDS)]) > 1:
            raise ValueError(f"an object has one part in a fluid, not {' and '.join(fluid)}")
        count = len(self.geometry.vertices) if isinstance(self.geometry, Mesh) else 0
        for element in self.elements:
            if count and any(not 0 <= number < count for number in element.held):
                raise ValueError(f"{element.type} holds a vertex outside 0..{count - 1}")
        slots = set(self.geometry.slots) if isinstance(self.geometry, Mesh) else set()
        known = {*self.surfaces, *([self.material.slot] if self.material is not None else [])}
        if self.material is not None and self.material.slot in self.surfaces:
            raise ValueError(f"slot {self.material.slot} is that of its material and of one of its surfaces")
        if missing := sorted(slots - known):
            raise ValueError(f"faces have the slot {missing[0]}, which no material of the object has")
        return self

    def element(self, kind: type[Kind]) -> Kind | None:
        """Its first element of a kind; None without one."""
        return next((e for e in self.elements if isinstance(e, kind)), None)

    @property
    def looks(self) -> dict[str, LookValue]:
        """What is seen of it that can be written, by the names of `fields.LOOKS`, with the values at the start."""
        found: dict[str, LookValue] = {}
        if self.geometry is not None or self.text is not None:
            found |= {"color": self.color, **(self.material or Material()).looks}
        if self.light is not None:
            found |= self.light.looks
        if self.text is not None:
            found["text.body"] = self.text.body
        return found | {f"shape_key.{key.name}": key.value for key in self.shape_keys}

    def showing(self, looks: Mapping[str, LookValue]) -> SceneObject:
        """The same with other values of `looks`; its geometry is deformed by its shape keys."""
        if looks == self.looks:
            return self
        parts: dict[str, dict[str, Any]] = {}
        for name, value in looks.items():
            group, _, rest = name.partition(".")
            parts.setdefault(group, {})[rest] = value
        changes: dict[str, Any] = {"color": looks.get("color", self.color)}
        for part, empty in (("material", Material()), ("light", None), ("text", None)):
            before = getattr(self, part) or empty
            if before is not None and part in parts and looks != self.looks:
                after = before.model_copy(update=parts[part])
                changes[part] = after if after != empty else getattr(self, part)
        if isinstance(self.geometry, Mesh) and self.shape_keys:
            now = tuple(key.model_copy(update={"value": parts["shape_key"][key.name]}) for key in self.shape_keys)
            geometry = shaped(shaped(self.geometry.vertices, self.shape_keys, -1.0), now)
            changes |= {"shape_keys": now, "geometry": self.geometry.model_copy(update={"vertices": geometry})}
        return self.model_copy(update=changes)

    @property
    def scalars(self) -> dict[str, Scalar]:
        """The custom properties that hold one value each, which rules can speak of."""
        return {key: value for key, value in self.properties.items() if not isinstance(value, tuple)}

    @property
    def kind(self) -> str:
        """``mesh``, ``light``, ``text`` or ``empty``."""
        if self.geometry is not None:
            return "mesh"
        return "light" if self.light is not None else "text" if self.text is not None else "empty"

    @property
    def body(self) -> RigidBody | None:
        """The rigid body that Blender simulates; None where there is none, or none in its world."""
        return self.rigid_body if self.rigid_body is not None and self.rigid_body.simulated else None

    @property
    def dynamic_mass(self) -> float:
        """Mass in kg if forces move the object; 0 without a body, and if that is passive, kinematic or not enabled."""
        return self.body.mass if self.body is not None and moved_by_physics(self.body) else 0.0

    @property
    def collision_geometry(self) -> Primitive | Mesh | None:
        """The shape that physics sees; None without a mesh."""
        return self.body.collision or self.geometry if self.body is not None else self.geometry

    @property
    def extents(self) -> Vec3:
        """Full extents along the local axes before scale, in metres."""
        if self.geometry is None:
            return (0.0, 0.0, 0.0)
        if isinstance(self.geometry, Primitive):
            return self.geometry.dimensions
        x, y, z = (max(c) - min(c) for c in zip(*self.geometry.vertices, strict=True))
        return (x, y, z)

    @property
    def dimensions(self) -> Vec3:
        """Full extents along the local axes with scale applied, in metres."""
        x, y, z = (e * abs(s) for e, s in zip(self.extents, self.scale, strict=True))
        return (x, y, z)


class Relation(Model):
    """A computed spatial relation between two objects, for example ``Ball supports Plank``."""

    kind: RelationKind
    subject: str
    object: str


class Note(Model):
    """Something of Blender's scene that is not carried, or a guess that was made; told before a run.

    ``subject`` is the object or constraint that it is about ("" for the scene), ``feature`` a short name of what is
    not carried, ``text`` a sentence for readers. ``missing_in`` lists what lacks it: the scene graph as JSON, the
    contacts, the run itself, or playback; it is empty for a guess.
    """

    subject: str = ""
    feature: str
    text: str
    missing_in: tuple[Part, ...] = ()


class SceneGraph(Model):
    """Everything that a run needs to know about a scene; see the module for units and frames.

    Objects with a body come in the order in which Blender gives them to Bullet, which matters to the result.
    ``others`` are the objects of Blender's scene that the graph does not hold, by name, with what they are.
    """

    schema_version: Literal[2] = SCHEMA_VERSION
    name: str = "scene"
    world: World = World()
    objects: tuple[SceneObject, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    relations: tuple[Relation, ...] = ()
    camera: Camera | None = None
    sky: Sky | None = None
    fog: Fog | None = None
    rules: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    others: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _of_this_version(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("schema_version") in READ_VERSIONS:
            return {**data, "schema_version": SCHEMA_VERSION}
        return data

    @model_validator(mode="before")
    @classmethod
    def _with_shared_meshes(cls, data: Any) -> Any:
        return with_shared_meshes(data) if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _references_exist(self) -> SceneGraph:
        names = [o.name for o in self.objects]
        known = set(names)
        for name, count in Counter(names).items():
            if count > 1:
                raise ValueError(f"object '{name}': name: there are {count} objects of this name")
        self._check_parents(known)
        check_instances(self.objects)
        bodies = {o.name for o in self.objects if o.body is not None}
        for constraint in self.constraints:
            for field in ("object1", "object2"):
                target = getattr(constraint, field)
                if target is not None and target not in bodies:
                    why = "has no rigid body" if target in known else "does not exist"
                    raise ValueError(f"constraint '{constraint.name}': {field}: '{target}' {why}")
        if len({c.name for c in self.constraints}) != len(self.constraints):
            raise ValueError("constraints: two constraints have the same name")
        return self

    @model_validator(mode="after")
    def _elements_speak_of_objects(self) -> SceneGraph:
        known = set(self.names)
        for obj in self.objects:
            for element in obj.elements:
                if missing := next((name for name in element.named if name not in known), None):
                    raise ValueError(f"object '{obj.name}': {element.type}: there is no object '{missing}'")
        return self

    def _check_parents(self, known: set[str]) -> None:
        parents = {o.name: o.parent for o in self.objects}
        for name, parent in parents.items():
            if parent is not None and parent not in known:
                raise ValueError(f"object '{name}': parent: '{parent}' does not exist")
            seen = {name}
            while parent is not None:
                if parent in seen:
                    raise ValueError(f"object '{name}': parent: '{parent}' is its own ancestor")
                seen.add(parent)
                parent = parents[parent]

    def kind_of(self, name: str) -> str:
        """What an object of Blender's scene is, whether or not the graph holds it. Raises KeyError with the names.

        ``mesh``, ``light``, ``text``, ``empty`` (an object that is none of them), ``joint`` (the holder of a constraint
        that is nothing else), or what `others` says: ``camera``, ``curve``, ``armature`` and so on.
        """
        for obj in self.objects:
            if obj.name == name:
                return obj.kind
        if any(c.name == name for c in self.constraints):
            return "joint"
        if name not in self.others:
            known = dict.fromkeys((*self.names, *(c.name for c in self.constraints), *self.others))
            raise KeyError(f"no object '{name}'; the scene has {', '.join(known)}")
        return self.others[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Object names in graph order; the order of every ``[B, …]`` array of a run."""
        return tuple(o.name for o in self.objects)

    @property
    def collections(self) -> dict[str, tuple[str, ...]]:
        """The objects in each of Blender's collections, in graph order, by its name; names in order of the alphabet."""
        names = sorted({name for obj in self.objects for name in obj.collections})
        return {name: tuple(o.name for o in self.objects if name in o.collections) for name in names}

    def object(self, name: str) -> SceneObject:
        """The object called ``name``. Raises KeyError with the names that exist."""
        for candidate in self.objects:
            if candidate.name == name:
                return candidate
        raise KeyError(f"no object '{name}'; the scene has {', '.join(self.names)}")

    def replace(self, **changes: Any) -> SceneGraph:
        """A validated copy with some fields changed."""
        return SceneGraph.model_validate({**self.model_dump(), **changes})
