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
    assert nodes.walk(tree) == list(ast.walk(tree))
    assert [nodes.children(node) for node in ast.walk(tree)] == [
        list(ast.iter_child_nodes(node)) for node in ast.walk(tree)
    ]
