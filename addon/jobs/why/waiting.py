"""Why a rule did not act: what of all that it waits for did not come about."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ...coder import Understood
from ...rules import Rule
from ...rules.conditions.change import Change
from ...rules.conditions.done import Done, Fired
from ...rules.conditions.lasting import Lasting
from ...rules.conditions.logic import And, Count, InOrder, Or, ordinal
from ...rules.conditions.properties import Property
from ...rules.conditions.time import Clock, Period
from ...rules.conditions.touch import Touch
from ...rules.model import Condition
from ...rules.units import told
from .ahead import longer, much_longer
from .case import Case
from .cause import Cause
from .held import Frames, held, now
from .limits import why_beyond
from .meeting import why_apart
from .mends import Longer, Mend

DEEPEST = 5
"""So many rules, each of which waits for the next, are followed."""


def why_not(case: Case, number: int, depth: int = 0) -> tuple[Cause, ...]:
    """Why a rule, from 1, did not act; nothing if that is not known."""
    one = next((one for one in case.understood if one.number == number), None)
    if one is None or case.fired(number) or depth > DEEPEST:
        return ()
    if case.problem is not None and case.problem_frame is not None:
        text = f"The script failed {case.at(case.problem_frame)}, and no rule acted from then on."
        return (Cause(kind="script", text=text, frame=case.problem_frame),)
    found: dict[str, Cause] = {}
    for rule in one.rules:
        for cause in _Waiting(case, one, rule, depth).causes():
            found.setdefault(cause.text, cause)
    return tuple(found.values())


class _Waiting:
    """One rule of a text that did not act."""

    def __init__(self, case: Case, one: Understood, rule: Rule, depth: int) -> None:
        self.case, self.one, self.rule, self.depth = case, one, rule, depth

    def causes(self) -> Iterator[Cause]:
        """Why it did not act."""
        condition = self.rule.when.condition
        if condition is None:
            wait = self.rule.when.delay + self.rule.steps[0].wait
            yield from self._too_short(wait, f"The rule acts {told(wait)} s after the start")
            return
        so = held(condition, self.case)
        if so is None or not so.any():
            yield from self._of(condition)
            return
        frame = int(np.argmax(so))
        if frame == self.case.last and isinstance(condition, Clock):
            yield from self._of(condition)
            return
        if frame == self.case.last:  # Scripts see a frame in the step after it.
            yield from self._too_short((frame + 1) / self.case.fps, f"{_came(condition)} {self.case.at(frame)}")
            return
        if frame == 0 and isinstance(condition, Change):
            yield from why_beyond(self.case, self.one, self.rule, condition)
        yield from self._though_so(condition, frame)

    def _of(self, condition: Condition) -> Iterator[Cause]:
        """Why a condition did not come about."""
        case = self.case
        if isinstance(condition, Touch):
            names = (*condition.a.names, *condition.b.names)
            yield from self._unmoved(names) or self._at_rest(why_apart(case, self.one.number, self.rule, condition))
        elif isinstance(condition, Clock | Period):
            yield from self._too_short(condition.seconds, f"The rule waits for {told(condition.seconds)} s")
        elif isinstance(condition, Fired):
            yield from self._of_other(condition.number, f"It waits for rule {condition.number}")
        elif isinstance(condition, Done | Property):
            doers = list(self._of_doers(condition))
            yield from doers or why_beyond(case, self.one, self.rule, condition)
        elif isinstance(condition, Change):
            names = condition.thing.names
            yield from self._unmoved(names) or self._at_rest(why_beyond(case, self.one, self.rule, condition))
        elif isinstance(condition, Lasting):
            yield from self._of_lasting(condition)
        elif isinstance(condition, Count):
            yield from self._of_count(condition)
        elif isinstance(condition, InOrder):
            first = held(condition.first, case)
            yield from self._of(condition.then if first is not None and first.any() else condition.first)
        elif isinstance(condition, Or):
            for part in condition.parts:
                yield from self._of(part)
        elif isinstance(condition, And):
            yield from self._of_all(condition)

    def _of_all(self, condition: And) -> Iterator[Cause]:
        """Which of several things was not so, or not when the others were."""
        parts = [(part, now(part, self.case)) for part in condition.parts]
        missing = [part for part, so in parts if so is None or not so.any()]
        fails = [part for part, so in parts if so is not None and not part.is_event and not so[-1]]
        for part in missing:
            for cause in self._of(part):
                in_vain = cause.kind in ("short", "open") and any(other is not part for other in fails)
                yield cause.model_copy(update={"mends": ()}) if in_vain else cause
        happened = [(part, so) for part, so in parts if part.is_event and so is not None and so.any()]
        if len(happened) == 1:
            event, so = happened[0]
            frame = int(np.argmax(so))
            for part, other in parts:
                if part is not event and other is not None and not (so & other).any():
                    yield self._guarded(event, frame, part, self.case.instead(self.one, self.rule, part, None))
        elif not missing:
            yield Cause(kind="together", text=f"Each of it was so, but never at one time: {condition.sentence()}.")

    def _guarded(self, event: Condition, frame: int, part: Condition, mend: Mend | None) -> Cause:
        text = f"{_came(event)} {self.case.at(frame)}, but then this was not so: {part.sentence()}."
        return Cause(kind="guard", text=text, frame=frame, mends=_some(mend))

    def _unmoved(self, names: tuple[str, ...]) -> list[Cause]:
        """That a thing which did not move is what another rule moves, and that one did not act."""
        case = self.case
        still = [name for name in names if case.has(name) and not case.moved(name)]
        if len(still) < len(names):
            return []
        for name in still:
            doers = [number for number in case.acting_on(name) if number != self.one.number]
            if doers and not any(map(case.fired, doers)):
                return list(self._of_other(doers[0], f"{name} never moved: that is what rule {doers[0]} does"))
        return []

    def _at_rest(self, causes: list[Cause]) -> list[Cause]:
        """The causes, or of a body that lay at rest that of a rule whose time had not come, which may set it going."""
        if any(cause.mends or cause.kind != "still" for cause in causes):
            return causes
        for cause in causes:
            for other in self.case.understood:
                if other.number != self.one.number and not self.case.fired(other.number):
                    lead = f"{cause.text} It may wait for rule {other.number}"
                    late = [one for one in self._of_other(other.number, lead) if one.kind == "short"]
                    if late:
                        return late
        return causes

    def _of_other(self, number: int, lead: str) -> Iterator[Cause]:
        """The causes of another rule, which this one waits for."""
        case = self.case
        if not 1 <= number <= len(case.rules) or case.fired(number):
            return
        causes = why_not(case, number, self.depth + 1)
        for cause in causes:
            mends = [much_longer(case) if isinstance(mend, Longer) else mend for mend in cause.mends]
            text = f"{lead}, which did not act. {cause.text}"
            yield cause.model_copy(update={"text": text, "mends": tuple(mends)})
        if not causes:
            yield Cause(kind="other", text=f"{lead}, which did not act.")

    def _of_doers(self, condition: Change) -> Iterator[Cause]:
        """That what another rule does is waited for, and that rule did not act."""
        for name in condition.thing.names[:1]:
            doers = [n for n in self.case.acting_on(name) if n != self.one.number]
            if doers and not any(map(self.case.fired, doers)):
                lead = f"It waits for '{condition.sentence()}', and {name} is what rule {doers[0]} acts on"
                yield from self._of_other(doers[0], lead)

    def _of_lasting(self, condition: Lasting) -> Iterator[Cause]:
        """How long something was so without a break, where that was not long enough."""
        case, part = self.case, condition.part
        so = now(part, case)
        if so is None or not so.any():
            if so is not None:
                yield from self._of(part)
            return
        first, end = _longest(so)
        begun, seconds = first / case.fps, (end - first) / case.fps
        asked = f"the rule waits for {told(condition.seconds)} s of it"
        if end == case.last + 1:
            lead = f"'{part.sentence()}' was so from {begun:.2f} s on, and {asked}"
            yield from self._too_short(begun + condition.seconds, lead)
            return
        text = f"'{part.sentence()}' was so for {seconds:.2f} s at most, until {end / case.fps:.2f} s; {asked}."
        shorter = math.floor(seconds * 0.9 * 20) / 20
        other = condition.model_copy(update={"seconds": shorter})
        mend = case.instead(self.one, self.rule, condition, other) if shorter > 0 else None
        yield Cause(kind="brief", text=text, frame=first, mends=_some(mend))

    def _of_count(self, condition: Count) -> Iterator[Cause]:
        """How often something happened, where that was not often enough."""
        times = self._times(condition.part)
        if times == 0:
            yield from self._of(condition.part)
        elif times is not None and times < condition.number:
            fewer = condition.model_copy(update={"number": times}) if times > 1 else condition.part
            mend = self.case.instead(self.one, self.rule, condition, fewer)
            yield self._counted(condition.part, times, condition.number, mend)

    def _counted(self, part: Condition, times: int, asked: int, mend: Mend | None) -> Cause:
        text = f"{_came(part)} {_often(times)} in the run; the rule waits for the {ordinal(asked)} time."
        return Cause(kind="count", text=text, mends=_some(mend))

    def _times(self, condition: Condition) -> int | None:
        """How often a touch of two began; None if it is another condition."""
        if not isinstance(condition, Touch) or len(condition.a.names) != 1 or len(condition.b.names) != 1:
            return None
        return len(self.case.touches.get(frozenset((condition.a.name, condition.b.name)), ()))

    def _though_so(self, condition: Condition, frame: int) -> Iterator[Cause]:
        """Why the rule did not act though what it waits for came about, first at ``frame``."""
        case, when = self.case, self.rule.when
        due = frame / case.fps + when.delay
        times = self._times(condition)
        if when.nth > 1:
            if times is not None and 0 < times < when.nth:
                fewer = self.rule.model_copy(update={"when": when.model_copy(update={"nth": times})})
                yield self._counted(condition, times, when.nth, case.reword(self.one, self.rule, fewer))
        elif due > case.last / case.fps:
            yield from self._too_short(
                due, f"{_came(condition)} {case.at(frame)}, the rule acts {told(when.delay)} s later"
            )
        elif when.guard is not None and (so := held(when.guard, case)) is not None and not so[frame]:
            free = self.rule.model_copy(update={"when": when.model_copy(update={"guard": None})})
            yield self._guarded(condition, frame, when.guard, case.reword(self.one, self.rule, free))

    def _too_short(self, seconds: float, lead: str) -> Iterator[Cause]:
        """That the run was over before a time."""
        case = self.case
        frames = seconds * case.fps - case.last
        if frames > -1:
            text = f"{lead}, and the run was over after {case.last / case.fps:.2f} s."
            yield Cause(kind="short", text=text, frame=case.last, mends=(longer(case, max(frames, 0)),))


def _longest(so: Frames) -> tuple[int, int]:
    """The first frame of the longest stretch in which something was so, and the first after it."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], so.astype(int), [0]])))
    first, end = max(zip(edges[::2], edges[1::2], strict=True), key=lambda run: run[1] - run[0])
    return int(first), int(end)


def _some(mend: Mend | None) -> tuple[Mend, ...]:
    return () if mend is None else (mend,)


def _came(condition: Condition) -> str:
    return f"'{condition.sentence()}' came about"


def _often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
