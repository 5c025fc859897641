"""The static gate: the check of a script against the language's allow-lists, before any of it runs.

A script is refused if it uses a syntax node, a name, an attribute or an import that is not listed. Identifiers with
a leading underscore are refused wherever they stand, which shuts the door to Python's internals. It parses what a model
wrote, so it runs in the confined process alone.
"""

import ast
import builtins
import difflib
import warnings
from functools import cache

from .. import hints
from ..language import (
    BUILTINS,
    MATH_NAMES,
    MATHUTILS_NAMES,
    MODULES,
    NODES,
    RANDOM_NAMES,
    READABLE,
    TYPING_NAMES,
    WRITABLE,
)
from .nodes import children, ends, walk
from .size import COMPREHENSIONS, code_size

MOST_OFFENCES = 10
"""Further ones are left out: a text in the wrong language would have hundreds."""

_INSTEAD = {
    ast.ClassDef: ("`class`", "use functions and dictionaries; keep what must last in `state`"),
    ast.With: ("`with`", "scripts have no files or contexts to open"),
    ast.AsyncFunctionDef: ("`async`", "write a plain function; it is called once a step"),
    ast.AsyncFor: ("`async`", "write a plain loop"),
    ast.AsyncWith: ("`async`", "scripts have no files or contexts to open"),
    ast.Await: ("`await`", "a script runs once a step; compare `frame` to wait"),
    ast.Yield: ("`yield`", "return a list"),
    ast.YieldFrom: ("`yield`", "return a list"),
    ast.Match: ("`match`", "use if and elif"),
    ast.TryStar: ("`except*`", "use except"),
}
_OUT_OF_REACH = frozenset([*dir(builtins), *hints.NAMES]) - BUILTINS - {"True", "False", "None", "__name__"}
_IMPORTS = "scripts may import bpy, math, random and mathutils; the rest is out of reach"
_PLAIN = "it is no part of the language; use plain expressions and functions of your own"
_BINDING = (ast.FunctionDef, ast.arg, ast.ExceptHandler, ast.Import, ast.ImportFrom)
_IDENTIFIERS = ("id", "attr", "name", "arg", "asname")
"""Fields of nodes that hold an identifier; ``names`` holds several."""

_MADE_AT_ONCE = frozenset((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp))
_LAST = (9,)
_FIXED = ("__name__", "bpy", "print")
_KNOWN = {
    "math": MATH_NAMES,
    "random": RANDOM_NAMES,
    "mathutils": MATHUTILS_NAMES,
    "bpy": ("data", "context"),
    "typing": TYPING_NAMES,
    "__future__": ("annotations",),
}


class RefusedError(Exception):
    """A script that must not run; ``offences`` are dicts with kind, reason, line, column and suggestion."""

    def __init__(self, *offences):
        super().__init__(*offences)
        self.offences = offences


def offence(kind, reason, node=None, suggestion=""):
    line, column = getattr(node, "lineno", None), getattr(node, "col_offset", None)
    column = None if column is None else column + 1
    return {"kind": kind, "reason": reason, "line": line, "column": column, "suggestion": suggestion}


def parse(source, most_bytes):
    """The tree of a source, without a byte order mark. Raises RefusedError (syntax or limit)."""
    if len(source.encode(errors="replace")) > most_bytes:
        reason = "the script is longer than %d bytes (source_bytes)" % most_bytes
        raise RefusedError(offence("limit", reason, suggestion="make it shorter"))
    return syntax_checked(ast.parse, source.removeprefix("\ufeff"))


def syntax_checked(make, *args):
    """What ``make`` gives, a parser or compiler. Raises RefusedError for what is no Python or too deep."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return make(*args)
    except SyntaxError as error:
        found = offence("syntax", "not valid Python: %s" % error.msg.partition("; use sys.")[0])
        raise RefusedError({**found, "line": error.lineno, "column": error.offset}) from None
    except (RecursionError, MemoryError):
        raise RefusedError(offence("refused", hints.TOO_MUCH, suggestion=hints.SPLIT_UP)) from None
    except UnicodeEncodeError:
        raise RefusedError(offence("syntax", "not valid Python: characters that are no text")) from None
    except ValueError as error:
        raise RefusedError(offence("syntax", "not valid Python: %s" % error)) from None


def check(source, budgets, attributes=()):
    """Parse a script and check it against the allow-lists; ``attributes`` are those that it may read beyond them.

    Raises RefusedError with all that is wrong, imports first and the rest in the order of the text.
    """
    children.cache_clear()
    tree = shallow(parse(source, budgets["source_bytes"]), budgets["nesting"])
    if code_size(tree) > budgets["code_size"]:
        reason = "the script is too large to compile: more than %d parts (code_size)" % budgets["code_size"]
        raise RefusedError(offence("limit", reason, suggestion="make it shorter, above all what stands in `finally`"))
    gate = _Gate(budgets, READABLE.union(attributes))
    gate.check(tree)
    if gate.found:
        raise RefusedError(*gate.sorted())
    return tree


def shallow(tree, most):
    """The tree itself. Raises RefusedError (limit) if it is nested deeper than a script may be."""
    level, depth = [tree], 0
    while level:
        deep = [] if depth < most else [node for node in level if depth > most or ends(type(node))]
        if deep:
            reason = "nested deeper than %d levels (nesting)" % most
            raise RefusedError(offence("limit", reason, deep[0], hints.SPLIT_UP))
        level, depth = [child for node in level for child in children(node)], depth + 1
    return tree


class _Gate:
    def __init__(self, budgets, readable):
        self.budgets = budgets
        self.readable = readable
        self.found = {}
        self.own = set()
        self.formatting = set()
        """What is called as ``text.format(…)``; a method that is kept for later could look into values."""
        self.missing = set()
        """Names that refused imports would have bound: what is done with them is no further offence."""

    def refuse(self, node, reason, suggestion="", kind="refused", rank=1):
        """Keep an offence; of equal ones, the first in the text."""
        made = offence(kind, reason, node, suggestion)
        place = (rank, made["line"] or 0, made["column"] or 0)
        if place < self.found.get(reason, (_LAST, None))[0]:
            self.found[reason] = (place, made)

    def sorted(self):
        """Imports first, then by place in the text."""
        found = sorted(self.found.values(), key=lambda item: item[0])
        return [made for _, made in found[:MOST_OFFENCES]]

    def check(self, tree):
        names = set()
        for node in walk(tree):
            kind = type(node)
            if kind is ast.Name:
                names.add(node.id)
                if type(node.ctx) is ast.Store:
                    self.own.add(node.id)
            elif kind is ast.Call:
                if type(node.func) is ast.Attribute and node.func.attr == "format":
                    self.formatting.add(id(node.func))
            elif kind in _BINDING:
                self.own.update(_bound(node))
                if kind in (ast.Import, ast.ImportFrom):
                    self.missing.update(_refused_names(node))
        known = {name for name in names if _may_be_named(name) and (name not in _OUT_OF_REACH or name in self.own)}
        left, comprehensions = [tree], {}
        for node in left:
            kind = type(node)
            if (kind is ast.Name and node.id in known) or (kind is ast.Constant and self.is_small(node.value)):
                continue
            depth = comprehensions.get(id(node), 0) + (kind in _MADE_AT_ONCE)
            if depth > COMPREHENSIONS:
                reason = "comprehensions nested deeper than %d levels" % COMPREHENSIONS
                self.refuse(node, reason, "use loops, or names for the parts", "limit")
            elif _is_plain(kind) or self.is_listed_attribute(node, kind) or self.node(node):
                below = children(node)
                left += below
                if depth:
                    comprehensions.update((id(child), depth) for child in below)

    def is_small(self, value):
        """Whether no script is refused for a constant."""
        return type(value) in _SMALL or (type(value) is int and value.bit_length() <= self.budgets["number_bits"])

    def is_listed_attribute(self, node, kind):
        """Whether a node is an attribute that scripts may read, of what no refused import was to bring."""
        if kind is not ast.Attribute or type(node.ctx) is not ast.Load or self.missing:
            return False
        return node.attr in self.readable and node.attr != "format" and _may_be_named(node.attr)

    def node(self, node):
        """Check one node; whether those within it are to be looked at too."""
        kind = type(node)
        if not _is_listed(kind):
            what, instead = _INSTEAD.get(kind, ("%s syntax" % kind.__name__, "use plain statements"))
            self.refuse(node, "%s is not allowed in a script" % what, instead)
            return False
        for name in _identifiers(node):
            if name.startswith("_") and name not in ("_", "__name__"):
                reason = "'%s' is refused: names must not begin with an underscore" % name
                self.refuse(node, reason, "choose another name")
                return True
            if not name.isascii():
                self.refuse(node, "'%s' is refused: names must be plain ASCII" % name, "choose another name")
                return True
        match node:
            case ast.Import():
                for alias in node.names:
                    self.module(node, alias.name)
            case ast.ImportFrom():
                self.import_from(node)
            case ast.Attribute():
                return self.attribute(node)
            case ast.Name(id=name, ctx=ast.Load()):
                if name in _OUT_OF_REACH and name not in self.own:
                    self.refuse(node, "'%s' is refused in a script" % name, hints.NAMES.get(name, _PLAIN))
            case ast.Name(id=name) if name in _FIXED:
                self.refuse(node, "'%s' must keep its meaning" % name, "choose another name")
            case ast.FunctionDef(decorator_list=[first, *_]):
                self.refuse(first, "decorators are not allowed in a script", "call the function where it is needed")
            case ast.comprehension(is_async=1):
                self.refuse(node.target, "`async` is not allowed in a script", _INSTEAD[ast.AsyncFunctionDef][1])
            case ast.Constant(value=bytes() | complex()):
                self.refuse(node, "bytes and complex numbers are not allowed in a script", "use numbers and text")
            case ast.Constant(value=int(value)) if value.bit_length() > self.budgets["number_bits"]:
                most = self.budgets["number_bits"]
                self.refuse(node, "a whole number of more than %d bits (number_bits)" % most, "use a float", "limit")
        return True

    def module(self, node, name):
        if name not in (*MODULES, "typing"):
            instead = hints.MODULES.get(name) or hints.MODULES.get(name.split(".")[0], "")
            suggestion = "; ".join(part for part in (instead, _IMPORTS) if part)
            self.refuse(node, "'import %s' is refused" % name, suggestion, rank=0)

    def import_from(self, node):
        if node.level or node.module is None:
            self.refuse(node, "relative imports are refused", _IMPORTS, rank=0)
        elif node.module not in _KNOWN:
            self.module(node, node.module)
        else:
            known = _KNOWN[node.module]
            for alias in node.names:
                if alias.name not in known:
                    reason = "'from %s import %s' is refused" % (node.module, alias.name)
                    self.refuse(node, reason, "%s has %s" % (node.module, ", ".join(known)), rank=0)

    def attribute(self, node):
        """One offence for a dotted name: the first part that is not there."""
        root = _root(node)
        if root in self.missing:
            return False
        reads = isinstance(node.ctx, ast.Load)
        is_kept = node.attr == "format" and id(node) not in self.formatting
        if node.attr in (self.readable if reads else WRITABLE) and not is_kept:
            return True
        if any(part.attr not in self.readable for part in _attributes(node.value)):
            return True  # The part before it is what is missing.
        verb = "read" if reads else "written"
        self.refuse(_end(node), "the attribute '.%s' cannot be %s in a script" % (node.attr, verb), self.hint(node))
        return True

    def hint(self, node):
        name, reads = node.attr, isinstance(node.ctx, ast.Load)
        path = hints.PATHS.get(ast.unparse(node)) if name in ("ops", "app", "handlers", "timers", "object") else None
        told = path or hints.ATTRIBUTES.get(name)
        if told:
            return told
        allowed = self.readable if reads else WRITABLE
        if not reads and name in self.readable:
            return "it can only be read"
        near = difflib.get_close_matches(name, sorted(allowed), n=1, cutoff=0.75)
        return "did you mean '.%s'?" % near[0] if near else 'for data of your own use obj["name"] or state["name"]'


def _end(node):
    """A stand-in for the place of an attribute's own name: chains over several lines begin far above it."""
    made = ast.Pass()
    made.lineno, made.col_offset = node.lineno, node.col_offset
    if node.end_lineno != node.lineno:
        made.lineno, made.col_offset = node.end_lineno, max(node.end_col_offset - len(node.attr) - 1, 0)
    return made


def _inner(node):
    """What a dotted name, call or item stands on, from the outside in."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        yield node
        node = node.func if isinstance(node, ast.Call) else node.value
    yield node


def _attributes(node):
    return (part for part in _inner(node) if isinstance(part, ast.Attribute))


def _root(node):
    """The name that a dotted name begins with, or None."""
    *_, last = _inner(node)
    return last.id if isinstance(last, ast.Name) else None


def _refused_names(node):
    """The names that a refused import would have bound."""
    if isinstance(node, ast.ImportFrom):
        known = _KNOWN.get(node.module or "", ()) if not node.level else ()
        return [alias.asname or alias.name for alias in node.names if alias.name not in known]
    return [alias.asname or alias.name.split(".")[0] for alias in node.names if alias.name not in (*MODULES, "typing")]


@cache
def _is_listed(kind):
    """Whether a class of nodes is part of the language."""
    return issubclass(kind, NODES)


_SMALL = frozenset((str, float, bool, type(None)))
"""Classes of constants that no script is refused for; texts are as long as a script may be."""


def _may_be_named(name):
    """Whether a name of a script's own is refused nowhere."""
    return name[0] != "_" and name.isascii() and name not in _FIXED


_LOOKED_AT = frozenset((ast.Constant, ast.comprehension)) | _MADE_AT_ONCE
"""Classes of nodes without identifiers of which something may be refused."""


@cache
def _is_plain(kind):
    """Whether a class of nodes is part of the language and of a node itself nothing can be refused."""
    return _is_listed(kind) and not _named(kind) and "names" not in kind._fields and kind not in _LOOKED_AT


@cache
def _named(kind):
    """The fields of a class of nodes that hold an identifier."""
    return tuple(field for field in _IDENTIFIERS if field in kind._fields)


def _identifiers(node):
    """Every identifier that stands in a node itself."""
    found = [getattr(node, field, None) for field in _named(type(node))]
    return [value for value in (*found, *(getattr(node, "names", None) or ())) if isinstance(value, str)]


def _bound(node):
    """The names that a node of `_BINDING` gives a value."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in node.names]
    name = node.arg if isinstance(node, ast.arg) else node.name
    return [name] if name else []
