"""Candidates of planar scenes, tried as fast as Box2D goes: only what the rewards read is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from addon.geometry.plane import Pose, lie_in_each_other
from addon.jobs.search import Outcome, Trial
from addon.jobs.search.open_numbers import Values, moved
from addon.rewards.nodes import After, Count, EventNode, Logic, Nearby, NearbyAt, Node, OnlyAfter, SameCount, walk
from addon.rewards.vocabulary import CAME_TO_REST, RECORDED, standard_vocabulary
from addon.scene_graph import SceneGraph, SceneGraphError
from headless.planar import Blueprint, Detail, record
from headless.planar.blueprint import BodyPlan

_WITHOUT_CONTACTS = {CAME_TO_REST.uid, "TaskComplete"}
_RECORDED = {kind.uid for kind in RECORDED}


def try_planar(trial: Trial, values: Values) -> Outcome:
    """Run a planar scene without a script with these values, and judge it."""
    graph, _ = trial.changed(values)
    try:
        blueprint = Blueprint.of(graph, _own(trial))
    except SceneGraphError as error:
        return Outcome(problem=str(error))
    if problem := overlap(graph, blueprint, moved([number.name for number in trial.space.numbers], graph)):
        return Outcome(problem=problem)
    return trial.judged(record(blueprint, trial.spec.steps, detail_for(trial.rewards)))


@lru_cache(maxsize=1)
def _own(trial: Trial) -> Blueprint:
    """The blueprint of the scene as it is."""
    return Blueprint.of(trial.scene.graph)


def detail_for(rewards: Sequence[Node]) -> Detail:
    """Which contacts some rewards read."""
    nodes = [node for reward in rewards for node in walk(reward)]
    uids = {uid for node in nodes for uid in _uids(node)}
    if uids - _RECORDED - _WITHOUT_CONTACTS:
        return "all"
    timeless = all(isinstance(node, Logic | Nearby | NearbyAt) or _uids(node) for node in nodes)
    return "none" if timeless and uids <= _WITHOUT_CONTACTS else "onsets"


def _uids(node: Node) -> set[str]:
    match node:
        case EventNode() | Count():
            names = {node.uid}
        case After() | OnlyAfter() | SameCount():
            names = {node.first, node.second}
        case _:
            return set()
    return {standard_vocabulary().kind(name).uid for name in names}


def overlap(graph: SceneGraph, blueprint: Blueprint, names: set[str]) -> str:
    """That a body whose place or size is varied lies in another at the start, in words; "" if none does."""
    solid = {obj.name for obj in graph.objects if obj.body is not None}
    plans = [plan for plan in blueprint.bodies if plan is not None and plan.name in solid]
    for one in plans:
        for other in plans if one.name in names else ():
            if one is not other and lie_in_each_other(one.pieces, _pose(one), other.pieces, _pose(other)):
                return f"'{one.name}' lies in '{other.name}' at the start"
    return ""


def _pose(plan: BodyPlan) -> Pose:
    return (*plan.position, plan.angle)
