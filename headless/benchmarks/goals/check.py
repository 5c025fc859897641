"""Expressions held against the labels of a goal's runs: those of the benchmark itself, and those of others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from addon.patterns.annotation import Annotation, annotate
from addon.rewards import DslError, judge, read

from .model import Goal
from .registry import graph, labels, runs, trace
from .scenes import Numbers

LEAST = 3
"""Runs that meet a goal, and runs that do not, which it needs."""


@dataclass(frozen=True)
class Held:
    """An expression on one run: the label of the run, whether the expression holds, and its value in [0, 1]."""

    numbers: Numbers
    label: bool
    holds: bool
    value: float

    @property
    def agrees(self) -> bool:
        """Whether the expression holds exactly where the goal is met."""
        return self.holds == self.label


@cache
def annotation(scene: str, numbers: Numbers) -> Annotation:
    """The patterns of a run, which are kept as long as the process lives."""
    return annotate(trace(scene, numbers))


def held(text: str, goal: Goal) -> list[Held]:
    """An expression on all runs of a goal. Raises DslError for one that cannot be read."""
    expression = read(text, graph(goal))
    found = []
    for numbers, label in labels(goal):
        verdict = judge(expression, trace(goal.scene, numbers), annotation(goal.scene, numbers))
        found.append(Held(numbers, label, verdict.held, verdict.value))
    return found


def right(text: str | None, goal: Goal) -> bool:
    """Whether an expression agrees with the labels of all runs; for a goal that cannot be said, None is right."""
    if text is None or not goal.sayable:
        return text is None and not goal.sayable
    try:
        return all(run.agrees for run in held(text, goal))
    except DslError:
        return False


def problems(goal: Goal) -> list[str]:
    """What is wrong with a goal: its reference disagrees with a label, or its runs tell too little."""
    if goal.reference is None:
        return []
    try:
        found = held(goal.reference, goal)
    except DslError as error:
        return [f"{goal.id}: {error}"]
    told = [
        f"{goal.id} {list(r.numbers)}: labelled {r.label}, but the reference {'holds' if r.holds else 'fails'}"
        for r in found
        if not r.agrees
    ]
    met = sum(run.label for run in found)
    if min(met, len(found) - met) < LEAST:
        told.append(
            f"{goal.id}: {met} runs of {len(found)} ({len(runs(goal))} kept) meet it; {LEAST} must, {LEAST} not"
        )
    return told
