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

import mujoco
import numpy as np
from numpy.typing import NDArray

from ...scene_graph import Contact, FloatArray, SceneGraph
from . import shapes

TOUCH = 0.01
"""Gap in metres at which a contact begins; Bullet keeps resting bodies within its margins of each other."""

RELEASE = 0.02
"""Gap in metres beyond which a contact ends: Bullet's own contact breaking threshold."""

SCHEME = f"sampled at frames, swept between them; begins at {TOUCH} m, ends beyond {RELEASE} m"

SCALE_NOISE = 1e-5
"""Scale factors read from single-precision matrices differ by less from frame to frame; more is a new shape."""

MAX_SWEEP = 8
"""Most intermediate poses a frame."""

Found = dict[tuple[int, int], Contact]


class ContactDetector:
    """Finds the touching pairs of a scene, frame after frame; arrays are over all objects in graph order.

    Pairs of which neither can move are left out, as are pairs in disjoint collision collections, parents with their
    children, and pairs whose collisions a constraint switches off. A compound's children count as their parent.
    """

    def __init__(self, graph: SceneGraph) -> None:
        self._graph = graph
        self._objects = [
            i for i, o in enumerate(graph.objects) if o.geometry is not None and not shapes.compound_child(o, graph)
        ]
        self._gravity_step = float(np.linalg.norm(graph.world.gravity)) * graph.world.dt**2
        self._build(np.array([o.scale for o in graph.objects]).reshape(-1, 3))
        self.reset()

    def reset(self) -> None:
        """Forget the frames seen so far."""
        self._touching: set[tuple[int, int]] = set()
        self._poses: list[FloatArray] = []

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
        self._size = np.array([min(self._graph.objects[i].dimensions) / 2 for i in self._objects])
        self._model = spec.compile()
        self._data = mujoco.MjData(self._model)
        self._qpos = self._data.qpos.reshape(-1, 7)
        owner = np.array([-1, *self._objects])
        self._object_of_geom = owner[self._model.geom_bodyid]
        flat = [geom for geoms in pieces for geom in geoms]
        self._outer = np.array([geom.outer for geom in flat])
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
                "margin": RELEASE / 2 + geom.outer,
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
        felt = self._outer[geom] * ~(self._surface[geom] & self._sphere[geom[:, ::-1]])
        return np.asarray(distance - felt.sum(axis=1))

    def update(
        self, position: FloatArray, quaternion: FloatArray, scale: FloatArray, present: NDArray[np.bool_]
    ) -> list[Contact]:
        """Contacts of the next frame, one for each touching pair (its deepest point), sorted by pair.

        ``position`` ``[B, 3]``, ``quaternion`` ``[B, 4]``, ``scale`` ``[B, 3]``, ``present`` ``[B]``.
        """
        if not self._objects:
            return []
        if np.max(np.abs(scale - self._scale), where=present[:, None], initial=0.0) > SCALE_NOISE:
            self._build(scale)
        pose = np.concatenate([position, quaternion], axis=1)[self._objects]
        if not np.all(present):
            pose[~present[self._objects]] = _far_away(len(pose))[~present[self._objects]]
        found = self._collide(pose)
        touching = {pair: c for pair, c in found.items() if c.distance <= TOUCH or pair in self._touching}
        touching = self._swept(pose) | touching
        self._touching = set(touching)
        self._poses = [*self._poses[-1:], pose]
        return [touching[pair] for pair in sorted(touching)]

    def _collide(self, pose: FloatArray) -> Found:
        """The deepest contact of each pair within `RELEASE` at poses ``[N, 7]``."""
        self._qpos[:] = pose
        mujoco.mj_kinematics(self._model, self._data)
        mujoco.mj_collision(self._model, self._data)
        if not self._data.ncon:
            return {}
        contact = self._data.contact
        pairs = self._object_of_geom[contact.geom]
        gap = self._gaps(contact.geom, contact.dist)
        order = np.argsort(gap, kind="stable")
        found: Found = {}
        columns = (
            pairs[order].tolist(),
            contact.pos[order].tolist(),
            contact.frame[order, :3].tolist(),
            gap[order].tolist(),
        )
        for (a, b), point, normal, distance in zip(*columns, strict=True):
            key = (a, b) if a < b else (b, a)
            if key not in found and distance <= RELEASE:
                x, y, z = normal if a < b else [-n for n in normal]
                found[key] = Contact(*key, tuple(point), (x, y, z), distance)
        return found

    def _swept(self, pose: FloatArray) -> Found:
        """Contacts between the frame before and ``pose``, of bodies that were fast or changed velocity abruptly."""
        if not self._poses:
            return {}
        before = self._poses[-1]
        moved = pose[:, :3] - before[:, :3]
        distance = np.linalg.norm(moved, axis=1)
        fast = distance > self._size
        if len(self._poses) > 1:
            old = before[:, :3] - self._poses[-2][:, :3]
            abrupt = np.linalg.norm(moved - old, axis=1) > 2 * self._gravity_step + RELEASE
        else:
            old, abrupt = moved, np.zeros(len(pose), dtype=np.bool_)
        if not (np.any(fast) or np.any(abrupt)):
            return {}
        reach = np.maximum(distance, np.linalg.norm(old, axis=1))
        count = int(np.clip(np.ceil(np.max((reach / self._size)[fast | abrupt])), 1, MAX_SWEEP))
        chosen = {self._objects[i] for i in np.flatnonzero(fast | abrupt)}
        found: Found = {}
        for share in np.arange(1, count + 1) / count:
            between = before + share * (pose - before)
            between[:, 3:] = _blend(before[:, 3:], pose[:, 3:], share)
            paths = [between]
            if np.any(abrupt):
                onward = between.copy()
                onward[abrupt, :3] = before[abrupt, :3] + share * old[abrupt]
                paths.append(onward)
            for path in paths:
                for pair, contact in self._collide(path).items():
                    if contact.distance <= TOUCH and chosen & set(pair) and pair not in found:
                        found[pair] = Contact(*pair, contact.point, contact.normal, 0.0)
        return found


def _blend(a: FloatArray, b: FloatArray, share: float) -> FloatArray:
    """Normalised linear interpolation of quaternions ``[N, 4]``, the short way round."""
    sign = np.where(np.sum(a * b, axis=1, keepdims=True) < 0, -1.0, 1.0)
    mixed = a + share * (sign * b - a)
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def _far_away(count: int) -> FloatArray:
    """Poses at which nothing touches, for objects that are not there."""
    pose = np.zeros((count, 7))
    pose[:, 0] = 1e5 * np.arange(1, count + 1)
    pose[:, 3] = 1.0
    return pose
