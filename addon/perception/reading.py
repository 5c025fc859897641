"""Reading a picture into its objects; numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from .camera import Camera
from .classes import CLASSES
from .forward import Array, Weights, forward, say
from .outputs import Level, parts_of, place

if TYPE_CHECKING:
    from ..scene_graph import Constraint, RigidBody

SIDE = 128
"""Pixels of a picture's side that the network is trained for."""

THRESHOLD = 0.4
"""Heat from which on there is an object, where the weights do not tell."""
MOST = 200
"""Peaks of heat that are looked at."""


@dataclass(frozen=True, eq=False)
class Known:
    """What a picture does not show of an object, as scenes of its kind have it: its body, and joints that it is an end
    of, in which objects are called by their ``label``."""

    label: str
    body: RigidBody | None
    joints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """An object as read: metres, the world's frame, unit quaternion ``wxyz``, linear RGB as seen (dim if not ``lit``),
    half extents along its own axes, velocity in m/s over the last 1/15 s if there was a picture before. ``heat`` in
    0 to 1 tells how surely there is an object at all, ``confidence`` that, and that its class is right. ``known`` is
    what was told of it by a second stage of reading (`assemblies`), if there was one."""

    kind: str
    shape: Literal["box", "ball"]
    color: NDArray[np.float64]
    lit: bool
    half: NDArray[np.float64]
    position: NDArray[np.float64]
    quaternion: NDArray[np.float64]
    velocity: NDArray[np.float64] | None
    confidence: float
    heat: float
    known: Known | None = None


def read_picture(
    picture: NDArray[np.uint8], camera: Camera, weights: Weights, before: NDArray[np.uint8] | None = None,
    threshold: float | None = None,
) -> list[Found]:  # fmt: skip
    """The objects of a picture, sRGB ``[H, H, 3]``, the surest first; ``before`` is the one of 1/15 s earlier.

    Raises ValueError for a picture that the network cannot take.
    """
    if picture.ndim != 3 or picture.shape[0] != picture.shape[1] or picture.shape[2] != 3 or picture.shape[0] % 16:
        raise ValueError(
            f"the picture is {' × '.join(map(str, picture.shape))}; give a square one in RGB, 128 pixels wide"
        )
    if before is not None and before.shape != picture.shape:
        raise ValueError("the picture before has another size; give two of the same size, 1/15 s apart")
    heat, features = forward(weights, inputs_of(picture, camera, before))
    pixels = peaks(heat)
    if threshold is None:
        threshold = weights.about.get("threshold", THRESHOLD)
    said = say(weights, features, pixels)
    return found_of(said, pixels, heat, camera, before is not None, threshold)


def inputs_of(picture: NDArray[np.uint8], camera: Camera, before: NDArray[np.uint8] | None) -> Array:
    """The network's channels ``[INPUTS, H, H]``."""
    size = len(picture)
    now = picture.transpose(2, 0, 1).astype(np.float32) / 255
    earlier = np.zeros_like(now) if before is None else before.transpose(2, 0, 1).astype(np.float32) / 255
    flag = np.full((1, size, size), before is not None, np.float32)
    return np.concatenate([now, earlier, flag, Level.of(camera).view(size)])


def peaks(heat: Array, least: float = 0.05) -> NDArray[np.int64]:
    """Pixels ``[K, 2]``, columns and rows, hotter than the four beside them, the hottest first; at most `MOST`.

    Those across a corner may be of two objects; where they are of one, `found_of` tells from what is said of them.
    """
    wide = np.pad(heat, 1)
    around = np.stack([wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]]).max(0)
    rows, columns = np.nonzero((heat >= around) & (heat >= least))
    order = np.argsort(-heat[rows, columns], kind="stable")[:MOST]
    return np.stack([columns[order], rows[order]], -1)


def found_of(
    said: Array, pixels: NDArray[np.int64], heat: Array, camera: Camera, paired: bool, threshold: float
) -> list[Found]:
    """Objects from outputs ``[K, OUTPUTS]`` at peaks of heat; of two readings of one object the surer stays."""
    level = Level.of(camera)
    parts = parts_of(said.astype(np.float64))
    local = place(pixels, parts["centre"], parts["height"], len(heat), (level.axes, level.height, level.focal))
    position = np.stack(local, -1) @ level.frame + level.ground
    turn = level.frame.T @ turns(parts["turn"])
    velocity = parts["velocity"] @ level.frame
    half, color = np.exp(parts["half"]), linear(1 / (1 + np.exp(-parts["color"])))
    likely = np.exp(parts["kind"] - parts["kind"].max(-1, keepdims=True))
    likely /= likely.sum(-1, keepdims=True)
    sure = heat[pixels[:, 1], pixels[:, 0]]
    found: list[Found] = []
    for n in _single(position, turn, half, likely.argmax(-1), int((sure >= threshold).sum())):
        ball = bool(parts["ball"][n, 0] > 0)
        found.append(
            Found(
                CLASSES[likely[n].argmax()],
                "ball" if ball else "box",
                color[n],
                bool(parts["lit"][n, 0] > 0),
                np.full(3, half[n].mean()) if ball else half[n],
                position[n],
                np.array([1.0, 0, 0, 0]) if ball else quaternion_of(turn[n]),
                velocity[n] if paired else None,
                float(sure[n] * likely[n].max()),
                float(sure[n]),
            )
        )
    return found


def _single(
    position: NDArray[np.float64], turn: NDArray[np.float64], half: NDArray[np.float64], kind: NDArray[np.int64],
    count: int,
) -> list[int]:  # fmt: skip
    """The first ``count`` readings without those of an object that a surer one is of.

    Two are of one where they spread alike in the world, and the middle of one lies well inside the other: dominoes that
    lie on each other are a whole thickness apart, and walls that cross do not spread alike. What is partly hidden
    may be read in two sizes, of one class and either inside the other.
    """
    spread = np.log(np.einsum("nij,nj->ni", np.abs(turn), half))
    kept: list[int] = []
    for n in range(count):
        away = np.abs((position[kept] - position[n]) @ turn[n])
        inside = (away <= 0.75 * half[n] + 0.06 * half[n].max()).all(-1)
        back = np.abs(np.einsum("ni,nij->nj", position[kept] - position[n], turn[kept]))
        around = (back <= 0.75 * half[kept] + 0.06 * half[kept].max(-1, keepdims=True, initial=0)).all(-1)
        unlike = np.abs(spread[kept] - spread[n]).max(-1, initial=0)
        same = kind[kept] == kind[n]
        if not (inside & (unlike < 0.5) | (inside | around) & same & (unlike < 2)).any():
            kept.append(n)
    return kept


def turns(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rotations ``[..., 3, 3]`` from two columns that need not be straight ``[..., 6]`` (Zhou et al., 2019)."""
    first = columns[..., :3] / np.linalg.norm(columns[..., :3], axis=-1, keepdims=True).clip(1e-6)
    second = columns[..., 3:] - (first * columns[..., 3:]).sum(-1, keepdims=True) * first
    second /= np.linalg.norm(second, axis=-1, keepdims=True).clip(1e-6)
    return np.stack([first, second, np.cross(first, second)], -1)


def quaternion_of(turn: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unit quaternion ``wxyz`` of a rotation ``[3, 3]`` (Bar-Itzhack, 2000)."""
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = turn
    lower = np.array(
        [
            [xx + yy + zz, 0, 0, 0],
            [zy - yz, xx - yy - zz, 0, 0],
            [xz - zx, yx + xy, yy - xx - zz, 0],
            [yx - xy, zx + xz, zy + yz, zz - xx - yy],
        ]
    )
    quaternion = np.linalg.eigh(lower)[1][:, -1]
    return np.asarray(quaternion * (1 if quaternion[0] >= 0 else -1))


def linear(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    """sRGB in 0 to 1 as linear light."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
