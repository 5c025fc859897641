"""Spatial relations between objects, computed from their world-space bounding boxes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from .models import Primitive, Relation, RelationKind, SceneGraph, SceneObject
from .state import FloatArray

TOUCH_GAP = 0.01
"""Bounding boxes nearer than this (m) count as touching; rigid bodies rest within their margins."""

OVERLAP = 0.05
"""Share of the smaller footprint that must lie over the other object for ``supports`` and ``above``."""


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
    boxes = [(o.name, *world_bounds(o)) for o in graph.objects if o.geometry is not None]
    found: list[Relation] = []
    for (name_a, low_a, high_a), (name_b, low_b, high_b) in combinations(boxes, 2):
        gap = np.maximum(low_a - high_b, low_b - high_a)
        if np.max(gap) > min(np.max(high_a - low_a), np.max(high_b - low_b)):
            continue
        found.extend(_pair(name_a, low_a, high_a, name_b, low_b, high_b, gap))
    return tuple(found)


def _pair(
    name_a: str,
    low_a: FloatArray,
    high_a: FloatArray,
    name_b: str,
    low_b: FloatArray,
    high_b: FloatArray,
    gap: FloatArray,
) -> Iterator[Relation]:
    def relation(kind: RelationKind, forward: bool) -> Relation:
        subject, target = (name_a, name_b) if forward else (name_b, name_a)
        return Relation(kind=kind, subject=subject, object=target)

    if np.all(low_a >= low_b - TOUCH_GAP) and np.all(high_a <= high_b + TOUCH_GAP):
        yield relation("inside", True)
        return
    if np.all(low_b >= low_a - TOUCH_GAP) and np.all(high_b <= high_a + TOUCH_GAP):
        yield relation("inside", False)
        return
    if np.max(gap) <= TOUCH_GAP:
        yield relation("touches", True)
    overlap = np.minimum(high_a, high_b)[:2] - np.maximum(low_a, low_b)[:2]
    footprint = np.minimum(high_a - low_a, high_b - low_b)[:2]
    if np.all(overlap > OVERLAP * footprint) and gap[2] > -TOUCH_GAP:
        a_is_higher = low_a[2] - high_b[2] >= low_b[2] - high_a[2]
        yield relation("above", a_is_higher)
        if gap[2] <= TOUCH_GAP:
            yield relation("supports", not a_is_higher)
    if gap[0] > 0:
        yield relation("left_of", bool(high_a[0] <= low_b[0]))
    if gap[1] > 0:
        yield relation("in_front_of", bool(high_a[1] <= low_b[1]))


def with_relations(graph: SceneGraph) -> SceneGraph:
    """The same graph with its relations computed anew."""
    return graph.model_copy(update={"relations": compute_relations(graph)})
