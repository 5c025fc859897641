"""A small model that settles what a rule's words leave open: it says which of the possible readings is meant.

It is asked twice, with the readings in another order or other examples first; only what it says both times is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..models import ChatAnswer, ChatClient, ChatRequest, Message, OnText, render, version
from ..rules import Reading, Refusal, Vocabulary, meaning, read, sentence
from ..rules.candidates import Candidates
from ..rules.licence import likely
from .sentences import nearest_sentences

TASK = "rule_reading"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0, "max_tokens": 120}
CACHE = {"cache_prompt": True}
"""See `PrimedChat`."""

NONE = "none of these"
"""What the model says if no reading is meant."""

SHOWN = 4
MOST_LISTED = 6
"""Readings that are listed for a choice; more than that are a grammar."""


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
        sentences = self._possible(refusal, vocabulary)
        if not sentences:
            return refusal
        first, second = (self._ask(refusal.text, sentences, turn, on_text) for turn in (0, 1))
        if first != second and NONE not in (first, second):
            return replace(refusal, reason=f"{refusal.reason} (the model is not sure: '{first}' or '{second}')")
        found = read(first, vocabulary) if first == second and first in sentences else refusal
        return Reading(refusal.text, found.rules, "model") if isinstance(found, Reading) else refusal

    def _possible(self, refusal: Refusal, vocabulary: Vocabulary) -> list[str]:
        """The sentences of which one can be meant; none if a word of the rule speaks of nothing that can be said."""
        if refusal.choices:
            return [sentence(rule) for rule in refusal.choices]
        if refusal.problem:
            return []
        return _different(likely(Candidates(refusal.text, vocabulary)), vocabulary)

    def _ask(self, rule: str, sentences: Sequence[str], turn: int, on_text: OnText | None) -> str:
        listed = list(sentences) if turn == 0 else list(sentences)[::-1]
        shown = nearest_sentences(rule, SHOWN)
        messages = [Message("system", render(TASK, "system"))]
        for example in shown if turn == 0 else shown[::-1]:
            messages += [
                Message("user", render(TASK, "user", rule=example.rule, sentences=())),
                Message("assistant", example.sentence),
            ]
        options: Sequence[str] = listed if len(listed) <= MOST_LISTED else ()
        messages.append(Message("user", render(TASK, "user", rule=rule, sentences=options)))
        body = {**CACHE, "grammar": grammar_of(sentences)}
        request = ChatRequest(self.model or "", tuple(messages), {**PARAMETERS, "extra_body": body}, version(TASK))
        self._answers.append(self.chat.complete(request, on_text))
        return self._answers[-1].text.strip()


def _different(sentences: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """One sentence of each meaning, and none that the scene stands against."""
    found: dict[str, str] = {}
    for said in sentences:
        reading = read(said, vocabulary)
        if isinstance(reading, Reading):
            found.setdefault(" ".join(map(meaning, reading.rules)), said)
    return list(found.values())


def grammar_of(sentences: Sequence[str]) -> str:
    """GBNF of some sentences: those with the same trigger share it."""
    groups: dict[str, list[str]] = {}
    for text in sentences:
        trigger, _, effects = text.partition(" → ")
        groups.setdefault(trigger, []).append(effects)
    merged: dict[tuple[str, ...], list[str]] = {}
    for trigger, endings in groups.items():
        merged.setdefault(tuple(endings), []).append(trigger)
    parts = [f"({_any(triggers)}) {_literal(' → ')} ({_any(endings)})" for endings, triggers in merged.items()]
    return "root ::= " + " | ".join([*parts, _literal(NONE)])


def _any(texts: Sequence[str]) -> str:
    return " | ".join(_literal(text) for text in texts)


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
