"""Whether bodies keep their volume and shape (Code as Dynamics, Section IV-C)."""

from __future__ import annotations

import numpy as np

from ..scene_graph import FloatArray
from ..scene_graph.elements import DEFORMING
from ..trace import Trace

LEAST_SHARE = 1e-3
"""Share of a body's greatest volume that counts as a volume of its own."""


def volume_drift(trace: Trace) -> FloatArray:
    """Largest relative change of volume of each body ``[B]`` in %, against its first recorded frame.

    It is 0 for what has no volume to speak of at first: flat meshes, and what grows from nothing; and for cloth and
    soft bodies, which are no rigid things and have measures of their own.
    """
    if not trace.volume.size:
        return np.zeros(len(trace.bodies))
    first = _first(trace, trace.volume)
    greatest = np.max([np.nan_to_num(stretch.volume).max(axis=0) for stretch in trace.stretches()], axis=0)
    first = np.where(first > LEAST_SHARE * greatest, first, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        drifts = [
            np.nan_to_num(np.abs(stretch.volume / first - 1.0) * 100.0).max(axis=0) for stretch in trace.stretches()
        ]
    deforming = {o.name for o in trace.scene.objects if any(isinstance(e, DEFORMING) for e in o.elements)}
    rigid = np.array([name not in deforming for name in trace.bodies])
    return np.asarray(np.where(rigid, np.max(drifts, axis=0), 0.0))


def shape_iou(trace: Trace) -> FloatArray:
    """Overlap ``[F, B]`` of each body's shape with its first one, both in the body's own frame; 1 means the same shape.

    A rigid motion leaves it at 1 whatever the pose. For a change of scale the exact overlap of the bounding boxes
    along the body's axes is given: intersection by union of two boxes with a common centre. What is nothing stays the
    same as nothing.
    """
    first = np.abs(_first(trace, trace.scale))
    return np.concatenate([_overlap(first, np.abs(stretch.scale)) for stretch in trace.stretches()])


def _overlap(first: FloatArray, now: FloatArray) -> FloatArray:
    """The same of scales ``[F, B, 3]``, without signs."""
    intersection = np.prod(np.minimum(now, first), axis=2)
    union = np.prod(now, axis=2) + np.prod(first, axis=1) - intersection
    return np.asarray(np.divide(intersection, union, out=np.ones_like(union), where=union != 0.0))


def _first(trace: Trace, values: FloatArray) -> FloatArray:
    """Each body's value at the first frame at which it is present."""
    frames = np.argmax(trace.present, axis=0)
    return np.asarray(values[frames, np.arange(len(trace.bodies))])
