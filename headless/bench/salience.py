"""How many lines a run is told in, whether an outcome is lost, and how much the choice hangs on its constants."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from addon.patterns import salience
from addon.patterns.annotation import Annotation, annotate
from addon.patterns.moments import Moment, salient
from addon.trace import Trace

CONSTANTS = ("OUTCOME", "KEPT", "WITHIN")
"""What of the formula is chosen, not measured."""

FACTORS = (0.5, 2.0)


@dataclass(frozen=True)
class SalienceBench:
    """Over ``runs`` runs: medians and greatest numbers of events and of lines, outcomes with how many are in no line,
    and the mean share of lines that stay the same where a constant is halved or doubled."""

    runs: int
    events: float
    most_events: int
    lines: float
    most_lines: int
    outcomes: int
    lost: int
    same: dict[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(traces: Iterable[Trace]) -> SalienceBench:
    """Annotate each run and choose what is told of it."""
    events, lines, outcomes, lost = [], [], 0, 0
    same: dict[str, list[float]] = {}
    for trace in traces:
        found = annotate(trace)
        told = salient(found)
        events.append(len(found.activations) + len(found.outcomes))
        lines.append(len(told))
        outcomes += len(found.outcomes)
        lost += len(found.outcomes) - len(_outcomes_in(told, found))
        for name in CONSTANTS:
            for factor in FACTORS:
                with _scaled(name, factor):
                    same.setdefault(f"{name} × {factor:g}", []).append(_alike(told, salient(annotate(trace))))
    return SalienceBench(
        runs=len(lines),
        events=statistics.median(events),
        most_events=max(events),
        lines=statistics.median(lines),
        most_lines=max(lines),
        outcomes=outcomes,
        lost=lost,
        same={name: round(statistics.mean(shares), 3) for name, shares in same.items()},
    )


def _outcomes_in(told: Iterable[Moment], annotation: Annotation) -> set[int]:
    """Numbers of the outcomes that some line stands for and, but for those that come again and again, names."""
    known = {id(a): i for i, a in enumerate(annotation.outcomes)}
    return {known[id(a)] for m in told for a in m.members if id(a) in known}


def _alike(told: list[Moment], other: list[Moment]) -> float:
    texts = {m.text for m in told}
    return len(texts & {m.text for m in other}) / max(len(texts), 1)


@contextmanager
def _scaled(name: str, factor: float) -> Iterator[None]:
    """With one of the constants times a factor; a share stays below 1."""
    value = getattr(salience, name)
    setattr(salience, name, min(value * factor, 0.95) if value < 1 else value * factor)
    try:
        yield
    finally:
        setattr(salience, name, value)
