"""Answers of a large model that were given once, to prompts alone, and are given again for the same requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addon.coder.choose import open_chat, resolve
from addon.models import ChatClient, ModelError, PasteFolder, RecordingClient, ReplayClient

RECORDED = "recorded"
"""The name of the coder that gives recorded answers."""

LARGE = "a large model, recorded"
"""What the model is called whose answers were recorded."""

PENDING = ("paste", "record")
"""Kinds of ModelError where an answer is still to be given."""


@contextmanager
def open_model(coder: str, recordings: Path, answers: Path | None = None) -> Iterator[tuple[ChatClient, str, str]]:
    """The model behind a coder's name, what it is called, and the coder that ``auto`` stands for.

    ``recorded`` gives the answers in ``recordings``; ``record:DIR`` asks through files, as ``paste:DIR`` does, and
    keeps the answers there. Raises CoderError, and ModelError for a coder without a model.
    """
    if coder == RECORDED:
        yield ReplayClient(recordings), LARGE, coder
        return
    if coder.startswith("record:"):
        yield RecordingClient(PasteFolder(Path(coder.removeprefix("record:"))), recordings), LARGE, coder
        return
    name, _ = resolve(coder)
    with open_chat(name, answers, small=True) as chat:
        if chat is None:
            raise ModelError(
                "model", f"'{name}' has no model that could be asked", "choose openai, local, paste:DIR or recorded"
            )
        yield chat[0], chat[1], name
