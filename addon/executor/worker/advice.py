"""Warnings about a script that may run but hardly does what was meant: sure signs alone, for a false alarm costs trust.

A function that would change something and that nothing calls; a name or item set to a constant at the top level and
tested before anything else can have changed it, for the top level runs anew in each step.
"""

import ast
from functools import lru_cache

from .nodes import children, walk

CALLED = ("setup", "step")
"""Functions that the worker calls by itself."""

MOST_FLAGS = 20

_PARAMETERS = {"scene", "frame", "dt", "delta", "delta_time", "depsgraph", "time", "t", "state"}
_USUAL = {"update", "main", "run", "tick", "loop", "transition", "simulate", "on_frame", "frame_change", "handler"}


def warnings_of(tree):
    """Pairs of line and words, in the order of the text."""
    functions, used = _functions(tree), _used(tree)
    found = list(_never_called(functions, used))
    if "step" not in functions or "step" in used:  # With a `step` of its own, the top level runs once.
        found += [*_shadowed_state(tree), *_reset_flags(tree, functions)]
    return sorted(found)


def used_elsewhere(tree):
    """Which of the functions that the worker would call the script itself uses outside of them."""
    own = set(CALLED) & _functions(tree).keys()
    return own and own & _used(tree)


def _functions(tree):
    """The functions of the top level by name, also those under an `if` or `try`."""
    found, left = {}, list(reversed(tree.body))
    while left:
        node = left.pop()
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.stmt):
            left.extend(reversed([n for n in children(node) if isinstance(n, (ast.stmt, ast.ExceptHandler))]))
        else:
            left.extend(reversed(node.body))
    return found


def _used(tree):
    """Names that are read, but for those of functions that only they themselves read."""
    found, functions = set(), [([tree], ())]
    for left, around in functions:
        for node in left:
            if type(node) is ast.Name:
                if type(node.ctx) is ast.Load and node.id not in around:
                    found.add(node.id)
            elif type(node) is ast.FunctionDef:
                functions.append((list(children(node)), (*around, node.name)))
            else:
                left += children(node)
    return found


def _never_called(functions, used):
    for name, node in functions.items():
        if name in CALLED or name in used or not _changes_something(node):
            continue
        names = {a.arg for a in node.args.args}
        meant = "step" not in functions and (name.lower() in _USUAL or (names and names <= _PARAMETERS))
        guess = "; did you mean step?" if meant else "; call it at the end of the script, or take it out"
        yield node.lineno, "the script defines %s, which nothing calls%s" % (name, guess)


def _changes_something(function):
    """Whether it writes to an attribute or an item."""
    return any(
        isinstance(n, (ast.Attribute, ast.Subscript)) and not isinstance(n.ctx, ast.Load) for n in walk(function)
    )


def _shadowed_state(tree):
    """``state = {}`` at the top level empties what should last."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "state" for t in node.targets):
            yield node.lineno, "`state` is set anew in each step and keeps nothing; leave this line out"


def _reset_flags(tree, functions):
    """Flags set at the top level, tested by a later ``if`` that sets them, with nothing in between that could; and
    counters that begin anew and grow by a constant or by ``dt`` before an ``if`` tests them."""
    flags = _tested_flags(tree)
    for number, node in enumerate(tree.body):
        if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and _is_constant(node.value)):
            continue
        place = _place(node.targets[0])
        rest = tree.body[number + 1 :]
        if place in flags and (_is_tested_first(place, rest, functions, set()) or _counts(place, rest)):
            flags.discard(place)
            words = "%s is set again in each step, for the whole script runs in each; keep it in state: " % place
            yield node.lineno, words + _instead(node.targets[0], node.value)


def _tested_flags(tree):
    """The places that an `if` tests and that it, or a counter at the top level, sets; at most `MOST_FLAGS`."""
    found, counters = set(), {_place(node.target) for node in tree.body if _is_counter(node)}
    for node in walk(tree):
        if isinstance(node, ast.If) and len(found) < MOST_FLAGS:
            tested = {place for n in walk(node.test) if (place := _place(n)) is not None}
            found |= {place for place in tested if place in counters or any(_sets(place, n) for n in node.body)}
    return found


def _is_counter(node):
    """Whether a statement adds a constant or ``dt`` to something."""
    if not (isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Add, ast.Sub))):
        return False
    return isinstance(node.value, ast.Constant) or (isinstance(node.value, ast.Name) and node.value.id == "dt")


def _counts(place, statements):
    """Whether the first statement that sets a place again is a counter."""
    first = next((node for node in statements if _sets(place, node)), None)
    return _is_counter(first) and _place(first.target) == place


def _instead(target, value):
    if isinstance(target, ast.Name):
        return "state.get(%r, %s) to read it, state[%r] = ... to set it" % (target.id, ast.unparse(value), target.id)
    return "set it only where frame == 1"


def _is_constant(node):
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) or (isinstance(node, (ast.List, ast.Dict)) and not ast.unparse(node)[2:])


def _place(target):
    """The text of a name, or of an item with a constant key."""
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return ast.unparse(target)
    return None


def _is_tested_first(place, statements, functions, seen):
    """Whether the first statement that can set a place again is an `if` that tests it."""
    for node in statements:
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.If) and _sets(place, node) and not _sets(place, node.test):
            return _tests_and_sets(place, node)
        called = [functions[n.func.id] for n in walk(node) if _calls(n, functions, seen)]
        if called and not isinstance(node, (ast.For, ast.While)):
            function = called[0]
            seen.add(function.name)
            is_shared = place not in _own_names(function)
            if is_shared and _sets(place, function):
                return _is_tested_first(place, function.body, functions, seen)
        if _sets(place, node) or any(_sets(place, function) for function in called):
            return False
    return False


def _calls(node, functions, seen):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions.keys() - seen


def _own_names(function):
    """Names that are the function's own: what it sets without saying that they are global."""
    shared = {name for n in walk(function) if isinstance(n, ast.Global) for name in n.names}
    bound = {n.id for n in walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return (bound | {n.arg for n in walk(function) if isinstance(n, ast.arg)}) - shared


def _tests_and_sets(place, node):
    """Whether an `if` or one of its branches tests a place and sets it."""
    while isinstance(node, ast.If):
        if _reads_place(place, node.test) and any(_sets(place, n) for n in node.body):
            return True
        if any(_sets(place, n) for n in node.body):
            return any(_tests_and_sets(place, n) for n in node.body)
        if len(node.orelse) != 1:
            return False
        node = node.orelse[0]
    return False


def _reads_place(place, node):
    return any(isinstance(n, (ast.Name, ast.Subscript)) and ast.unparse(n) == place for n in walk(node))


def _sets(place, node):
    """Whether something within a node sets the place."""
    return place in _set_in(node)


@lru_cache(maxsize=256)
def _set_in(node):
    """The texts of all names and items that something within a node sets."""
    places = [n for n in walk(node) if isinstance(n, (ast.Name, ast.Subscript)) and not isinstance(n.ctx, ast.Load)]
    return frozenset(n.id if isinstance(n, ast.Name) else ast.unparse(n) for n in places)
