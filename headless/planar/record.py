"""A planar run without a script as a trace, recorded as fast as Python reads Box2D.

What is slow is to read contacts, so that only what is asked for is read. The run is that of `addon.jobs.rollout`, which
asks for everything in every step.
"""

from __future__ import annotations

from typing import Any, Literal

import Box2D as b2  # noqa: N813
import numpy as np
from numpy.typing import NDArray

from addon.scene_graph import FloatArray, SceneGraph
from addon.trace import ContactColumns, Event, Trace, TraceMeta, collision_events, without_gaps

from .blueprint import Blueprint
from .contacts import contact_rows
from .engine import OWN, SCHEME, box2d_build
from .goal import Task

Detail = Literal["none", "onsets", "all"]
"""Which contacts are read: none; all pairs, but points and normals only as they were when a touch began; all."""

ONSETS = f"{SCHEME}; points and normals are those of a touch's beginning"

Poses = list[tuple[float, ...]]


def record(blueprint: Blueprint, steps: int, detail: Detail = "onsets") -> Trace:
    """The trace of a run of so many steps; once nothing moves any more the rest is not stepped but filled up."""
    run = _Run(blueprint, steps, detail)
    run.go()
    return run.trace()


class _Run:
    def __init__(self, blueprint: Blueprint, steps: int, detail: Detail) -> None:
        self.blueprint, self.steps, self.detail = blueprint, steps, detail
        self.world, self.bodies = blueprint.build()
        self.task = Task(blueprint, self.bodies)
        self.pieces = [() if plan is None else plan.pieces for plan in blueprint.bodies]
        moves = [b is not None and b.type != b2.b2_staticBody for b in self.bodies]
        self.moving = [i for i, moved in enumerate(moves) if moved]
        self.poses: list[Poses] = [[_pose(self.bodies[i])] for i in self.moving]
        self.rows: list[tuple[float, ...]] = []
        self.done = 0
        self.begun: dict[tuple[int, int], list[tuple[float, ...]]] = {}

    def go(self) -> None:
        advance = self.blueprint.stepper(self.world)
        followed = [(self.bodies[i], rows) for i, rows in zip(self.moving, self.poses, strict=True)]
        asleep = [False] * len(followed)
        for step in range(1, self.steps + 1):
            advance()
            for k, (body, rows) in enumerate(followed):
                slept, asleep[k] = asleep[k], not body.awake
                rows.append(rows[-1] if slept and asleep[k] else _pose(body))
            if self.detail != "none":
                self._touch(step)
            self.task.look(step)
            self.done = step
            if all(asleep):
                break

    def _touch(self, step: int) -> None:
        """Keep what touches after a step."""
        before, self.begun = self.begun, {}
        for contact in self.world.contacts:
            if not contact.touching:
                continue
            a, b = contact.fixtureA.body.userData, contact.fixtureB.body.userData
            pair = (a, b) if a < b else (b, a)
            known = before.get(pair) if self.detail == "onsets" else None
            if known is not None:
                self.begun[pair] = known
            else:
                self.begun.setdefault(pair, []).extend(contact_rows(contact, self.pieces))
        self.rows += [(step, *row) for pair in sorted(self.begun) for row in sorted(self.begun[pair])]

    def trace(self) -> Trace:
        graph = self.blueprint.graph
        columns = self._columns()
        position, quaternion, velocity, spin = self._arrays(graph)
        meshes = np.array([i for i, o in enumerate(graph.objects) if o.geometry is not None], dtype=np.intp)
        frames, scale = self.steps + 1, np.array([o.scale for o in graph.objects]).reshape(-1, 3)
        trace = Trace(
            meta=self._meta(graph),
            bodies=tuple(graph.objects[i].name for i in meshes),
            present=np.ones((frames, len(meshes)), dtype=np.bool_),
            position=position[:, meshes],
            quaternion=quaternion[:, meshes],
            scale=np.tile(scale[meshes], (frames, 1, 1)),
            velocity=velocity[:, meshes],
            angular_velocity=spin[:, meshes],
            volume=np.tile((self.blueprint.volumes * np.abs(scale).prod(axis=1))[meshes], (frames, 1)),
            contacts=_of_meshes(columns, meshes, len(graph.objects)),
            events=[],
        )
        trace.contacts = without_gaps(trace.contacts, trace.present, trace.meta)
        trace.events = sorted(
            [*collision_events(trace), self._complete(trace.meta.fps)],
            key=lambda e: (e.frame, e.uid != "TaskComplete"),
        )
        return trace

    def _complete(self, fps: float) -> Event:
        """Whether the task was done; of what lies still, what touches goes on to touch."""
        for step in range(self.done + 1, self.steps + 1):
            self.task.look(step)
        done_at = self.task.done_at
        end = self.steps if done_at is None else done_at
        success = self.task.goal is None or done_at is not None
        return Event(uid="TaskComplete", frame=end, time=end / fps, parameters={"success": success})

    def _meta(self, graph: SceneGraph) -> TraceMeta:
        scheme = {"none": "not recorded", "onsets": ONSETS, "all": SCHEME}[self.detail]
        world = graph.world
        return TraceMeta.model_construct(
            title=graph.name,
            velocities=OWN,
            contacts=scheme,
            fps=world.fps,
            substeps=world.substeps,
            seed=0,
            steps=self.steps,
            engine=box2d_build(),
            scene=graph,
        )

    def _arrays(self, graph: SceneGraph) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Positions, quaternions, velocities and spins of all objects over all frames."""
        frames = self.steps + 1
        position = np.tile(np.array([o.location for o in graph.objects]), (frames, 1, 1))
        quaternion = np.tile(np.array([o.rotation for o in graph.objects]), (frames, 1, 1))
        velocity, spin = np.zeros_like(position), np.zeros_like(position)
        for i, rows in zip(self.moving, self.poses, strict=True):
            own = np.array(rows)
            own = np.concatenate([own, np.tile(own[-1:], (frames - len(own), 1))])
            x, z, angle, vx, vz, turning = own.T
            position[1:, i, 0], position[1:, i, 2] = x[1:], z[1:]
            quaternion[1:, i] = 0.0
            quaternion[1:, i, 0], quaternion[1:, i, 2] = np.cos(angle[1:] / 2), -np.sin(angle[1:] / 2)
            cx, cz = self.bodies[i].localCenter
            velocity[:, i, 0] = vx + turning * (np.sin(angle) * cx + np.cos(angle) * cz)
            velocity[:, i, 2] = vz - turning * (np.cos(angle) * cx - np.sin(angle) * cz)
            spin[:, i, 1] = -turning
        return position, quaternion, velocity, spin

    def _columns(self) -> ContactColumns:
        """The contacts, those after the last step repeated to the end of the run."""
        if not self.rows:
            return ContactColumns.empty()
        rows = np.array(self.rows)
        last = rows[rows[:, 0] == self.done]
        more = np.repeat(np.arange(self.done + 1, self.steps + 1), len(last))
        filled = np.tile(last, (self.steps - self.done, 1))
        filled[:, 0] = more
        rows = np.concatenate([rows, filled])
        flat = np.zeros(len(rows))
        return ContactColumns(
            frame=rows[:, 0].astype(np.int32),
            a=rows[:, 1].astype(np.int32),
            b=rows[:, 2].astype(np.int32),
            point=np.column_stack([rows[:, 3], flat, rows[:, 4]]),
            normal=np.column_stack([rows[:, 5], flat, rows[:, 6]]),
            distance=rows[:, 7],
            impulse=rows[:, 8],
        )


def _pose(body: Any) -> tuple[float, ...]:
    """Position, angle, the velocity of the centre of mass and the spin."""
    position, velocity = body.position, body.linearVelocity
    return position.x, position.y, body.angle, velocity.x, velocity.y, body.angularVelocity


def _of_meshes(columns: ContactColumns, meshes: NDArray[np.intp], objects: int) -> ContactColumns:
    """The contacts with columns of bodies in the place of objects' indices."""
    column = np.full(objects, -1, dtype=np.int32)
    column[meshes] = np.arange(len(meshes))
    columns.a, columns.b = column[columns.a], column[columns.b]
    return columns
