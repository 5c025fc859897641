"""A rule in one line of plain English, as it was understood; reading the line gives the rule again."""

from __future__ import annotations

from .conditions.time import Clock, Period
from .model import Rule, Step, When
from .units import told


def sentence(rule: Rule) -> str:
    """The whole rule: ``once Ball touches Plate → Door rises 0.5 m within 1 s``."""
    return f"{when_sentence(rule.when)} → {', then '.join(_step(step) for step in rule.steps)}{_until(rule.when)}"


def when_sentence(when: When) -> str:
    """What is waited for."""
    return _trigger(when) + (f", if {when.guard.sentence()}" if when.guard else "")


def _trigger(when: When) -> str:
    condition = when.condition
    if condition is None:
        return "from the start"
    if isinstance(condition, Period):
        return condition.sentence()
    if isinstance(condition, Clock) and when.mode == "once":
        return (
            f"{told(condition.seconds + when.delay)} s after the start"
            if condition.seconds + when.delay
            else "from the start"
        )
    if when.mode == "while":
        return f"as long as {condition.sentence()}"
    if when.mode == "each":
        lead = f"every {_nth(when.nth)}time" if when.nth > 1 else "each time"
        return (
            f"{told(when.delay)} s after {lead} {condition.sentence()}"
            if when.delay
            else f"{lead} {condition.sentence()}"
        )
    return f"{told(when.delay)} s after {condition.sentence()}" if when.delay else f"once {condition.sentence()}"


def _nth(number: int) -> str:
    from .conditions.logic import ordinal

    return f"{ordinal(number)} "


def _step(step: Step) -> str:
    done = " and ".join(effect.sentence() for effect in step.effects)
    pause = f", one after the other with {told(step.pause)} s between" if step.pause else ""
    return (f"{told(step.wait)} s later " if step.wait else "") + done + pause


def _until(when: When) -> str:
    return f", until {when.until.sentence()}" if when.until else ""
