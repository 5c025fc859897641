"""Simulated annealing over the unit cube (Discovering High Level Patterns, Section 5.2 and Appendix A).

First come the scene's own values and points spread evenly at random, then steps from the best of them. A step is
normally distributed, and taken if it is worth no less, else with the probability exp(difference / temperature)
(Metropolis). The temperature falls geometrically over the budget, and the steps with it. Where nothing better has come
for a while the search is frozen: it starts again hot, in turn from a new place and from the best so far, and cools over
what is left.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from .open_numbers import Point

BATCH = 4
"""Points that are asked for at once."""

COLD, NARROW = 0.002, 0.005
"""The last temperature and the last size of steps."""


@dataclass(frozen=True)
class Schedule:
    """How a search cools: ``look`` is the part of the budget that looks everywhere first, ``hot`` the first temperature
    in parts of the greatest reward, ``wide`` the first size of steps in parts of the bounds' width. It is frozen after
    ``patience`` batches without anything better, or an eighth of the budget if that is more."""

    look: float = 0.2
    hot: float = 0.1
    wide: float = 0.25
    patience: int = 10


class Annealing:
    """One search of at most ``budget`` points; every draw comes from ``seed``.

    ``counts`` are how many values each number may have, None for all: steps of those are no smaller than from one value
    to the next.
    """

    def __init__(
        self,
        start: Point,
        budget: int,
        seed: int,
        counts: Sequence[int | None],
        schedule: Schedule = Schedule(),
    ) -> None:
        self._start, self._budget, self._schedule = start, budget, schedule
        self._rng = random.Random(f"annealing/{seed}")
        self._least = [0.0 if count is None else 0.6 / (count - 1) for count in counts]
        self._asked: list[Point] = []
        self._best = self._here = (-math.inf, start)
        self._done, self._begun, self._idle, self._restarts = 0, 0, 0, 0
        self._look_until = max(BATCH, round(schedule.look * budget))

    def ask(self) -> list[Point]:
        """See `Method.ask`."""
        if self._is_looking:
            own = [self._start] if not self._done else []
            self._asked = [*own, *(self._anywhere() for _ in range(BATCH - len(own)))]
        else:
            self._asked = [self._near(self._here[1]) for _ in range(BATCH)]
        return self._asked

    def tell(self, worths: Sequence[float]) -> None:
        """See `Method.tell`."""
        found, looked = list(zip(worths, self._asked, strict=True)), self._is_looking
        if looked:
            self._here = max(self._here, *found, key=lambda one: one[0])
        else:
            for one in found:
                if self._takes(one[0]):
                    self._here = one
        self._idle += 1
        best = max(found, key=lambda one: one[0])
        if best[0] > self._best[0]:
            self._best, self._idle = best, 0
        self._done += len(found)
        if looked:
            self._begun, self._idle = self._done, 0
        elif self._idle * BATCH >= max(self._schedule.patience * BATCH, self._budget // 8):
            self._restart()

    @property
    def _is_looking(self) -> bool:
        return self._done < self._look_until

    @property
    def _progress(self) -> float:
        """How much of the present cooling is over, from 0 to 1."""
        return min((self._done - self._begun) / max(self._budget - self._begun, 1), 1.0)

    def _takes(self, worth: float) -> bool:
        """Whether a step to a point of some worth is taken."""
        gain = worth - self._here[0]
        hot = self._schedule.hot
        temperature = hot * (COLD / hot) ** self._progress
        return gain >= 0.0 or self._rng.random() < math.exp(gain / temperature)

    def _restart(self) -> None:
        """Begin again hot: in turn from a few new places, and from the best so far."""
        self._restarts += 1
        self._begun, self._idle = self._done, 0
        self._here = self._best
        if self._restarts % 2:
            self._here = (-math.inf, self._anywhere())
            self._look_until = self._done + BATCH

    def _anywhere(self) -> Point:
        return tuple(self._rng.random() for _ in self._start)

    def _near(self, point: Point) -> Point:
        """A step from a point, mirrored at the bounds."""
        wide = self._schedule.wide
        step = wide * (NARROW / wide) ** self._progress
        return tuple(
            _mirrored(part + self._rng.gauss(0.0, max(step, least)))
            for part, least in zip(point, self._least, strict=True)
        )


def _mirrored(part: float) -> float:
    """A number brought between 0 and 1, as often mirrored at these as it takes."""
    part = abs(part) % 2.0
    return 2.0 - part if part > 1.0 else part
