"""Series of benchmark machines from a seed, and the check that each must pass.

Machine ``index`` of a series is made from random numbers of its own, so it does not depend on how many are
asked for. When a draw fails its check, the next draw of the same index is tried. Which draws of the published
series passed is kept in ``benchmark.json`` (``scripts/write_benchmark.py``), so that making it again needs no physics.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track

from ...evaluation.pool import Lost, run_tasks
from .chain import BODIES, body_count, chain
from .machine import Machine, MachineError
from .rules import Split
from .stages import NEWER, STAGES

Card = TypeVar("Card")


@dataclass(frozen=True)
class Series:
    """A published series: its number, seed and size, the kinds of stages that come in turn, and all that are drawn.

    Which draws passed is in the file ``draws``.
    """

    number: int
    seed: int
    count: int
    turns: tuple[str, ...]
    pool: tuple[str, ...]
    draws: Path

    @property
    def prefix(self) -> str:
        """How the names of its machines begin."""
        return "physibench" if self.number == 1 else f"physibench{self.number}"


_FOLDER = Path(__file__).parent
SERIES = {
    1: Series(1, 7, 500, tuple(STAGES), tuple(STAGES), _FOLDER / "benchmark.json"),
    2: Series(2, 11, 240, tuple(NEWER), (*STAGES, *NEWER), _FOLDER / "benchmark_2.json"),
}
"""The published series by their numbers; the second has forces, states and plans in every machine."""

SEED, COUNT = SERIES[1].seed, SERIES[1].count
"""Those of the first series."""

SPLITS: tuple[Split, ...] = ("train",) * 6 + ("dev",) + ("test",) * 3
"""Splits of ten machines in a row, in an order of their own."""

LEVELS = (1, 2, 3)
"""Difficulties."""

DRAWS = 25
"""Tries for one machine before giving up."""

TIMEOUT = 600.0
"""Seconds for one machine with all its tries."""


def build(seed: int, index: int, draw: int = 0, series: int = 1) -> Machine:
    """Machine ``index`` of a series, unchecked. The same arguments give the same machine, byte for byte.

    Every kind of stage comes in its turn, with others drawn at random; splits are dealt out in tens and difficulties
    in threes.
    """
    of = SERIES[series]
    kind = of.turns[index % len(of.turns)]
    rng, words = (random.Random(f"{seed}/{index}/{draw}/{part}") for part in ("scene", "words"))
    made = chain(rng, words, difficulty_of(seed, index), split_of(seed, index), kind, of.pool)
    name = f"{of.prefix}_{seed}_{index:03d}"
    graph = made.graph.model_copy(update={"name": name})
    told = {"name": name, "series": series, "seed": seed, "index": index, "draw": draw, "graph": graph}
    return made.model_copy(update=told)


def split_of(seed: int, index: int) -> Split:
    """The split of a machine: six of ten train, one dev, three test."""
    return _dealt(SPLITS, seed, index)


def difficulty_of(seed: int, index: int) -> int:
    """The difficulty of a machine."""
    return _dealt(LEVELS, seed, index)


def _dealt(deck: Sequence[Card], seed: int, index: int) -> Card:
    """One of a deck that is shuffled anew whenever it is used up."""
    hand, place = divmod(index, len(deck))
    return random.Random(f"{seed}/{len(deck)}/{hand}").sample(deck, len(deck))[place]


def generate(
    count: int,
    seed: int,
    *,
    first: int = 0,
    split: Split | None = None,
    workers: int = 1,
    recheck: bool = False,
    series: int = 1,
) -> list[Machine]:
    """The first ``count`` machines of a series, or of one split of it with all difficulties in proportion.

    Those of the published series were checked when the program was made and need no physics here unless ``recheck``
    is set; others are tried in ``workers`` processes. Raises MachineError when none of `DRAWS` draws passes.
    """
    indices = _sample(count, seed, split, first, series) if split else list(range(first, first + count))
    known = {} if recheck or seed != SERIES[series].seed else published_draws(series)
    draws = known | find_draws(seed, [i for i in indices if i not in known], workers, series)
    return [build(seed, index, draws[index], series) for index in indices]


def size_of(seed: int, split: Split | None, series: int = 1) -> int:
    """How many machines of a published series, or of as many of another seed, are in a split."""
    return sum(split in (None, split_of(seed, index)) for index in range(SERIES[series].count))


def _sample(count: int, seed: int, split: Split, first: int, series: int) -> list[int]:
    """Indices of a split in ascending order, spread evenly over its difficulties."""
    members = (index for index in itertools.count(first) if split_of(seed, index) == split)
    listed = list(itertools.islice(members, max(count, size_of(seed, split, series))))
    listed.sort(key=lambda index: (difficulty_of(seed, index), index))
    return sorted(listed[k * len(listed) // count] for k in range(count))


def find_draws(seed: int, indices: Iterable[int], workers: int = 1, series: int = 1) -> dict[int, int]:
    """The first draw of each machine that passes its check. Raises MachineError if none of one does."""
    todo = list(indices)
    found: dict[int, int] = {}
    if not todo:
        return found
    with closing(run_tasks(find_draw, [(seed, index, series) for index in todo], workers, TIMEOUT)) as tasks:
        for task in track(tasks, "machines checked", len(todo), console=Console(stderr=True)):
            if isinstance(task.value, Lost):
                raise MachineError(f"machine {todo[task.index]} (seed {seed}): {task.value.reason}")
            found[todo[task.index]] = task.value
    return dict(sorted(found.items()))


def find_draw(seed: int, index: int, series: int = 1) -> int:
    """The first draw of a machine that passes its check, in this process. Raises MachineError with the last reasons."""
    from .check import thorough_check

    reasons: list[str] = []
    for draw in range(DRAWS):
        machine = build(seed, index, draw, series)
        bodies = body_count(machine.graph)
        if not BODIES[0] <= bodies <= BODIES[1]:
            reasons = [f"it has {bodies} bodies"]
            continue
        reasons = thorough_check(machine, build(seed, index + 1, 0, series))
        if not reasons:
            return draw
    raise MachineError(f"no draw of machine {index} (seed {seed}) passes its check; the last: {'; '.join(reasons)}")


@cache
def published_draws(series: int = 1) -> dict[int, int]:
    """The draws of a published series that passed, by index."""
    return dict(enumerate(_published(series)["draws"]))


@cache
def _published(series: int) -> Any:
    return json.loads(SERIES[series].draws.read_text(encoding="utf-8"))


def published_digest(series: int = 1) -> str:
    """What `digest` must give for a published series."""
    return str(_published(series)["sha256"])


def digest(machines: Iterable[Machine]) -> str:
    """SHA-256 over machines, fields at their defaults left out: a new field is no other machine."""
    sha = hashlib.sha256()
    for machine in machines:
        sha.update(machine.model_dump_json(exclude_defaults=True).encode())
    return sha.hexdigest()
