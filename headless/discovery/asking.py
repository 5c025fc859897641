"""What a model is asked for, and how its answer is read (Discovering High Level Patterns, Listing 4)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from addon.executor import language_reference
from addon.models import ChatRequest, Message, as_text, render, version
from addon.patterns import Pattern
from addon.patterns.source import BUDGETS, FUNCTION
from addon.patterns.view import FIELDS

from ..evaluation.recorded import Model
from .fitness import length_of
from .labels import Label
from .programs import Program, sha256

TASK = "pattern_detector"
PARAMETERS: dict[str, Any] = {"temperature": 0.8}
SMALL = {**PARAMETERS, "max_tokens": 1200, "extra_body": {"cache_prompt": False}}
"""Parameters of a small model on this machine, which answers alike only if it keeps nothing of the prompts before."""

SHOWN_CHARS = 6_000
"""How much of the source and the problem of an attempt that failed is shown."""

TOLD_LINES = (10, 15, 25, 50)
"""Numbers of lines whose cost is told."""

LANGUAGE = ("functions", "math", "not there")
"""What is told of the language of scripts."""

_BLOCK = re.compile(r"^[ \t]*```[ \t]*(\w*)[^\n]*\n(.*?)^[ \t]*```", re.DOTALL | re.MULTILINE)


def angles() -> list[str]:
    """Different ways to go about a detector; a prompt has one of them, so that a model asked twice answers anew."""
    return render(TASK, "angles").splitlines()


def view_words() -> dict[str, dict[str, str]]:
    """What a detector may read, in words; a field that only some traces have says in which ones."""
    return {owner: {name: _field_words(told) for name, told in fields.items()} for owner, fields in FIELDS.items()}


def _field_words(told: str | tuple[str, str]) -> str:
    """A field's meaning, or where it is and its meaning."""
    where, text = ("", told) if isinstance(told, str) else told
    return f"{text}, only {where}" if where else text


def ask_for(
    model: Model,
    label: Label,
    programs: Sequence[Program],
    failure: Program | None,
    angle: str,
    *,
    library: Sequence[Pattern],
    sample: str,
    runs: int,
    seed: int,
) -> ChatRequest:
    """The request for a detector that is better than the given ones, the best of which comes last.

    It is told the ``library``, a ``sample`` of a trace, and how many ``runs`` detectors are measured on.
    """
    system = render(
        TASK,
        "system",
        view=view_words(),
        sample=sample,
        library=library,
        language=[line for line in language_reference().splitlines() if line.split(":")[0] in LANGUAGE],
        ticks=f"{BUDGETS.ticks_step:,}",
        costs=[(lines, length_of(lines)) for lines in TOLD_LINES],
    )
    user = render(
        TASK,
        "user",
        label=label.text,
        description=label.description,
        programs=programs,
        failure=None if failure is None else _cut(failure),
        angle=angle,
        runs=runs,
    )
    parameters = {**(SMALL if model.small else PARAMETERS), "seed": seed}
    return ChatRequest(model.name, (Message("system", system), Message("user", user)), parameters, version(TASK))


def _cut(failure: Program) -> Program:
    cut = {"source": failure.source[:SHOWN_CHARS], "problem": failure.problem[:SHOWN_CHARS]}
    return failure.model_copy(update=cut)


def digest(request: ChatRequest) -> str:
    """The digest of what a model reads, whatever model that is."""
    return sha256(as_text(request))


def read_answer(text: str) -> tuple[str, dict[str, str]]:
    """The source in an answer, and what its parameters mean as far as that is told; the source is "" without one."""
    blocks = [(kind.lower(), body) for kind, body in _BLOCK.findall(text.replace("\r\n", "\n") + "\n")]
    sources = [body for kind, body in blocks if kind in ("python", "py", "") and f"def {FUNCTION}" in body]
    if not sources and not blocks and text.lstrip().startswith(f"def {FUNCTION}"):
        sources = [text]
    meanings: dict[str, str] = {}
    for kind, body in blocks:
        if kind == "json":
            meanings = _meanings(body)
    return (sources[-1].strip() + "\n" if sources else ""), meanings


def _meanings(text: str) -> dict[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(name): " ".join(value.split())[:200] for name, value in data.items() if isinstance(value, str)}
