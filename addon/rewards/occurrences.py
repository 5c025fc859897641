"""What happened in a trace, built-in events and patterns alike, and which of it an expression means."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..patterns.annotation import Annotation
from ..patterns.library import detect, patterns_by_uid
from ..patterns.model import Activation, EventKind
from ..patterns.observation import Observation
from ..trace import Trace
from .nodes import Parameters, Span
from .rest import came_to_rest
from .vocabulary import CAME_TO_REST, RECORDED, Vocabulary, standard_vocabulary

ABSENT = object()

SLACK = 1e-9
"""By how much a share of the run may be off by rounding."""


@dataclass(frozen=True)
class Occurrence:
    """An event or the activation of a pattern: its first frame, and the seconds from the start to it."""

    frame: int
    time: float
    parameters: Mapping[str, Any]


class Occurrences:
    """Those of a trace, and of its annotation or, where none is given, of the pattern library.

    A pattern of the library, with those that it requires, is looked for when it is first asked for.
    """

    def __init__(self, trace: Trace, annotation: Annotation | None = None) -> None:
        self.trace = trace
        self._given = annotation
        self._run: dict[str, Sequence[Activation]] = {}
        self._found: dict[str, list[Occurrence]] = {}
        self.vocabulary = standard_vocabulary() if annotation is None else Vocabulary(annotation.patterns)

    def _activations(self, uid: str) -> Sequence[Activation]:
        """Those of one pattern."""
        if self._given is not None:
            return [a for a in self._given.activations if a.uid == uid]
        if uid not in self._run:
            pattern = patterns_by_uid()[uid]
            for required in pattern.requires:
                self._activations(required)
            self._run[uid] = detect(pattern, self.observation)
            self.observation.record(uid, self._run[uid])
        return self._run[uid]

    @cached_property
    def observation(self) -> Observation:
        """What detectors read of the trace."""
        return Observation(self.trace)

    def of(self, uid: str) -> list[Occurrence]:
        """All of one event, in order."""
        if uid not in self._found:
            self._found[uid] = self._all(uid)
        return self._found[uid]

    def _all(self, uid: str) -> list[Occurrence]:
        if uid == CAME_TO_REST.uid:
            dt = self.observation.dt
            return [Occurrence(f, f * dt, {"object": name}) for f, name in came_to_rest(self.observation)]
        source = [e for e in self.trace.events if e.uid == uid] if uid in _RECORDED else self._activations(uid)
        found = [Occurrence(e.frame, e.time, e.parameters) for e in source]
        return sorted(found, key=lambda o: o.frame)

    def matching(self, uid: str, params: Parameters, span: Span = (None, None)) -> list[Occurrence]:
        """Those within a span of the run whose parameters have all the given values.

        Texts match whatever their case, numbers by value; the two parameters of a pair without order may be given
        either way round.
        """
        choices = self._choices(uid, params)
        return [o for o in self._within(uid, span) if any(all(_has(o, p) for p in wanted) for wanted in choices)]

    def _within(self, uid: str, span: Span) -> list[Occurrence]:
        since, until = (0.0 if span[0] is None else span[0]), (1.0 if span[1] is None else span[1])
        last = max(len(self.trace.position) - 1, 1)
        return [o for o in self.of(uid) if since - SLACK <= o.frame / last <= until + SLACK]

    def _choices(self, uid: str, params: Parameters) -> list[Parameters]:
        """The wanted values, either way round if a pair has no order."""
        return list(dict.fromkeys([params, _swapped(params, self.vocabulary.kind(uid))]))

    def differences(
        self, uid: str, params: Parameters, span: Span = (None, None)
    ) -> tuple[Occurrence, Parameters] | None:
        """The occurrence that fits best, and the wanted parameters that it does not have; None if there is none."""
        choices = self._choices(uid, params)
        found = self._within(uid, span)
        misses = [(o, tuple(p for p in wanted if not _has(o, p))) for o in found for wanted in choices]
        return min(misses, key=lambda miss: len(miss[1]), default=None)


_RECORDED = frozenset(kind.uid for kind in RECORDED)


def _swapped(wanted: Parameters, kind: EventKind) -> Parameters:
    pair = kind.symmetric
    other = dict(zip(pair, reversed(pair), strict=True))
    return tuple((other.get(k, k), v) for k, v in wanted)


def _has(occurrence: Occurrence, wanted: tuple[str, Any]) -> bool:
    return _same(occurrence.parameters.get(wanted[0], ABSENT), wanted[1])


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, int | float) and isinstance(wanted, int | float):
        return math.isclose(value, wanted, rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(value, Sequence) and isinstance(wanted, tuple) and not isinstance(value, str):
        return len(value) == len(wanted) and all(map(_same_item, value, wanted))
    return bool(value == wanted)


def _same_item(value: Any, wanted: Any) -> bool:
    return wanted is None or _same(value, wanted)
