"""The coder for goals with a small model: it says a plan, and the script is made of that."""

from __future__ import annotations

from ..models import ChatRequest, Message, OnText, render, version
from .goal_coder import GoalCoder
from .plan import PlanError, form, movers, read_plan, script
from .request import CoderError, CodingRequest, CodingResult, Understood

TASK = "goal_plan"
EXAMPLES = (
    (
        ("Puck", "Stone"),
        ("Ice", "Board", "Left Flag", "Right Flag"),
        "Launch Stone once so that it hits Board and then stops between Left Flag and Right Flag.",
        "Stone hits Board\nStone ends between Left Flag and Right Flag\nlaunch Stone along the ground",
    ),
    (
        ("Dart",),
        ("Lawn", "Log", "Crate"),
        "Throw Dart so that it passes over Log and comes down in Crate.",
        "Dart never touches Log\nDart hits Crate\nDart ends in Crate\nthrow Dart through the air",
    ),
    (
        ("Hare", "Fox"),
        ("Field", "Bush"),
        "Let Hare and Fox meet beside Bush.",
        "Hare hits Fox\nHare ends beside Bush\nFox ends beside Bush\nlaunch Hare along the ground\n"
        "launch Fox along the ground",
    ),
)
"""Movable things, other things, a goal and its plan."""


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
        messages = [Message("system", render(TASK, "system"))]
        for example_movers, example_others, goal, plan in EXAMPLES:
            messages += [_question(example_movers, example_others, goal), Message("assistant", plan)]
        messages.append(_question(able, others, " ".join(request.goal.split())))
        if request.previous is not None:
            lines = [line[2:] for line in request.previous.script.splitlines() if line.startswith("# ")]
            messages.append(Message("assistant", "\n".join(lines)))
            messages.append(Message("user", render(TASK, "repair", problem=request.previous.problem)))
        return ChatRequest(self.model or "", tuple(messages), self.parameters, version(TASK), form(request.graph))


def _question(able: tuple[str, ...] | list[str], others: tuple[str, ...] | list[str], goal: str) -> Message:
    return Message("user", render(TASK, "user", movers=able, others=others, goal=goal))
