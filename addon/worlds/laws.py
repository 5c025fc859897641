"""Laws that a run must keep to, by its trace alone: finite numbers, how long bodies are in each other, free fall,
energy, and soft bodies that are not turned inside out.

After Code2Worlds' physical checks of what is simulated. SI units; frames are those of the trace.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..metrics import Metrics, energy_gained
from ..scene_graph import Cloth, FloatArray, RigidBody, SoftBody
from ..scene_graph.force_field import WEIGHTS
from ..trace import Trace
from .verdict import Check

LASTING = 0.25
"""For how many s bodies may be deeper in each other than `DEEP`."""

DEEP = 0.01
"""How deep in m bodies may be in each other for long."""

FALLS = 0.2
"""From how many s on what falls freely is held against gravity."""

OFF = 0.03
"""By what share its acceleration may be off."""

CLEAR = 2
"""Frames next to a touch or a push that are not taken for free fall."""

SHRUNK = 0.3
"""The least volume of a soft body, as a share of that at the start."""

SETTLING = 2e-4
"""By how many m all bodies together may rise without work: Bullet keeps bodies apart by its margins."""


def laws(trace: Trace, metrics: Metrics) -> list[Check]:
    """The checks of all laws."""
    return [_finite(trace), _lasting(trace), *_falls(trace), _energy(trace, metrics), *_volumes(trace)]


def _finite(trace: Trace) -> Check:
    there = trace.present
    fine = bool(np.isfinite(trace.position[there]).all() and np.isfinite(trace.velocity[there]).all())
    text = "all numbers are finite" if fine else "some places or speeds are no numbers"
    return Check("finite", "", fine, text, True, "dynamics")


def simulated(trace: Trace) -> NDArray[np.bool_]:
    """Which bodies ``[B]`` have a body that physics knows."""
    return np.array([trace.scene.object(name).body is not None for name in trace.bodies], dtype=bool)


def touches_of_moved(trace: Trace) -> NDArray[np.bool_]:
    """Which contacts ``[K]`` are of two bodies of which physics moves at least one."""
    contacts, mass, bodies = trace.contacts, _moved_by_physics(trace), simulated(trace)
    return (mass[contacts.a] | mass[contacts.b]) & bodies[contacts.a] & bodies[contacts.b]


def _moved_by_physics(trace: Trace) -> NDArray[np.bool_]:
    return np.asarray(trace.masses > 0.0)


def _lasting(trace: Trace) -> Check:
    """For how long a pair of bodies is deep in each other without a break. How deep they are at the start is taken off:
    Bullet has shapes that reach beyond what is seen, and how things are put is for the layout's own checks."""
    contacts, moved = trace.contacts, touches_of_moved(trace)
    depths: dict[tuple[int, int], dict[int, float]] = {}
    columns = (contacts.frame, contacts.a, contacts.b, -contacts.distance)
    for f, a, b, depth in zip(*(column[moved].tolist() for column in columns), strict=True):
        frames = depths.setdefault((a, b), {})
        frames[f] = max(depth, frames.get(f, depth))
    deep = {
        pair: _longest({f for f, depth in frames.items() if depth - max(frames.get(0, 0.0), 0.0) > DEEP})
        for pair, frames in depths.items()
    }
    pair = max(deep, key=lambda p: deep[p], default=(0, 0))
    if not deep.get(pair):
        return Check("sinking", "", True, f"nothing sinks more than {DEEP} m into anything", True, "dynamics")
    a, b, seconds = trace.bodies[pair[0]], trace.bodies[pair[1]], deep[pair] / trace.meta.fps
    text = f"'{a}' is sunk by more than {DEEP} m into '{b}' for {seconds:.2f} s"
    return Check("sinking", a, seconds <= LASTING, text, True, "dynamics")


def _longest(frames: set[int]) -> int:
    """The length of the longest run of numbers that follow each other."""
    longest = 0
    for frame in frames:
        if frame - 1 not in frames:
            end = frame
            while end in frames:
                end += 1
            longest = max(longest, end - frame)
    return longest


def _falls(trace: Trace) -> list[Check]:
    """What falls freely does so as gravity has it; the worst span of each body counts."""
    world = trace.scene.world
    down = -float(world.gravity[2]) * world.weight("gravity")
    if feels_fields(trace) or down <= 0.0 or any(world.gravity[:2]):
        return []
    found = []
    for j in np.flatnonzero(_moved_by_physics(trace) & ~_is_jointed(trace)).tolist():
        body = trace.scene.object(trace.bodies[j]).body
        assert body is not None
        fits = [fallen(trace.position[a:b, j, 2], trace.meta.fps, body) for a, b in free_spans(trace, j)]
        if fits:
            worst = max(fits, key=lambda g: abs(g - down))
            text = f"'{trace.bodies[j]}' falls with {worst:.2f} m/s²"
            found.append(Check("fall", trace.bodies[j], abs(worst - down) <= OFF * down, text, True, "dynamics"))
    return found


def feels_fields(trace: Trace) -> bool:
    """Whether a force field of the scene acts on bodies."""
    weight = trace.scene.world.weight
    return any(o.field is not None and weight(WEIGHTS[o.field.type]) != 0.0 for o in trace.scene.objects)


def _is_jointed(trace: Trace) -> NDArray[np.bool_]:
    held = {name for c in trace.scene.constraints for name in (c.object1, c.object2)}
    return np.array([name in held for name in trace.bodies], dtype=bool)


def fallen(heights: FloatArray, fps: float, body: RigidBody) -> float:
    """The acceleration in m/s² downwards that fits heights ``[N]`` of a body in the air best, by least squares.

    Blender takes the share ``linear_damping`` of a body's speed away in each second; a fall with that drag is
    z0 + v0 (1 - e^(-kt)) / k - g (t - (1 - e^(-kt)) / k) / k with k = -ln(1 - damping).
    """
    t = np.arange(len(heights)) / fps
    k = -math.log(max(1.0 - body.linear_damping, 1e-6))
    way = (1.0 - np.exp(-k * t)) / k if k > 1e-9 else t
    drop = (t - way) / k if k > 1e-9 else t**2 / 2.0
    basis = np.column_stack([np.ones_like(t), way, -drop])
    return float(np.linalg.lstsq(basis, heights, rcond=None)[0][2])


def free_spans(trace: Trace, j: int) -> Iterator[tuple[int, int]]:
    """The spans of frames, from and to, of at least `FALLS` seconds in which physics alone moves a body and nothing
    touches it."""
    bound = np.zeros(len(trace.position), dtype=bool)
    own = [j, *(i for i, name in enumerate(trace.bodies) if trace.scene.object(name).parent == trace.bodies[j])]
    touching = np.isin(trace.contacts.a, own) | np.isin(trace.contacts.b, own)
    bound[trace.contacts.frame[touching]] = True
    bound |= ~trace.present[:, j]
    if trace.force is not None:
        bound |= trace.force[:, j].any(axis=1)
    for event in trace.events:
        if event.uid == "RuleFired":
            bound[event.frame] = True
    bound |= held_frames(trace, trace.bodies[j])
    wide = np.convolve(bound, np.ones(2 * CLEAR + 1), "same") > 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[True], wide, [True]]).astype(int)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - start >= FALLS * trace.meta.fps:
            yield start, end


def held_frames(trace: Trace, name: str) -> NDArray[np.bool_]:
    """In which frames ``[F]`` a body is held, and not moved by physics."""
    body = trace.scene.object(name).body
    held = np.full(len(trace.position), body is not None and body.kinematic)
    for event in trace.events:
        changed = event.uid == "PropertyChanged" and event.parameters["object_id"] == name
        if changed and event.parameters["property"] in ("rigid_body.kinematic", "rigid_body.enabled"):
            is_held = bool(event.parameters["new"]) == event.parameters["property"].endswith("kinematic")
            held[event.frame - (1 if is_held else 0) :] = is_held
    return held


def _energy(trace: Trace, metrics: Metrics) -> Check:
    """Neither all bodies together nor those that nothing drives gain energy while nothing works on them."""
    found: tuple[float, str] | None = None
    if metrics.gains_energy and metrics.gained_energy > _hair(trace, range(len(trace.bodies))):
        found = metrics.gained_energy, ""
    for group in undriven(trace):
        gained, allowed = energy_gained(trace, group)
        if gained > max(allowed, _hair(trace, group), found[0] if found else 0.0):
            found = gained, trace.bodies[group[0]]
    if found is None:
        return Check("energy", "", True, "no energy comes from nowhere", True, "dynamics")
    gained, name = found
    of = f" of '{name}'" if name else ""
    return Check("energy", name, False, f"{gained:.2f} J{of} come from nowhere", True, "dynamics")


def _hair(trace: Trace, bodies: Sequence[int]) -> float:
    """What it takes to lift some bodies by `SETTLING`, in J."""
    return SETTLING * 9.81 * float(trace.masses[list(bodies)].sum())


def undriven(trace: Trace) -> list[list[int]]:
    """The groups of bodies that touch each other in some frame, or hang together, and that nothing drives: nothing of
    them is pushed or told by a rule, no force field acts, and they touch nothing that moves as told."""
    if feels_fields(trace):
        return []
    moved = _moved_by_physics(trace)
    still = ~moved & ~trace.parts
    span = np.nan_to_num(trace.position - trace.position[:1])
    driven = still & ((np.abs(span) > 1e-6).any(axis=(0, 2)) | _turns(trace))
    whole, parts = {n: i for i, n in enumerate(trace.bodies)}, trace.parts
    of = [whole.get(trace.scene.object(n).parent or "", i) if parts[i] else i for n, i in whole.items()]
    links: set[tuple[int, int]] = {
        (of[a], of[b]) for a, b in zip(trace.contacts.a.tolist(), trace.contacts.b.tolist(), strict=True)
    }
    for c in trace.scene.constraints:
        if c.object1 in whole and c.object2 in whole:
            links.add((of[whole[c.object1]], of[whole[c.object2]]))
    groups = {j: {j} for j in np.flatnonzero(moved).tolist()}
    for a, b in links:
        if a in groups and b in groups and groups[a] is not groups[b]:
            groups[a] |= groups[b]
            groups.update(dict.fromkeys(groups[b], groups[a]))
    touched = {one for pair in links if driven[list(pair)].any() for one in pair}
    touched |= {j for j in groups if any(trace.bodies[j] in rule for rule in trace.scene.rules)}
    if trace.force is not None:
        touched |= set(np.flatnonzero(trace.force.any(axis=(0, 2))).tolist())
    unique = {id(group): group for group in groups.values() if not group & touched}
    return [sorted(group) for group in unique.values()]


def _turns(trace: Trace) -> NDArray[np.bool_]:
    return np.asarray((np.abs(np.nan_to_num(trace.quaternion - trace.quaternion[:1])) > 1e-6).any(axis=(0, 2)))


def _is_filled(element: object) -> bool:
    """Whether an element makes a closed body soft: springs through it, or a skin that is blown up."""
    blown = isinstance(element, Cloth) and element.pressure is not None
    return blown or (isinstance(element, SoftBody) and element.use_edges)


def _volumes(trace: Trace) -> list[Check]:
    """Closed bodies that are soft are not turned inside out, nor crushed. What is rooted is not asked: its points are
    held each at its own place."""
    deformed = trace.deformed
    if deformed is None:
        return []
    soft = {o.name for o in trace.scene.objects if any(map(_is_filled, o.elements))}
    found = []
    for j, name in enumerate(deformed.names):
        first = deformed.volume[0, j]
        if name in soft and np.isfinite(first) and first > 0.0:
            least = float(np.nanmin(deformed.volume[:, j]) / first)
            told = "is turned inside out" if least < 0.0 else f"keeps at least {least:.0%} of its volume"
            found.append(Check("volume", name, least >= SHRUNK, f"'{name}' {told}", True, "dynamics"))
    return found
