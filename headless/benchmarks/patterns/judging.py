"""Detections held against labels: which are right, which are wrong, what is missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from addon.patterns.library import library, patterns_by_uid
from addon.patterns.model import Activation

from ...evaluation.statistics import Share, wilson
from .corpus import Label, Rollout

TOLERANCE = 12
"""Frames by which the beginnings of an event and of its label may differ."""


@dataclass
class Tally:
    """What became of the events of one kind: detections that are ``true``, ``false``, ``unsure``, ``unjudged`` (where
    only some were labelled) and ``new`` (where all were), and labelled true events that are ``found`` or ``missed``."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def occurrences(self) -> int:
        """Labelled events that happen."""
        return self.counts["found"] + self.counts["missed"]

    @property
    def precision(self) -> Share:
        """The share of judged detections that are true."""
        return wilson(self.counts["true"], self.counts["true"] + self.counts["false"])

    @property
    def recall(self) -> Share:
        """The share of labelled events that are found."""
        return wilson(self.counts["found"], self.occurrences)


@dataclass(frozen=True)
class Judged:
    """A detection and what it is: the truth of its label, ``unjudged`` or ``new``, see `Tally`."""

    activation: Activation
    verdict: str


def judge(rollout: Rollout, activations: Iterable[Activation]) -> tuple[list[Judged], list[Label]]:
    """The verdict on each detection, and the labelled true events that none of them is.

    A detection has the label that it fits whose beginning is nearest. One event may be told twice.
    """
    judged, seen = [], set()
    for activation in activations:
        fitting = [label for label in rollout.labels if fits(activation, label)]
        if fitting:
            label = min(fitting, key=lambda one: abs(one.first - activation.frame))
            seen.add(id(label))
            judged.append(Judged(activation, label.truth))
        else:
            judged.append(Judged(activation, _without_label(rollout, activation.uid)))
    return judged, [one for one in rollout.labels if one.truth == "true" and id(one) not in seen]


def _without_label(rollout: Rollout, uid: str) -> str:
    if uid in rollout.whole:
        return "false"
    return "unjudged" if uid in rollout.partly else "new"


def fits(activation: Activation, label: Label) -> bool:
    """Whether a detection is what a label is about: the same kind of event of the same bodies at about the time.

    What happens begins when the label does, within `TOLERANCE`, or at any time of the label if it is told as a moment,
    or covers half of the shorter one. What does not happen must also end when it was told to.
    """
    if activation.uid != label.uid or not _same(activation.uid, activation.parameters, label.named):
        return False
    start, end = activation.frame, activation.frame if activation.end is None else activation.end
    begins = abs(start - label.first) <= TOLERANCE
    if label.truth == "false":
        return begins and abs(end - label.last) <= TOLERANCE
    if begins or (activation.end is None and label.first <= start <= label.last + TOLERANCE):
        return True
    return 2 * (min(end, label.last) - max(start, label.first) + 1) > min(end - start, label.last - label.first) + 1


def _same(uid: str, parameters: dict[str, Any], named: dict[str, Any]) -> bool:
    """Whether a detection has the values that a label names; those of a symmetric pair in either order."""
    own = {name: tuple(value) if isinstance(value, list) else value for name, value in parameters.items()}
    if all(own.get(name) == value for name, value in named.items()):
        return True
    pair = patterns_by_uid()[uid].symmetric
    turned = dict(zip(pair, reversed(pair), strict=True))
    return bool(pair) and all(own.get(turned.get(name, name)) == value for name, value in named.items())


def summed(tallies: Iterable[Tally]) -> Tally:
    """The events of several kinds together."""
    return Tally(sum((tally.counts for tally in tallies), Counter()))


def tallied(rollouts: Iterable[tuple[Rollout, Sequence[Activation]]]) -> dict[str, Tally]:
    """The tallies of all kinds over rollouts with what was found in them, by uid."""
    tallies = {pattern.uid: Tally() for pattern in library()}
    for rollout, activations in rollouts:
        judged, missed = judge(rollout, activations)
        for one in judged:
            tallies[one.activation.uid].counts[one.verdict] += 1
        for label in rollout.labels:
            if label.truth == "true":
                tallies[label.uid].counts["missed" if label in missed else "found"] += 1
    return tallies
