"""Answers of a model kept as files, and replayed: the same request gets the same answer, without a model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from ..scene_graph import write_text
from .errors import ModelError
from .messages import ChatAnswer, ChatClient, ChatRequest, OnText


def request_key(request: ChatRequest) -> str:
    """SHA-256 of the canonical request: model, messages and parameters; the prompt's name does not count."""
    canonical = json.dumps(request.sent(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


class ReplayClient:
    """Answers from recordings only. Raises ModelError of kind ``record`` where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The recorded answer, in one piece."""
        answer = self.find(request)
        if answer is None:
            raise ModelError(
                "record",
                f"there is no recorded answer of {request.model} to this request of prompt {request.prompt} "
                f"(key {request_key(request)[:12]}) in {self.folder.name}",
                "the prompt, its examples, the scene or the parameters have changed: record the answers anew",
            )
        if on_text is not None:
            on_text(answer.text)
        return answer

    def find(self, request: ChatRequest) -> ChatAnswer | None:
        """The recorded answer, or None. Raises ModelError for a file that cannot be read."""
        path = self.path(request)
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            return ChatAnswer(**stored["answer"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            raise ModelError("record", f"the recorded answer {path} cannot be read", "delete this file") from None

    def path(self, request: ChatRequest) -> Path:
        """The file of a request's answer."""
        return self.folder / f"{request_key(request)[:32]}.json"


class RecordingClient(ReplayClient):
    """Keeps every answer of another client; a request that has a record is not sent again."""

    def __init__(self, inner: ChatClient, folder: Path) -> None:
        super().__init__(folder)
        self.inner = inner

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The recorded answer, else the other client's, which is then kept."""
        if self.find(request) is not None:
            return super().complete(request, on_text)
        answer = self.inner.complete(request, on_text)
        self.folder.mkdir(parents=True, exist_ok=True)
        asked = {**request.sent(), "prompt": request.prompt}
        data = {"key": request_key(request), "request": asked, "answer": asdict(answer)}
        write_text(self.path(request), json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        return answer
