"""All templates, and how questions about a run are drawn from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from itertools import product
from random import Random
from typing import Any

from . import plane_future, plane_whole, space
from .answers import grouping
from .facts import Facts
from .model import Question, Template, Value, World

Answered = tuple[dict[str, Any], Value]
"""What the slots of a template are filled with, and the answer."""

A_RUN = 10
"""Questions about one run, as in the paper."""

WORLDS: Mapping[World, tuple[Template, ...]] = {
    "plane": (*plane_whole.TEMPLATES, *plane_future.TEMPLATES),
    "space": space.TEMPLATES,
}


@cache
def templates() -> Mapping[str, Template]:
    """All templates by their ids."""
    return {template.id: template for own in WORLDS.values() for template in own}


def draw_questions(facts: Facts, world: World, seed: str, count: int = A_RUN) -> list[Question]:
    """So many questions about a run, of different templates; fewer where no more can be asked.

    Each template has random numbers of its own, so that a change of one leaves the questions of the others.
    """
    order = sorted(WORLDS[world], key=lambda template: Random(f"{seed}/{template.id}").random())
    found: list[Question] = []
    for template in order:
        if len(found) < count and (question := draw_question(template, facts, Random(f"{seed}/{template.id}/slots"))):
            found.append(question)
    return found


def draw_question(template: Template, facts: Facts, rng: Random) -> Question | None:
    """One question of a template: first its answer is drawn, then what it is about.

    Else nearly all answers of some templates would be alike. For the same reason only a share of the runs is asked in
    which yes or no alone can be had (`Template.alone`), and a share of the frames that is 0 whatever is asked about is
    left out. None where nothing is left.
    """
    domains = {slot: list(domain(facts, rng)) for slot, domain in template.slots.items()}
    fillings = [dict(zip(domains, values, strict=True)) for values in product(*domains.values())]
    answered = [
        (filling, truth)
        for filling in rng.sample(fillings, min(len(fillings), template.tries))
        if (truth := template.answer(facts, **filling)) is not None
    ]
    if template.group is not None:
        answered = _open_group(template.group, facts, answered, rng)
    groups: dict[Any, list[Answered]] = {}
    for one in answered:
        groups.setdefault(grouping(template.kind, one[1]), []).append(one)
    if not groups or (template.kind == "percentage" and template.slots and list(groups) == [0]):
        return None
    wanted = rng.choice(sorted(groups, key=repr) if template.kind == "yes/no" else list(groups))
    if template.kind == "yes/no" and len(groups) == 1 and rng.random() >= template.alone[0 if wanted else 1]:
        return None
    filling, truth = rng.choice(groups[wanted])
    return Question(
        template=template.id,
        kind=template.kind,
        part=template.part,
        text=template.text.format(**filling),
        truth=truth,
        choices=facts.names if template.kind in ("name", "names", "order") else (),
        span=_span(template, facts),
    )


def _open_group(group: Callable[..., Hashable], facts: Facts, answered: list[Answered], rng: Random) -> list[Answered]:
    """One of the groups of fillings in which both yes and no can be had, so that the group does not tell the answer."""
    groups: dict[Hashable, list[Answered]] = {}
    for filling, truth in answered:
        groups.setdefault(group(facts, **filling), []).append((filling, truth))
    both = [groups[key] for key in sorted(groups, key=repr) if len({truth for _, truth in groups[key]}) == 2]
    return rng.choice(both) if both else []


def _span(template: Template, facts: Facts) -> tuple[float, float]:
    """The least and the greatest number that an answer can be."""
    if template.kind == "count":
        return 0.0, float(template.most(facts))
    if template.kind == "rule":
        return 1.0, float(len(facts.rules))
    if template.kind == "seconds":
        return 0.0, facts.seconds(facts.frames - 1)
    return (0.0, 100.0) if template.kind == "percentage" else (0.0, 0.0)
