"""Rewriting a checked script so that it counts its work and cannot build huge values in one operation.

The script becomes the body of a function whose names are declared global: Python finds such names faster than those of
a module, which pays for the counting. Loops draw a tick a round from an iterator, at the speed of C. Operators call a
guard only where an operand may be a text, a list or a large whole number; a sum of numbers grows by one bit an
operation, which the ticks bound.
"""

import ast
import symtable

_GUARDS = {ast.Mult: "multiply", ast.Pow: "power", ast.LShift: "shift", ast.Add: "add", ast.Mod: "modulo"}
_IN_PLACE = {**_GUARDS, ast.Mult: "multiply_by", ast.Add: "add_to"}
_GROWING_FIELDS = (ast.Mult, ast.Pow, ast.LShift)
_NUMERIC = (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow, ast.LShift, ast.RShift, ast.MatMult)
_SMALL = 1 << 16

NAMES = {"__numbers": frozenset((bool, int, float)), "__real": float}
"""What rewritten scripts compare classes with."""


class _Rewriter(ast.NodeTransformer):
    def _call(self, node, name, *args):
        """A call of a guard that stands where ``node`` stood."""
        function = ast.Attribute(ast.Name("__guard", ast.Load()), name, ast.Load())
        return ast.copy_location(ast.Call(function, list(args), []), node)

    def _statement(self, node, name):
        return ast.copy_location(ast.Expr(self._call(node, name)), node)

    def visit_For(self, node):
        self.generic_visit(node)
        node.iter = self._call(node.iter, "each", node.iter)
        return [node, self._statement(node, "spent")]

    def visit_While(self, node):
        self.generic_visit(node)
        if node.orelse:
            node.test = ast.copy_location(ast.BoolOp(ast.And(), [self._call(node, "tick"), node.test]), node)
            return node
        end = ast.If(ast.UnaryOp(ast.Not(), node.test), [ast.Break()], [])
        ticks = ast.Attribute(ast.Name("__guard", ast.Load()), "ticks", ast.Load())
        body = [ast.copy_location(end, node.test), *node.body]
        loop = ast.For(ast.Name("__round", ast.Store()), ticks, body, [])
        return [ast.copy_location(loop, node), self._statement(node, "spent")]

    def visit_FunctionDef(self, node):
        node.returns = None
        self.generic_visit(node)
        node.body = [self._statement(node, "tick"), *node.body]
        return node

    def visit_Lambda(self, node):
        self.generic_visit(node)
        node.body = ast.IfExp(self._call(node.body, "tick"), node.body, ast.Constant(None))
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
        made = ast.copy_location(ast.ListComp(node.elt, node.generators), node)
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
        return guarded if test is None else ast.copy_location(ast.IfExp(test, node, guarded), node)

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
            kept.append(ast.copy_location(ast.Assign([ast.Name("__value", ast.Store())], value), node))
            value = ast.Name("__value", ast.Load())
        test = _is_number(node.op, before, value, in_place=True)
        plain = ast.copy_location(ast.BinOp(before, node.op, value), node)
        made = self._call(node, name, before, value)
        if test is not None:
            made = ast.copy_location(ast.IfExp(test, plain, made), node)
        return [*kept, ast.copy_location(ast.Assign([after], made), node)]

    def _target(self, node):
        """What makes the target of ``x op= y`` to read or write, and the statements that come before."""
        target, kept = node.target, []

        def once(part):
            made = ast.Name("__part%d" % len(kept), ast.Store())
            kept.append(ast.copy_location(ast.Assign([made], self.visit(part)), node))
            return ast.Name(made.id, ast.Load())

        if isinstance(target, ast.Name):
            kind, parts = ast.Name, (target.id,)
        elif isinstance(target, ast.Attribute):
            kind, parts = ast.Attribute, (once(target.value), target.attr)
        else:
            kind, parts = ast.Subscript, (once(target.value), once(target.slice))
        return (lambda context: ast.copy_location(kind(*parts, context), target)), kept

    def visit_ImportFrom(self, node):
        """What only tells Python how to read annotations must stand at the top of a module."""
        return None if node.module == "__future__" else node

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        made = ast.Assign([node.target], node.value) if node.value is not None else ast.Pass()
        return ast.copy_location(made, node)

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FormattedValue(self, node):
        self.generic_visit(node)
        spec = node.format_spec or ast.Constant("")
        made = self._call(node, "text", node.value, spec, ast.Constant(node.conversion))
        return ast.FormattedValue(made, -1, None)

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        if node.type is None:
            node.type = ast.Name("Exception", ast.Load())
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
    compile(source, "<script>", "exec")  # A `return` outside of functions must stay an error.
    symbols = symtable.symtable(source, "<script>", "exec").get_symbols()
    tree = _Rewriter().visit(tree)
    bound = sorted(s.get_name() for s in symbols if _is_bound(s))
    body = [n for n in tree.body if not isinstance(n, ast.Global)] or [ast.Pass()]
    if bound:
        body.insert(0, ast.Global(bound))
    function = ast.parse("def __script(): pass").body[0]
    function.body = body
    tree.body = [function]
    return compile(ast.fix_missing_locations(tree), "<script>", "exec")


def _is_bound(symbol):
    """Whether the script itself gives a name its value; ``:=`` in a comprehension makes a name global."""
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace() or symbol.is_declared_global()


def bind(code, names):
    """The script of `compile_script` as a function that runs it once in the namespace ``names``."""
    names.update(NAMES)
    exec(code, names)
    return names.pop("__script")
