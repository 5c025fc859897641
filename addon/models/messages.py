"""What a language model is asked and what it answers, in the form of the OpenAI chat completions API."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .errors import ModelError

OnText = Callable[[str], None]
"""Receives each piece of a model's answer as it streams in."""

_BEGINNINGS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}


@dataclass(frozen=True)
class Picture:
    """A picture in a message: the bytes of a whole PNG, JPEG, GIF or WebP file. Raises ModelError for others."""

    data: bytes

    def __post_init__(self) -> None:
        if not self.kind:
            raise ModelError(
                "request", "a picture for the model is neither PNG, JPEG, GIF nor WebP", "save it as a PNG file"
            )

    @classmethod
    def read(cls, path: Path) -> Picture:
        """The picture in a file. Raises OSError and ModelError."""
        return cls(path.read_bytes())

    @property
    def kind(self) -> str:
        """The format, such as ``png``; "" for bytes that are no picture."""
        return next((kind for kind, beginning in _BEGINNINGS.items() if beginning.match(self.data)), "")

    @property
    def url(self) -> str:
        """The picture as a data URL."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.data).decode()}"


@dataclass(frozen=True)
class Message:
    """One message of a conversation: a text, or several texts and pictures in their order."""

    role: str
    content: str | tuple[str | Picture, ...]

    @property
    def parts(self) -> tuple[str | Picture, ...]:
        """The content as parts."""
        return (self.content,) if isinstance(self.content, str) else self.content

    def sent(self) -> dict[str, Any]:
        """The message as it is sent."""
        return {"role": self.role, "content": self.content if isinstance(self.content, str) else self._sent_parts()}

    def _sent_parts(self) -> list[dict[str, Any]]:
        return [
            {"type": "text", "text": part}
            if isinstance(part, str)
            else {"type": "image_url", "image_url": {"url": part.url}}
            for part in self.parts
        ]


@dataclass(frozen=True)
class ChatRequest:
    """What is sent: ``parameters`` are those of the API (temperature, seed, max_tokens, extra_body …).

    The answer is held to a ``grammar`` (GBNF; llama.cpp's server understands it, other endpoints need not) or to a
    JSON ``schema``, at most one of them. ``prompt`` names the prompt and its version; it is not sent.
    """

    model: str
    messages: tuple[Message, ...]
    parameters: dict[str, Any] = field(default_factory=dict)
    prompt: str = ""
    grammar: str = ""
    schema: dict[str, Any] | None = None

    @property
    def has_pictures(self) -> bool:
        """Whether it can only be answered by a model that sees."""
        return any(isinstance(part, Picture) for message in self.messages for part in message.parts)

    def sent_parameters(self) -> dict[str, Any]:
        """The parameters as they are sent, with what the answer is held to."""
        sent = dict(self.parameters)
        if self.grammar:
            sent["extra_body"] = {**sent.get("extra_body", {}), "grammar": self.grammar}
        if self.schema is not None:
            form = {"name": "answer", "strict": True, "schema": self.schema}
            sent["response_format"] = {"type": "json_schema", "json_schema": form}
        return sent

    def sent(self) -> dict[str, Any]:
        """All that the answer depends on, as plain values."""
        return {
            "model": self.model,
            "messages": [message.sent() for message in self.messages],
            "parameters": self.sent_parameters(),
        }


@dataclass(frozen=True)
class ChatAnswer:
    """The whole text of an answer, why it ended, and token counts (0 where the endpoint does not tell).

    ``probability`` is that of the text, where the request asks for ``logprobs`` and the endpoint tells them.
    """

    text: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    probability: float | None = None


class ChatClient(Protocol):
    """Anything that completes a chat."""

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The answer. Raises ModelError."""
        ...
