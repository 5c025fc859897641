"""How large a script becomes when it is compiled.

The compiler writes the body of a ``finally`` once for each way out of its ``try``: the end, an error, and every
``return``, ``break`` and ``continue``. Nested, that doubles with each level, so it is counted before compiling.
"""

import ast

from .nodes import children, walk

COMPREHENSIONS = 8
"""Levels of comprehensions within each other. CPython 3.12 and 3.13 crash while they compile 23."""

_COUNTING = {ast.AugAssign: 10, ast.BinOp: 5, ast.FormattedValue: 5, ast.FunctionDef: 5, ast.Lambda: 5, ast.For: 5}
_COUNTING |= {ast.AsyncFor: 5, ast.While: 5}
"""What counting its work adds to a node, see `instrument`."""

_LOOPS = frozenset((ast.For, ast.AsyncFor, ast.While))
_FUNCTIONS = frozenset((ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
_JUMPS = frozenset((ast.Break, ast.Continue))


def code_size(tree):
    """The nodes of a tree as they are compiled, bodies of ``finally`` in all their copies."""
    nodes = walk(tree)[1:]
    if any(type(node) is ast.Try and node.finalbody for node in nodes):
        return _sum(tree.body)[0]
    return len(nodes) + sum([_COUNTING.get(type(node), 0) for node in nodes])


def _sum(nodes):
    """Size, and how many `return`s and how many other jumps lead out, of some nodes one after the other."""
    size, returns, jumps = 0, 0, 0
    for node in nodes:
        a, b, c = _one(node)
        size, returns, jumps = size + a, returns + b, jumps + c
    return size, returns, jumps


def _one(node):
    kind = type(node)
    if kind is ast.Return:
        size, _, _ = _sum(children(node))
        return size + 1, 1, 0
    if kind in _JUMPS:
        return 1, 0, 1
    if kind is ast.Try:
        size, returns, jumps = _sum([*node.body, *node.handlers, *node.orelse])
        last, last_returns, last_jumps = _sum(node.finalbody)
        copies = 2 + returns + jumps
        return 1 + size + last * copies, returns + last_returns * copies, jumps + last_jumps * copies
    if kind in _LOOPS:
        after = {id(n) for n in node.orelse}
        size, returns, _ = _sum([n for n in children(node) if id(n) not in after])
        last, last_returns, jumps = _sum(node.orelse)
        return 1 + _COUNTING[ast.For] + size + last, returns + last_returns, jumps
    below = children(node)
    if not below:
        return 1 + _COUNTING.get(kind, 0), 0, 0
    size, returns, jumps = _sum(below)
    size += 1 + _COUNTING.get(kind, 0)
    return (size, 0, 0) if kind in _FUNCTIONS else (size, returns, jumps)
