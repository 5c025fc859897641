"""Rewriting a checked script so that it counts its work and cannot build huge values in one operation."""

import ast

_OPERATORS = {ast.Mult: "multiply", ast.Pow: "power", ast.LShift: "shift", ast.Add: "add", ast.Mod: "modulo"}
_IN_PLACE = {**_OPERATORS, ast.Mult: "multiply_by", ast.Add: "add_to"}
_GROWING_FIELDS = (ast.Mult, ast.Pow, ast.LShift)


class _Rewriter(ast.NodeTransformer):
    def _call(self, node, name, *args):
        """A call of a guard that stands where ``node`` stood."""
        function = ast.Attribute(ast.Name("__guard", ast.Load()), name, ast.Load())
        return ast.copy_location(ast.Call(function, list(args), []), node)

    def _loop(self, node):
        self.generic_visit(node)
        node.body = [ast.copy_location(ast.Expr(self._call(node, "tick")), node), *node.body]
        return node

    def visit_For(self, node):
        return self._loop(node)

    def visit_While(self, node):
        return self._loop(node)

    def visit_FunctionDef(self, node):
        node.returns = None
        return self._loop(node)

    def visit_Lambda(self, node):
        self.generic_visit(node)
        node.body = ast.IfExp(self._call(node.body, "tick"), node.body, ast.Constant(None))
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.ifs = [self._call(node.target, "tick"), *node.ifs]
        return node

    def visit_GeneratorExp(self, node):
        """A list made at once: a generator would keep a frame, and nested ones end in a crash of the interpreter."""
        self.generic_visit(node)
        return self._call(node, "iter", ast.copy_location(ast.ListComp(node.elt, node.generators), node))

    def visit_BinOp(self, node):
        self.generic_visit(node)
        name = _OPERATORS.get(type(node.op))
        if name is None or _harmless(node.op, node.left, node.right):
            return node
        return self._call(node, name, node.left, node.right)

    def visit_AugAssign(self, node):
        """Guard ``x op= y``; what stands before a dot or in brackets is worked out once, as Python does."""
        self.generic_visit(node)
        name = _IN_PLACE.get(type(node.op))
        target = node.target
        kept = []

        def once(part):
            made = ast.Name("__part%d" % len(kept), ast.Store())
            kept.append(ast.copy_location(ast.Assign([made], part), node))
            return ast.Name(made.id, ast.Load())

        if name is None or (isinstance(node.value, ast.Constant) and _harmless(node.op, node.value)):
            return node
        if isinstance(target, ast.Name):
            kind, parts = ast.Name, (target.id,)
        elif isinstance(target, ast.Attribute) and isinstance(node.op, _GROWING_FIELDS):
            kind, parts = ast.Attribute, (once(target.value), target.attr)
        elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            kind, parts = ast.Subscript, (once(target.value), once(target.slice))
        else:
            return node
        before, after = (ast.copy_location(kind(*parts, context), target) for context in (ast.Load(), ast.Store()))
        made = ast.Assign([after], self._call(node, name, before, node.value))
        return [*kept, ast.copy_location(made, node)]

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


def _harmless(operator, *operands):
    """Whether a constant among the operands keeps the result small: a factor of 0.5, an addition of 1."""
    kinds = {float: (ast.Mult, ast.Add), int: (ast.Add,)}
    return any(isinstance(o, ast.Constant) and isinstance(operator, kinds.get(type(o.value), ())) for o in operands)


def compile_script(source):
    """The script's code with counting built in; line numbers stay those of the source."""
    tree = ast.fix_missing_locations(_Rewriter().visit(ast.parse(source)))
    return compile(tree, "<script>", "exec")
