"""Tasks from a seed: scenes are drawn until one is a puzzle, and what is known of it is kept.

A scene is a puzzle if doing nothing does not solve it, some action does and still does when it is slightly off, and
few random ones do. As in Discovering High Level Patterns (Section 4.1), tasks are solved by random actions beforehand,
and a near miss is a solution, perturbed until it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from random import Random

from .actions import QUANTISED, Action, draw, perturbed
from .scene import Thing, walls
from .task import Task
from .templates import TEMPLATES, Template
from .validity import smallest_gap

SEED = 11
"""The seed of the published tasks."""

COUNT = 100
"""Tasks of a template."""

OVERLAP = -0.05
"""The gap in pixels below which bodies overlap."""

DRAWS = 200
"""Scenes tried for one task before giving up."""

WITH_QUANTISED = 40
"""Scenes of these first ones must be solved by a quantised action; later ones by any."""

SAMPLE = 80
"""Random valid actions by which the share of those that solve is reckoned."""

SEARCH = 2000
"""Random valid actions tried before a scene counts as unsolvable."""

EASY = 0.3
"""Scenes are too easy from this share on."""

OFF, OFF_TRIES, OFF_SOLVED = 1.0, 5, 4
"""A solution is stable if so many of the tries still solve with each number off by up to so many pixels."""

MISS_TRIES = 40
"""Perturbations that are tried for a near miss; they grow by half a pixel each."""


class TaskError(ValueError):
    """A task cannot be made or read; the message says which and why."""


def scene_of(template: Template, index: int, number: int = 0, seed: int = SEED) -> tuple[Thing, ...]:
    """The things of one draw of a task; the same arguments give the same things."""
    return template.draw(Random(f"{seed}/{template.name}/{index}/{number}"))


def build(template: Template, index: int, number: int, seed: int = SEED) -> Task:
    """One draw of a task, of which nothing is known yet."""
    return Task(
        f"{template.number:02}:{index:03}",
        template.name,
        scene_of(template, index, number, seed),
        draw=number,
        seed=seed,
    )


def generate(
    seed: int = SEED,
    count: int = COUNT,
    templates: Sequence[str] | None = None,
    progress: Callable[[Task], None] | None = None,
) -> Iterator[Task]:
    """The first ``count`` tasks of templates, all if none are named; ``progress`` hears of each.

    Raises TaskError for an unknown template, or where no draw is a puzzle.
    """
    for template in chosen(templates):
        for index in range(count):
            task = find(template, index, seed)
            if progress:
                progress(task)
            yield task


def chosen(names: Iterable[str] | None) -> list[Template]:
    """Templates by their names, in the order of their numbers. Raises TaskError for a name that none has."""
    wanted = None if names is None else set(names)
    if unknown := (wanted or set()) - {t.name for t in TEMPLATES}:
        raise TaskError(
            f"no template is named {', '.join(sorted(unknown))}; there are {', '.join(t.name for t in TEMPLATES)}"
        )
    return [t for t in TEMPLATES if wanted is None or t.name in wanted]


def find(template: Template, index: int, seed: int = SEED) -> Task:
    """The first draw of a task that is a puzzle. Raises TaskError if none is."""
    for number in range(DRAWS):
        task = build(template, index, number, seed)
        found = examined(task, needs_quantised=number < WITH_QUANTISED)
        if found:
            return found
    raise TaskError(f"none of {DRAWS} draws of task {index} of template '{template.name}' (seed {seed}) is a puzzle")


def examined(task: Task, needs_quantised: bool = True) -> Task | None:
    """A task with what is known of it, or None if it is no puzzle."""
    rng = Random(f"{task.seed}/{task.id}/{task.draw}/actions")
    if smallest_gap((*walls(), *task.things)) < OVERLAP or task.outcome(None).solved:
        return None
    coarse = [a for a in QUANTISED if _solves(task, a)]
    if needs_quantised and not coarse:
        return None
    sample = list(islice(random_actions(task, rng), SAMPLE))
    solving = [a for a in sample if _solves(task, a)]
    if len(solving) >= EASY * len(sample):
        return None
    searched = () if coarse or solving else (a for a in islice(random_actions(task, rng), SEARCH) if _solves(task, a))
    for action in (*coarse, *solving, *islice(searched, 1)):
        if is_stable(task, action, rng) and (miss := near_miss(task, action, rng)):
            return replace(
                task, solution=action, near_miss=miss, share=len(solving) / len(sample), quantised=len(coarse)
            )
    return None


def is_stable(task: Task, action: Action, rng: Random) -> bool:
    """Whether an action solves though it is slightly off."""
    return sum(_solves(task, perturbed(action, OFF, rng)) for _ in range(OFF_TRIES)) >= OFF_SOLVED


def near_miss(task: Task, action: Action, rng: Random) -> Action | None:
    """A valid action near a solving one that fails; None if none is found."""
    tries = (perturbed(action, OFF + k / 2, rng) for k in range(MISS_TRIES))
    return next((a for a in tries if task.is_valid(a) and not task.outcome(a).solved), None)


def _solves(task: Task, action: Action) -> bool:
    return task.is_valid(action) and task.outcome(action).solved


def random_actions(task: Task, rng: Random) -> Iterator[Action]:
    """Random actions for which a task has room, without end."""
    while True:
        action = draw(rng)
        if task.is_valid(action):
            yield action
