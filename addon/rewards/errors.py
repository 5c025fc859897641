"""What can be wrong with an expression."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DslError(ValueError):
    """An expression that cannot be used; the message gives line, column and the nearest valid name."""


def nearest(name: str, valid: Iterable[str], listed: Iterable[str] | None = None) -> str:
    """What to write in the place of an unknown name, in words: the nearest, or else all that are ``listed``."""
    names = sorted(set(valid))
    folded = {n.casefold(): n for n in names}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    if near:
        return f"did you mean '{folded[near[0]]}'?"
    told = names if listed is None else sorted(set(listed))
    return f"there are {', '.join(told)}" if told else "there are none"
