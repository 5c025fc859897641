"""Finding a script's open numbers: the script is run again and again, and judged by what it says that it wants.

First the script's own values, then values spread evenly over all bounds, then steps about the best so far that grow
after a success and shrink after failures (a (1 + 1) evolution strategy, Rechenberg 1973).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from ..executor.tuning import OpenNumber, open_numbers, with_numbers

SPREAD = 0.4
"""Part of the runs that look at all of the bounds."""

FIRST_STEP, GROWTH, SHRINKING, SMALLEST = 0.15, 1.5, 0.85, 0.002
"""Sizes of steps as parts of the bounds' width, and by how much a success or a failure changes them."""

Values = tuple[float, ...]
Judge = Callable[[str], tuple[float, bool]]
"""What a script is worth, from 0 to 1 (negative if it fails), and whether it does all that it wants."""


class Found(BaseModel):
    """An open number as it was and as it was found."""

    line: int
    low: float
    high: float
    before: float
    value: float


class Fitted(BaseModel):
    """What came of fitting: the numbers of the best run, what that was worth, and how many runs there were.

    ``held`` tells that the best run did all that the script wants; ``stopped``, that fitting was cancelled before.
    """

    numbers: tuple[Found, ...]
    value: float
    held: bool
    runs: int
    stopped: bool = False


@dataclass
class Fit:
    """One script being fitted, in at most ``runs`` runs; every draw comes from ``seed``.

    ``on_run`` is told after each run how many are done and what the best so far is worth.
    """

    source: str
    judge: Judge
    runs: int
    seed: int = 0
    on_run: Callable[[int, float], None] = lambda done, value: None
    best: Values = ()
    value: float = float("-inf")
    held: bool = False
    done: int = 0
    stopped: bool = False
    numbers: tuple[OpenNumber, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = open_numbers(self.source)
        self.best = tuple(number.value for number in self.numbers)

    def run(self) -> str:
        """Look for the numbers; gives the script with the best. KeyboardInterrupt ends it with the best so far."""
        try:
            for values in self._proposals():
                if self.done >= self.runs or self.held:
                    break
                self._try(values)
        except KeyboardInterrupt:
            self.stopped = True
        return self.script

    @property
    def script(self) -> str:
        """The script with the best numbers so far."""
        return with_numbers(self.source, self.best)

    @property
    def result(self) -> Fitted:
        """What came of it."""
        found = tuple(
            Found(line=n.line, low=n.low, high=n.high, before=n.value, value=value)
            for n, value in zip(self.numbers, self.best, strict=True)
        )
        return Fitted(numbers=found, value=self.value, held=self.held, runs=self.done, stopped=self.stopped)

    def _try(self, values: Values) -> bool:
        """Run with some values; whether they are better than the best so far."""
        value, held = self.judge(with_numbers(self.source, values))
        self.done += 1
        is_better = value > self.value or (held and not self.held)
        if is_better:
            self.best, self.value, self.held = values, value, held
        self.on_run(self.done, self.value)
        return is_better

    def _proposals(self) -> Iterator[Values]:
        """Values to try, one set after the other; steps look at how the ones before went."""
        rng = random.Random(f"fit/{self.seed}")
        yield self.best
        yield from (_rounded(self.numbers, v) for v in _spread(self.numbers, round(SPREAD * self.runs), rng))
        step = FIRST_STEP
        while True:
            before = self.value
            yield _rounded(self.numbers, _near(self.numbers, self.best, step, rng))
            step = step * GROWTH if self.value > before else step * SHRINKING
            step = FIRST_STEP if step < SMALLEST else min(step, FIRST_STEP)


def _spread(numbers: Sequence[OpenNumber], count: int, rng: random.Random) -> Iterator[Values]:
    """So many sets of values, each number once in each of as many even parts of its bounds."""
    rows = [rng.sample(range(count), count) for _ in numbers]
    for k in range(count):
        yield tuple(
            number.low + (row[k] + rng.random()) / count * (number.high - number.low)
            for number, row in zip(numbers, rows, strict=True)
        )


def _rounded(numbers: Sequence[OpenNumber], values: Values) -> Values:
    """Values with as few digits as tell a millionth of their bounds' width apart, within the bounds."""
    digits = [5 - math.floor(math.log10(number.high - number.low)) for number in numbers]
    near = (round(value, places) for value, places in zip(values, digits, strict=True))
    return tuple(min(max(value, n.low), n.high) for n, value in zip(numbers, near, strict=True))


def _near(numbers: Sequence[OpenNumber], best: Values, step: float, rng: random.Random) -> Values:
    """A step from the best values, kept within the bounds."""
    moved = (b + rng.gauss(0.0, step) * (n.high - n.low) for n, b in zip(numbers, best, strict=True))
    return tuple(min(max(value, n.low), n.high) for n, value in zip(numbers, moved, strict=True))
