"""Code of rules in one form, so that code that does the same in another way is seen to do so."""

from __future__ import annotations

import ast

from addon.executor import ScriptError, parse

UNORDERED = ("touched", "touching", "new_touch", "touch_count")
"""Helpers whose two names may come either way round."""

LABELLED = ("once", "later", "begins", "becomes", "ends", "one_after_other", "passes", "reaches", "side_of")
"""Helpers whose first argument is a label and says nothing."""

_SIGNS: dict[str, ast.cmpop] = {"reaches": ast.Eq(), "equals": ast.Eq(), "passes": ast.Gt()}
"""Helpers that compare two numbers; what passes a limit in a machine begins below it."""


def canonical(code: str) -> str:
    """Code without what makes no difference: labels, the order of a pair or of ``and``, keywords; "" if it is none.

    What the language of rules writes in helpers of its own becomes what oracles write: a number that passes or reaches
    a limit is compared with it, one touch after another is ``in_order``, a lamp that shines is on.
    """
    try:
        return ast.unparse(_Canonical().visit(parse(code)))
    except ScriptError:
        return ""


class _Canonical(ast.NodeTransformer):
    def visit_Module(self, node: ast.Module) -> ast.AST:
        self.generic_visit(node)
        node.body = _at_once(node.body)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        self.generic_visit(node)
        if _calls(node.value, "fires"):
            return None
        return _switched(node.value.args) if isinstance(node.value, ast.Call) and _calls(node.value, "shine") else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        values = [*node.args, *(k.value for k in node.keywords)]
        if name in LABELLED:
            values = values[1:]
        if name in UNORDERED:
            values.sort(key=ast.unparse)
        if name == "in_order":
            values = sorted(values[:2], key=ast.unparse) + sorted(values[2:], key=ast.unparse)
        call = ast.Call(node.func, values, [])
        return _as_oracle(name, values) or call

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        node.values.sort(key=ast.unparse)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.left, ast.Call) and (_calls(node.left, "compared") or _calls(node.left, "side_of")):
            if _calls(node.left, "side_of") and isinstance(node.ops[0], ast.GtE):
                node.ops[0] = _SIGNS["reaches"]
            node.left, node.comparators = _as_read(node.left.args)
        elif isinstance(node.left, ast.Call) and _calls(node.left, "compared_tilt"):
            limit, name = node.left.args
            node.left, node.comparators = ast.parse(f"tilt({ast.unparse(name)})", mode="eval").body, [limit]
        if _calls(node.left, "distance") and isinstance(node.ops[0], ast.LtE):
            node.ops[0] = ast.Lt()
        if isinstance(node.ops[0], ast.NotEq):
            node.left, node.comparators[0] = sorted([node.left, node.comparators[0]], key=ast.unparse)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        node.body.sort(key=ast.unparse)
        return node


def _as_oracle(name: str, values: list[ast.expr]) -> ast.expr | None:
    """A call in the form that oracles have for it, if they have one; ``values`` are without labels."""
    if name == "one_after_other" and len(values) == 2 and all(_calls(v, "new_touch") for v in values):
        pairs = [arg for value in values if isinstance(value, ast.Call) for arg in value.args]
        return ast.Call(ast.Name("in_order"), pairs, [])
    if name in ("becomes", "begins") and len(values) == 1:
        return values[0]
    if name in _SIGNS and len(values) == 2:
        return ast.Compare(values[0], [_SIGNS[name]], [values[1]])
    return None


def _as_read(arguments: list[ast.expr]) -> tuple[ast.expr, list[ast.expr]]:
    """What ``compared`` compares with what, as oracles read and compare it."""
    limit, name, field, part, *other = map(ast.unparse, arguments)
    what = f"{ast.literal_eval(field)}.{ast.literal_eval(part)}"
    if other and what == "location.length":
        left, right = f"distance({name}, {other[0]})", limit
    elif other:
        left, right = f"objects[{name}].{what}", f"objects[{other[0]}].{what}"
    else:
        left, right = f"objects[{name}].{what}", limit
    if right.startswith("math.radians("):
        left, right = f"math.degrees({left})", right.removeprefix("math.radians(").removesuffix(")")
    return ast.parse(left, mode="eval").body, [ast.parse(right, mode="eval").body]


def _switched(arguments: list[ast.expr]) -> ast.stmt:
    """``shine`` of a lamp that has a switch, as oracles say it."""
    name = ast.unparse(arguments[0])
    state = {"": "True", "0": "False"}.get("".join(map(ast.unparse, arguments[1:])), f"not objects[{name}]['on']")
    return ast.parse(f"objects[{name}]['on'] = {state}").body[0]


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _at_once(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements with ``so = condition`` put where it is asked for, and without blocks that do nothing any more."""
    found: list[ast.stmt] = []
    said: ast.expr | None = None
    for statement in body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "so":
            said = statement.value
        elif isinstance(statement, ast.If) and not statement.body:
            continue
        else:
            found.append(_Put(said).visit(statement) if said else statement)
    return found


class _Put(ast.NodeTransformer):
    def __init__(self, said: ast.expr) -> None:
        self.said = said

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self.said if node.id == "so" else node
