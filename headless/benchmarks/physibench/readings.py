"""How many single rules a coder reads right: its code against the oracle's, without running either.

Quicker than whole machines, and tells which kinds of rules go wrong or are refused; for the dev split. Code that does
the same in another way counts as wrong, so the share is a lower bound.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from addon.coder import Coder, CodingRequest
from addon.coder.link import pieces
from addon.executor import language_reference
from addon.models import AdvisedError
from addon.scene_graph import SceneGraph, scene_text

from .canonical import canonical
from .machine import Machine

_KINDS = {
    "touched": "touch", "new_touch": "each touch", "later": "each touch, later", "touching": "while touching",
    "touch_count": "number of touches", "in_order": "order", "every": "period", "now": "time",
}  # fmt: skip
"""Names in a condition and the kind of condition that each tells of."""


@dataclass(frozen=True)
class Reading:
    """One rule with its code, what a coder made of it (a comment if refused), and the kind of its condition."""

    machine: str
    rule: str
    kind: str
    wanted: str
    got: str
    requests: int
    tokens: int
    refused: bool = False

    @property
    def right(self) -> bool:
        """Whether the two say the same."""
        return self.outcome == "right"

    @property
    def outcome(self) -> Literal["right", "wrong", "refused"]:
        """What became of it."""
        if self.refused:
            return "refused"
        return "right" if canonical(self.got) == canonical(self.wanted) else "wrong"


def read_rules(machines: Sequence[Machine], coder: Coder, count: int, seed: int) -> Iterator[Reading]:
    """Ask a coder for ``count`` rules of the machines, one by one, all kinds of conditions in turn."""
    for machine, number, kind in _sample(machines, count, seed):
        yield read_one(machine, number, coder, kind)


def read_one(machine: Machine, number: int, coder: Coder, kind: str = "") -> Reading:
    """Ask a coder for one rule of a machine, by its number from 1."""
    rule, wanted = machine.graph.rules[number - 1], pieces(machine.oracle)[number][0]
    kind = kind or kind_of(wanted)
    try:
        result = coder.write(_request(_let_go(machine, number), rule))
    except AdvisedError as error:
        return Reading(machine.name, rule, kind, wanted, f"# {error}", 0, 0, refused=error.is_input)
    code = pieces(result.script).get(1, (result.script, range(0)))[0]
    tokens = result.prompt_tokens + result.completion_tokens
    return Reading(machine.name, rule, kind, wanted, code, result.requests, tokens)


def _let_go(machine: Machine, number: int) -> SceneGraph:
    """The scene with the bodies free that other rules let go, which one rule alone does not tell."""
    others = "".join(code for n, (code, _) in pieces(machine.oracle).items() if n != number)
    freed = set(re.findall(r'objects\["([^"]+)"\]\.rigid_body\.kinematic = False', others))
    free = {"kinematic": False}
    objects = [
        o.model_copy(update={"rigid_body": o.body.model_copy(update=free)}) if o.body and o.name in freed else o
        for o in machine.graph.objects
    ]
    graph: SceneGraph = machine.graph.model_copy(update={"objects": tuple(objects)})
    return graph


def _request(graph: SceneGraph, rule: str) -> CodingRequest:
    return CodingRequest(graph, scene_text(graph), (rule,), dt=graph.world.dt, reference=language_reference())


def _sample(machines: Sequence[Machine], count: int, seed: int) -> list[tuple[Machine, int, str]]:
    """Rules in a shuffled order that goes through the kinds of conditions."""
    groups: dict[str, list[tuple[Machine, int, str]]] = {}
    listed = [(m, n, code) for m in machines for n, (code, _) in pieces(m.oracle).items()]
    random.Random(seed).shuffle(listed)
    for machine, number, code in listed:
        kind = kind_of(code)
        groups.setdefault(kind, []).append((machine, number, kind))
    found: list[tuple[Machine, int, str]] = []
    while len(found) < min(count, len(listed)):
        found += [groups[kind].pop() for kind in sorted(groups) if groups[kind]]
    return found[:count]


def kind_of(code: str) -> str:
    """What kind of condition the first ``if`` of an oracle's rule has, as one to three words."""
    found = next((node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.If)), None)
    test: ast.expr = found.test if found else ast.Constant(value=True)
    inner, delayed = test, False
    if isinstance(test, ast.Call) and ast.unparse(test.func) == "once":
        inner, delayed = test.args[1], len(test.args) == 3 or bool(test.keywords)
    kind = _kind(inner)
    return f"{kind}, delayed" if delayed and kind == "touch" else kind


def _kind(test: ast.expr) -> str:
    if isinstance(test, ast.BoolOp):
        lacking = any(isinstance(v, ast.UnaryOp) for v in test.values)
        return "or" if isinstance(test.op, ast.Or) else "and not" if lacking else "and"
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.NotEq):
        return "either, not both"
    named = [n.id for n in ast.walk(test) if isinstance(n, ast.Name) and n.id in _KINDS]
    if named:
        return _KINDS[named[0]]
    return "height" if "location" in ast.unparse(test) else "state"
