"""A camera that follows: where what acts leaves the view in a run, the way on which it stays in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..geometry.poses import rotation_matrix
from ..scene_graph import Animation, Camera, FloatArray
from ..scene_graph.base import Vec3
from ..trace import Trace
from .layout import surface
from .manifest import Manifest
from .places import Placed
from .shot import FILLED, HIGH, KEY_EVERY, WIDE, Eye, acting_names, eye_of

WITHIN = 0.95
"""Share of the picture beyond which the middle of a thing has left the view."""

INSIDE = 0.9
"""Share of the picture within which a camera that follows has all that acts."""

CALM = 0.3
"""Seconds over which the way of a camera is evened out."""

ABOVE = 0.4
"""How far in m a camera stays above the ground."""

STILL = 1.6
"""How much farther off than at the start a camera stands at most that sees all of a run from one place."""

MOVED = 0.01
"""From how many m of way on a thing has moved."""

FARTHEST = 4.0
"""How much farther off than at the start a camera goes at most to have all in view."""


def following(manifest: Manifest, camera: Camera, ground: Placed, trace: Trace) -> Camera:
    """The camera of a still view that has all that acts in view for the whole run; the same where nothing leaves it.

    It stands somewhat farther off where that is enough, else it has a path on which only its place changes, evenly:
    between two keys it goes straight. What is deformed counts by its bounds.
    """
    names = [*(name for group in acting_names(manifest) for name in group), *_moved(manifest, trace)]
    keys = np.unique(np.append(np.arange(0, len(trace.position), KEY_EVERY), len(trace.position) - 1))
    corners = [points for name in names if (points := _corners(trace, name, keys)) is not None]
    if manifest.view != "still" or camera.path is not None or not corners or len(keys) < 2:
        return camera
    eye, start = eye_of(), np.array(camera.location)
    everywhere = np.concatenate([points.reshape(-1, 3) for points in corners])
    if (np.abs(eye.seen(everywhere, start)) <= 1.0).all():
        return camera
    usual = float((np.mean([points[0].mean(axis=0) for points in corners], axis=0) - start) @ eye.ahead)
    corners = _kept(eye, usual, corners)
    everywhere = np.concatenate([points.reshape(-1, 3) for points in corners])
    if (np.abs(eye.seen(everywhere, start)) <= 1.0).all():
        return camera
    whole = eye.fit(np.concatenate([everywhere, start + usual * _frame(eye)]))
    if float((start - whole) @ eye.ahead) <= (STILL - 1.0) * usual:
        return camera.model_copy(update={"location": _vec(whole)})
    if all(_is_seen(eye, points, start).all() for points in corners):
        return camera
    now = [[points[k] for points in corners] for k in range(len(keys))]
    places = np.array([_place(eye, start, usual, things) for things in now])
    evened = _even(places, round(CALM * trace.meta.fps / KEY_EVERY))
    places = np.array([_back(eye, *three) for three in zip(evened, places, now, strict=True)])
    places[:, 2] = np.maximum(places[:, 2], _floor(ground, places) + ABOVE)
    path = Animation(
        steps=tuple(int(k) for k in keys),
        location=tuple(_vec(place) for place in places),
        rotation=(camera.rotation,) * len(keys),
        scale=((1.0, 1.0, 1.0),) * len(keys),
    )
    return camera.model_copy(update={"location": path.location[0], "path": path})


def _kept(eye: Eye, usual: float, corners: Sequence[FloatArray]) -> list[FloatArray]:
    """The things that can be seen together in all of a run; what goes so far from the others that these would be lost
    leaves the view, the one first that goes farthest."""
    kept = list(corners)

    def farthest() -> float:
        together = np.concatenate(kept, axis=1)
        return max(float((points.mean(axis=0) - eye.fit(points)) @ eye.ahead) for points in together)

    while len(kept) > 1 and farthest() > FARTHEST * usual:
        ways = [float(np.linalg.norm(np.ptp(points.mean(axis=1), axis=0))) for points in kept]
        del kept[int(np.argmax(ways))]
    return kept


def _moved(manifest: Manifest, trace: Trace) -> Iterator[str]:
    """What others act upon, and moves by that."""
    doing = {name for group in acting_names(manifest) for name in group}
    for to in dict.fromkeys(happening.to for happening in manifest.happenings if happening.to is not None):
        for name in manifest.subject(to).names:
            if name in trace.bodies and name not in doing:
                way = trace.position[:, trace.index(name)]
                if np.linalg.norm(way - way[0], axis=1).max() > MOVED:
                    yield name


def _frame(eye: Eye) -> FloatArray:
    """The corners of what things fill of the picture at most, 1 m off ``[4, 3]``."""
    return np.array(
        [
            eye.ahead + FILLED * (across * WIDE * eye.right + up * HIGH * eye.up)
            for across in (-1.0, 1.0)
            for up in (-1.0, 1.0)
        ]
    )


def _corners(trace: Trace, name: str, frames: FloatArray) -> FloatArray | None:
    """The corners of a thing's bounds at some frames ``[K, 8, 3]``; None for what the trace has not."""
    signs = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
    if trace.deformed is not None and name in trace.deformed.names:
        j = trace.deformed.index(name)
        low, high = trace.deformed.low[frames, j][:, None], trace.deformed.high[frames, j][:, None]
        return np.asarray(low + signs * (high - low))
    if name not in trace.bodies:
        return None
    j, thing = trace.index(name), trace.scene.object(name)
    half = np.array(thing.dimensions) / 2 / np.array(thing.scale)
    own = (2 * signs - 1) * half * trace.scale[frames, j][:, None]
    turned = np.einsum("kij,kcj->kci", rotation_matrix(trace.quaternion[frames, j]), own)
    found: FloatArray = turned + trace.position[frames, j][:, None]
    return found if np.isfinite(found).all() else None


def _is_seen(eye: Eye, points: FloatArray, at: FloatArray) -> FloatArray:
    """Whether the middle of a thing is in the picture, for each of some frames ``[K]``."""
    return np.asarray((np.abs(eye.seen(points.mean(axis=1), at)) <= WITHIN).all(axis=-1))


def _place(eye: Eye, start: FloatArray, usual: float, things: Sequence[FloatArray]) -> FloatArray:
    """The first place on the way from the start to where things are seen from ``usual`` m, or as far off as they need,
    from which they are wholly in view."""
    points = np.concatenate(things)
    goal = eye.fit(points)
    far = float((points.mean(axis=0) - goal) @ eye.ahead)
    goal = goal - (min(max(far, usual), FARTHEST * usual) - far) * eye.ahead
    for share in np.linspace(0.0, 1.0, 41):
        place = start + share * (goal - start)
        if (np.abs(eye.seen(points, place)) <= INSIDE).all():
            return np.asarray(place)
    return goal


def _back(eye: Eye, evened: FloatArray, place: FloatArray, things: Sequence[FloatArray]) -> FloatArray:
    """The evened place, or as much nearer to what it was as the middles of all things need to be seen."""
    middles = np.array([points.mean(axis=0) for points in things])
    for share in np.linspace(0.0, 1.0, 11):
        at = evened + share * (place - evened)
        if (np.abs(eye.seen(middles, at)) <= WITHIN).all():
            return np.asarray(at)
    return place


def _even(places: FloatArray, width: int) -> FloatArray:
    """Places ``[K, 3]`` averaged over as many keys to both sides, twice; beyond the ends they go on as they went."""
    width = min(width, len(places) - 1)
    for _ in range(2):
        wide = np.pad(places, ((width, width), (0, 0)), mode="reflect", reflect_type="odd")
        sums = np.cumsum(np.vstack([np.zeros((1, 3)), wide]), axis=0)
        places = (sums[2 * width + 1 :] - sums[: -2 * width - 1]) / (2 * width + 1)
    return places


def _floor(ground: Placed, places: FloatArray) -> FloatArray:
    """How high the ground is beneath places ``[K, 3]``, ``[K]``; far down where there is none."""
    return np.asarray(np.nan_to_num(surface(ground, places[:, :2]), neginf=-1e6))


def _vec(place: FloatArray) -> Vec3:
    x, y, z = (round(float(c), 5) for c in place)
    return (x, y, z)
