"""New labels, proposed by a model (Discovering High Level Patterns, Section 4.1, Listing 5)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from addon.models import ChatRequest, Message, render, version
from addon.patterns import Pattern

from ..evaluation.recorded import Model
from .asking import view_words
from .errors import DiscoveryError
from .labels import LONGEST_LABEL, Label, alike, uid_of

TASK = "pattern_labels"
PARAMETERS: dict[str, Any] = {"temperature": 0.8}
SMALL = {**PARAMETERS, "max_tokens": 800, "extra_body": {"cache_prompt": False}}

WORDS = (3, 7)
"""How many words a label has."""

THOUGHT_CHARS = 8_000
"""How much of the thoughts a model is shown."""


@dataclass(frozen=True)
class Proposal:
    """A label that a model proposed, and why; one that cannot be used has a ``problem`` and no label."""

    text: str
    description: str
    reason: str
    label: Label | None = None
    problem: str = ""


def request(model: Model, library: Sequence[Pattern], count: int, thoughts: str, seed: int) -> ChatRequest:
    """Asks for so many labels; ``thoughts`` are pieces of how models reasoned about runs."""
    system = render(TASK, "system", view=view_words(), few=WORDS[0], many=WORDS[1])
    user = render(TASK, "user", library=library, count=count, thoughts=thoughts[:THOUGHT_CHARS].strip())
    parameters = {**(SMALL if model.small else PARAMETERS), "seed": seed}
    return ChatRequest(model.name, (Message("system", system), Message("user", user)), parameters, version(TASK))


def propose(model: Model, library: Sequence[Pattern], count: int, thoughts: str, seed: int) -> list[Proposal]:
    """What a model proposes, at most ``count``. Raises ModelError, and DiscoveryError for an answer without a list."""
    chat = model.chat_for(f"{seed}/propose/{count}")
    return read_proposals(chat.complete(request(model, library, count, thoughts, seed)).text, library)[:count]


def read_proposals(answer: str, library: Sequence[Pattern]) -> list[Proposal]:
    """The proposals of an answer, in its order. Raises DiscoveryError if it holds no list of them."""
    found: list[Proposal] = []
    for entry in _entries(answer):
        text, description, reason = (
            " ".join(str(entry.get(k, "")).split()) for k in ("label", "description", "reason")
        )
        text = text.rstrip(".")
        problem = _problem(text, library, found)
        label = None if problem else Label(uid_of(text), text, description or text)
        found.append(Proposal(text, description, reason, label, problem))
    return found


def _entries(answer: str) -> list[dict[str, Any]]:
    """The last JSON list of objects in an answer."""
    decoder = json.JSONDecoder()
    for start in reversed([match.start() for match in re.finditer(r"\[\s*\{", answer)]):
        try:
            value, _ = decoder.raw_decode(answer[start:])
        except (ValueError, RecursionError):
            continue
        entries = [entry for entry in value if isinstance(entry, dict)]
        if entries:
            return entries
    raise DiscoveryError("the model's answer holds no JSON list of labels; ask again with another --seed")


def _problem(text: str, library: Sequence[Pattern], before: Sequence[Proposal]) -> str:
    """Why a label cannot be used; "" if it can."""
    count = len(text.split())
    if not WORDS[0] <= count <= WORDS[1]:
        return f"it has {count} words, not {WORDS[0]} to {WORDS[1]}"
    if len(text) > LONGEST_LABEL:
        return f"it has more than {LONGEST_LABEL} characters"
    try:
        uid = uid_of(text)
    except DiscoveryError as error:
        return str(error)
    for pattern in library:
        if uid == pattern.uid or alike(text, pattern.label):
            return f"it says about the same as {pattern.uid} ({pattern.label})"
    for proposal in before:
        if proposal.label is not None and (uid == proposal.label.uid or alike(text, proposal.text)):
            return f"it says about the same as '{proposal.text}'"
    return ""
