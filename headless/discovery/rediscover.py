"""Rediscovery: patterns are taken out of the library, found again by their labels, and held against what they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from pydantic import BaseModel

from addon.executor import ScriptError
from addon.patterns import Pattern

from ..evaluation.recorded import Model
from .candidate import run_candidate
from .discover import Discovery, Outcome, discover
from .errors import DiscoveryError
from .labels import Label, of_patterns
from .matching import agreement, marks
from .programs import Program
from .settings import Settings
from .trace_set import TraceSet
from .traces import NamedTrace


class Rediscovered(BaseModel):
    """How a discovered detector agrees with the removed one on traces that no search has seen.

    Events are the same that begin within `matching.TOLERANCE` frames and name the same bodies: at least those that the
    removed pattern has as parameters, and none that it does not name. ``problem`` says why there are none to compare.
    """

    uid: str
    found: int = 0
    expected: int = 0
    same: int = 0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    problem: str = ""


class Rediscovery(BaseModel):
    """All of it: which patterns were not there, which traces were held back, and what was found."""

    removed: tuple[str, ...]
    held_back: tuple[str, ...]
    agreement: tuple[Rediscovered, ...]
    discovery: Discovery


def without(library: Sequence[Pattern], uids: Collection[str]) -> tuple[list[Pattern], list[Pattern]]:
    """A library in order of dependence without some patterns and all that read them, and these.

    Raises DiscoveryError for a uid that it does not have.
    """
    known = [pattern.uid for pattern in library]
    if unknown := sorted(set(uids) - set(known)):
        raise DiscoveryError(f"there is no pattern '{unknown[0]}'; there are {', '.join(sorted(known))}")
    gone = set(uids)
    left, removed = [], []
    for pattern in library:
        if pattern.uid in gone or gone & set(pattern.requires):
            gone.add(pattern.uid)
            removed.append(pattern)
        else:
            left.append(pattern)
    return left, removed


def rediscover(
    uids: Sequence[str],
    library: Sequence[Pattern],
    searched: Sequence[NamedTrace],
    held: Sequence[NamedTrace],
    model: Model,
    settings: Settings,
    seed: int,
    folder: Path,
    *,
    listen: Callable[[Label, Program], None] = lambda label, program: None,
) -> tuple[Rediscovery | None, tuple[str, ...]]:
    """Discover the patterns ``uids`` by label and description in ``searched`` traces, and compare in ``held`` ones.

    None, and what is to be done, while answers are to be given. Raises what `discover` does.
    """
    left, removed = without(library, uids)
    labels = of_patterns(pattern for uid in uids for pattern in library if pattern.uid == uid)
    done = discover(labels, TraceSet(searched, left, settings.bins), model, settings, seed, folder, listen=listen)
    if done.discovery is None:
        return None, done.pending
    seen = TraceSet(held, left, settings.bins)
    true = TraceSet(held, library, settings.bins)
    found = tuple(compare(outcome, seen, true) for outcome in done.discovery.outcomes)
    told = Rediscovery(
        removed=tuple(pattern.uid for pattern in removed),
        held_back=seen.names,
        agreement=found,
        discovery=done.discovery,
    )
    return told, ()


def compare(outcome: Outcome, seen: TraceSet, true: TraceSet) -> Rediscovered:
    """How the events of a label's best detector, which reads the library of ``seen``, agree with those that the pattern
    of the same uid has in ``true``, the same traces under the whole library."""
    if outcome.fitness is None:
        return Rediscovered(uid=outcome.uid, problem="no program could be used")
    try:
        found = run_candidate(outcome.source, outcome.uid, seen).activations
    except ScriptError as error:
        return Rediscovered(uid=outcome.uid, problem=error.text())
    bodies = [trace.bodies for trace in true.traces]
    removed = next(pattern for pattern in true.patterns if pattern.uid == outcome.uid)
    pairs = agreement(
        [marks(own, names) for own, names in zip(found, bodies, strict=True)],
        [marks(own, names, removed) for own, names in zip(true.activations[outcome.uid], bodies, strict=True)],
    )
    return Rediscovered(
        uid=outcome.uid,
        found=pairs.found,
        expected=pairs.expected,
        same=pairs.same,
        precision=round(pairs.precision, 4),
        recall=round(pairs.recall, 4),
        f1=round(pairs.f1, 4),
    )
