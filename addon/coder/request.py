"""What a coder is asked for and what it answers (Code as Dynamics, Section III-B, Eq. 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from ..models import AdvisedError, OnText
from ..rules import Rule
from ..scene_graph import SceneGraph

ErrorKind = Literal["coder", "model", "script", "rule", "cannot", "empty", "truncated", "prose", "incomplete"]

BAD_INPUT: tuple[ErrorKind, ...] = ("coder", "model", "script", "rule", "cannot")
"""What another rule, or another choice of coder, mends."""


class CoderError(AdvisedError):
    """A coder that could not give a script, for what it was given or for what its model answered."""

    kind: ErrorKind

    def __init__(self, kind: ErrorKind, reason: str, advice: str) -> None:
        super().__init__(kind, reason, advice, is_input=kind in BAD_INPUT)


@dataclass(frozen=True)
class Attempt:
    """A script that did not do, and why in words: the executor's error or the critic's remarks."""

    script: str
    problem: str


@dataclass(frozen=True)
class CodingRequest:
    """The scene S_t and what is wanted of it. ``dt`` is the length of a step in seconds.

    ``scene_text`` is the scene as prompts show it, ``reference`` tells what a script may use. Rules and goal
    are English; the assertions that judge a run are not part of it. ``fit`` is in how many runs open numbers of the
    script may be found.
    """

    graph: SceneGraph
    scene_text: str
    rules: tuple[str, ...] = ()
    goal: str = ""
    dt: float = 1.0 / 24.0
    reference: str = ""
    previous: Attempt | None = None
    fit: int = 0


Way = Literal["words", "model", "free code"]
"""How a rule was understood: its words say it, a model chose among readings, a model wrote the code."""


@dataclass(frozen=True)
class Understood:
    """A rule as it was understood: its number from 1, its text, the reading in one line (empty for free code)."""

    number: int
    text: str
    sentence: str
    way: Way
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class CodingResult:
    """A transition script and how it came about.

    ``answer`` is the model's raw text (several answers are joined), ``requests`` the number of calls. Token
    counts are the endpoint's own, 0 where it does not tell or no model was asked. ``understood``: the rules' readings.
    """

    script: str
    answer: str
    prompt_tokens: int
    completion_tokens: int
    model: str | None
    coder: str
    prompt_version: str | None
    requests: int
    understood: tuple[Understood, ...] = ()


class Coder(Protocol):
    """Writes transition scripts. ``model`` is None for a coder without a language model."""

    @property
    def name(self) -> str:
        """Short name: openai, paste, local, template or script."""
        ...

    @property
    def model(self) -> str | None:
        """Name of the language model."""
        ...

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request. Raises CoderError or ModelError."""
        ...
