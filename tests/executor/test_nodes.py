"""Walking a tree as `ast` does."""

import ast
from pathlib import Path

import pytest

from addon.executor.worker import nodes

SOURCES = [*Path(nodes.__file__).parent.glob("*.py"), Path(__file__)]
ODD = ["", "x = ()", "{**a, 'b': 1}", "def f(a, /, b, *, c=1, d): pass", "f(*a, **b)", "x: int", "print(f'{a!r:>{b}}')"]


@pytest.mark.parametrize("source", [*(path.read_text(encoding="utf-8") for path in SOURCES), *ODD])
def test_the_order_is_that_of_ast(source):
    tree = ast.parse(source)
    every = [node for node in ast.walk(tree) if not isinstance(node, nodes.LEAVES)]
    assert nodes.walk(tree) == every
    assert [nodes.children(node) for node in every] == [
        [below for below in ast.iter_child_nodes(node) if not isinstance(below, nodes.LEAVES)] for node in every
    ]
    assert [nodes.ends(type(node)) for node in every] == [
        any(isinstance(below, nodes.LEAVES) for below in ast.iter_child_nodes(node)) for node in every
    ]
