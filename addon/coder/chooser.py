"""A small model that says in a plain sentence what a rule means that words alone do not settle.

It is trained for that (see `headless.training`) and asked several times: what it says likeliest, and what it says when
it draws its words. Only what it says again is taken: it is read like any rule and must account for all that the rule
says.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..models import ChatAnswer, ChatClient, ChatRequest, Message, OnText, render, version
from ..models.local import ADAPTED
from ..rules import Reading, Refusal, Vocabulary, meaning, read
from ..rules.account import accounted, is_sayable
from ..rules.respelled import respelled
from .things import told_things

TASK = "rule_reading"
PARAMETERS: dict[str, Any] = {"max_tokens": 120, "stop": ["\n"], "extra_body": ADAPTED}

DRAWS = ((0.0, 0), (0.8, 1), (0.8, 2), (0.8, 3))
"""Temperature and seed for each time that it is asked."""

NEEDED = 3
"""Times that it has to say the same; one less is enough if it says nothing else that can be taken, and not `NONE`."""

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
        """The reading that the model says `NEEDED` times, else the refusal. Raises ModelError if it cannot be asked."""
        if refusal.problem or not (refusal.choices or is_sayable(refusal.text, vocabulary)):
            return refusal
        heard: dict[str, list[Reading]] = {}
        problem, enough, most = "", NEEDED - 1, list[Reading]()
        for turn, (temperature, seed) in enumerate(DRAWS, 1):
            told = self._ask(refusal, vocabulary, temperature, seed, on_text)
            if turn == 1 and told == NONE:
                return refusal
            found = self._reading(told, refusal, vocabulary)
            if isinstance(found, Reading):
                heard.setdefault(" ".join(map(meaning, found.rules)), []).append(found)
                most = max(heard.values(), key=len)
            else:
                problem = problem or found
            if told == NONE or len(heard) > 1:
                enough = NEEDED
            if len(most) == NEEDED or len(most) + len(DRAWS) - turn < enough:
                break
        if len(most) >= enough:
            return most[0]
        doubt = " or ".join(f"'{same[0].told}'" for same in heard.values())
        reason = f"the model is not sure: {doubt}" if heard else problem
        return replace(refusal, reason=f"{refusal.reason} ({reason})") if reason else refusal

    def _reading(self, told: str, refusal: Refusal, vocabulary: Vocabulary) -> Reading | str:
        """What the model's sentence is read as, or why it is not taken; nothing if it is no rule."""
        read_as = read(told, vocabulary) if told != NONE else None
        if not isinstance(read_as, Reading):
            return ""
        found = Reading(refusal.text, read_as.rules, "model")
        choices = {meaning(rule) for rule in refusal.choices}
        if choices:
            return found if {meaning(rule) for rule in found.rules} <= choices else ""
        kept = accounted(found, vocabulary)
        return kept if isinstance(kept, Reading) else f"it could mean '{found.told}', but {kept}"

    def _ask(
        self, refusal: Refusal, vocabulary: Vocabulary, temperature: float, seed: int, on_text: OnText | None
    ) -> str:
        rule = respelled(refusal.text, vocabulary)
        messages = question(rule, told_things(rule, vocabulary.things))
        parameters = {**PARAMETERS, "temperature": temperature, "seed": seed}
        request = ChatRequest(self.model or "", messages, parameters, version(TASK))
        self._answers.append(self.chat.complete(request, on_text))
        return self._answers[-1].text.strip()
