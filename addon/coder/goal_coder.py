"""The coder for goals: a script with open numbers, and another one after each run that did not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..models import ChatAnswer, ChatClient, ChatRequest, Message, OnText, render, version
from .request import CodingRequest, CodingResult, Understood
from .whole_coder import PARAMETERS, script_of

TASK = "goal_script"


@dataclass
class GoalCoder:
    """Writes a script whose open numbers are to be found (`executor.tuning`), for a goal and no rules."""

    chat: ChatClient
    model: str | None
    parameters: dict[str, Any] = field(default_factory=PARAMETERS.copy)
    name: str = "openai"
    task: ClassVar[str] = TASK

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request; with ``request.previous``, one that does better by what that one's run showed.

        Raises CoderError for an answer without a script, and ModelError.
        """
        answer = self.chat.complete(self.chat_request(request), on_text)
        return self._result(script_of(answer.text), answer, Understood(1, request.goal, "", "free code"))

    def _result(self, script: str, answer: ChatAnswer, understood: Understood) -> CodingResult:
        return CodingResult(
            script=script,
            answer=answer.text,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            model=self.model,
            coder=self.name,
            prompt_version=version(self.task),
            requests=1,
            understood=(understood,),
        )

    def chat_request(self, request: CodingRequest) -> ChatRequest:
        """What the model is sent."""
        goal = " ".join(request.goal.split())
        told = render(TASK, "user", scene_text=request.scene_text, dt=f"{request.dt:.6g}", goal=goal)
        messages = [Message("system", render(TASK, "system", fit=request.fit)), Message("user", told)]
        if request.previous is not None:
            messages.append(Message("assistant", f"```python\n{request.previous.script.strip()}\n```"))
            messages.append(Message("user", render(TASK, "repair", problem=request.previous.problem)))
        return ChatRequest(self.model or "", tuple(messages), self.parameters, version(TASK))
