"""All collision shapes of a scene as one MuJoCo model, which tells the near pairs of any poses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np
from numpy.typing import NDArray

from ...scene_graph import NO_CONTACTS, Contacts, FloatArray, SceneGraph
from . import shapes

SURFACE = 1e-5
"""Half the thickness in metres that MuJoCo gives the triangles of a surface."""

Ints = NDArray[np.int32]


@dataclass
class Poses:
    """Positions ``[N, 3]`` and rotation matrices ``[N, 3, 3]`` (axes as columns) of the objects that have a shape."""

    position: FloatArray
    rotation: FloatArray

    def put_away(self, absent: NDArray[np.bool_]) -> None:
        """Move objects that are not there to where nothing touches."""
        self.position, self.rotation = self.position.copy(), self.rotation.copy()
        self.position[absent] = 0.0
        self.position[absent, 0] = 1e5 * np.flatnonzero(absent) + 1e5
        self.rotation[absent] = np.eye(3)


class Pieces:
    """The shapes of N ``objects`` (rows of ``graph.objects``) at ``scale`` ``[B, 3]``, each as a list of ``geoms``.

    ``bound`` ``[N]`` is how far each shape extends from the object's origin, ``thin`` ``[N]`` half its least extent and
    ``loose`` ``[N]`` a gap over which Bullet may hold it up besides, all in m.
    """

    def __init__(self, graph: SceneGraph, objects: Sequence[int], scale: FloatArray) -> None:
        self.geoms = [list(shapes.geoms_of(graph.objects[i], scale[i], graph)) for i in objects]
        self.has_surface = any(geom.triangles is not None for geoms in self.geoms for geom in geoms)
        self.bound, self.thin, self.loose = np.zeros((3, len(self.geoms)))
        for row, geoms in enumerate(self.geoms):
            if geoms:
                corners = np.concatenate([g.corners for g in geoms])
                outer = max(g.outer for g in geoms)
                self.bound[row] = np.sqrt(np.square(corners).sum(axis=1).max()) + outer
                self.thin[row] = np.ptp(corners, axis=0).min() / 2 + outer
                self.loose[row] = max(g.loose for g in geoms)


class CollisionScene:
    """The pieces of ``objects``; pairs are told where they are nearer than both objects' ``reach`` ``[N]`` in m."""

    def __init__(self, graph: SceneGraph, objects: Sequence[int], pieces: Pieces, reach: FloatArray) -> None:
        self._graph, self._objects, self._reach = graph, list(objects), reach
        self._has_surface = pieces.has_surface
        geoms = pieces.geoms
        if self._has_surface:
            geoms = [[geom.hull() for geom in own] for own in geoms]
        excluded = shapes.excluded_pairs(graph) | shapes.parent_pairs(graph)
        self._compile(geoms, excluded)
        index = {name: i for i, name in enumerate(graph.names)}
        keys = [min(index[a], index[b]) * len(index) + max(index[a], index[b]) for a, b in excluded]
        self._excluded = np.array(sorted(keys), dtype=np.int32)
        self._read_model(geoms)

    def _compile(self, pieces: list[list[shapes.Geom]], excluded: set[tuple[str, str]]) -> None:
        spec = mujoco.MjSpec()
        spec.memory = 1 << 26
        for i, geoms, reach in zip(self._objects, pieces, self._reach.tolist(), strict=True):
            self._add_body(spec, i, geoms, reach)
        for a, b in sorted(excluded):
            if spec.body(a) is not None and spec.body(b) is not None:
                spec.add_exclude(bodyname1=a, bodyname2=b)
        self._model = spec.compile()
        self._data = mujoco.MjData(self._model)

    def _add_body(self, spec: mujoco.MjSpec, index: int, geoms: list[shapes.Geom], reach: float) -> None:
        obj = self._graph.objects[index]
        body = spec.worldbody.add_body(name=obj.name)
        body.add_freejoint()
        body.explicitinertial, body.mass, body.inertia = True, 1.0, [1.0, 1.0, 1.0]
        mask = shapes.collision_mask(obj)
        for number, geom in enumerate(geoms):
            options: dict[str, Any] = {
                "contype": mask,
                "conaffinity": mask if shapes.can_move(obj) else 0,
                "margin": reach + geom.outer + geom.loose,
            }
            name = f"{index}/{number}"
            if geom.triangles is not None:
                _add_surface(spec, name, obj.name, geom, options)
                continue
            options |= {"type": geom.type, "pos": geom.position, "quat": geom.quaternion}
            if geom.vertices is None:
                options["size"] = geom.size
            else:
                shell = mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL
                spec.add_mesh(name=name, uservert=geom.vertices.ravel(), inertia=shell)
                options["meshname"] = name
            body.add_geom(**options)

    def _read_model(self, pieces: list[list[shapes.Geom]]) -> None:
        """Whose the pieces are: geoms by their numbers, then surfaces."""
        owner = np.array([-1, *self._objects])
        flat = [geom for geoms in pieces for geom in geoms if geom.triangles is None]
        surfaces = [(row, geom) for row, geoms in enumerate(pieces) for geom in geoms if geom.triangles is not None]
        self._body_of_geom = self._model.geom_bodyid - 1
        rows = [self._objects[row] for row, _ in surfaces]
        self._object_of_piece = np.concatenate([owner[self._model.geom_bodyid], rows]).astype(np.int32)
        self._surface_rows = np.unique([row for row, _ in surfaces]).astype(np.intp)
        self._surfaces_at: Poses | None = None
        self._outer = np.array([*(geom.outer for geom in flat), *(geom.outer for _, geom in surfaces)])
        self._has_outer = bool(self._outer.any())
        self._surface = np.arange(len(self._outer)) >= len(flat)
        self._sphere = np.append(
            self._model.geom_type == mujoco.mjtGeom.mjGEOM_SPHERE, np.zeros(len(surfaces), dtype=np.bool_)
        )
        self._is_simple = np.array_equal(self._body_of_geom, np.arange(len(self._objects)))
        self._geom_position = self._model.geom_pos.copy()
        mujoco.mj_kinematics(self._model, self._data)  # At the bodies' identity poses this gives the local frames.
        self._geom_axes = self._data.geom_xmat.reshape(-1, 3, 3).copy()
        self._is_centred = not self._geom_position.any() and np.array_equal(
            self._geom_axes, np.broadcast_to(np.eye(3), self._geom_axes.shape)
        )
        self._frames = (self._data.xpos[1:], self._data.xipos[1:]), (self._data.xmat[1:], self._data.ximat[1:])
        self._geom_frames = self._data.geom_xpos, self._data.geom_xmat

    def set_free(self, rows: NDArray[np.intp]) -> None:
        """Let these objects meet those that cannot move."""
        model = self._model
        for row in rows.tolist():
            mask = shapes.collision_mask(self._graph.objects[self._objects[row]])
            model.geom_conaffinity[self._body_of_geom == row] = mask
            model.body_conaffinity[row + 1] = mask
            surfaces = self._object_of_piece[model.ngeom :] == self._objects[row]
            model.flex_conaffinity[surfaces] = mask

    def near(self, poses: Poses) -> tuple[Contacts, Ints]:
        """The nearest points of each near pair, sorted by pair, and the pairs' numbers ``[K]``.

        A pair's number is the lower row in the graph, times the number of its objects, plus the higher row.
        """
        self._place(poses)
        mujoco.mj_collision(self._model, self._data)
        if not self._data.ncon:
            return NO_CONTACTS, np.zeros(0, dtype=np.int32)
        contact = self._data.contact
        pieces = contact.geom
        if self._has_surface:
            pieces = np.where(pieces >= 0, pieces, contact.flex + self._model.ngeom)
        gap = self._gaps(pieces, contact.dist)
        owners = self._object_of_piece[pieces]
        low, high = owners.min(axis=1), owners.max(axis=1)
        keys = low * len(self._graph.objects) + high
        order = np.lexsort((gap, keys))
        keys, gap = keys[order], gap[order]
        chosen = np.empty(len(keys), dtype=np.bool_)
        chosen[0] = True
        np.not_equal(keys[1:], keys[:-1], out=chosen[1:])
        if self._has_surface:  # MuJoCo's exclusions are of geoms only.
            chosen &= (low != high)[order] & ~np.isin(keys, self._excluded)
        order = order[chosen]
        owners = owners[order]
        normal = contact.frame[order, :3]
        normal[owners[:, 0] > owners[:, 1]] *= -1.0
        owners.sort(axis=1)
        return Contacts(owners, contact.pos[order], normal, gap[chosen]), keys[chosen]

    def _gaps(self, pieces: Ints, distance: FloatArray) -> FloatArray:
        """Distances ``[K]`` of pairs of pieces ``[K, 2]`` less the outer gaps; a sphere does not feel a surface's."""
        if not self._has_outer:
            return distance
        felt = self._outer[pieces] * ~(self._surface[pieces] & self._sphere[pieces[:, ::-1]])
        return np.asarray(distance - felt.sum(axis=1))

    def _place(self, poses: Poses) -> None:
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
        if self._has_surface:
            self._place_surfaces(poses)

    def _place_surfaces(self, poses: Poses) -> None:
        """Move the triangles, if their objects moved: what stands is large, and costs milliseconds."""
        rows = self._surface_rows
        now = Poses(poses.position[rows], poses.rotation[rows])
        last = self._surfaces_at
        if last is None or (now.position != last.position).any() or (now.rotation != last.rotation).any():
            mujoco.mj_flex(self._model, self._data)
            self._surfaces_at = now


def _add_surface(spec: mujoco.MjSpec, name: str, body: str, geom: shapes.Geom, options: dict[str, Any]) -> None:
    assert geom.vertices is not None
    assert geom.triangles is not None
    made = spec.add_flex()
    made.name, made.dim, made.radius, made.vertbody = name, 2, SURFACE, [body]
    turn = shapes.rotation_matrix(np.array(geom.quaternion))
    made.vert = (geom.vertices @ turn.T + np.array(geom.position)).ravel()
    made.elem = geom.triangles.ravel()
    made.selfcollide = mujoco.mjtFlexSelf.mjFLEXSELF_NONE
    made.contype, made.conaffinity, made.margin = options["contype"], options["conaffinity"], options["margin"]
