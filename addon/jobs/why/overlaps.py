"""Bodies that lie in each other at the start, which physics pushes apart with force: by their places, by shapes that
are larger than what is seen, or because a joint's two ends collide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...geometry.hulls import hull
from ...geometry.poses import rotation_matrix
from ...geometry.separation import ConvexShape, Placed, separation
from ...geometry.triangulate import packed
from ...geometry.volume import mesh_volume, triangles
from ...scene_graph import FloatArray, Mesh, SceneObject
from .case import Case
from .cause import Cause
from .flights import Flight
from .mends import Body, Joint, Mend, moved

SECONDS = 0.25
"""After the start, within which what was pushed apart is on its way."""

DEEP = 0.005
"""Metres of overlap from which on it counts."""

SPARE = 0.005
"""Metres by which bodies are moved farther apart than they lie in each other."""

HOLLOW = 0.9
"""Part of its hull's volume below which a mesh is hollow."""


@dataclass(frozen=True)
class Overlap:
    """Two bodies that lie ``depth`` m in each other at the start; ``away`` ``[3]`` is the way out for the first."""

    name: str
    other: str
    depth: float
    away: FloatArray


def overlaps(case: Case, name: str) -> list[Overlap]:
    """What a body lies in at the start, the deepest first."""
    contacts, column = case.trace.contacts, case.trace.index(name)
    found: dict[int, Overlap] = {}
    for row in range(int(np.searchsorted(contacts.frame, 1))):
        pair = int(contacts.a[row]), int(contacts.b[row])
        depth = -float(contacts.distance[row])
        if column not in pair or depth < DEEP:
            continue
        other = pair[0] if pair[1] == column else pair[1]
        away = contacts.normal[row] * (1.0 if pair[1] == column else -1.0)
        if other not in found or depth > found[other].depth:
            found[other] = Overlap(name, case.trace.bodies[other], depth, away)
    return sorted(found.values(), key=lambda one: -one.depth)


def why_pushed_apart(case: Case, flight: Flight) -> list[Cause]:
    """That a body lay in another one at the start and was pushed out of it."""
    soon = 1 + int(SECONDS * case.fps)
    speeds = np.linalg.norm(case.velocity(flight.name)[: soon + 1], axis=1)
    given = np.linalg.norm(case.objects[flight.name].velocity)
    fallen = np.linalg.norm(case.graph.world.gravity) * SECONDS
    if speeds[1:].max(initial=0.0) <= given + fallen + 1.0:
        return []
    first = 1 + int(np.argmax(speeds[1:]))
    return [_cause(case, one, first, float(speeds[first])) for one in overlaps(case, flight.name)[:1]]


def _cause(case: Case, one: Overlap, frame: int, speed: float) -> Cause:
    name, other = one.name, one.other
    lead = f"{name} and {other} lay {one.depth:.2g} m in each other at the start"
    end = f"and physics pushed {name} out at {speed:.3g} m/s"
    mends: list[Mend] = []
    joint = next((j for j in case.graph.constraints if {j.object1, j.object2} == {name, other}), None)
    shaped = _larger(case, one)
    kind = "overlap"
    if joint is not None and not joint.disable_collisions:
        kind, text = "joint", f"{lead} though the joint {joint.name} holds them together, {end}."
        through = Joint(
            words=f"let {joint.name}'s ends pass through each other",
            name=joint.name,
            settings={"disable_collisions": True},
        )
        mends.append(through)
    elif shaped is not None:
        kind, (obj, shape, why) = "shape", shaped
        text = f"{lead} as physics has them, {end}: {obj.name}'s collision shape {why}."
        fit = Body(words=f"give {obj.name} the shape {_shape_name(shape)}", name=obj.name, settings={"shape": shape})
        mends.append(fit)
    else:
        text = f"{lead}, {end}."
    if kind != "joint":
        mends.append(_apart(case, one))
    return Cause(kind=kind, text=text, frame=frame, objects=(name, other), mends=tuple(mends))


def _apart(case: Case, one: Overlap) -> Mend:
    """The two moved apart along the axis on which they are out of each other soonest, by the one that is free."""
    axis = int(np.argmax(np.abs(one.away)))
    by = [0.0, 0.0, 0.0]
    by[axis] = float(np.ceil(1e3 * (one.depth / abs(one.away[axis]) + SPARE)) / 1e3) * float(np.sign(one.away[axis]))
    return moved(one.name, (by[0], by[1], by[2]))


def _larger(case: Case, one: Overlap) -> tuple[SceneObject, str, str] | None:
    """Of two that lie in each other the one whose collision shape is larger than what is seen of it, the shape that
    fits it, and in what it is larger; None if both lie in each other as they are seen."""
    pair = case.objects[one.name], case.objects[one.other]
    if any(obj.geometry is None or obj.body is None for obj in pair):
        return None
    placed = [
        Placed([ConvexShape.of(obj)], np.zeros(1, dtype=np.int64), np.array([obj.location]), np.array([obj.rotation]))
        for obj in pair
    ]
    if float(separation(*placed)[0]) > 0:
        for obj in pair:
            assert obj.body is not None
            if obj.body.shape not in ("CONVEX_HULL", "MESH", "COMPOUND") and not _fits(obj):
                kind = obj.body.shape.lower()
                return obj, "CONVEX_HULL", f"is a {kind} around all of it, larger than what is seen"
        return None
    for obj, other in (pair, pair[::-1]):
        assert obj.body is not None
        if obj.body.shape == "CONVEX_HULL" and isinstance(obj.geometry, Mesh) and _is_hollow(obj, other):
            return obj, "MESH", f"is its convex hull, which fills the hollow that {other.name} is in"
    return None


def _fits(obj: SceneObject) -> bool:
    """Whether a sphere is round, so that its shape is what is seen."""
    return obj.body is not None and obj.body.shape == "SPHERE" and max(obj.dimensions) < 1.02 * min(obj.dimensions)


def _is_hollow(obj: SceneObject, other: SceneObject) -> bool:
    """Whether much of a mesh's hull is empty, and the other's middle lies in such a part."""
    assert isinstance(obj.geometry, Mesh)
    points, faces = np.asarray(obj.geometry.vertices), obj.geometry.faces
    around = hull(points)
    if around is None:
        return False
    whole = mesh_volume(around[0], around[1].tolist())
    if not 0 < abs(mesh_volume(points, faces)) < HOLLOW * whole:
        return False
    turn = rotation_matrix(np.array([obj.rotation]))[0]
    middle = (np.subtract(other.location, obj.location) @ turn) / np.asarray(obj.scale)
    return not _is_inside(points[triangles(*packed(faces))] - middle)


def _is_inside(corners: FloatArray) -> bool:
    """Whether the origin is inside triangles ``[T, 3, 3]``: the solid angles of all add up (van Oosterom, 1983)."""
    a, b, c = (corners[:, i] for i in range(3))
    la, lb, lc = (np.linalg.norm(p, axis=1) for p in (a, b, c))
    volume = np.einsum("ti,ti->t", a, np.cross(b, c))
    rest = la * lb * lc
    for one, other, length in ((a, b, lc), (b, c, la), (c, a, lb)):
        rest = rest + np.einsum("ti,ti->t", one, other) * length
    return bool(abs(np.arctan2(volume, rest).sum()) > np.pi)


def _shape_name(shape: str) -> str:
    return {"MESH": "Mesh", "CONVEX_HULL": "Convex Hull"}[shape]
