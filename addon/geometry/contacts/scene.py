"""All collision shapes of a scene as one MuJoCo model, which tells the near pairs of any poses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import mujoco
import numpy as np
from numpy.typing import NDArray

from ...scene_graph import Contacts, FloatArray, SceneGraph, is_fixed
from . import shapes
from .near import NOTHING_NEAR, Near, Poses
from .pairing import Pairing
from .surface import FIRST_ROOM, LARGE, LargeSurface, spare

SURFACE = 1e-5
"""Half the thickness in metres that MuJoCo gives the triangles of a surface."""

Ints = NDArray[np.int32]


CROWD = (
    "so much of large surfaces lies in each other that their contacts cannot be found: take them apart, or give them "
    "simpler meshes or collision shapes"
)


class CrowdError(RuntimeError):
    """More of large surfaces lies in each other than contacts can be found of; ``found`` are those of the frames
    before, of the ones that were asked for."""

    def __init__(self) -> None:
        super().__init__(CROWD)
        self.found: list[Contacts] = []


class Pieces:
    """The shapes of N ``objects`` (rows of ``graph.objects``) at ``scale`` ``[B, 3]``, each as a list of ``geoms``.

    ``bound`` ``[N]`` is how far each shape extends from the object's origin, ``thin`` ``[N]`` half its least extent and
    ``loose`` ``[N]`` a gap over which Bullet may hold it up besides, all in m. Some rows' shapes are ``known``.
    """

    def __init__(
        self,
        graph: SceneGraph,
        objects: Sequence[int],
        scale: FloatArray,
        known: Mapping[int, list[shapes.Geom]],
    ) -> None:
        self.geoms = [
            known[row] if row in known else list(shapes.geoms_of(graph.objects[i], scale[i], graph))
            for row, i in enumerate(objects)
        ]
        self.has_surface = any(geom.triangles is not None for geoms in self.geoms for geom in geoms)
        self.bound, self.thin, self.loose = np.zeros((3, len(self.geoms)))
        self.thin[:] = np.inf  # Also of compounds without children.
        for row, geoms in enumerate(self.geoms):
            if geoms:
                corners = geoms[0].corners if len(geoms) == 1 else np.concatenate([g.corners for g in geoms])
                outer = max(g.outer for g in geoms)
                self.bound[row] = np.sqrt(np.square(corners).sum(axis=1).max()) + outer
                self.thin[row] = np.ptp(corners, axis=0).min() / 2 + outer
                self.loose[row] = max(g.loose for g in geoms)


class CollisionScene:
    """The pieces of ``objects``; pairs are told where they are nearer than both objects' ``reach`` ``[N]`` in m."""

    def __init__(self, graph: SceneGraph, objects: Sequence[int], pieces: Pieces, reach: FloatArray) -> None:
        self._graph, self._objects, self._reach, self._bound = graph, list(objects), reach, pieces.bound
        self._has_surface = pieces.has_surface
        self._pieces = pieces.geoms
        if self._has_surface:
            self._pieces = [[geom.hull() for geom in own] for own in pieces.geoms]
        self._names = shapes.excluded_pairs(graph) | shapes.parent_pairs(graph)
        index = {name: i for i, name in enumerate(graph.names)}
        keys = [min(index[a], index[b]) * len(index) + max(index[a], index[b]) for a, b in self._names]
        self._excluded = np.array(sorted(keys), dtype=np.int64)
        self._masks = np.array([shapes.collision_mask(graph.objects[i]) for i in objects], dtype=np.int32)
        self._moves = np.array([not is_fixed(graph.objects[i]) for i in objects], dtype=np.bool_)
        self._find_surfaces()
        self._make()

    def _find_surfaces(self) -> None:
        """The surfaces in the order of MuJoCo's flexes, with the rows of their objects."""
        pieces = [(row, geom) for row, geoms in enumerate(self._pieces) for geom in geoms if geom.triangles is not None]
        self._surfaces = [geom for _, geom in pieces]
        self._row_of_flex = np.array([row for row, _ in pieces], dtype=np.intp)
        self._surface_rows = np.unique(self._row_of_flex)
        self._large = {
            flex: LargeSurface(geom.corners, geom.triangles, len(self._objects))
            for flex, geom in enumerate(self._surfaces)
            if geom.triangles is not None and len(geom.triangles) > LARGE
        }
        for flex in self._large:  # It holds them now, and they take memory.
            self._surfaces[flex] = replace(self._surfaces[flex], vertices=None, triangles=None)
        self._pieces = [[geom for geom in geoms if geom.triangles is None] for geoms in self._pieces]
        self._corners: dict[int, FloatArray] = {}
        self._room = FIRST_ROOM

    def _make(self) -> None:
        """Compile the model, and fill in what it cannot be compiled with."""
        self._compile()
        self._read_model()
        self._fill(self._corners)

    def _compile(self) -> None:
        spec = mujoco.MjSpec()
        spec.memory = 1 << 28  # taken up as it is needed
        meshes: dict[bytes, str] = {}
        for row in range(len(self._objects)):
            self._add_body(spec, row, meshes)
        for flex in range(len(self._surfaces)):  # Last, for MuJoCo takes long to add anything to what is large.
            self._add_surface(spec, flex)
        for a, b in sorted(self._names):
            if spec.body(a) is not None and spec.body(b) is not None:
                spec.add_exclude(bodyname1=a, bodyname2=b)
        self._model = spec.compile()
        self._data = mujoco.MjData(self._model)

    def _add_body(self, spec: mujoco.MjSpec, row: int, meshes: dict[bytes, str]) -> None:
        body = spec.worldbody.add_body(name=self._graph.objects[self._objects[row]].name)
        body.add_joint(type=mujoco.mjtJoint.mjJNT_SLIDE)  # One that moves; MuJoCo takes long over 6 degrees of freedom.
        body.explicitinertial, body.mass, body.inertia = True, 1.0, [1.0, 1.0, 1.0]
        for geom in self._pieces[row]:
            options = self._filter(row, geom)
            options |= {"type": geom.type, "pos": geom.position, "quat": geom.quaternion}
            if geom.vertices is None:
                options["size"] = geom.size
            else:
                options["meshname"] = _mesh(spec, geom.vertices, meshes)
            body.add_geom(**options)

    def _add_surface(self, spec: mujoco.MjSpec, flex: int) -> None:
        geom, row = self._surfaces[flex], int(self._row_of_flex[flex])
        if geom.triangles is None:
            vertices, triangles = spare(self._room).reshape(-1, 3), np.arange(3 * self._room).reshape(-1, 3)
        else:
            vertices, triangles = geom.corners, geom.triangles
        made = spec.add_flex()
        made.name, made.dim, made.radius = f"surface {flex}", 2, SURFACE
        made.vertbody = [self._graph.objects[self._objects[row]].name]
        made.vert, made.elem = vertices.ravel(), triangles.ravel()
        made.selfcollide = mujoco.mjtFlexSelf.mjFLEXSELF_NONE
        for name, value in self._filter(row, geom).items():
            setattr(made, name, value)

    def _filter(self, row: int, geom: shapes.Geom) -> dict[str, Any]:
        """With what a piece collides, and how far off."""
        mask = int(self._masks[row])
        margin = float(self._reach[row]) + geom.outer + geom.loose
        return {"contype": mask, "conaffinity": mask if self._moves[row] else 0, "margin": margin}

    def _read_model(self) -> None:
        """Whose the pieces are: geoms by their numbers, then surfaces."""
        owner = np.array([-1, *self._objects])
        flat = [geom for geoms in self._pieces for geom in geoms]
        self._body_of_geom = self._model.geom_bodyid - 1
        rows = [self._objects[row] for row in self._row_of_flex]
        self._object_of_piece = np.concatenate([owner[self._model.geom_bodyid], rows]).astype(np.int32)
        self._surfaces_at: Poses | None = None
        self._last: tuple[bytes, Near] | None = None
        self._known: dict[bytes, tuple[Pairing, FloatArray]] = {}
        self._outer = np.array([geom.outer for geom in (*flat, *self._surfaces)])
        self._has_outer = bool(self._outer.any())
        self._surface = np.arange(len(self._outer)) >= len(flat)
        is_sphere = self._model.geom_type == mujoco.mjtGeom.mjGEOM_SPHERE
        self._sphere = np.append(is_sphere, np.zeros(len(self._surfaces), dtype=np.bool_))
        self._is_simple = np.array_equal(self._body_of_geom, np.arange(len(self._objects)))
        self._geom_position = self._model.geom_pos.copy()
        mujoco.mj_kinematics(self._model, self._data)  # At the bodies' identity poses this gives the local frames.
        self._geom_axes = self._data.geom_xmat.reshape(-1, 3, 3).copy()
        self._is_centred = not self._geom_position.any() and np.array_equal(
            self._geom_axes, np.broadcast_to(np.eye(3), self._geom_axes.shape)
        )
        self._frames = (self._data.xpos[1:], self._data.xipos[1:]), (self._data.xmat[1:], self._data.ximat[1:])
        self._geom_frames = self._data.geom_xpos, self._data.geom_xmat
        self._found = self._data.contact  # A view, of those found last.

    @property
    def depends_on_order(self) -> bool:
        """Whether what is near is found one frame after the other: which triangles of large surfaces take part depends
        on where the others have been."""
        return bool(self._large)

    def set_free(self, rows: NDArray[np.intp]) -> None:
        """Let these objects meet those that cannot move."""
        self._moves[rows], self._last = True, None
        for row in rows.tolist():
            mask = self._masks[row]
            self._model.geom_conaffinity[self._body_of_geom == row] = mask
            self._model.body_conaffinity[row + 1] = mask
            self._model.flex_conaffinity[self._row_of_flex == row] = mask

    def near(self, poses: Poses) -> Near:
        """The near pairs at each of some frames. Raises CrowdError."""
        last, self._last = self._last, None
        if len(poses) > 1:
            return self._nearest(poses)
        key = poses.packed()
        self._last = last if last is not None and last[0] == key else (key, self._nearest(poses))
        return self._last[1]

    def _nearest(self, poses: Poses) -> Near:
        frame, pieces, distance, point, normal = self._collide(poses)
        if not len(pieces):
            return NOTHING_NEAR
        pairing, felt = self._paired(frame, pieces)
        gap = distance - felt
        rows = pairing.nearest(gap)
        nearest = pairing.outward(normal, rows), gap.take(rows)
        return Near(pairing.frame, pairing.keys, Contacts(pairing.pairs, point.take(rows, axis=0), *nearest))

    def _paired(self, frame: NDArray[np.intp], pieces: Ints) -> tuple[Pairing, FloatArray]:
        """How contacts of ``pieces`` ``[K, 2]`` at their frames ``[K]`` go together, and the outer gaps between them,
        ``[K]`` in m. Those of a single frame are kept, for the next one mostly has the same pieces."""
        key = b"" if frame[-1] else pieces.tobytes()
        if key not in self._known:
            excluded = self._excluded if self._has_surface else None  # MuJoCo's exclusions are of geoms only.
            pairing = Pairing(self._object_of_piece.take(pieces), frame, len(self._graph.objects), excluded)
            if not key:
                return pairing, self._felt(pieces)
            self._known = {key: (pairing, self._felt(pieces))}
        return self._known[key]

    def _collide(self, poses: Poses) -> tuple[NDArray[np.intp], Ints, FloatArray, FloatArray, FloatArray]:
        """Of all contacts of pieces the frames ``[K]``, the pieces ``[K, 2]``, distances ``[K]``, points ``[K, 3]`` and
        normals ``[K, 3]``."""
        rotation = poses.rotation.reshape(len(poses), -1, 9)
        points, matrices = self._geom_frames_at(poses, rotation)
        frames: list[Sequence[NDArray[Any]]] = []
        for k, is_changed in enumerate(_are_changed(poses.position, rotation)):
            if not is_changed:
                frames.append(frames[-1])
                continue
            if self._large:
                self._look_around(poses[k])
            self._place(poses.position[k], rotation[k], points[k], matrices[k])
            if self._has_surface:
                self._place_surfaces(poses[k])
            pieces, distance, point, normal = self._contacts()
            if len(poses) == 1:
                return np.zeros(len(pieces), dtype=np.intp), pieces, distance, point, normal
            frames.append((pieces.copy(), distance.copy(), point.copy(), normal.copy()))
        pieces, distance, point, normal = map(np.concatenate, zip(*frames, strict=True))
        return np.repeat(np.arange(len(poses)), [len(frame[0]) for frame in frames]), pieces, distance, point, normal

    def _contacts(self) -> tuple[Ints, FloatArray, FloatArray, FloatArray]:
        """The contacts of pieces at the poses that are set, up to those at the next ones."""
        try:
            mujoco.mj_collision(self._model, self._data)
        except mujoco.FatalError:
            self._make()  # For MuJoCo's data are not fit for use after an error.
            raise CrowdError from None
        contact = self._found
        pieces = contact.geom
        if self._has_surface:
            pieces = np.where(pieces >= 0, pieces, contact.flex + self._model.ngeom)
        return pieces, contact.dist, contact.pos, contact.frame[:, :3]

    def _felt(self, pieces: Ints) -> FloatArray:
        """The outer gaps ``[K]`` of pairs of pieces ``[K, 2]``; a sphere does not feel a surface's."""
        if not self._has_outer:
            return np.zeros(len(pieces))
        felt = self._outer[pieces] * ~(self._surface[pieces] & self._sphere[pieces[:, ::-1]])
        return np.asarray(felt.sum(axis=1))

    def _geom_frames_at(self, poses: Poses, rotation: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Positions ``[F, G, 3]`` and matrices ``[F, G, 9]`` of the geoms; ``rotation`` ``[F, N, 9]`` is the poses'."""
        owner = self._body_of_geom
        if self._is_centred:
            if self._is_simple:
                return poses.position, rotation
            return poses.position[:, owner], rotation[:, owner]
        count = poses.position.shape[1]
        rows = (np.arange(len(poses))[:, None] * count + owner).ravel()
        turned = poses.rotation.reshape(-1, 3, 3)[rows].reshape(len(poses), -1, 3, 3)
        points = poses.position[:, owner] + np.einsum("fgij,gj->fgi", turned, self._geom_position)
        return points, (turned @ self._geom_axes).reshape(len(poses), -1, 9)

    def _place(self, position: FloatArray, rotation: FloatArray, points: FloatArray, matrices: FloatArray) -> None:
        """Set the frames that `mj_collision` reads: those of bodies, of their inertia (the same) and of geoms."""
        for places in self._frames[0]:
            places[:] = position
        for turns in self._frames[1]:
            turns[:] = rotation
        self._geom_frames[0][:], self._geom_frames[1][:] = points, matrices

    def _place_surfaces(self, poses: Poses) -> None:
        """Move the triangles, if their objects moved: what stands is large, and costs milliseconds."""
        rows = self._surface_rows
        now = Poses(poses.position[rows], poses.rotation[rows])
        last = self._surfaces_at
        if last is None or (now.position != last.position).any() or (now.rotation != last.rotation).any():
            mujoco.mj_flex(self._model, self._data)
            self._surfaces_at = now

    def _look_around(self, poses: Poses) -> None:
        """Give the large surfaces the triangles that are near other objects now."""
        changed: dict[int, FloatArray] = {}
        for flex, surface in self._large.items():
            own = self._row_of_flex[flex]
            reach = self._bound + self._reach + self._reach[own] + self._surfaces[flex].outer
            meets = (self._masks & self._masks[own] != 0) & (self._moves | self._moves[own])
            meets[own] = False
            offset = (poses.position - poses.position[own]) @ poses.rotation[own]
            corners = surface.near(offset, np.where(meets, reach, -1.0))
            if corners is not None:
                changed[flex] = corners
        self._corners |= changed
        most = max(map(len, changed.values()), default=0)
        if most > self._room:
            self._room = 2 * most
            self._make()
        elif changed:
            self._fill(changed)

    def _fill(self, corners: dict[int, FloatArray]) -> None:
        """Set the triangles ``[K, 3, 3]`` of large surfaces, by the numbers of their flexes."""
        for flex, points in corners.items():
            start = self._model.flex_vertadr[flex]
            whole = np.concatenate([points, spare(self._room - len(points))])
            self._model.flex_vert[start : start + 3 * self._room] = whole.reshape(-1, 3)
        self._surfaces_at = None


def _mesh(spec: mujoco.MjSpec, vertices: FloatArray, meshes: dict[bytes, str]) -> str:
    """The name of the mesh with these corners ``[V, 3]``, one for all pieces that have them; ``meshes`` are those known
    by their corners."""
    key = vertices.tobytes()
    if key not in meshes:
        meshes[key] = name = f"mesh {len(meshes)}"
        spec.add_mesh(name=name, uservert=vertices.ravel(), inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL)
    return meshes[key]


def _are_changed(position: FloatArray, rotation: FloatArray) -> list[bool]:
    """Of each frame, whether poses ``[F, N, 3]`` and ``[F, N, 9]`` differ from those before; the first does."""
    if len(position) == 1:
        return [True]
    moved, turned = (np.any(a[1:] != a[:-1], axis=(1, 2)) for a in (position, rotation))
    return [True, *(moved | turned).tolist()]
