"""A small model that says in a plain sentence what a rule means that words alone do not settle.

It is trained for that (see `headless.training`) and asked for what it says likeliest, and how likely that is: what it
says is read like any rule, and the less likely it is the more it must account for of what the rule says.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..models import ChatAnswer, ChatClient, ChatRequest, Message, OnText, render, version
from ..models.local import ADAPTED
from ..rules import Reading, Refusal, Vocabulary, meaning, read
from ..rules.account import SURE, accounted, is_sayable
from ..rules.respelled import respelled
from .things import told_things

TASK = "rule_reading"
PARAMETERS: dict[str, Any] = {
    "max_tokens": 160, "temperature": 0.0, "seed": 0, "stop": ["\n"], "logprobs": True, "extra_body": ADAPTED,
}  # fmt: skip

NONE = "none of these"
"""What the model says if plain sentences cannot say it."""


def question(rule: str, things: str) -> tuple[Message, Message]:
    """How the model is asked for a rule whose names and quantities are respelled.

    ``things`` as `told_things` has them.
    """
    return (
        Message("system", render(TASK, "system").strip()),
        Message("user", render(TASK, "user", rule=rule, things=things).strip()),
    )


@dataclass
class Chooser:
    """Asks one model."""

    chat: ChatClient
    model: str | None
    _answers: list[ChatAnswer] = field(default_factory=list)

    @property
    def prompt(self) -> str:
        """Name and version of its prompt."""
        return version(TASK)

    def taken(self) -> list[ChatAnswer]:
        """The model's answers since this was asked for last."""
        taken, self._answers = self._answers, []
        return taken

    def __call__(self, refusal: Refusal, vocabulary: Vocabulary, on_text: OnText | None = None) -> Reading | Refusal:
        """The reading that the model says, else the refusal. Raises ModelError if it cannot be asked."""
        if refusal.problem or not (refusal.choices or is_sayable(refusal.text, vocabulary)):
            return refusal
        answer = self._ask(refusal, vocabulary, on_text)
        told = answer.text.strip()
        read_as = read(told, vocabulary) if told != NONE else None
        if not isinstance(read_as, Reading):
            return refusal
        found = Reading(refusal.text, read_as.rules, "model")
        kept = self._taken(found, refusal, vocabulary, answer.probability or 0.0)
        if isinstance(kept, Reading):
            return kept
        return replace(refusal, reason=f"{refusal.reason} (it could mean '{found.told}', but {kept})")

    def _taken(self, found: Reading, refusal: Refusal, vocabulary: Vocabulary, certainty: float) -> Reading | str:
        choices = {meaning(rule) for rule in refusal.choices}
        if not choices:
            return accounted(found, vocabulary, certainty)
        if not {meaning(rule) for rule in found.rules} <= choices:
            return "its words do not"
        return found if certainty >= SURE else f"that is certain to {certainty:.0%} only"

    def _ask(self, refusal: Refusal, vocabulary: Vocabulary, on_text: OnText | None) -> ChatAnswer:
        rule = respelled(refusal.text, vocabulary)
        messages = question(rule, told_things(rule, vocabulary.things))
        request = ChatRequest(self.model or "", messages, PARAMETERS, version(TASK))
        self._answers.append(self.chat.complete(request, on_text))
        return self._answers[-1]
