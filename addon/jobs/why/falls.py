"""Bodies that fell out of the scene: through something that nothing touches, through what is too thin, or past all."""

from __future__ import annotations

import math

import numpy as np

from ...geometry.contacts.shapes import collision_mask
from ...scene_graph import SceneObject, world_bounds
from .case import Case
from .cause import Cause
from .flights import Flight, bounds
from .mends import Floor, Mend, Substeps, colliding, passive

MOST_SUBSTEPS = 200
FLAT = 0.5
"""Metres: what a new floor is thick."""


def why_fell(case: Case, flight: Flight) -> list[Cause]:
    """Why nothing held a body that fell out of the scene."""
    if not flight.fell:
        return []
    crossed = _crossed(case, flight)
    if crossed is None:
        return [_no_floor(case, flight)]
    obj, frame = crossed
    cause = _through(case, flight, obj, frame)
    return [] if cause is None else [cause]


def _crossed(case: Case, flight: Flight) -> tuple[SceneObject, int] | None:
    """The first thing whose box the body's middle fell through, from above to below, and the frame at which it was
    below; None if it fell through none."""
    place, first = case.place(flight.name), None
    for other in case.trace.bodies:
        if other == flight.name or not case.has(other) or case.moved(other):
            continue
        low, high = world_bounds(case.objects[other])
        above, below = place[:-1], place[1:]
        # It may get from above to below within several frames.
        over = np.flatnonzero(above[:, 2] >= high[2])
        under = np.flatnonzero(below[:, 2] < low[2]) + 1
        for start in over[-1:]:
            frame = next((int(f) for f in under if f > start), None)
            if frame is None:
                continue
            middle = place[start : frame + 1, :2]
            if ((middle > low[:2]) & (middle < high[:2])).all() and (first is None or frame < first[1]):
                first = case.objects[other], frame
    return first


def _through(case: Case, flight: Flight, obj: SceneObject, frame: int) -> Cause | None:
    """Why a body fell through a thing."""
    name, lead = flight.name, f"{flight.name} fell through {obj.name} {case.at(frame)}"
    mends: tuple[Mend, ...]
    if obj.body is None:
        text, mends = f"{lead}: {obj.name} has no rigid body, so nothing can lie on it.", (passive(obj.name),)
    elif not collision_mask(obj) & collision_mask(case.objects[name]):
        text = f"{lead}: they have no collision collection in common, so they pass through each other."
        mends = (colliding(obj, case.objects[name]),)
    elif case.touching(name, obj.name)[: frame + 1].any() and not _is_thin(case, flight, obj, frame):
        return None
    else:
        return _too_fast(case, flight, obj, frame)
    return Cause(kind="through", text=text, frame=frame, objects=(name, obj.name), mends=mends)


def _thickness(case: Case, flight: Flight, obj: SceneObject) -> float:
    """Metres within which a body has to be seen by physics so as to meet a thing."""
    low, high = world_bounds(obj)
    own = case.objects[flight.name].dimensions
    return float(high[2] - low[2]) / 2 + min(own) / 2


def _is_thin(case: Case, flight: Flight, obj: SceneObject, frame: int) -> bool:
    return _step(case, flight, frame) > _thickness(case, flight, obj)


def _step(case: Case, flight: Flight, frame: int) -> float:
    """How far the body got in a substep just before a frame, in m."""
    speed = float(np.linalg.norm(case.velocity(flight.name)[max(frame - 1, 0)]))
    return speed / case.fps / case.graph.world.substeps


def _too_fast(case: Case, flight: Flight, obj: SceneObject, frame: int) -> Cause | None:
    """That it got farther in a substep than both are thick."""
    step, thick = _step(case, flight, frame), _thickness(case, flight, obj)
    if step <= thick:
        return None
    count = math.ceil(case.graph.world.substeps * 4 * step / thick)
    text = (
        f"{flight.name} fell through {obj.name} {case.at(frame)}: it got {100 * step:.2g} cm in a substep of physics, "
        f"more than the {100 * thick:.2g} cm within which the two have to be seen to meet. More substeps or thicker "
        "things hold it."
    )
    mends = (Substeps(words=f"take {count} substeps", count=count),) if count <= MOST_SUBSTEPS else ()
    return Cause(kind="thin", text=text, frame=frame, objects=(flight.name, obj.name), mends=mends)


def _no_floor(case: Case, flight: Flight) -> Cause:
    """That nothing was below it."""
    low, high = bounds(case)
    runs = [(last, pair) for pair, spans in case.touches.items() if flight.name in pair for _, last in spans]
    place = case.place(flight.name)
    where = place[flight.frame]
    reach = 2.0 * np.abs(place[: flight.frame + 1, :2] - where[:2]).max() + float(np.linalg.norm(high - low))
    middle = (float(where[0]), float(where[1]), round(float(low[2]), 3))
    size = (float(math.ceil(2 * reach)), float(math.ceil(2 * reach)), FLAT)
    mend = Floor(words="add a floor", middle=middle, size=size)
    if runs:
        last, pair = max(runs, key=lambda run: run[0])
        other = next(iter(pair - {flight.name}))
        text = f"{flight.name} left {other} {case.at(last)}, and there is nothing below it to fall on."
        return Cause(kind="floor", text=text, frame=last, objects=(flight.name, other), mends=(mend,))
    text = f"{flight.name} fell from the start, and there is nothing below it to fall on."
    return Cause(kind="floor", text=text, frame=0, objects=(flight.name,), mends=(mend,))
