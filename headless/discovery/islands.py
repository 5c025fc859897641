"""Islands of programs: drawing parents, and resetting the worse half (Discovering High Level Patterns, Algorithm 3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from pydantic import BaseModel

from .programs import SKELETON, Program
from .settings import Settings


class Reset(BaseModel):
    """An island that began anew after a request: from which ``program`` of which other island."""

    after: int
    island: int
    program: int
    taken_from: int


@dataclass
class Island:
    """The programs of an island in the order in which they came, and its last one that could not be used."""

    programs: list[Program]
    failure: Program | None = None

    @property
    def best(self) -> Program:
        """That of the highest fitness, the first of equals."""
        return max(self.programs, key=lambda p: (p.worth, -p.number))


@dataclass
class Islands:
    """The program database: I islands that begin with the skeleton. ``draws`` gives every chance of a search."""

    settings: Settings
    draws: Random
    islands: list[Island] = field(init=False)
    resets: list[Reset] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.islands = [Island([Program(number=0, island=i, source=SKELETON)]) for i in range(self.settings.islands)]

    @property
    def best(self) -> Program:
        """The best program of all islands, the first of equals."""
        return max((island.best for island in self.islands), key=lambda p: (p.worth, -p.number))

    def choose_island(self) -> int:
        """An island, drawn with odds that grow with its best fitness."""
        odds = weights([island.best.worth for island in self.islands], self.settings.island_temperature)
        return self.draws.choices(range(len(self.islands)), odds)[0]

    def choose_programs(self, island: int) -> tuple[Program, ...]:
        """Up to s different programs of an island, drawn with odds that grow with fitness; the best comes last."""
        left = list(self.islands[island].programs)
        chosen: list[Program] = []
        while left and len(chosen) < self.settings.shown:
            odds = weights([p.worth for p in left], self.settings.program_temperature)
            chosen.append(left.pop(self.draws.choices(range(len(left)), odds)[0]))
        return tuple(sorted(chosen, key=lambda p: (p.worth, -p.number)))

    def add(self, program: Program) -> None:
        """Keep a program; of one that cannot be used, only what was wrong, for the island's next prompt.

        One with the source of another of the island is not kept twice.
        """
        island = self.islands[program.island]
        if program.fitness is None:
            island.failure = program
            return
        island.failure = None
        if all(known.source != program.source for known in island.programs):
            island.programs.append(program)

    def reset(self, after: int) -> None:
        """Let the worse half of the islands begin anew, each from the best program of one of the others."""
        ranked = sorted(range(len(self.islands)), key=lambda i: (self.islands[i].best.worth, -i))
        half = len(ranked) // 2
        worse, better = ranked[:half], ranked[half:]
        for number in sorted(worse):
            giver = self.draws.choice(better)
            founder = self.islands[giver].best
            self.islands[number] = Island([founder])
            self.resets.append(Reset(after=after, island=number, program=founder.number, taken_from=giver))


def weights(values: Sequence[float], temperature: float) -> list[float]:
    """Odds of values, of which the greatest has 1 and one that is less by ``temperature`` 1/e."""
    most = max(values)
    return [math.exp((value - most) / temperature) for value in values]
