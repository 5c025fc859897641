"""How many single rules a coder reads right: its code against the oracle's, without running either.

Quicker than whole machines, and tells which kinds of rules go wrong; for choosing between prompts on the dev split.
Code that does the same in another way counts as wrong, so the share is a lower bound.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from addon.coder.plan import kind_of

from addon.coder import Coder, CodingRequest
from addon.coder.link import pieces
from addon.executor import ScriptError, language_reference, parse
from addon.models import AdvisedError
from addon.scene_graph import SceneGraph, scene_text

from .machine import Machine

UNORDERED = ("touched", "touching", "new_touch", "touch_count")
"""Helpers whose two names may come either way round."""


@dataclass(frozen=True)
class Reading:
    """One rule with its code, what a coder made of it, and the kind of its condition."""

    machine: str
    rule: str
    kind: str
    wanted: str
    got: str
    requests: int
    tokens: int

    @property
    def right(self) -> bool:
        """Whether the two say the same."""
        return canonical(self.got) == canonical(self.wanted)


def read_rules(machines: Sequence[Machine], coder: Coder, count: int, seed: int) -> Iterator[Reading]:
    """Ask a coder for ``count`` rules of the machines, one by one, all kinds of conditions in turn."""
    for machine, number, kind in _sample(machines, count, seed):
        rule, wanted = machine.graph.rules[number - 1], pieces(machine.oracle)[number][0]
        try:
            result = coder.write(_request(machine.graph, rule))
            code = pieces(result.script).get(1, (result.script, range(0)))[0]
            tokens = result.prompt_tokens + result.completion_tokens
            yield Reading(machine.name, rule, kind, wanted, code, result.requests, tokens)
        except AdvisedError as error:
            yield Reading(machine.name, rule, kind, wanted, f"# {error}", 0, 0)


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


def canonical(code: str) -> str:
    """Code without what makes no difference: labels, the order of a pair or of ``and``, keywords; "" if it is none."""
    try:
        return ast.unparse(_Canonical().visit(parse(code)))
    except ScriptError:
        return ""


class _Canonical(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        values = [*node.args, *(k.value for k in node.keywords)]
        if name in ("once", "later"):
            values = values[1:]
        if name in UNORDERED:
            values.sort(key=ast.unparse)
        if name == "in_order":
            values = sorted(values[:2], key=ast.unparse) + sorted(values[2:], key=ast.unparse)
        return ast.Call(node.func, values, [])

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        node.values.sort(key=ast.unparse)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ops[0], ast.NotEq):
            node.left, node.comparators[0] = sorted([node.left, node.comparators[0]], key=ast.unparse)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        node.body.sort(key=ast.unparse)
        return node
