"""A language model that tries again once it has seen what became of its last action (Section 5.1, Figures 9, 10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import stdev
from typing import Any, ClassVar, Literal

from addon.models import ChatAnswer, ChatRequest, Message, Picture, render, version
from addon.scene_graph import TASK_STEPS, scene_text
from addon.trace import Trace
from headless.planar import Blueprint, record
from headless.planar.drawing import Image

from ....evaluation.recorded import Model
from .. import pictures
from ..actions import QUANTISED, Action
from ..errors import PuzzleError
from ..scene import FPS, SIZE, STEPS
from ..task import Task
from ..told import what_happened
from .protocol import Attempts, Trials

TASK = "puzzle_action"
Kind = Literal["annotation", "frames", "both", "summary", "nothing"]
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}
SMALL = {**PARAMETERS, "max_tokens": 200, "extra_body": {"cache_prompt": False}}
"""Parameters of a small model on this machine, which answers alike only if it keeps nothing of the prompts before."""

MENDS = 2
"""How often an answer without a usable action is sent back."""

_ACTION = re.compile(r"ACTION\W*(\d+)", re.IGNORECASE)


@dataclass
class LanguageAgent:
    """Asks a model for one of the 48 quantised actions, and tells it what came of each; see `protocol.Agent`.

    ``feedback`` is what a model is shown of a failure: the annotation in words, frames, both, a summary that it makes
    of the annotation itself, or nothing but that it failed. ``tell`` puts a run's annotation into words.
    A small model is held to the form of an answer.
    """

    seed: int
    model: Model
    feedback: Kind = "annotation"
    most: int = 12
    tell: Callable[[Trace], str] = what_happened
    requests: int = field(default=0, init=False)
    name: ClassVar[str] = "language"
    watches: ClassVar[bool] = False

    @property
    def settings(self) -> dict[str, float | int | str]:
        """The model, its prompt and what it is shown."""
        return {"model": self.model.name, "prompt": version(TASK), "feedback": self.feedback}

    def train(self, tasks: Sequence[Task], trials: Trials) -> None:
        """Nothing is learnt before a task is played."""

    def attempts(self, task: Task) -> Attempts:
        """Actions until no quantised one is left. Raises ModelError, and PuzzleError for answers without an action."""
        talk = _Talk(self, task)
        while talk.open:
            number = talk.choose()
            yield QUANTISED[number - 1]
            if talk.open and len(talk.tried) < self.most:
                talk.tell(number)


class _Talk:
    """One conversation about one task."""

    def __init__(self, agent: LanguageAgent, task: Task) -> None:
        self.agent, self.task = agent, task
        self.chat = agent.model.chat_for(f"{task.id} {agent.feedback}")
        self.tried: list[int] = []
        self.messages = [Message("system", self._system), Message("user", self._question())]

    @cached_property
    def valid(self) -> list[int]:
        """The numbers, from 1, of the actions for which there is room."""
        return [number for number, action in enumerate(QUANTISED, 1) if self.task.is_valid(action)]

    @property
    def open(self) -> list[int]:
        """Those that have not been tried."""
        return [number for number in self.valid if number not in self.tried]

    @property
    def _system(self) -> str:
        return render(TASK, "system", size=f"{SIZE:g}", seconds=f"{STEPS / FPS:.3g}", held=f"{TASK_STEPS / FPS:g}")

    def _question(self) -> str | tuple[str | Picture, ...]:
        actions = [(number, QUANTISED[number - 1]) for number in self.valid]
        text = render(TASK, "user", scene=scene_text(self.task.scene), actions=actions)
        return (text, _png(pictures.picture(self.task))) if self.agent.feedback in ("frames", "both") else text

    def choose(self) -> int:
        """The model's next action, which counts as tried from now on."""
        problem = ""
        for _ in range(MENDS + 1):
            answer = self._ask(self.messages)
            self.messages.append(Message("assistant", answer.text.strip()))
            numbers = _ACTION.findall(answer.text)
            number = int(numbers[-1]) if numbers else 0
            if number in self.open:
                self.tried.append(number)
                return number
            problem = "There is no line with an action." if not numbers else f"Action {number} cannot be chosen."
            self.messages.append(Message("user", render(TASK, "mend", problem=problem)))
        raise PuzzleError(f"task {self.task.id}: the model named no usable action: {problem}")

    def tell(self, number: int) -> None:
        """Tell the model what was seen of an action that failed."""
        kind, action = self.agent.feedback, QUANTISED[number - 1]
        told = ""
        if kind in ("annotation", "both", "summary"):
            told = self.agent.tell(record(Blueprint.of(self.task.scene_with(action)), STEPS, "all"))
        text = render(
            TASK,
            "feedback",
            number=number,
            pictures=kind in ("frames", "both"),
            told="" if kind == "summary" else told,
            summary=self._summary(action, told) if kind == "summary" else "",
            tried=self.tried,
            left=self.agent.most - len(self.tried),
        )
        shown = (text, _png(pictures.strip(self.task, action))) if kind in ("frames", "both") else text
        self.messages.append(Message("user", shown))

    def _summary(self, action: Action, told: str) -> str:
        asked = Message("user", render(TASK, "summary", action=action, told=told))
        return " ".join(self._ask([asked], free=True).text.split())

    def _ask(self, messages: Sequence[Message], free: bool = False) -> ChatAnswer:
        agent = self.agent
        small = agent.model.small
        grammar = _grammar(self.open) if small and not free else ""
        agent.requests += 1
        request = ChatRequest(agent.model.name, tuple(messages), SMALL if small else PARAMETERS, version(TASK), grammar)
        return self.chat.complete(request)


def _grammar(numbers: Sequence[int]) -> str:
    """Answers of a small model: a short thought and one of some actions."""
    choices = " | ".join(f'"{number}"' for number in numbers)
    return f'root ::= thought "ACTION: " ({choices})\nthought ::= [A-Za-z ,.\'()0-9-]{{20,300}} "\\n"\n'


def _png(image: Image) -> Picture:
    return Picture(pictures.png(image))


def standard_error(values: Sequence[float]) -> float:
    """The standard error of a mean; 0 for fewer than two values."""
    return stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0
