"""What can go wrong with language models, told so that the reader knows what to do."""

from __future__ import annotations

from typing import Literal

ErrorKind = Literal[
    "key",
    "model",
    "connection",
    "timeout",
    "busy",
    "context",
    "empty",
    "truncated",
    "offline",
    "request",
    "record",
    "paste",
    "sight",
]


class AdvisedError(RuntimeError):
    """Something that was asked for and cannot be had: what was wrong (``reason``) and what to do (``advice``).

    ``kind`` is a short name of what was wrong. ``is_input`` marks what is mended by another input, and not by another
    try.
    """

    kind: str

    def __init__(self, kind: str, reason: str, advice: str, is_input: bool = False) -> None:
        super().__init__(kind, reason, advice, is_input)
        self.kind = kind
        self.reason = reason
        self.advice = advice
        self.is_input = is_input

    def __str__(self) -> str:
        return f"{self.reason}. {self.advice[:1].upper()}{self.advice[1:]}."


class ModelError(AdvisedError):
    """A model that could not be asked or gave no whole answer.

    ``passing`` marks troubles of an endpoint that another try may get over.
    """

    def __init__(self, kind: ErrorKind, reason: str, advice: str, passing: bool = False) -> None:
        super().__init__(kind, reason, advice, is_input=kind == "paste")
        self.passing = passing
