"""What happened in a trace, built-in events and patterns alike, and which of it an expression means."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..patterns.annotation import Annotation, annotate
from ..trace import Trace
from .nodes import ObjectId, Parameters
from .vocabulary import Kind, Vocabulary, is_built_in, resolve, standard_vocabulary

ABSENT = object()


@dataclass(frozen=True)
class Occurrence:
    """An event or the activation of a pattern: its first frame, and the seconds from the start to it."""

    frame: int
    time: float
    parameters: Mapping[str, Any]


class Occurrences:
    """Those of a trace, and of its annotation or, where none is given, of the pattern library.

    The library is run when first asked for one of its patterns.
    """

    def __init__(self, trace: Trace, annotation: Annotation | None = None) -> None:
        self.trace = trace
        self._given = annotation
        self.vocabulary = standard_vocabulary() if annotation is None else Vocabulary(annotation.patterns)

    @cached_property
    def _annotation(self) -> Annotation:
        return annotate(self.trace) if self._given is None else self._given

    def of(self, name: str) -> list[Occurrence]:
        """All of one event, in order. Raises DslError if there is no such event."""
        uid = self.vocabulary.kind(name).uid
        source = self.trace.events if is_built_in(uid) else self._annotation.activations
        found = [Occurrence(e.frame, e.time, e.parameters) for e in source if e.uid == uid]
        return sorted(found, key=lambda o: o.frame)

    def matching(self, name: str, params: Parameters) -> list[Occurrence]:
        """Those whose parameters have all the given values.

        Texts match whatever their case, numbers by value; the two parameters of a pair without order may be given
        either way round. Raises DslError if there is no such event, or an OBJECT_ID does not fit one object.
        """
        choices = self.choices(name, params)
        return [o for o in self.of(name) if any(all(_has(o, p) for p in wanted) for wanted in choices)]

    def choices(self, name: str, params: Parameters) -> list[Parameters]:
        """The wanted values with names in the place of OBJECT_ID, either way round if a pair has no order."""
        wanted = tuple((k, resolve(v, self.trace.scene) if isinstance(v, ObjectId) else v) for k, v in params)
        return list(dict.fromkeys([wanted, _swapped(wanted, self.vocabulary.kind(name))]))

    def differences(self, name: str, params: Parameters) -> tuple[Occurrence, Parameters] | None:
        """The occurrence that fits best, and the wanted parameters that it does not have; None if there is none."""
        choices = self.choices(name, params)
        misses = [(o, tuple(p for p in wanted if not _has(o, p))) for o in self.of(name) for wanted in choices]
        return min(misses, key=lambda miss: len(miss[1]), default=None)


def _swapped(wanted: Parameters, kind: Kind) -> Parameters:
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
        return len(value) == len(wanted) and all(map(_same, value, wanted))
    return bool(value == wanted)
