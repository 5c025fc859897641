"""The coder for small models: one rule a request, put together without the model.

A 1.5B model writes a single rule well and several at once badly, so each rule gets a request of its own with
the worked examples nearest to it; a rule's code that is wrong at first sight goes back at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..models import AdvisedError, ChatAnswer, ChatClient, ChatRequest, Message, OnText, render, version
from .check import doubt_of, error_of
from .examples import nearest
from .fenced import extract_code
from .grammar import free_grammar, strict_grammar
from .link import compose, pieces
from .plan import planned
from .request import CodingRequest, CodingResult
from .said import Said
from .whole_coder import PARAMETERS, WholeCoder, names_of

TASK = "transition_rule"
MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
SHOWN = 3
TRIES = 3
"""Requests for one rule at most; the last may have any form, if only the names are those of the scene."""

CACHE = {"cache_prompt": True}
"""See `PrimedChat`."""

SHORT, WHOLE = ({**PARAMETERS, "max_tokens": most, "extra_body": CACHE} for most in (200, 1500))


@dataclass
class _Talk:
    """The answers of one script's requests."""

    answers: list[ChatAnswer] = field(default_factory=list)


class RuleCoder:
    """Writes each rule by itself, held to a grammar; a goal without rules is written as a whole."""

    def __init__(self, chat: ChatClient, model: str | None = MODEL, name: str = "local") -> None:
        self.chat, self.model, self.name = chat, model, name
        self._whole = WholeCoder(chat, model or "", WHOLE, name=name)

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request. On repair only the rules that the problem's lines point at are written again.

        Raises CoderError or ModelError.
        """
        if not request.rules:
            return self._whole.write(request, on_text)
        talk = _Talk()
        before = pieces(request.previous.script) if request.previous else {}
        faulty = _faulty(request, before)
        snippets = []
        for number, rule in enumerate(request.rules, 1):
            kept = before.get(number, ("", range(0)))[0]
            if kept and number not in faulty:
                snippets.append(kept)
            else:
                problem = request.previous.problem if request.previous else ""
                snippets.append(self._rule(request, rule, kept, problem, talk, on_text))
        return CodingResult(
            script=compose(request.rules, snippets),
            answer="\n\n".join(a.text for a in talk.answers),
            prompt_tokens=sum(a.prompt_tokens for a in talk.answers),
            completion_tokens=sum(a.completion_tokens for a in talk.answers),
            model=self.model,
            coder=self.name,
            prompt_version=version(TASK),
            requests=len(talk.answers),
        )

    def _rule(
        self, request: CodingRequest, rule: str, code: str, problem: str, talk: _Talk, on_text: OnText | None
    ) -> str:
        """The code of one rule; asked again, with what is wrong, as long as something seems wrong.

        The last try is free in its form, for what the helpers cannot say. If all tries are doubtful, the first that
        can run is taken.
        """
        runnable: list[str] = []
        said = Said(rule, request.graph).names
        strict = strict_grammar(rule, request.graph)
        for number in range(TRIES):
            is_strict = strict is not None and number < TRIES - 1
            names = said if is_strict else names_of(request)
            grammar = strict if is_strict and strict is not None else free_grammar(rule, request.graph)
            messages = _messages(request, rule, names, code, problem)
            sent = ChatRequest(self.model or "", messages, SHORT, version(TASK), grammar)
            try:
                talk.answers.append(self.chat.complete(sent, on_text))
                code = extract_code(talk.answers[-1].text)
            except AdvisedError as failed:
                if failed.kind not in ("empty", "prose", "truncated") or (number == TRIES - 1 and not runnable):
                    raise
                problem = failed.reason
                continue
            error = error_of(code, request.graph)
            problem = error or doubt_of(code, rule, request.graph) or ""
            if not problem:
                return code
            if not error:
                runnable.append(code)
        return runnable[0] if runnable else code


def _faulty(request: CodingRequest, before: dict[int, tuple[str, range]]) -> set[int]:
    """Numbers of the rules to write again: those whose lines the problem names, else all."""
    if request.previous is None:
        return set()
    lines = [int(n) for n in re.findall(r"\bline (\d+)", request.previous.problem)]
    named = {number for number, (_, span) in before.items() if any(line in span for line in lines)}
    return named or set(before)


def _messages(request: CodingRequest, rule: str, names: Sequence[str], code: str, problem: str) -> tuple[Message, ...]:
    """The conversation: instructions, worked examples as turns, and the rule with the names that can be used."""
    shown = nearest(rule, names_of(request), SHOWN)
    messages = [Message("system", render(TASK, "system"))]
    for example in shown:
        messages.append(Message("user", render(TASK, "user", rule=example.rule, names=())))
        messages.append(Message("assistant", _fenced(planned(example.code))))
    messages.append(Message("user", _asked(rule, names, code, problem)))
    return tuple(messages)


def _asked(rule: str, names: Sequence[str], code: str, problem: str) -> str:
    """The rule; with a problem also the code that has it, in the same message: as a turn of its own it is copied."""
    told = list(dict.fromkeys(names))
    if not problem:
        return render(TASK, "user", rule=rule, names=told)
    return render(TASK, "repair", rule=rule, names=told, problem=problem, code=code)


def _fenced(code: str) -> str:
    return f"```python\n{code.strip()}\n```"
