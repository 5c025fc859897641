"""A syntax tree as plain data and back, without recursion: trees of any depth pass, and nothing is compiled.

Each node is ``[class, position, {field: value}]``, children before their parents; ``position`` holds the node's line
and column and those of its end, or is empty.
"""

from __future__ import annotations

import ast

_POSITION = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def flatten(tree: ast.AST) -> list[list[object]]:
    """The nodes of a tree; the last one is its root."""
    order, stack = [], [tree]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(ast.iter_child_nodes(node))
    order.reverse()
    index: dict[int, int] = {}
    for i, node in enumerate(order):
        index.setdefault(
            id(node), i
        )  # One node may stand in several places: contexts and operators are single objects.
    return [_flat(node, index) for node in order]


def _flat(node: ast.AST, index: dict[int, int]) -> list[object]:
    position = [getattr(node, name) for name in _POSITION] if hasattr(node, "lineno") else []
    return [type(node).__name__, position, {name: _packed(value, index) for name, value in ast.iter_fields(node)}]


def _packed(value: object, index: dict[int, int]) -> object:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, ast.AST):
        return {"node": index[id(value)]}
    if isinstance(value, list):
        return [_packed(item, index) for item in value]
    if isinstance(value, int):
        return {"int": hex(value)}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, complex):
        return {"complex": [value.real.hex(), value.imag.hex()]}
    return {"float": value.hex()} if isinstance(value, float) else {"ellipsis": True}


def rebuild(nodes: object) -> ast.Module:
    """The tree of what `flatten` gave. Raises ValueError for anything else."""
    made: list[ast.AST] = []
    try:
        for name, position, fields in nodes:  # type: ignore[attr-defined]
            made.append(_node(name, position, fields, made))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("no syntax tree") from error
    if not made or not isinstance(made[-1], ast.Module):
        raise ValueError("no syntax tree")
    return made[-1]


def _node(name: str, position: list[int], fields: dict[str, object], made: list[ast.AST]) -> ast.AST:
    kind = getattr(ast, name)
    if not (isinstance(kind, type) and issubclass(kind, ast.AST)):
        raise ValueError(name)
    node: ast.AST = kind(**{key: _unpacked(value, made) for key, value in fields.items() if key in kind._fields})
    for attribute, number in zip(_POSITION, position, strict=False):
        setattr(node, attribute, number)
    return node


def _unpacked(value: object, made: list[ast.AST]) -> object:
    if isinstance(value, list):
        return [_unpacked(item, made) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    match kind:
        case "node":
            return made[content]
        case "int":
            return int(content, 16)
        case "bytes":
            return bytes.fromhex(content)
        case "complex":
            return complex(*map(float.fromhex, content))
        case "float":
            return float.fromhex(content)
    return ...
