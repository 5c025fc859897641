"""One request about one part of a run: what is sent, and what its answer is worth."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from addon.coder.choose import resolve
from addon.models import ChatRequest, Message, ModelError, Picture, render, version
from addon.models.paste import GivenAnswer
from addon.models.record import request_key
from addon.scene_graph import one_line

from ...evaluation.recorded import PENDING, RECORDED, Model, load_book, open_model
from .answers import FORMS, AnswerError, guess, is_right, read_answers, read_value, schema
from .model import Part, Question
from .runs import Run
from .views import BUDGET, SMALL_BUDGET, Input, View

T = TypeVar("T")

TASK = "questions"
BOOK = Path(__file__).parent / "answers.json"
"""Answers of a large model."""

CHANCE = "chance"
"""The coder that guesses."""

LOCAL = "local"

FAILED = ("context", "empty", "truncated", "timeout")
"""Kinds of ModelError that tell of a question which the model cannot answer; others stop everything."""

PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}
SMALL = {**PARAMETERS, "max_tokens": 800, "extra_body": {"cache_prompt": False}}
"""Parameters of a small model on this machine, which answers alike only if it keeps nothing of the prompts before."""


class Prepared(BaseModel):
    """A run with its questions and what is shown of it, ready to be asked about; ``end`` is how many seconds it lasts.

    ``problem`` says why there is nothing of this.
    """

    model_config = ConfigDict(frozen=True)

    run: Run
    questions: tuple[Question, ...] = ()
    views: dict[Part, View] = {}
    end: float = 0.0
    problem: str = ""


@dataclass(frozen=True)
class Answered:
    """A question with the answer to it. ``given`` is the answer as it came, "" where there is none; ``problem`` says
    why it is of no use. ``stale`` tells that it was given to an earlier form of the input."""

    question: Question
    given: str
    right: bool
    problem: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Asking:
    """Some questions about one part of a run, in one request."""

    run: Run
    kind: Input
    view: View
    end: float
    questions: tuple[Question, ...]

    def request(self, model: Model) -> ChatRequest:
        """What is sent to a model."""
        view = self.view
        text = render(
            TASK,
            "user",
            scene=view.scene,
            rules=[one_line(rule) for rule in view.rules],
            first=self.questions[0].part == "first",
            seconds=f"{view.seconds:g}",
            end=f"{self.end:g}",
            pictures=self.kind == "frames",
            raw=self.kind == "trace",
            shown=view.text,
            questions=[(one_line(question.text), FORMS[question.kind]) for question in self.questions],
        )
        shown = tuple(Picture(base64.b64decode(picture)) for picture in view.pictures)
        messages = Message("system", render(TASK, "system")), Message("user", (text, *shown) if shown else text)
        parameters = SMALL if model.small else PARAMETERS
        return ChatRequest(model.name, messages, parameters, version(TASK), schema=schema(self.questions))

    def key(self, request: ChatRequest) -> str:
        """What answers are kept by: the run, the input, the questions and, last, all that is sent."""
        asked = hashlib.sha256("\n".join(q.text for q in self.questions).encode()).hexdigest()
        sent = request_key(ChatRequest("", request.messages))
        return f"{self.run.name} {self.kind} {asked[:8]} {sent[:8]}"


def askings(prepared: Prepared, kind: Input, one_by_one: bool = False) -> list[Asking]:
    """The requests about a run: one for each part of it that is asked about, or one for each question."""
    found = []
    for part, view in prepared.views.items():
        own = [question for question in prepared.questions if question.part == part]
        for some in [[question] for question in own] if one_by_one else [own] if own else []:
            found.append(Asking(prepared.run, kind, view, prepared.end, tuple(some)))
    return found


@dataclass(frozen=True)
class Asker:
    """Asks a model. Recorded answers are found by their keys in ``book``, with ``lenient`` also those that were given
    to the same questions about an earlier form of the input."""

    model: Model
    coder: str
    book: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lenient: bool = True

    def ask(self, asking: Asking) -> list[Answered]:
        """The answers to the questions of a request, all wrong where it is more than the model can read or answer.

        Raises ModelError where the model cannot be asked, or has not answered yet.
        """
        request = asking.request(self.model)
        key = asking.key(request)
        if self.coder == CHANCE:
            # By question, not by prompt: what is hidden of the library must change nothing for who does not read it.
            draws = [Random(f"{asking.run.seed} {asking.run.name} {question.text}") for question in asking.questions]
            guesses = map(guess, asking.questions, draws)
            said = {str(n): guessed for n, guessed in enumerate(guesses, 1)}
            return judged(asking.questions, json.dumps(said))
        found = self._kept(key)
        try:
            text = self.model.chat_for(found).complete(request).text
        except ModelError as error:
            if error.kind not in FAILED:
                raise
            return [Answered(question, "", False, error.reason) for question in asking.questions]
        return judged(asking.questions, text, stale=found != key)

    def _kept(self, key: str) -> str:
        """The key of the recorded answer: the same, else one to the same questions about an earlier input."""
        if key in self.book or not self.lenient:
            return key
        alike = [known for known in self.book if known.rpartition(" ")[0] == key.rpartition(" ")[0]]
        return alike[-1] if alike else key


@contextmanager
def open_asker(coder: str, answers: Path, lenient: bool = True, book: Path = BOOK) -> Iterator[Asker]:
    """What asks the model behind a coder's name; answers of an endpoint are kept in a folder, and given again.

    Raises CoderError and ModelError as `open_model`.
    """
    if coder == CHANCE:
        yield Asker(Model(CHANCE, False, lambda key: GivenAnswer("")), coder)
        return
    with open_model(coder, book, answers) as model:
        yield Asker(model, coder, load_book(book) if coder == RECORDED else {}, lenient)


def ask_each(asked: Iterable[Asking], ask: Callable[[Asking], T]) -> list[T]:
    """What comes of each request. Raises ModelError; of one that waits for its answer only after all were made."""
    found: list[T] = []
    waiting: ModelError | None = None
    for asking in asked:
        try:
            found.append(ask(asking))
        except ModelError as error:
            if error.kind not in PENDING:
                raise
            waiting = waiting or error
    if waiting is not None:
        raise waiting
    return found


def judged(questions: Sequence[Question], text: str, stale: bool = False) -> list[Answered]:
    """An answer's text held against the truth, question by question; one that is not of its form is wrong, and told."""
    try:
        said = read_answers(text)
    except AnswerError as error:
        return [Answered(question, "", False, str(error), stale) for question in questions]
    return [_judged(question, said.get(str(n)), stale) for n, question in enumerate(questions, 1)]


def _judged(question: Question, given: Any, stale: bool) -> Answered:
    if given is None:
        return Answered(question, "", False, "there is no answer to it", stale)
    told = json.dumps(given, ensure_ascii=False)
    try:
        return Answered(question, told, is_right(question, read_value(question, given)), "", stale)
    except AnswerError as error:
        return Answered(question, told, False, str(error), stale)


def is_small(coder: str) -> bool:
    """Whether the local model answers. Raises CoderError for ``auto`` as `resolve`."""
    return coder == LOCAL or (coder == "auto" and resolve(coder)[0] == LOCAL)


def budget_of(coder: str) -> int:
    """Tokens that a raw trace or an annotation may take for a coder's model. Raises CoderError as `is_small`."""
    return SMALL_BUDGET if is_small(coder) else BUDGET


def sees(coder: str) -> bool:
    """Whether a coder's model can see pictures, as far as that is known."""
    return coder != CHANCE and not is_small(coder)
