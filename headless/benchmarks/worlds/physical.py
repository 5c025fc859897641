"""What every world must keep to, whatever it shows, and how well it is made: our own measures, from its trace alone."""

from __future__ import annotations

import math

import numpy as np

from addon.geometry.volume import is_manifold
from addon.metrics import measure
from addon.scene_graph import Mesh, color_name

from .evidence import Evidence
from .judge import Verdict

FASTEST = 60.0
"""Speed in m/s that nothing should have."""

DEEPEST = 0.05
"""How deep in m bodies may be in each other."""

FALLEN = 3.0
"""How far in m below the ground nothing should get."""

STRETCHED = 1.3
"""Greatest length of an edge of cloth as a multiple of its own."""

CLASSES, OBJECTS, COLOURS, FACES = 8, 30, 10, 5.0
"""How many kinds of things, objects, colours, and decades of faces make a scene rich."""


def physical(world: Evidence) -> list[Verdict]:
    """The physical checks: a world that breaks one has failed."""
    return [_finite(world), _speed(world), _depth(world), _energy(world), _stays(world), _stretch(world)]


def _finite(world: Evidence) -> Verdict:
    t = world.trace
    fine = bool(np.isfinite(t.position[t.present]).all() and np.isfinite(t.velocity[t.present]).all())
    return Verdict(check="finite", met=fine, found="all numbers are finite" if fine else "numbers are not finite")


def _speed(world: Evidence) -> Verdict:
    fastest = float(np.nan_to_num(np.linalg.norm(world.trace.velocity, axis=2)).max(initial=0.0))
    return Verdict(check="speed", met=fastest <= FASTEST, found=f"at most {fastest:.1f} m/s")


def _depth(world: Evidence) -> Verdict:
    contacts, mass = world.trace.contacts, world.trace.masses
    if not len(contacts):
        return Verdict(check="penetration", met=True, found="nothing touches")
    bodies = np.array([world.graph.object(name).body is not None for name in world.trace.bodies], dtype=bool)
    moved = ((mass[contacts.a] > 0.0) | (mass[contacts.b] > 0.0)) & bodies[contacts.a] & bodies[contacts.b]
    deepest = max(float(-np.where(moved, contacts.distance, np.inf).min()), 0.0)
    return Verdict(check="penetration", met=deepest <= DEEPEST, found=f"at most {deepest:.3f} m deep")


def _energy(world: Evidence) -> Verdict:
    metrics = measure(world.trace, ())
    hair = 2e-4 * 9.81 * float(world.trace.masses.sum())
    fine = not metrics.gains_energy or metrics.gained_energy <= hair
    return Verdict(check="energy", met=fine, found=f"{metrics.gained_energy:.3g} J from nowhere")


def _stays(world: Evidence) -> Verdict:
    ground = world.ground
    level = float(world.bounds(ground, 0)[0][2]) if ground is not None else -10.0
    moving = world.trace.masses > 0.0
    low = float(np.nanmin(world.trace.position[:, moving, 2])) if moving.any() else level
    return Verdict(check="stays", met=low >= level - FALLEN, found=f"lowest at {low:.2f} m")


def _stretch(world: Evidence) -> Verdict:
    deformed = world.trace.deformed
    known = deformed.stretch[np.isfinite(deformed.stretch)] if deformed is not None else np.zeros(0)
    sways = {o.name for o in world.graph.objects for e in o.elements if e.type == "SOFT_BODY" and not e.use_edges}
    if deformed is not None and sways:
        columns = [j for j, name in enumerate(deformed.names) if name not in sways]
        part = deformed.stretch[:, columns]
        known = part[np.isfinite(part)]
    most = float(known.max(initial=1.0))
    return Verdict(check="stretch", met=most <= STRETCHED, found=f"at most {most:.2f} times")


def geometry_score(world: Evidence) -> float:
    """From 0 to 1: the mean, over the things of a world, of three: whether its mesh is closed, or has rims as a sheet
    has; whether no edge of it has more than two faces; whether it touches something, hangs from a joint, or does not
    fall."""
    scores = []
    held = {c.object1 for c in world.graph.constraints}
    for thing in world.meshes:
        if thing is world.ground:
            continue
        closed, sound = True, True
        if isinstance(thing.geometry, Mesh):
            uses = _edge_uses(thing.geometry)
            sound = max(uses, default=2) <= 2
            closed = is_manifold(thing.geometry.faces) or min(uses, default=2) == 1
        stands = thing.name in held or thing.dynamic_mass == 0.0 or _has_below(world, thing.name)
        scores.append((closed + sound + stands) / 3)
    return round(float(np.mean(scores)), 6) if scores else 0.0


def _edge_uses(mesh: Mesh) -> list[int]:
    uses: dict[tuple[int, int], int] = {}
    for face in mesh.faces:
        for a, b in zip(face, (*face[1:], face[0]), strict=True):
            key = (min(a, b), max(a, b))
            uses[key] = uses.get(key, 0) + 1
    return list(uses.values())


def _has_below(world: Evidence, name: str) -> bool:
    """Whether a body has another one beneath it at some frame."""
    contacts, j = world.trace.contacts, world.trace.index(name)
    return bool(((contacts.a == j) | (contacts.b == j)).any())


def richness(world: Evidence) -> float:
    """From 0 to 1: the mean of four, each at most 1: kinds of things over 8, objects over 30, colours over 10, and the
    common logarithm of the number of faces over 5."""
    things = world.meshes
    kinds = {o.semantic_class or o.name.split()[0] for o in things}
    colours = {color_name(s.color) for o in things for s in (o.material, *o.surfaces.values()) if s is not None}
    faces = sum(len(o.geometry.faces) for o in things if isinstance(o.geometry, Mesh)) + len(things)
    parts = (len(kinds) / CLASSES, len(things) / OBJECTS, len(colours) / COLOURS, math.log10(max(faces, 1)) / FACES)
    return round(sum(min(part, 1.0) for part in parts) / len(parts), 6)
