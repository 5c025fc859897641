"""From a trace, in the world's frame, to the motion of each object in its own channels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..geometry.matrices import continuous, decompose
from ..geometry.poses import rotation_matrix
from ..scene_graph import FloatArray
from ..trace import Trace
from .motions import Motion

STILL = 1e-6
"""Change of a channel that is no motion (m, and parts of a unit quaternion)."""

Poses = tuple[FloatArray, FloatArray, FloatArray]
Changes = dict[str, list[tuple[int, float | bool]]]


def motions_of(trace: Trace, offsets: Mapping[str, FloatArray]) -> list[Motion]:
    """The motion of each object that a run changed.

    ``offsets`` has a matrix for each object with a parent: ``matrix_parent_inverse`` ``[4, 4]`` where the parent is a
    body of the trace, else the matrices ``[F, 4, 4]`` from the object's own channels to the world.
    """
    parents = {o.name: o.parent for o in trace.scene.objects}
    changes = _properties(trace)
    found = []
    for column, name in enumerate(trace.bodies):
        poses = _poses(trace, column)
        if name in offsets:
            parent = parents[name]
            above = offsets[name] if parent not in trace.bodies else _matrices(*_poses(trace, trace.index(parent)))
            above = above @ offsets[name] if parent in trace.bodies else above
            poses = _own(above, poses)
        location, rotation, scale = poses
        rotation = continuous(rotation[:, None], rotation[:1])[:, 0]
        motion = Motion(name, _changing(location), _changing(rotation), _changing(scale))
        present = trace.present[:, column]
        motion.present = None if present.all() else present
        motion.properties = changes.pop(name, {})
        found.append(motion)
    found += [Motion(name, properties=properties) for name, properties in changes.items()]
    return [motion for motion in found if not motion.is_still]


def _properties(trace: Trace) -> dict[str, Changes]:
    """Numbers and switches that scripts changed, by object and property, from their first value on."""
    first = {o.name: o.properties for o in trace.scene.objects}
    found: dict[str, Changes] = {}
    for event in trace.events:
        if event.uid != "PropertyChanged":
            continue
        name, key = event.parameters["object_id"], event.parameters["property"]
        before, value = first.get(name, {}).get(key), event.parameters["new"]
        if isinstance(value, bool | int | float) and isinstance(before, bool | int | float):
            found.setdefault(name, {}).setdefault(key, [(0, before)]).append((event.frame, value))
    return found


def _poses(trace: Trace, column: int) -> Poses:
    """Position, rotation and scale of a body in the world; where it is not there, those of the frame before."""
    known = trace.present[:, column]
    last = np.maximum.accumulate(np.where(known, np.arange(len(known)), 0))
    rows = np.where(known[last], last, np.argmax(known))
    return trace.position[rows, column], trace.quaternion[rows, column], trace.scale[rows, column]


def _matrices(location: FloatArray, rotation: FloatArray, scale: FloatArray) -> FloatArray:
    """Matrices ``[F, 4, 4]`` of poses with a scale."""
    found = np.tile(np.eye(4), (len(location), 1, 1))
    found[:, :3, :3] = rotation_matrix(rotation) * scale[:, None, :]
    found[:, :3, 3] = location
    return found


def _own(above: FloatArray, poses: Poses) -> Poses:
    """Poses in the frame that ``above`` ``[F, 4, 4]`` takes to the world."""
    matrices = np.linalg.inv(above) @ _matrices(*poses)
    signs = np.ones((len(matrices), 3))
    signs[:, 0] = np.sign(np.linalg.det(matrices[:, :3, :3]))
    return decompose(matrices.transpose(0, 2, 1), signs)


def _changing(values: FloatArray) -> FloatArray | None:
    return values if np.ptp(values, axis=0).max(initial=0.0) > STILL else None
