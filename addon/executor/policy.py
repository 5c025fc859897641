"""The static gate: the check of a script against the language's allow-lists, before any of it runs.

A script is refused if it uses a syntax node, a name, an attribute or an import that is not listed. Identifiers with
a leading underscore are refused wherever they stand, which shuts the door to Python's internals.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NoReturn

from .budgets import Budgets
from .errors import Kind, ScriptError, at
from .language import BUILTINS, MATH_NAMES, MATHUTILS_NAMES, MODULES, NODES, RANDOM_NAMES, READABLE, WRITABLE

_INSTEAD: dict[type[ast.AST], tuple[str, str]] = {
    ast.ClassDef: ("classes", "use functions and dictionaries; keep what must last in `state`"),
    ast.With: ("`with`", "scripts have no files or contexts to open"),
    ast.AsyncFunctionDef: ("`async`", "write a plain function; it is called once a step"),
    ast.Await: ("`await`", "a script runs once a step; compare `frame` to wait"),
    ast.Yield: ("`yield`", "return a list"),
    ast.YieldFrom: ("`yield`", "return a list"),
    ast.Match: ("`match`", "use if and elif"),
}
_NAMES_INSTEAD = {
    "open": "files are out of reach; keep data in `state` or in object properties",
    "eval": "write the expression itself",
    "exec": "write the code itself",
    "input": "nobody answers during a run; use properties of objects",
    "getattr": "write the attribute itself: obj.location",
    "setattr": "write the attribute itself: obj.location = ...",
    "hasattr": "use `'key' in obj` for custom properties",
    "type": "use isinstance, or obj.type for an object",
    "object": "keep data in dictionaries",
    "super": "use functions and dictionaries",
    "BaseException": "catch Exception, or the error that you expect",
    "SystemExit": "a script ends by itself at its last line",
    "exit": "a script ends by itself at its last line",
    "quit": "a script ends by itself at its last line",
}
_MODULES_INSTEAD = {"time": "use `frame * dt` for the time in seconds", "numpy": "use mathutils.Vector and math"}
_ATTRIBUTES_INSTEAD = {"format": 'write an f-string: f"{value:.2f}"', "format_map": 'write an f-string: f"{value:.2f}"'}
_OUT_OF_REACH = frozenset(dir(builtins)) - BUILTINS - {"True", "False", "None", "__name__"}
_IMPORTS = "scripts may import bpy, math, random and mathutils; the rest is out of reach"
_PLAIN = "it is no part of the language; use plain expressions and functions of your own"
_FIXED = ("__name__", "bpy", "print")


def check(source: str, budgets: Budgets | None = None, attributes: Collection[str] = ()) -> ast.Module:
    """Parse a script and check it against the allow-lists; ``attributes`` are those that it may read beyond them.

    Raises ScriptError (syntax, refused or limit).
    """
    budgets = budgets or Budgets()
    if len(source.encode(errors="replace")) > budgets.source_bytes:
        raise ScriptError(
            "limit",
            f"the script is longer than {budgets.source_bytes} bytes (source_bytes)",
            suggestion="make it shorter",
        )
    with warnings.catch_warnings(action="ignore"), _syntax_errors(source):
        tree = ast.parse(source)
    _Gate(source, budgets, READABLE.union(attributes)).check(tree)
    with warnings.catch_warnings(action="ignore"), _syntax_errors(source):
        compile(
            tree, "<script>", "exec", dont_inherit=True
        )  # finds what parsing does not: a `return` outside functions
    return tree


def check_objects(count: int, budgets: Budgets) -> None:
    """Raise ScriptError (limit) if a scene has more objects than a script may see."""
    if count > budgets.objects:
        raise ScriptError("limit", f"the scene has {count} objects, more than {budgets.objects} (objects)")


@contextmanager
def _syntax_errors(source: str) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        line = error.lineno
        raise ScriptError("syntax", f"not valid Python: {error.msg}", line, error.offset, at(source, line)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ScriptError("syntax", f"not valid Python: {error or 'nested too deeply'}") from None


class _Gate:
    def __init__(self, source: str, budgets: Budgets, readable: frozenset[str]) -> None:
        self.source = source
        self.budgets = budgets
        self.readable = readable
        self.own: set[str] = set()

    def refuse(self, node: ast.AST, reason: str, suggestion: str = "", kind: Kind = "refused") -> NoReturn:
        line = getattr(node, "lineno", None)
        column = getattr(node, "col_offset", None)
        raise ScriptError(kind, reason, line, None if column is None else column + 1, at(self.source, line), suggestion)

    def check(self, tree: ast.Module) -> None:
        self.own = {name for node in ast.walk(tree) for name in _bound(node)}
        stack: list[tuple[ast.AST, int]] = [(tree, 0)]
        while stack:
            node, depth = stack.pop()
            if depth > self.budgets.nesting:
                self.refuse(node, f"nested deeper than {self.budgets.nesting} levels (nesting)", "split it up", "limit")
            self.node(node)
            stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))

    def node(self, node: ast.AST) -> None:
        if not isinstance(node, NODES):
            what, instead = _INSTEAD.get(type(node), (f"{type(node).__name__} syntax", "use plain statements"))
            self.refuse(node, f"{what} is not allowed in a script", instead)
        for name in _identifiers(node):
            if name.startswith("_") and name not in ("_", "__name__"):
                self.refuse(
                    node, f"'{name}' is refused: names must not begin with an underscore", "choose another name"
                )
            if not name.isascii():
                self.refuse(node, f"'{name}' is refused: names must be plain ASCII", "choose another name")
        match node:
            case ast.Import():
                for alias in node.names:
                    self.module(node, alias.name)
            case ast.ImportFrom():
                self.import_from(node)
            case ast.Attribute():
                self.attribute(node)
            case ast.Name(id=name, ctx=ast.Load()):
                if name in _OUT_OF_REACH and name not in self.own:
                    self.refuse(node, f"'{name}' is refused in a script", _NAMES_INSTEAD.get(name, _PLAIN))
            case ast.Name(id=name) if name in _FIXED:
                self.refuse(node, f"'{name}' must keep its meaning", "choose another name")
            case ast.FunctionDef(decorator_list=[first, *_]):
                self.refuse(first, "decorators are not allowed in a script", "call the function where it is needed")
            case ast.comprehension(is_async=1):
                self.refuse(node.target, "`async` is not allowed in a script", _INSTEAD[ast.AsyncFunctionDef][1])
            case ast.Constant(value=bytes() | complex()):
                self.refuse(node, "bytes and complex numbers are not allowed in a script", "use numbers and text")

    def module(self, node: ast.AST, name: str) -> None:
        if name not in MODULES:
            self.refuse(node, f"'import {name}' is refused", _MODULES_INSTEAD.get(name, _IMPORTS))

    def import_from(self, node: ast.ImportFrom) -> None:
        if node.level or node.module is None:
            self.refuse(node, "relative imports are refused", _IMPORTS)
        self.module(node, node.module)
        known = {"math": MATH_NAMES, "random": RANDOM_NAMES, "mathutils": MATHUTILS_NAMES, "bpy": ["data", "context"]}
        for alias in node.names:
            if alias.name not in known[node.module]:
                reason = f"'from {node.module} import {alias.name}' is refused"
                self.refuse(node, reason, f"{node.module} has {', '.join(known[node.module])}")

    def attribute(self, node: ast.Attribute) -> None:
        allowed = self.readable if isinstance(node.ctx, ast.Load) else WRITABLE
        if node.attr not in allowed:
            verb = "read" if isinstance(node.ctx, ast.Load) else "written"
            near = difflib.get_close_matches(node.attr, sorted(allowed), n=1, cutoff=0.75)
            guess = f"did you mean '.{near[0]}'?" if near else 'for data of your own use obj["name"] or state["name"]'
            suggestion = _ATTRIBUTES_INSTEAD.get(node.attr, guess)
            self.refuse(node, f"the attribute '.{node.attr}' cannot be {verb} in a script", suggestion)


def _identifiers(node: ast.AST) -> Iterator[str]:
    """Every identifier that stands in a node itself."""
    for field in ("id", "attr", "name", "arg", "asname"):
        value = getattr(node, field, None)
        if isinstance(value, str):
            yield value
    for value in getattr(node, "names", []) or []:
        if isinstance(value, str):
            yield value


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node gives a value."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.alias(asname=str(name)) | ast.alias(name=name):
            yield name
