"""Rewriting a checked script so that it counts its work and cannot build huge values in one operation.

The script becomes the body of a function whose names are declared global: Python finds such names faster than those of
a module, which pays for the counting. Loops draw a tick a round from an iterator, at the speed of C. Operators call a
guard only where an operand may be a text, a list or a large whole number; a sum of numbers grows by one bit an
operation, which the ticks bound.
"""

import ast
from functools import cache

from .nodes import children, fields

_GUARDS = {ast.Mult: "multiply", ast.Pow: "power", ast.LShift: "shift", ast.Add: "add", ast.Mod: "modulo"}
_IN_PLACE = {**_GUARDS, ast.Mult: "multiply_by", ast.Add: "add_to"}
_GROWING_FIELDS = (ast.Mult, ast.Pow, ast.LShift)
_NUMERIC = (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow, ast.LShift, ast.RShift, ast.MatMult)
_SMALL = 1 << 16
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")

NAMES = {"__numbers": frozenset((bool, int, float)), "__real": float}
"""What rewritten scripts compare classes with."""


class _Rewriter:
    """As `ast.NodeTransformer`: a method takes a node of a class and gives what stands in its place.

    ``loses`` tells whether something is gone, or is used otherwise, that the compiler may have found wrong.
    """

    def __init__(self):
        self.loses = False

    def visit(self, node):
        method = _method(type(node))
        return self.generic_visit(node) if method is None else method(self, node)

    def generic_visit(self, node):
        for field in fields(type(node)):
            value = getattr(node, field, None)
            if type(value) is list:
                value[:] = self._all(value)
            elif isinstance(value, ast.AST) and not _stays(type(value)):
                setattr(node, field, self.visit(value))
        return node

    def _all(self, values):
        made = []
        for value in values:
            found = self.visit(value) if isinstance(value, ast.AST) and not _stays(type(value)) else value
            if type(found) is list:
                made += found
            elif found is not None or value is None:
                made.append(found)
        return made

    def _call(self, node, name, *args):
        """A call of a guard that stands where ``node`` stood."""
        if name != "format":  # Nothing else takes several at once.
            self.loses |= any(type(argument) is ast.Starred for argument in args)
        place = {name: getattr(node, name) for name in _PLACE}
        function = ast.Attribute(ast.Name("__guard", ast.Load(), **place), name, ast.Load(), **place)
        return ast.Call(function, [_at(node, argument) for argument in args], [], **place)

    def _statement(self, node, name):
        return _at(node, ast.Expr(self._call(node, name)))

    def visit_For(self, node):
        self.generic_visit(node)
        node.iter = self._call(node.iter, "each", node.iter)
        return [node, self._statement(node, "spent")]

    def visit_While(self, node):
        self.generic_visit(node)
        if node.orelse:
            node.test = _at(node, ast.BoolOp(ast.And(), [self._call(node, "tick"), node.test]))
            return node
        end = ast.If(ast.UnaryOp(ast.Not(), node.test), [ast.Break()], [])
        ticks = ast.Attribute(ast.Name("__guard", ast.Load()), "ticks", ast.Load())
        body = [_at(node.test, end), *node.body]
        loop = ast.For(ast.Name("__round", ast.Store()), ticks, body, [])
        return [_at(node, loop), self._statement(node, "spent")]

    def visit_FunctionDef(self, node):
        self.loses |= node.returns is not None
        node.returns = None
        self.generic_visit(node)
        node.body = [self._statement(node, "tick"), *node.body]
        return node

    def visit_Lambda(self, node):
        self.generic_visit(node)
        node.body = _at(node, ast.IfExp(self._call(node.body, "tick"), node.body, ast.Constant(None)))
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.iter = self._call(node.iter, "each", node.iter)
        return node

    def _made_at_once(self, node):
        self.generic_visit(node)
        return self._call(node, "whole", node)

    def visit_ListComp(self, node):
        return self._made_at_once(node)

    def visit_SetComp(self, node):
        return self._made_at_once(node)

    def visit_DictComp(self, node):
        return self._made_at_once(node)

    def visit_GeneratorExp(self, node):
        """A list made at once: a generator would keep a frame, and nested ones end in a crash of the interpreter."""
        made = _at(node, ast.ListComp(node.elt, node.generators))
        return self._call(node, "iter", self.visit(made))

    def visit_Call(self, node):
        """``next``, ``any`` and ``all`` go through a generator no further than to what they seek."""
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            self.generic_visit(node)
            guarded = self._call(node, "format", node.func.value, *node.args)
            guarded.keywords = node.keywords
            return guarded
        seeks = isinstance(node.func, ast.Name) and node.func.id in ("next", "any", "all")
        if not (seeks and node.args and isinstance(node.args[0], ast.GeneratorExp)):
            return self.generic_visit(node)
        self.generic_visit(node.args[0])
        node.args[1:] = [self.visit(argument) for argument in node.args[1:]]
        node.keywords = [self.visit(keyword) for keyword in node.keywords]
        return self._call(node, "whole", node)

    def visit_BinOp(self, node):
        name = _GUARDS.get(type(node.op))
        if name is None or _is_harmless(node.op, node.left, node.right):
            return self.generic_visit(node)
        test = _is_number(node.op, node.left, node.right)
        self.generic_visit(node)
        guarded = self._call(node, name, node.left, node.right)
        return guarded if test is None else _at(node, ast.IfExp(test, node, guarded))

    def visit_AugAssign(self, node):
        """Guard ``x op= y``; what stands before a dot or in brackets is worked out once, as Python does."""
        name, value = _IN_PLACE.get(type(node.op)), node.value
        grows_by_field = isinstance(node.target, ast.Attribute) and not isinstance(node.op, _GROWING_FIELDS)
        slices = isinstance(node.target, ast.Subscript) and isinstance(node.target.slice, ast.Slice)
        if name is None or grows_by_field or slices or _keeps_small(node.op, value):
            return self.generic_visit(node)
        target, kept = self._target(node)
        before, after = target(ast.Load()), target(ast.Store())
        calls = any(isinstance(part, (ast.Call, ast.NamedExpr)) for part in ast.walk(value))
        value = self.visit(value)
        if not calls:
            # Worked out first, for nothing in it can change the target, its class can be looked at.
            kept.append(_at(node, ast.Assign([ast.Name("__value", ast.Store())], value)))
            value = ast.Name("__value", ast.Load())
        test = _is_number(node.op, before, value, in_place=True)
        plain = _at(node, ast.BinOp(before, node.op, value))
        made = self._call(node, name, before, value)
        if test is not None:
            made = _at(node, ast.IfExp(test, plain, made))
        return [*kept, _at(node, ast.Assign([after], made))]

    def _target(self, node):
        """What makes the target of ``x op= y`` to read or write, and the statements that come before."""
        target, kept = node.target, []

        def once(part):
            made = ast.Name("__part%d" % len(kept), ast.Store())
            kept.append(_at(node, ast.Assign([made], self.visit(part))))
            return ast.Name(made.id, ast.Load())

        if isinstance(target, ast.Name):
            kind, parts = ast.Name, (target.id,)
        elif isinstance(target, ast.Attribute):
            kind, parts = ast.Attribute, (once(target.value), target.attr)
        else:
            kind, parts = ast.Subscript, (once(target.value), once(target.slice))
        return (lambda context: _at(target, kind(*parts, context))), kept

    def visit_ImportFrom(self, node):
        """What only tells Python how to read annotations must stand at the top of a module."""
        if node.module != "__future__":
            return node
        self.loses = True
        return None

    def visit_AnnAssign(self, node):
        self.loses = True
        self.generic_visit(node)
        made = ast.Assign([node.target], node.value) if node.value is not None else ast.Pass()
        return _at(node, made)

    def visit_arg(self, node):
        self.loses |= node.annotation is not None
        node.annotation = None
        return node

    def visit_FormattedValue(self, node):
        self.generic_visit(node)
        spec = node.format_spec or ast.Constant("")
        made = self._call(node, "text", node.value, spec, ast.Constant(node.conversion))
        return ast.FormattedValue(made, -1, None)

    def visit_JoinedStr(self, node):
        self.generic_visit(node)
        node.values = [_at(node, value) for value in node.values]
        return node

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        if node.type is None:
            self.loses = True
            node.type = _at(node, ast.Name("Exception", ast.Load()))
        return node


def _constant(node, *kinds):
    return isinstance(node, ast.Constant) and type(node.value) in kinds


def _is_flat(node):
    """Whether an expression can only be a number, a vector or a set: nothing that ``+`` makes longer."""
    if isinstance(node, (ast.UnaryOp, ast.Compare)) or _constant(node, bool, int, float):
        return True
    if not isinstance(node, ast.BinOp):
        return False
    if isinstance(node.op, ast.Add):
        return _is_flat(node.left) or _is_flat(node.right)
    if isinstance(node.op, ast.Mult):
        return _constant(node.left, float) or _constant(node.right, float)
    return isinstance(node.op, _NUMERIC)


def _is_harmless(operator, left, right):
    """Whether the result is small whatever the operands are: a factor of 0.5, the sum with a number."""
    if isinstance(operator, ast.Add):
        return _is_flat(left) or _is_flat(right)
    if isinstance(operator, ast.Mult):
        return _constant(left, float) or _constant(right, float)
    return isinstance(operator, ast.Mod) and _is_flat(left)


def _keeps_small(operator, value):
    """The same for ``x op= value``."""
    if isinstance(operator, ast.Add):
        return _is_flat(value)
    return isinstance(operator, ast.Mult) and _constant(value, float)


def _is_number(operator, left, right, in_place=False):
    """A test of classes under which the operation on names and constants is harmless; None if there is none."""
    if not all(isinstance(n, (ast.Name, ast.Constant)) for n in (left, right)):
        return None
    names = [n for n in (right, left) if isinstance(n, ast.Name)]
    if isinstance(operator, ast.Add) and names and not (in_place and names[0] is left):
        return _class(names[0], ast.In(), "__numbers")
    if isinstance(operator, ast.Mod) and isinstance(left, ast.Name):
        return _class(left, ast.In(), "__numbers")
    if isinstance(operator, ast.Pow) and isinstance(left, ast.Name) and isinstance(right, ast.Constant):
        return _class(left, ast.Is(), "__real")
    if isinstance(operator, ast.Mult):
        return _is_small_product(left, right, in_place)
    return None


def _is_small_product(left, right, in_place):
    for name, factor in ((left, right), (right, left)):
        if isinstance(name, ast.Name) and _constant(factor, int) and abs(factor.value) < _SMALL:
            return _class(name, ast.In(), "__numbers")
    if not (isinstance(left, ast.Name) and isinstance(right, ast.Name)):
        return None
    tests = [_class(n, ast.Is(), "__real") for n in ((left,) if in_place else (left, right))]
    return tests[0] if in_place else ast.BoolOp(ast.Or(), tests)


def _class(name, operator, wanted):
    found = ast.Attribute(ast.Name(name.id, ast.Load()), "__class__", ast.Load())
    return ast.Compare(found, [operator], [ast.Name(wanted, ast.Load())])


def compile_script(source, tree):
    """The code of a module that defines ``__script``, the script with counting built in; lines stay as they were.

    ``tree`` is that of the source, and is changed.
    """
    bound, is_script = _bound(tree)
    rewriter = _Rewriter()
    tree = rewriter.visit(tree)
    if rewriter.loses or not is_script:
        compile(source, "<script>", "exec")  # A `return` outside of functions must stay an error, for instance.
    function = ast.parse("def __script(): pass").body[0]
    body = [n for n in tree.body if not isinstance(n, ast.Global)]
    if bound:
        body.insert(0, _at(function, ast.Global(sorted(bound))))
    function.body = body or function.body
    tree.body = [function]
    return compile(tree, "<script>", "exec")


def _bound(tree):
    """The names that the script itself gives a value, where ``:=`` in a comprehension makes a name global, and whether
    it holds nothing that is another thing in a function."""
    found, left, is_script = set(), [tree], True
    while left:
        node = left.pop()
        kind = type(node)
        if kind is ast.Name and type(node.ctx) is not ast.Load:
            found.add(node.id)
        elif kind is ast.alias:
            found.add((node.asname or node.name).partition(".")[0])
        elif kind in (ast.Return, ast.Global, ast.Nonlocal):
            is_script = False
            found.update(getattr(node, "names", ()))
        elif kind in (ast.FunctionDef, ast.ExceptHandler) and node.name:
            found.add(node.name)
        left += _at_once(node)
    return found, is_script


def _at_once(node):
    """What below a node is worked out where it stands: not the bodies of functions, nor what comprehensions name."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        return [value for value in (*node.args.defaults, *node.args.kw_defaults) if value is not None]
    if isinstance(node, ast.comprehension):
        return [node.iter, *node.ifs]
    return children(node)


def _at(place, made):
    """What was made anew, and what below it was, at the place of a node."""
    left = [made]
    while left:
        node = left.pop()
        if not hasattr(node, "lineno"):
            for name in _PLACE:
                setattr(node, name, getattr(place, name))
            left += ast.iter_child_nodes(node)
    return made


@cache
def _stays(kind):
    """Whether nodes of a class stay as they are."""
    return not fields(kind) and _method(kind) is None


@cache
def _method(kind):
    """How nodes of a class are rewritten, None where only what is below them is."""
    return getattr(_Rewriter, "visit_" + kind.__name__, None)


def bind(code, names):
    """The script of `compile_script` as a function that runs it once in the namespace ``names``."""
    names.update(NAMES)
    exec(code, names)
    return names.pop("__script")
