"""The static gate: what a transition script may consist of, as allow-lists, and the check against them.

A script is refused before it runs if it uses a syntax node, a name, an attribute or an import that is not listed.
Identifiers with a leading underscore are refused wherever they stand, which shuts the door to Python's internals.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator

from .budgets import Budgets
from .errors import Kind, ScriptError, at

MODULES = ("bpy", "math", "random", "mathutils")

BUILTINS = frozenset(
    [
        "abs",
        "all",
        "any",
        "bool",
        "dict",
        "enumerate",
        "filter",
        "float",
        "format",
        "frozenset",
        "int",
        "isinstance",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "next",
        "pow",
        "print",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "zip",
        "hash",
        "divmod",
        "chr",
        "ord",
        "bin",
        "hex",
        "callable",
        "hasattr",
        "getattr",
        "True",
        "False",
        "None",
        "Exception",
        "ArithmeticError",
        "AttributeError",
        "IndexError",
        "KeyError",
        "LookupError",
        "NameError",
        "RuntimeError",
        "StopIteration",
        "TypeError",
        "ValueError",
        "ZeroDivisionError",
        "AssertionError",
        "OverflowError",
    ]
) - {"getattr", "hasattr", "format", "callable", "hash"}

SCRIPT_NAMES = {
    "bpy": "the scene: bpy.data.objects, bpy.context.scene",
    "state": "a dict that persists from step to step",
    "frame": "number of this step, 1 at the first",
    "dt": "length of a step in seconds",
}

OBJECT_FIELDS = {
    "name": "text, read only",
    "type": "text, read only",
    "location": "Vector, metres",
    "rotation_euler": "Euler, radians",
    "rotation_quaternion": "Quaternion (w, x, y, z)",
    "scale": "Vector",
    "dimensions": "Vector, metres, read only",
    "velocity": "Vector, m/s; for an ACTIVE body write it once, at an event",
    "angular_velocity": "Vector, rad/s",
    "hide_viewport": "True or False",
    "rigid_body": "the body's settings, or None",
    "rigid_body_constraint": "the constraint that the object holds, or None",
    "touching": "touching(name): whether it touches that object now",
    "contacts": "list of the names of all objects that it touches now",
    "keyframe_insert": "accepted and ignored: every step is recorded",
}
BODY_FIELDS = {
    "type": "'ACTIVE' or 'PASSIVE'",
    "mass": "kg",
    "friction": "number",
    "restitution": "number",
    "linear_damping": "0 to 1",
    "angular_damping": "0 to 1",
    "enabled": "True or False",
    "kinematic": "True: moved by the script; False: by physics",
}
CONSTRAINT_FIELDS = {
    "enabled": "True or False",
    "motor_lin_target_velocity": "m/s",
    "motor_ang_target_velocity": "rad/s",
}
SCENE_FIELDS = {
    "frame_current": "number of this step, read only",
    "gravity": "Vector, m/s²",
    "objects": "all objects",
    "events": "collisions that began or ended since the last step: dicts with uid, a_id, b_id",
}
BPY_PATHS = ("data", "context", "scene")

STRING_METHODS = [
    "capitalize",
    "count",
    "endswith",
    "find",
    "index",
    "isalpha",
    "isdigit",
    "islower",
    "isupper",
    "join",
    "lower",
    "lstrip",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "title",
    "upper",
    "zfill",
]
LIST_METHODS = ["append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"]
DICT_METHODS = ["clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"]
SET_METHODS = [
    "add",
    "clear",
    "copy",
    "difference",
    "discard",
    "intersection",
    "isdisjoint",
    "issubset",
    "issuperset",
    "pop",
    "remove",
    "symmetric_difference",
    "union",
    "update",
]
VECTOR_FIELDS = [
    "x",
    "y",
    "z",
    "w",
    "angle",
    "axis",
    "copy",
    "conjugated",
    "cross",
    "dot",
    "freeze",
    "identity",
    "inverted",
    "length",
    "length_squared",
    "lerp",
    "magnitude",
    "negate",
    "normalize",
    "normalized",
    "order",
    "project",
    "reflect",
    "rotate",
    "rotation_difference",
    "slerp",
    "to_euler",
    "to_matrix",
    "to_quaternion",
    "to_translation",
    "to_scale",
    "translation",
    "transposed",
    "to_tuple",
    "to_3d",
    "to_4x4",
    "to_3x3",
    "Rotation",
    "Translation",
    "Scale",
    "Identity",
    "LocRotScale",
    "zero",
    "resize_3d",
    "make_compatible",
    "to_axis_angle",
    "decompose",
    "determinant",
    "row",
    "col",
    "xy",
    "xz",
    "yz",
]
MATH_NAMES = [
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cbrt",
    "ceil",
    "copysign",
    "cos",
    "cosh",
    "degrees",
    "dist",
    "e",
    "exp",
    "expm1",
    "fabs",
    "floor",
    "fmod",
    "fsum",
    "gcd",
    "hypot",
    "inf",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "isqrt",
    "ldexp",
    "log",
    "log10",
    "log1p",
    "log2",
    "modf",
    "nan",
    "pi",
    "pow",
    "prod",
    "radians",
    "remainder",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
    "tau",
    "trunc",
]
RANDOM_NAMES = [
    "choice",
    "choices",
    "gauss",
    "randint",
    "random",
    "randrange",
    "sample",
    "seed",
    "shuffle",
    "triangular",
    "uniform",
]
MATHUTILS_NAMES = ("Vector", "Quaternion", "Euler", "Matrix")
OTHER_ATTRIBUTES = ("is_integer", "real", "imag", "args", "numerator", "denominator", "Object", "Scene", "types")

READABLE = frozenset().union(
    *(
        OBJECT_FIELDS,
        BODY_FIELDS,
        CONSTRAINT_FIELDS,
        SCENE_FIELDS,
        BPY_PATHS,
        STRING_METHODS,
        LIST_METHODS,
        DICT_METHODS,
    ),
    *(SET_METHODS, VECTOR_FIELDS, MATH_NAMES, RANDOM_NAMES, MATHUTILS_NAMES, OTHER_ATTRIBUTES),
)
WRITABLE = frozenset(
    [*OBJECT_FIELDS, *BODY_FIELDS, *CONSTRAINT_FIELDS, "gravity", "x", "y", "z", "w", "xyz", "length"]
) - {
    "name",
    "dimensions",
    "touching",
    "contacts",
    "keyframe_insert",
    "rigid_body",
    "rigid_body_constraint",
}

NODES: tuple[type[ast.AST], ...] = (
    *(ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.Pass, ast.Break, ast.Continue),
    *(
        ast.If,
        ast.For,
        ast.While,
        ast.Try,
        ast.ExceptHandler,
        ast.Raise,
        ast.Assert,
        ast.Import,
        ast.ImportFrom,
        ast.alias,
    ),
    *(ast.FunctionDef, ast.Lambda, ast.arguments, ast.arg, ast.Return, ast.Global, ast.Nonlocal),
    *(ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.NamedExpr, ast.Starred),
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Constant, ast.JoinedStr, ast.FormattedValue),
    *(
        ast.List,
        ast.Tuple,
        ast.Dict,
        ast.Set,
        ast.ListComp,
        ast.SetComp,
        ast.DictComp,
        ast.GeneratorExp,
        ast.comprehension,
    ),
    *(ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop),
)

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
    "time": "use `frame * dt` for the time in seconds",
}


def check(source: str, budgets: Budgets | None = None) -> ast.Module:
    """Parse a script and check it against the allow-lists. Raises ScriptError (syntax, refused or limit)."""
    budgets = budgets or Budgets()
    if len(source.encode(errors="replace")) > budgets.source_bytes:
        raise ScriptError(
            "limit", f"the script is longer than {budgets.source_bytes} bytes", suggestion="make it shorter"
        )
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        line = error.lineno
        raise ScriptError("syntax", f"not valid Python: {error.msg}", line, error.offset, at(source, line)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ScriptError("syntax", f"not valid Python: {error or 'nested too deeply'}") from None
    _Gate(source, budgets).check(tree)
    return tree


class _Gate:
    def __init__(self, source: str, budgets: Budgets) -> None:
        self.source = source
        self.budgets = budgets

    def refuse(self, node: ast.AST, reason: str, suggestion: str = "", kind: Kind = "refused") -> None:
        line = getattr(node, "lineno", None)
        column = getattr(node, "col_offset", None)
        raise ScriptError(kind, reason, line, None if column is None else column + 1, at(self.source, line), suggestion)

    def check(self, tree: ast.Module) -> None:
        stack: list[tuple[ast.AST, int]] = [(tree, 0)]
        while stack:
            node, depth = stack.pop()
            if depth > self.budgets.nesting:
                self.refuse(node, f"nested deeper than {self.budgets.nesting} levels", "split it up", "limit")
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
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) if name in ("__name__", "bpy", "print"):
                self.refuse(node, f"'{name}' must keep its meaning", "choose another name")
            case ast.Name(id=name) if name in _NAMES_INSTEAD and isinstance(node.ctx, ast.Load):
                if name != "time":
                    self.refuse(node, f"'{name}' is refused in a script", _NAMES_INSTEAD[name])
            case ast.FunctionDef(decorator_list=[first, *_]):
                self.refuse(first, "decorators are not allowed in a script", "call the function where it is needed")
            case ast.Constant(value=bytes() | complex()):
                self.refuse(node, "bytes and complex numbers are not allowed in a script", "use numbers and text")

    def module(self, node: ast.AST, name: str) -> None:
        if name not in MODULES:
            instead = _NAMES_INSTEAD.get(
                name, "scripts may import bpy, math, random and mathutils; the rest is out of reach"
            )
            self.refuse(node, f"'import {name}' is refused", instead)

    def import_from(self, node: ast.ImportFrom) -> None:
        if node.level or node.module is None:
            self.refuse(node, "relative imports are refused", "import math, random or mathutils")
            return
        self.module(node, node.module)
        known = {"math": MATH_NAMES, "random": RANDOM_NAMES, "mathutils": MATHUTILS_NAMES, "bpy": ["data", "context"]}
        for alias in node.names:
            if alias.name not in known[node.module]:
                reason = f"'from {node.module} import {alias.name}' is refused"
                self.refuse(node, reason, f"{node.module} has {', '.join(known[node.module])}")

    def attribute(self, node: ast.Attribute) -> None:
        allowed = READABLE if isinstance(node.ctx, ast.Load) else WRITABLE
        if node.attr not in allowed:
            near = difflib.get_close_matches(node.attr, sorted(allowed), n=1, cutoff=0.75)
            verb = "read" if isinstance(node.ctx, ast.Load) else "written"
            suggestion = (
                f"did you mean '.{near[0]}'?" if near else 'for data of your own use obj["name"] or state["name"]'
            )
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
    if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
