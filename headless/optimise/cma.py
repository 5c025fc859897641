"""CMA-ES (Hansen and Ostermeier 2001) over the unit cube, by the library ``cmaes``, to compare annealing with."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from cmaes import CMA

from addon.jobs.search.open_numbers import Point

STEP = 0.3
"""The first standard deviation, in parts of the bounds' width."""

LEAST = 2
"""The library needs so many numbers; with one alone another one goes with it that nothing depends on."""


class Cma:
    """A search from the scene's own values, and from new places where it has converged; every draw is of ``seed``."""

    def __init__(self, start: Point, seed: int) -> None:
        self._size = len(start)
        self._rng = random.Random(f"cmaes/{seed}")
        self._optimizer = self._begun(start)
        self._asked: list[np.ndarray] = []

    def ask(self) -> list[Point]:
        """See `Method.ask`: one generation, whose size depends on the count of numbers alone."""
        if self._optimizer.should_stop():
            self._optimizer = self._begun(tuple(self._rng.random() for _ in range(self._size)))
        self._asked = [self._optimizer.ask() for _ in range(self._optimizer.population_size)]
        return [tuple(point[: self._size].tolist()) for point in self._asked]

    def tell(self, worths: Sequence[float]) -> None:
        """See `Method.tell`."""
        self._optimizer.tell([(point, -worth) for point, worth in zip(self._asked, worths, strict=True)])

    def _begun(self, start: Point) -> CMA:
        dimensions = max(self._size, LEAST)
        mean = np.array([*start, *[0.5] * (dimensions - self._size)])
        bounds = np.tile([0.0, 1.0], (dimensions, 1))
        return CMA(mean=mean, sigma=STEP, bounds=bounds, seed=self._rng.getrandbits(31))
