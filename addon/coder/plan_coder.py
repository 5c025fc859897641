"""The coder for goals with a small model: it says a plan, and the script is made of that."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ..models import PROMPTS, ChatRequest, Message, OnText, render, version
from .goal_coder import GoalCoder
from .plan import LINES, PlanError, form, movers, read_plan, script
from .request import CoderError, CodingRequest, CodingResult, Understood

TASK = "goal_plan"


@cache
def examples() -> list[dict[str, Any]]:
    """Movable things, other things, a goal and the lines of its plan (``prompts/goal_plan/examples.json``)."""
    return list(json.loads((PROMPTS / TASK / "examples.json").read_text(encoding="utf-8")))


class PlanCoder(GoalCoder):
    """Has a goal said as a plan, held to the plans that the scene allows, and makes the script of it."""

    task = TASK

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the goal. Raises CoderError for a plan that cannot be carried out, and ModelError."""
        if not movers(request.graph):
            raise CoderError("cannot", "the scene has no body that could be launched", "make one ACTIVE")
        answer = self.chat.complete(self.chat_request(request), on_text)
        try:
            made = script(read_plan(answer.text, request.graph), request.graph)
        except PlanError as error:
            told = f"the model's plan for the goal cannot be carried out: {error}"
            raise CoderError("incomplete", told, "say the goal in other words, or try another model") from error
        plan = "".join(f"# {line}\n" for line in answer.text.strip().splitlines())
        sentence = "; ".join(answer.text.strip().splitlines())
        return self._result(plan + made, answer, Understood(1, request.goal, sentence, "model"))

    def chat_request(self, request: CodingRequest) -> ChatRequest:
        """What the model is sent."""
        able = movers(request.graph)
        others = [name for name in request.graph.names if name not in able]
        messages = [Message("system", render(TASK, "system", lines=list(LINES.values())))]
        for one in examples():
            question = _question(one["movers"], one["others"], one["goal"])
            messages += [question, Message("assistant", "\n".join(one["plan"]))]
        messages.append(_question(able, others, " ".join(request.goal.split())))
        if request.previous is not None:
            lines = [line[2:] for line in request.previous.script.splitlines() if line.startswith("# ")]
            messages.append(Message("assistant", "\n".join(lines)))
            messages.append(Message("user", render(TASK, "repair", problem=request.previous.problem)))
        return ChatRequest(self.model or "", tuple(messages), self.parameters, version(TASK), form(request.graph))


def _question(able: list[str], others: list[str], goal: str) -> Message:
    return Message("user", render(TASK, "user", movers=able, others=others, goal=goal))
