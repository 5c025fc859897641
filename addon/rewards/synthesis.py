"""Rewards from goals in English (Discovering High Level Patterns, Section 3.3 and Listing 3).

A model is told the language, the scene and the goal. What it answers is read and held against the scene; what cannot be
used goes back to it in words, a bounded number of times. What is used is read back in English, for a person to see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..models import (
    PROMPTS,
    AdvisedError,
    ChatAnswer,
    ChatClient,
    ChatRequest,
    Message,
    OnText,
    Picture,
    render,
    version,
)
from ..patterns.library import with_discovered
from ..scene_graph import SceneGraph, scene_text
from .bind import read
from .english import read_back, remarks
from .errors import DslError
from .gbnf import gbnf
from .guide import guide
from .nodes import Node
from .unsaid import unsaid
from .vocabulary import Vocabulary, standard_vocabulary

TASK = "reward"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0, "max_tokens": 1500}
SMALL = {**PARAMETERS, "max_tokens": 400, "extra_body": {"cache_prompt": False}}
"""Those of a small model on this machine, which answers alike only if it keeps nothing of the prompts before."""

CAUTION = "a small model put the goal so, and such are more often wrong than right: hold it against what you meant"

REPAIRS = 3
"""How often an answer that cannot be used is sent back."""

MOST_GOAL = 2000
"""Most characters of a goal."""

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CANNOT = re.compile(r"^\W*CANNOT\W*[:：]\W*(.*)", re.DOTALL | re.IGNORECASE)
_SHOWN = 300


class RewardRefusedError(AdvisedError):
    """A goal of which no reward was made; ``attempts`` are what was tried, each with its problem."""

    def __init__(self, kind: str, reason: str, advice: str, attempts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(kind, reason, advice, is_input=True)
        self.attempts = tuple(attempts)


@dataclass(frozen=True)
class Reward:
    """A reward made from a goal: the expression, what it means in English, and what is easily misread in it.

    ``attempts`` are the answers before it with what was wrong with each; the answers' tokens are counted where told.
    """

    goal: str
    expression: Node
    english: str
    remarks: tuple[str, ...]
    model: str
    prompt_version: str
    attempts: tuple[tuple[str, str], ...] = ()
    requests: int = 1
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass
class Synthesis:
    """Makes rewards with one model.

    What cannot be used goes back with the reason. What may leave out a part of the goal goes back with that doubt: a
    model that then says the same again is taken at its word, and the doubt is told, but not a ``small`` one. That is
    told only of the events that a goal's words are near to, and held to a grammar.
    """

    chat: ChatClient
    model: str
    small: bool = False
    parameters: dict[str, Any] | None = None
    repairs: int = REPAIRS

    def reward(
        self, goal: str, scene: SceneGraph, pictures: Sequence[Picture] = (), on_text: OnText | None = None
    ) -> Reward:
        """A reward for a goal in a scene; ``pictures`` of it are for models that see.

        Raises RewardRefusedError: ``goal`` for a goal that is none, ``cannot`` where the model says that it cannot be
        said, ``unusable`` where no answer could be used. Raises ModelError.
        """
        goal = _goal(goal)
        vocabulary = near_vocabulary(goal) if self.small else standard_vocabulary()
        messages = list(conversation(goal, scene, vocabulary, pictures))
        answers: list[ChatAnswer] = []
        attempts: list[tuple[str, str]] = []
        while True:
            answers.append(self.chat.complete(self._request(messages, scene, vocabulary), on_text))
            said = said_in(answers[-1].text)
            if (reason := refusal_of(said)) is not None:
                raise RewardRefusedError(
                    "cannot",
                    f"the goal cannot be said: {reason}",
                    "say it in other words, or as what touches what, when, how often and where things end",
                    attempts,
                )
            repeated = any(said == text for text, _ in attempts)
            try:
                expression = read(said, scene)
                problem, part = unsaid(goal, expression, scene), "doubt"
            except DslError as error:
                problem, part = str(error), "repair"
            if not problem or (part == "doubt" and repeated and not self.small):
                return self._made(goal, expression, scene, attempts, answers, problem)
            attempts.append((said, problem))
            if repeated or len(attempts) > self.repairs:
                raise RewardRefusedError(
                    "unusable",
                    f"no reward was made of '{shown(goal)}': the model's last answer, {shown(said)}, cannot be used: "
                    f"{attempts[-1][1].splitlines()[0]}",
                    "say the goal in other words, choose another model, or write the reward yourself (docs/rewards.md)",
                    attempts,
                )
            messages.append(Message("assistant", said))
            messages.append(Message("user", render(TASK, part, problem=problem)))

    def _request(self, messages: Sequence[Message], scene: SceneGraph, vocabulary: Vocabulary) -> ChatRequest:
        grammar = with_refusal(gbnf(scene, vocabulary)) if self.small else ""
        own = SMALL if self.small else PARAMETERS
        parameters = own if self.parameters is None else self.parameters
        return ChatRequest(self.model, tuple(messages), parameters, version(TASK), grammar)

    def _made(
        self,
        goal: str,
        expression: Node,
        scene: SceneGraph,
        attempts: Sequence[tuple[str, str]],
        answers: Sequence[ChatAnswer],
        doubt: str,
    ) -> Reward:
        return Reward(
            goal=goal,
            expression=expression,
            english=read_back(expression, scene),
            remarks=(
                *remarks(expression, scene),
                *((doubt,) if doubt else ()),
                *((CAUTION,) if self.small else ()),
            ),
            model=self.model,
            prompt_version=version(TASK),
            attempts=tuple(attempts),
            requests=len(answers),
            prompt_tokens=sum(a.prompt_tokens for a in answers),
            completion_tokens=sum(a.completion_tokens for a in answers),
        )


def conversation(
    goal: str, scene: SceneGraph, vocabulary: Vocabulary, pictures: Sequence[Picture] = ()
) -> tuple[Message, ...]:
    """What a model is asked first: the language, worked examples, and the goal in its scene."""
    told = [Message("system", render(TASK, "system", guide=guide(scene, vocabulary)))]
    for one in examples():
        described = "Objects: " + ", ".join(one["objects"])
        told.append(Message("user", render(TASK, "user", scene=described, goal=one["goal"])))
        told.append(Message("assistant", one["reward"]))
    question = render(TASK, "user", scene=scene_text(scene), goal=goal)
    told.append(Message("user", (question, *pictures) if pictures else question))
    return tuple(told)


@cache
def examples() -> list[dict[str, Any]]:
    """Goals with their objects and rewards (``prompts/reward/examples.json``)."""
    return list(json.loads((PROMPTS / TASK / "examples.json").read_text(encoding="utf-8")))


def said_in(answer: str) -> str:
    """The expression, or the refusal, in an answer: what stands in its last fence, else all but what was thought."""
    text = _THINKING.sub("", answer.replace("\r\n", "\n")).strip()
    blocks = [block.strip() for block in _FENCE.findall(text) if block.strip()]
    if blocks and not _CANNOT.match(text):
        return str(blocks[-1])
    return text.removeprefix("<answer>").removesuffix("</answer>").strip()


def refusal_of(said: str) -> str | None:
    """Why a model says that a goal cannot be said; None if it does not say so."""
    found = _CANNOT.match(said)
    return None if found is None else shown(found[1]).rstrip(".") or "it gives no reason"


def with_refusal(grammar: str) -> str:
    """A grammar of rewards that allows a refusal too."""
    refusal = '"CANNOT: " [A-Za-z0-9 ,.\'-]{3,120}'
    return grammar.replace("root ::= deep\n", f"root ::= deep | {refusal}\n", 1)


NEAR = 6
"""How many patterns a small model is told of."""

ALWAYS = ("Airborne", "Support", "TipOver")
"""Patterns that it is told of whatever the goal."""


def near_vocabulary(goal: str) -> Vocabulary:
    """The events that a goal's words are nearest to, and some that most goals speak of."""
    words = set(_stems(goal))
    shared = {p.uid: len(words & set(_stems(f"{p.label} {p.description}"))) for p in with_discovered()}
    ranked = sorted(shared, key=lambda uid: -shared[uid])
    chosen = {*ranked[:NEAR], *ALWAYS}
    return Vocabulary(pattern for pattern in with_discovered() if pattern.uid in chosen)


def _stems(text: str) -> list[str]:
    return [re.sub(r"(ing|ed|es|s)$", "", word) for word in re.findall(r"[a-z]{3,}", text.lower())]


def _goal(text: str) -> str:
    goal = " ".join(text.split())
    if not re.search(r"\w", goal):
        raise RewardRefusedError("goal", "the goal is empty", "say in a sentence what is to happen")
    if len(goal) > MOST_GOAL:
        raise RewardRefusedError(
            "goal", f"the goal has {len(goal)} characters, {MOST_GOAL} are the most", "say it in fewer words"
        )
    return goal


def shown(text: str) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
