"""Conditions on several things as conditions on single ones."""

from __future__ import annotations

from pydantic import BaseModel

from .conditions.logic import And, Not, Or
from .model import Condition
from .reference import Ref


def singled(condition: Condition) -> Condition:
    """The same with one thing at each place: all of several by ``and``, any of them by ``or``, none by ``not``."""
    for name, value in condition:
        if isinstance(value, Ref) and len(value.names) > 1:
            parts = tuple(singled(condition.model_copy(update={name: Ref(names=(n,))})) for n in value.names)
            if value.which == "all":
                return And(parts=parts)
            return Not(part=Or(parts=parts)) if value.which == "none" else Or(parts=parts)
    inner = {name: _inner(value) for name, value in condition}
    return condition.model_copy(update=inner)


def _inner(value: object) -> object:
    if isinstance(value, Condition):
        return singled(value)
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return tuple(singled(part) for part in value)
    return value
