"""What a pattern is and what its detector finds (Discovering High Level Patterns, Section 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .observation import Observation

Finding = dict[str, Any]
"""``time`` (frame), ``description`` (one sentence), ``parameters`` (plain values; bodies by name) and, for what lasts,
``end`` (last frame)."""

ValueKind = Literal[
    "body", "object", "number", "integer", "boolean", "text", "choice", "choices", "vector", "cell", "cells", "any"
]
"""What the value of a parameter is: the name of an object with a mesh or of any, one of some words or a list of them,
three numbers, a cell of the grid (three whole numbers, two in a plane) or a list of cells."""

Detector = Callable[[Observation], list[Finding]]


@dataclass(frozen=True)
class Activation:
    """A pattern found at ``frame``, ``time`` seconds into the trace; ``end`` is the last frame of one that lasts."""

    uid: str
    frame: int
    time: float
    description: str
    parameters: dict[str, Any]
    end: int | None = None


@dataclass(frozen=True)
class Parameter:
    """What a parameter of an event means, in words, and what its value is; other names of it are ``aliases``."""

    text: str
    kind: ValueKind
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def is_length(text: str) -> bool:
    """Whether a parameter with this text is a length in m or a speed in m/s."""
    return text.endswith((", m", ", m/s"))


def a_body(text: str, *aliases: str) -> Parameter:
    """The name of a body."""
    return Parameter(text, "body", aliases=aliases)


def a_number(text: str) -> Parameter:
    """A number; the text ends with its unit."""
    return Parameter(text, "number")


def one_of(text: str, *words: str) -> Parameter:
    """One of some words."""
    return Parameter(text, "choice", words)


@dataclass(frozen=True, kw_only=True)
class EventKind:
    """The names of what can happen in a run, and its parameters.

    ``phrase`` says in a sentence that it happens, with names of parameters in braces. The two parameters named in
    ``symmetric`` have no order.
    """

    uid: str
    label: str
    description: str = ""
    phrase: str = ""
    aliases: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    symmetric: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pattern(EventKind):
    """One detector with its names; ``requires`` names the patterns that ``find`` reads from the observation."""

    find: Detector
    requires: tuple[str, ...] = ()
