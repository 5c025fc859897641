"""What is told of a run in a plane: bodies that start in each other, leave the field, or ask too much of Box2D."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..geometry.plane import Pose, lie_in_each_other, pieces_of
from ..scene_graph import SceneObject, is_fixed, plane_angle
from ..trace import Trace

FASTEST = 2.0
"""How far, in m, Box2D moves a body in a step, at most."""

SMALL = 0.1
"""The least extent, in m, of a body that Box2D holds true: it keeps bodies apart by a skin of 1 cm."""


def remarks(trace: Trace) -> tuple[str, ...]:
    """A sentence for each thing of a run in a plane that is worth a word; none in space."""
    if trace.scene.world.plane is None:
        return ()
    return (*_small(trace), *_overlapping(trace), *_too_fast(trace), *_outside(trace))


def _outside(trace: Trace) -> Iterator[str]:
    """Bodies whose origin leaves the field, at the first frame of it."""
    plane = trace.scene.world.plane
    if plane is None or plane.size is None:
        return
    place = trace.position[:, :, [0, 2]] / plane.meters_per_unit
    inside = ((place >= 0) & (place <= plane.size)).all(axis=2) | ~trace.present
    for body in np.flatnonzero(trace.masses > 0):
        out = np.flatnonzero(~inside[:, body])
        if len(out):
            width, height = plane.size
            when = _when(trace, int(out[0]))
            yield f"{trace.bodies[body]} is outside of the field of {width:g} by {height:g} units {when}"


def _when(trace: Trace, frame: int) -> str:
    return f"at frame {frame} ({frame / trace.meta.fps:.2f} s)" if frame else "from the start"


def _too_fast(trace: Trace) -> Iterator[str]:
    """Bodies that were held back, for Box2D moves none by more than `FASTEST` in a step."""
    step = trace.scene.world.dt * trace.scene.world.time_scale
    if step <= 0:
        return
    most = FASTEST / step
    speed = np.linalg.norm(np.nan_to_num(trace.velocity), axis=2)
    for body in np.flatnonzero(trace.masses > 0):
        fast = np.flatnonzero(speed[:, body] > 0.999 * most)
        if len(fast):
            when = _when(trace, int(fast[0]))
            yield (
                f"{trace.bodies[body]} is as fast as Box2D lets it be, {most:.4g} m/s or {FASTEST:g} m a step, {when}; "
                "give the world a higher fps"
            )


def _small(trace: Trace) -> Iterator[str]:
    for obj in trace.scene.objects:
        if obj.name in trace.bodies and obj.body is not None and not is_fixed(obj):
            least = min(obj.dimensions[0], obj.dimensions[2])
            if least < SMALL:
                yield f"{obj.name} is only {least:.3g} m: Box2D keeps bodies 1 cm apart; make the scene larger"


def _overlapping(trace: Trace) -> Iterator[str]:
    """Bodies that lie in each other at the start, and are pushed apart."""
    solid = [obj for obj in trace.scene.objects if obj.body is not None and obj.geometry is not None]
    pieces = [pieces_of(obj) for obj in solid]
    poses = [_pose(obj) for obj in solid]
    for j, other in enumerate(solid):
        for i, one in enumerate(solid[:j]):
            if is_fixed(one) and is_fixed(other):
                continue
            if lie_in_each_other(pieces[i], poses[i], pieces[j], poses[j]):
                inner, outer = (other, one) if is_fixed(one) else (one, other)
                yield f"{inner.name} lies in {outer.name} at the start, and is pushed out"


def _pose(obj: SceneObject) -> Pose:
    return obj.location[0], obj.location[2], plane_angle(obj.rotation)
