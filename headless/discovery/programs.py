"""Programs of a search: where each comes from, and what it is worth."""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import BaseModel, ConfigDict

SKELETON = '''\
def find_pattern(trace):
    """What the pattern is, in one sentence."""
    found = []
    for frame in trace.frames:
        for o in frame.objects:
            pass
    return found
'''
"""g_0: the form of a detector, which finds nothing (Algorithm 1)."""

LOWEST = -3.5
"""Less than any detector is worth: correlation -1, novelty 0, length log(1000) / 5, repetition 1."""


class Fitness(BaseModel):
    """The terms of nu = rho + eta - lambda - psi (Algorithm 2), and two that the paper does not have.

    ``correlation`` rho is in -1 to 1, ``novelty`` eta and ``repetition`` psi in 0 to 1, ``length`` lambda in 0 to 1.38.
    ``examples`` is F1 with the events of examples, where some are given, ``agreement`` the mean F1 with the other
    programs of the label, once all are there; both in 0 to 1, with weight 1.
    """

    model_config = ConfigDict(frozen=True)

    correlation: float
    novelty: float
    length: float
    repetition: float
    examples: float | None = None
    agreement: float | None = None

    @property
    def nu(self) -> float:
        """The paper's fitness."""
        return round(self.correlation + self.novelty - self.length - self.repetition, 6)

    @property
    def own(self) -> float:
        """What a program is worth without a look at others: nu, and how far it finds the examples."""
        return round(self.nu + (self.examples or 0.0), 6)

    @property
    def total(self) -> float:
        """All of it."""
        return round(self.own + (self.agreement or 0.0), 6)

    def told(self) -> dict[str, float]:
        """The total, the paper's part of it and all terms by name, without those that there are not."""
        return {"total": self.total, "nu": self.nu, **self.model_dump(exclude_none=True)}


class Program(BaseModel):
    """A detector of a search: the ``number`` of the request that it answers, 0 of the skeleton.

    ``measure_sha256`` is the digest of what its fitness depends on besides the source.
    ``parents`` are the numbers of the programs that the prompt showed. One that cannot be used has a ``problem`` and no
    fitness. ``events`` and ``runs`` count what it found, and in how many of the traces; ``begins`` are the frames.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    island: int
    source: str
    parents: tuple[int, ...] = ()
    parameters: dict[str, dict[str, str]] = {}
    measure_sha256: str = ""
    prompt_sha256: str = ""
    answer_sha256: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    fitness: Fitness | None = None
    problem: str = ""
    events: int = 0
    runs: int = 0
    begins: tuple[tuple[int, ...], ...] = ()

    @property
    def worth(self) -> float:
        """Its fitness; `LOWEST` without one."""
        return LOWEST if self.fitness is None else self.fitness.total

    def lineage(self) -> dict[str, Any]:
        """All but the source, as plain values."""
        told = self.model_dump(mode="json", exclude={"source", "fitness", "parameters", "begins"})
        return {**told, "fitness": None if self.fitness is None else self.fitness.told()}


def sha256(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
