"""How well an assembly explains readings, and where its members then are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from addon.perception.classes import CLASSES
from addon.perception.reading import Found

from .kit import WIDE, Assembly
from .poses import alike, turn_of

MISSED = 4.0
"""What a member costs that shows enough pixels and no reading is of, in units of log likelihood."""
HIDDEN = 12
"""Members whose examples show fewer pixels cost less."""
EXTRA = 5.0
"""What a reading costs that no member explains, times its heat."""
OTHER_CLASS = 3.0
"""What a reading of another class costs."""
CLOSE = 24
"""Examples that tell how an assembly varies, at most."""
LOOSE = 0.002
"""What examples leave open, in metres and radians: how far a scene may be from all mixtures of them."""


@dataclass(frozen=True, eq=False)
class Readings:
    """K readings as numbers: middles ``[K, 3]``, the ways to say half extents and rotations ``[K, 24, 3]``, and how far
    each may be off (one standard deviation) ``[K, 9]``; class ``[K]``, ball ``[K]`` and heat ``[K]``."""

    found: tuple[Found, ...]
    position: NDArray[np.float64]
    half: NDArray[np.float64]
    turn: NDArray[np.float64]
    noise: NDArray[np.float64]
    kind: NDArray[np.int64]
    ball: NDArray[np.bool_]
    heat: NDArray[np.float64]

    @staticmethod
    def of(found: Sequence[Found]) -> Readings:
        """Of what was read."""
        half = np.array([one.half for one in found]).reshape(-1, 3)
        turns = turn_of(np.array([one.quaternion for one in found]).reshape(-1, 4))
        halves, vectors = alike(half, turns)
        size = 2 * half.max(-1, keepdims=True)
        noise = np.concatenate(
            [0.015 + 0.03 * size.repeat(3, 1), 0.01 + 0.04 * half + 0.015 * size, np.full_like(half, 0.06)], 1
        )
        return Readings(
            tuple(found),
            np.array([one.position for one in found]).reshape(-1, 3),
            halves,
            vectors,
            noise,
            np.array([CLASSES.index(one.kind) for one in found], np.int64),
            np.array([one.shape == "ball" for one in found], bool),
            np.array([one.heat for one in found]),
        )

    def __len__(self) -> int:
        return len(self.found)

    def some(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> Readings:
        """Those of a mask or of places."""
        numbers = np.arange(len(self))[keep]
        return Readings(
            tuple(self.found[n] for n in numbers), self.position[keep], self.half[keep], self.turn[keep],
            self.noise[keep], self.kind[keep], self.ball[keep], self.heat[keep],
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Fit:
    """An assembly that stands somewhere. ``of`` ``[N]`` is the reading of each member, or −1; ``vector`` are its poses
    in the world. They are of a normal distribution around ``mean`` of covariance ``spread`` ``[9 N + 3 J, 9 N + 3 J]``:
    that of the examples, each as ``weights`` ``[E]`` say. ``cost`` is what it leaves unexplained."""

    assembly: Assembly
    of: NDArray[np.int64]
    vector: NDArray[np.float64]
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    cost: float
    weights: NDArray[np.float64]

    @property
    def poses(self) -> NDArray[np.float64]:
        """Of the members ``[N, 9]``."""
        return self.vector[: WIDE * len(self.of)].reshape(-1, WIDE)


def best_fit(assembly: Assembly, readings: Readings, origin: NDArray[np.float64], slack: float = 0.0) -> Fit:
    """The example that explains readings best, moved to what they say.

    ``origin`` is that of the bay, in the world; ``slack`` how far (m) along x the assembly may be from where that is
    taken to be. What no member explains costs too.
    """
    poses = assembly.poses
    poses[..., :3] += origin
    best: tuple[float, NDArray[np.int64], int] | None = None
    missed = _missed(assembly)
    gains = np.minimum(_costs(assembly, poses, readings) - EXTRA * readings.heat - missed[:, None], 0.0)
    for n, gain in enumerate(gains):
        # A bound that is cheap tells most examples apart before the assignment does.
        if best is not None and gain.min(1, initial=0).sum() >= best[0]:
            continue
        rows, columns = linear_sum_assignment(gain)
        total = float(gain[rows, columns].sum())
        if best is None or total < best[0]:
            taken = gain[rows, columns] < 0
            of = np.full(len(assembly.members), -1)
            of[rows[taken]] = columns[taken]
            best = (total, of, n)
    assert best is not None
    gained, of, example = best
    vector, mean, spread, weights = _posterior(assembly, readings, of, example, origin, slack)
    cost = gained + float(missed.sum()) + EXTRA * float(readings.heat.sum())
    return Fit(assembly, of, vector, mean, spread, cost, weights)


def _missed(assembly: Assembly) -> NDArray[np.float64]:
    pixels = np.array([member.pixels for member in assembly.members])
    return MISSED * np.clip((pixels - 2) / (HIDDEN - 2), 0.1, 1.0)


def _costs(assembly: Assembly, poses: NDArray[np.float64], readings: Readings) -> NDArray[np.float64]:
    """What it costs that a reading is of a member of an example ``[E, N, K]``."""
    kinds = np.array([CLASSES.index(member.kind) for member in assembly.members])
    balls = np.array([member.ball for member in assembly.members])
    apart = (poses[:, :, None, :3] - readings.position) / readings.noise[:, :3]
    scale = 2.0
    place = np.log1p(((apart / scale) ** 2).sum(-1))
    half = np.sort(poses[:, :, None, 3:6], -1) - np.sort(readings.half[:, 0], -1)
    size = np.log1p(((half / readings.noise[:, 3:6].mean(-1, keepdims=True) / scale) ** 2).sum(-1))
    other = OTHER_CLASS * (kinds[:, None] != readings.kind) + OTHER_CLASS * (balls[:, None] != readings.ball)
    return np.asarray(1.5 * place + 0.75 * size + other)


def _posterior(
    assembly: Assembly, readings: Readings, of: NDArray[np.int64], example: int, origin: NDArray[np.float64],
    slack: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """All numbers of the assembly, given the readings; mean and covariance of the examples that are near to what was
    read, of which they are; and how near each is."""
    count = WIDE * len(of)
    numbers = assembly.examples.astype(np.float64)
    numbers[:, :count] += np.tile(np.concatenate([origin, np.zeros(6)]), len(of))
    numbers[:, count:] += np.tile(origin, len(assembly.joints))
    members = np.flatnonzero(of >= 0)
    seen = np.concatenate([np.arange(WIDE) + WIDE * n for n in members]) if len(members) else np.zeros(0, int)
    center = numbers[example]
    for turn in range(3):
        said, noise = _said(readings, of[members], center[:count].reshape(-1, WIDE)[members])
        away = (((numbers[:, seen] - said) / noise) ** 2).sum(1) if len(seen) else np.zeros(len(numbers))
        weights = _nearness(away)
        mean = weights @ numbers
        apart = (numbers - mean) * np.sqrt(weights)[:, None]
        few = 1 + 1 / max(1.0, 1 / float((weights**2).sum()))
        spread = few * apart.T @ apart + LOOSE**2 * np.eye(len(mean))
        if slack:
            along = np.zeros(len(mean))
            along[:count:WIDE] = 1
            along[count::3] = 1
            spread += slack**2 * np.outer(along, along)
        if not len(seen):
            return mean, mean, spread, weights
        # What is far off counts less: weights of Student's t with four degrees of freedom.
        off = (said - center[seen]) / noise
        robust = noise**2 * ((4 + off**2) / 5 if turn else 1.0)
        gain = np.linalg.solve(spread[np.ix_(seen, seen)] + np.diag(robust), spread[seen]).T
        center = mean + gain @ (said - mean[seen])
    return center, mean, spread, weights


def _nearness(away: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of examples by their squared distances: some tens count, unless fewer are near."""
    least = np.sort(away - away.min())
    wide = max(8.0, float(least[min(CLOSE, len(least)) - 1]) / 6)
    weights = np.exp(-(away - away.min()) / (2 * wide))
    return np.asarray(weights / weights.sum())


def _said(
    readings: Readings, of: NDArray[np.int64], poses: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What readings say of members ``[9 M]``, of the ways to say it that nearest to their poses, and its noise."""
    apart = np.abs(readings.half[of] - poses[:, None, 3:6]).sum(-1) / readings.noise[of, None, 3]
    turned = np.abs(readings.turn[of] - poses[:, None, 6:9]).sum(-1) / 0.1
    way = (apart + turned).argmin(1)
    rows = np.arange(len(of))
    said = np.concatenate([readings.position[of], readings.half[of][rows, way], readings.turn[of][rows, way]], 1)
    noise = readings.noise[of].copy()
    ball = readings.ball[of]
    said[ball, 6:], noise[ball, 6:] = poses[ball, 6:], 10.0
    return said.ravel(), noise.ravel()
