"""The coder for what is no list of rules, such as a goal: the whole script in one answer."""

from __future__ import annotations

from typing import Any

from ..models import ChatClient, ChatRequest, Message, OnText, render, version
from .examples import Example, nearest
from .fenced import extract_code
from .link import library, link
from .request import CodingRequest, CodingResult

TASK = "transition_script"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}
SHOWN = 8
"""Worked examples in a prompt."""


class WholeCoder:
    """Writes a whole transition script a request (Code as Dynamics, Eq. 2)."""

    def __init__(
        self, chat: ChatClient, model: str, parameters: dict[str, Any] | None = None, name: str = "openai"
    ) -> None:
        self.chat = chat
        self.model: str | None = model
        self.parameters = PARAMETERS if parameters is None else parameters
        self.name = name

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request; with ``request.previous`` set, a corrected one. Raises CoderError."""
        sent = ChatRequest(self.model or "", _messages(request), self.parameters, version(TASK))
        answer = self.chat.complete(sent, on_text)
        return CodingResult(
            script=link(extract_code(answer.text)),
            answer=answer.text,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            model=self.model,
            coder=self.name,
            prompt_version=version(TASK),
            requests=1,
        )


def _messages(request: CodingRequest) -> tuple[Message, ...]:
    shown = _examples(request)
    system = render(TASK, "system", reference=request.reference, helpers=list(library().values()), examples=shown)
    user = render(
        TASK, "user", scene_text=request.scene_text, dt=f"{request.dt:.6g}", rules=request.rules, goal=request.goal
    )
    messages = [Message("system", system), Message("user", user)]
    if request.previous is not None:
        messages.append(Message("assistant", f"```python\n{request.previous.script.strip()}\n```"))
        messages.append(Message("user", render(TASK, "repair", problem=request.previous.problem)))
    return tuple(messages)


def _examples(request: CodingRequest) -> list[Example]:
    """The examples nearest to each rule in turn, without repetition."""
    texts = request.rules or (request.goal,)
    ranked = [list(reversed(nearest(text, names_of(request), SHOWN))) for text in texts]
    found: dict[Example, None] = {}
    for rank in range(SHOWN):
        for examples in ranked:
            if rank < len(examples) and len(found) < SHOWN:
                found.setdefault(examples[rank])
    return list(found)


def names_of(request: CodingRequest) -> list[str]:
    """Names of the scene's objects and constraints."""
    return [*request.graph.names, *(c.name for c in request.graph.constraints)]
