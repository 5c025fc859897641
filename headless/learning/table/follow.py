"""Known things followed through pictures: each is drawn where it may be by now, and is where it looks as the picture.

What is known is the first frame, and how things of a class can move. A frame is taken after the other; where the
picture looks as it would with a thing where it was, the thing has not moved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from addon.geometry.poses import from_rotation_vector, multiply, rotation_matrix
from addon.perception.camera import Camera
from addon.perception.classes import CLASSES, FPS

from ..frames import Clip
from .balls import drop
from .known import part, stays
from .layers import Layers

WAYS = {
    "ball": "xz", "block": "xzr", "crate": "xzr", "domino": "ts", "door": "zca", "flag": "z", "hatch": "y",
    "lever": "l", "lift": "z", "load": "xzr", "piston": "x", "rod": "xzr", "weight": "xzr",
}  # fmt: skip
"""How things of a class move in the training's machines: along axes of the world, or about and along their own: ``r``
and ``l`` turned about y, ``t`` toppled about the lower edge in front, ``s`` sliding along x, ``c`` turned about z,
``a`` about an upright hinge at the side."""
BOUNDS = {"l": (0, np.inf), "t": (0, 1.6), "s": (-0.1, 0.03), "c": (-np.inf, 0), "a": (0, np.inf)}
"""How far they can go at all."""
LIGHTS = ("fan", "lamp")
BACK = 0.03
"""How far what topples may stand up again from a frame to the next, for its angle is not known better."""
GRAVITY = 9.81
STEP = {"x": 0.12, "y": 0.2, "z": 0.12, "r": 0.2, "l": 0.1, "t": 0.2, "s": 0.03, "c": 0.2, "a": 0.2}
"""How far a thing may well go in 1/15 s, metres and radians."""
TRIES, ROUNDS, FINER = 16, 4, 3.0
"""Poses by chance that are drawn at a time; how often, each time ``FINER`` times nearer the best one."""
SWEEPS = 2
SAME = 2e-4
"""Squared error of a pixel, in linear light, at which it looks the same."""
STILL = 2e-5
"""Squared difference to the picture before at which nothing has happened in a pixel."""
UNSURE = 3e-4
"""Squared error that a thing may make worse to be where it was, or where it was going, a `STEP` each way."""
FAR = 30.0
"""Squared steps from which on it does not matter how far."""
LOST = 0.01
"""Squared error of a pixel at which a thing is not where it is taken to be, and is looked for everywhere."""
LIKE, SPOTS = 0.97, 6
"""Cosine of colours that are shades of one; pixels in which what is lost is looked for."""

Array = NDArray[np.float64]

NOWHERE: Array = np.empty((0, 0))


def _chances(count: int) -> Array:
    """Ways to go ``[K, count]`` in steps: each alone, and all together by chance."""
    alone = np.concatenate([size * np.eye(count) for size in (-2, -1, -0.4, 0.4, 1, 2)])
    return np.concatenate([alone, np.random.default_rng(0).standard_normal((TRIES, count))])


CHANCES = {count: _chances(count) for count in range(1, 4)}


@dataclass
class Thing:
    """What is followed: its place among the objects, how it moves, its first pose, half extents, how far it has
    gone each way ``[D]``, now and at the frame before, and the ``last`` frame at which it was seen."""

    index: int
    ways: str
    position: Array
    quaternion: Array
    half: Array
    now: Array
    before: Array
    last: int = 0

    @property
    def step(self) -> Array:
        """How far it may well go each way ``[D]``."""
        return np.array([STEP[way] for way in self.ways])

    def poses(self, gone: Array) -> tuple[Array, Array]:
        """Positions ``[K, 3]`` and quaternions ``[K, 4]`` when it has gone so far each way ``[K, D]``."""
        position = np.repeat(self.position[None], len(gone), 0)
        quaternion = np.repeat(self.quaternion[None], len(gone), 0)
        for way, far in zip(self.ways, gone.T, strict=True):
            low, high = BOUNDS.get(way, (-np.inf, np.inf))
            far = far.clip(low, high)
            if way in "xyz":
                position[:, "xyz".index(way)] += far
            elif way == "s":
                position += far[:, None] * rotation_matrix(self.quaternion)[:, 0]
            else:
                axis, pivot = self._hinge(way, far)
                turned = multiply(quaternion, from_rotation_vector(far[:, None] * axis))
                for one, sign in ((quaternion, 1), (turned, -1)):
                    position += sign * np.einsum("kij,kj->ki", rotation_matrix(one), pivot)
                quaternion = turned
        return position, quaternion

    def _hinge(self, way: str, far: Array) -> tuple[Array, Array]:
        """The axis ``[3]`` and a point on it ``[K, 3]`` about which it turns, in its own frame."""
        pivot = np.zeros((len(far), 3))
        if way in "ca":
            pivot[:, 1] = self.half[1] * (way == "a")
            return np.array([0.0, 0.0, 1.0]), pivot
        if way == "t":
            pivot[:, 0], pivot[:, 2] = self.half[0], -self.half[2]
        return np.array([0.0, 1.0, 0.0]), pivot


def follow(clip: Clip, camera: Camera, pictures: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Positions ``[F, N, 3]``, quaternions ``[F, N, 4]`` and what is lit ``[F, N]`` of a clip's objects by linear
    pictures ``[F, H, H, 3]`` that begin with its first frame."""
    layers, fixed = Layers(clip, camera), part(clip, stays(clip))
    names = [CLASSES[kind] for kind in clip.kind]
    things = [_thing(clip, n, WAYS[name]) for n, name in enumerate(names) if name in WAYS]
    lights = [n for n, name in enumerate(names) if name in LIGHTS]
    position = np.repeat(clip.position[:1].astype(float), len(pictures), 0)
    quaternion = np.repeat(clip.quaternion[:1].astype(float), len(pictures), 0)
    lit = np.repeat(clip.lit[:1], len(pictures), 0)
    for at in range(1, len(pictures)):
        seen = pictures[at].astype(np.float32)
        lit[at] = lit[at - 1]
        for n in lights:
            lit[at, n] = _light(layers, n, position[0, n], quaternion[0, n], bool(lit[at, n]), seen)
        changed = ((pictures[at] - pictures[at - 1]) ** 2).sum(-1) > STILL
        _move(layers, things, seen, changed)
        for thing in things:
            n, hidden = thing.index, layers.hidden(thing.index)
            (position[at, n],), (quaternion[at, n],) = thing.poses(thing.now[None])
            if not hidden and thing.last < at - 1:
                _behind(fixed, thing.half[2], position[thing.last : at + 1, n])
            thing.last = thing.last if hidden else at
    return position, quaternion, lit


def _behind(fixed: Clip, height: float, path: Array) -> None:
    """Fill in where a thing went that was hidden between the ends of a path ``[P, 3]``: on, and down until it lay."""
    count = len(path)
    path[:] = path[0] + np.linspace(0, 1, count)[:, None] * (path[-1] - path[0])
    start = np.column_stack([path[:, :2], np.full(count, max(path[0, 2], path[-1, 2]))])
    ground = start[:, 2] - drop(start, fixed) + height
    fallen = path[0, 2] - 0.5 * GRAVITY * (np.arange(count) / FPS) ** 2
    path[1:-1, 2] = np.maximum(fallen, np.minimum(ground, path[0, 2]))[1:-1]


def _thing(clip: Clip, n: int, ways: str) -> Thing:
    none = np.zeros(len(ways))
    first = (clip.position[0, n].astype(float), clip.quaternion[0, n].astype(float), clip.half[n].astype(float))
    return Thing(n, ways, *first, none, none)


def _light(layers: Layers, n: int, position: Array, quaternion: Array, was: bool, seen: NDArray[np.float32]) -> bool:
    """Whether a light is on, by which of both looks more like the picture."""
    window = layers.window(n, position[None], 0)
    if ((layers.picture[window] - seen[window]) ** 2).sum(-1).max() < SAME:
        return was
    same, other = (
        ((layers.tries(n, window, position[None], quaternion[None], lit) - seen[window]) ** 2).sum()
        for lit in (was, not was)
    )
    if other > same - UNSURE:
        return was
    layers.put(n, position, quaternion, not was)
    return not was


def _move(layers: Layers, things: list[Thing], seen: NDArray[np.float32], changed: NDArray[np.bool_]) -> None:
    """Put things where the picture has them; what looks as in the picture before has not moved."""
    starts = [thing.now for thing in things]
    going = [2 * thing.now - thing.before for thing in things]
    for sweep in range(SWEEPS):
        off = ((layers.picture - seen) ** 2).sum(-1)
        doubt = np.where(changed | (off > LOST), off, 0)
        worth = [float(doubt[layers.window(one.index, one.poses(one.now[None])[0], 0)].max()) for one in things]
        moved = False
        for k in np.argsort(worth)[::-1]:
            lost = sweep > 0 and off.max() > LOST and (worth[k] > LOST or layers.hidden(things[k].index))
            if lost or worth[k] > SAME:
                spots = _spots(layers, things[k], off, seen) if lost else NOWHERE
                if worth[k] <= SAME and not len(spots):
                    continue
                moved |= _fit(layers, things[k], (starts[k], going[k]), seen, sweep, spots)
        if not moved:
            break
    for thing, one in zip(things, starts, strict=True):
        thing.before = one


def _spots(layers: Layers, thing: Thing, off: NDArray[np.float32], seen: NDArray[np.float32]) -> Array:
    """How far a thing would have gone ``[K, D]`` to where the picture has its colour and something else is drawn."""
    if thing.ways[:2] != "xz":
        return NOWHERE
    own = layers.colors[thing.index]
    like = seen @ own > LIKE * np.linalg.norm(seen, axis=-1) * np.linalg.norm(own)
    best = np.argsort(np.where(like, off, 0).ravel())[::-1][:SPOTS]
    best = best[(like & (off > LOST)).ravel()[best]]
    rays = layers.rays.mean(2)[np.unravel_index(best, off.shape)].astype(float)
    eye = layers.camera.eye
    places = eye + rays * ((thing.position[1] - eye[1]) / rays[:, 1])[:, None]
    gone = np.repeat(thing.now[None], len(best), 0)
    gone[:, :2] = (places - thing.position)[:, [0, 2]]
    return gone


def _fit(
    layers: Layers, thing: Thing, likely: tuple[Array, Array], seen: NDArray[np.float32], sweep: int, spots: Array
) -> bool:
    """Put a thing where it makes the picture look most like the one seen; whether that is elsewhere."""
    chance, step, best = CHANCES[len(thing.ways)], thing.step, thing.now
    wide = step / (FINER if sweep and not len(spots) else 1)
    around = [best] if sweep or (likely[0] == likely[1]).all() else list(likely)
    tried = [np.concatenate([best[None], np.stack(likely), *(one + wide * chance for one in around)])]
    tried += [spot[None] for spot in spots]
    for turn in range(ROUNDS):
        if thing.ways[0] == "t":
            # What topples does not stand up again.
            tried = [one.clip((likely[0][0] - BACK, -np.inf), np.inf) for one in tried]
        gone = np.concatenate(tried)
        far = np.min([(((gone - one) / step) ** 2).sum(1) for one in likely], axis=0)
        off = np.concatenate([_worse(layers, thing, one, seen) for one in tried])
        best = gone[int((off + UNSURE * np.minimum(far, FAR)).argmin())]
        tried = [np.concatenate([best[None], best + wide / FINER ** (turn + 1) * chance])]
    if (best == thing.now).all():
        return False
    thing.now = best
    (position,), (quaternion,) = thing.poses(best[None])
    layers.put(thing.index, position, quaternion)
    return True


def _worse(layers: Layers, thing: Thing, gone: Array, seen: NDArray[np.float32]) -> Array:
    """Squared error ``[K]`` of the picture with a thing that has gone so far, over that without it."""
    position, quaternion = thing.poses(gone)
    window = layers.window(thing.index, position)
    off = ((layers.tries(thing.index, window, position, quaternion) - seen[window]) ** 2).sum((1, 2, 3))
    return np.asarray(off - ((layers.without(thing.index, window) - seen[window]) ** 2).sum(), float)
