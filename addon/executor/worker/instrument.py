"""Rewriting a checked script so that it counts its work and cannot build huge values in one operation."""

import ast


class ScriptLimit(BaseException):
    """A budget was exceeded. Not an Exception, so that a script cannot catch it."""


class Guards:
    """The helpers that the rewritten script calls, under names that no script can write."""

    def __init__(self, budgets):
        self.budgets = budgets
        self.left = 0

    def start_step(self):
        self.left = self.budgets["ticks_step"]

    def tick(self):
        self.left -= 1
        if self.left < 0:
            limit = self.budgets["ticks_step"]
            raise ScriptLimit("the script did more than %d loop rounds and calls in one step (ticks_step)" % limit)
        return True

    def _check_items(self, count):
        if count > self.budgets["collection_items"]:
            limit = self.budgets["collection_items"]
            raise ScriptLimit("a list, text or collection would have more than %d items (collection_items)" % limit)

    def _check_number(self, value):
        if type(value) is int and value.bit_length() > self.budgets["number_bits"]:
            raise ScriptLimit("a whole number would have more than %d bits (number_bits)" % self.budgets["number_bits"])
        return value

    def multiply(self, a, b):
        for items, count in ((a, b), (b, a)):
            if type(items) in (str, list, tuple) and isinstance(count, int):
                self._check_items(len(items) * max(count, 0))
        if type(a) is int and type(b) is int and a.bit_length() + b.bit_length() > self.budgets["number_bits"] + 1:
            self._check_number(1 << (self.budgets["number_bits"] + 1))
        return a * b

    def power(self, a, b, modulus=None):
        if modulus is not None:
            return pow(a, b, modulus)
        if (
            type(a) is int
            and type(b) is int
            and b > 0
            and abs(a) > 1
            and a.bit_length() * b > self.budgets["number_bits"]
        ):
            self._check_number(1 << (self.budgets["number_bits"] + 1))
        return a**b

    def shift(self, a, b):
        if type(a) is int and type(b) is int and a and a.bit_length() + b > self.budgets["number_bits"]:
            self._check_number(1 << (self.budgets["number_bits"] + 1))
        return a << b

    def add(self, a, b):
        if type(a) in (str, list, tuple) and type(a) is type(b):
            self._check_items(len(a) + len(b))
        return self._check_number(a + b)

    def modulo(self, a, b):
        if not isinstance(a, str):
            return a % b
        self._check_width(a)
        if "*" in a:
            raise TypeError("a width of '*' in text formatting is not allowed here; write the number")
        made = a % b
        self._check_items(len(made))
        return made

    def _check_width(self, spec):
        digits = "".join(c if c.isdigit() else " " for c in spec).split()
        if any(len(d) > 3 or int(d) > 100 for d in digits):
            raise ScriptLimit("a format width of more than 100 characters")

    def text(self, value, spec=""):
        self._check_width(spec)
        made = format(value, spec)
        self._check_items(len(made))
        return made

    def in_place(self, name, a, b):
        """``a op= b``: lists and vectors change in place, as in Python."""
        if isinstance(a, (int, float, str, tuple)):
            return getattr(self, name)(a, b)
        if isinstance(a, list):
            self._check_items(len(a) + len(b) if name == "add" else len(a) * max(b, 0))
        if name == "add":
            a += b
        elif name == "multiply":
            a *= b
        else:
            a = getattr(self, name)(a, b)
        return a


_OPERATORS = {ast.Mult: "multiply", ast.Pow: "power", ast.LShift: "shift", ast.Add: "add", ast.Mod: "modulo"}


class _Rewriter(ast.NodeTransformer):
    def _call(self, name, *args):
        return ast.Call(ast.Attribute(ast.Name("__guard", ast.Load()), name, ast.Load()), list(args), [])

    def _with_tick(self, body):
        return [ast.Expr(self._call("tick")), *body]

    def _loop(self, node):
        self.generic_visit(node)
        node.body = self._with_tick(node.body)
        return node

    def visit_For(self, node):
        return self._loop(node)

    def visit_While(self, node):
        return self._loop(node)

    def visit_FunctionDef(self, node):
        return self._loop(node)

    def visit_Lambda(self, node):
        self.generic_visit(node)
        node.body = ast.IfExp(self._call("tick"), node.body, ast.Constant(None))
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.ifs = [self._call("tick"), *node.ifs]
        return node

    def visit_GeneratorExp(self, node):
        self.generic_visit(node)
        return ast.ListComp(node.elt, node.generators)

    def visit_BinOp(self, node):
        self.generic_visit(node)
        name = _OPERATORS.get(type(node.op))
        return self._call(name, node.left, node.right) if name else node

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        return ast.Assign([node.target], node.value) if node.value is not None else ast.Pass()

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FormattedValue(self, node):
        self.generic_visit(node)
        value = node.value
        if node.conversion == 114:
            value = ast.Call(ast.Name("repr", ast.Load()), [value], [])
        elif node.conversion == 115:
            value = ast.Call(ast.Name("str", ast.Load()), [value], [])
        spec = [node.format_spec] if node.format_spec is not None else []
        return ast.FormattedValue(self._call("text", value, *spec), -1, None)

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        if node.type is None:
            node.type = ast.Name("Exception", ast.Load())
        return node

    def visit_AugAssign(self, node):
        """``x *= y`` keeps its meaning for names; for ``a.b`` and ``a[b]`` Python itself reads and writes once."""
        self.generic_visit(node)
        name = _OPERATORS.get(type(node.op))
        if name and isinstance(node.target, ast.Name):
            check = self._call("in_place", ast.Constant(name), ast.Name(node.target.id, ast.Load()), node.value)
            return ast.Assign([ast.Name(node.target.id, ast.Store())], check)
        return node


def compile_script(source):
    """The script's code with counting built in; line numbers stay those of the source."""
    tree = _Rewriter().visit(ast.parse(source))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef,)):
            node.returns = None
    return compile(ast.fix_missing_locations(tree), "<script>", "exec")
