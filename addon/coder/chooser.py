"""A small model that says in a plain sentence what a rule means that words alone do not settle.

It is asked until it has said the same twice, each time after other examples. What it says is read like any rule, and
taken only if it accounts for all that the rule says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..models import ChatAnswer, ChatClient, ChatRequest, Message, OnText, render, version
from ..rules import Reading, Refusal, Vocabulary, meaning, read, sentence
from ..rules.account import accounted, is_sayable
from ..rules.respelled import respelled
from .sentences import nearest_sentences

TASK = "rule_reading"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0, "max_tokens": 120, "stop": ["\n"]}
CACHE = {"cache_prompt": True}
"""See `PrimedChat`."""

NONE = "none of these"
"""What the model says if plain sentences cannot say it."""

SHOWN = (6, -6, 9)
"""Examples that are shown for each time that it is asked; a number below zero has them the other way round."""

MOST_LISTED = 6
"""Readings at most that are listed for a choice."""


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
        """The reading that the model says twice, else the refusal. Raises ModelError if it cannot be asked."""
        if refusal.problem or not (refusal.choices or is_sayable(refusal.text, vocabulary)):
            return refusal
        heard: dict[str, str] = {}
        problem = ""
        for turn in range(len(SHOWN)):
            told = self._ask(refusal, vocabulary, turn, on_text)
            if told == NONE:
                return refusal
            found = self._reading(told, refusal, vocabulary)
            if isinstance(found, str):
                problem = found
                continue
            key = " ".join(map(meaning, found.rules))
            if key in heard:
                return found
            heard[key] = told
        doubt = " or ".join(f"'{told}'" for told in heard.values())
        reason = f"the model is not sure: {doubt}" if heard else problem
        return replace(refusal, reason=f"{refusal.reason} ({reason})") if reason else refusal

    def _reading(self, told: str, refusal: Refusal, vocabulary: Vocabulary) -> Reading | str:
        """What the model's sentence is read as, or why it is not taken."""
        read_as = read(told, vocabulary)
        if not isinstance(read_as, Reading):
            return ""
        found = Reading(refusal.text, read_as.rules, "model")
        choices = {meaning(rule) for rule in refusal.choices}
        if choices:
            return found if {meaning(rule) for rule in found.rules} <= choices else ""
        kept = accounted(found, vocabulary)
        return kept if isinstance(kept, Reading) else f"it could mean '{found.told}', but {kept}"

    def _ask(self, refusal: Refusal, vocabulary: Vocabulary, turn: int, on_text: OnText | None) -> str:
        count = SHOWN[turn]
        rule = respelled(refusal.text, vocabulary)
        shown = nearest_sentences(rule, vocabulary.objects, abs(count))
        listed: Sequence[str] = [sentence(rule) for rule in refusal.choices]
        messages = [Message("system", render(TASK, "system"))]
        for example in shown if count > 0 else shown[::-1]:
            messages += [
                Message("user", render(TASK, "user", rule=example.rule, sentences=())),
                Message("assistant", example.sentence),
            ]
        listed = (listed if count > 0 else listed[::-1]) if len(listed) <= MOST_LISTED else ()
        messages.append(Message("user", render(TASK, "user", rule=rule, sentences=listed)))
        request = ChatRequest(self.model or "", tuple(messages), {**PARAMETERS, "extra_body": CACHE}, version(TASK))
        self._answers.append(self.chat.complete(request, on_text))
        return self._answers[-1].text.strip()
