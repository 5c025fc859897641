"""Any chat page as a model: the prompt goes out as text, and the answer comes back as text."""

from __future__ import annotations

import json
from pathlib import Path

from ..scene_graph import write_text
from .errors import ModelError
from .messages import ChatAnswer, ChatRequest, OnText, Picture
from .record import request_key

CHAT_PAGE = "chat page"
"""The model's name where nobody knows which one answers."""

KEY_LENGTH = 8


def as_text(request: ChatRequest, picture: str = "picture") -> str:
    """The complete conversation as one text that can be put into any chat page; ``picture`` names its pictures."""
    told: list[str] = []
    number = 0
    for message in request.messages:
        if message.role == "assistant":
            told.append("Your answer was:")
        for part in message.parts:
            number += isinstance(part, Picture)
            told.append(part.strip() if isinstance(part, str) else f"(See the attached {picture}-{number}.{part.kind})")
    if request.schema is not None:
        told.append(f"Answer with nothing but JSON of this schema:\n{json.dumps(request.schema, indent=1)}")
    if request.grammar:
        told.append(f"Answer with nothing but a text of this grammar (GBNF):\n{request.grammar}")
    return "\n\n".join(told) + "\n"


LARGEST = 2**19
"""Bytes of an answer, at most."""


class GivenAnswer:
    """Answers everything with a text that somebody brings along."""

    def __init__(self, text: str) -> None:
        self._text = text

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The text. Raises ModelError if it is blank."""
        if not self._text.strip():
            raise ModelError("paste", "there is no answer to take up", "copy the whole answer of the chat page")
        if on_text is not None:
            on_text(self._text)
        return ChatAnswer(self._text, "stop", 0, 0)


class PasteFolder:
    """Prompts and answers as files of one folder, carried to and from a chat page by hand.

    The first request writes its prompt and ends with a ModelError that says what to do; asked again, the same
    request finds its answer. Requests are told apart by a key of all that is sent.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answer: Path | None = None
        """The file of the last answer that was asked for."""

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The answer that was put into the folder. Raises ModelError where there is none yet, and OSError."""
        key = request_key(request)[:KEY_LENGTH]
        prompt, self.answer = self.folder / f"prompt-{key}.md", self.folder / f"answer-{key}.md"
        text = self._read(self.answer)
        if not text.strip():
            self._write(request, prompt)
            raise ModelError(
                "paste",
                f"the prompt is in {prompt}",
                f"Paste all of it into any chat page, save the whole answer as {self.answer} "
                "and run the same command again",
            )
        return GivenAnswer(text).complete(request, on_text)

    def _read(self, path: Path) -> str:
        try:
            if path.stat().st_size > LARGEST:
                told = f"the answer {path} is larger than {LARGEST >> 10} KiB"
                raise ModelError("paste", told, "save the answer of the chat page alone")
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except IsADirectoryError:
            told = f"the answer {path} is a folder"
            raise ModelError("paste", told, "delete it, and save the answer of the chat page as a file") from None
        except UnicodeDecodeError:
            raise ModelError("paste", f"the answer {path} is not UTF-8 text", "save it as UTF-8") from None

    def _write(self, request: ChatRequest, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_text(path, as_text(request, path.stem))
        pictures = [part for message in request.messages for part in message.parts if isinstance(part, Picture)]
        for number, picture in enumerate(pictures, 1):
            path.with_name(f"{path.stem}-{number}.{picture.kind}").write_bytes(picture.data)
