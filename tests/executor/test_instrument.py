"""Rewriting a script changes neither what is its own nor what Python finds wrong with it."""

import ast
from pathlib import Path

import pytest

from addon.executor.worker import instrument, nodes, size

SOURCES = [path.read_text(encoding="utf-8") for path in sorted(Path(instrument.__file__).parent.glob("*.py"))]
NAMED = {
    "x = 1\ndef f(a=(b := 2)):\n    c = 3\n    global d\n    d = 4\nlambda e=(g := 1): e": "xfbg",
    "[h for h in range(3) if (i := h)]\nimport math as m, random as n\nfrom typing import Any as o": "imno",
    "try:\n    pass\nexcept ValueError as k:\n    del l\nfor n, (o, *p) in q: pass": "klnop",
    "q.r, s[0] = 1, 2\nt: int\nu += 1": "tu",
    "global v\n{w: y for w, y in z}": "v",
}
WRONG = (
    *("return", "if x:\n    return 1", "break", "for x in y: pass\nelse: continue", "def f():\n    break"),
    *(
        "x = 1\nglobal x",
        "def f():\n    x = 1\n    global x",
        "nonlocal x",
        "def f():\n    nonlocal x",
        "def f(a, a): pass",
    ),
    *("try: pass\nexcept: pass\nexcept ValueError: pass", "for x in *y: pass", "[x for x in *y]", "x = *y", "x += *y"),
    *("x: (*y) = 1", "def f(x: (*y)): pass", "def f() -> (*y): pass", "*x = y", "*x, *y = z", "f(a=1, a=2)", "f'{*x}'"),
    *(
        "x = 1\nfrom __future__ import annotations",
        "[x := 1 for x in y]",
        "[x for y in (z := 1)]",
        "(x for x in (y := z))",
    ),
    "\n".join("    " * depth + "while x:" for depth in range(25)) + "\n" + "    " * 25 + "pass",
)


@pytest.mark.parametrize(("source", "names"), NAMED.items())
def test_its_own_names_are_global(source, names):
    nodes.children.cache_clear()
    assert instrument._bound(ast.parse(source))[0] == set(names)


@pytest.mark.parametrize("source", WRONG)
def test_what_is_wrong_is_told_as_python_tells_it(source):
    nodes.children.cache_clear()
    with pytest.raises(SyntaxError) as wanted:
        compile(source, "<script>", "exec")
    with pytest.raises(SyntaxError) as found:
        instrument.compile_script(source, ast.parse(source))
    assert (found.value.msg, found.value.lineno, found.value.offset) == (
        wanted.value.msg,
        wanted.value.lineno,
        wanted.value.offset,
    )


@pytest.mark.parametrize("source", SOURCES)
def test_every_node_has_a_place(source):
    tree = ast.parse(source)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    rewritten = instrument._Rewriter().visit(ast.Module(functions, []))
    compile(rewritten, "<script>", "exec")


@pytest.mark.parametrize("source", SOURCES)
def test_the_size_is_that_of_the_parts(source):
    nodes.children.cache_clear()
    tree = ast.parse(source)
    with_end = ast.parse("try:\n    pass\nfinally:\n    pass\n")
    apart = size.code_size(tree), size.code_size(with_end)
    tree.body += with_end.body
    nodes.children.cache_clear()
    assert size.code_size(tree) == sum(apart)
