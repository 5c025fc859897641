"""The plan of a rule's code: one comment, written before the code, that says in plain English what the rule waits for.

A small model that first says "in order: first C touches D, then A touches B" then writes the code for it; asked for the
code at once it often takes the nearest worked example's. The same few sentences stand for all wordings of a rule, each
with the word in front that tells it from the others.
"""

from __future__ import annotations

import ast

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "is",
    ast.GtE: "is at least",
    ast.LtE: "is at most",
    ast.Gt: "is above",
    ast.Lt: "is below",
}
_KINDS = {
    "touched": "touch", "new_touch": "each touch", "later": "each touch, later", "touching": "while touching",
    "touch_count": "number of touches", "in_order": "order", "every": "period", "now": "time",
}  # fmt: skip


def planned(code: str) -> str:
    """The code with its plan in front."""
    return f"# {plan_of(code)}\n{code}"


def plan_of(code: str) -> str:
    """What the first ``if`` of a rule's code waits for, in words."""
    test = _test(code)
    if not isinstance(test, ast.Call):
        return f"if: {_fact(test)}"
    values = [*test.args, *(k.value for k in test.keywords)]
    match ast.unparse(test.func), values:
        case "once", [_, ast.Compare(left=ast.Name(id="now"), comparators=[seconds])]:
            return f"time: at {_plain(seconds)} s"
        case "once", [_, fact]:
            return f"{_joint(fact)}: {_fact(fact)}"
        case "once", [_, fact, delay]:
            return f"later, {_joint(fact)}: {_plain(delay)} s after {_fact(fact)}"
        case "later", [_, ast.Call(args=[a, b]), delay]:
            return f"later, each time: {_plain(delay)} s after {_plain(a)} touches {_plain(b)}"
        case "new_touch", [a, b]:
            return f"each time: {_plain(a)} touches {_plain(b)}"
        case "touching", [a, b]:
            return f"as long as: {_plain(a)} touches {_plain(b)}"
        case "every", [seconds]:
            return f"again and again: every {_plain(seconds)} s"
    return f"if: {_fact(test)}"


def _joint(fact: ast.expr) -> str:
    """The word that tells one sort of fact from the others."""
    match fact:
        case ast.BoolOp(op=ast.Or()):
            return "one of them is enough"
        case ast.BoolOp(values=values):
            return "without" if any(isinstance(value, ast.UnaryOp) for value in values) else "both"
        case ast.Compare(left=ast.Call(func=ast.Name(id="touched"))):
            return "exactly one"
        case ast.Compare(left=ast.Call()):
            return "number of times"
        case ast.Compare(left=ast.Attribute()):
            return "height"
        case ast.Call(func=ast.Name(id="in_order")):
            return "in order"
        case ast.Call():
            return "once"
    return "state"


def kind_of(code: str) -> str:
    """What kind of condition the first ``if`` of a rule's code has, as one to three words."""
    test = _test(code)
    delayed = isinstance(test, ast.Call) and (len(test.args) == 3 or bool(test.keywords))
    inner = test.args[1] if isinstance(test, ast.Call) and ast.unparse(test.func) == "once" else test
    if isinstance(inner, ast.BoolOp):
        lacking = any(isinstance(v, ast.UnaryOp) for v in inner.values)
        kind = "or" if isinstance(inner.op, ast.Or) else "and not" if lacking else "and"
    elif isinstance(inner, ast.Compare) and isinstance(inner.ops[0], ast.NotEq):
        kind = "either, not both"
    else:
        named = [n.id for n in ast.walk(inner) if isinstance(n, ast.Name)]
        kind = next(
            (_KINDS[n] for n in named if n in _KINDS), "height" if "location" in ast.unparse(inner) else "state"
        )
    return f"{kind}, delayed" if delayed and kind == "touch" else kind


def _test(code: str) -> ast.expr:
    """The test of the first ``if``."""
    found = next((node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.If)), None)
    return found.test if found else ast.Constant(value=True)


def _plain(node: ast.expr) -> str:
    """A name without quotes, a number or a place as it is."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ast.unparse(node)


def _fact(node: ast.expr) -> str:
    """Something that is true or not, in words; in Python if there are none for it."""
    match node:
        case ast.BoolOp(op=op, values=values):
            joint = " and " if isinstance(op, ast.And) else " or "
            return joint.join(_fact(value) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call(args=[a, b])):
            return f"{_plain(a)} has not touched {_plain(b)}"
        case ast.UnaryOp(op=ast.Not(), operand=ast.Subscript() as place):
            return f"{_place(place)} is {_off(place)}"
        case ast.Subscript():
            return f"{_place(node)} is {_off(node, 'on', 'true')}"
        case ast.Compare(left=one, ops=[ast.NotEq()], comparators=[two]):
            return f"{_fact(one)} or {_fact(two)}"
        case ast.Compare(left=ast.Call(args=[a, b]), comparators=[count]):
            return f"{_plain(a)} has touched {_plain(b)} {_plain(count)} times"
        case ast.Compare(left=ast.Attribute(value=ast.Attribute(value=place)), ops=[sign], comparators=[height]):
            return f"{_place(place)} {_SIGNS[type(sign)]} {_plain(height)} m"
        case ast.Compare(left=ast.Subscript() as place, ops=[sign], comparators=[value]):
            return f"{_place(place)} {_SIGNS[type(sign)]} {_plain(value)}"
        case ast.Call(func=ast.Name(id="touched"), args=[a, b]):
            return f"{_plain(a)} touches {_plain(b)}"
        case ast.Call(func=ast.Name(id="in_order"), args=[a, b, c, d]):
            return f"first {_plain(a)} touches {_plain(b)}, then {_plain(c)} touches {_plain(d)}"
    return ast.unparse(node)


def _place(node: ast.expr) -> str:
    """An object, or its property after a dot; its ``on`` goes without saying."""
    if not isinstance(node, ast.Subscript):
        return ast.unparse(node)
    if isinstance(node.value, ast.Subscript):
        key = _plain(node.slice)
        return _place(node.value) + ("" if key == "on" else f".{key}")
    return _plain(node.slice)


def _off(node: ast.Subscript, for_on: str = "off", for_others: str = "false") -> str:
    return for_on if _plain(node.slice) == "on" else for_others
