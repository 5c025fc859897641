"""What a script remembers from step to step, in a form in which two steps can be compared exactly."""

import ast
from functools import partial
from types import FunctionType, MethodType

from .facade import Constraint, RigidBody, SceneObject
from .nodes import children, walk
from .values import refuse_change
from .vectors import Euler, Matrix, Quaternion, Vector
from .world import Objects, Record, Scene

MOST = 2_000
"""Values that are looked at."""

DEEPEST = 20

PLAIN = (int, str, bool, type(None), bytes)
ROWS = (list, tuple, set, frozenset)
NUMBERS = (Vector, Quaternion, Euler)
THINGS = (SceneObject, RigidBody, Constraint, Objects, Record, Scene)
"""What is the scene's: it tells itself what of it was read and written."""

KEEPING = (ast.Nonlocal, ast.ClassDef, ast.Match, ast.Yield, ast.YieldFrom)
"""What may remember something where nobody looks."""

INNER = (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""What has names of its own."""

VALUES = (ast.Constant, ast.UnaryOp, ast.Tuple)
"""Default values of arguments that stay as they are."""


class UnsureError(Exception):
    """Nothing certain can be said of what a script remembers."""


def memory(tree):
    """The global names by which a script may remember something, None if it may do so in other ways."""
    nodes, names = walk(tree), {"state"}
    if any(isinstance(node, KEEPING) for node in nodes):
        return None
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            defaults = [value for value in (*node.args.defaults, *node.args.kw_defaults) if value is not None]
            if not all(isinstance(one, VALUES) for value in defaults for one in walk(value)):
                return None
            if getattr(node, "decorator_list", None):
                return None
        elif isinstance(node, ast.Global):
            names.update(node.names)
        elif isinstance(node, ast.NamedExpr):
            names.add(node.target.id)
    return names.union(_set_outside(tree)) - _fresh(tree)


def _set_outside(tree):
    """The names that are set outside of functions, but for functions and modules that every step sets."""
    found, below = set(), [(node, False) for node in tree.body]
    for node, is_inner in below:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif is_inner:
            found.update(_bound(node))
        if not isinstance(node, INNER):
            below += [(one, True) for one in children(node)]
    return found


def _fresh(tree):
    """The names that are set anew at the beginning of every step, before anything can have read them."""
    if any(isinstance(node, ast.FunctionDef) and node.name in ("step", "setup") for node in tree.body):
        return set()
    found, read = set(), set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets):
            below = walk(node.value)
            if any(isinstance(one, ast.Call | ast.NamedExpr | ast.Subscript) for one in below):
                break
            read.update({one.id for one in below if isinstance(one, ast.Name)} - found)
            found.update({target.id for target in node.targets} - read)
        elif not isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef):
            break
    return found - {name for node in walk(tree) if isinstance(node, ast.Global) for name in node.names}


def _bound(node):
    """The names that a definition or an import binds, which is not done in every step."""
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    return []


def remembered(names, wanted):
    """What the ``wanted`` of a script's global names hold. Raises UnsureError."""
    if any(type(value) is FunctionType and value.__dict__ for value in names.values()):
        raise UnsureError
    known = {}
    return [(name, _frozen(names[name], known, 0)) for name in sorted(wanted) if name in names]


def _frozen(value, known, depth):
    """A value by its type and bits; a container that was met before by when it was."""
    kind = type(value)
    if kind in PLAIN:
        return kind, value
    if kind is float:
        return kind, value.hex()
    if id(value) in known:
        return "again", known[id(value)]
    known[id(value)] = len(known)
    if depth > DEEPEST or len(known) > MOST:
        raise UnsureError
    if kind in ROWS:
        return kind, [_frozen(item, known, depth + 1) for item in value]
    if kind is dict:
        return kind, [(_frozen(k, known, depth + 1), _frozen(v, known, depth + 1)) for k, v in value.items()]
    if kind in NUMBERS:
        return kind, [number.hex() for number in value], value.order if kind is Euler else "", _tie(value._changed)
    if kind is Matrix:
        return kind, [_frozen(number, known, depth + 1) for row in value for number in row]
    if kind in THINGS:
        return kind, id(value)
    raise UnsureError


def _tie(changed):
    """What is written to by changes of a vector."""
    if changed is None or changed is refuse_change:
        return changed
    method, more = (changed.func, changed.args) if type(changed) is partial else (changed, ())
    if type(method) is not MethodType:
        raise UnsureError
    return id(method.__self__), method.__name__, more
