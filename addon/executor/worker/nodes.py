"""Walking a syntax tree in the order of `ast`, and faster: a script is walked some six times before it is compiled."""

from ast import AST
from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def children(node):
    """The nodes directly below a node, which is not changed in between."""
    found = []
    for field in node._fields:
        value = getattr(node, field, None)
        if type(value) is list:
            found += [item for item in value if isinstance(item, AST)]
        elif isinstance(value, AST):
            found.append(value)
    return found


def walk(node):
    """A node and all below it, those of the same depth together."""
    found = [node]
    for one in found:
        found += children(one)
    return found
