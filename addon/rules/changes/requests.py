"""What somebody can want to be different: of what, and what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from ..model import Effect, Rule
from ..reference import Ref
from ..structure.effects import Doing


class Ask(Protocol):
    """One thing that is to be different about a rule, or about one of its effects."""

    def on(self, rule: Rule, step: int, effect: Any) -> Rule | None:
        """The rule so changed; None where it cannot be."""


@dataclass(frozen=True)
class Target:
    """What is to change: the rule that is pointed at, all of them, one by its number (-1 the last), or what is done.

    ``word`` is a verb or noun of what is done, ``thing`` what it is done to, ``effect`` what is done as a clause says it.
    """

    every: bool = False
    number: int = 0
    thing: Ref | None = None
    effect: Effect | None = None
    word: str = ""

    @property
    def points(self) -> bool:
        """Whether nothing says which."""
        return self == Target()


@dataclass(frozen=True)
class Edit:
    """Something is to be different about what a target says."""

    target: Target
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Retell:
    """Something that is done is told anew: as it is to be from now on, or ``instead`` of what was done, ``of`` that."""

    doing: Doing
    instead: bool = False
    of: Effect | None = None


@dataclass(frozen=True)
class Add:
    """Something more is done: with what a rule does, or ``then``."""

    doing: Doing
    then: bool = False


@dataclass(frozen=True)
class AddThing:
    """What is done is done to another thing as well."""

    thing: Ref


@dataclass(frozen=True)
class Remove:
    """What a target says is not done any more; ``whole`` rules, or only what is done to a thing."""

    target: Target
    whole: bool = False


@dataclass(frozen=True)
class Step:
    """So many changes back, or forward again; ``None`` takes back all of them."""

    back: int | None


Request = Edit | Retell | Add | AddThing | Remove | Step
