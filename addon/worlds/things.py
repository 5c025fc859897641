"""Things of the library as objects of a scene graph: meshes, surfaces, bodies and masses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..geometry.primitives import recognise
from ..geometry.volume import is_manifold, mesh_area, mesh_centroid, mesh_volume
from ..scene_graph import Cloth, FloatArray, Material, Mesh, Primitive, RigidBody, SceneObject
from ..scene_graph.elements.common import CLOTH_RATE
from .entry import Entry
from .form import Form, Moves, Part
from .pieces import convex_pieces, hulled
from .solids import Point, Solid, joined

ROUND = ("BOX", "SPHERE", "CAPSULE", "CYLINDER", "CONE")
"""Collision shapes that Blender centres on the object's origin."""

G, AIR, DRAG = 9.81, 1.2, 1.2
"""Gravity in m/s², how dense air is in kg/m³, and how much a flat sheet holds up what it falls through."""

SLOWEST = 0.5
"""How fast in m/s the lightest sheet sinks."""

THICK = 5e-4
"""How thick cloth is, in m."""

SKIN = 0.001
"""Margin of bodies in m. Blender's own 4 cm hold others up in the air above a mesh, are more than half of what is
small, and throw what starts within them."""

FINE = 60
"""Vertices that a part of a soft thing has at least."""

MOST_MARGIN = 0.01
"""Margin in m of what is large, where it lies within what is seen."""

WITHIN = ("BOX", "CYLINDER")
"""Shapes of which the margin lies within what is seen."""

HULLS = ("COMPOUND", "CONVEX_HULL")
"""Shapes that are not what is seen."""

ENDS = ("left", "right")
"""The anchors at the ends of a board that turns about its middle."""

ROTOR = "rotor"
"""What the part of a thing that turns by itself is called behind its name."""

HULL = "hull"
"""What the parts of a compound's collision shape are called behind its name."""


@dataclass(frozen=True)
class Pose:
    """Where a thing stands: the place of its foot (m, world), and by how much it is turned about z, in degrees,
    anticlockwise as seen from above; its front is to -y at 0."""

    at: Point = (0.0, 0.0, 0.0)
    yaw: float = 0.0

    def place(self, point: Point | FloatArray) -> FloatArray:
        """A point of the thing's own frame in the world."""
        x, y, z = (float(c) for c in point)
        c, s = math.cos(math.radians(self.yaw)), math.sin(math.radians(self.yaw))
        return np.array([self.at[0] + c * x - s * y, self.at[1] + s * x + c * y, self.at[2] + z])


@dataclass(frozen=True, eq=False)
class Thing:
    """An entry of the library with its parameters, and a name in the world. ``moves`` is what moves it, ``stuff`` what
    it is made of where that is not as the library has it, and ``stays`` whether nothing is said to happen to it."""

    name: str
    entry: Entry
    moves: Moves
    parameters: Mapping[str, Any] = field(default_factory=dict)
    stuff: str | None = None
    stays: bool = False

    @cached_property
    def form(self) -> Form:
        """Its shape, in its own frame. Raises LibraryError."""
        form = self.entry.make(**self.parameters)
        if self.moves == "soft":
            form = replace(form, parts=tuple(replace(part, solid=_fine(part.solid)) for part in form.parts))
        coloured = any(self.entry.knobs[name].kind == "colour" for name in self.parameters)
        return form if self.stuff is None else form.of(self.stuff, coloured)

    @cached_property
    def mass(self) -> float:
        """Its mass in kg: that of what fills its parts."""
        return float(sum(map(_mass, self.form.parts)))

    @cached_property
    def centre(self) -> FloatArray:
        """Its origin as an object, in its own frame: where Blender needs it for the shape, else its centre of mass."""
        middle = (self.form.low + self.form.high) / 2
        if self.moves != "rigid" or self.entry.shape in ROUND or self.mass <= 0.0:
            return middle
        centre: FloatArray = sum(
            (_mass(p) * mesh_centroid(p.solid.vertices, p.solid.faces) for p in self.form.parts), np.zeros(3)
        )
        return centre / self.mass

    @property
    def sinks(self) -> float:
        """How fast in m/s it comes down flat as a sheet through air at most: where drag bears its weight."""
        area = sum(mesh_area(part.solid.vertices, part.solid.faces) for part in self.form.parts)
        return max(math.sqrt(2.0 * self.mass * G / (area * AIR * DRAG)), SLOWEST)

    @property
    def solids(self) -> tuple[Solid, ...]:
        """What it is made of as far as others bump into it: its hulls, else its parts."""
        return self.form.hulls or tuple(part.solid for part in self.form.parts)

    @cached_property
    def whole(self) -> Solid:
        """All its parts as one mesh."""
        return joined(part.solid for part in self.form.parts)

    @property
    def shape(self) -> str | None:
        """The collision shape of its body; None where it has none. What is held is met as it is seen: as its convex
        pieces where it consists of such and stays, for a compound that is moved as told cannot be resized."""
        if self.moves not in ("rigid", "fixed"):
            return None
        held = self.moves == "fixed" and self.entry.moves != "fixed" and self.entry.shape in HULLS
        if self.moves == "rigid" or not (held or self.entry.shape == "MESH"):
            return self.entry.shape
        return "COMPOUND" if self.stays and self.pieces else "MESH"

    @cached_property
    def pieces(self) -> tuple[Solid, ...]:
        """The convex pieces that it consists of, where it does."""
        return convex_pieces([part.solid for part in self.form.parts])

    @property
    def skin(self) -> float:
        """How far in m its body reaches beyond what is seen: Bullet has the margin of some shapes within them."""
        return SKIN if self.shape in ("MESH", *HULLS) else 0.0

    @cached_property
    def met(self) -> Solid:
        """What of it bodies rest on: where its shape is of hulls these, else all of it."""
        if self.shape == "CONVEX_HULL":
            return hulled(self.whole)
        return joined(map(hulled, self.hulls)) if self.shape == "COMPOUND" else self.whole

    @property
    def hulls(self) -> tuple[Solid, ...]:
        """The solids that its body consists of as a compound."""
        return self.solids if self.entry.shape == "COMPOUND" and self.moves == "rigid" else self.pieces or self.solids

    @cached_property
    def rotor(self) -> tuple[Part, ...]:
        """The parts of it that can turn by themselves."""
        return tuple(part for part in self.form.parts if part.rotor) if self.moves != "rigid" else ()

    @property
    def seesaws(self) -> bool:
        """Whether what of it turns bears others at its ends."""
        return bool(self.rotor) and set(ENDS) <= set(self.form.anchors)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The names of what of it is met: what bears others first."""
        return (f"{self.name} {ROTOR}", self.name) if self.seesaws else (self.name,)

    @property
    def turns_about(self) -> str:
        """The axis about which it turns: that of its rotor, else z."""
        if not self.rotor:
            return "z"
        out = np.abs(np.array(self.form.anchors["axle"].out))
        return "xyz"[int(out.argmax())]

    @property
    def size(self) -> FloatArray:
        """How wide, deep and high it is in m, ``[3]``."""
        size: FloatArray = self.form.high - self.form.low
        return size

    def objects(self, pose: Pose) -> list[SceneObject]:
        """The thing in a scene graph: one object, and for a compound the parts of its shape as hidden children."""
        half = math.radians(pose.yaw) / 2
        turn = (math.cos(half), 0.0, 0.0, math.sin(half))
        still = tuple(part for part in self.form.parts if part not in self.rotor)
        main = SceneObject(
            name=self.name,
            location=_point(pose.place(self.centre)),
            rotation=turn,
            body=self._body(),
            elements=self._elements(),
            **_look(still, self.centre),
            semantic_class=self.entry.name,
        )
        return [main, *self._hulls(pose, turn), *self._turning(pose, turn)]

    def _turning(self, pose: Pose, turn: tuple[float, float, float, float]) -> list[SceneObject]:
        """What of it can turn by itself, about its axle."""
        if not self.rotor:
            return []
        axle = np.array(self.form.anchors["axle"].at)
        return [
            SceneObject(
                name=f"{self.name} {ROTOR}",
                location=_point(pose.place(axle)),
                rotation=turn,
                **_look(self.rotor, axle),
                body=self._body() if self.seesaws else None,
                semantic_class=f"{self.entry.name} {ROTOR}",
            )
        ]

    def _body(self) -> RigidBody | None:
        if self.shape is None:
            return None
        stuff = max(self.form.parts, key=_mass).of
        return RigidBody(
            type="ACTIVE" if self.moves == "rigid" else "PASSIVE",
            shape=self.shape,
            margin=_margin(self.shape, self.size),
            mass=max(self.mass, 1e-3),
            friction=stuff.friction,
            restitution=stuff.restitution,
        )

    def _elements(self) -> tuple[Cloth, ...]:
        if self.moves not in ("cloth", "soft"):
            return ()
        each = max(self.mass, 1e-3) / len(self.whole.vertices)
        made = _firm(each, self.sinks) if self.moves == "cloth" else _limp(each)
        near = SKIN if self.moves == "soft" else _apart(self.whole)
        finely = {"quality": 20} if near < SMALL else {}
        return (made.model_copy(update={"distance_min": near, **finely}),)

    def _hulls(self, pose: Pose, turn: tuple[float, float, float, float]) -> list[SceneObject]:
        if self.shape != "COMPOUND":
            return []
        body = self._body()
        assert body is not None
        found = []
        for number, part in enumerate(self.hulls):
            middle = (part.low + part.high) / 2
            geometry = recognise(part.vertices - middle, part.faces)
            shape = "BOX" if isinstance(geometry, Primitive) and geometry.kind == "cube" else "CONVEX_HULL"
            margin = _margin(shape, part.high - part.low)
            found.append(
                SceneObject(
                    name=f"{self.name} {HULL} {number + 1}",
                    location=_point(pose.place(middle)),
                    rotation=turn,
                    geometry=geometry,
                    body=body.model_copy(update={"shape": shape, "margin": margin}),
                    parent=self.name,
                    hidden=True,
                    hide_render=True,
                )
            )
        return found


APART = 0.3
"""How far cloth stays from what it meets, over the length of its edges."""

SMALL = 0.006
"""Cloth that stays nearer than this to what it meets, in m, is so small that it is moved in finer steps."""

DROPS = 8.0
"""How fast what is soft comes down through air at most, in m/s."""


def _fine(solid: Solid) -> Solid:
    """A solid of enough vertices to be bent."""
    while len(solid.vertices) < FINE:
        solid = solid.finer()
    return solid


def _air(mass: float, speed: float) -> float:
    """How much air slows vertices of ``mass`` kg that fall at most at a ``speed`` in m/s: it pulls at each with 0.01
    times this, whatever it weighs, in Blender's unit of time, of which there are `CLOTH_RATE` in a second."""
    return 100.0 * mass * G / (speed * CLOTH_RATE)


def _limp(mass: float) -> Cloth:
    """The skin of what is soft, of ``mass`` kg a vertex, blown up a little. Blender's soft bodies would be the word for
    it, but where they fall onto something as fast as they do, they are turned inside out."""
    skin = _firm(mass, DROPS)
    blown = {"pressure": 50.0 * skin.mass, "quality": 12}
    return skin.model_copy(update={"bending_stiffness": 20.0 * skin.bending_stiffness, **blown})


def _apart(solid: Solid) -> float:
    """How far in m a sheet stays from what it meets: less than its vertices from each other."""
    edges = np.concatenate([solid.vertices[list(f)] - solid.vertices[[*f[1:], f[0]]] for f in solid.faces])
    return round(float(np.clip(APART * np.linalg.norm(edges, axis=1).mean(), 0.002, 0.015)), 4)


def _firm(mass: float, speed: float) -> Cloth:
    """Cloth of ``mass`` kg a vertex that falls freely, at ``speed`` in m/s at most.

    What is stiff or damped for its mass is slowed as by honey, for the solver ends early: so both go with the mass, as
    much as keeps cloth from being torn long over an edge.
    """
    mass = max(mass, 1e-3)
    stiff, damped = 1200.0 * mass, 100.0 * mass
    return Cloth(
        mass=mass,
        quality=6,
        air_damping=_air(mass, speed),
        tension_stiffness=stiff,
        compression_stiffness=stiff,
        shear_stiffness=stiff / 2,
        bending_stiffness=stiff / 200,
        tension_damping=damped,
        compression_damping=damped,
        shear_damping=damped,
        bending_damping=damped / 10,
    )


def _look(parts: tuple[Part, ...], origin: FloatArray) -> dict[str, Any]:
    """The mesh and the surfaces of some parts, about an origin of the thing's own frame."""
    surfaces = list(dict.fromkeys(_surface(part) for part in parts))
    whole = joined(part.solid for part in parts)
    geometry: Any = recognise(whole.vertices - origin, whole.faces)
    if len(surfaces) > 1:
        slots = [slot for part in parts for slot in [surfaces.index(_surface(part))] * len(part.solid.faces)]
        mesh = whole.vertices - origin
        geometry = Mesh.model_validate({"vertices": mesh.tolist(), "faces": whole.faces, "slots": slots})
    return {
        "geometry": geometry,
        "material": surfaces[0],
        "surfaces": {i: surface.model_copy(update={"slot": i}) for i, surface in enumerate(surfaces) if i},
        "smooth": True,
    }


def _margin(shape: str, size: FloatArray) -> float:
    """Margin in m of a body of a size ``[3]``: as large as may be where it lies within what is seen, for the more there
    is the less goes through."""
    return round(min(MOST_MARGIN, 0.2 * float(size.min())), 4) if shape in WITHIN else SKIN


def _point(place: FloatArray) -> Point:
    x, y, z = (float(c) for c in place)
    return (x, y, z)


def _mass(part: Part) -> float:
    """The mass of a part in kg; an open sheet is `THICK`."""
    if not is_manifold(part.solid.faces):
        return part.of.density * part.share * THICK * mesh_area(part.solid.vertices, part.solid.faces)
    return part.of.density * part.share * abs(mesh_volume(part.solid.vertices, part.solid.faces))


def _surface(part: Part) -> Material:
    """How a part looks."""
    stuff, color = part.of, (*(part.color or part.of.color), 1.0)
    return Material(
        name=part.stuff,
        color=color,
        emission_color=color if part.glow else (1.0, 1.0, 1.0, 1.0),
        emission_strength=part.glow,
        roughness=stuff.roughness,
        metallic=stuff.metallic,
        transmission=stuff.transmission,
    )
