"""What a coder is asked for and what it answers (Code as Dynamics, Section III-B, Eq. 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from ..scene_graph import SceneGraph

OnText = Callable[[str], None]
"""Receives each piece of a model's answer as it streams in."""

ErrorKind = Literal[
    "key",
    "model",
    "connection",
    "timeout",
    "busy",
    "context",
    "empty",
    "truncated",
    "prose",
    "offline",
    "request",
    "rule",
    "record",
]


class CoderError(RuntimeError):
    """A coder that could not give a script: what was wrong (``reason``) and what to do (``advice``).

    ``passing`` marks troubles of an endpoint that another try may get over.
    """

    def __init__(self, kind: ErrorKind, reason: str, advice: str, passing: bool = False) -> None:
        super().__init__(kind, reason, advice, passing)
        self.kind = kind
        self.reason = reason
        self.advice = advice
        self.passing = passing

    def __str__(self) -> str:
        return f"{self.reason}. {self.advice}."


@dataclass(frozen=True)
class Attempt:
    """A script that did not do, and why in words: the executor's error or the critic's remarks."""

    script: str
    problem: str


@dataclass(frozen=True)
class CodingRequest:
    """The scene S_t and what is wanted of it. ``dt`` is the length of a step in seconds.

    ``scene_text`` is the scene as prompts show it, ``reference`` tells what a script may use. Rules and goal
    are English; the assertions that judge a run are not part of it.
    """

    graph: SceneGraph
    scene_text: str
    rules: tuple[str, ...] = ()
    goal: str = ""
    dt: float = 1.0 / 24.0
    reference: str = ""
    previous: Attempt | None = None


@dataclass(frozen=True)
class CodingResult:
    """A transition script and how it came about.

    ``answer`` is the model's raw text (several answers are joined), ``requests`` the number of calls. Token
    counts are the endpoint's own, 0 where it does not tell or no model was asked.
    """

    script: str
    answer: str
    prompt_tokens: int
    completion_tokens: int
    model: str | None
    coder: str
    prompt_version: str | None
    requests: int


class Coder(Protocol):
    """Writes transition scripts. ``model`` is None for a coder without a language model."""

    @property
    def name(self) -> str:
        """Short name: openai, local, template or script."""
        ...

    @property
    def model(self) -> str | None:
        """Name of the language model."""
        ...

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request. Raises CoderError."""
        ...
