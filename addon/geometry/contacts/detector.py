"""Contact detection for every frame of a run, live or afterwards.

MuJoCo's collision pipeline does the geometry: all objects are free bodies of one model, whose poses are set, and
`mj_collision` runs with a margin. For 20 boxes on a floor (80 contact points) it took 16 µs a frame on two idle
cores; python-fcl's broad-phase manager took 25 to 30 times as long on the same scene under the same load, and knows
no margins.

Contacts are sampled at frames. A pair begins to touch at `TOUCH` and ends beyond `RELEASE` (hysteresis against
flicker). Between two frames, the motion is swept in two cases: a body that moved far is followed along its path, and
a body whose velocity changed abruptly is followed along its old velocity, for it hit something that it may have left
again before the frame. Such contacts carry the distance 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import mujoco
import numpy as np
from numpy.typing import NDArray

from ...scene_graph import NO_CONTACTS, Contacts, FloatArray, SceneGraph
from ..evaluated import EvaluatedState
from . import shapes

TOUCH = 0.01
"""Gap in metres at which a contact begins; Bullet keeps resting bodies within its margins of each other."""

RELEASE = 0.02
"""Gap in metres beyond which a contact ends: Bullet's own contact breaking threshold."""

SCHEME = f"sampled at frames, swept between them; begins at {TOUCH} m, ends beyond {RELEASE} m"

SCALE_NOISE = 1e-5
"""Scale factors read from single-precision matrices differ by less from frame to frame; more is a new shape."""

_DIAGONAL = 3**0.5

MAX_SWEEP = 8
"""Most intermediate poses a frame."""


class ContactDetector:
    """Finds the touching pairs of a scene, frame after frame; states are over all objects in graph order.

    Pairs of which neither can move are left out, as are pairs in disjoint collision collections, parents with their
    children, and pairs whose collisions a constraint switches off. A compound's children count as their parent.
    Contacts begin at a gap of ``touch`` and end beyond ``release``, in m; those of Bullet unless given.
    """

    def __init__(self, graph: SceneGraph, touch: float = TOUCH, release: float = RELEASE) -> None:
        self._graph = graph
        self._touch, self._release = touch, release
        self._objects = [
            i for i, o in enumerate(graph.objects) if o.geometry is not None and not shapes.compound_child(o, graph)
        ]
        self._gravity_step = float(np.linalg.norm(graph.world.gravity)) * graph.world.dt**2
        self._build(np.array([o.scale for o in graph.objects]).reshape(-1, 3))
        self.reset()

    def reset(self) -> None:
        """Forget the frames seen so far."""
        count = len(self._graph.objects)
        self._touching = np.zeros(count * count, dtype=np.bool_)
        self._touched = np.zeros(0, dtype=np.int32)
        self._poses: list[_Poses] = []

    def _build(self, scale: FloatArray) -> None:
        """Compile the MuJoCo model for these object scales ``[B, 3]``."""
        spec = mujoco.MjSpec()
        spec.memory = 1 << 26
        pieces = [list(shapes.geoms_of(self._graph.objects[i], scale[i], self._graph)) for i in self._objects]
        for i, geoms in zip(self._objects, pieces, strict=True):
            self._add_body(spec, i, geoms)
        for a, b in sorted(shapes.excluded_pairs(self._graph) | shapes.parent_pairs(self._graph)):
            if spec.body(a) is not None and spec.body(b) is not None:
                spec.add_exclude(bodyname1=a, bodyname2=b)
        self._scale = scale.copy()
        self._size = np.array([max(min(self._graph.objects[i].dimensions) / 2, self._touch) for i in self._objects])
        self._least_size = float(self._size.min())
        self._model = spec.compile()
        self._data = mujoco.MjData(self._model)
        owner = np.array([-1, *self._objects])
        self._object_of_geom = owner[self._model.geom_bodyid].astype(np.int32)
        self._body_of_geom = self._model.geom_bodyid - 1
        self._is_simple = np.array_equal(self._body_of_geom, np.arange(len(self._objects)))
        self._geom_position = self._model.geom_pos.copy()
        mujoco.mj_kinematics(self._model, self._data)  # At the bodies' identity poses this gives the local frames.
        self._geom_axes = self._data.geom_xmat.reshape(-1, 3, 3).copy()
        self._all = self._objects == list(range(len(self._graph.objects)))
        self._is_centred = not self._geom_position.any() and np.array_equal(
            self._geom_axes, np.broadcast_to(np.eye(3), self._geom_axes.shape)
        )
        self._frames = (self._data.xpos[1:], self._data.xipos[1:]), (self._data.xmat[1:], self._data.ximat[1:])
        self._geom_frames = self._data.geom_xpos, self._data.geom_xmat
        self._bound = np.zeros(len(self._objects))
        np.maximum.at(self._bound, self._body_of_geom, _lengths(self._geom_position) + self._model.geom_rbound)
        flat = [geom for geoms in pieces for geom in geoms]
        self._outer = np.array([geom.outer for geom in flat])
        self._has_outer = bool(self._outer.any())
        self._surface = np.array([geom.surface for geom in flat])
        self._sphere = self._model.geom_type == mujoco.mjtGeom.mjGEOM_SPHERE

    def _add_body(self, spec: mujoco.MjSpec, index: int, geoms: list[shapes.Geom]) -> None:
        obj = self._graph.objects[index]
        body = spec.worldbody.add_body(name=obj.name)
        body.add_freejoint()
        body.explicitinertial, body.mass, body.inertia = True, 1.0, [1.0, 1.0, 1.0]
        mask = shapes.collision_mask(obj)
        for number, geom in enumerate(geoms):
            options = {
                "type": geom.type,
                "pos": geom.position,
                "quat": geom.quaternion,
                "contype": mask,
                "conaffinity": mask if shapes.can_move(obj) else 0,
                "margin": self._release / 2 + geom.outer,
            }
            if geom.vertices is None:
                options["size"] = geom.size
            else:
                name = f"{index}/{number}"
                spec.add_mesh(
                    name=name, uservert=geom.vertices.ravel(), inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL
                )
                options["meshname"] = name
            body.add_geom(**options)

    def _gaps(self, geom: NDArray[np.int32], distance: FloatArray) -> FloatArray:
        """Distances ``[K]`` of geom pairs ``[K, 2]`` less the outer gaps; spheres do not feel that of a surface."""
        if not self._has_outer:
            return distance
        felt = self._outer[geom] * ~(self._surface[geom] & self._sphere[geom[:, ::-1]])
        return np.asarray(distance - felt.sum(axis=1))

    def update(self, state: EvaluatedState, present: NDArray[np.bool_]) -> Contacts:
        """Contacts of the next frame, one for each touching pair (its deepest point), sorted by pair.

        ``present`` ``[B]`` tells which objects are there.
        """
        if not self._objects:
            return NO_CONTACTS
        scale = state.scale
        if np.abs(scale - self._scale).max() > SCALE_NOISE:
            self._build(scale)
        rows = slice(None) if self._all else self._objects
        poses = _Poses(state.position[rows], state.axes[rows].transpose(0, 2, 1))
        if not present.all():
            poses.put_away(~present[self._objects])
        found, keys = self._collide(poses)
        held = (found.distance <= self._touch) | self._touching[keys]
        if not held.all():
            found, keys = _pick(found, held), keys[held]
        found, keys = self._with_swept(poses, found, keys)
        self._touching[self._touched] = False
        self._touching[keys] = True
        self._touched = keys
        self._poses = [*self._poses[-1:], poses]
        return found

    def _collide(self, poses: _Poses) -> tuple[Contacts, NDArray[np.int32]]:
        """The deepest contact of each pair within release, sorted by pair, and the pairs' numbers ``[K]``."""
        self._place(poses)
        mujoco.mj_collision(self._model, self._data)
        if not self._data.ncon:
            return NO_CONTACTS, np.zeros(0, dtype=np.int32)
        contact = self._data.contact
        geom = contact.geom
        gap = self._gaps(geom, contact.dist)
        owners = self._object_of_geom[geom]
        low, high = owners.min(axis=1), owners.max(axis=1)
        keys = low * len(self._graph.objects) + high
        order = np.lexsort((gap, keys))
        keys, gap = keys[order], gap[order]
        chosen = np.empty(len(keys), dtype=np.bool_)
        chosen[0] = True
        np.not_equal(keys[1:], keys[:-1], out=chosen[1:])
        chosen &= gap <= self._release
        order = order[chosen]
        owners = owners[order]
        normal = contact.frame[order, :3]
        normal[owners[:, 0] > owners[:, 1]] *= -1.0
        owners.sort(axis=1)
        return Contacts(owners, contact.pos[order], normal, gap[chosen]), keys[chosen]

    def _place(self, poses: _Poses) -> None:
        """Set the frames that `mj_collision` reads: those of bodies, of their inertia (the same) and of geoms."""
        position, rotation, owner = poses.position, poses.rotation, self._body_of_geom
        for points in self._frames[0]:
            points[:] = position
        for matrices in self._frames[1]:
            matrices[:] = rotation.reshape(-1, 9)
        points, matrices = self._geom_frames
        if self._is_centred and self._is_simple:
            points[:] = position
            matrices[:] = rotation.reshape(-1, 9)
        elif self._is_centred:
            points[:] = position[owner]
            matrices[:] = rotation.reshape(-1, 9)[owner]
        else:
            turned = rotation[owner]
            points[:] = position[owner] + np.einsum("gij,gj->gi", turned, self._geom_position)
            matrices[:] = (turned @ self._geom_axes).reshape(-1, 9)

    def _with_swept(
        self, poses: _Poses, found: Contacts, keys: NDArray[np.int32]
    ) -> tuple[Contacts, NDArray[np.int32]]:
        """Add the contacts between the frame before and ``poses``, of bodies that were fast or whose velocity changed
        abruptly, to those ``found`` at the frame."""
        if not self._poses:
            return found, keys
        before = self._poses[-1]
        moved = poses.position - before.position
        old = before.position - self._poses[-2].position if len(self._poses) > 1 else moved
        change = moved - old
        most = 2 * self._gravity_step + self._release
        if max(np.abs(moved).max() * _DIAGONAL - self._least_size, np.abs(change).max() * _DIAGONAL - most) <= 0:
            return found, keys  # By coordinates, without lengths: the case of most frames.
        distance = _lengths(moved)
        abrupt = _lengths(change) > most
        reach = np.maximum(distance, _lengths(old))
        chosen = (distance > self._size) | abrupt
        chosen[chosen] = self._has_neighbour(poses.position, reach, chosen)
        if not chosen.any():
            return found, keys
        count = int(np.clip(np.ceil(np.max((reach / self._size)[chosen])), 1, MAX_SWEEP))
        is_chosen = np.zeros(len(self._graph.objects), dtype=np.bool_)
        is_chosen[np.asarray(self._objects)[chosen]] = True
        sets = [(found, keys)]
        for path in _paths(before, poses, old, abrupt, count):
            between, numbers = self._collide(path)
            wanted = (between.distance <= self._touch) & is_chosen[between.pairs].any(axis=1)
            between = _pick(between, wanted)
            sets.append((replace(between, distance=np.zeros(len(between))), numbers[wanted]))
        numbers = np.concatenate([numbers for _, numbers in sets])
        unique, first = np.unique(numbers, return_index=True)
        return _pick(_joined([contacts for contacts, _ in sets]), first), unique

    def _has_neighbour(self, position: FloatArray, reach: FloatArray, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the ``chosen`` bodies can have met another since the frame before; not one that falls forever."""
        bound = self._bound + reach + self._release
        apart = np.linalg.norm(position[chosen, None] - position[None], axis=2)
        return np.asarray(np.sum(apart < bound[chosen, None] + bound, axis=1) > 1)


@dataclass
class _Poses:
    """Positions ``[N, 3]`` and rotation matrices ``[N, 3, 3]`` (axes as columns) of the objects that have a shape."""

    position: FloatArray
    rotation: FloatArray

    def put_away(self, absent: NDArray[np.bool_]) -> None:
        """Move objects that are not there to where nothing touches."""
        self.position, self.rotation = self.position.copy(), self.rotation.copy()
        self.position[absent] = 0.0
        self.position[absent, 0] = 1e5 * np.flatnonzero(absent) + 1e5
        self.rotation[absent] = np.eye(3)


def _paths(before: _Poses, after: _Poses, old: FloatArray, abrupt: NDArray[np.bool_], count: int) -> Iterator[_Poses]:
    """Poses between two frames, and those that had come if the ``abrupt`` ones had gone on by ``old`` ``[N, 3]``."""
    for share in np.arange(1, count + 1) / count:
        position = before.position + share * (after.position - before.position)
        rotation = _orthonormal(before.rotation + share * (after.rotation - before.rotation))
        yield _Poses(position, rotation)
        if abrupt.any():
            onward = position.copy()
            onward[abrupt] = before.position[abrupt] + share * old[abrupt]
            yield _Poses(onward, rotation)


def _orthonormal(matrices: FloatArray) -> FloatArray:
    """The rotations ``[N, 3, 3]`` with the first column's direction and the plane of the first two."""
    x = matrices[:, :, 0] / np.maximum(_lengths(matrices[:, :, 0]), 1e-12)[:, None]
    y = matrices[:, :, 1] - np.einsum("ni,ni->n", x, matrices[:, :, 1])[:, None] * x
    y /= np.maximum(_lengths(y), 1e-12)[:, None]
    return np.stack([x, y, np.cross(x, y)], axis=2)


def _lengths(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(np.einsum("ni,ni->n", vectors, vectors)))


def _pick(contacts: Contacts, rows: NDArray[Any]) -> Contacts:
    return Contacts(contacts.pairs[rows], contacts.point[rows], contacts.normal[rows], contacts.distance[rows])


def _joined(sets: list[Contacts]) -> Contacts:
    columns = ([getattr(s, name) for s in sets] for name in ("pairs", "point", "normal", "distance"))
    return Contacts(*(np.concatenate(column) for column in columns))
