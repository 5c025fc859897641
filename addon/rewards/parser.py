"""From text to expressions."""

from __future__ import annotations

import json
import math
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import lark

from .calls import Arguments, Call
from .errors import DslError, nearest
from .functions import FUNCTIONS, LOGIC
from .nodes import Logic, Node


@cache
def _parser() -> lark.Lark:
    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(text, parser="lalr", propagate_positions=True)


@lru_cache(maxsize=256)
def parse(text: str, planar: bool = False) -> Node:
    """Parse one expression. Raises DslError with line and column.

    The numbers of NEARBY_AT are ``x, y, t`` and a strength in a ``planar`` scene, else ``x, y, z, t`` and a strength or
    ``x, y, t``. `validate` raises an error for those of the other kind of scene.
    """
    try:
        return _Reader(planar).node(_parser().parse(text).children[0])
    except lark.UnexpectedEOF:
        raise _ends_early(text) from None
    except lark.UnexpectedInput as error:
        if getattr(error, "token", None) is not None and error.token.type == "$END":  # type: ignore[attr-defined]
            raise _ends_early(text) from None
        context = error.get_context(text, 30).rstrip()
        raise DslError(f"line {error.line}, column {error.column}: not an expression here\n{context}") from None
    except RecursionError:
        raise DslError("line 1, column 1: the expression is nested too deeply") from None


def _ends_early(text: str) -> DslError:
    lines = text.split("\n")
    return DslError(
        f"line {len(lines)}, column {len(lines[-1]) + 1}: the expression ends too early; a bracket is not closed"
    )


class _Reader:
    """Makes expressions of syntax trees, for a planar scene or another."""

    def __init__(self, planar: bool) -> None:
        self.planar = planar

    def node(self, tree: Any) -> Node:
        """An expression."""
        made = self.value(tree)
        if not isinstance(made, Node):
            raise DslError(f"{_place(tree)}: an expression is needed here, such as EVENT(...) or AND(...)")
        return made

    def value(self, tree: Any) -> Any:
        """An expression or a value."""
        match tree.data:
            case "text":
                return _string(tree.children[0])
            case "number":
                return _literal_number(tree)
            case "true" | "false":
                return tree.data == "true"
            case "none":
                return None
            case "list":
                return tuple(self._plain(c) for c in tree.children if c is not None)
            case "dict":
                return self._dict(tree)
        return self._call(tree)

    def _plain(self, tree: Any) -> Any:
        """A value within a list or a parameter."""
        made = self.value(tree)
        if isinstance(made, dict | Node):
            raise DslError(f"{_place(tree)}: a text, a number, a list or OBJECT_ID(...) is needed here")
        return made

    def _dict(self, tree: Any) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for pair in tree.children:
            if pair is not None:
                name = _string(pair.children[0])
                if name in made:
                    raise DslError(f"{_place(pair)}: '{name}' is given twice")
                made[name] = self._plain(pair.children[1])
        return made

    def _call(self, tree: Any) -> Any:
        name = str(tree.children[0]).upper()
        if name not in FUNCTIONS:
            raise DslError(f"{_place(tree)}: unknown function '{tree.children[0]}'; {nearest(name, FUNCTIONS)}")
        given = [a for a in (tree.children[1].children if tree.children[1] is not None else ()) if a is not None]
        if name not in LOGIC:
            return Call(name, self._bind(tree, name, given), tree.meta.line, tree.meta.column).made()
        if not given or (name == "NOT" and len(given) != 1) or any(a.data == "keyword" for a in given):
            raise DslError(f"{_place(tree)}: {name} takes {'one expression' if name == 'NOT' else 'expressions'}")
        return Logic(name, tuple(self.node(a) for a in given), line=tree.meta.line, column=tree.meta.column)

    def _bind(self, tree: Any, name: str, given: list[Any]) -> Arguments:
        """The arguments by name."""
        positional = [a for a in given if a.data != "keyword"]
        named = {str(a.children[0]) for a in given if a.data == "keyword"}
        names, needed, most = self._signature(name, len(positional), named)
        if len(positional) > len(most):
            raise DslError(f"{_place(tree)}: {name} takes at most {len(most)} values: {', '.join(most)}")
        bound = {n: self.value(a) for n, a in zip(names, positional, strict=False)}
        for argument in given:
            if argument.data == "keyword":
                key = str(argument.children[0])
                if key not in most:
                    raise DslError(f"{_place(argument)}: '{key}' does not fit {name}; {nearest(key, most)}")
                if key in bound:
                    order = ", ".join(names)
                    raise DslError(f"{_place(argument)}: {name} gets '{key}' twice; its values in order are {order}")
                bound[key] = self.value(argument.children[1])
        if missing := [n for n in needed if n not in bound]:
            raise DslError(f"{_place(tree)}: {name} needs {', '.join(missing)}")
        return bound

    def _signature(self, name: str, positional: int, named: set[str]) -> tuple[tuple[str, ...], ...]:
        """What the values given without names are, which names are needed, and all that there are."""
        function = FUNCTIONS[name]
        names = function.arguments
        if name != "NEARBY_AT":
            return names, names[: function.least], names
        flat = tuple(n for n in names if n != "z")
        if self.planar:
            return flat, (*flat[:3], "t"), flat
        short = positional == 4 and not named & {"z", "t"}
        return (flat if short else names), (*flat[:3], "t"), names


def _string(token: Any) -> str:
    """The text between quotes; escapes are those of JSON, and \\'."""
    inside = str(token)[1:-1]
    if token[0] == "'":
        inside = re.sub(r'(\\.)|"', lambda m: m.group(1) or '\\"', inside)
    inside = re.sub(r"(\\[^'])|\\'", lambda m: m.group(1) or "'", inside)
    try:
        text = str(json.loads(f'"{inside}"', strict=False))
        text.encode()
        return text
    except UnicodeEncodeError:
        place = f"line {token.line}, column {token.column}"
        raise DslError(f"{place}: the text {token} has a character that no text can hold") from None
    except ValueError:
        raise DslError(
            f"line {token.line}, column {token.column}: the text {token} has a \\ that escapes nothing; write \\\\"
        ) from None


def _literal_number(tree: Any) -> int | float:
    text = str(tree.children[0])
    number = float(text)
    if not math.isfinite(number):
        raise DslError(f"{_place(tree)}: {text} is too large a number")
    return int(text) if re.fullmatch(r"[+-]?\d{1,15}", text) else number


def _place(tree: Any) -> str:
    return f"line {tree.meta.line}, column {tree.meta.column}"
