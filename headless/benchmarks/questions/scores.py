"""How well a model does with a part of the pattern library: at questions, and at puzzles of which it is told failures.

Requests that come out alike, as with subsets that give the same annotation, are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from addon.models import ChatAnswer, ChatRequest, ModelError, OnText
from addon.models.record import request_key

from ...evaluation.recorded import PENDING, Model
from ..puzzles.agents.language import LanguageAgent
from ..puzzles.errors import PuzzleError
from ..puzzles.play import play
from ..puzzles.task import Task as Puzzle
from ..puzzles.told import what_happened
from .asking import Asker, Asking, Prepared, ask_each, askings
from .evaluate import Setting
from .library import Hidden, Score

BOOK = Path(__file__).parent / "answers_library.json"
"""Answers of a large model about parts of the library, by what was sent."""

ATTEMPTS = 5
"""Attempts that a puzzle is given, as in the paper's Figure 4."""


class WaitingError(Exception):
    """Some answers are still to be given: ``pending`` are what about, with the reason."""

    def __init__(self, pending: Sequence[tuple[str, str]]) -> None:
        super().__init__(f"{len(pending)} requests wait for an answer")
        self.pending = tuple(pending)


@dataclass
class QuestionScore:
    """The share of right answers of each run, with some patterns hidden."""

    setting: Setting
    runs: Sequence[Prepared]
    asker: Asker
    known: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __call__(self, hidden: Hidden) -> dict[str, float]:
        """See `library.Score`. Raises WaitingError, once all requests were made, and ModelError."""
        found: dict[str, float] = {}
        pending: list[tuple[str, str]] = []
        for run in self.runs:
            try:
                found[run.run.name] = self._share(run, hidden)
            except ModelError as error:
                if error.kind not in PENDING:
                    raise
                pending.append((run.run.name, str(error)))
        if pending:
            raise WaitingError(pending)
        return found

    def _share(self, prepared: Prepared, hidden: Hidden) -> float:
        setting = self.setting
        views = {part: view.without(hidden, setting.input, setting.budget) for part, view in prepared.views.items()}
        hiding = prepared.model_copy(update={"views": views})
        found = ask_each(askings(hiding, setting.input, setting.one_by_one), self._right)
        asked = sum(count for _, count in found)
        return sum(right for right, _ in found) / asked if asked else 0.0

    def _right(self, asking: Asking) -> tuple[int, int]:
        """How many answers to a request are right, of how many."""
        key = asking.key(asking.request(self.asker.model))
        if key not in self.known:
            answers = self.asker.ask(asking)
            self.known[key] = sum(one.right for one in answers), len(answers)
        return self.known[key]


@dataclass
class PuzzleScore:
    """Which puzzles are solved by a model that is told failures by an annotation with some patterns hidden."""

    puzzles: Sequence[Puzzle]
    model: Model
    attempts: int = ATTEMPTS
    seed: int = 0

    def __call__(self, hidden: Hidden) -> dict[str, float]:
        """See `library.Score`. Raises WaitingError and ModelError."""
        agent = LanguageAgent(self.seed, by_request(self.model), tell=partial(what_happened, hidden=hidden))
        agent.most = self.attempts
        found: dict[str, float] = {}
        pending: list[tuple[str, str]] = []
        for puzzle in self.puzzles:
            try:
                game, _ = play(agent, puzzle, self.attempts)
                found[puzzle.id] = float(game.solved_at is not None)
            except PuzzleError:
                found[puzzle.id] = 0.0
            except ModelError as error:
                if error.kind not in PENDING:
                    raise
                pending.append((puzzle.id, str(error)))
        if pending:
            raise WaitingError(pending)
        return found


def ask_all(score: Score, libraries: Iterable[Hidden]) -> None:
    """Score parts of the library. Raises WaitingError with all that waits, once all requests were made."""
    pending: dict[tuple[str, str], None] = {}
    for hidden in libraries:
        try:
            score(hidden)
        except WaitingError as waiting:
            pending.update(dict.fromkeys(waiting.pending))
    if pending:
        raise WaitingError(tuple(pending))


def by_request(model: Model) -> Model:
    """The model with every answer kept by what was sent, so that what is sent twice is answered alike."""
    known: dict[str, ChatAnswer] = {}
    return Model(model.name, model.small, lambda key: _ByRequest(model.chat_for, known))


@dataclass
class _ByRequest:
    chat_for: Callable[[str], object]
    known: dict[str, ChatAnswer]

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """See `ChatClient.complete`."""
        key = f"puzzle {request_key(request)[:16]}"
        if key not in self.known:
            self.known[key] = self.chat_for(key).complete(request)  # type: ignore[attr-defined]
        return self.known[key]
