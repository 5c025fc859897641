"""Spatial relations between objects, computed from their world-space bounding boxes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .models import Relation, RelationKind, SceneGraph, SceneObject
from .shapes import Primitive
from .state import FloatArray
from .windows import in_windows

Indices = NDArray[np.intp]

TOUCH_GAP = 0.01
"""Bounding boxes nearer than this (m) count as touching; rigid bodies rest within their margins."""

OVERLAP = 0.05
"""Share of the smaller footprint that must lie over the other object for ``supports`` and ``above``."""

ROUNDING = 1e-9
"""Share by which windows are wider than sums of floats need."""


def world_bounds(obj: SceneObject) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest corner (two ``[3]`` arrays, m) of the bounding box along the world axes."""
    location = np.asarray(obj.location)
    if obj.geometry is None:
        return location, location
    scale = np.asarray(obj.scale)
    if isinstance(obj.geometry, Primitive):
        half = np.abs(np.asarray(obj.geometry.dimensions) * scale) / 2
        if obj.geometry.kind == "sphere" and np.ptp(half) < 1e-9:
            return location - half, location + half
        reach = np.abs(_matrix(obj.rotation)) @ half
        return location - reach, location + reach
    points = (np.asarray(obj.geometry.vertices) * scale) @ _matrix(obj.rotation).T + location
    return points.min(axis=0), points.max(axis=0)


def scene_size(graph: SceneGraph) -> float:
    """The unit in metres of rewards' ``threshold_strength``: the width of a plane's field (Discovering High Level
    Patterns, Listing 2), else the diagonal of the box around all meshes."""
    plane = graph.world.plane
    if plane is not None and plane.size is not None:
        return plane.size[0] * plane.meters_per_unit
    boxes = [world_bounds(o) for o in graph.objects if o.geometry is not None]
    low = np.min([b[0] for b in boxes], axis=0)
    high = np.max([b[1] for b in boxes], axis=0)
    return float(np.linalg.norm(high - low))


def _matrix(rotation: tuple[float, float, float, float]) -> FloatArray:
    w, x, y, z = rotation
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def compute_relations(graph: SceneGraph) -> tuple[Relation, ...]:
    """All relations between meshes that are near each other, in graph order.

    Directions are the world's: above is +z, left is -x, in front is -y. Two objects are near when the
    gap between their boxes is at most the largest extent of the smaller one.
    """
    objects = [o for o in graph.objects if o.geometry is not None]
    if not objects:
        return ()
    low, high = (np.array(corners) for corners in zip(*map(world_bounds, objects), strict=True))
    a, b = _near_pairs(low, high)
    holds, forward = _kinds(low[a], high[a], low[b], high[b])
    names = [o.name for o in objects]
    pair, kind = np.nonzero(holds)
    forward = forward[pair, kind]
    subject, target = np.where(forward, a[pair], b[pair]), np.where(forward, b[pair], a[pair])
    rows = zip(kind.tolist(), subject.tolist(), target.tolist(), strict=True)
    return tuple(Relation(kind=_KINDS[k], subject=names[i], object=names[j]) for k, i, j in rows)


def _near_pairs(low: FloatArray, high: FloatArray) -> tuple[Indices, Indices]:
    """Rows of the boxes ``[N, 3]`` that are near each other, the lower row of each pair first, in order."""
    extent = np.max(high - low, axis=1)
    axis = int(np.argmax(np.std(low + high, axis=0)))
    order = np.argsort(low[:, axis], kind="stable")
    start, end = low[order, axis], (high[:, axis] + extent)[order]
    found = [np.zeros((0, 2), dtype=np.intp)]
    for one, other in in_windows(start, start, end + ROUNDING * np.abs(end)):
        pairs = np.sort(order[np.stack([one, other], axis=1)[one < other]], axis=1)
        a, b = pairs.T
        gap = np.maximum(low[a] - high[b], low[b] - high[a]).max(axis=1)
        found.append(pairs[gap <= np.minimum(extent[a], extent[b])])
    a, b = np.concatenate(found).T
    in_order = np.lexsort((b, a))
    return a[in_order], b[in_order]


_KINDS: tuple[RelationKind, ...] = ("inside", "inside", "touches", "above", "supports", "left_of", "in_front_of")


def _kinds(
    low_a: FloatArray, high_a: FloatArray, low_b: FloatArray, high_b: FloatArray
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For pairs of boxes ``[K, 3]``, which of `_KINDS` hold ``[K, 7]``, and whether from the first to the second."""
    gap = np.maximum(low_a - high_b, low_b - high_a)
    a_in_b = np.all((low_a >= low_b - TOUCH_GAP) & (high_a <= high_b + TOUCH_GAP), axis=1)
    b_in_a = np.all((low_b >= low_a - TOUCH_GAP) & (high_b <= high_a + TOUCH_GAP), axis=1) & ~a_in_b
    apart = ~a_in_b & ~b_in_a
    overlap = np.minimum(high_a, high_b)[:, :2] - np.maximum(low_a, low_b)[:, :2]
    footprint = np.minimum(high_a - low_a, high_b - low_b)[:, :2]
    above = apart & np.all(overlap > OVERLAP * footprint, axis=1) & (gap[:, 2] > -TOUCH_GAP)
    a_is_higher = low_a[:, 2] - high_b[:, 2] >= low_b[:, 2] - high_a[:, 2]
    onward = np.ones(len(gap), dtype=np.bool_)
    holds: dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_]]] = {
        "a inside b": (a_in_b, onward),
        "b inside a": (b_in_a, ~onward),
        "touches": (apart & (gap.max(axis=1) <= TOUCH_GAP), onward),
        "above": (above, a_is_higher),
        "supports": (above & (gap[:, 2] <= TOUCH_GAP), ~a_is_higher),
        "left of": (apart & (gap[:, 0] > 0), high_a[:, 0] <= low_b[:, 0]),
        "in front of": (apart & (gap[:, 1] > 0), high_a[:, 1] <= low_b[:, 1]),
    }
    return (
        np.stack([which for which, _ in holds.values()], axis=1),
        np.stack([forward for _, forward in holds.values()], axis=1),
    )


def with_relations(graph: SceneGraph) -> SceneGraph:
    """The same graph with its relations computed anew."""
    return graph.model_copy(update={"relations": compute_relations(graph)})
