"""The one-shot baseline: the model writes one script of the whole scene, without library, stages, checks or repair.

What Code2Worlds compares itself with: the same sentence and the same model. The script runs in the sandbox and gives
plain data, which becomes a scene graph.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from addon.executor import Budgets, ScriptError, run_function
from addon.geometry.poses import from_rotation_vector, multiply
from addon.models import ChatClient, ChatRequest, Message, render, version
from addon.scene_graph import (
    Animation,
    Camera,
    Cloth,
    Fog,
    ForceField,
    Light,
    Material,
    Mesh,
    Particles,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneGraphError,
    SceneObject,
    Sky,
    World,
    first_problem,
    with_relations,
)
from addon.scene_graph.base import Finite, NonNegative, Positive, Quaternion, Vec3
from addon.scene_graph.body import CollisionShape
from addon.worlds.errors import WorldError
from addon.worlds.shot import looking
from addon.worlds.staging import FPS, SOLVING

TASK = "world_script"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}
FUNCTION = "world"
BUDGETS = Budgets(ticks_step=20_000_000, seconds_step=20.0)

Shape = Literal["cube", "sphere", "cylinder", "cone", "capsule"]
SHAPES: dict[str, Any] = {
    "cube": "BOX",
    "sphere": "SPHERE",
    "cylinder": "CYLINDER",
    "cone": "CONE",
    "capsule": "CAPSULE",
}
Rgb = tuple[
    Annotated[float, Field(ge=0.0, le=1.0)],
    Annotated[float, Field(ge=0.0, le=1.0)],
    Annotated[float, Field(ge=0.0, le=1.0)],
]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Key(_Said):
    """A moment of a motion that is told."""

    time: NonNegative
    at: Vec3 | None = None
    turn: Vec3 | None = None
    scale: Vec3 | None = None


class Stream(_Said):
    """Particles that an object gives off."""

    name: str = "Particles"
    count: Annotated[int, Field(ge=1, le=20_000)] = 500
    begins: NonNegative = 0.0
    ends: NonNegative = 8.0
    life: Positive = 2.0
    size: Positive = 0.03
    velocity: Vec3 = (0.0, 0.0, 0.0)
    spread: NonNegative = 0.2
    gravity: Annotated[float, Field(ge=-1.0, le=1.0)] = 1.0
    colour: Rgb = (0.8, 0.8, 0.8)


class Made(_Said):
    """An object of a script."""

    name: str
    kind: Literal["cube", "sphere", "cylinder", "cone", "capsule", "mesh"] = "cube"
    size: tuple[Positive, Positive, Positive] = (1.0, 1.0, 1.0)
    vertices: list[Vec3] = []
    faces: list[list[int]] = []
    at: Vec3 = (0.0, 0.0, 0.0)
    turn: Vec3 = (0.0, 0.0, 0.0)
    colour: Rgb = (0.8, 0.8, 0.8)
    glow: NonNegative = 0.0
    physics: Literal["active", "passive", "none", "cloth"] = "none"
    pinned: list[int] = []
    mass: Positive = 1.0
    friction: NonNegative = 0.5
    bounce: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    velocity: Vec3 = (0.0, 0.0, 0.0)
    spin: Vec3 = (0.0, 0.0, 0.0)
    keys: list[Key] = []
    particles: list[Stream] = []


class Lamp(_Said):
    """A light of a script."""

    name: str = "Light"
    kind: Literal["SUN", "POINT", "SPOT", "AREA"] = "POINT"
    at: Vec3 = (0.0, 0.0, 3.0)
    turn: Vec3 = (0.0, 0.0, 0.0)
    energy: NonNegative = 100.0
    colour: Rgb = (1.0, 1.0, 1.0)
    keys: list[Key] = []


class Air(_Said):
    """The sky of a script."""

    colour: Rgb = (0.5, 0.6, 0.8)
    strength: NonNegative = 1.0


class Shot(_Said):
    """The camera of a script."""

    at: Vec3 = (4.0, -6.0, 3.0)
    to: Vec3 = (0.0, 0.0, 0.5)
    lens: Positive = 40.0


class Script(_Said):
    """What a script gives."""

    objects: list[Made] = Field(min_length=1, max_length=2000)
    lights: list[Lamp] = []
    sky: Air = Air()
    fog: NonNegative = 0.0
    wind: tuple[Finite, Finite, Finite] = (0.0, 0.0, 0.0)
    camera: Shot = Shot()
    seconds: Annotated[float, Field(gt=0.0, le=30.0)] = 8.0


def asked(sentence: str) -> tuple[Message, Message]:
    """How the model is asked for a script."""
    system = render(TASK, "system", kinds=list(get_args(Shape)))
    return Message("system", system.strip()), Message("user", render(TASK, "user", sentence=" ".join(sentence.split())))


def one_shot(sentence: str, chat: ChatClient, model: str) -> tuple[SceneGraph, float]:
    """The scene of the model's one script, and for how many seconds it runs. Raises WorldError for a script that fails,
    or whose data are none, and ModelError."""
    answer = chat.complete(ChatRequest(model, asked(sentence), PARAMETERS, version(TASK)))
    fenced = re.search(r"```(?:python)?\n(.*?)```", answer.text, re.DOTALL)
    source = fenced[1] if fenced else answer.text
    try:
        script = Script.model_validate(run_function(source, FUNCTION, {}, budgets=BUDGETS))
        return built(script), script.seconds
    except ScriptError as error:
        raise WorldError(f"the script fails: {error}") from None
    except ValidationError as error:
        raise WorldError(f"the script gives no scene: {first_problem(error)}") from None
    except SceneGraphError as error:
        raise WorldError(f"the script gives no scene: {error}") from None


def built(script: Script) -> SceneGraph:
    """The scene graph of a script's data."""
    objects = [obj for made in script.objects for obj in _objects(made, script)]
    lamps = [_lamp(lamp) for lamp in script.lights]
    at, to = np.asarray(script.camera.at), np.asarray(script.camera.to)
    way = (to - at) / max(float(np.linalg.norm(to - at)), 1e-6)
    return with_relations(
        SceneGraph(
            name="World",
            world=World(fps=FPS, solver_iterations=SOLVING),
            objects=(*objects, *lamps, *_wind(script.wind)),
            camera=Camera(location=script.camera.at, rotation=looking(way), lens=script.camera.lens),
            sky=Sky(color=script.sky.colour, strength=script.sky.strength),
            fog=Fog(density=script.fog) if script.fog else None,
        )
    )


def _turned(turn: Sequence[float]) -> Quaternion:
    """Turns about the world's axes, x first, as one."""
    about_x, about_y, about_z = (
        from_rotation_vector(row) for row in np.diag(np.radians(np.asarray(turn, dtype=float)))
    )
    w, x, y, z = multiply(about_z, multiply(about_y, about_x)).tolist()
    return (w, x, y, z)


def _animation(keys: list[Key], at: Vec3, turn: Vec3) -> Animation | None:
    """Keys as an animation; what a key does not say stays as it was."""
    if not keys:
        return None
    now = Key(time=0.0, at=at, turn=turn, scale=(1.0, 1.0, 1.0))
    steps: dict[int, tuple[Vec3, Quaternion, Vec3]] = {}
    for key in sorted(keys, key=lambda key: key.time):
        now = Key(time=key.time, at=key.at or now.at, turn=key.turn or now.turn, scale=key.scale or now.scale)
        assert now.at is not None
        assert now.turn is not None
        assert now.scale is not None
        steps[round(key.time * FPS)] = (now.at, _turned(now.turn), now.scale)
    locations, rotations, scales = zip(*steps.values(), strict=True)
    return Animation(steps=tuple(steps), location=locations, rotation=rotations, scale=scales)


def _objects(made: Made, script: Script) -> list[SceneObject]:
    """An object of a script, with what its particles show."""
    is_mesh = made.kind == "mesh"
    geometry: Mesh | Primitive = (
        Mesh(vertices=tuple(made.vertices), faces=tuple(map(tuple, made.faces)))
        if is_mesh
        else Primitive(kind=made.kind, dimensions=made.size)
    )
    body = None
    if made.physics in ("active", "passive"):
        body = RigidBody(
            type="ACTIVE" if made.physics == "active" else "PASSIVE",
            shape=_collision(made),
            mass=made.mass,
            friction=made.friction,
            restitution=made.bounce,
            kinematic=bool(made.keys) and made.physics == "passive",
        )
    shown = [_shown(made.name, stream) for stream in made.particles]
    elements: list[Any] = [_stream(made.name, stream) for stream in made.particles]
    if made.physics == "cloth":
        elements.append(Cloth(pins=dict.fromkeys(made.pinned, 1.0), quality=10).in_time(FPS))
    x, y, z = (math.radians(c) for c in made.spin)
    main = SceneObject(
        name=made.name,
        location=made.at,
        rotation=_turned(made.turn),
        geometry=geometry,
        body=body,
        velocity=made.velocity if made.physics == "active" else (0.0, 0.0, 0.0),
        angular_velocity=(x, y, z) if made.physics == "active" else (0.0, 0.0, 0.0),
        material=Material(color=(*made.colour, 1.0), emission_strength=made.glow, emission_color=(*made.colour, 1.0)),
        elements=tuple(elements),
        animation=_animation(made.keys, made.at, made.turn),
    )
    return [main, *shown]


def _collision(made: Made) -> CollisionShape:
    shapes: dict[str, CollisionShape] = {"cube": "BOX", "sphere": "SPHERE", "cylinder": "CYLINDER", "cone": "CONE"}
    other: CollisionShape = "MESH" if made.kind == "mesh" and made.physics == "passive" else "CONVEX_HULL"
    return shapes.get(made.kind, other)


def _shown(name: str, stream: Stream) -> SceneObject:
    """What particles look like: a small ball far below."""
    return SceneObject(
        name=f"{stream.name} of {name}",
        location=(0.0, 0.0, -100.0),
        geometry=Primitive(kind="sphere", dimensions=(1.0, 1.0, 1.0), segments=8),
        material=Material(color=(*stream.colour, 1.0)),
    )


def _stream(name: str, stream: Stream) -> Particles:
    return Particles(
        name=stream.name,
        count=stream.count,
        begins=round(stream.begins * FPS),
        ends=round(max(stream.ends, stream.begins + 1.0 / FPS) * FPS),
        lifetime=max(stream.life * FPS, 1.0),
        particle_size=max(stream.size, 0.001),
        normal_factor=0.0,
        object_align_factor=stream.velocity,
        factor_random=min(stream.spread, 200.0),
        weights={"gravity": stream.gravity},
        render="OBJECT",
        instance=f"{stream.name} of {name}",
    )


def _lamp(lamp: Lamp) -> SceneObject:
    return SceneObject(
        name=lamp.name,
        location=lamp.at,
        rotation=_turned(lamp.turn),
        light=Light(type=lamp.kind, energy=lamp.energy, color=lamp.colour),
        animation=_animation(lamp.keys, lamp.at, lamp.turn),
    )


def _wind(wind: Vec3) -> list[SceneObject]:
    """A steady wind, as a field that acts along its z."""
    speed = float(np.linalg.norm(wind))
    if speed < 1e-6:
        return []
    way = np.asarray(wind) / speed
    axis, angle = np.cross([0.0, 0.0, 1.0], way), math.acos(min(max(float(way[2]), -1.0), 1.0))
    axis = axis / np.linalg.norm(axis) if np.linalg.norm(axis) > 1e-9 else np.array([1.0, 0.0, 0.0])
    x, y, z = (math.sin(angle / 2) * axis).tolist()
    at = tuple((-20.0 * way).tolist())
    field = ForceField(type="WIND", strength=0.1 * speed)
    return [SceneObject(name="Wind", location=at, rotation=(math.cos(angle / 2), x, y, z), field=field)]
