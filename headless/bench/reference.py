"""Scenes of boxes and spheres in other physics engines, by their own bindings, to be compared with in speed.

Both are stepped as Blender steps: a step of the scene is so many substeps of equal length. PyBullet is the same Bullet
that Blender holds; MuJoCo is another kind of engine, whose contacts are soft, and no restitution is given it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np

from addon.scene_graph import Primitive, SceneGraph, SceneObject, is_free


class NotInstalledError(RuntimeError):
    """An engine that is not there; the message says how it is had."""


@dataclass(frozen=True)
class Loaded:
    """A scene in an engine: ``step`` makes one step of it, ``height`` tells the mean z in m of the bodies that move."""

    version: str
    step: Callable[[], None]
    height: Callable[[], float]
    close: Callable[[], None]


def _bodies(graph: SceneGraph) -> list[tuple[SceneObject, str]]:
    """The rigid bodies with the kind of their shape. Raises ValueError for other shapes than boxes and spheres."""
    found: list[tuple[SceneObject, str]] = []
    for obj in graph.objects:
        if obj.body is None:
            continue
        kind = obj.geometry.kind if isinstance(obj.geometry, Primitive) else None
        if kind not in ("cube", "sphere"):
            raise ValueError(f"object '{obj.name}' is neither a box nor a sphere")
        found.append((obj, kind))
    return found


def pybullet(graph: SceneGraph) -> Loaded:
    """A scene in PyBullet. Raises NotInstalledError, and ValueError for shapes it is not given."""
    try:
        bullet: Any = importlib.import_module("pybullet")
        from importlib.metadata import version
    except ImportError:
        raise NotInstalledError(
            "PyBullet is not installed; install it with: .venv/bin/python -m pip install --group compare"
        ) from None
    client = bullet.connect(bullet.DIRECT)
    world, moving = graph.world, []
    bullet.setGravity(*world.gravity, physicsClientId=client)
    bullet.setPhysicsEngineParameter(
        fixedTimeStep=world.dt,
        numSubSteps=world.substeps,
        numSolverIterations=world.solver_iterations,
        physicsClientId=client,
    )
    for obj, kind in _bodies(graph):
        settings, half = obj.body, [d / 2 for d in obj.dimensions]
        assert settings is not None
        shape = {"shapeType": bullet.GEOM_SPHERE, "radius": half[0]}
        if kind == "cube":
            shape = {"shapeType": bullet.GEOM_BOX, "halfExtents": half}
        number = bullet.createMultiBody(
            settings.mass if is_free(obj) else 0.0,
            bullet.createCollisionShape(**shape, physicsClientId=client),
            basePosition=obj.location,
            baseOrientation=(*obj.rotation[1:], obj.rotation[0]),
            useMaximalCoordinates=True,  # plain rigid bodies, as Blender's are, and not links of machines
            physicsClientId=client,
        )
        bullet.changeDynamics(
            number,
            -1,
            lateralFriction=settings.friction,
            restitution=settings.restitution,
            linearDamping=settings.linear_damping,
            angularDamping=settings.angular_damping,
            physicsClientId=client,
        )
        if is_free(obj):
            moving.append(number)

    def step() -> None:
        bullet.stepSimulation(physicsClientId=client)

    def height() -> float:
        places = [bullet.getBasePositionAndOrientation(number, physicsClientId=client)[0] for number in moving]
        return float(np.mean([place[2] for place in places]))

    def close() -> None:
        bullet.disconnect(client)

    return Loaded(f"PyBullet {version('pybullet')}", step, height, close)


def in_mujoco(graph: SceneGraph) -> Loaded:
    """A scene in MuJoCo. Raises ValueError for shapes it is not given."""
    world, spec = graph.world, mujoco.MjSpec()
    spec.option.timestep, spec.option.gravity = world.dt / world.substeps, world.gravity
    spec.option.iterations = world.solver_iterations
    for obj, kind in _bodies(graph):
        assert obj.body is not None
        body = spec.worldbody.add_body(name=obj.name, pos=obj.location, quat=obj.rotation)
        if is_free(obj):
            body.add_freejoint()
        geom = mujoco.mjtGeom.mjGEOM_BOX if kind == "cube" else mujoco.mjtGeom.mjGEOM_SPHERE
        half = [d / 2 for d in obj.dimensions]
        body.add_geom(type=geom, size=half, mass=obj.body.mass, friction=[obj.body.friction, 0.005, 0.0001])
    model = spec.compile()
    data = mujoco.MjData(model)

    def step() -> None:
        mujoco.mj_step(model, data, world.substeps)

    def height() -> float:
        return float(data.qpos[2::7].mean())

    return Loaded(f"MuJoCo {mujoco.__version__}", step, height, lambda: None)
