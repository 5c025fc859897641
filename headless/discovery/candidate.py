"""Running a candidate over all traces, in the sandbox alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from addon.executor import FunctionWorker, ScriptError
from addon.patterns import Activation, Finding, Observation, Pattern
from addon.patterns.library import detect
from addon.patterns.source import BUDGETS, findings_of, source_pattern
from addon.patterns.view import ATTRIBUTES

from .trace_set import TraceSet

PROCESSES = 2
"""Script workers at once."""


@dataclass(frozen=True)
class Found:
    """A candidate as a pattern, and what it found in each trace."""

    pattern: Pattern
    activations: list[list[Activation]]

    @property
    def events(self) -> int:
        """How much it found in all traces."""
        return sum(map(len, self.activations))

    @property
    def runs(self) -> int:
        """In how many traces it found something."""
        return sum(map(bool, self.activations))


def run_candidate(source: str, uid: str, traces: TraceSet, known: Collection[str] | None = None, **words: Any) -> Found:
    """What a candidate finds in each trace. It may read the patterns ``known``, those of the library unless given;
    ``words`` are those of `source_pattern`.

    Each worker process runs its share of the traces one after the other and stops at the first that fails. Raises
    ScriptError of the first trace that fails, whichever process came to it first.
    """
    if known is None:
        known = [pattern.uid for pattern in traces.patterns]
    pattern = source_pattern(source, uid, known=known, **words)
    messages = traces.messages(pattern.requires)
    shares = [range(first, len(traces), PROCESSES) for first in range(min(PROCESSES, len(traces)))]
    with ThreadPoolExecutor(len(shares)) as pool:
        parts = list(pool.map(lambda share: _share(pattern, source, traces, messages, share), shares))
    failures = [part.failure for part in parts if part.failure is not None]
    if failures:
        raise min(failures, key=lambda failure: failure[0])[1]
    found = {i: own for part in parts for i, own in part.found.items()}
    return Found(pattern, [found[i] for i in range(len(traces))])


@dataclass
class _Part:
    """What a process found by the number of the trace, and where and how it failed."""

    found: dict[int, list[Activation]]
    failure: tuple[int, ScriptError] | None = None


def _share(pattern: Pattern, source: str, traces: TraceSet, messages: Sequence[bytes], share: range) -> _Part:
    part = _Part({})
    place = share[0]
    try:
        with FunctionWorker(source, attributes=ATTRIBUTES, budgets=BUDGETS) as worker:
            for place in share:
                answer = worker.send(messages[place])

                def find(observation: Observation, value: Any = answer) -> list[Finding]:
                    return findings_of(value, observation)

                part.found[place] = detect(replace(pattern, find=find), traces.observations[place])
    except ScriptError as error:
        part.failure = (place, error)
    return part
