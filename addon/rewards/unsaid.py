"""What a goal plainly says and a reward leaves out: names of objects, never, order, number and time.

It is a check of what is easily dropped in silence, not a reading of the goal: what it lets pass may still be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from math import isclose

from ..scene_graph import SceneGraph, color_name
from .bind import bound
from .nodes import (
    After,
    Count,
    EventNode,
    Logic,
    Nearby,
    NearbyAt,
    Node,
    OnlyAfter,
    SameCount,
    Touching,
    walk,
)

LATE = 0.9
"""The share of a run from which on a time is its end."""

ENDS = ("TaskComplete", "CameToRest", "GlobalRest", "StackFormed", "Support", "Wedged")
"""Events that tell how things end."""


@dataclass(frozen=True)
class Kept:
    """Words of a goal, what of an expression takes them up, and what to tell where nothing does."""

    words: re.Pattern[str]
    said_by: Callable[[Node], bool]
    told: str


def _forbids(node: Node) -> bool:
    exact = isinstance(node, Count) and node.comparison in ("COUNT", "LT")
    return exact or isinstance(node, OnlyAfter | SameCount) or (isinstance(node, Logic) and node.operator == "NOT")


def _orders(node: Node) -> bool:
    return isinstance(node, After | OnlyAfter | Nearby | NearbyAt | Touching) or _is_timed(node)


def _counts(node: Node) -> bool:
    return isinstance(node, Count | SameCount)


def _is_timed(node: Node) -> bool:
    if isinstance(node, EventNode | Count):
        return node.since is not None or node.until is not None
    bounded = isinstance(node, After) and (node.min_delta is not None or node.max_delta is not None)
    return bounded or isinstance(node, Nearby | NearbyAt | Touching)


def _ends(node: Node) -> bool:
    if isinstance(node, Nearby | NearbyAt | Touching):
        return node.t >= LATE
    late = isinstance(node, EventNode | Count) and (node.since or 0.0) >= LATE
    return late or (isinstance(node, EventNode) and (node.uid in ENDS or node.uid.endswith("Success")))


def _kept(pattern: str, said_by: Callable[[Node], bool], told: str) -> Kept:
    return Kept(re.compile(pattern, re.IGNORECASE), said_by, told)


TIMES = {"twice": 2, "thrice": 3}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBER = "(?:" + "|".join(NUMBERS) + r"|\d+)"

KEPT = (
    _kept(
        r"\b(never|without|avoid\w*|prevent\w*|(?:must|should|may|can)(?: not|n't)|cannot|neither|no other|nothing else"
        r"|(?:do|does)(?: not|n't) (?!count|mind|matter|care|have|need)\w+)",
        _forbids,
        "use NOT, COUNT, LT or ONLY_AFTER",
    ),
    _kept(
        r"\b(after|before(?! the (?:run|end))|then|afterwards|followed by|until)\b",
        _orders,
        "use AFTER, ONLY_AFTER or a time",
    ),
    _kept(
        rf"\b(exactly (?:once|one|{NUMBER})|(?:exactly )?(?:twice|thrice)"
        rf"|(?:only|just) once(?=[.,;:!]|$| and\b| in\b)|{NUMBER} times|same number|as often as)"
        r"(?!\w)",
        _counts,
        "use COUNT, GT, LT or SAME_COUNT",
    ),
    _kept(
        r"\b(half ?way|first half|second half|\d+ ?(?:%|percent|seconds?|s)|(?:quarter|third|tenth) of the)(?!\w)",
        _is_timed,
        "use t, since, until or max_delta",
    ),
    _kept(r"\bat the (?:very )?end\b", _ends, "use TOUCHING, NEARBY or NEARBY_AT with t=1"),
)


def unsaid(goal: str, expression: Node, scene: SceneGraph) -> str:
    """What the goal says and the expression does not take up, in words for who wrote it; "" for nothing."""
    nodes = list(walk(bound(expression, scene)))
    parts = [*_words(goal, nodes), *_numbers(goal, nodes), *_names(goal, nodes, scene)]
    return "; ".join(parts)


def _words(goal: str, nodes: list[Node]) -> Iterator[str]:
    for kept in KEPT:
        found = kept.words.search(goal)
        if found is not None and not any(map(kept.said_by, nodes)):
            yield f"the goal says '{found[0]}', which the reward leaves out: {kept.told}"


COUNTED = re.compile(rf"\b(?P<word>twice|thrice)\b|\b(?P<number>{NUMBER}) times\b(?! as)", re.IGNORECASE)
SPEED = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?) ?(?:m|units?)(?:/s| (?:a|per) second)\b")


def _numbers(goal: str, nodes: list[Node]) -> Iterator[str]:
    """How often and how fast the goal says, where no number of the expression is that."""
    for found in COUNTED.finditer(goal):
        said = (found["word"] or found["number"]).lower()
        number = TIMES.get(said) or NUMBERS.get(said) or int(said)
        counts = [node for node in nodes if isinstance(node, Count)]
        if counts and not any(_is_of(node, number) for node in counts):
            yield f"the goal says '{found[0]}', and no count of the reward is of {number}"
    known = [number for node in nodes for number in _floats(astuple(node))]
    for found in SPEED.finditer(goal):
        if not any(isclose(float(found[1]), number, rel_tol=1e-6) for number in known):
            yield f"the goal says '{found[0]}', and no number of the reward is that"


def _is_of(count: Count, number: int) -> bool:
    """Whether a count may stand for so many times: 'at least three times' is more than two."""
    fits = {"COUNT": (number,), "GT": (number - 1, number), "LT": (number, number + 1)}
    return count.count in fits[count.comparison]


def _floats(values: Iterable[object]) -> Iterator[float]:
    """All numbers in values and in what they hold."""
    for value in values:
        if isinstance(value, dict):
            yield from _floats(value.values())
        elif isinstance(value, list | tuple):
            yield from _floats(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield float(value)


def _names(goal: str, nodes: list[Node], scene: SceneGraph) -> Iterator[str]:
    """Objects that the goal names and the expression does not, unless one of its events may be of anything."""
    said = {text for node in nodes for text in _texts(node)}
    if any(_is_open(node) for node in nodes):
        return
    for name, words in _called(scene):
        if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", goal, re.IGNORECASE) and name not in said:
            yield f"the goal speaks of '{words}', and the reward says nothing of '{name}'"


def _called(scene: SceneGraph) -> Iterator[tuple[str, str]]:
    """Objects with what a goal calls them: their names, and in a plane the colour that only one of them has."""
    for obj in scene.objects:
        yield obj.name, obj.name
    if scene.world.plane is None:
        return
    colors = {o.name: color_name(o.material.color) for o in scene.objects if o.material is not None}
    for name, color in colors.items():
        if list(colors.values()).count(color) == 1:
            yield name, color


def _is_open(node: Node) -> bool:
    """Whether an event of a node may be of any body."""
    match node:
        case EventNode() | Count():
            return not node.params
        case After() | OnlyAfter() | SameCount():
            return not (node.first_params and node.second_params)
    return False


def _texts(node: Node) -> Iterator[object]:
    match node:
        case EventNode() | Count():
            yield from (value for _, value in node.params)
        case After() | OnlyAfter() | SameCount():
            yield from (value for _, value in (*node.first_params, *node.second_params))
        case NearbyAt():
            yield node.target
        case Nearby() | Touching():
            yield from (node.first, node.second)
