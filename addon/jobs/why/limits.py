"""Why a measure did not meet its limit: how far it came, and the number that it would have met."""

from __future__ import annotations

import math

import numpy as np

from ...coder import Understood
from ...rules.conditions.change import Change
from ...rules.conditions.comparing import SAID
from ...rules.conditions.impact import Impact
from ...rules.conditions.near import Near
from ...rules.model import Rule
from ...rules.units import told
from .ahead import frames_until, longer
from .case import Case
from .cause import Cause
from .held import Measured, measured
from .mends import Mend
from .still import why_still

EASED = 0.03
"""By what part of the way a limit that was reached is put before what was reached."""


def why_beyond(case: Case, one: Understood, rule: Rule, condition: Change) -> list[Cause]:
    """Why a measure of one body did not meet the limit that a rule waits for."""
    measure = measured(condition, case)
    if measure is None:
        return []
    name = condition.thing.name
    if measure.met().any():
        cause = _from_the_start(case, one, rule, condition, measure)
        return [cause] if cause is not None else []
    others = [condition.other.name] if isinstance(condition, Near | Impact) else []
    still = None if measure.is_count else why_still(case, name)
    if still is not None and not any(map(case.moved, others)) and not isinstance(condition, Impact):
        return [still.model_copy(update={"text": f"{still.text} {_sentence(measure, 0)}."})]
    best = measure.best
    objects = (name, *others)
    if best == case.last and not measure.is_count and not isinstance(condition, Impact):
        frames = frames_until(case, name, measure.values, measure.limit)
        if frames is not None:
            text = (
                f"The run ended too soon: {measure.said} was {_figure(measure, best)} {case.at(best)} and still "
                f"{'rising' if measure.rises else 'falling'}. As it was going it is there about "
                f"{max(frames / case.fps, 0.1):.1f} s later."
            )
            return [Cause(kind="short", text=text, frame=best, objects=objects, mends=(longer(case, frames),))]
    most = "at most" if measure.rises else "at least"
    lead = "" if measure.op == "at" else f"{SAID.get(measure.op, '')} ".lstrip()
    asked = f"{lead}{told(measure.limit)} {measure.unit}".rstrip()
    text = f"{_first(measure.said)} was {most} {_figure(measure, best)}, {case.at(best)}; the rule waits for {asked}."
    mend = _eased(case, one, rule, condition, measure)
    return [Cause(kind="limit", text=text, frame=best, objects=objects, mends=() if mend is None else (mend,))]


def _eased(case: Case, one: Understood, rule: Rule, condition: Change, measure: Measured) -> Mend | None:
    """The rule with a number that was met in the run, and not at its start."""
    values = measure.values[np.isfinite(measure.values)]
    start = 0.0 if isinstance(condition, Impact) else float(measure.values[0])
    best = float(values.max() if measure.rises else values.min())
    way = abs(best - start)
    if way < 1e-3:
        return None
    if measure.is_count:
        limit = best - np.sign(best - start) * (measure.op in ("above", "below", "past"))
    else:
        limit = round(best - EASED * (best - start), max(0, 1 - math.floor(math.log10(way))))
    met = measure.met(limit)
    if not met[:-1].any() or (met[0] and not isinstance(condition, Impact)):
        return None
    return case.instead(one, rule, condition, condition.model_copy(update={"value": limit}))


def _from_the_start(case: Case, one: Understood, rule: Rule, condition: Change, measure: Measured) -> Cause | None:
    """That it was so from the start on and did not become so."""
    met = measure.met()
    ever_off = not met.all() and bool((np.diff(met.astype(int)) > 0).any())
    if not condition.begins or condition.from_start or not met[0] or ever_off or isinstance(condition, Impact):
        return None
    being = condition.model_copy(update={"begins": False})
    text = (
        f"It was so from the start: {measure.said} was {_figure(measure, 0)} then, and the rule waits for it to become "
        f"so."
    )
    mend = case.instead(one, rule, condition, being)
    return Cause(
        kind="already", text=text, frame=0, objects=(condition.thing.name,), mends=() if mend is None else (mend,)
    )


def _figure(measure: Measured, frame: int) -> str:
    return f"{measure.values[frame]:.3g} {measure.unit}".rstrip()


def _sentence(measure: Measured, frame: int) -> str:
    return f"{_first(measure.said)} was {_figure(measure, frame)} all the time"


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
