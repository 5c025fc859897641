"""Open numbers of a script, ``tune(4.0, 1.0, 8.0)``, and what it wants: ``want('EVENT("CollisionStart", {…})')``.

They are found in the syntax tree that the script's own process gives; a script with other numbers is the same text with
other figures in it, so that it runs like any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .errors import ScriptError, at
from .gate import parse

MOST = 8
"""How many numbers of one script may be open."""

_HOW = "write three numbers: tune(value, lowest, highest), such as tune(4.0, 1.0, 8.0)"


@dataclass(frozen=True)
class OpenNumber:
    """One number to be found: its value in the script, its bounds, and where it stands.

    ``line`` counts from 1; ``span`` are the bytes of its value in the source in UTF-8.
    """

    value: float
    low: float
    high: float
    line: int
    span: tuple[int, int]


def open_numbers(source: str) -> tuple[OpenNumber, ...]:
    """The open numbers of a script in the order of its text.

    Raises ScriptError (refused) for one without bounds, with bounds that are no written numbers or the wrong way round,
    or outside them, and if there are more than `MOST`; and what `parse` raises.
    """
    source = source.removeprefix("\ufeff")
    starts = _line_starts(source)
    found = [_number(source, call, starts) for call in _calls(source, "tune")]
    if len(found) > MOST:
        raise _refused(source, found[MOST].line, f"more than {MOST} open numbers", "write out those that are known")
    return tuple(sorted(found, key=lambda number: number.span))


def wants(source: str) -> tuple[str, ...]:
    """What a script wants of its run: texts of the reward language, in the order of its text.

    Raises ScriptError (refused) for one that is not a written text.
    """
    found: list[tuple[int, str]] = []
    for call in _calls(source, "want"):
        text = call.args[0] if len(call.args) == 1 and not call.keywords else None
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            raise _refused(
                source, call.lineno, "want needs one text", "write it out: want('EVENT(\"CollisionStart\")')"
            )
        found.append((call.lineno, text.value))
    return tuple(text for _, text in sorted(found, key=lambda told: told[0]))


def with_numbers(source: str, values: Sequence[float]) -> str:
    """The script with other values of its open numbers, one for each in their order."""
    source = source.removeprefix("\ufeff")
    text, numbers = source.encode(), open_numbers(source)
    for number, value in reversed(list(zip(numbers, values, strict=True))):
        first, end = number.span
        text = text[:first] + repr(float(value)).removesuffix(".0").encode() + text[end:]
    return text.decode()


def _calls(source: str, name: str) -> Iterator[ast.Call]:
    if name not in source:
        return
    nodes = list(ast.walk(parse(source)))
    calls = [node for node in nodes if isinstance(node, ast.Call) and _is_name(node.func, name)]
    called = {id(call.func) for call in calls}
    for node in nodes:
        if _is_name(node, name) and id(node) not in called:
            line = getattr(node, "lineno", 1)
            raise _refused(source, line, f"{name} is only to be called here: it is known where that is written", _HOW)
        if isinstance(node, ast.FunctionDef) and node.name == name:
            raise _refused(
                source, node.lineno, f"{name} is there already; a function of a script needs another name", _HOW
            )
    yield from calls


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _number(source: str, call: ast.Call, starts: Sequence[int]) -> OpenNumber:
    given = dict(zip(("value", "low", "high"), call.args, strict=False))
    given |= {keyword.arg or "": keyword.value for keyword in call.keywords}
    values = {key: _written(node) for key, node in given.items()}
    if set(values) != {"value", "low", "high"} or len(call.args) + len(call.keywords) != 3 or None in values.values():
        raise _refused(source, call.lineno, "the number is open without bounds", _HOW)
    value, low, high = (float(values[key] or 0.0) for key in ("value", "low", "high"))
    if not low < high:
        raise _refused(source, call.lineno, f"the bounds {low:g} and {high:g} are the wrong way round", _HOW)
    if not low <= value <= high:
        raise _refused(source, call.lineno, f"{value:g} is not between {low:g} and {high:g}", _HOW)
    node = given["value"]
    first = starts[node.lineno - 1] + node.col_offset
    end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    return OpenNumber(value, low, high, call.lineno, (first, end))


def _written(node: ast.expr) -> float | None:
    """A number that is written out."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner = _written(node.operand)
        return None if inner is None else -inner if isinstance(node.op, ast.USub) else inner
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    return node.value if is_number and abs(node.value) < 1e9 else None  # type: ignore[attr-defined]


def _line_starts(source: str) -> list[int]:
    """Where each line begins, in bytes; lines end as Python has it."""
    starts, text = [0], source.encode()
    for place, byte in enumerate(text):
        if byte == 0x0A or (byte == 0x0D and text[place + 1 : place + 2] != b"\n"):
            starts.append(place + 1)
    return starts


def _refused(source: str, line: int, reason: str, suggestion: str) -> ScriptError:
    return ScriptError("refused", reason, line, None, at(source, line), suggestion)
