"""What an expression is worth on a trace, and why (Discovering High Level Patterns, Section 3.3).

The value is in [0, 1], and 1 exactly where the expression holds. AND is the mean of its operands, OR the best of them;
an event or an order of events counts 1 or 0; counts and distances are graded by `shaped`. NOT is taken inwards to
these (De Morgan), where it turns "more than n" into "fewer than n + 1"; the NOT of an exact count, of an event or of a
distance is 1 or 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..patterns.annotation import Annotation
from ..trace import Trace
from .bind import bound
from .nodes import (
    After,
    Count,
    EventNode,
    Logic,
    Nearby,
    NearbyAt,
    Node,
    OnlyAfter,
    Parameters,
    SameCount,
    Span,
    Touching,
    event_text,
    value_text,
)
from .occurrences import Occurrence, Occurrences
from .places import distances

ALMOST = 1.0 - 1e-9
"""The most that what does not hold is worth."""

SLACK = 1e-9
"""Seconds that times may be off by rounding."""


@dataclass(frozen=True)
class Verdict:
    """What one clause is worth, whether it ``held``, and what was seen, in words.

    ``frame`` is the one that decided: where the event occurred or the distance was taken, None if nothing was there.
    ``parts`` are the verdicts on the operands.
    """

    clause: str
    held: bool
    value: float
    reason: str
    frame: int | None = None
    parts: tuple[Verdict, ...] = ()


def holds(expression: Node, trace: Trace, annotation: Annotation | None = None) -> bool:
    """The expression's boolean value on a trace."""
    return judge(expression, trace, annotation).held


def judge(expression: Node, trace: Trace, annotation: Annotation | None = None) -> Verdict:
    """The verdict on an expression with its reasons.

    Patterns are those of the annotation, or of the library where none is given. Clauses are in the words of the
    trace: uids and names. Raises DslError as `validate`, and TraceError if a place is asked of a body that the trace
    does not have.
    """
    return judge_all([expression], trace, annotation)[0]


def judge_all(expressions: Sequence[Node], trace: Trace, annotation: Annotation | None = None) -> list[Verdict]:
    """The verdicts on several expressions, as of `judge`; what is found in the trace for one serves them all."""
    seen = Occurrences(trace, annotation)
    return [_judge(bound(expression, trace.scene, seen.vocabulary), seen, True) for expression in expressions]


def shaped(deviation: float, scale: float) -> float:
    """From 1 without deviation to 0 at ``scale`` and beyond: 1 - ln(1 + deviation) / ln(1 + scale).

    The paper's inverse-log shaping with clamping: a step near the goal is worth more than the same step far from it.
    """
    return float(np.clip(1.0 - math.log1p(deviation) / math.log1p(scale), 0.0, 1.0))


def _judge(node: Node, seen: Occurrences, wanted: bool) -> Verdict:
    """The verdict on a node, or on its opposite if it is not wanted."""
    match node:
        case Logic(operator="NOT", operands=(operand,)):
            return _judge(operand, seen, not wanted)
        case Logic():
            return _logic(node, seen, wanted)
        case EventNode():
            return _event(node, seen, wanted)
        case Count():
            return _count(node, seen, wanted)
        case After():
            return _after(node, seen, wanted)
        case OnlyAfter():
            return _only_after(node, seen, wanted)
        case SameCount():
            return _same_count(node, seen, wanted)
        case NearbyAt() | Nearby() | Touching():
            return _near(node, seen, wanted)
    raise TypeError(f"{type(node).__name__} is not an expression")


def _verdict(
    node: Node,
    wanted: bool,
    held: bool,
    reason: str,
    *,
    value: float | None = None,
    frame: int | None = None,
    parts: tuple[Verdict, ...] = (),
) -> Verdict:
    """A verdict whose value is 1 where it held and less than 1 where not, 0 unless a value is given."""
    clause = str(node) if wanted else f"NOT({node})"
    worth = 1.0 if held else min(value or 0.0, ALMOST)
    return Verdict(clause, held, worth, reason, frame, parts)


def _logic(node: Logic, seen: Occurrences, wanted: bool) -> Verdict:
    parts = tuple(_judge(operand, seen, wanted) for operand in node.operands)
    values = [part.value for part in parts]
    held = sum(part.held for part in parts)
    if (node.operator == "AND") == wanted:
        reason = f"{held} of {len(parts)} clauses held"
        return _verdict(node, wanted, held == len(parts), reason, value=sum(values) / len(values), parts=parts)
    reason = f"{held} of {len(parts)} clauses held, one is needed"
    return _verdict(node, wanted, held > 0, reason, value=max(values), parts=parts)


def _event(node: EventNode, seen: Occurrences, wanted: bool) -> Verdict:
    found = seen.matching(node.uid, node.params, node.span)
    if found:
        often = f", {len(found)} times in all" if len(found) > 1 else ""
        return _verdict(node, wanted, wanted, f"occurred at {_when(found[0])}{often}", frame=found[0].frame)
    never = f"never occurred{_span_text(node.span)}"
    return _verdict(
        node, wanted, not wanted, never + (_nearest(node.uid, node.params, seen, node.span) if wanted else "")
    )


def _span_text(span: Span) -> str:
    """From when to when, in words."""
    since, until = span
    since_text = "" if since is None else f" from {since:.0%} of the run"
    return since_text + ("" if until is None else f" up to {until:.0%} of the run")


def _nearest(uid: str, params: Parameters, seen: Occurrences, span: Span = (None, None)) -> str:
    """What came nearest to an event that did not occur, in words."""
    found = seen.differences(uid, params, span)
    if found is None or not params:
        return ""
    occurrence, missing = found
    given = occurrence.parameters
    other = ", ".join(
        f"{name} was {value_text(_plain(given[name])) if name in given else 'missing'}, not {value_text(value)}"
        for name, value in missing
    )
    return f"; the nearest was at {_when(occurrence)}: {other}"


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _count(node: Count, seen: Occurrences, wanted: bool) -> Verdict:
    found = seen.matching(node.uid, node.params, node.span)
    count = len(found)
    if node.comparison == "COUNT" and not wanted:
        reason = f"{count} counted, any other number than {node.count} wanted"
        return _verdict(node, wanted, count != node.count, reason)
    least, most = _bounds(node, wanted)
    off, scale = (least - count, least) if count < least else (max(count - most, 0), max(most, 1.0))
    decisive = max(int(most), 0) if off and count > most else least - 1
    return _verdict(
        node,
        wanted,
        off == 0,
        f"{count} counted, {_range(least, most)} wanted",
        value=shaped(off, scale),
        frame=found[decisive].frame if 0 <= decisive < count else None,
    )


def _bounds(node: Count, wanted: bool) -> tuple[int, float]:
    """The least and the most occurrences that make a count, or its opposite, true."""
    if node.comparison == "COUNT":
        return node.count, node.count
    if (node.comparison == "GT") == wanted:
        return node.count + wanted, math.inf
    return 0, node.count - wanted


def _range(least: int, most: float) -> str:
    if math.isinf(most):
        return f"at least {least}"
    return f"exactly {least}" if least == most else f"at most {most:g}"


def _after(node: After, seen: Occurrences, wanted: bool) -> Verdict:
    first = seen.matching(node.first, node.first_params)
    second = seen.matching(node.second, node.second_params)
    names = [event_text(node.first, node.first_params), event_text(node.second, node.second_params)]
    if not first or not second:
        uid, params = (node.second, node.second_params) if first else (node.first, node.first_params)
        reason = f"{names[1 if first else 0]} never occurred{_nearest(uid, params, seen) if wanted else ''}"
        return _verdict(node, wanted, not wanted, reason)
    deltas = np.subtract.outer([a.time for a in first], [b.time for b in second])
    same = np.zeros(deltas.shape, dtype=np.bool_)
    if seen.vocabulary.kind(node.first).uid == seen.vocabulary.kind(node.second).uid:
        for i, j in np.argwhere(deltas == 0.0):
            same[i, j] = first[i] == second[j]  # an event does not come after itself
    low = 0.0 if node.min_delta is None else node.min_delta
    early = low - deltas if node.min_delta is not None else np.where(deltas > SLACK, 0.0, SLACK * 2 - deltas)
    late = deltas - (math.inf if node.max_delta is None else node.max_delta)
    off = np.where(same, math.inf, np.maximum(np.maximum(early, late), 0.0))
    a, b = np.unravel_index(int(np.argmin(off)), off.shape)
    held = bool(off[a, b] <= SLACK)
    delta = float(deltas[a, b])
    order = f"{abs(delta):.3f} s {'after' if delta >= 0 else 'before'}"
    best = f"at {_when(first[a])}, {order} the other" if math.isfinite(off[a, b]) else "there was only one"
    bounds = f"; {low:g} s to {'any time' if node.max_delta is None else f'{node.max_delta:g} s'} wanted"
    return _verdict(
        node, wanted, held == wanted, best + ("" if held else bounds), frame=first[a].frame if held else None
    )


def _only_after(node: OnlyAfter, seen: Occurrences, wanted: bool) -> Verdict:
    first = seen.matching(node.first, node.first_params)
    second = seen.matching(node.second, node.second_params)
    name = event_text(node.second, node.second_params)
    if not first:
        return _verdict(node, wanted, wanted, f"{event_text(node.first, node.first_params)} never occurred")
    when = f"{name} first occurred at {_when(second[0])}" if second else f"{name} never occurred"
    held = bool(second) and second[0].time < first[0].time - SLACK
    return _verdict(node, wanted, held == wanted, f"first at {_when(first[0])}; {when}", frame=first[0].frame)


def _same_count(node: SameCount, seen: Occurrences, wanted: bool) -> Verdict:
    first = len(seen.matching(node.first, node.first_params))
    second = len(seen.matching(node.second, node.second_params))
    value = shaped(abs(first - second), max(first, second, 1)) if wanted else 0.0
    reason = f"{first} and {second} counted, {'the same' if wanted else 'different'} numbers wanted"
    return _verdict(node, wanted, (first == second) == wanted, reason, value=value)


def _near(node: NearbyAt | Nearby | Touching, seen: Occurrences, wanted: bool) -> Verdict:
    asked = distances(node, seen)
    frame = round(node.t * (len(seen.trace.position) - 1))
    reason = asked.told(frame, f"{frame / seen.trace.meta.fps:.2f} s (frame {frame})")
    if math.isnan(asked.metres[frame]):
        return _verdict(node, wanted, not wanted, reason, frame=frame)
    value = shaped(asked.off(frame), asked.size) if wanted else 0.0
    return _verdict(node, wanted, bool(asked.near[frame]) == wanted, reason, value=value, frame=frame)


def _when(occurrence: Occurrence) -> str:
    return f"{occurrence.time:.2f} s (frame {occurrence.frame})"


_HEAD = re.compile(r"^(?:held|FAILED)(?: \([\d.]+\))?: [A-Z_]+\(.*?\): ")


def explain(verdict: Verdict) -> str:
    """Clause by clause what held, when, and how far off it was, as indented lines."""
    return "\n".join(_lines(verdict, 0))


def why_of(told: str) -> str:
    """What `explain` told, without the verdict and the clause where it is one line alone."""
    return told if "\n" in told else _HEAD.sub("", told)


def _lines(verdict: Verdict, depth: int) -> list[str]:
    partly = f" ({verdict.value:.2f})" if 0.0 < verdict.value < 1.0 else ""
    what = verdict.clause.partition("(")[0] if verdict.parts else verdict.clause
    own = f"{'  ' * depth}{'held' if verdict.held else 'FAILED'}{partly}: {what}: {verdict.reason}"
    return [own, *(line for part in verdict.parts for line in _lines(part, depth + 1))]
