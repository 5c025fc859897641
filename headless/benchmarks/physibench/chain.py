"""Machines of several stages: each stage sets off the next, by a rule or by a ball that rolls on.

Stages stand in lanes, one behind the other; stages that share a ball share a lane. The last stage lights a lamp.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypeVar

from addon.scene_graph import Constraint, SceneGraph, SceneObject, World

from . import claims, parts, rules
from .machine import STEPS, Machine
from .rules import Rule, Split, Trigger
from .stages import GIVES_A_BALL, MAKERS, STAGES, TAKES_A_BALL, WIDTH, Bay, Claim, Names, Say, Stage, stays

FRAME_RATE = 60.0
BODIES = (5, 60)
"""Fewest and most rigid bodies of a machine."""

STAGES_BY_DIFFICULTY = {1: (2, 3), 2: (4, 5), 3: (6, 8)}
LANES_ABREAST = 4
"""Lanes in one column; more lanes make a second column."""

ROLLS_ON = 0.6
"""Share of the balls that roll out of a stage that set the next one going."""

DIVIDER = 0.2


Thing = TypeVar("Thing", SceneObject, Constraint)


@dataclass(frozen=True)
class _Link:
    """A stage in its place: its kind and the lane that it stands in."""

    kind: str
    stage: Stage
    lane: int


def chain(
    rng: random.Random,
    words: random.Random,
    difficulty: int,
    split: Split,
    first: str,
    pool: Sequence[str] = tuple(STAGES),
) -> Machine:
    """A machine of this difficulty whose kinds of stages are drawn of a pool, one being ``first``; unchecked.

    What is said comes from random numbers of its own, ``words``, so that the physics does not hang on the wordings.
    """
    names = Names(rng)
    kinds = _kinds(rng, rng.randint(*STAGES_BY_DIFFICULTY[difficulty]), first, pool)
    return _built(rng, words, names, kinds, difficulty, split)


def chain_of(rng: random.Random, words: random.Random, kinds: Sequence[str]) -> Machine:
    """A machine of these kinds of stages in this order, in plain words and of no split; unchecked."""
    return _built(rng, words, Names(rng), kinds, 1, None)


def _built(
    rng: random.Random, words: random.Random, names: Names, kinds: Sequence[str], difficulty: int, split: Split | None
) -> Machine:
    say = partial(rules.rule, words, split=split or "plain")
    links = _links(rng, names, say, kinds)
    lamp, color = names("Lamp", "Light", "Beacon", "Signal")
    start = rules.at_time(rng.choice((0.5, 1.0)))
    told, spoken = _rules(say, links, start, lamp)
    objects, joints = _placed(links, parts.lamp(lamp, (0.0, 0.0, 0.0), color))
    if difficulty == 3:
        words.shuffle(told)
    graph = SceneGraph(
        world=World(fps=FRAME_RATE, substeps=10),
        objects=objects,
        constraints=joints,
        camera=parts.camera(objects[5:], azimuth=rng.choice((-16.0, 16.0)), elevation=34.0),
        rules=tuple(r.text for r in told),
    )
    return Machine(
        name="chain",
        kind="chain",
        seed=0,
        stages=tuple(link.kind for link in links),
        split=split,
        difficulty=difficulty,
        tags=tuple(sorted({r.trigger.kind for r in told} | {e.kind for r in told for e in r.effects})),
        graph=graph,
        assertions=tuple(c if isinstance(c, str) else c(graph) for c in spoken),
        oracle=rules.oracle(told),
        steps=STEPS,
    )


def body_count(graph: SceneGraph) -> int:
    """Rigid bodies of a scene."""
    return sum(o.body is not None for o in graph.objects)


def _kinds(rng: random.Random, count: int, first: str, pool: Sequence[str]) -> list[str]:
    """Kinds without repetition, ``first`` anywhere among them; what gives a ball is often followed by what takes it."""
    kinds = [first, *rng.sample([k for k in pool if k != first], count - 1)]
    rng.shuffle(kinds)
    for place, (kind, then) in enumerate(pairwise(kinds)):
        takers = [k for k in TAKES_A_BALL if k in pool and k not in kinds]
        if kind in GIVES_A_BALL and then not in (first, *TAKES_A_BALL) and takers and rng.random() < ROLLS_ON:
            kinds[place + 1] = rng.choice(takers)
    return kinds


def _links(rng: random.Random, names: Names, say: Say, kinds: Sequence[str]) -> list[_Link]:
    links: list[_Link] = []
    for kind in kinds:
        ball = links[-1].stage.ball if links and kind in TAKES_A_BALL else None
        stage = MAKERS[kind](Bay(rng, names, say, ball))
        links.append(_Link(kind, stage, links[-1].lane + (ball is None) if links else 0))
    return links


def _rules(say: Say, links: Sequence[_Link], trigger: Trigger, lamp: str) -> tuple[list[Rule], list[str | Claim]]:
    """All rules, and the assertions that each stage follows the one before and the lamp the last."""
    told: list[Rule] = []
    spoken: list[str | Claim] = []
    begins = float(trigger.words["s"])
    if links[0].stage.mover:
        spoken.append(stays(links[0].stage.mover, begins - 0.1))
    for link in links:
        if link.stage.start:
            told.append(say(trigger, *link.stage.start))
        told += link.stage.rules
        spoken += link.stage.claims
        trigger = link.stage.done
    for link, then in pairwise(links):
        spoken.append(claims.follows(then.stage.event, link.stage.event))
    told.append(say(trigger, rules.turn_on(lamp)))
    on, last = claims.turned_on(lamp), links[-1].stage.event
    return told, [*spoken, claims.times(on, 1), claims.follows(on, last, 0.0)]


def _placed(links: Sequence[_Link], lamp: SceneObject) -> tuple[tuple[SceneObject, ...], tuple[Constraint, ...]]:
    """Everything at its place in the world, with floor, outer walls and dividers between lanes."""
    lengths: dict[int, float] = {}
    starts = []
    for link in links:
        starts.append(lengths.get(link.lane, 0.0))
        lengths[link.lane] = starts[-1] + link.stage.length
    lanes = len(lengths)
    rows = lanes if lanes <= LANES_ABREAST else -(-lanes // 2)
    column = max(lengths[lane] for lane in range(rows)) + DIVIDER + 0.4
    width = column if lanes <= rows else column + max(lengths[lane] for lane in range(rows, lanes)) + 0.2
    depth = rows * (WIDTH + DIVIDER) - DIVIDER
    middle = (depth - WIDTH) / 2
    objects = [_moved(o, 0.0, middle) for o in parts.floor(-0.4, width, width=depth)]
    joints: list[Constraint] = []
    for link, along in zip(links, starts, strict=True):
        x, y = (link.lane // rows) * column + along, (link.lane % rows) * (WIDTH + DIVIDER)
        objects += [_moved(o, x, y) for o in link.stage.objects]
        joints += [_moved(c, x, y) for c in link.stage.constraints]
    for row in range(1, rows):
        y = row * (WIDTH + DIVIDER) - (WIDTH + DIVIDER) / 2
        size, place = (width + 0.4, DIVIDER, 0.5), ((width - 0.4) / 2, y, 0.25)
        objects.append(parts.box(f"Divider {row}", size, place, "white", kind="wall"))
    if lanes > rows:
        objects.append(
            parts.box("Partition", (DIVIDER, depth, 0.5), (column - 0.3, middle, 0.25), "white", kind="wall")
        )
    objects.append(_moved(lamp, width - 0.3, depth - WIDTH / 2, 2.2))
    return tuple(objects), tuple(joints)


def _moved(thing: Thing, x: float, y: float, z: float = 0.0) -> Thing:
    a, b, c = thing.location
    return thing.model_copy(update={"location": parts.rounded((a + x, b + y, c + z))})
