"""Mechanical energy and momentum of ACTIVE bodies.

Velocities of a trace are means over a step, so energy is evaluated at half-steps: kinetic energy from that velocity,
potential energy from the mean height of the step's two ends. In free flight this sum is exactly constant.

In Blender the centre of mass is the origin; bodies of a plane have it where their area has it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..geometry.plane import Mass, mass_of, pieces_of
from ..geometry.poses import rotation_matrix
from ..scene_graph import FloatArray
from ..trace import Trace


def inertia(trace: Trace) -> FloatArray:
    """Principal moments of inertia ``[B, 3]`` in kg m² about the body's axes: spheres and cylinders as such, the rest
    as boxes of the same dimensions; in a plane, about y alone, what the area has."""
    rows, masses = [], dict(zip(trace.bodies, trace.masses.tolist(), strict=True))
    flat = _flat(trace)
    for obj in trace.scene.objects:
        if obj.geometry is None:
            continue
        x, y, z = obj.dimensions
        mass = masses.get(obj.name, 0.0)
        shape = obj.body.shape if obj.body else "BOX"
        if trace.meta.planar:
            rows.append([0.0, mass * flat[obj.name].inertia if obj.name in flat else 0.0, 0.0])
        elif shape == "SPHERE":
            rows.append([mass * max(x, y, z) ** 2 / 10] * 3)
        elif shape == "CYLINDER":
            side = mass * (3 * (max(x, y) / 2) ** 2 + z * z) / 12
            rows.append([side, side, mass * (max(x, y) / 2) ** 2 / 2])
        else:
            rows.append([mass * (y * y + z * z) / 12, mass * (x * x + z * z) / 12, mass * (x * x + y * y) / 12])
    missing = len(trace.bodies) - len(rows)
    return np.array(rows + [[0.0] * 3] * missing).reshape(-1, 3)


def _flat(trace: Trace) -> dict[str, Mass]:
    """The moving bodies of a plane, by name."""
    if not trace.meta.planar:
        return {}
    moving = {name for name, mass in zip(trace.bodies, trace.masses, strict=True) if mass}
    return {obj.name: mass_of(pieces_of(obj)) for obj in trace.scene.objects if obj.name in moving}


def _centers(trace: Trace) -> tuple[FloatArray, FloatArray]:
    """Where the centre of mass of each body is, and its velocity, ``[F, B, 3]`` in m and m/s; 0 where it is not
    known."""
    position, velocity = np.nan_to_num(trace.position), np.nan_to_num(trace.velocity)
    offset = np.zeros((len(trace.bodies), 3))
    for name, mass in _flat(trace).items():
        offset[trace.index(name), [0, 2]] = mass.center
    if not offset.any():
        return position, velocity
    arm = np.einsum("fbij,bj->fbi", rotation_matrix(_safe(trace)), offset)
    return position + arm, velocity + np.cross(np.nan_to_num(trace.angular_velocity), arm)


def total_energy(trace: Trace) -> FloatArray:
    """Kinetic plus potential energy ``[F - 1]`` in J of all bodies at the middle of each step."""
    return np.asarray(energies(trace).sum(axis=1))


def energies(trace: Trace) -> FloatArray:
    """Kinetic plus potential energy ``[F - 1, B]`` in J of each body at the middle of each step."""
    return np.concatenate([_energies(stretch) for stretch in trace.stretches(before=1)])


def _energies(trace: Trace) -> FloatArray:
    mass = trace.masses
    position, velocity = _centers(trace)
    middle = (position[1:] + position[:-1]) / 2
    gravity = np.asarray(trace.scene.world.gravity)
    turning = np.einsum("fbji,fbj->fbi", rotation_matrix(_safe(trace)[1:]), np.nan_to_num(trace.angular_velocity[1:]))
    kinetic = (velocity[1:] ** 2).sum(axis=2) * mass / 2 + np.einsum("fbi,bi->fb", turning**2, inertia(trace)) / 2
    return np.asarray(kinetic - np.einsum("fbi,i,b->fb", middle, gravity, mass))


def _safe(trace: Trace) -> FloatArray:
    return np.where(np.isfinite(trace.quaternion), trace.quaternion, np.array([1.0, 0.0, 0.0, 0.0]))


def momentum(trace: Trace) -> FloatArray:
    """Linear momentum ``[F, 3]`` in kg m/s of all ACTIVE bodies together."""
    return np.concatenate(
        [np.einsum("fbi,b->fi", _centers(stretch)[1], stretch.masses) for stretch in trace.stretches()]
    )


def _moved(trace: Trace, still: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """In which steps ``[F - 1]`` one of some bodies moved, or any was pushed."""
    step = np.abs(np.diff(np.nan_to_num(trace.position[:, still]), axis=0))
    moved = np.asarray(step.max(axis=(1, 2), initial=0.0) > 1e-6)
    return moved if trace.force is None else moved | trace.force[1:].any(axis=(1, 2))


def driven_steps(trace: Trace) -> FloatArray:
    """Which steps ``[F - 1]`` had work done from outside: a driven body moved, a rule acted, a script pushed a body or
    wrote a setting, or the scene has force fields."""
    still = (trace.masses == 0.0) & ~trace.parts
    moved = np.concatenate([_moved(stretch, still) for stretch in trace.stretches(before=1)])
    moved |= any(obj.field is not None for obj in trace.scene.objects)
    for event in trace.events:
        if event.uid == "RuleFired" and event.frame > 0:
            moved[event.frame - 1 : event.frame + 1] = True
        if event.uid == "PropertyChanged" and 0 < event.frame <= len(moved):
            moved[event.frame - 1 :] |= str(event.parameters.get("property", "")).startswith(("rigid_body", "gravity"))
    return np.asarray(moved)
