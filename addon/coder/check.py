"""What can be seen wrong in a rule's code without running it, by the code, the rule and the scene."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from collections import Counter

from ..executor import ScriptError, parse
from ..scene_graph import SceneGraph
from .cues import DIRECTIONS
from .examples import OFTEN
from .link import Helper, library, names
from .phrases import Phrases

GIVEN = {"objects", "now", "state", "frame", "dt", "rule", "bpy", "math", "random", "mathutils"}
OBJECTS = ("objects", "bpy.data.objects")
FIELDS = {
    "location",
    "velocity",
    "angular_velocity",
    "rotation_euler",
    "rigid_body",
    "rigid_body_constraint",
    "kinematic",
}
ONE_TIME = re.compile(r"\b(when|if|once|as soon as)\b", re.IGNORECASE)
"""Words of a rule that acts one time only."""

OBJECT_PARAMETERS = {
    "touched": (0, 1),
    "touching": (0, 1),
    "new_touch": (0, 1),
    "touch_count": (0, 1),
    "in_order": (0, 1, 2, 3),
    "glide": (0,),
    "turn": (0,),
    "open_door": (0,),
    "close_door": (0,),
}
"""Which arguments of a helper are names of objects."""


def error_of(code: str, graph: SceneGraph) -> str | None:
    """The first thing because of which the code cannot run, in words for the model that wrote it, or None."""
    try:
        tree = parse(code)
    except ScriptError as error:
        return f"line {error.line or 1} is not Python: {error.reason.removeprefix('not valid Python: ')}"
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    bound |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    bound |= {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    for name in sorted(names(tree)):
        if name not in bound | GIVEN | set(library()) | set(dir(builtins)):
            return f"there is nothing called '{name}'"
    known = [*graph.names, *(c.name for c in graph.constraints)]
    for node in ast.walk(tree):
        problem = _call(node, known) if isinstance(node, ast.Call) else _lookup(node, known, graph)
        if problem is not None:
            return problem
    return None


def doubt_of(code: str, rule: str, graph: SceneGraph) -> str | None:
    """The first thing in which code that can run seems not to say what its rule says, or None."""
    tree = parse(code)
    known = [*graph.names, *(c.name for c in graph.constraints)]
    if not _acts(tree):
        return "the code changes nothing: do what the rule says in the body of the if"
    return _left_out(tree, rule, known) or _when(tree, rule) or _direction(tree, rule, known)


def _call(node: ast.Call, known: list[str]) -> str | None:
    helper = library().get(node.func.id) if isinstance(node.func, ast.Name) else None
    if helper is None:
        return None
    given = len(node.args) + len(node.keywords)
    unknown = [k.arg for k in node.keywords if k.arg not in helper.parameters]
    if unknown or not helper.minimum <= given <= len(helper.parameters):
        return f"the call is {helper.signature}, not {ast.unparse(node)}"
    return next(
        (p for i in OBJECT_PARAMETERS.get(helper.name, ()) if (p := _name(_argument(node, helper, i), known))), None
    )


def _argument(node: ast.Call, helper: Helper, index: int) -> ast.expr | None:
    if index < len(node.args):
        return node.args[index]
    return next((k.value for k in node.keywords if k.arg == helper.parameters[index]), None)


def _lookup(node: ast.AST, known: list[str], graph: SceneGraph) -> str | None:
    """A problem in ``objects["…"]`` or in a property of it."""
    if not isinstance(node, ast.Subscript):
        return None
    if ast.unparse(node.value) in OBJECTS:
        return _name(node.slice, known)
    inner, key = node.value, node.slice
    if not (isinstance(inner, ast.Subscript) and ast.unparse(inner.value) in OBJECTS and isinstance(key, ast.Constant)):
        return None
    if isinstance(key.value, str) and key.value.split(".")[0] in FIELDS:
        return f"{key.value} is no custom property: write {ast.unparse(inner)}.{key.value}"
    return None


def _when(tree: ast.AST, rule: str) -> str | None:
    """A rule that acts once written as one that acts often, or the other way round."""
    if re.search(r"\bwhile\b|\balways\b|\bkeep", rule, re.IGNORECASE):
        return None
    often = OFTEN.search(rule)
    if often and "once" in names(tree):
        return f"'{often[0]}' means again and again: use no once(...) but new_touch(a, b), later(...) or every(seconds)"
    repeats = names(tree) & {"new_touch", "touching", "every", "later"}
    if not often and "once" not in names(tree) and (ONE_TIME.search(rule) or not repeats):
        tests = [ast.unparse(n.test) for n in ast.walk(tree) if isinstance(n, ast.If)]
        condition = re.sub(r"\b(new_touch|touching)\(", "touched(", tests[0]) if tests else "now >= 0"
        return f'this happens one time only: begin with if once("it", {condition}):'
    return None


def _direction(tree: ast.AST, rule: str, known: list[str]) -> str | None:
    """The only direction of a rule, against the only offset of its code."""
    rest = Phrases(known).mentions(rule)[1]
    said = [way for word in re.findall(r"[a-z]+", rest.lower()) if (way := DIRECTIONS.get(word))]
    calls = [
        n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "glide" and len(n.args) > 1
    ]
    if len(said) != 1 or len(calls) != 1 or "(" in rest:
        return None
    try:
        offset = ast.literal_eval(calls[0].args[1])
        right = offset["xyz".index(said[0][1])] * float(said[0][0] + "1") > 0
    except (ValueError, TypeError, IndexError):
        return None
    return None if right else f"the direction is {said[0]}: the offset (x, y, z) cannot be {offset}"


def _left_out(tree: ast.AST, rule: str, known: list[str]) -> str | None:
    """A name or number of the rule that the code does not have."""
    texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    said, rest = Phrases(known).mentions(rule)
    for name in said:
        if name not in texts:
            return f"the rule names '{name}', the code does not"
    constants = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    numbers = [c for c in constants if isinstance(c, int | float) and not isinstance(c, bool)]
    written = Counter(abs(float(n)) for n in numbers)
    for found in re.finditer(r"\d+(?:\.\d+)?", rest):
        written[float(found[0])] -= 1
        if written[float(found[0])] < 0:
            around = " ".join(rest[max(found.start() - 12, 0) : found.end() + 14].split())
            return f"the rule says {found[0]} in '… {around} …', the code leaves this out"
    return None


def _name(node: ast.expr | None, known: list[str]) -> str | None:
    if not isinstance(node, ast.Constant) or node.value in known:
        return None
    near = difflib.get_close_matches(str(node.value), known, 1)
    hint = f", but there is '{near[0]}'" if near else f"; there are {', '.join(known)}"
    return f"there is no object {node.value!r}{hint}"


def _acts(tree: ast.AST) -> bool:
    """Whether the code can change anything: an assignment to an attribute or item, or a helper that acts."""
    doers = {"glide", "turn", "open_door", "close_door"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in doers:
            return True
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            return True
    return False
