"""Spans of a run: what goes on from one moment to another, or happens each time between them only."""

from __future__ import annotations

from typing import Any

from ..conditions.logic import Not
from ..conditions.time import Clock
from ..grammar import REJECT, Grammar
from ..model import Condition, Rule, When
from .effects import Doing
from .said import Said, both, guarded
from .whole import rule

Span = tuple[float, float]


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("moment_time", "{t:clock_time}", lambda f: f["t"])
    to = "(to|until|till|and|up to|-) {b:moment_time}"
    g.add("window", f"[only] (from|between) {{a:moment_time}} {to} [only]", lambda f: _span(f["a"], f["b"]))
    g.add(
        "window",
        f"[only] (from|between) [t|time|second|seconds] [=] {{a:number}} {to} [only]",
        lambda f: _span(f["a"], f["b"]),
    )
    g.add("window", "(for|during|in|over|within) first {b:time} [of run]", lambda f: _span(0.0, f["b"]))
    for text in ("(until|till|up to|up till) {t:moment_time} [,|:] {d:effects}", "{d:effects} [,] (until|till|up to|up till) {t:moment_time}"):  # fmt: skip
        g.add("rule", text, lambda f: _up_to(f["t"], f["d"]), cost=0.2)
    for text in ("{w:window} [,|:|-] {d:effects}", "{d:effects} [,] {w:window}"):
        g.add("rule", text, lambda f: _between(f["w"], f["d"]), cost=0.2)
    g.add("span_of_run", "{w:window}", lambda f: f["w"])
    g.add("span_of_run", "[but] [only] (until|till|up to|up till) {b:moment_time}", lambda f: _span(0.0, f["b"]))
    g.add("span_of_run", "[but] [only] from {a:moment_time} (on|onwards|onward)", lambda f: (f["a"], None))
    for text in (
        "{w:span_of_run} [,|:|-] {s:when} <sep> {d:effects}",
        "{w:span_of_run} [,|:|-] {d:effects} [,] {s:when}",
        "{s:when} [,] {w:span_of_run} <sep> {d:effects}",
        "{d:effects} [,] {s:when} [,] {w:span_of_run}",
        "{d:effects} [,] {w:span_of_run} [,] {s:when}",
        "{s:when} <sep> {d:effects} [,|-] [but] {w:span_of_run}",
    ):
        g.add("rule", text, lambda f: _each_within(f["w"], f["s"], f["d"]), cost=0.2)


def _span(start: float, end: float) -> Any:
    return (start, end) if 0 <= start < end else REJECT


def _between(span: Span, doing: Doing) -> Any:
    """What goes on by itself goes on from the one moment to the other; a motion takes that time."""
    step = doing.steps[0]
    if len(doing.steps) > 1 or step.wait:
        return REJECT
    start = Clock(seconds=span[0]) if span[0] else None
    if all("over" in type(effect).model_fields and not getattr(effect, "lasts", False) for effect in step.effects):
        if any({"over", "speed"} & effect.model_fields_set for effect in step.effects):
            return REJECT
        taking = tuple(effect.model_copy(update={"over": span[1] - span[0]}) for effect in step.effects)
        return Rule(
            when=When(condition=start or Clock(seconds=0.0)), steps=(step.model_copy(update={"effects": taking}),)
        )
    if any(
        e.undone() is None or ("over" in type(e).model_fields and not getattr(e, "lasts", False)) for e in step.effects
    ):
        return REJECT
    return Rule(when=When(condition=start, until=Clock(seconds=span[1])), steps=doing.steps)


def _up_to(end: float, doing: Doing) -> Any:
    """What is so from the start until a moment; a motion does not take until then."""
    if any("over" in type(e).model_fields and not getattr(e, "lasts", False) for e in doing.steps[0].effects):
        return REJECT
    return _between((0.0, end), doing) if end > 0 else REJECT


def _each_within(span: tuple[float, float | None], said: Said, doing: Doing) -> Any:
    """What happens each time within a span of the run."""
    if said.mode != "each" or said.guard is not None or said.delay:
        return REJECT
    begun: Condition = Clock(seconds=span[0])
    if span[1] is None:
        limited = guarded(said, begun)
    else:
        before: Condition = Not(part=Clock(seconds=span[1]))
        limited = guarded(said, both(begun, before) if span[0] else before)
    return REJECT if limited is REJECT else rule(limited, doing)
