"""Answers of a large model that were given once, to prompts alone, and are given again in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from addon.coder.choose import open_chat, resolve
from addon.models import ChatAnswer, ChatClient, ChatRequest, ModelError, OnText, PasteFolder
from addon.scene_graph import write_text

RECORDED, RECORD = "recorded", "record:"
"""The coder that gives recorded answers, and what stands before the folder of one that records them."""

LARGE = "a large model, recorded"
"""What the model is called whose answers were recorded."""

PENDING = ("paste", "record")
"""Kinds of ModelError where an answer is still to be given."""


def waiting(count: int, one: str, several: str) -> ModelError:
    """The error that ends a command while answers are still to be given about so many things."""
    told = f"1 {one} waits" if count == 1 else f"{count} {several} wait"
    return ModelError("paste", f"{told} for an answer", f"give {'it' if count == 1 else 'them'} and run this again")


@dataclass(frozen=True)
class Model:
    """A model that is asked about many things, each by a key; what it is called, and whether it is a ``small`` one."""

    name: str
    small: bool
    chat_for: Callable[[str], ChatClient]


@contextmanager
def open_model(coder: str, book: Path, answers: Path | None = None) -> Iterator[Model]:
    """The model behind a coder's name.

    ``recorded`` gives the answers in the file ``book``; ``record:DIR`` asks through files, as ``paste:DIR`` does, and
    writes the answers into that file. Raises CoderError, and ModelError for a coder without a model.
    """
    if coder == RECORDED:
        known = load_book(book)
        yield Model(LARGE, False, lambda key: Replayed(key, known.get(key, [])))
        return
    if coder.startswith(RECORD):
        given = load_book(book) if book.exists() else {}
        folder = PasteFolder(Path(coder.removeprefix(RECORD)))
        try:
            yield Model(LARGE, False, lambda key: Kept(folder, given.setdefault(key, [])))
        finally:
            write_text(book, json.dumps(_answered(given), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        return
    name, _ = resolve(coder)
    with open_chat(name, answers, small=True) as chat:
        if chat is None:
            raise ModelError(
                "model", f"'{name}' has no model that could be asked", "choose openai, local, paste:DIR or recorded"
            )
        client, model = chat
        yield Model(model, name == "local", lambda key: client)


def _answered(book: dict[str, list[str]]) -> dict[str, list[str]]:
    return {key: texts for key, texts in book.items() if texts}


def load_book(path: Path) -> dict[str, list[str]]:
    """Recorded answers by what they are about. Raises ModelError for a file that cannot be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): [str(text) for text in texts] for key, texts in data.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        raise ModelError("record", f"there are no recorded answers in {path.name}", "choose another model") from None


@dataclass
class Replayed:
    """Gives the answers about one thing in their order."""

    key: str
    answers: list[str]
    given: int = 0

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The next answer. Raises ModelError of kind ``record`` where there is none."""
        if self.given >= len(self.answers):
            told = f"no answer number {self.given + 1} about '{self.key}' was recorded"
            raise ModelError("record", told, "choose another model, or record it")
        self.given += 1
        return ChatAnswer(self.answers[self.given - 1], "stop", 0, 0)


class Kept:
    """Asks another client and keeps its answers about one thing, from the first on."""

    def __init__(self, inner: ChatClient, answers: list[str]) -> None:
        answers.clear()
        self._inner, self._answers = inner, answers

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The other client's answer. Raises ModelError."""
        answer = self._inner.complete(request, on_text)
        self._answers.append(answer.text)
        return answer
