"""Having a model tell what happened in a run (Discovering High Level Patterns, Section 5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from addon.models import ChatClient, ChatRequest, Message, render, version
from addon.patterns.annotation import Annotation
from addon.patterns.moments import EVENTS
from addon.patterns.tokens import estimate_tokens, trace_json
from addon.patterns.words import prompt_text, salient_text
from addon.trace import Trace

from ...evaluation.recorded import Model

BOOK = Path(__file__).parent / "answers.json"
"""Answers of a large model."""

TASK = "run_summary"

SENTENCES = 8
"""Sentences that a summary has at most."""

CONTEXT = 6000
"""Tokens, by `estimate_tokens`, to which a record is cut: what a small model reads in some minutes."""

PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}
SMALL = {**PARAMETERS, "max_tokens": 300}

Input = Literal["raw", "annotation", "salient"]
INPUTS: tuple[Input, ...] = ("raw", "annotation", "salient")


def record_of(kind: Input, trace: Trace, annotation: Annotation, context: int = CONTEXT) -> tuple[str, bool]:
    """What a model is shown of a run, in at most so many tokens, and whether that is a part only."""
    if kind == "salient":
        return salient_text(annotation), False
    if kind == "annotation":
        return prompt_text(annotation, context), False
    text = trace_json(trace)
    share = context / max(estimate_tokens(text), 1)
    return (text, False) if share >= 1 else (text[: int(len(text) * share)], True)


def summary_of(
    kind: Input, trace: Trace, annotation: Annotation, chat: ChatClient, model: Model, context: int = CONTEXT
) -> str:
    """A model's summary of a run. Raises ModelError."""
    record, is_cut = record_of(kind, trace, annotation, context)
    return _asked(kind, record, is_cut, trace.scene.rules, chat, model)


def summary_by_model(annotation: Annotation, most: int | None, model: Model) -> str:
    """A model's summary from the moments that matter most. Raises ModelError."""
    most = EVENTS if most is None else most
    return _asked("salient", salient_text(annotation, most), False, (), model.chat_for(annotation.title), model)


def _asked(kind: Input, record: str, is_cut: bool, rules: Sequence[str], chat: ChatClient, model: Model) -> str:
    asked = (
        Message("system", render(TASK, "system", most=str(SENTENCES))),
        Message("user", render(TASK, "user", is_raw=kind == "raw", is_cut=is_cut, rules=list(rules), record=record)),
    )
    request = ChatRequest(model.name, asked, SMALL if model.small else PARAMETERS, version(TASK))
    return " ".join(chat.complete(request).text.split())
