"""All templates, and how questions about a run are drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product
from random import Random
from typing import Any

from . import plane_future, plane_whole, space
from .answers import grouping
from .facts import Facts
from .model import Question, Template, Value, World

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

    Else nearly all answers of some templates would be alike. For the same reason yes or no is drawn whether or not it
    can be had, and a share of the frames that is 0 whatever is asked about is left out. None where nothing is left.
    """
    domains = {slot: list(domain(facts, rng)) for slot, domain in template.slots.items()}
    fillings = [dict(zip(domains, values, strict=True)) for values in product(*domains.values())]
    groups: dict[Any, list[tuple[dict[str, Any], Value]]] = {}
    for filling in rng.sample(fillings, min(len(fillings), template.tries)):
        truth = template.answer(facts, **filling)
        if truth is not None:
            groups.setdefault(grouping(template.kind, truth), []).append((filling, truth))
    if not groups or (template.kind == "percentage" and template.slots and list(groups) == [0]):
        return None
    wanted = rng.choice([True, False] if template.kind == "yes/no" else list(groups))
    if wanted not in groups:
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


def _span(template: Template, facts: Facts) -> tuple[float, float]:
    """The least and the greatest number that an answer can be."""
    if template.kind == "count":
        return 0.0, float(template.most(facts))
    if template.kind == "rule":
        return 1.0, float(len(facts.rules))
    if template.kind == "seconds":
        return 0.0, facts.seconds(facts.frames - 1)
    return (0.0, 100.0) if template.kind == "percentage" else (0.0, 0.0)
