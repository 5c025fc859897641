"""How far what was read is from what is true, by a matching of least cost (Hungarian; DETR, Carion et al., 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from addon.perception.classes import CLASSES, FPS
from addon.perception.comparison import NEAR, REACH
from addon.perception.outputs import COUNTED, ROTATIONS
from addon.perception.reading import Found

from ..frames.clips import Clip

FORBIDDEN = 1e3


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true of the N objects of a picture, as in `Clip`, at one time; ``pixels`` ``[N]`` is what each shows."""

    kind: NDArray[np.int64]
    ball: NDArray[np.bool_]
    half: NDArray[np.float32]
    color: NDArray[np.float32]
    lit: NDArray[np.bool_]
    position: NDArray[np.float32]
    quaternion: NDArray[np.float32]
    velocity: NDArray[np.float32]
    pixels: NDArray[np.int64]

    @property
    def size(self) -> NDArray[np.float32]:
        """The largest dimension of each, in metres."""
        return 2 * self.half.max(-1)


def truth_of(clip: Clip, time: int, instance: NDArray[Any]) -> Truth:
    """Of a frame and the instances drawn of it ``[H, H]``."""
    pixels = np.bincount(instance.astype(np.int64).ravel() + 1, minlength=len(clip.kind) + 1)[1:]
    velocity = (clip.position[time] - clip.position[max(time - 1, 0)]) * FPS
    return Truth(
        clip.kind, clip.shape == 1, clip.half, clip.shown[time], clip.lit[time], clip.position[time],
        clip.quaternion[time], velocity, pixels,
    )  # fmt: skip


def matched(found: Sequence[Found], truth: Truth) -> list[tuple[int, int]]:
    """Pairs of a reading and the object that it is of; objects that show nothing can be matched, and count nowhere."""
    if not found or not len(truth.kind):
        return []
    away = np.linalg.norm(np.array([one.position for one in found])[:, None] - truth.position, axis=-1)
    kind = np.array([CLASSES.index(one.kind) for one in found])[:, None] != truth.kind
    color = np.abs(np.array([one.color for one in found])[:, None] - truth.color).max(-1)
    hidden = truth.pixels < COUNTED
    cost = away / truth.size + 0.5 * kind + 0.25 * color.clip(max=1) + 0.05 * hidden
    cost[away > np.maximum(REACH * truth.size, NEAR)] = FORBIDDEN
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    return [(int(n), int(m)) for n, m in pairs if cost[n, m] < FORBIDDEN]


def turn_error(found: Found, half: NDArray[Any], quaternion: NDArray[Any]) -> float:
    """Degrees between a box as read and as it is, over the rotations that give it the same dimensions."""
    permuted = np.einsum("sij,i->sj", np.abs(ROTATIONS), found.half)
    misfit = np.abs(np.log(permuted / np.maximum(half, 1e-3))).max(-1)
    # What is read is never quite equal: those that fit about as well as the best are the same box.
    fitting = misfit <= misfit.min() + 0.1
    alike = _matrix(found.quaternion) @ ROTATIONS[fitting]
    cosine = (np.einsum("sij,ij->s", alike, _matrix(quaternion)) - 1) / 2
    return float(np.degrees(np.arccos(cosine.max().clip(-1, 1))))


def _matrix(quaternion: NDArray[Any]) -> NDArray[np.float64]:
    w, *v = np.asarray(quaternion, np.float64) / np.linalg.norm(quaternion)
    cross = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.asarray(np.eye(3) + 2 * w * cross + 2 * cross @ cross)


@dataclass
class Errors:
    """Errors over many pictures; ``colors`` ``[K, 3]`` are those that things can have, linear."""

    colors: NDArray[np.float32]
    objects: int = 0
    found: int = 0
    right: int = 0
    read: int = 0
    invented: int = 0
    lists: dict[str, list[float]] = field(default_factory=dict)
    by_class: dict[str, list[int]] = field(default_factory=dict)

    def add(self, found: Sequence[Found], truth: Truth) -> None:
        """Count a picture's readings."""
        pairs = matched(found, truth)
        self.read += len(found)
        self.invented += len(found) - len(pairs)
        self.objects += int((truth.pixels >= COUNTED).sum())
        of = {m: found[n] for n, m in pairs}
        for m in np.flatnonzero(truth.pixels >= COUNTED).tolist():
            name = CLASSES[truth.kind[m]]
            right = m in of and of[m].kind == name
            self.found += m in of
            self.right += right
            number, good = self.by_class.setdefault(name, [0, 0])
            self.by_class[name] = [number + 1, good + right]
            if m in of:
                self._measure(of[m], truth, m)

    def _measure(self, found: Found, truth: Truth, m: int) -> None:
        self._note("position", np.linalg.norm(found.position - truth.position[m]) / truth.size[m])
        self._note("half", np.abs(found.half - truth.half[m]).max() / truth.half[m].max())
        self._note("shape", (found.shape == "ball") == truth.ball[m])
        self._note("lit", found.lit == truth.lit[m])
        if len(self.colors):
            nearest = np.abs(self.colors - found.color).max(-1).argmin()
            self._note("color", nearest == np.abs(self.colors - truth.color[m]).max(-1).argmin())
        if not truth.ball[m]:
            self._note("turn", turn_error(found, truth.half[m], truth.quaternion[m]))
        if found.velocity is not None:
            away = float(np.linalg.norm(found.velocity - truth.velocity[m]))
            self._note("velocity", away)
            if np.linalg.norm(truth.velocity[m]) > 0.2:
                self._note("moving", away)

    def _note(self, name: str, value: Any) -> None:
        self.lists.setdefault(name, []).append(float(value))

    def summary(self) -> dict[str, Any]:
        """Shares of 1; positions and half extents in object sizes; degrees; m/s (``moving``: of what is over 0.2)."""

        def share(part: float, whole: float) -> float:
            return round(part / max(whole, 1), 4)

        def at(name: str, percent: float) -> float | None:
            values = self.lists.get(name)
            return round(float(np.percentile(values, percent)), 4) if values else None

        def mean(name: str) -> float | None:
            values = self.lists.get(name)
            return round(float(np.mean(values)), 4) if values else None

        return {
            "objects": self.objects,
            "read": self.read,
            "found": share(self.found, self.objects),
            "found_right_class": share(self.right, self.objects),
            "missing": share(self.objects - self.found, self.objects),
            "invented": share(self.invented, self.read),
            "class_of_found": share(self.right, self.found),
            "color": mean("color"),
            "shape": mean("shape"),
            "lit": mean("lit"),
            "position_median": at("position", 50),
            "position_90": at("position", 90),
            "half_median": at("half", 50),
            "turn_median": at("turn", 50),
            "turn_90": at("turn", 90),
            "velocity_median": at("velocity", 50),
            "moving_median": at("moving", 50),
            "moving_90": at("moving", 90),
            "right_by_class": {name: share(good, number) for name, (number, good) in sorted(self.by_class.items())},
        }


def at_threshold(found: Sequence[Found], threshold: float) -> list[Found]:
    """The readings that are at least so sure."""
    return [one for one in found if one.heat >= threshold]
