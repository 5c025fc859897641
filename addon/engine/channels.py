"""From a trace, in the world's frame, to the motion of each object in its own channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..geometry.matrices import continuous, decompose
from ..geometry.poses import rotation_matrix
from ..scene_graph import FloatArray
from ..trace import Trace
from .motions import VISIBILITY, Changes, Motion

STILL = 1e-6
"""Change of a channel that is no motion (m, and parts of a unit quaternion)."""

NEAR = 2e-5
"""Difference of two poses that are the same (m, parts of a unit quaternion and of a scale), in single precision."""

Poses = tuple[FloatArray, FloatArray, FloatArray]
"""Positions ``[F, 3]``, unit quaternions ``[F, 4]`` and scales ``[F, 3]``."""

ByObject = dict[str, dict[str, Changes]]
"""Changes by object, and by what of it changes."""


@dataclass
class Surroundings:
    """What acts on an object of F frames besides its own channels, all others being where the trace has them.

    ``above`` ``[F, 4, 4]`` takes its own channels to the world. ``shown`` ``[F, 4, 4]`` is where Blender shows it when
    nothing is done about it. ``rest`` are its own channels, one row each; None where something animates them. It is
    ``unreliable`` where Blender may evaluate it before its parent, and ``is_off`` if the timeline was seen to show it
    elsewhere whatever was tried.
    """

    above: FloatArray
    shown: FloatArray
    rest: Poses | None
    unreliable: bool = False
    is_off: bool = False


def motions_of(trace: Trace, surroundings: Mapping[str, Surroundings]) -> list[Motion]:
    """The motion of each object that Blender would not show where the trace has it.

    Objects without ``surroundings`` are taken to be free: their own channels are the world's.
    """
    changes, hidden, looks = _properties(trace), _hidden(trace), _looks(trace)
    found = []
    for name in posed_names(trace):
        present = present_of(trace, name)
        motion = _motion(name, poses_of(trace, name), present, surroundings.get(name))
        motion.present = None if present.all() else present
        found.append(motion)
    known = set(posed_names(trace))
    found += [Motion(name) for name in dict.fromkeys((*changes, *hidden, *looks)) if name not in known]
    for motion in found:
        motion.properties, motion.hidden = changes.get(motion.name, {}), hidden.get(motion.name, {})
        motion.looks = looks.get(motion.name, {})
    return [motion for motion in found if not motion.is_still]


def posed_names(trace: Trace) -> tuple[str, ...]:
    """The objects whose poses a trace has: its bodies, and what else moved."""
    return (*trace.bodies, *(trace.placed.names if trace.placed is not None else ()))


def _motion(name: str, poses: Poses, present: NDArray[np.bool_], around: Surroundings | None) -> Motion:
    if around is None:
        location, rotation, scale = poses
        rotation = continuous(rotation[:, None], rotation[:1])[:, 0]
        return Motion(name, _changing(location), _changing(rotation), _changing(scale))
    moves = any(_changing(values) is not None for values in poses)
    if np.all(shows(around.shown, poses) | ~present) and not (moves and around.unreliable):
        return Motion(name)
    own = _own(around, poses)
    location, rotation, scale = poses if own is None else own
    first = rotation[:1] if around.rest is None else around.rest[1]
    keys = location, continuous(rotation[:, None], first)[:, 0], scale
    differs = [True] * 3
    if around.rest is not None:
        differs = [bool(np.abs(now - rest).max() > STILL) for now, rest in zip(keys, around.rest, strict=True)]
    found = [now if needed or not any(differs) else None for now, needed in zip(keys, differs, strict=True)]
    return Motion(name, found[0], found[1], found[2], unparented=own is None)


def _properties(trace: Trace) -> ByObject:
    """Numbers and switches that scripts changed, by object and property, from their first value on."""
    first = {o.name: o.properties for o in trace.scene.objects}
    found: ByObject = {}
    for event in trace.events:
        if event.uid != "PropertyChanged":
            continue
        name, key = event.parameters["object_id"], event.parameters["property"]
        before, value = first.get(name, {}).get(key), event.parameters["new"]
        if _width(value) and _width(value) == _width(before):
            found.setdefault(name, {}).setdefault(key, [(0, before)]).append((event.frame, value))
    return found


def _width(value: object) -> int:
    """How many curves a property needs; none of what no curve can hold."""
    return len(value) if isinstance(value, tuple | list) else int(isinstance(value, bool | int | float))


def _looks(trace: Trace) -> ByObject:
    """What scripts changed of what is seen, by object and look, from the first value on."""
    found: ByObject = {}
    for event in trace.events:
        if event.uid == "LookChanged":
            name, look = event.parameters["object_id"], event.parameters["look"]
            changes = found.setdefault(name, {}).setdefault(look, [(0, event.parameters["old"])])
            changes.append((event.frame, event.parameters["new"]))
    return found


def _hidden(trace: Trace) -> ByObject:
    """When scripts hid objects and showed them again, by object and property."""
    found: ByObject = {}
    for event in trace.events:
        if event.uid == "PropertyChanged" and event.parameters["property"] in VISIBILITY:
            of = found.setdefault(event.parameters["object_id"], {})
            of.setdefault(event.parameters["property"], []).append((event.frame, bool(event.parameters["new"])))
    return found


def present_of(trace: Trace, name: str) -> NDArray[np.bool_]:
    """At which frames ``[F]`` an object exists."""
    if name not in trace.bodies:
        return np.ones(len(trace.position), dtype=np.bool_)
    return trace.present[:, trace.index(name)]


def poses_of(trace: Trace, name: str) -> Poses:
    """The poses of an object in the world; where it is not there or has no size, those of a frame before."""
    if name in trace.bodies:
        column = trace.index(name)
        position, quaternion, scale = trace.position[:, column], trace.quaternion[:, column], trace.scale[:, column]
    else:
        assert trace.placed is not None
        position, quaternion, scale = trace.placed.poses(name)
    present = present_of(trace, name)
    return _filled(position, present), _filled(quaternion, present & scale.any(axis=1)), _filled(scale, present)


def _filled(values: FloatArray, present: NDArray[np.bool_]) -> FloatArray:
    known = present & np.isfinite(values).all(axis=1)
    if not known.any():
        return np.broadcast_to(np.eye(1, values.shape[1]), values.shape)
    last = np.maximum.accumulate(np.where(known, np.arange(len(known)), 0))
    return values[np.where(known[last], last, np.argmax(known))]


def matrices(poses: Poses) -> FloatArray:
    """Matrices ``[F, 4, 4]`` of poses with a scale."""
    location, rotation, scale = poses
    found = np.tile(np.eye(4), (len(location), 1, 1))
    found[:, :3, :3] = rotation_matrix(rotation) * scale[:, None, :]
    found[:, :3, 3] = location
    return found


def shows(shown: FloatArray, poses: Poses) -> NDArray[np.bool_]:
    """Whether matrices ``[F, 4, 4]`` are at the poses, frame by frame ``[F]``, as far as a pose tells."""
    location, rotation, scale = poses
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = decompose(shown.transpose(0, 2, 1), np.where(scale < 0, -1.0, 1.0))
    turned = np.minimum(np.abs(seen[1] - rotation).max(axis=1), np.abs(seen[1] + rotation).max(axis=1))
    size = np.abs(scale).max(axis=1)
    moved = np.abs(seen[0] - location).max(axis=1) / np.maximum(1.0, np.abs(location).max(axis=1) / 100)
    resized = np.abs(seen[2] - scale).max(axis=1) / np.maximum(size, 1e-12)
    turned = np.where(np.abs(scale).min(axis=1) > STILL * size, turned, 0.0)  # What has no width has no direction.
    return np.asarray((moved <= NEAR) & (turned <= NEAR) & (resized <= NEAR))


def _own(around: Surroundings, poses: Poses) -> Poses | None:
    """Poses in the frame of the object's own channels; None where these cannot hold them, being sheared."""
    world = matrices(poses)
    if around.unreliable or np.linalg.cond(around.above).max() > 1e9:
        return None
    local = np.linalg.inv(around.above) @ world
    signs = np.ones((len(local), 3))
    if around.rest is not None:
        signs[:] = np.where(around.rest[2] < 0, -1.0, 1.0)
    signs[:, 0] *= np.where(signs.prod(axis=1) * np.linalg.det(local[:, :3, :3]) < 0, -1.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        location, rotation, scale = decompose(local.transpose(0, 2, 1), signs)
    own = location, _filled(rotation, scale.any(axis=1)), scale
    skew = np.abs(around.above @ matrices(own) - world)[:, :3, :3].max(axis=(1, 2))
    return own if np.all(skew <= NEAR * np.abs(poses[2]).max(axis=1)) else None


def _changing(values: FloatArray) -> FloatArray | None:
    return values if np.ptp(values, axis=0).max(initial=0.0) > STILL else None
