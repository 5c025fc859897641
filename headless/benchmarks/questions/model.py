"""What a question is, and the templates that questions are made of (Section 4.1, Appendix C)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from .facts import Facts

Kind = Literal["yes/no", "count", "rule", "percentage", "seconds", "name", "names", "order"]
"""What an answer is: yes or no, a number of things or of a rule, a share of the frames in percent, a time, the name of
an object or "none", several names in any order, or names from first to last."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Part = Literal["whole", "first"]
"""What is shown of a run: all of it, or its first part, of which a question asks for what comes after."""

World = Literal["plane", "space"]
"""Where a run takes place: a one-ball puzzle, or a machine."""

Value = bool | int | float | str | tuple[str, ...]

Domain = Callable[[Facts, Random], Sequence[Any]]
"""What a slot of a template can be filled with in a run; numbers are drawn."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """One kind of question. ``text`` has the names of ``slots`` in braces.

    ``answer(facts, **slots)`` gives the answer, or None where the question is not to be asked of this run: what it is
    about is not there, or the answer hangs on less than the tolerance. ``most(facts)`` is the largest count. Of at
    most ``tries`` fillings of the slots one is drawn.

    ``alone`` is how often yes and how often no is asked for in runs in which it is the only answer that can be had;
    ``group(facts, **slots)`` tells fillings apart of which only one group is asked about, one that has both answers.
    """

    id: str
    kind: Kind
    text: str
    answer: Callable[..., Value | None]
    slots: Mapping[str, Domain] = field(default_factory=dict)
    part: Part = "whole"
    most: Callable[[Facts], int] = lambda facts: len(facts.names)
    tries: int = 24
    alone: tuple[float, float] = (0.5, 0.5)
    group: Callable[..., Hashable] | None = None


class Question(BaseModel):
    """A template about one run. ``choices`` are the names that an answer can have, ``span`` the least and the greatest
    number; ``truth`` is never shown."""

    model_config = ConfigDict(frozen=True)

    template: str
    kind: Kind
    part: Part
    text: str
    truth: Value
    choices: tuple[str, ...] = ()
    span: tuple[float, float] = (0.0, 0.0)
